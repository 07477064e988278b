"""When the public folder is brought up to date while the service runs, and how much of it."""

from syndicator.clock import Clock
from syndicator.daemon import acts
from syndicator.daemon.duty import DutyCycle
from syndicator.daemon.telling import log_published
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.tally import Tally

SHARE = 5.0
"""Publishing may take at most one part in so many of the time, since with thousands of sources there is always news."""
SPARING = 20.0
"""Publishing everything may take at most one part in so many of the time; else, costly files stay as they are."""


class Publishing:
    """Brings the public folder up to date when data have changed, or something has to disappear by now.

    Args:
        clock: The machine's clock.
        tally: Is told when something was published.
    """

    def __init__(self, clock: Clock, tally: Tally) -> None:
        self._clock = clock
        self._tally = tally
        self._published: tuple[int, ...] = ()  # the state of the store that the public folder shows
        self._any = DutyCycle(SHARE)  # of all publishing
        self._all = DutyCycle(SPARING)  # of publishing that includes costly files
        self._owing = False  # whether costly files may be out of date, because they were spared last time

    def hasten(self) -> None:
        """Publish at the next step, because stored data are to be shown in another way."""
        self._published = ()
        self._any.hasten()

    def step(self, pump: Pump) -> None:
        """Publish, if there is something to publish.

        Raises:
            PublishError: Not all files could be written; the next steps try again.
            StoreError: The store could not be used; the next steps try again.
        """
        now, began = self._clock.now(), self._clock.monotonic()
        if not self._any.is_time(began):
            return
        state = (pump.store.revision(), *pump.store.social_state())
        sparing = not self._all.is_time(began)
        owing = self._owing and not sparing
        if state != self._published or owing or acts.is_overdue(pump, now):
            changed = acts.publish_all(pump, now, sparing=sparing)
            self._published, self._owing = state, sparing
            ended = self._clock.monotonic()
            self._tally.published(ended)
            self._any.ran(began, ended)
            if not sparing:
                self._all.ran(began, ended)
            if changed:
                log_published(changed)
