"""Quota: read the rate-limit fields by which a host says that no requests are left, and when there will be again.

`RateLimit` and its forerunners (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/) count seconds.
`X-RateLimit-*`, which no standard defines, has seconds at some hosts (Reddit), and moments at others: in seconds since
1970 (GitHub) or in ISO 8601 (Mastodon).
"""

import re
from datetime import UTC, datetime

from syndicator.model.web import Response

LONGEST = 86400.0
"""The most seconds until a reset that are honoured; a later reset is not about requests like ours."""

_ITEM = re.compile(r'[;,\s]*(?:"[^"]*"|([a-z_-]+)\s*=\s*"?([0-9]+(?:\.[0-9]+)?)|[^;,\s]+)', re.IGNORECASE)
"""A name, a parameter with a number, or anything else in a `RateLimit` field."""
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
"""A count, a number of seconds, or a moment in seconds or milliseconds since 1970."""
_FAMILIES = ("ratelimit", "x-ratelimit", "x-rate-limit")
"""The prefixes of the fields `…-remaining` and `…-reset`."""
_MOMENT = 1e9
"""The least number that is taken for a moment (in seconds since 1970); as a duration it would be thirty years."""


def exhausted(response: Response, now: datetime) -> float | None:
    """Return the seconds until a host's quota is reset, if the host says that the quota is used up.

    Args:
        response: The host's answer.
        now: The time, needed where a reset is given as a moment.

    Returns:
        Seconds, at most `LONGEST`; None: the host does not say that the quota is used up.
    """
    found = [*_structured(response.header("ratelimit"))]
    for family in _FAMILIES:
        remaining, reset = response.header(f"{family}-remaining"), response.header(f"{family}-reset")
        if _NUMBER.fullmatch(remaining) and (seconds := _until(reset, now)) is not None:
            found.append((float(remaining), seconds))
    waits = [seconds for remaining, seconds in found if remaining < 1]
    return min(max(waits), LONGEST) if waits else None


def _structured(value: str) -> list[tuple[float, float]]:
    """Return what is left, and for how many seconds, of each policy in a `RateLimit` field such as `"a";r=0;t=30`."""
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
    """Return the seconds until a reset; None: the value cannot be understood."""
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
