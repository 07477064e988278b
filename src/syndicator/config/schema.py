"""The shape of each table: its settings are the model's fields and defaults; a few are written differently."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, get_args

from syndicator.config import addresses, amounts, slips, values
from syndicator.config.misfit import MisfitError, either
from syndicator.model.noun import Noun, fields, replace
from syndicator.model.settings import Channel, FetchSettings, Keep, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Auth, JsonPath, JsonTemplate, Republish, Selector, Source

TABLES = ("site", "paths", "fetch", "schedule", "keep", "serve")
ARRAYS = ("source", "list", "channel")
REQUIRED = object()
"""The default of a setting that has none and must be written."""


class Vocabulary(Noun, kw_only=False):
    """The names and checks that other rooms define.

    Attributes:
        kinds: The kinds of sources, each with the noun of its options (written as `select`), or None.
        formats: The names of the output formats.
        check_match: Says why a full-text query is not valid; gives an empty string if it is valid.
    """

    kinds: Mapping[str, type[Noun] | None]
    formats: tuple[str, ...]
    check_match: Callable[[str], str]


class Setting(Noun):
    """The rules for writing one setting.

    Attributes:
        take: A function that gives what a value means, or raises `MisfitError`.
        is_list: Whether the setting is a list of values; a value that is written twice counts once.
        least: The fewest values of a list.
        default: The value if the setting is not written; `REQUIRED` if it must be written.
    """

    take: Callable[[Any], Any]
    is_list: bool = False
    least: int = 0
    default: Any = REQUIRED


Shape = Mapping[str, Setting]
"""A table's settings by name."""


def read(shape: Shape, table: Mapping[str, Any]) -> dict[str, Any] | tuple[MisfitError, ...]:
    """The settings of a table with their defaults, or all mistakes in it."""
    settings: dict[str, Any] = {}
    faults: list[MisfitError] = []
    for name, setting in shape.items():
        if name not in table and setting.default is not REQUIRED:
            settings[name] = setting.default
            continue
        found = list(_read(setting, name, table))
        faults += (it for it in found if isinstance(it, MisfitError))
        settings[name] = tuple(dict.fromkeys(found)) if setting.is_list else found[0]
    for name in (it for it in table if it not in shape):
        message = f"unknown setting; expected one of {', '.join(sorted(shape))}"
        if places := _places().get(name):
            faults.append(MisfitError(f"{message}; it belongs under {places}", keys=(name,)))
        else:
            faults.append(MisfitError(message, keys=(name,), word=name, choices=shape))
    return tuple(faults) or settings


def _read(setting: Setting, name: str, table: Mapping[str, Any]) -> Iterator[Any]:
    """The meanings of a setting's values; for each invalid one, its mistake."""
    written = table.get(name, REQUIRED)
    if written is REQUIRED:
        yield MisfitError("is missing; it has no default", keys=(name,))
    elif not setting.is_list:
        yield _taken(setting, written, name)
    elif not isinstance(written, list):
        yield MisfitError(f"expected a list, such as {_EXAMPLES[name]}", keys=(name,))
    elif len(written) < setting.least:
        yield MisfitError("expected at least one", keys=(name,))
    else:
        yield from (_taken(setting, value, name, index) for index, value in enumerate(written))


def _taken(setting: Setting, value: object, *keys: str | int) -> Any:
    try:
        return setting.take(value)
    except MisfitError as fault:
        return MisfitError(fault.message, keys=(*keys, *fault.keys), word=fault.word, choices=fault.choices)


