"""The judge: whether a log of requests breaks a rule of politeness, or a promise. It knows the hosts, not the asker."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from support.virtual import CRAWL_DELAY, DAY, INTERVALS, SKIPPED_DAY, SKIPPED_HOURS, START, Exchange, Hosts, Site
from syndicator.model.web import Validators

SPACING = 1.0
SHORTEST = 300.0
LONGEST = 86400.0
HOUR = 3600.0
PROOFS, PROVEN_FOR = 3, DAY
GRAIN = 0.01
"""Due times are kept in milliseconds."""
SLACK = 600.0
"""Seconds by which a poll may be late: its host may have others to answer."""


@dataclass
class Poll:
    """A question for a source, with the redirects that it led to."""

    hops: list[Exchange]

    @property
    def first(self) -> Exchange:
        return self.hops[0]

    @property
    def last(self) -> Exchange:
        return self.hops[-1]

    @property
    def is_good(self) -> bool:
        return self.last.given is not None


@dataclass
class Verdict:
    """What the judge found.

    Attributes:
        breaches: Rules that were broken, one a line.
        unchanged: Polls of what had not changed, of hosts that know validators …
        spared: … and how many of these were answered with 304.
        polls: All of them.
    """

    breaches: list[str] = field(default_factory=list)
    unchanged: int = 0
    spared: int = 0
    polls: int = 0


def judge(hosts: Hosts, end: float, restarts: Iterable[float] = (), *, patience: float = 1.1) -> Verdict:
    """Read the log of a run.

    Args:
        hosts: What kept the log.
        end: When the run ended.
        restarts: When the asker was started anew.
        patience: How many of its intervals a source may have to wait.
    """
    verdict, log = Verdict(), sorted(hosts.log, key=lambda it: it.begun)
    verdict.breaches += _per_host(log)
    verdict.breaches += _forbidden(log)
    debts: defaultdict[str, list[Exchange]] = defaultdict(list)
    of_source: defaultdict[str, list[Exchange]] = defaultdict(list)
    for it in log:
        if it.host_wait:
            debts[_host(it)].append(it)
        if not it.request.entry_key:
            of_source[it.request.source_id].append(it)
    for site in hosts.sites:
        polls = _polls(of_source[site.source.id])
        verdict.polls += len(polls)
        verdict.breaches += _validators(polls)
        verdict.breaches += _too_early(site, polls)
        verdict.breaches += _too_late(site, polls, [*restarts, end], debts[site.host], patience)
        verdict.breaches += _moves(site, polls)
        if site.behaviour != "never-304":
            same = [poll.last for poll in polls if poll.last.unchanged]
            verdict.unchanged += len(same)
            verdict.spared += sum(it.status == 304 for it in same)
    return verdict


def _polls(exchanges: list[Exchange]) -> list[Poll]:
    polls: list[Poll] = []
    for it in exchanges:
        if it.request.hops and polls:
            polls[-1].hops.append(it)
        else:
            polls.append(Poll([it]))
    return polls


def _host(exchange: Exchange) -> str:
    return exchange.request.url.split("/")[2]


def _per_host(log: list[Exchange]) -> Iterator[str]:
    """One request at a time, a pause between two, and none while the host wants to be left alone."""
    free: defaultdict[str, float] = defaultdict(float)
    resting: defaultdict[str, float] = defaultdict(float)
    knows: set[str] = set()
    for it in log:
        host = _host(it)
        if it.begun < free[host] - GRAIN:
            yield f"{it}: {free[host] - it.begun:.2f} s too soon after the request before it to {host}"
        if it.begun < resting[host]:
            yield f"{it}: {host} wanted to be left alone until {resting[host]:.0f}"
        slow = CRAWL_DELAY if host in knows else SPACING
        free[host] = it.done + (SPACING if it.lost else slow)
        resting[host] = max(resting[host], it.done + it.host_wait if it.host_wait and not it.lost else 0.0)
        if it.request.url.endswith("/robots.txt") and it.status == 200 and not it.lost:
            knows.add(host)


def _forbidden(log: list[Exchange]) -> Iterator[str]:
    """Pages are asked for after robots.txt, which is kept for a day, and not where that forbids it."""
    asked: dict[str, float] = {}
    closed = {_host(it) for it in log if it.request.url.endswith("robots.txt") and it.status == 200}
    for it in log:
        url, host = it.request.url, _host(it)
        if url.endswith("/robots.txt"):
            if host in asked and it.begun - asked[host] < HOUR:
                yield f"{it}: asked for again after {it.begun - asked[host]:.0f} s"
            if not it.lost:
                asked[host] = it.done
        elif it.request.entry_key:
            if it.begun - asked.get(host, -9 * DAY) > DAY + SLACK:
                yield f"{it}: a page was asked for without a look into robots.txt"
            if url.endswith("/odd") and host in closed:
                yield f"{it}: robots.txt forbids it"


def _validators(polls: list[Poll]) -> Iterator[str]:
    """Byte for byte what the same address gave with its last good body, and nothing else."""
    given: dict[str, Validators] = {}
    lost: dict[str, Validators] = {}
    for poll in polls:
        for it in poll.hops:
            url, sent = it.request.url, it.request.validators
            if sent not in {given.get(url, Validators()), Validators()}:
                yield f"{it}: sent {sent}, was given {given.get(url)}"
            if it.given is not None and not it.lost:
                given[url] = it.given
            elif it.given is not None:
                lost[url] = it.given


def _too_early(site: Site, polls: list[Poll]) -> Iterator[str]:
    """No poll before source, host and operator allow it; one whose answer was lost may be repeated."""
    failures, repeats, gone = 0, 0, False
    for before, poll in pairwise(polls):
        if any(it.lost for it in before.hops):
            continue
        last, least = before.last, INTERVALS.get(site.behaviour, SHORTEST)
        if before.is_good:
            failures, gone = 0, False
            repeats = 0 if last.status == 304 else repeats + last.unchanged
            least = max(least, last.wait, HOUR if repeats >= 20 else 0.0)
        elif not last.host_wait:
            failures += 1
            gone = last.status == 410 and last.request.url == site.url
            least = max(min(least * 2 ** min(failures - 1, 20), LONGEST), last.wait if gone else 0.0)
        if poll.first.begun < last.done + least - GRAIN:
            yield f"{poll.first}: polled {poll.first.begun - last.done:.0f} s after the last answer, not {least:.0f}"
        moment = START + timedelta(seconds=poll.first.begun)
        if site.behaviour == "skips" and (moment.hour in SKIPPED_HOURS or moment.weekday() == SKIPPED_DAY):
            yield f"{poll.first}: polled at {moment:%a %H:%M}, which its feed excludes"


def _too_late(
    site: Site, polls: list[Poll], ends: list[float], debts: list[Exchange], patience: float
) -> Iterator[str]:
    """Every source is polled when its time has come: a tenth later at most, but for what keeps its host busy."""
    rests = sorted((it.done, it.done + 1.3 * it.host_wait) for it in debts)
    due, repeats = HOUR + SLACK, 0
    for before, after in zip([None, *polls], [*polls, None], strict=True):
        since, longest = 0.0, INTERVALS.get(site.behaviour, LONGEST)
        if before is not None:
            since = before.last.done
            repeats = 0 if before.last.status == 304 else repeats + before.last.unchanged
            longest = longest if before.is_good else LONGEST
            longest = max(longest, HOUR) if repeats >= 20 else longest
            due = since + patience * max(longest, before.last.wait) + SLACK
        if site.behaviour == "skips":
            due += 31 * HOUR
        due += sum(60.0 for it in ends if since <= it <= due)
        for start, until in rests:
            if since - 1 <= start <= due < until + LONGEST:
                due = max(due, until + SLACK) + (patience * longest if start == since else 0.0)
        begun = after.first.begun if after else ends[-1]
        if begun > due:
            yield f"{site.url}: after {before and before.last} the next poll came {begun - due:.0f} s late"


def _moves(site: Site, polls: list[Poll]) -> Iterator[str]:
    """A new address is asked straight only after three permanent redirects over a day, a temporary one never."""
    proofs: list[float] = []
    for poll in polls:
        if poll.first.request.url != site.url and (
            site.behaviour != "moved" or len(proofs) < PROOFS or proofs[-1] - proofs[0] < PROVEN_FOR
        ):
            yield f"{poll.first}: took a new address after {len(proofs)} proofs"
        if poll.first.status == 301 and poll.is_good and not poll.last.lost:
            proofs.append(poll.last.done)
