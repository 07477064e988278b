"""Our own hub (WebSub, https://www.w3.org/TR/websub/): whoever subscribes to a feed is sent it as soon as it changes.

the server ─→ take: somebody asks ─→ confirming: did he mean it? ─→ distributing: he is sent what changes
"""

from collections.abc import Callable
from datetime import datetime

from syndicator.errors import StoreError
from syndicator.model.settings import Config
from syndicator.model.subscription import SubscriptionRequest
from syndicator.pipeline.confirming import ASKING, Confirming
from syndicator.pipeline.distributing import Distributing
from syndicator.pipeline.transport import Line, Transport
from syndicator.publish import border
from syndicator.store import Store

IN_ALL = 16
"""Requests to subscribers."""
LOOK = 5.0
"""Seconds between two looks at whose time is over."""


class Subscribers:
    """Hears those who want to be told of feeds' changes, and tells them.

    Args:
        store: Knows who is told, and what is published.
        connect: Gives what carries requests to them, when there is one for the first time.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._line = Line(connect)
        self._confirming = Confirming()
        self._distributing: Distributing | None = None  # there is no hub
        self._look_at = 0.0

    def take(self, request: SubscriptionRequest) -> bool:
        """Take what somebody asks of the hub, from any thread; returns whether there is room for it."""
        distributing = self._distributing
        if distributing is None:
            return False
        is_new = request.mode == "subscribe" and not distributing.knows(request.key)
        if is_new and not distributing.has_room(request.callback):
            return False
        return self._confirming.take(request)

    def count(self) -> tuple[int, int]:
        """How many there are, and how many of them do not take what they are sent."""
        return self._distributing.count() if self._distributing else (0, 0)

    def step(self, config: Config, now: datetime, monotonic: float) -> None:
        """See what subscribers have answered, and tell them what is to be told; never waits.

        Raises:
            StoreError: Not all was written down; the next step goes on.
        """
        if not config.serve.hub:
            self._leave()
            return
        if self._distributing is None:
            self._distributing = Distributing(self._store)
        it = self._distributing
        self._heed(it, config, now, monotonic)
        if monotonic >= self._look_at:
            it.end_overdue(now)
            self._look_at = monotonic + LOOK
        for request in self._confirming.questions(self._room, border.address(config.site.base_url), monotonic):
            self._line.send(request)
        for request in it.deliveries(self._room, config, monotonic):
            self._line.send(request)

    def stop(self) -> None:
        """Tell nobody any more; who is told, is remembered."""
        self._line.stop()
        self._confirming.begin_again()
        if self._distributing is not None:
            self._distributing.begin_again()

    def _leave(self) -> None:
        """There is no hub any more: who is told is remembered until his time is over."""
        if self._distributing is not None:
            self.stop()
            self._confirming, self._distributing = Confirming(), None

    @property
    def _room(self) -> int:
        return IN_ALL - self._line.in_flight

    def _heed(self, it: Distributing, config: Config, now: datetime, monotonic: float) -> None:
        for request, answer in self._line.answers():
            if request.source_id != ASKING:
                it.answered(request, answer, now, monotonic)
            elif (confirmed := self._confirming.answered(request, answer, now)) is not None:
                try:
                    it.agree(confirmed, config.paths.public)
                except StoreError:
                    self._confirming.take(confirmed.request)
                    raise
