"""Read numbers, durations and sizes that the operator writes.

Each function returns the value that is meant, or raises `MisfitError`.
"""

import re
from collections.abc import Callable

from syndicator.config import slips
from syndicator.config.misfit import MisfitError

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?(?:ms|s|m|h|d)){1,5}")
_PART = re.compile(r"([0-9.]+)([a-z]+)")
_LONGEST = 366 * 86400.0  # the longest duration, in seconds

FOREVER = "forever"
"""The lifetime of something that is kept for ever."""
LEAST_DAYS = 30
"""The fewest days for which stories are kept: until then, copies of a story may still arrive."""
_DAYS = re.compile(r"([0-9]{1,5})d")

_BYTES = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_SIZE = re.compile(r"([0-9]{1,10}) ?(B|[KMG]i?B)")
_LARGEST = 1024**3  # the largest size, in bytes


def whole(least: int, most: int) -> Callable[[object], int]:
    """Make a function that accepts whole numbers from `least` to `most`."""

    def take(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise MisfitError("expected a whole number, without quotes")
        if not least <= value <= most:
            raise MisfitError(f"expected {least} or more" if value < least else f"expected {most} or less")
        return value

    return take


def share(value: object) -> float:
    """A number from 0 to 1."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise MisfitError("expected a number, without quotes")
    if not 0 <= value <= 1:  # nor `nan`
        raise MisfitError("expected a number from 0 to 1")
    return float(value)


def duration(value: object) -> float:
    """A duration in seconds, from "1h30m" or a number of seconds; at most 366 days."""
    if (seconds := _seconds(value)) is None:
        message = 'expected a duration such as "500ms", "30m" or "1h30m", or seconds as a number; 366 days at most'
        raise MisfitError(message + _hint(slips.duration(value), _seconds))
    return seconds


def _seconds(value: object) -> float | None:
    seconds = -1.0
    if isinstance(value, str) and _DURATION.fullmatch(value):
        seconds = _sum(value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST:
        seconds = float(value)
    return seconds if 0 <= seconds <= _LONGEST else None


def _sum(parts: str) -> float:
    return sum(float(amount) * _UNITS[unit] for amount, unit in _PART.findall(parts))


def written(seconds: float) -> str:
    """Write a duration in seconds as the operator would: "1h30m"; to the millisecond."""
    left, parts = round(seconds * 1000), []
    for unit, length in sorted(_UNITS.items(), key=lambda it: -it[1]):
        amount, left = divmod(left, round(length * 1000))
        parts += [f"{amount}{unit}"] if amount else []
    return "".join(parts) or "0s"


def period(value: object) -> float:
    """A duration in seconds that is longer than zero."""
    if not (seconds := duration(value)):
        raise MisfitError('expected a duration longer than nothing, such as "30m"')
    return seconds


def lifetime(value: object) -> float | None:
    """A lifetime in seconds, from "365d"; None for "forever"."""
    if value == FOREVER:
        return None
    match = _DAYS.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        meant = f"{round(_sum(slips.duration(value)) / _UNITS['d'])}d"
        hint = "" if meant == "0d" else f'; did you mean "{meant}"?'
        raise MisfitError(f'expected "{FOREVER}", or days such as "365d"{hint}')
    if (days := int(match[1])) < LEAST_DAYS:
        raise MisfitError(f"expected {LEAST_DAYS} days or more: until then, copies of a story may still arrive")
    return days * _UNITS["d"]


def size(value: object) -> int:
    """A size in bytes, from "16MiB" (1024 × 1024), "10MB" (1000 × 1000) or a number; at most 1 GiB."""
    if (amount := _bytes(value)) is None:
        message = 'expected a size such as "16MiB" or "10MB", or bytes as a whole number; 1 GiB at most'
        raise MisfitError(message + _hint(slips.size(value), _bytes))
    return amount


def _bytes(value: object) -> int | None:
    amount = 0
    if isinstance(value, str) and (match := _SIZE.fullmatch(value)):
        amount = int(match[1]) * _BYTES[match[2]]
    elif isinstance(value, int) and not isinstance(value, bool):
        amount = value
    return amount if 1 <= amount <= _LARGEST else None


def _hint(meant: str, read: Callable[[str], float | None]) -> str:
    return "" if read(meant) is None else f'; did you mean "{meant}"?'
