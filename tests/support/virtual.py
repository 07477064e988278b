"""Hosts in memory that know the truth: which entry existed when, what was served to whom, and what they ask for.

Everything follows from a seed. Each site behaves in one way (`BEHAVIOURS`), and its log is what the judge reads.
"""

import hashlib
import heapq
import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property

from support.builders import make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.source import Select, Source
from syndicator.model.web import Request, Response, Validators

START = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
HOUR = 3600.0
DAY = 86400.0

BEHAVIOURS = (
    *("etag", "modified", "both", "weak", "busy"),  # five to a host
    *("never-304", "ttl", "sy", "max-age", "skips", "fixed", "expires", "moved", "elsewhere", "gone", "flaky"),
    *("repaired", "login", "page", "closed"),
)
SHARING = 5
SHORT_GAPS = frozenset({"busy", "ttl", "sy", "max-age", "skips", "expires", "moved", "gone", "flaky", "login"})
INTERVALS = {"never-304": 900.0, "fixed": 900.0, "expires": 1800.0, "repaired": 1800.0}
SKIPPED_HOURS = frozenset(range(6))
SKIPPED_DAY = 6  # Sunday
TTL, PERIOD, MAX_AGE, EXPIRES = 3 * HOUR, 2 * HOUR, 5400.0, 2 * HOUR
CRAWL_DELAY = 20.0
MOVED_AFTER, GONE_AFTER = 4 * HOUR, 12 * HOUR
_OUTAGE, _OUTAGES = 3 * HOUR, 9 * HOUR


def chance(*parts: object) -> float:
    """A number in [0, 1) that follows from the parts."""
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=6).digest()) / 2**48


@dataclass(frozen=True)
class Site:
    """A feed or listing, and how it behaves."""

    number: int
    seed: int

    @cached_property
    def behaviour(self) -> str:
        return BEHAVIOURS[self.number % len(BEHAVIOURS)]

    @cached_property
    def host(self) -> str:
        round_, place = divmod(self.number, len(BEHAVIOURS))
        return f"shared-{round_}.example" if place < SHARING else f"site-{self.number}.example"

    @property
    def is_page(self) -> bool:
        return self.behaviour in {"page", "closed"}

    @cached_property
    def url(self) -> str:
        return f"https://{self.host}/{self.number}"

    @property
    def other_url(self) -> str:
        return f"https://other-{self.number}.example/{self.number}"

    @property
    def is_quick(self) -> bool:
        """Whether it is one of the first of its kind: these have enough to say for a run of a day or two."""
        return self.number < len(BEHAVIOURS)

    @cached_property
    def gap(self) -> float:
        """Seconds between two entries, on average."""
        if self.is_page:
            return 12 * HOUR
        if self.behaviour in SHORT_GAPS:
            return 2 * HOUR if self.is_quick else 12 * HOUR
        return 8 * HOUR * 15 ** chance(self.seed, self.number, "gap")

    @cached_property
    def source(self) -> Source:
        if self.is_page:
            select = Select(item="li", link="a", follow=True)
            return make_source(id=f"s{self.number}", url=self.url, kind="page", select=select)
        return make_source(id=f"s{self.number}", url=self.url, interval=INTERVALS.get(self.behaviour))

    @cached_property
    def times(self) -> list[float]:
        """When its entries appear, from a dozen before the start to the end of the 31st day."""
        return [
            self.gap * (it + 0.8 * chance(self.seed, self.number, it)) for it in range(-12, int(31 * DAY / self.gap))
        ]

    def entries(self, at: float) -> list[tuple[int, float]]:
        """Number and time of each entry shown at a time, the newest first."""
        last = bisect_right(self.times, at)
        shown = 24 if self.is_quick else 13
        return [(it - 12, self.times[it]) for it in range(last - 1, max(last - 1 - shown, -1), -1)]

    def is_out(self, at: float) -> bool:
        """Whether it has trouble at a time."""
        window = int(at / _OUTAGES)
        return at % _OUTAGES < _OUTAGE and chance(self.seed, self.number, window, "out") < 0.4


