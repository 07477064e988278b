"""When the public folder is brought up to date while the service runs, and how much of it."""

from syndicator.clock import Clock
from syndicator.daemon import acts
from syndicator.daemon.duty import DutyCycle
from syndicator.daemon.telling import log_published
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.tally import Tally

SHARE = 5.0
"""It takes one part of so many of the time at most: with thousands of sources there is always news."""
SPARING = 20.0
"""All is published anew at most in one part of so many of the time: between, what is dear to make stays as it is."""


class Publishing:
    """Brings it up to date when something has changed, or is to have disappeared by now.

    Args:
        clock: The machine's.
        tally: Told of each time.
    """

    def __init__(self, clock: Clock, tally: Tally) -> None:
        self._clock = clock
        self._tally = tally
        self._published: tuple[int, ...] = ()  # the state of the store that it shows
        self._any = DutyCycle(SHARE)  # publishing at all …
        self._all = DutyCycle(SPARING)  # … and of what is dear to make, too
        self._owing = False  # whether it may have stayed so once too often

    def hasten(self) -> None:
        """Publish at the next step: what is stored is to be shown otherwise."""
        self._published = ()
        self._any.hasten()

    def step(self, pump: Pump) -> None:
        """Publish, if there is something to.

        Raises:
            PublishError: Not all was written; so at each step, until it can be.
            StoreError: Likewise.
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
