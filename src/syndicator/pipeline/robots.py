"""Robots: what a site's `robots.txt` allows programs to read (RFC 9309). Pure; it rules pages only, never feeds.

A feed is made for programs, and our operator has subscribed to it; a page is made for people.
"""

import re
from datetime import datetime, timedelta

from protego import Protego

from syndicator.fetch.caching import freshness
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Robots
from syndicator.model.outcome import Failed
from syndicator.model.web import Response
from syndicator.text.urls import absolute, authority

AGENT = "syndicator"
"""Our product token, the name by which a robots.txt addresses us (section 2.2.1)."""
MOST = 512 * 1024
"""The most bytes of a robots.txt that are read (section 2.5 asks for 500 KiB)."""
MOST_RULES = 10_000
"""The most lines for our agent that are read, so that a check takes only milliseconds."""
LONGEST_LINE = 2048
"""The most characters of a line that are read."""
LONGEST_DELAY = 60.0
"""The most seconds of `Crawl-delay` that are honoured."""
KEPT = timedelta(days=1)
"""Time after which a robots.txt is requested again at the latest (section 2.4)."""
KEPT_AT_LEAST = timedelta(hours=1)
"""Time for which a robots.txt is kept at least, and after which it is tried again if there was no answer."""

_USER_AGENT = re.compile(r"user[- ]?agent(?:\s*:|\s+(?!.*:)|\Z)\s*([a-z_-]+|\*(?!\w))?", re.IGNORECASE)
"""A line that names an agent; also one whose name cannot be ours ("008", "*Bot*"), since it begins a group as well."""
_RULE = re.compile(
    r"(?:di\w{0,3}al+[ao]w|diasllow|allow|crawl[- ]delay)(?:\s*:|\s+(?=[/*0-9]))", re.IGNORECASE
)  # also misspelt names, and lines without a colon

FORBIDDEN = Failure(
    kind=FailureKind.ROBOTS,
    message="The site's robots.txt disallows this page.",
    remedy="Look for a feed on the site, or ask its owner to allow “syndicator”.",
)
"""The failure of a page that robots.txt disallows."""
UNREACHABLE = Failure(
    kind=FailureKind.ROBOTS,
    message="The site's server fails to deliver its robots.txt, so the site's pages are not requested.",
    remedy="It is tried again after an hour. If this continues, check whether the site still exists.",
)
"""The failure of a page whose site cannot deliver its robots.txt (section 2.3.1.4)."""

UNREACHED = frozenset(
    {FailureKind.FORBIDDEN, FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT}
)
"""Failures that leave open what the robots.txt says, because no request was sent, or nobody answered it.

The pages are not requested then (section 2.3.1.4), and fail with the same failure, which says what is wrong. But
nothing is remembered of the site, because our own network may be down."""


class Rules:
    """The rules for our agent in an origin's robots.txt."""

    def __init__(self, robots: Robots) -> None:
        self._unreachable = robots.unreachable
        self._parsed = Protego.parse(robots.text)
        self.delay = min(self._parsed.crawl_delay(AGENT) or 0.0, LONGEST_DELAY)
        """Seconds to pause between two requests (`Crawl-delay`, which many sites write but no standard defines)."""

    def refusal(self, url: str) -> Failure | None:
        """Return why an address must not be requested; None: it may be, or it is no valid address."""
        if self._unreachable:
            return UNREACHABLE
        try:
            allowed = self._parsed.can_fetch(f"https://host/{_path(url)}", AGENT)
        except ValueError:  # a lone surrogate in the address: the transfer will say what is wrong with it
            return None
        return None if allowed else FORBIDDEN


def origin_of(url: str) -> str:
    """Return scheme, host and port of an `http:` or `https:` address; empty for any other."""
    url = absolute(url) or url
    scheme, host = url.partition(":")[0].lower(), authority(url).rpartition("@")[2].lower()
    return f"{scheme}://{host}" if scheme in {"http", "https"} and host else ""


def _path(url: str) -> str:
    """Return what follows the authority in an address, without the first slash."""
    rest = url.partition("://")[2].removeprefix(authority(url))
    return rest.removeprefix("/")


def robots_of(origin: str, answer: Response | Failed, now: datetime) -> Robots:
    """Return what the answer to a request for robots.txt means (section 2.3.1), after all redirects.

    Args:
        origin: The origin whose robots.txt was requested.
        answer: What came.
        now: The step's time.
    """
    if isinstance(answer, Failed) or not 200 <= answer.status < 500 or 300 <= answer.status < 400:
        return Robots(origin=origin, until=now + KEPT_AT_LEAST, unreachable=True)
    if answer.status >= 400:
        return Robots(origin=origin, until=now + KEPT)
    fresh_for = freshness(answer, now)
    kept = KEPT if fresh_for is None else min(max(timedelta(seconds=fresh_for), KEPT_AT_LEAST), KEPT)
    return Robots(origin=origin, until=now + kept, text=ours(answer.body[:MOST].decode("utf-8-sig", "replace")))


def ours(text: str) -> str:
    """Return the lines of a robots.txt that concern us, because parsing many groups of other agents takes too long."""
    kept: list[str] = []
    concerned = naming = False
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()[:LONGEST_LINE]
        if found := _USER_AGENT.match(bare):
            agent = (found[1] or "").lower()
            mine = agent in {"*", AGENT}
            concerned = mine or (naming and concerned)
            naming = True
            if mine:
                kept.append(f"User-agent: {agent}")
        elif _RULE.match(bare):
            naming = False
            if concerned:
                kept.append(bare)
        if len(kept) >= MOST_RULES:
            break
    return "\n".join(kept)
