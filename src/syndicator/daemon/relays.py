"""Hubs (WebSub) of all three kinds, each with its own tick: those that we tell, those that tell us, and our own."""

import logging
from collections.abc import Callable

from syndicator.clock import Clock
from syndicator.daemon import making
from syndicator.model.settings import Config
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.websub.hubs import Hubs
from syndicator.pipeline.websub.leasing import Leasing
from syndicator.pipeline.websub.subscribers import Subscribers

log = logging.getLogger("syndicator")


class Relays:
    """What passes news on, beside the feeds themselves.

    Args:
        pump: At work; the writer's.
        clock: The machine's.
        has_settled: Whether our server surely answers, at a moment of the monotonic clock: who is told, or asked, comes
            to it at once, and hardly twice.

    Attributes:
        hubs: Those that we tell.
        leasing: Those that tell us.
        subscribers: Whom our own tells.
    """

    def __init__(self, pump: Pump, clock: Clock, has_settled: Callable[[float], bool]) -> None:
        self._pump = pump
        self._clock = clock
        self._has_settled = has_settled
        self.hubs = Hubs(pump.store, lambda: making.transport(pump.config))
        self.leasing = Leasing(pump.store, lambda: making.transport(pump.config))
        self.subscribers = Subscribers(pump.store, lambda: making.hub_transport(pump.config))

    def tell_hubs(self) -> None:
        """Tell hubs of feeds that have changed."""
        monotonic = self._clock.monotonic()
        if self._has_settled(monotonic):
            for sentence in self.hubs.step(self._pump.config, self._clock.now(), monotonic):
                log.warning("%s", sentence)

    def hear_hubs(self) -> None:
        """Ask hubs of sources to tell, and hear what they have told."""
        pump, monotonic = self._pump, self._clock.monotonic()
        if self._has_settled(monotonic):
            now = self._clock.now()
            for sentence in self.leasing.step(pump.config, pump.sources, pump.is_busy_with, now, monotonic):
                log.warning("%s", sentence)

    def tell_subscribers(self) -> None:
        """Send feeds that have changed to those who have subscribed at our own hub."""
        self.subscribers.step(self._pump.config, self._clock.now(), self._clock.monotonic())

    def renew(self, before: Config) -> None:
        """Go by another configuration, where it changes how any of them is reached."""
        now = self._pump.config
        if now.fetch != before.fetch:
            self.hubs.stop()
            self.leasing.stop()
        if (now.fetch, now.serve.hub_networks) != (before.fetch, before.serve.hub_networks):
            self.subscribers.stop()

    def stop(self) -> None:
        """Ask and tell nobody any more; what was agreed upon holds."""
        self.hubs.stop()
        self.leasing.stop()
        self.subscribers.stop()
