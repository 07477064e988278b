"""Single settings as people write them: durations, sizes, addresses, languages. Each function takes one or refuses it.

No refusal repeats the value: it may be, or hold, the secret address of a private source. File and line tell the
operator which one is meant.
"""

import contextlib
import difflib
import ipaddress
import re
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from syndicator.config import slips
from syndicator.model.settings import Network
from syndicator.social.platforms import match
from syndicator.social.table import table
from syndicator.text.urls import absolute

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?(?:ms|s|m|h|d)){1,5}")
_PART = re.compile(r"([0-9.]+)([a-z]+)")
_LONGEST = 366 * 86400.0

_BYTES = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_SIZE = re.compile(r"([0-9]{1,10}) ?(B|[KMG]i?B)")
_LARGEST = 1024**3

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what XML 1.0 cannot hold, and DEL
_GAP = re.compile(r"[\s\\\x00-\x1f\x7f]")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}|[ix](?:-[A-Za-z0-9]{1,8}){1,8}")  # RFC 5646, its shape
_LISTEN = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9.-]{0,253})):([0-9]{1,5})")
_NUMERIC = re.compile(r"[0-9.]+")
_DIGIT = re.compile("[0-9]")
_LONGEST_SELECTOR = 1000  # cssselect calls itself for each nested bracket


class MisfitError(ValueError):
    """A value, or a name, that cannot be taken.

    Args:
        message: What was expected, for the operator; never the value itself.
        keys: Where inside the value the fault lies: an index, the name of a setting.
        word: What the operator wrote, if it is to be compared with `choices`; it is not shown.
        choices: The valid names.
    """

    def __init__(self, message: str, *, keys: tuple[str | int, ...] = (), word: str = "", choices: Iterable[str] = ()):
        super().__init__(message)
        self.message = message
        self.keys = keys
        self.word = word
        self.choices = tuple(choices)


@lru_cache(maxsize=64)
def nearest(word: str, choices: tuple[str, ...]) -> str:
    """The choice that the word is probably a slip of, or an empty string.

    A slip seldom hits the first letter: where it differs, the rest must be closer.
    """
    word = word[:64].casefold()
    folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word, folded)
    found = [choice for choice in found if choice[:1] == word[:1]] or difflib.get_close_matches(
        word, found, cutoff=0.75
    )
    return folded[found[0]] if found else ""


def enumerate_choices(choices: Iterable[str]) -> str:
    """The choices in words: `"rss", "atom" or "json"`."""
    quoted = [f'"{choice}"' for choice in choices]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))


def quoted(check: Callable[[str], Any]) -> Callable[[object], Any]:
    """A function that takes text, and only what the check lets through."""

    def take(value: object) -> Any:
        if not isinstance(value, str):
            raise MisfitError("expected text in quotes")
        return check(value)

    return take


