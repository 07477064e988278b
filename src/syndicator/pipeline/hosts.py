"""What hosts demand of us: to be left alone for a while (429, 503), and to keep off some pages (`robots.txt`)."""

import math
from datetime import datetime, timedelta

from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Debt, Robots
from syndicator.model.settings import Schedule
from syndicator.pipeline.rhythm import share
from syndicator.pipeline.robots import Rules
from syndicator.pipeline.waits import DAY, LONGEST_DEMAND
from syndicator.store import Store

SHORTEST_DEBT = 60.0
"""Seconds of the first debt where the host says how long; each further one in a row is at least twice as long."""
LONGEST_QUOTA = 3600.0
"""Seconds that a host is left alone which still serves us, but says that nothing is left."""
REMEMBERED = 256
"""Origins whose rules are kept at hand."""


def owed(host: str, before: Debt | None, failure: Failure, schedule: Schedule, now: datetime) -> Debt:
    """The debt after a demand: as long as the host says, and twice as long as before, up to a day.

    Args:
        host: Whose.
        before: Its debt so far, or None.
        failure: What it said.
        schedule: A host that does not say how long is left alone for the interval at first.
        now: The step's time.
    """
    times = before.times + 1 if before else 1
    first = schedule.interval if failure.retry_after is None else SHORTEST_DEBT
    wait = max(failure.retry_after or 0.0, min(first * 2 ** min(times - 1, 20), DAY))
    lasting = min(timedelta(seconds=math.ceil(wait * (1 + 0.1 * share(host, times, now)))), LONGEST_DEMAND)
    return Debt(host=host, since=now, until=now + lasting, times=times, message=failure.message)


def resting(debt: Debt) -> Failure:
    """Why a request was not made."""
    return Failure(
        kind=FailureKind.BUSY,
        message=f"Its host asked to be left alone until {debt.until:%Y-%m-%d %H:%M} UTC. {debt.message}".rstrip(),
        remedy="The next request waits until the host allows it.",
    )


class Hosts:
    """What is known of hosts, at hand and, once saved, in the store, so that a restart forgets nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._debts = store.debts()
        self._rules: dict[str, tuple[datetime, Rules]] = {}
        self._unsaved: set[str] = set()
        self._learned: dict[str, Robots] = {}

    def save(self, now: datetime) -> None:
        """Write down what has changed.

        Raises:
            StoreError: Nothing was written; the next time tries again.
        """
        if self._unsaved or self._learned:
            self._store.keep_hosts({it: self._debts.get(it) for it in self._unsaved}, self._learned.values(), now)
            self._unsaved.clear()
            self._learned.clear()

    def renew(self) -> None:
        """Look into the store again, in which everything is saved: its times have changed."""
        self._debts = self._store.debts()
        self._rules.clear()

    def debt(self, host: str, now: datetime) -> Debt | None:
        """The debt that forbids a request now, or None."""
        debt = self._debts.get(host)
        return debt if debt and debt.until > now else None

    def demanded(self, host: str, failure: Failure, schedule: Schedule, now: datetime) -> Debt:
        """Take note that a host wants to be left alone."""
        debt = owed(host, self._debts.get(host), failure, schedule, now)
        self._debts[host] = debt
        self._unsaved.add(host)
        return debt

    def exhausted(self, host: str, seconds: float, now: datetime) -> Debt:
        """Take note that a host has served us, and has granted so many seconds' requests by that: it is asked later."""
        pause = min(seconds, LONGEST_QUOTA) * (1 + 0.1 * share(host, 0, now))
        until = now + timedelta(seconds=math.ceil(pause))
        debt = Debt(
            host=host,
            since=now,
            until=until,
            times=0,
            message="All requests that it grants for this period are used up.",
        )
        self._debts[host] = debt
        self._unsaved.add(host)
        return debt

    def served(self, host: str) -> None:
        """Take note that a host serves us: whatever it demanded before is over."""
        if host in self._debts:
            del self._debts[host]
            self._unsaved.add(host)

    def rules(self, origin: str, now: datetime) -> Rules | None:
        """What an origin's robots.txt says; None: it has to be asked for."""
        if origin not in self._rules and (known := self._learned.get(origin) or self._store.robots(origin)):
            self._keep(known)
        until, rules = self._rules.get(origin, (now, None))
        return rules if until > now else None

    def learn(self, robots: Robots) -> None:
        """Take note of an origin's robots.txt."""
        self._learned[robots.origin] = robots
        self._keep(robots)

    def _keep(self, robots: Robots) -> None:
        if len(self._rules) >= REMEMBERED:
            self._rules.clear()
        self._rules[robots.origin] = (robots.until, Rules(robots))
