"""Hosts: what hosts demand, to be left alone for a while (429, 503) or to keep off some pages (`robots.txt`).

A host's demand to be left alone is called its debt (`model.manners.Debt`).
"""

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
"""Least seconds of the first debt where the host says how long it lasts; the minimum doubles with each one in a row."""
LONGEST_QUOTA = 3600.0
"""The most seconds for which a host is left alone that has answered, but says that our quota is used up."""
REMEMBERED = 256
"""The most origins whose parsed robots.txt is kept in memory."""


def owed(host: str, before: Debt | None, failure: Failure, schedule: Schedule, now: datetime) -> Debt:
    """Return the debt after a demand: as long as the host says, but no shorter than a back-off that doubles to a day.

    Args:
        host: The host that demands it.
        before: Its debt before, or None.
        failure: What the host said.
        schedule: Its interval is the first back-off where a host does not say how long it wants to be left alone.
        now: The step's time.
    """
    times = before.times + 1 if before else 1
    first = schedule.interval if failure.retry_after is None else SHORTEST_DEBT
    wait = max(failure.retry_after or 0.0, min(first * 2 ** min(times - 1, 20), DAY))
    lasting = min(timedelta(seconds=math.ceil(wait * (1 + 0.1 * share(host, times, now)))), LONGEST_DEMAND)
    return Debt(host=host, since=now, until=now + lasting, times=times, message=failure.message)


def resting(debt: Debt) -> Failure:
    """Return the failure that says why a request was not sent: its host wants to be left alone."""
    return Failure(
        kind=FailureKind.BUSY,
        message=f"Its host asked to be left alone until {debt.until:%Y-%m-%d %H:%M} UTC. {debt.message}".rstrip(),
        remedy="The next request waits until the host allows it.",
    )


class Hosts:
    """What is known of hosts, in memory and, after `save`, in the store, so that a restart forgets nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._debts = store.debts()
        self._rules: dict[str, tuple[datetime, Rules]] = {}
        self._unsaved: set[str] = set()
        self._learned: dict[str, Robots] = {}

    def save(self, now: datetime) -> None:
        """Write what has changed to the store.

        Raises:
            StoreError: Nothing was written; the next call tries again.
        """
        if self._unsaved or self._learned:
            self._store.keep_hosts({it: self._debts.get(it) for it in self._unsaved}, self._learned.values(), now)
            self._unsaved.clear()
            self._learned.clear()

    def renew(self) -> None:
        """Load everything from the store again, because the times there have changed; all must be saved before."""
        self._debts = self._store.debts()
        self._rules.clear()

    def debt(self, host: str, now: datetime) -> Debt | None:
        """Return the debt that forbids a request to a host now, or None."""
        debt = self._debts.get(host)
        return debt if debt and debt.until > now else None

    def demanded(self, host: str, failure: Failure, schedule: Schedule, now: datetime) -> Debt:
        """Note that a host wants to be left alone, and return its new debt."""
        debt = owed(host, self._debts.get(host), failure, schedule, now)
        self._debts[host] = debt
        self._unsaved.add(host)
        return debt

    def exhausted(self, host: str, seconds: float, now: datetime) -> Debt:
        """Note that a host has answered, but that our quota is used up for so many seconds, and return its debt."""
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
        """Note that a host has answered a request, which ends its debt."""
        if host in self._debts:
            del self._debts[host]
            self._unsaved.add(host)

    def rules(self, origin: str, now: datetime) -> Rules | None:
        """Return what an origin's robots.txt says; None: it has to be requested."""
        if origin not in self._rules and (known := self._learned.get(origin) or self._store.robots(origin)):
            self._keep(known)
        until, rules = self._rules.get(origin, (now, None))
        return rules if until > now else None

    def learn(self, robots: Robots) -> None:
        """Note what an origin's robots.txt says."""
        self._learned[robots.origin] = robots
        self._keep(robots)

    def _keep(self, robots: Robots) -> None:
        if len(self._rules) >= REMEMBERED:
            self._rules.clear()
        self._rules[robots.origin] = (robots.until, Rules(robots))