@dataclass
class Exchange:
    """One line of the log.

    Attributes:
        request: What was asked.
        begun: When, in seconds since the start.
        done: When it had ended.
        status: 0: there was no answer.
        given: The validators of the body, if it had a good one.
        newest: The newest entry in that body.
        unchanged: Whether it is what the same address gave before.
        wait: Seconds for which its site wants to be left alone.
        host_wait: The same for its host.
        lost: Whether the asker died before it had the answer.
    """

    request: Request
    begun: float
    done: float
    status: int
    given: Validators | None = None
    newest: int | None = None
    unchanged: bool = False
    wait: float = 0.0
    host_wait: float = 0.0
    lost: bool = False

    def __str__(self) -> str:
        sent = self.request.validators
        return f"{self.begun:.3f} {self.request.url} {self.status} {sent.etag} {sent.last_modified} {self.done:.3f}"


@dataclass
class Hosts:
    """A transport whose other end is in memory; the driver sets `now`, in seconds since the start."""

    sites: tuple[Site, ...]
    seed: int
    now: float = 0.0
    log: list[Exchange] = field(default_factory=list)
    _flying: list[tuple[float, int, Exchange, Response | Failed]] = field(default_factory=list)
    _last: dict[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_url = {url: site for site in self.sites for url in (site.url, site.other_url)}
        self._by_host = {site.host: site for site in self.sites}

    # -- the transport's side

    def submit(self, request: Request) -> None:
        number = len(self.log)
        exchange, answer = self._answer(request)
        exchange.done = self.now + (60.0 if not exchange.status else 0.05 + 2 * chance(self.seed, number, "latency"))
        self.log.append(exchange)
        heapq.heappush(self._flying, (exchange.done, number, exchange, answer))

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        return list(self._ended())

    def _ended(self) -> Iterator[tuple[Request, Response | Failed]]:
        while self._flying and self._flying[0][0] <= self.now:
            _, _, exchange, answer = heapq.heappop(self._flying)
            if exchange.given is not None:
                self._last[exchange.request.url] = exchange.newest
            yield exchange.request, answer

    def next_end(self) -> float | None:
        return self._flying[0][0] if self._flying else None

    def lose_all(self) -> None:
        """The asker dies: what is under way breaks off."""
        for _, _, exchange, _ in self._flying:
            exchange.done, exchange.lost = self.now, True
        self._flying.clear()

    def wait(self, seconds: float) -> bool:
        raise AssertionError("nothing waits in virtual time")

    def wake(self) -> None:
        """Nobody sleeps here."""

    def stop(self) -> None:
        pass

    @property
    def in_flight(self) -> int:
        return len(self._flying)

    # -- the hosts' side

    def _answer(self, request: Request) -> tuple[Exchange, Response | Failed]:
        exchange = Exchange(request=request, begun=self.now, done=self.now, status=200)
        path = request.url.split("/", 3)[3]
        if path == "robots.txt":
            answer: Response | Failed = self._robots(exchange)
            return exchange, answer
        if path.startswith("a/"):
            return exchange, Response(url=request.url, status=200, body=_article(path))
        site = self._by_url[request.url]
        answer = self._trouble(site, exchange) or self._body(site, exchange)
        exchange.status = answer.status if isinstance(answer, Response) else 0
        return exchange, answer

    def _robots(self, exchange: Exchange) -> Response:
        url = exchange.request.url
        if self._by_host[url.split("/")[2]].behaviour == "page":
            exchange.status = 404
            return Response(url=url, status=404)
        body = f"User-agent: *\nCrawl-delay: {CRAWL_DELAY:.0f}\nDisallow: /a/*odd\n"
        return Response(url=url, status=200, body=body.encode())

    def _trouble(self, site: Site, exchange: Exchange) -> Response | Failed | None:
        url, at = exchange.request.url, exchange.begun
        original = url == site.url
        if site.behaviour == "moved" and original and at >= MOVED_AFTER:
            return Response(url=url, status=301, headers=(("location", site.other_url),))
        if site.behaviour == "elsewhere" and original:
            return Response(url=url, status=302, headers=(("location", site.other_url),))
        if site.behaviour == "gone" and at >= GONE_AFTER:
            exchange.wait = math.inf
            return Response(url=url, status=410)
        if not site.is_out(at):
            return None
        draw = chance(self.seed, site.number, at)
        match site.behaviour:
            case "busy":
                exchange.host_wait = float(600 + int(draw * 7200))
                return Response(url=url, status=429, headers=(("retry-after", f"{exchange.host_wait:.0f}"),))
            case "repaired":
                exchange.host_wait = 1800.0
                return Response(url=url, status=503)
            case "flaky" if draw < 0.5:
                return Response(url=url, status=500)
            case "flaky":
                return Failed(failure=Failure(kind=FailureKind.TIMEOUT, message="It is silent."))
            case "login":
                body = b"<html><body><p>Please log in.</p></body></html>"
                return Response(url=url, status=200, headers=(("etag", '"login"'),), body=body)
        return None

    def _body(self, site: Site, exchange: Exchange) -> Response:
        at, url, sent = exchange.begun, exchange.request.url, exchange.request.validators
        entries = site.entries(at)
        newest, changed = entries[0]
        quality = Validators(
            etag="" if site.behaviour in {"never-304", "modified"} else _etag(site, newest),
            last_modified=_http(changed) if site.behaviour in {"modified", "both"} else "",
        )
        exchange.newest, exchange.given = newest, quality
        exchange.unchanged = newest == self._last.get(url)
        headers = [
            (name, value) for name, value in (("etag", quality.etag), ("last-modified", quality.last_modified)) if value
        ]
        headers += self._signals(site, exchange)
        same = sent.etag == quality.etag if sent.etag else bool(sent.last_modified) and sent == quality
        if same:
            return Response(url=url, status=304, headers=tuple(headers))
        body = _listing(site, entries) if site.is_page else _feed(site, entries)
        return Response(url=url, status=200, headers=tuple(headers), body=body.encode())

    def _signals(self, site: Site, exchange: Exchange) -> list[tuple[str, str]]:
        match site.behaviour:
            case "max-age":
                exchange.wait = MAX_AGE - 600
                return [("cache-control", f"max-age={MAX_AGE:.0f}"), ("age", "600")]
            case "expires":
                exchange.wait = EXPIRES
                return [("date", _http(exchange.begun)), ("expires", _http(exchange.begun + EXPIRES))]
            case "ttl":
                exchange.wait = TTL
            case "sy":
                exchange.wait = PERIOD
        return []


def _http(at: float) -> str:
    return format_datetime(START + timedelta(seconds=at), usegmt=True)


def _etag(site: Site, newest: int) -> str:
    return f'W/"{site.number} {newest}"' if site.behaviour == "weak" else f'"{site.number}-{newest}"'


def _feed(site: Site, entries: list[tuple[int, float]]) -> str:
    items = "".join(
        f"<item><title>Entry {number} of {site.number}</title><link>{site.url}/{number}</link>"
        f"<guid>{site.url}/{number}</guid><pubDate>{_http(at)}</pubDate></item>"
        for number, at in entries
    )
    hints = {
        "ttl": f"<ttl>{TTL / 60:.0f}</ttl>",
        "sy": "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>",
        "skips": f"<skipHours>{''.join(f'<hour>{it}</hour>' for it in SKIPPED_HOURS)}</skipHours>"
        "<skipDays><day>Sunday</day></skipDays>",
    }.get(site.behaviour, "")
    space = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
    return f"<rss version='2.0' {space}><channel><title>{site.number}</title>{hints}{items}</channel></rss>"


def _listing(site: Site, entries: list[tuple[int, float]]) -> str:
    links = "".join(
        f"<li><a href='/a/{site.number}/{number}/{'odd' if number % 2 else 'even'}'>"
        f"Entry {number} of {site.number}</a></li>"
        for number, _ in entries
    )
    return f"<html><body><ul>{links}</ul></body></html>"


def _article(path: str) -> bytes:
    _, site, number, _ = path.split("/")
    return (
        "<html><body><article itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>Entry {number} of {site}</h1>"
        f"<div itemprop='articleBody'><p>What there is to say of number {number}.</p></div></article></body></html>"
    ).encode()
