"""What a process counts: what came of its requests, what became of articles, and how soon that was published."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from syndicator.model.overview import DELAYS, Counts, Result
from syndicator.pipeline.landed import Report


class Tally:
    """Counts.

    Args:
        now: When the process began.
    """

    def __init__(self, now: datetime) -> None:
        self._began = now
        self._polls: Counter[Result] = Counter(dict.fromkeys(get_args(Result), 0))
        self._pages = self._polls.copy()
        self._changes: Counter[str] = Counter()
        self._delays = [0] * (len(DELAYS) + 1)
        self._delay = 0.0
        self._unpublished: list[tuple[float, int]] = []  # since when (by the monotonic clock), and how many

    def note(self, reports: Iterable[Report], monotonic: float) -> None:
        """Count what these report, which was written down just now."""
        changed = 0
        for it in reports:
            (self._pages if it.page else self._polls)[it.result] += 1
            self._changes.update(new=it.new, copy=it.joined, changed=it.updated, deleted=it.deleted, merged=it.merged)
            changed += it.new + it.joined + it.updated + it.deleted
        if changed:
            self._unpublished.append((monotonic, changed))

    def published(self, monotonic: float) -> None:
        """All that was noted before is published now, whatever of it is to be seen."""
        for since, count in self._unpublished:
            delay = monotonic - since
            self._delays[bisect_left(DELAYS, delay)] += count
            self._delay += delay * count
        self._unpublished.clear()

    def counts(self, bugs: int = 0, forged: int = 0) -> Counts:
        """All of it so far, with what the caller has seen: exceptions, and calls of hubs that prove nothing."""
        totals = [sum(self._delays[: place + 1]) for place in range(len(self._delays))]
        return Counts(
            began=self._began,
            polls=dict(self._polls),
            pages=dict(self._pages),
            changes=dict(self._changes),
            delays=tuple(totals),
            delay=self._delay,
            forged=forged,
            bugs=bugs,
        )
