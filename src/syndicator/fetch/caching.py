"""Caching: what a status code means for a poll, and how long an answer stays fresh (RFC 9110, RFC 9111)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syndicator.fetch.quota import exhausted
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.web import Response

_MONTH = 30 * 86400.0
"""The most seconds of `Retry-After` that are honoured."""
_WAIT = "It is tried again later."
_SENTENCES = {
    401: ("The host requires credentials", "Give the source `auth`, or correct it."),
    403: ("The host refuses to serve us", "Ask its owner whether readers are welcome, or give the source `auth`."),
    404: ("There is nothing at this address", "Look for its new address on the site."),
    407: ("A proxy requires credentials", "Check `proxy` under [fetch], and how this machine reaches the network."),
    408: ("The host stopped waiting for the request", _WAIT),
    410: ("What was at this address has been withdrawn for good", "Remove the source, or look for its new address."),
    429: ("The host says that we send too many requests", "The next request waits until the host allows it."),
    451: ("The host may not provide this for legal reasons", "Remove the source."),
    503: ("The host is overloaded or under maintenance", "The next request waits until the host allows it."),
}
"""By status code, what happened and what to do about it."""
_KNOWN = frozenset({201, 202, 204, 205, 206, 207, 208, 226})
"""Successful status codes in IANA's registry whose answers are not the complete document that was requested."""
_KINDS = {410: FailureKind.GONE, 429: FailureKind.BUSY, 503: FailureKind.BUSY}
"""The kinds of failure by status code; any other code has the kind `STATUS`."""


def judge(response: Response, now: datetime) -> Response | Failed:
    """Return a usable answer unchanged, and any other as the failure that it means.

    Args:
        response: The answer after all redirects.
        now: The time, needed where `Retry-After` or a quota's reset names a moment.

    Returns:
        The response itself for 200, 203 and 304, and for an unknown successful status; else the failure.
    """
    status = response.status
    if status in {200, 203, 304} or (status // 100 == 2 and status not in _KNOWN):
        return response  # RFC 9110, section 15: an unknown status counts as the first (x00) of its class
    if status in {204, 205}:
        message, kind = f"The host answered without a body ({status}).", FailureKind.EMPTY
        return Failed(failure=Failure(kind=kind, message=message, remedy=_WAIT, status=status))
    sentence, remedy = _SENTENCES.get(status) or _by_class(status)
    waits = (_retry_after(response.header("retry-after"), now), exhausted(response, now))
    is_busy = status == 403 and waits[1] is not None  # GitHub answers 403 where others answer 429
    return Failed(
        failure=Failure(
            kind=FailureKind.BUSY if is_busy else _KINDS.get(status, FailureKind.STATUS),
            message=f"{sentence} ({status}).",
            remedy=_SENTENCES[429][1] if is_busy else remedy,
            status=status,
            retry_after=max((it for it in waits if it is not None), default=None),
        )
    )


def freshness(response: Response, now: datetime) -> float | None:
    """Return how long an answer is fresh, as its host says (RFC 9111, section 4.2).

    Args:
        response: The answer.
        now: The time, which is used in the place of a missing `Date`.

    Returns:
        Seconds from now, never negative: `max-age`, else the time until `Expires`, less the `Age` that the answer has;
        0 for `no-cache` and `no-store`. None if the host says nothing, or nothing that can be understood.
    """
    directives = _cache_control(response)
    if "no-store" in directives or "no-cache" in directives:
        return 0.0
    lifetime: float | None = None
    if "max-age" in directives:
        lifetime = _delta_seconds(directives["max-age"])
    elif expires := response.header("expires"):
        end = _http_date(expires)
        # Section 5.3: a value that is not a date, such as the common "0", means that the answer is stale already.
        lifetime = (end - (_http_date(response.header("date")) or now)).total_seconds() if end else 0.0
    if lifetime is None:
        return None
    age = response.header("age").partition(",")[0].strip()  # of several the first counts (section 5.1)
    return max(0.0, lifetime - (_delta_seconds(age) or 0.0))


def _by_class(status: int) -> tuple[str, str]:
    if status >= 500:
        return "The host has an internal error", _WAIT
    if 300 <= status < 400:
        return "The host redirects in a way that cannot be followed", "Look for the feed's address on its site."
    if status >= 400:
        return "The host refuses the request", "Check the address."
    return "The host sent no complete body", _WAIT


def _retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that `Retry-After` names, as number or date (RFC 9110, section 10.2.3); at most a month."""
    seconds = _delta_seconds(value)
    if seconds is None and (date := _http_date(value)):
        seconds = max(0.0, (date - now).total_seconds())
    return None if seconds is None else min(seconds, _MONTH)


def _cache_control(response: Response) -> dict[str, str]:
    """Return the directives by name; if one is repeated, the first counts (RFC 9111, section 4.2.1)."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        if name == "cache-control":
            for directive in re.findall(r'(?:[^,"]|"[^"]*"?)+', value):
                key, _, argument = directive.partition("=")
                found.setdefault(key.strip().lower(), argument.strip().strip('"'))
    return found


def _delta_seconds(value: str) -> float | None:
    """Return a number of seconds; a number that is too big counts as 2³¹ (RFC 9111, section 1.2.2)."""
    if not re.fullmatch(r"[0-9]+", value):
        return None
    digits = value.lstrip("0")
    return float(2**31 if len(digits) > 10 else min(int(digits or 0), 2**31))


def _http_date(value: str) -> datetime | None:
    """Return a date in any of the three forms of RFC 9110, section 5.6.7; None: it is none."""
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
