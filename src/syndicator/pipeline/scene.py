"""What all outputs of one publication share: every source, what it says of itself, and where its publisher is."""

from collections.abc import Collection, Mapping
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
        appearance: Digest of what an output shows of any source.
        words: What the operator said of profiles by command, by source.
        now: When it is published.
    """

    config: Config
    sources: Mapping[str, Source]
    infos: Mapping[str, FeedInfo]
    current: Collection[str]
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
    return Scene(
        config=config,
        sources=everything,
        infos=infos,
        current=current,
        appearance=digest(f"{appearance}{words or ''}"),
        words=words,
        now=now,
    )


def presences_of(store: Store, scene: Scene, only: Collection[str] | None) -> dict[str, Presence]:
    """Where publishers are, and what the operator says of that; `only`: profiles of these sources, words of all."""
    found = store.profiles(only)
    return {
        it.id: presence_of(it, found.get(it.id, ()), scene.words.get(it.id, {}), scene.infos.get(it.id))
        for it in scene.sources.values()
        if it.id in found or it.id in scene.words or any(declared(it))
    }


def declared(source: Source) -> tuple[object, ...]:
    """What the configuration says of where a source's publisher is."""
    return source.social, source.social_deny, source.owned
