"""What all outputs of one publication share: every source, what it says of itself, and where its publisher is."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from syndicator.model.noun import Noun, replace
from syndicator.model.presence import Presence
from syndicator.model.settings import Config
from syndicator.model.social import Word
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish.naming import named_by
from syndicator.social.presence import presence_of
from syndicator.store import Store
from syndicator.text.keys import digest


class Scene(Noun):
    """What all outputs of one publication share.

    Attributes:
        config: In force.
        sources: Every source that has stories, removed ones included; what has turned out to be a page, as one.
        infos: What each says of itself.
        current: Ids of those that are polled now.
        tagged: Ids of the sources that have a tag, by tag.
        told: Ids of those of which the operator says where their publisher is.
        appearance: Digest of what an output shows of any source.
        words: What the operator said of profiles by command, by source.
        now: When it is published.
    """

    config: Config
    sources: Mapping[str, Source]
    infos: Mapping[str, FeedInfo]
    current: Collection[str]
    tagged: Mapping[str, Sequence[str]]
    told: Collection[str]
    appearance: bytes
    words: Mapping[str, Mapping[str, Word]]
    now: datetime


def scene_of(store: Store, config: Config, sources: Collection[Source], now: datetime) -> Scene:
    """What all outputs share, as things are now; the arguments are those of `publishing.publish`."""
    current = {it.id: replace(it, auth=None, headers=()) if it.auth or it.headers else it for it in sources}
    pages = store.pages()
    known = (store.sources() | current).values()
    everything = {it.id: replace(it, kind="page") if it.kind == "auto" and it.id in pages else it for it in known}
    infos = store.infos()
    appearance = [
        (*named_by(it, infos.get(it.id, FeedInfo())), it.republish, it.tags, *declared(it))
        for it in everything.values()
    ]
    words = store.social_words()
    tagged = defaultdict[str, list[str]](list)
    for it in everything.values():
        for tag in it.tags:
            tagged[tag].append(it.id)
    return Scene(
        config=config,
        sources=everything,
        infos=infos,
        current=current,
        tagged=tagged,
        told={*words, *(it.id for it in everything.values() if any(declared(it)))},
        appearance=digest(f"{appearance}{words or ''}"),
        words=words,
        now=now,
    )


def presences_of(store: Store, scene: Scene, only: Collection[str] | None) -> dict[str, Presence]:
    """Where publishers are, and what the operator says of that; `only`: profiles of these sources, words of all."""
    found = store.profiles(only)
    return {
        it: presence_of(source, found.get(it, ()), scene.words.get(it, {}), scene.infos.get(it))
        for it in sorted({*found, *scene.told})
        if (source := scene.sources.get(it)) is not None
    }


def declared(source: Source) -> tuple[object, ...]:
    """What the configuration says of where a source's publisher is."""
    return source.social, source.social_deny, source.owned
