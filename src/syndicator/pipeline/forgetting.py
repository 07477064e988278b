"""Forgetting: delete old stories, if the operator wants it; a round looks at all stories, some at each step.

a round is due ─→ the next stories, by number
                    └→ old ones that nothing shows now, and whose copies all may go ─→ deleted
               ─→ none left: the search index is compacted, if much of it is gone
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
"""Time from the start of one round to the next."""
STEADY = timedelta(hours=1)
"""Time for which the clock must have told likely times (see `LIKELY`) before anything is deleted."""
LIKELY = timedelta(days=30)
"""The most by which a likely time is later than the one that was noted before.

A clock that is years ahead, even if only until it is set after a start, would make all stories seem old."""
LOOKED_AT = 1000
"""The most stories that one step looks at."""
MOST = 100
"""The most stories that one step deletes, which takes some 40 ms."""


@dataclass(slots=True)
class Round:
    """One round through all stories.

    Attributes:
        kept: Seconds for which a story is kept.
        began: When the round began, by a clock that could be trusted; a story's age is measured from then.
        published: Numbers of the stories that a feed, an archive document or the front page shows, or to which
            something published leads.
        as_of: The revision of the store and the configuration for which `published` was computed; None: it was not yet.
        oldest: By source id, the number of the oldest of its newest articles; filled when needed.
        after: The number of the last story that was looked at.
        gone: How many stories were deleted.
        compacts: Whether all stories were looked at, and the search index is being compacted.
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
    """Deletes the stories of a store that are older than the operator wants to keep them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._round: Round | None = None

    def step(self, config: Config, sources: Collection[Source], now: datetime) -> Round | None:
        """Do the next piece of work; return the round to which it belongs, or None if there is nothing to do.

        Args:
            config: The configuration in force.
            sources: The sources that are polled now, those that lists name included.
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
        # A round may take an hour, so what is published may change while it goes on.
        if past and round_.as_of != (as_of := (self._store.revision(), config)):
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
        """Whether a story may be deleted.

        It may if each of its copies is old, awaits no article page, is not among its source's newest articles, and is
        not shown by its source now.
        """
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
    """Return the numbers of the stories that are published somewhere, or to which something published leads."""
    scene = scene_of(store, config, sources, now)
    found = set(store.lately_told(EVENTS))
    for channel in (*config.channels, FRONT_PAGE):
        ids = channel_sources(channel, scene)
        found.update(story for page in archiving.pages(store, channel, ids) for story, _ in page.stories)
        gone = store.gone(sources=ids, languages=channel.languages, limit=TOMBSTONES)
        found.update(store.led_to([guid for guid, _ in gone]))
    return frozenset(found)
