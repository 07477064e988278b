"""What a host, and the robots.txt of its site, say to a request before that may wait in the host's queue.

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
"""Requests that may wait for one host; further sources and pages get a later time."""
_MISSED = timedelta(minutes=10)
"""After which nobody comes for a slot any more, as when its source was taken away."""


@dataclass(slots=True)
class Gate:
    """Lets requests through, holds them back, or ends their errands.

    Attributes:
        hosts: What they demand.
        queues: Where requests wait that have passed.
        errands: All that are under way, by name.
        end: Called with an errand that is not to be asked for, and why.
    """

    hosts: Hosts
    queues: HostQueues
    errands: Mapping[tuple[str, str], Errand]
    end: Callable[[Errand, Failed | Unchanged], None]
    _parked: dict[str, list[tuple[Errand, Request]]] = field(default_factory=dict)  # by the origin that is asked
    # by host: errands that have a slot
    _lines: dict[str, dict[tuple[str, str], datetime]] = field(default_factory=dict)

    def admit(self, errand: Errand, request: Request, now: datetime) -> None:
        """Let a request wait for its host, unless that, or its site, does not want it.

        Raises:
            StoreError: What its site allows could not be looked up; nothing has become of it.
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
        """What the host demands in place of an answer, or None; whatever waits for it waits on.

        One that answers, and says that it will not answer the next request for a while, is left alone as well.
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
        """Go on with what waited for a robots.txt.

        Args:
            request: For it.
            answer: What came.
            verdict: What that comes to; a request: it leads elsewhere, where debts count, too.
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
            if unreached is not None:  # the site has said nothing
                self.end(errand, unreached)
            elif debt is None:
                self.admit(errand, waiting, now)
            else:
                self._rest(errand, debt)

    def slot(self, name: tuple[str, str], url: str, now: datetime) -> datetime | None:
        """When a host that many wait for has time for an errand of that name; None: it has.

        So that a slow host with much to ask does not fill the window, and keep others out. Whoever comes while others
        have slots gets one behind them, and so does who has one, if the host has turned out to be much slower.
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
        """Forget those of errands that have not come for them."""
        lines = {
            host: {name: slot for name, slot in line.items() if slot > now - _MISSED}
            for host, line in self._lines.items()
        }
        self._lines = {host: line for host, line in lines.items() if line}

    def renew(self) -> None:
        """Begin anew with times, of which the store has other ones now."""
        self.hosts.renew()
        self._lines.clear()

    def _rest(self, errand: Errand, debt: Debt) -> None:
        """End an errand without asking: its host wants to be left alone."""
        if errand.so_far is None:
            errand.answer = Answer(url=errand.addresses[-1] if errand.addresses else "", debt=debt)
        self.end(errand, Failed(failure=resting(debt)))

    def _ask_robots(self, origin: str, errand: Errand, request: Request) -> None:
        if origin not in self._parked:
            self.queues.put(Request(source_id="", url=f"{origin}/robots.txt", entry_key=origin))
        self._parked.setdefault(origin, []).append((errand, request))
