"""The operator's pages while the service runs: what is counted for them, and when they are written anew."""

from syndicator.clock import Clock
from syndicator.daemon import acts
from syndicator.daemon.duty import DutyCycle
from syndicator.errors import PublishError, StoreError
from syndicator.model.overview import Service
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.tally import Tally

REST = 15.0
"""Seconds for which they stay as they are, at least …"""
SPARING = 20.0
"""… and so many times as long as it takes to make them."""


class Oversight:
    """Brings them up to date, seldom, for that takes a moment: also while it cannot be done.

    Attributes:
        tally: What the service counts.
    """

    def __init__(self, clock: Clock) -> None:
        self.tally = Tally(clock.now())
        self._clock = clock
        self._cycle = DutyCycle(SPARING, REST)
        self._trouble: StoreError | PublishError | None = None  # why they are not as they should be

    def hasten(self) -> None:
        """Write them anew at the next step: there is something else to show."""
        self._cycle.hasten()

    def step(self, pump: Pump, service: Service) -> None:
        """Write them anew, if it is time.

        Args:
            pump: At work.
            service: How it is doing.

        Raises:
            PublishError: They cannot be written; so at each step, until they can be.
            StoreError: The faults cannot be written down; likewise.
        """
        began = self._clock.monotonic()
        if self._cycle.is_time(began):
            self._trouble = None
            try:
                acts.oversee(pump, service, self._clock.now())
            except (StoreError, PublishError) as error:
                self._trouble = error
            finally:
                self._cycle.ran(began, self._clock.monotonic())
        if self._trouble is not None:
            raise self._trouble.with_traceback(None)
