"""Where outcomes wait to be written down: many together, since that costs less, and no long one in one go."""

from dataclasses import dataclass, field
from datetime import datetime

from syndicator.model.outcome import Fresh
from syndicator.model.settings import Schedule
from syndicator.pipeline.landed import Landed, Report
from syndicator.pipeline.record import record, record_part
from syndicator.pipeline.recovery import Recovery
from syndicator.store import Store

BATCH = 64
"""Outcomes in one transaction."""
PATIENCE = 0.5
"""Seconds that an outcome may wait for others: to write many together costs half of what each alone does."""


@dataclass(slots=True)
class Landing:
    """Outcomes that are not yet in the store.

    Attributes:
        store: Opened for writing.
        waiting: In the order in which they came.
        reports: Of those that are written: for whoever takes them, also when a later one could not be.
        has_new_lists: Whether a subscription list was written, until whoever adopts what it names sets that back.
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
        """Whether enough has come together, or has waited for long enough, or no `more` is to come."""
        if not self.waiting:
            self._write_at = monotonic + PATIENCE
            return False
        return len(self.waiting) >= BATCH or monotonic >= self._write_at or not more

    @property
    def has_long(self) -> bool:
        """Whether there is something to be written in parts."""
        return any(landed.is_long for landed in self.waiting)

    def write(self, schedule: Schedule, now: datetime) -> None:
        """Write all that is not long, then a part of what is: the rest waits, so that others can go before it.

        Raises:
            StoreError: What was not written waits on.
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
