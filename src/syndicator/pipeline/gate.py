"""Gate: check each request against its host's demands and the site's robots.txt before it joins the host's queue.

errand ─→ does its host want to be left alone? ─→ does it ask for a page, and what does robots.txt say? ─→ its queue
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicator.fetch.caching import judge
from syndicator.fetch.quota import exhausted
from syndicator.model.failure import FailureKind
from syndicator.model.manners import Debt
from syndicator.model.outcome import Failed, Unchanged
from syndicator.model.settings import Schedule
from syndicator.model.web import Request, Response
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.hosts import Hosts, resting
from syndicator.pipeline.lessons import Answer
from syndicator.pipeline.queues import HostQueues, host_of
from syndicator.pipeline.robots import UNREACHED, origin_of, robots_of

CROWD = 16
"""The most requests that may wait for one host; further sources and pages get a later due time (a slot)."""
_MISSED = timedelta(minutes=10)
"""Time after which a slot is forgotten whose errand has not come, for example because its source was removed."""


@dataclass(slots=True)
class Gate:
    """Lets requests pass, holds them back until a robots.txt has come, or ends their errands.

    Attributes:
        hosts: What each host demands.
        queues: Where requests wait that have passed.
        errands: All errands that are under way, by name.
        end: Called with an errand whose request is not sent, and with the outcome that says why.
    """

    hosts: Hosts
    queues: HostQueues
    errands: Mapping[tuple[str, str], Errand]
    end: Callable[[Errand, Failed | Unchanged], None]
    # by origin: what waits for its robots.txt
    _parked: dict[str, list[tuple[Errand, Request]]] = field(default_factory=dict)
    # by host: the times of the errands that have a slot there, in the order in which they got them
    _lines: dict[str, dict[tuple[str, str], datetime]] = field(default_factory=dict)

    def admit(self, errand: Errand, request: Request, now: datetime) -> None:
        """Put a request into its host's queue, unless the host or its robots.txt forbids that.

        Raises:
            StoreError: What the site allows could not be looked up; the request is not queued and its errand not ended.
        """
        host = host_of(request.url)
        if debt := self.hosts.debt(host, now):
            self._rest(errand, debt)
            return
        if errand.is_for_people and (origin := origin_of(request.url)):
            rules = self.hosts.rules(origin, now)
            if rules is None:
                self._ask_robots(origin, errand, request)
                return
            if refusal := rules.refusal(request.url):
                self.end(errand, Failed(failure=refusal))
                return
            self.queues.delays[host] = rules.delay
        self.queues.put(request)

    def answered(self, request: Request, answer: Response | Failed, schedule: Schedule, now: datetime) -> Debt | None:
        """Note what an answer says about its host; end the waiting requests' errands if it wants to be left alone.

        Returns:
            What the host demands in place of an answer (429, 503), or None. It is also None where the host has answered
            but says that its quota is used up; then the host is left alone for a while as well.
        """
        host = host_of(request.url)
        if not host or isinstance(answer, Failed):
            return None
        verdict = judge(answer, now)
        is_busy = isinstance(verdict, Failed) and verdict.failure.kind is FailureKind.BUSY
        if isinstance(verdict, Failed) and is_busy:
            debt = self.hosts.demanded(host, verdict.failure, schedule, now)
        elif seconds := exhausted(answer, now):
            debt = self.hosts.exhausted(host, seconds, now)
        else:
            self.hosts.served(host)
            return None
        for waiting in self.queues.withdraw(host):
            if waiting.source_id:
                self._rest(self.errands[(waiting.source_id, waiting.entry_key)], debt)
            else:
                busy = Failed(failure=resting(debt))
                self.robots_came(waiting, busy, busy, now)
        return debt if is_busy else None

    def robots_came(
        self, request: Request, answer: Response | Failed, verdict: Request | Response | Failed, now: datetime
    ) -> None:
        """Handle the answer to a request for robots.txt, and go on with the requests that waited for it.

        Args:
            request: The request for robots.txt; its `entry_key` is the origin.
            answer: What came.
            verdict: What the answer means. A request is the next hop of a redirect, whose host may want to be left
                alone as well.
            now: The step's time.
        """
        origin = request.entry_key
        debt = self.hosts.debt(host_of(request.url), now)
        if isinstance(verdict, Request):
            debt = self.hosts.debt(host_of(verdict.url), now)
            if debt is None:
                self.queues.put(verdict)
                return
        unreached = verdict if isinstance(verdict, Failed) and verdict.failure.kind in UNREACHED else None
        if debt is None and unreached is None:
            self.hosts.learn(robots_of(origin, answer, now))
        for errand, waiting in self._parked.pop(origin, []):
            if unreached is not None:  # it is not known what the site allows
                self.end(errand, unreached)
            elif debt is None:
                self.admit(errand, waiting, now)
            else:
                self._rest(errand, debt)

    def slot(self, name: tuple[str, str], url: str, now: datetime) -> datetime | None:
        """Return when a crowded host will have time for an errand; None: the errand may start now.

        So a slow host for which much is due does not take all the room for errands. An errand that comes while others
        have slots gets a slot behind them. So does one that comes in its slot, if the host has turned out to be much
        slower.

        Args:
            name: The errand's name.
            url: The address of its request.
            now: The step's time.
        """
        if not (host := host_of(url)):
            return None
        waiting = self.queues.waiting(host) + len(self._parked.get(origin_of(url), ()))
        line, pace = self._lines.get(host, {}), timedelta(seconds=self.queues.pace(host))
        has_one = line.pop(name, None) is not None
        if waiting < CROWD and (has_one or not line):
            return None
        slot = max(next(reversed(line.values()), now), now + waiting * pace) + pace
        self._lines.setdefault(host, line)[name] = slot
        return slot

    def forget_slots(self, now: datetime) -> None:
        """Forget the slots of errands that have not come in time."""
        lines = {
            host: {name: slot for name, slot in line.items() if slot > now - _MISSED}
            for host, line in self._lines.items()
        }
        self._lines = {host: line for host, line in lines.items() if line}

    def renew(self) -> None:
        """Load all times from the store again, after they were changed there, and forget all slots."""
        self.hosts.renew()
        self._lines.clear()

    def _rest(self, errand: Errand, debt: Debt) -> None:
        """End an errand without sending its request, because its host wants to be left alone."""
        if errand.so_far is None:
            errand.answer = Answer(url=errand.addresses[-1] if errand.addresses else "", debt=debt)
        self.end(errand, Failed(failure=resting(debt)))

    def _ask_robots(self, origin: str, errand: Errand, request: Request) -> None:
        if origin not in self._parked:
            self.queues.put(Request(source_id="", url=f"{origin}/robots.txt", entry_key=origin))
        self._parked.setdefault(origin, []).append((errand, request))
