"""Scene: what all outputs of one publication share, that is sources, what they say of themselves, and the settings."""

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
        config: The configuration in force.
        sources: Every source that was ever polled, by id, removed ones included. One of the kind "auto" that has turned
            out to be a page has the kind "page".
        infos: What each source says about itself, by its id.
        current: Ids of the sources that are polled now.
        tagged: Ids of the sources that have a tag, by tag.
        told: Ids of the sources about whose publisher's profiles the operator has said something.
        appearance: Digest of all that outputs show of sources.
        words: What the operator said about profiles by command: by source id, then by profile.
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
    """Collect what all outputs share now; for the arguments see `publishing.publish`."""
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
    """Return the profiles of publishers, with what the operator says about them, by source id.

    Args:
        store: Where profiles are stored.
        scene: What all outputs share.
        only: Ids of the sources whose stored profiles are wanted; None: those of all. What the operator says is taken
            from all sources either way.
    """
    found = store.profiles(only)
    return {
        it: presence_of(source, found.get(it, ()), scene.words.get(it, {}), scene.infos.get(it))
        for it in sorted({*found, *scene.told})
        if (source := scene.sources.get(it)) is not None
    }


def declared(source: Source) -> tuple[object, ...]:
    """Return what the configuration says about the profiles of a source's publisher."""
    return source.social, source.social_deny, source.owned
