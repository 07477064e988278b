"""Conditional requests and content coding by RFC 9110: pure functions of a request's fields."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache


class Coding(Enum):
    """A content coding in which a body is kept."""

    IDENTITY = b"identity"
    GZIP = b"gzip"


_TAG = re.compile(rb'(W/)?("[^"]*")')
_QUALITY = re.compile(rb"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = f"(?:{'|'.join(_DAYS)})"
_LONG_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_TIME = "(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_DATES = tuple(
    re.compile(pattern.encode())
    for pattern in (
        f"{_DAY}, (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT",
        f"{_LONG_DAY}, (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT",
        f"{_DAY} {_MONTH} (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})",
    )
)


def http_date(seconds: int) -> bytes:
    """Seconds since 1970 as an IMF-fixdate (RFC 9110, section 5.6.7)."""
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{_DAYS[at.weekday()]}, {at:%d} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} GMT".encode()


def parse_http_date(value: bytes, now: datetime) -> int | None:
    """Read an HTTP-date in any of its three forms (RFC 9110, section 5.6.7), as seconds since 1970; None if invalid.

    Args:
        value: The field's value.
        now: The current moment; a year of two digits is never read as more than 50 years after it.
    """
    match = next(filter(None, (form.fullmatch(value) for form in _DATES)), None)
    if match is None:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += now.year // 100 * 100
        year -= 100 if year > now.year + 50 else 0
    second = int(match["second"])
    try:
        month = _MONTHS.index(match["month"].decode()) + 1
        at = datetime(year, month, int(match["day"]), int(match["hour"]), int(match["minute"]), tzinfo=UTC)
    except ValueError:
        return None
    return int(at.timestamp()) + second if second <= 60 else None  # 60: a leap second


def status_for(
    fields: Mapping[bytes, bytes], *, etag: bytes, modified: int, unmodified_since: int, now: datetime
) -> int:
    """Evaluate the preconditions of a GET or HEAD request, in the order of RFC 9110, section 13.2.2.

    Args:
        fields: The header fields of the request, by lower-case name; repeated ones joined by a comma.
        etag: The strong entity tag of the representation that would be sent.
        modified: Its `Last-Modified`, in seconds since 1970.
        unmodified_since: The first second from which on only these bytes were served; a copy of this date or a later
            one is a copy of them.
        now: The current moment. A later `If-Modified-Since` is ignored: it is from a wrong clock of the client.

    Returns:
        200 to send the representation; 304 if the client has it; 412 if a condition of the client is not met.
    """
    if (match := fields.get(b"if-match")) is not None:
        if not _names(match, etag, weak=False):
            return 412
    elif (since := _date(fields, b"if-unmodified-since", now)) is not None and modified > since:
        return 412
    if (none_match := fields.get(b"if-none-match")) is not None:
        return 304 if none_match == etag or _names(none_match, etag, weak=True) else 200
    since = _date(fields, b"if-modified-since", now)
    return 304 if since is not None and unmodified_since <= since <= now.timestamp() else 200


def _date(fields: Mapping[bytes, bytes], name: bytes, now: datetime) -> int | None:
    value = fields.get(name)
    return None if value is None else parse_http_date(value, now)


def _names(value: bytes, etag: bytes, *, weak: bool) -> bool:
    """Whether a list of entity tags, or `*`, matches `etag` (RFC 9110, section 8.8.3.2: weak or strong comparison)."""
    return value.strip() == b"*" or any(tag == etag and (weak or not mark) for mark, tag in _TAG.findall(value))


@lru_cache(maxsize=256)
def preferred_coding(accept_encoding: bytes | None) -> Coding | None:
    """The content coding to send (RFC 9110, section 12.5.3); None if the client refuses both.

    gzip is sent to a client that names it, or `*`, unless it prefers identity. Invalid members of the list are ignored.
    """
    if accept_encoding is None:
        return Coding.IDENTITY
    weights: dict[bytes, float] = {}
    for member in accept_encoding.lower().split(b","):
        name, semicolon, parameter = (part.strip() for part in member.partition(b";"))
        if match := _QUALITY.fullmatch(parameter if semicolon else b"q=1"):
            weights[b"gzip" if name == b"x-gzip" else name] = float(match[1])
    anything = weights.get(b"*")
    gzip = weights.get(b"gzip", anything or 0.0)
    identity = weights.get(b"identity", anything)
    if gzip > 0 and (identity is None or gzip >= identity):
        return Coding.GZIP
    return None if identity == 0 else Coding.IDENTITY
