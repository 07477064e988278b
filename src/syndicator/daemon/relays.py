"""WebSub in its three roles, each with its own periodic job: hubs that we notify, hubs that notify us, our own hub."""

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
    """The three roles in WebSub.

    Args:
        pump: The running pump, which only the writer's thread uses.
        clock: The machine's clock.
        has_settled: Whether our server surely answers at a moment of the monotonic clock. A hub that we notify or ask
            calls it at once, and hardly tries again.

    Attributes:
        hubs: The hubs that we notify of changed feeds.
        leasing: Our subscriptions at the hubs of sources.
        subscribers: The subscribers of our own hub.
    """

    def __init__(self, pump: Pump, clock: Clock, has_settled: Callable[[float], bool]) -> None:
        self._pump = pump
        self._clock = clock
        self._has_settled = has_settled
        self.hubs = Hubs(pump.store, lambda: making.transport(pump.config))
        self.leasing = Leasing(pump.store, lambda: making.transport(pump.config))
        self.subscribers = Subscribers(pump.store, lambda: making.hub_transport(pump.config))

    def tell_hubs(self) -> None:
        """Notify hubs of feeds that have changed."""
        monotonic = self._clock.monotonic()
        if self._has_settled(monotonic):
            for sentence in self.hubs.step(self._pump.config, self._clock.now(), monotonic):
                log.warning("%s", sentence)

    def hear_hubs(self) -> None:
        """Subscribe at the hubs of sources, and take in what they have announced."""
        pump, monotonic = self._pump, self._clock.monotonic()
        if self._has_settled(monotonic):
            now = self._clock.now()
            for sentence in self.leasing.step(pump.config, pump.sources, pump.is_busy_with, now, monotonic):
                log.warning("%s", sentence)

    def tell_subscribers(self) -> None:
        """Send feeds that have changed to the subscribers of our own hub."""
        self.subscribers.step(self._pump.config, self._clock.now(), self._clock.monotonic())

    def renew(self, before: Config) -> None:
        """Close the transports whose settings another configuration has changed; new ones are created when needed."""
        now = self._pump.config
        if now.fetch != before.fetch:
            self.hubs.stop()
            self.leasing.stop()
        if (now.fetch, now.serve.hub_networks) != (before.fetch, before.serve.hub_networks):
            self.subscribers.stop()

    def stop(self) -> None:
        """Send no more requests; subscriptions stay in force."""
        self.hubs.stop()
        self.leasing.stop()
        self.subscribers.stop()
