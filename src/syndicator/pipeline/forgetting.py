"""Old stories are let go, where the operator wants it: all are looked at in turn, some at each step.

a round is due ─→ the next stories, by number
                    └→ old ones that nothing shows now, and whose copies all may go ─→ forgotten
               ─→ none left: the search index is brought together, if much of it is gone
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.pipeline import archiving
from syndicator.pipeline.outputs import EVENTS, FRONT_PAGE, TOMBSTONES, channel_sources
from syndicator.pipeline.scene import scene_of
from syndicator.store import Held, Store, shown

EVERY = timedelta(hours=6)
"""From one round to the next."""
STEADY = timedelta(hours=1)
"""So long the clock has told likely times before anything goes …"""
LIKELY = timedelta(days=30)
"""… such as are no longer after those that it told before. One that is years ahead, if only until it is set after a
start, would make all that is stored old."""
LOOKED_AT = 1000
"""Stories in one step."""
MOST = 100
"""Stories that go in one step: some 40 ms."""


@dataclass(slots=True)
class Round:
    """One look at all stories.

    Attributes:
        kept: Seconds that a story is kept for.
        began: When it did, by a clock that was to be believed: how old a story is goes by that.
        published: Numbers of the stories that a feed, an archive document or the front page shows …
        as_of: … by which revision of what is stored, and which configuration.
        oldest: By source, the number of the oldest of its newest articles; filled as it is asked for.
        after: Number of the last story that was looked at.
        gone: How many stories were let go.
        compacts: Whether all were looked at, and the search index is being brought together.
        is_over: Whether nothing is left to do.
    """

    kept: float
    began: datetime
    published: Collection[int] = ()
    as_of: tuple[int, Config] | None = None
    oldest: dict[str, int] = field(default_factory=dict)
    after: int = 0
    gone: int = 0
    compacts: bool = False
    is_over: bool = False


class Retention:
    """Lets go what is older than the stories of a store are to be kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._round: Round | None = None

    def step(self, config: Config, sources: Collection[Source], now: datetime) -> Round | None:
        """Do the next piece of work; gives the round that it is part of; None: there is nothing to do.

        Args:
            config: In force.
            sources: Those that are polled now, from lists included.
            now: The step's time.

        Raises:
            StoreError: This piece was not done; the next call tries again.
        """
        kept, round_ = config.keep.stories, self._round
        if round_ is None or round_.is_over or round_.kept != kept:
            round_ = self._round = None if kept is None else self._begun(kept, now)
        if round_ is None:
            return None
        if round_.compacts:
            round_.is_over = not self._store.compact()
        else:
            self._go_on(round_, config, sources, now)
        return round_

    def _begun(self, kept: float, now: datetime) -> Round | None:
        last, kept_then = self._store.last_round()
        if kept_then == int(kept) and last <= now < last + EVERY:
            return None
        told = self._store.told_time()
        if not told <= now < told + LIKELY:
            self._store.note_time(now)
            return None
        return Round(kept=kept, began=now) if now >= told + STEADY else None

    def _go_on(self, round_: Round, config: Config, sources: Collection[Source], now: datetime) -> None:
        before = round_.began - timedelta(seconds=round_.kept)
        past, last = self._store.past(round_.after, LOOKED_AT, before, round_.began)
        if past and round_.as_of != (as_of := (self._store.revision(), config)):  # a round may take an hour
            round_.published, round_.as_of = _published(self._store, config, sources, now), as_of
        old = [story for story in past if story not in round_.published]
        held = self._store.holding(old)
        showing = self._store.showing({copy.source_id for copies in held.values() for copy in copies})
        going = [story for story, copies in held.items() if self._may_go(round_, copies, before, showing)]
        if going:
            self._store.forget(going[:MOST])
            round_.gone += len(going[:MOST])
        if len(going) > MOST:
            round_.after = going[MOST - 1]
        elif last is not None:
            round_.after = last
        else:
            self._store.had_round(round_.began, round_.kept)
            round_.compacts = self._store.is_sparse()
            round_.is_over = not round_.compacts

    def _may_go(
        self, round_: Round, copies: Sequence[Held], before: datetime, showing: Mapping[str, bytes | None]
    ) -> bool:
        """Whether nothing speaks for any copy of a story: it is old, not among its source's newest, nor shown there."""
        for copy in copies:
            names = showing.get(copy.source_id, b"")
            if copy.first_seen >= before or copy.awaited or names is None or shown.has(names, copy.name):
                return False
            if copy.source_id not in round_.oldest:
                round_.oldest[copy.source_id] = self._store.oldest_of_newest(copy.source_id)
            if copy.article >= round_.oldest[copy.source_id]:
                return False
        return True


def _published(store: Store, config: Config, sources: Collection[Source], now: datetime) -> frozenset[int]:
    """Numbers of the stories that are to be seen somewhere, or that something leads to which is."""
    scene = scene_of(store, config, sources, now)
    found = set(store.lately_told(EVENTS))
    for channel in (*config.channels, FRONT_PAGE):
        ids = channel_sources(channel, scene)
        found.update(story for page in archiving.pages(store, channel, ids) for story, _ in page.stories)
        gone = store.gone(sources=ids, languages=channel.languages, limit=TOMBSTONES)
        found.update(store.led_to([guid for guid, _ in gone]))
    return frozenset(found)