@lru_cache(maxsize=8)
def shapes(kinds: tuple[str, ...], formats: tuple[str, ...]) -> Mapping[str, Shape]:
    """The shapes of the tables by name, including `auth` and `operator`, which stand inside other tables."""
    duration, period, filled = Setting(take=amounts.duration), Setting(take=amounts.period), _text(values.filled)
    republish = _text(values.one_of(get_args(Republish), slips.REPUBLISH))
    count = Setting(take=amounts.whole(1, 10_000))
    inherited = {
        "id": replace(_text(values.source_id), default=""),
        "url": filled,
        "language": _text(values.language),
        "timezone": _text(values.timezone),
        "republish": republish,
        "interval": period,
        "priority": Setting(take=amounts.whole(-1000, 1000)),
        "keep_lines": _several(values.paragraph),
        "drop_lines": _several(values.paragraph),
    }
    source = inherited | {
        "kind": _text(values.one_of(kinds, slips.KINDS)),
        "auth": _table("auth"),
        "headers": _table("headers"),
        "select": _table("select"),
        "social": _several(addresses.profile),
        "social_deny": _several(addresses.denied),
    }
    fetch = {
        "contact": _text(addresses.contact),
        "concurrency": count,
        "host_spacing": duration,
        "allow_networks": _several(addresses.network),
        "proxy": _text(addresses.proxy),
        "timeout": period,
        "connect_timeout": period,
        "max_body": Setting(take=amounts.size),
    }
    site = {
        "title": filled,
        "base_url": _text(addresses.base_url),
        "republish": republish,
        "hubs": _several(addresses.hub),
        "social_confidence": Setting(take=amounts.share),
    }
    paths = {
        "store": replace(filled, default="../var/syndicator.db"),
        "public": replace(filled, default="../var/public"),
    }
    channel = {
        "id": _text(values.channel_id),
        "languages": _several(values.language),
        "limit": count,
        "archive": Setting(take=amounts.whole(0, 100_000)),
        "formats": replace(_several(values.one_of(formats)), least=1),
    }
    serve: dict[str, Setting] = {
        "listen": Setting(take=addresses.listen, default=None),
        "operator": _table("operator"),
        "hub_networks": _several(addresses.network),
    }
    return {
        "site": _shape(Site, site, without={"own_hub"}),
        "paths": _shape(Paths, paths),
        "fetch": _shape(FetchSettings, fetch),
        "schedule": _shape(Schedule, dict.fromkeys(("interval", "min_interval", "max_interval"), period)),
        "keep": _shape(Keep, {"stories": Setting(take=amounts.lifetime)}),
        "serve": _shape(ServeSettings, serve, without={"host", "port"}),
        "source": _shape(Source, source, without={"parent", "paths"}),
        "list": _shape(Source, inherited, without=_OF_ONE_SOURCE),
        "auth": _shape(Auth, {}),
        "operator": _shape(Auth, {"username": filled, "password": filled}, without={"bearer"}),
        "channel": _shape(Channel, channel),
    }


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    """The tables in which each setting may be written: `[schedule], [[source]] or [[list]]`."""
    every = shapes((), ())
    tables = {table: f"[{table}]" for table in TABLES} | {table: f"[[{table}]]" for table in ARRAYS}
    names = {name for table in tables for name in every[table]}
    return {name: either(written for table, written in tables.items() if name in every[table]) for name in names}


@lru_cache(maxsize=8)
def options(kind: type[Noun]) -> Shape:
    """The shape of the options of a kind of sources."""
    return _shape(kind, {})


def _shape(model: type[Noun], differing: Shape, without: AbstractSet[str] = frozenset()) -> Shape:
    """A shape with the model's fields and defaults.

    Args:
        model: The noun.
        differing: Settings that are not written in the usual way of their type, or have another default.
        without: The fields that cannot be set in a file.
    """
    shape = {}
    for field in fields(model):
        if field.name not in without:
            setting = differing.get(field.name) or _USUAL[field.type]
            shape[field.name] = (
                setting
                if setting.default is not REQUIRED or field.required
                else replace(setting, default=field.default)
            )
    return shape | {name: setting for name, setting in differing.items() if name not in shape}


def _text(check: Callable[[str], Any]) -> Setting:
    return Setting(take=values.quoted(check))


def _several(check: Callable[[str], Any]) -> Setting:
    return Setting(take=values.quoted(check), is_list=True)


def _table(name: str) -> Setting:
    """A table inside a table; its content is checked separately."""

    def take(value: object) -> object:
        if not isinstance(value, dict):
            raise MisfitError(f"expected a table, such as {_EXAMPLES[name]}")
        return value

    return Setting(take=take, default=None)


_USUAL: Mapping[object, Setting] = {
    str: _text(values.text),
    bool: Setting(take=values.flag),
    tuple[str, ...]: _several(values.filled),
    Selector: _text(values.selector),
    JsonPath: _text(values.json_path),
    JsonTemplate: _text(values.json_template),
}
"""The usual way of writing a field, by its type."""

_OF_ONE_SOURCE = frozenset(
    {"parent", "kind", "title", "auth", "headers", "select", "paths", "social", "social_deny", "owned"}
)
"""The settings that a `[[list]]` cannot have, because they cannot be the same for all its sources."""

_EXAMPLES = {
    "allow_networks": '["10.0.0.0/8"]',
    "auth": '{ username = "me", password = "env:MY_PASSWORD" }',
    "drop_lines": '["Read us in the morning and in the evening."]',
    "formats": '["rss", "atom"]',
    "headers": '{ Accept-Language = "ru", Cookie = "env:NEWS_COOKIE" }',
    "hub_networks": '["10.0.0.0/8"]',
    "hubs": '["https://pubsubhubbub.appspot.com/"]',
    "keep_lines": '["Photo of the day"]',
    "languages": '["ru", "en-GB"]',
    "operator": '{ username = "me", password = "env:OPERATOR_PASSWORD" }',
    "select": '{ item = "article", link = "h2 > a" }',
    "social": '["https://t.me/example"]',
    "social_deny": '["telegram:example"]',
    "sources": '["the-id-of-a-source"]',
    "tags": '["ru", "news"]',
}
"""Examples of settings that are a list or a table, for messages."""
