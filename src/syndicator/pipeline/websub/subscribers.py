"""Subscribers: our own WebSub hub (https://www.w3.org/TR/websub/), which sends a changed feed to its subscribers.

the server ─→ accept: a request ─→ verification of intent ─→ distribution: the subscriber is sent what changes
"""

from collections.abc import Callable
from datetime import datetime

from syndicator.errors import StoreError
from syndicator.model.settings import Config
from syndicator.model.subscription import SubscriptionRequest
from syndicator.pipeline.transport import LazyTransport, Transport
from syndicator.pipeline.websub.distribution import Distribution
from syndicator.pipeline.websub.verification import VERIFYING, Verification
from syndicator.publish import border
from syndicator.store import Store

IN_ALL = 16
"""The most requests that are under way to subscribers."""
LOOK = 5.0
"""Seconds between two checks for subscriptions whose time is over."""


class Subscribers:
    """Accepts subscriptions, verifies them, and sends changed feeds to subscribers.

    Args:
        store: Where subscriptions and published files are stored.
        connect: Returns the transport that carries requests to subscribers; called for the first request.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._line = LazyTransport(connect)
        self._verification = Verification()
        self._distribution: Distribution | None = None  # None: the hub is off
        self._look_at = 0.0

    def accept(self, request: SubscriptionRequest) -> bool:
        """Accept a request to the hub, from any thread; return whether there is room for it."""
        distribution = self._distribution
        if distribution is None:
            return False
        is_new = request.mode == "subscribe" and not distribution.knows(request.key)
        if is_new and not distribution.has_room(request.callback):
            return False
        return self._verification.accept(request)

    def count(self) -> tuple[int, int]:
        """Return how many subscriptions there are, and for how many of them the last delivery failed."""
        return self._distribution.count() if self._distribution else (0, 0)

    def step(self, config: Config, now: datetime, monotonic: float) -> None:
        """Handle the answers of subscribers, and send them what is due; never waits.

        Raises:
            StoreError: Not all was stored; the next step goes on.
        """
        if not config.serve.hub:
            self._leave()
            return
        if self._distribution is None:
            self._distribution = Distribution(self._store)
        distribution = self._distribution
        self._take_answers(distribution, config, now, monotonic)
        if monotonic >= self._look_at:
            distribution.end_overdue(now)
            self._look_at = monotonic + LOOK
        for request in self._verification.questions(self._room, border.address(config.site.base_url), monotonic):
            self._line.send(request)
        for request in distribution.deliveries(self._room, config, monotonic):
            self._line.send(request)

    def stop(self) -> None:
        """Drop the requests under way, and send no more; the subscriptions still hold."""
        self._line.stop()
        self._verification.begin_again()
        if self._distribution is not None:
            self._distribution.begin_again()

    def _leave(self) -> None:
        """Turn the hub off; stored subscriptions stay until their time is over."""
        if self._distribution is not None:
            self.stop()
            self._verification, self._distribution = Verification(), None

    @property
    def _room(self) -> int:
        return IN_ALL - self._line.in_flight

    def _take_answers(self, distribution: Distribution, config: Config, now: datetime, monotonic: float) -> None:
        for request, answer in self._line.answers():
            if request.source_id != VERIFYING:
                distribution.answered(request, answer, now, monotonic)
            elif (verified := self._verification.answered(request, answer, now)) is not None:
                try:
                    distribution.carry_out(verified, config.paths.public)
                except StoreError:
                    self._verification.accept(verified.request)
                    raise
