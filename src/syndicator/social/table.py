"""The platform table as it is used: `platforms.toml`, with its rules and labels turned into patterns. Loaded once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from syndicator.model.social import LinkKind

_KINDS: tuple[LinkKind, ...] = ("share", "invite", "discussion", "post", "feed", "other", "profile")
_HANDLE = r"[\w.-]{1,100}"
_DECLENSION = ("", "а", "е", "у", "ом")
_VOWELS = "аеёиоуыэюяй"


@dataclass(frozen=True, slots=True)
class Rule:
    """One address form: what it means, how path and query must look, and its canonical form (empty: as it is)."""

    kind: LinkKind
    path: re.Pattern[str]
    query: tuple[tuple[str, re.Pattern[str]], ...]
    canonical: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One table of the data file, its rules in the order they are tried."""

    id: str
    name: str
    origin: str
    fold: bool
    reserved: frozenset[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole data file.

    Attributes:
        hosts: Host to pairs of path prefix and platform, in the file's order.
        labels: Folded label to platform id; `unknown`: several platforms share it.
        label: Finds any label.
        filler: Finds any word that says nothing beside a label.
        wrappers: Host and path of a redirector to the query field with the true address.
    """

    hosts: Mapping[str, tuple[tuple[str, Platform], ...]]
    labels: Mapping[str, str]
    label: re.Pattern[str]
    filler: re.Pattern[str]
    wrappers: Mapping[str, str]


@cache
def table() -> Table:
    """The shipped table."""
    data = tomllib.loads(resources.files(__package__).joinpath("platforms.toml").read_text("utf-8"))
    hosts: dict[str, tuple[tuple[str, Platform], ...]] = {}
    labels = {fold_label(label): "unknown" for label in data["ambiguous"]}
    for row in data["platform"]:
        platform = _platform(row)
        for address in row["hosts"]:
            scheme, _, rest = address.rpartition("://")
            host, _, prefix = rest.partition("/")
            key = f"{scheme}://{host}" if scheme else host
            hosts[key] = (*hosts.get(key, ()), (f"/{prefix}", platform))
        for label in map(fold_label, row.get("labels", ())):
            labels |= dict.fromkeys((label + ending for ending in _endings(label)), platform.id)
    return Table(
        hosts=hosts,
        labels=labels,
        label=re.compile(rf"(?<![\w-])(?:{_alternatives(labels)})(?!\w)", re.IGNORECASE),
        filler=re.compile(rf"(?<!\w)(?:{_alternatives(data['filler'])})(?!\w)", re.IGNORECASE),
        wrappers={row["address"]: row["field"] for row in data["wrapper"]},
    )


def fold_label(label: str) -> str:
    """The form that labels are compared in."""
    return label.casefold().replace("ё", "е")


def _platform(row: Mapping[str, Any]) -> Platform:
    handle = row.get("handle", _HANDLE)
    return Platform(
        id=row["id"],
        name=row["name"],
        origin=row.get("origin") or row["hosts"][0].partition("/")[0],
        fold=row.get("fold", False),
        reserved=frozenset(row.get("reserved", ())),
        rules=tuple(_rule(kind, text, handle) for kind in _KINDS for text in cast("list[str]", row.get(kind, []))),
    )


def _rule(kind: LinkKind, text: str, handle: str) -> Rule:
    given, _, canonical = text.partition(" -> ")
    path, _, query = given.partition("?")
    if not canonical and "{" in given and "*" not in given:
        canonical = given
    fields = (field.partition("=") for field in filter(None, query.split("&")))
    return Rule(
        kind=kind,
        path=_pattern(path, handle),
        query=tuple((key, _pattern(value if equals else "*", handle)) for key, equals, value in fields),
        canonical=canonical,
    )


def _pattern(template: str, handle: str) -> re.Pattern[str]:
    kinds = {"h": handle, "p": "[^/]+", "s": "[^/]+", "n": "[0-9]+", "m": "[0-9]+", "c": "[0-9]+", "o": "-?[0-9]+"}
    pieces = re.split(r"\{(\w)\}|(\*)", template)
    pattern = ""
    for literal, name, star in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        pattern += re.escape(literal) + (f"(?P<{name}>{kinds[name]})" if name else ".*" if star else "")
    return re.compile(pattern, re.DOTALL)


def _alternatives(words: Iterable[str]) -> str:
    """Longest first, so that «VK Видео» is not taken for «VK»; «е» stands for «ё», too."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace("е", "[её]") for word in ordered)


def _endings(label: str) -> tuple[str, ...]:
    """Case endings of a Russian name that ends in a consonant."""
    declined = len(label) > 3 and "а" <= label[-1] <= "я" and label[-1] not in _VOWELS
    return _DECLENSION if declined else ("",)
