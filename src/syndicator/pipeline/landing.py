"""Landing: the outcomes that wait to be written, many in one transaction (which costs less), long ones in parts."""

from dataclasses import dataclass, field
from datetime import datetime

from syndicator.model.outcome import Fresh
from syndicator.model.settings import Schedule
from syndicator.pipeline.landed import Landed, Report
from syndicator.pipeline.record import record, record_part
from syndicator.pipeline.recovery import Recovery
from syndicator.store import Store

BATCH = 64
"""The most outcomes in one transaction."""
PATIENCE = 0.5
"""Seconds that an outcome may wait for others: writing many together costs half as much as writing each alone."""


@dataclass(slots=True)
class Landing:
    """The outcomes that are not in the store yet.

    Attributes:
        store: The database, opened for writing.
        waiting: The outcomes, in the order in which they came; `write` moves long ones to the end.
        reports: Reports of the outcomes that are written, until the caller takes them. They are kept when a later
            outcome could not be written.
        has_new_lists: Whether a subscription list was written; the caller, who adopts the sources that it names, sets
            this back.
    """

    store: Store
    waiting: list[Landed] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    has_new_lists: bool = False
    _write_at: float = 0.0
    _recovery: Recovery = field(init=False)

    def __post_init__(self) -> None:
        self._recovery = Recovery(self.store)

    def is_time(self, monotonic: float, *, more: bool) -> bool:
        """Whether it is time to write: there is a full batch, the first has waited long enough, or no more will come.

        Args:
            monotonic: The step's time, in monotonic seconds.
            more: Whether further outcomes will come.
        """
        if not self.waiting:
            self._write_at = monotonic + PATIENCE
            return False
        return len(self.waiting) >= BATCH or monotonic >= self._write_at or not more

    @property
    def has_long(self) -> bool:
        """Whether an outcome waits that is written in parts."""
        return any(landed.is_long for landed in self.waiting)

    def write(self, schedule: Schedule, now: datetime) -> None:
        """Write all outcomes that are not long, then one part of the first long one; the rest waits behind later ones.

        Raises:
            StoreError: What was not written still waits.
        """
        self.waiting.sort(key=lambda landed: landed.is_long)
        while batch := [landed for landed in self.waiting[:BATCH] if not landed.is_long]:
            self.reports += record(self.store, batch, schedule, now)
            del self.waiting[: len(batch)]
            self.has_new_lists |= any(it.errand.source.kind == "list" and isinstance(it.outcome, Fresh) for it in batch)
            self._recovery.note(batch, now)
        if self.waiting:
            part = record_part(self.store, self.waiting[0], now)
            self.waiting = [*self.waiting[1:], part]
