"""Check texts that the operator writes: names, choices, languages, time zones, selectors.

Each function returns the value that is meant, or raises `MisfitError`.
"""

import re
import zoneinfo
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from syndicator.config import slips
from syndicator.config.misfit import MisfitError, enumerate_choices
from syndicator.text import json_paths
from syndicator.text.language import normal_tag

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # characters that XML 1.0 forbids, and DEL
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}|[ix](?:-[A-Za-z0-9]{1,8}){1,8}")  # RFC 5646, its shape
_SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CHANNEL_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_DIGIT = re.compile("[0-9]")
_LONGEST_SELECTOR = 1000  # cssselect calls itself for each nested bracket
_STRING = re.compile(r""""[^"]*"|'[^']*'""")
_NAMESPACE = re.compile(r"[\w-]\|(?![=|])")  # svg|a, [x|href]; not [lang|=ru]


def quoted(check: Callable[[str], Any]) -> Callable[[object], Any]:
    """Make a function that accepts only text, and passes it to the check."""

    def take(value: object) -> Any:
        if not isinstance(value, str):
            raise MisfitError("expected text in quotes")
        return check(value)

    return take


def flag(value: object) -> bool:
    """A truth value."""
    if not isinstance(value, bool):
        raise MisfitError("expected true or false, without quotes")
    return value


def one_of(choices: tuple[str, ...], meant: Mapping[str, str] = MappingProxyType({})) -> Callable[[str], str]:
    """Make a function that accepts only these words.

    Args:
        choices: The valid words.
        meant: Other words that people write, each with the valid word to suggest.
    """

    def take(value: str) -> str:
        if value not in choices:
            word = meant.get(value.casefold(), value)
            raise MisfitError(f"expected {enumerate_choices(choices)}", word=word, choices=choices)
        return value

    return take


def text(value: str) -> str:
    """Text for people: any text that a feed can contain."""
    if _CONTROL.search(value):
        raise MisfitError("holds a control character, which no feed can carry")
    return value


def filled(value: str) -> str:
    """Text that is not empty."""
    if not value.strip():
        raise MisfitError("is empty")
    return text(value)


def paragraph(value: str) -> str:
    """A paragraph of a story: text with at least one letter or digit."""
    if not any(map(str.isalnum, value)):
        raise MisfitError("expected a whole paragraph; this holds neither letter nor digit")
    return text(value)


def source_id(value: str) -> str:
    """A source's id, for commands, logs and outputs."""
    return _identifier(value, _SOURCE_ID, "'-', '_' and '.'")


def channel_id(value: str) -> str:
    """A channel's id, which becomes part of its addresses."""
    return _identifier(value, _CHANNEL_ID, "'-' and '_'")


def _identifier(value: str, pattern: re.Pattern[str], marks: str) -> str:
    if pattern.fullmatch(value):
        return value
    message = f"expected 1 to 64 of a-z, 0-9, {marks}, a letter or digit first"
    if pattern.fullmatch(value.lower()):
        message += f'; in small letters: "{value.lower()}"'
    raise MisfitError(message)


def language(value: str) -> str:
    """A language tag in the shape of BCP 47, in the same spelling as the tags of articles."""
    if _LANGUAGE.fullmatch(value):
        return normal_tag(value) or value
    message = 'expected a language tag such as "ru" or "en-GB"'
    if _LANGUAGE.fullmatch(hyphenated := value.replace("_", "-")):
        message += f'; did you mean "{hyphenated}"?'
    raise MisfitError(message)


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """The time zones worth suggesting; "MST", for example, is no good suggestion for "MSK"."""
    zones = zoneinfo.available_timezones()
    return tuple(sorted(zone for zone in zones if zone == "UTC" or ("/" in zone and not zone.startswith("Etc/"))))


@lru_cache(maxsize=1024)
def timezone(value: str) -> str:
    """The name of a time zone in the IANA database."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        zones = _zones()
        city = value.casefold().replace(" ", "_")
        same_city = [zone for zone in zones if zone.rpartition("/")[2].casefold() == city]
        unlike = value if not _DIGIT.search(value) else ""  # "UTC" is no good suggestion for "UTC+3"
        word = slips.ZONES.get(city) or next(iter(same_city), unlike)
        message = 'expected an IANA time zone such as "Europe/Moscow" or "UTC"'
        raise MisfitError(message, word=word, choices=zones) from None
    return value


@lru_cache(maxsize=1024)
def selector(value: str) -> str:
    """A valid CSS selector; empty for none."""
    if value:
        import cssselect  # noqa: PLC0415 - 10 ms of each start, for what few configurations have

        try:
            if len(value) > _LONGEST_SELECTOR:
                raise MisfitError(f"expected a CSS selector of at most {_LONGEST_SELECTOR} characters")
            if _NAMESPACE.search(_STRING.sub("", value)):
                raise MisfitError("expected a CSS selector without namespaces: a page of HTML has none")
            cssselect.HTMLTranslator().css_to_xpath(value)
        except (cssselect.SelectorError, RecursionError):
            raise MisfitError('expected a CSS selector such as "article", "h2 > a" or "time[datetime]"') from None
    return value


def json_path(value: str) -> str:
    """A path into JSON; an empty one leads to the place where it starts."""
    if "{" in value:
        raise MisfitError("expected a path alone, without braces")
    return _readable(json_paths.path, value)


def json_template(value: str) -> str:
    """A path into JSON, or a text with such paths in braces; empty for none."""
    return _readable(json_paths.template, text(value))


def _readable(read: Callable[[str], object], value: str) -> str:
    try:
        read(value)
    except ValueError as reason:
        raise MisfitError(str(reason)) from None
    return value
