"""Tally: count the results of a process's requests, the changes to articles, and how soon these were published."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from syndicator.model.overview import DELAYS, Counts, Result
from syndicator.pipeline.landed import Report


class Tally:
    """The counters of this process.

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
        self._unpublished: list[tuple[float, int]] = []  # monotonic seconds, and how many changes came then

    def note(self, reports: Iterable[Report], monotonic: float) -> None:
        """Count what these reports say, which were written just now."""
        changed = 0
        for it in reports:
            (self._pages if it.page else self._polls)[it.result] += 1
            self._changes.update(new=it.new, copy=it.joined, changed=it.updated, deleted=it.deleted, merged=it.merged)
            changed += it.new + it.joined + it.updated + it.deleted
        if changed:
            self._unpublished.append((monotonic, changed))

    def published(self, monotonic: float) -> None:
        """Note that all changes so far are published now, as far as any output shows them."""
        for since, count in self._unpublished:
            delay = monotonic - since
            self._delays[bisect_left(DELAYS, delay)] += count
            self._delay += delay * count
        self._unpublished.clear()

    def counts(self, bugs: int = 0, forged: int = 0) -> Counts:
        """Return all counts so far.

        Args:
            bugs: Number of unforeseen exceptions that the caller has seen.
            forged: Number of calls to callbacks without a valid signature that the caller has seen.
        """
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
