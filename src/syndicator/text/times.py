"""Read times of day with the zone beside them: `14:05`, `2 p.m.`, `14:05:09 MSK`, `14:05 +0300`."""

import re
import tomllib
from datetime import UTC, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from syndicator.text.characters import unaccented

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("zones.toml").read_text(encoding="utf-8"))
_ZONES = {unaccented(name): timedelta(minutes=minutes) for name, minutes in _DATA["minutes"].items()}
_REGIONS: dict[str, str] = {unaccented(name): region for name, region in _DATA["behind_half"].items()}
_HALF = r"(?P<half{0}>[ap])(?:\.\s?)?m\b\.?"
_HALF_ZONE = rf"(?: \s*\(?(?P<region{{0}}>{'|'.join(_REGIONS)})(?![^\W\d_]) )?"
_ALONE_ZONE = rf"\s*\(?(?P<region_alone>{'|'.join(_REGIONS)})(?=\s*(?:[^\w\s]|\Z|on\b))"
_ENGLISH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_NAMED = rf"(?P<region>[a-z]+/[a-z_/]+) | (?P<name>{'|'.join(_ZONES)}) (?![^\W\d_])"
_CLOCK = re.compile(
    rf"""
    (?<![0-9:+])
    (?: \b (?P<before>[ap])\.?m\b\.? \s* (?=[0-9]{{1,2}}:) )?
    (?: (?P<hour>[0-9]{{1,2}}) (?: [:h] | \sh\s ) (?P<minute>[0-9]{{2}})
        (?: :(?P<second>[0-9]{{1,2}}) (?:[.,](?P<fraction>[0-9]+))? )?
        (?: \s*{_HALF.format("")} {_HALF_ZONE.format("_hm")} | {_ALONE_ZONE} )?
      | (?P<hour12>[0-9]{{1,2}}) \s*{_HALF.format("12")} (?!\s*[0-9]{{1,2}}:) {_HALF_ZONE.format("_h")} )
    (?![0-9:])
    (?: \s*\(? (?: {_NAMED} )? )?
    (?: \s*(?P<sign>[+\-\u2212])
        (?P<offset> 0?[0-9]{{1,2}}:[0-9]{{2}}(?![0-9]) | [0-9]{{3,4}}(?![0-9])
          | [0-9]{{1,2}}(?! [0-9] | \s*[./\-] | \s*[^\W\d_] ) )
        (?: \s[+\-][0-9]{{2}}(?: :?[0-9]{{2}} )?(?![0-9:./\-]) )? )?
    """,
    re.VERBOSE,
)
_BEHIND_YEAR = re.compile(
    rf"""
    (?P<year> (?:19|20)[0-9]{{2}} (?:\s?г(?:ода|\.)?)? ) [\s,]*
    \(? (?: {_NAMED} )? (?: (?P<sign>[+\-\u2212]) (?P<offset>(?:0[0-9]|1[0-4]):?[0-5][0-9]) )? \)? \s*\Z
    """,
    re.VERBOSE,
)
"""A zone at the end of the text, apart from its time or without one.

Examples are `14:05:09 2022 -0700` and `14:05, 25 апреля 2022 (МСК)`.
"""
_LOOSE = re.compile(
    r"(?:^t?|[\s,])([01]?[0-9]|2[0-3])"
    r"(?:((?:\.[0-5][0-9]){1,2}(?![0-9.])|(?::[0-5]?[0-9]){2}(?![0-9:]))|\s?(?:h|hs|uhr|uur)(?![^\W_]))"
)


class TimeOfDay(NamedTuple):
    """A time of day; `zone` is None if the text names none."""

    hour: int = 0
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    zone: tzinfo | None = None


def take_time(folded: str) -> tuple[TimeOfDay | None, str]:
    """The time of day in a text (None if there is none), and the text around it.

    Args:
        folded: The text without case and accents (`characters.unaccented`).

    Raises:
        ValueError: The offset of the zone is larger than any zone has.
    """
    match = _CLOCK.search(folded)
    if not match:
        behind = _BEHIND_YEAR.search(folded)
        if behind is None or not behind["sign"] or folded[behind.end("year")] not in " ,":
            return None, folded
        return TimeOfDay(zone=_named_zone(behind)), folded[: behind.end("year")]  # no time, but the zone
    hour, half = int(match["hour"] or match["hour12"]), match["half"] or match["half12"] or match["before"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = (match["fraction"] or "")[:6].ljust(6, "0")
    alone = match["region_alone"] if _ENGLISH.search(folded) else None
    region = match["region_hm"] or match["region_h"] or alone
    zone, rest = (
        zone_of(_REGIONS[region]) if region else _named_zone(match),
        f"{folded[: match.start()]} {folded[match.end() :]}",
    )
    if zone is None and (behind := _BEHIND_YEAR.search(rest)):
        zone, rest = _named_zone(behind), rest[: behind.end("year")]
    return TimeOfDay(hour, int(match["minute"] or 0), int(match["second"] or 0), int(fraction), zone), rest


def take_loose(rest: str) -> tuple[TimeOfDay | None, str]:
    """A time with dots (`14.05`) or without zeros (`14:5:9`), or an hour alone (`14h`), and the text around it.

    To be used only for text beside a date: alone, such a time could be a date, or an amount of hours.
    """
    match = _LOOSE.search(rest)
    if not match:
        return None, rest
    minutes = "".join(f":{digits:0>2}" for digits in (match[2] or ".00").replace(".", ":").split(":")[1:])
    return take_time(f"{rest[: match.start()]} {match[1]}{minutes}{rest[match.end() :]}")


def _named_zone(match: re.Match[str]) -> tzinfo | None:
    """The zone beside the time: `+0300`, `MSK`, `GMT+3`, `Europe/Moscow`."""
    name, digits = match["name"], (match["offset"] or "").replace(":", "")
    if digits:
        short = len(digits) <= 2
        size = timedelta(hours=int(digits)) if short else timedelta(hours=int(digits[:-2]), minutes=int(digits[-2:]))
        base = _ZONES[name] if name and short else timedelta()  # MSK+2 counts from Moscow; MSK+0300 does not
        return fixed_zone(base + (size if match["sign"] == "+" else -size))
    if name:
        return fixed_zone(_ZONES[name])
    return zone_of(match["region"].title()) if match["region"] else None


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """The zone of that name in the IANA database; an unknown one counts as UTC."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # it is no key of the zone database, or no safe file name
        return UTC