def flag(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise MisfitError("expected true or false, without quotes")
    return value


def whole(least: int, most: int) -> Callable[[object], int]:
    """A function that takes whole numbers between two."""

    def take(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise MisfitError("expected a whole number, without quotes")
        if not least <= value <= most:
            raise MisfitError(f"expected {least} or more" if value < least else f"expected {most} or less")
        return value

    return take


def share(value: object) -> float:
    """A number between 0 and 1."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise MisfitError("expected a number, without quotes")
    if not 0 <= value <= 1:  # nor `nan`
        raise MisfitError("expected a number from 0 to 1")
    return float(value)


def one_of(choices: tuple[str, ...], meant: Mapping[str, str] = MappingProxyType({})) -> Callable[[str], str]:
    """A function that takes only these words.

    Args:
        choices: Such.
        meant: Other words for some of them, to be hinted at.
    """

    def take(value: str) -> str:
        if value not in choices:
            word = meant.get(value.casefold(), value)
            raise MisfitError(f"expected {enumerate_choices(choices)}", word=word, choices=choices)
        return value

    return take


def text(value: str) -> str:
    """Text for people: whatever can stand in a feed."""
    if _CONTROL.search(value):
        raise MisfitError("holds a control character, which no feed can carry")
    return value


def filled(value: str) -> str:
    """Text that says something."""
    if not value.strip():
        raise MisfitError("is empty")
    return text(value)


def paragraph(value: str) -> str:
    """A paragraph as it may stand in a story."""
    if not any(map(str.isalnum, value)):
        raise MisfitError("expected a whole paragraph; this holds neither letter nor digit")
    return text(value)


def source_id(value: str) -> str:
    """A source's name for commands, logs and outputs."""
    return _identifier(value, _SOURCE_ID, "'-', '_' and '.'")


def channel_id(value: str) -> str:
    """A channel's name, which becomes part of its addresses."""
    return _identifier(value, _CHANNEL_ID, "'-' and '_'")


_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CHANNEL_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def _identifier(value: str, pattern: re.Pattern[str], marks: str) -> str:
    if pattern.fullmatch(value):
        return value
    message = f"expected 1 to 64 of a-z, 0-9, {marks}, a letter or digit first"
    if pattern.fullmatch(value.lower()):
        message += f'; in small letters: "{value.lower()}"'
    raise MisfitError(message)


def duration(value: object) -> float:
    """Seconds, from "1h30m" or a number of seconds."""
    seconds = -1.0
    if isinstance(value, str) and _DURATION.fullmatch(value):
        seconds = sum(float(amount) * _UNITS[unit] for amount, unit in _PART.findall(value))
    elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST:
        seconds = float(value)
    if not 0 <= seconds <= _LONGEST:
        message = 'expected a duration such as "500ms", "30m" or "1h30m", or seconds as a number; 366 days at most'
        raise MisfitError(message + _hint(slips.duration(value), _DURATION))
    return seconds


def written(seconds: float) -> str:
    """A duration as it is written: "1h30m"; to the millisecond."""
    left, parts = round(seconds * 1000), []
    for unit, length in sorted(_UNITS.items(), key=lambda it: -it[1]):
        amount, left = divmod(left, round(length * 1000))
        parts += [f"{amount}{unit}"] if amount else []
    return "".join(parts) or "0s"


def period(value: object) -> float:
    """A duration that is not nothing."""
    if not (seconds := duration(value)):
        raise MisfitError('expected a duration longer than nothing, such as "30m"')
    return seconds


def size(value: object) -> int:
    """Bytes, from "16MiB" (1024 × 1024), "10MB" (1000 × 1000) or a number."""
    amount = 0
    if isinstance(value, str) and (match := _SIZE.fullmatch(value)):
        amount = int(match[1]) * _BYTES[match[2]]
    elif isinstance(value, int) and not isinstance(value, bool):
        amount = value
    if not 1 <= amount <= _LARGEST:
        message = 'expected a size such as "16MiB" or "10MB", or bytes as a whole number; 1 GiB at most'
        raise MisfitError(message + _hint(slips.size(value), _SIZE))
    return amount


def _hint(meant: str, pattern: re.Pattern[str]) -> str:
    return f'; did you mean "{meant}"?' if pattern.fullmatch(meant) else ""


def language(value: str) -> str:
    """A language tag in the shape of BCP 47."""
    if _LANGUAGE.fullmatch(value):
        return value
    message = 'expected a language tag such as "ru" or "en-GB"'
    if _LANGUAGE.fullmatch(hyphenated := value.replace("_", "-")):
        message += f'; did you mean "{hyphenated}"?'
    raise MisfitError(message)


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """Those worth proposing: "MST" is no good guess for "MSK"."""
    zones = zoneinfo.available_timezones()
    return tuple(sorted(zone for zone in zones if zone == "UTC" or ("/" in zone and not zone.startswith("Etc/"))))


@lru_cache(maxsize=1024)
def timezone(value: str) -> str:
    """A zone of the IANA database."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        zones = _zones()
        city = value.casefold().replace(" ", "_")
        same_city = [zone for zone in zones if zone.rpartition("/")[2].casefold() == city]
        unlike = value if not _DIGIT.search(value) else ""  # "UTC" is no good guess for "UTC+3"
        word = slips.ZONES.get(city) or next(iter(same_city), unlike)
        message = 'expected an IANA time zone such as "Europe/Moscow" or "UTC"'
        raise MisfitError(message, word=word, choices=zones) from None
    return value


@lru_cache(maxsize=1024)
def selector(value: str) -> str:
    """A CSS selector that can be turned into a search; empty: none."""
    if value:
        import cssselect  # noqa: PLC0415 - 10 ms of each start, for what few configurations have

        try:
            if len(value) > _LONGEST_SELECTOR:
                raise MisfitError(f"expected a CSS selector of at most {_LONGEST_SELECTOR} characters")
            cssselect.HTMLTranslator().css_to_xpath(value)
        except (cssselect.SelectorError, RecursionError):
            raise MisfitError('expected a CSS selector such as "article", "h2 > a" or "time[datetime]"') from None
    return value


def contact(value: str) -> str:
    """An address for the User-Agent, fit for a header field (RFC 9110, section 10.1.5)."""
    known = value.startswith(("http://", "https://", "mailto:")) or "@" in value
    plain = value.isascii() and not _GAP.search(value) and "(" not in value and ")" not in value
    if value and not (known and plain):
        raise MisfitError('expected the address of a page or mailbox, in ASCII, such as "https://example.org/about"')
    return value


def profile(value: str) -> str:
    """The address of a publisher's profile."""
    example = "https://t.me/example"
    address = web_address(value, example=example)
    if "@" in address.partition("://")[2].partition("/")[0]:
        raise MisfitError(f'expected an address without a user name, such as "{example}"')
    link = match(address)
    if link and link.kind in {"share", "other"}:
        raise MisfitError(f'expected the address of a profile, such as "{example}"; this one shares or leads elsewhere')
    if link and link.kind in {"post", "discussion"}:
        raise MisfitError(f'expected the address of a profile, such as "{example}"; this one is a {link.kind}')
    return address


def denied(value: str) -> str:
    """The key or the address of a link."""
    if "://" in value:
        return web_address(value, example="https://t.me/example")
    platform, colon, _ = value.partition(":")
    choices = ("site", "unknown", "fediverse", *table().platforms)
    if not colon or platform not in choices:
        raise MisfitError(
            'expected a key, as `syndicator social` shows it, such as "telegram:example", or an address',
            word=platform if colon else "",
            choices=choices,
        )
    return value


def web_address(value: str, *, example: str = "https://example.org/feed.xml") -> str:
    """An absolute `http:` or `https:` address, normalized (WHATWG URL).

    Args:
        value: As it is written.
        example: Of what belongs there.

    Raises:
        MisfitError: It has gaps, another scheme, no host, or a port that cannot be.
    """
    if _GAP.search(value):
        raise MisfitError("holds a space, line break or backslash; a space inside an address is written %20")
    if not (_WEB.match(value) and (address := absolute(value))):
        raise MisfitError(f'expected an address such as "{example}"')
    return address


def proxy(value: str) -> str:
    """The address of an HTTP proxy, or nothing."""
    found = re.fullmatch(r"http://(?:[^/?#@\s]+@)?(?:\[[0-9a-fA-F:.]+\]|[^/?#@\s:\[\]]+):(\d{1,5})/?", value)
    if value and not (found and 0 < int(found[1]) < 65536 and value.isascii()):
        raise MisfitError('expected the address of an HTTP proxy with its port, such as "http://proxy.example:3128"')
    return value


def base_url(value: str) -> str:
    """Where subscribers reach the outputs: an address that paths can be appended to."""
    example = "https://news.example.org/"
    web_address(value, example=example)
    if any(mark in value for mark in "@?#"):
        raise MisfitError(f'expected an address without user, "?" and "#", such as "{example}"')
    return value if value.endswith("/") else value + "/"


def listen(value: object) -> tuple[str, int]:
    """Host and port to listen on; the host is empty for every interface."""
    match = _LISTEN.fullmatch(value) if isinstance(value, str) else None
    try:
        if match and int(match[3]) <= 65535:
            if match[1]:
                return str(ipaddress.IPv6Address(match[1])), int(match[3])
            if _NUMERIC.fullmatch(match[2]):
                ipaddress.IPv4Address(match[2])
            return match[2], int(match[3])
    except ipaddress.AddressValueError:
        pass
    raise MisfitError('expected "address:port" such as "127.0.0.1:8008", "[::1]:8008", or ":8008" for every interface')


def network(value: str) -> Network:
    """A network in CIDR form, or a single address."""
    try:
        return ipaddress.ip_network(value)
    except ValueError:
        pass
    message = 'expected a network such as "10.0.0.0/8" or "fd00::/8"'
    with contextlib.suppress(ValueError):
        message += f'; did you mean "{ipaddress.ip_network(value, strict=False)}"? Bits beyond the prefix must be 0'
    raise MisfitError(message)
