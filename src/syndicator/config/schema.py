"""The shape of each table: the model's own fields and defaults, of which a few are written differently in a file."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields
from functools import lru_cache
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, get_args

from syndicator.config import values
from syndicator.config.values import MisfitError
from syndicator.model.noun import noun
from syndicator.model.settings import Channel, FetchSettings, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Auth, Republish, Source

if TYPE_CHECKING:
    from pydantic import BaseModel

TABLES = ("site", "paths", "fetch", "schedule", "serve")
ARRAYS = ("source", "list", "channel")


@noun(kw_only=False)
class Vocabulary:
    """The names that other rooms bring along, and their ways of checking.

    Attributes:
        kinds: Kinds of sources, each with the dataclass of its options (written as `select`), or None.
        formats: Output formats.
        check_match: Says why a full-text query is not valid; an empty string: it is.
    """

    kinds: Mapping[str, type | None]
    formats: tuple[str, ...]
    check_match: Callable[[str], str]


def read(shape: "type[BaseModel]", table: Mapping[str, Any]) -> dict[str, Any] | tuple[MisfitError, ...]:
    """The settings of a table with their defaults, or every fault in it."""
    try:
        return vars(shape.model_validate(table))
    except ValueError as error:  # pydantic's ValidationError, and no other
        return _misfits(error, tuple(shape.model_fields))


@lru_cache(maxsize=8)
def shapes(kinds: tuple[str, ...], formats: tuple[str, ...]) -> "Mapping[str, type[BaseModel]]":
    """The tables of the files by name, and `auth`, which stands inside a source."""
    from pydantic import AfterValidator, Field, PlainValidator, Strict  # noqa: PLC0415 - 0.1 s that `--help` can spare

    def text(check: Callable[[str], Any]) -> Any:
        return Annotated[str, AfterValidator(check)]

    def several(check: Callable[[str], Any]) -> Any:
        tuples = GenericAlias(tuple, (text(check), ...))
        return Annotated[tuples, Strict(False), AfterValidator(values.unique)]  # a list, in TOML

    def written(reading: Callable[[object], Any]) -> Any:
        return Annotated[Any, PlainValidator(reading)]

    usual = {str: text(values.text), tuple[str, ...]: several(values.filled)}
    duration, period, filled = written(values.duration), written(values.period), text(values.filled)
    republish = text(values.one_of(get_args(Republish)))
    table, count = dict[str, Any], Annotated[int, Field(ge=1, le=10_000)]
    inherited = {
        "id": (text(values.source_id), ""),
        "url": filled,
        "language": text(values.language),
        "timezone": text(values.timezone),
        "republish": republish,
        "interval": period,
        "priority": Annotated[int, Field(ge=-1000, le=1000)],
        "keep_lines": several(values.paragraph),
        "drop_lines": several(values.paragraph),
    }
    source = inherited | {"kind": text(values.one_of(kinds)), "auth": (table, None), "select": (table, None)}
    source |= {"social": several(values.profile), "social_deny": several(values.denied)}
    fetch = {
        "contact": text(values.contact),
        "concurrency": count,
        "host_spacing": duration,
        "allow_networks": several(values.network),
        "proxy": text(values.proxy),
        "timeout": period,
        "connect_timeout": period,
        "max_body": written(values.size),
    }
    site = {
        "title": filled,
        "base_url": text(values.base_url),
        "republish": republish,
        "social_confidence": Annotated[float, Field(ge=0, le=1)],
    }
    channel = {
        "id": text(values.channel_id),
        "languages": several(values.language),
        "limit": count,
        "formats": Annotated[several(values.one_of(formats)), Field(min_length=1)],
    }
    return {
        "site": _shape(Site, usual, site),
        "paths": _shape(Paths, usual, {"store": (filled, "../var/syndicator.db"), "public": (filled, "../var/public")}),
        "fetch": _shape(FetchSettings, usual, fetch),
        "schedule": _shape(Schedule, usual, dict.fromkeys(("interval", "min_interval", "max_interval"), period)),
        "serve": _shape(ServeSettings, usual, {"listen": (written(values.listen), None)}, without={"host", "port"}),
        "source": _shape(Source, usual, source, without={"parent"}),
        "list": _shape(Source, usual, inherited, without=_OF_ONE_SOURCE),
        "auth": _shape(Auth, usual, {}),
        "channel": _shape(Channel, usual, channel),
    }


@lru_cache(maxsize=8)
def options(kind: type) -> "type[BaseModel]":
    """The shape of a kind's options; their texts are CSS selectors."""
    from pydantic import AfterValidator  # noqa: PLC0415 - see above

    return _shape(kind, {str: Annotated[str, AfterValidator(values.selector)]}, {})


def _shape(
    model: Any, usual: Mapping[Any, Any], differing: Mapping[str, Any], without: AbstractSet[str] = frozenset()
) -> "type[BaseModel]":
    """A shape with the model's fields.

    Args:
        model: A dataclass.
        usual: What a file has for a type of the model's.
        differing: Fields with a type of their own, or a pair of type and default.
        without: Fields that no file sets.
    """
    from pydantic import ConfigDict, create_model  # noqa: PLC0415 - see above

    shape: dict[str, Any] = {
        field.name: (usual.get(field.type, field.type), ... if field.default is MISSING else field.default)
        for field in fields(model)
        if field.name not in without
    }
    for name, kind in differing.items():
        shape[name] = kind if isinstance(kind, tuple) else (kind, shape[name][1])
    strict = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)
    return create_model(model.__name__, __config__=strict, **shape)


_OF_ONE_SOURCE = frozenset({"parent", "kind", "title", "auth", "select", "social", "social_deny", "owned"})
"""What a list cannot say of all that it names."""

_EXAMPLES = {
    "allow_networks": '["10.0.0.0/8"]',
    "auth": '{ username = "me", password = "env:MY_PASSWORD" }',
    "drop_lines": '["Read us in the morning and in the evening."]',
    "formats": '["rss", "atom"]',
    "keep_lines": '["Photo of the day"]',
    "languages": '["ru", "en-GB"]',
    "select": '{ item = "article", link = "h2 > a" }',
    "social": '["https://t.me/example"]',
    "social_deny": '["telegram:example"]',
    "sources": '["the-id-of-a-source"]',
    "tags": '["ru", "news"]',
}
"""How a setting that is a list or a table is written."""

_EXPECTED = {
    "missing": "is missing; it has no default",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false, without quotes",
    "float_type": "expected a number, without quotes",
    "int_type": "expected a whole number, without quotes",
    "tuple_type": "expected a list, such as {example}",
    "dict_type": "expected a table, such as {example}",
    "too_short": "expected at least one",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
}


def _misfits(error: Any, names: tuple[str, ...]) -> tuple[MisfitError, ...]:
    """The operator's view of each fault."""
    found = []
    for fault in error.errors(include_url=False, include_input=False):
        kind, keys, context = fault["type"], fault["loc"], fault.get("ctx", {})
        if kind == "extra_forbidden":
            message = f"unknown setting; expected one of {', '.join(sorted(names))}"
            found.append(MisfitError(message, keys=keys, word=str(keys[-1]), choices=names))
        elif isinstance(cause := context.get("error"), MisfitError):
            found.append(MisfitError(cause.message, keys=(*keys, *cause.keys), word=cause.word, choices=cause.choices))
        else:
            example = _EXAMPLES.get(str(*keys[-1:]), "")
            message = _EXPECTED.get(kind, "is not valid").format_map({**context, "example": example})
            found.append(MisfitError(message, keys=keys))
    return tuple(found)
