"""How soon a host that counts requests answers the next one: the fields by which it says that none are left.

`RateLimit` and its forerunners (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/) count seconds;
`X-RateLimit-*`, which nobody has ever defined, holds seconds at some hosts (Reddit), and moments, as seconds since 1970
(GitHub) or in ISO 8601 (Mastodon), at others.
"""

import re
from datetime import UTC, datetime

from syndicator.model.web import Response

LONGEST = 86400.0
"""Seconds: what is later is no limit that feeds are read by."""

_ITEM = re.compile(r'[;,\s]*(?:"[^"]*"|([a-z_-]+)\s*=\s*"?([0-9]+(?:\.[0-9]+)?)|[^;,\s]+)', re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_FAMILIES = ("ratelimit", "x-ratelimit", "x-rate-limit")
_MOMENT = 1e9
"""From here on a number is a moment: as seconds, thirty years, it would be no reset."""


def exhausted(response: Response, now: datetime) -> float | None:
    """Seconds until the host answers again, where it says that nothing is left of what it grants; else None.

    Args:
        response: Its answer.
        now: For moments.
    """
    found = [*_structured(response.header("ratelimit"))]
    for family in _FAMILIES:
        remaining, reset = response.header(f"{family}-remaining"), response.header(f"{family}-reset")
        if _NUMBER.fullmatch(remaining) and (seconds := _until(reset, now)) is not None:
            found.append((float(remaining), seconds))
    waits = [seconds for remaining, seconds in found if remaining < 1]
    return min(max(waits), LONGEST) if waits else None


def _structured(value: str) -> list[tuple[float, float]]:
    """What is left, and for how many seconds, of each policy in a `RateLimit` field, such as `"a";r=0;t=30`."""
    found: list[tuple[float, float]] = []
    remaining: float | None = None
    for name, number in _ITEM.findall(value[:1000]):
        if name.lower() in {"r", "remaining"}:
            remaining = float(number)
        elif name.lower() in {"t", "reset"} and remaining is not None:
            found.append((remaining, float(number)))
            remaining = None
    return found


def _until(value: str, now: datetime) -> float | None:
    """Seconds until a reset; None: it says nothing that can be understood."""
    if _NUMBER.fullmatch(value):
        number = float(value)
        if number >= _MOMENT * 1000:
            number /= 1000
        return max(0.0, number - now.timestamp()) if number >= _MOMENT else number
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
