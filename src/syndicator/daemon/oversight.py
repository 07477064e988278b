"""The operator's pages while the service runs: counts for them, and when they are written anew."""

from syndicator.clock import Clock
from syndicator.daemon import acts
from syndicator.daemon.duty import DutyCycle
from syndicator.errors import PublishError, StoreError
from syndicator.model.overview import Service
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.tally import Tally

REST = 15.0
"""The least seconds between two updates of the operator's pages."""
SPARING = 20.0
"""The least time between two updates of the operator's pages, as a multiple of the time that an update takes."""


class Oversight:
    """Updates the operator's pages, but seldom, since that takes time; the same holds while updates fail.

    Attributes:
        tally: What the service counts.
    """

    def __init__(self, clock: Clock) -> None:
        self.tally = Tally(clock.now())
        self._clock = clock
        self._cycle = DutyCycle(SPARING, REST)
        self._trouble: StoreError | PublishError | None = None  # why the last update failed

    def hasten(self) -> None:
        """Update the pages at the next step, because there is something new to show."""
        self._cycle.hasten()

    def step(self, pump: Pump, service: Service) -> None:
        """Update the pages, if it is time.

        Args:
            pump: The running pump.
            service: The state of the process.

        Raises:
            PublishError: The pages cannot be written; raised at each step until they can be.
            StoreError: The faults cannot be stored; raised at each step until they can be.
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
