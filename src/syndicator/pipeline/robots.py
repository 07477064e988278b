"""What a site lets programs read: `robots.txt` (RFC 9309). Pure; for pages alone, never for feeds.

A feed is made for programs, and its operator subscribed to it; a page is made for people.
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
"""Our product token (section 2.2.1)."""
MOST = 512 * 1024
"""Bytes of a file that are read (section 2.5 asks for 500 KiB)."""
MOST_RULES = 10_000
"""Lines of ours that are read: a check must stay a matter of milliseconds."""
LONGEST_LINE = 2048
LONGEST_DELAY = 60.0
"""Seconds of `Crawl-delay` that are honoured."""
KEPT = timedelta(days=1)
"""A file is asked for anew after so long at the latest (section 2.4)."""
KEPT_AT_LEAST = timedelta(hours=1)
"""But not sooner, also when there was no answer."""

_USER_AGENT = re.compile(r"user[- ]?agent(?:\s*:|\s+(?!.*:)|\Z)\s*([a-z_-]+|\*(?!\w))?", re.IGNORECASE)
"""Also one that names nobody we could be ("008", "*Bot*"): the rules after it are not those of the group above."""
_RULE = re.compile(
    r"(?:di\w{0,3}al+[ao]w|diasllow|allow|crawl[- ]delay)(?:\s*:|\s+(?=[/*0-9]))", re.IGNORECASE
)  # misspelt ones are meant, too, and those without a colon

FORBIDDEN = Failure(
    kind=FailureKind.ROBOTS,
    message="The site's robots.txt disallows this page.",
    remedy="Look for a feed on the site, or ask its owner to allow “syndicator”.",
)
UNREACHABLE = Failure(
    kind=FailureKind.ROBOTS,
    message="The site's server fails to deliver its robots.txt, so the site's pages are not requested.",
    remedy="It is tried again after an hour. If this continues, check whether the site still exists.",
)

UNREACHED = frozenset(
    {FailureKind.FORBIDDEN, FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.TIMEOUT}
)
"""Failures that leave open what the file says, and say themselves what is wrong: nobody was asked, or nobody answered.
What needs it is not asked for either (section 2.3.1.4), but nothing is remembered: our own network may be down."""


class Rules:
    """What an origin's robots.txt says to us."""

    def __init__(self, robots: Robots) -> None:
        self._unreachable = robots.unreachable
        self._parsed = Protego.parse(robots.text)
        self.delay = min(self._parsed.crawl_delay(AGENT) or 0.0, LONGEST_DELAY)
        """Seconds between two requests (`Crawl-delay`, which many sites write and no standard has)."""

    def refusal(self, url: str) -> Failure | None:
        """Why an address is not to be asked for; None: it may be, as far as it is one."""
        if self._unreachable:
            return UNREACHABLE
        try:
            allowed = self._parsed.can_fetch(f"https://host/{_path(url)}", AGENT)
        except ValueError:  # half a letter (a lone surrogate): the transfer says what is wrong with it
            return None
        return None if allowed else FORBIDDEN


def origin_of(url: str) -> str:
    """Scheme, host and port of an `http:` or `https:` address; empty for any other."""
    url = absolute(url) or url
    scheme, host = url.partition(":")[0].lower(), authority(url).rpartition("@")[2].lower()
    return f"{scheme}://{host}" if scheme in {"http", "https"} and host else ""


def _path(url: str) -> str:
    """What follows the authority, without the slash."""
    rest = url.partition("://")[2].removeprefix(authority(url))
    return rest.removeprefix("/")


def robots_of(origin: str, answer: Response | Failed, now: datetime) -> Robots:
    """What the answer to a request for robots.txt means (section 2.3.1), redirects followed.

    Args:
        origin: Whose.
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
    """The lines of a robots.txt that concern us: groups of other agents may be many, and cost time without end."""
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
