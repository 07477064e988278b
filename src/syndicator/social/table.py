"""The platform table: `platforms.toml`, loaded once, with its rules turned into regular expressions.

A rule's regular expression is compiled when the rule is first tried (`compiled`): there are hundreds of rules, and most
addresses need few of them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, cast

from syndicator.model.noun import Noun
from syndicator.model.social import LinkKind

_KINDS: tuple[LinkKind, ...] = ("share", "invite", "discussion", "post", "feed", "other", "profile")
_HANDLE = r"[\w.-]{1,100}"
_PATTERNS = {
    **dict.fromkeys("ps", r"[^/%\s]+"),
    **dict.fromkeys("nmc#", "[0-9]+"),
    "o": "-?[0-9]+",
    "i": r"(?![0-9]+(?!.))[\w-]+",
    "r": r"[\w-]+(?:\.[\w-]+)+",
    "x": r"[^/%\s?]+\.(?:rss|atom|xml|json)",
}
"""The regular expression that each letter in a rule stands for (listed at the head of `platforms.toml`).

Several letters stand for the same expression, because a rule may need it twice. A platform may define its own letters
(`patterns`).
"""
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,3})?")
"""A subdomain that says in which language a platform is shown."""
_PLACE = re.compile(r"\{([\w#])\}|(\*)")
_DEEP = 9  # a number of slashes that exceeds the number in any rule's path; deeper paths count as this deep
_DECLENSION = ("", "а", "е", "у", "ом", "і")
"""The case endings that a label in Russian or Ukrainian may take."""
_VOWELS = "аеёиоуыэюяй"
"""The Cyrillic letters after which a label is not declined by these endings (vowels and «й»)."""
_PREFIXES = ("", "و", "ب", "وب", "ال", "وال", "بال")
"""Arabic words for "and" and "on", and the Arabic article: each is written as one word with the noun behind it."""


class Rule(Noun, kw_only=False):
    """One form of addresses on a platform.

    Attributes:
        kind: What an address of this form is.
        first: The first segment of the path; None if it varies.
        slashes: The number of slashes in the path; None if it varies.
        path: The regular expression for the whole path.
        query: The fields that the query must have, each with the regular expression for its value; None instead of an
            expression means that the field must be absent or empty.
        canonical: The template of the canonical address; empty if the form has none.
    """

    kind: LinkKind
    first: str | None
    slashes: int | None
    path: str
    query: tuple[tuple[str, str | None], ...]
    canonical: str

    def may_fit(self, first: str, slashes: int, *, asked: bool) -> bool:
        """Whether the rule may match an address; a quick check before its regular expressions are tried.

        Args:
            first: The first segment of the address's path.
            slashes: The number of slashes in that path.
            asked: Whether the address has a query or a fragment.
        """
        return (
            self.first in {None, first}
            and self.slashes in {None, slashes}
            and (asked or not any(pattern for _, pattern in self.query))
        )


@dataclass(frozen=True)
class Platform:
    """One table of the data file.

    Attributes:
        id: The platform's id, for outputs and the store.
        name: The platform's name, for people.
        origin: The host of canonical addresses. `{h}` in it stands for the handle, `{host}` for the host of the address
            that was matched.
        fold: "handle" if handles are written in lower case, "key" if they are only compared in lower case, empty if
            their case matters.
        acct: Whether an account's full name contains its host (`name@host`).
        reserved: Names in lower case that look like handles but are none.
        named: The part of an account's address before its name; empty if a name alone does not identify an account.
        row: The table as it stands in the data file.
    """

    id: str
    name: str
    origin: str
    fold: Literal["", "key", "handle"]
    acct: bool
    reserved: frozenset[str]
    named: str
    row: Mapping[str, Any]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The platform's rules, in the order in which they are tried."""
        return tuple(self._rule(kind, text) for kind in _KINDS for text in cast("list[str]", self.row.get(kind, [])))

    def likely(self, first: str, slashes: int, *, asked: bool) -> tuple[Rule, ...]:
        """The rules that may match an address, in the order in which they are tried.

        Args:
            first: The first segment of the address's path.
            slashes: The number of slashes in that path.
            asked: Whether the address has a query or a fragment.
        """
        shape = (first if first in self._firsts else "", min(slashes, _DEEP), asked)
        found = self._likely.get(shape)
        if found is None:
            found = tuple(rule for rule in self.rules if rule.may_fit(*shape[:2], asked=asked))
            self._likely[shape] = found
        return found

    @cached_property
    def _firsts(self) -> frozenset[str | None]:
        return frozenset(rule.first for rule in self.rules)

    @cached_property
    def _likely(self) -> dict[tuple[str, int, bool], tuple[Rule, ...]]:
        return {}

    @cached_property
    def feeds(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Pairs: the regular expression for the canonical paths that have a feed, and the template of its address."""
        pairs = (text.partition(" -> ")[::2] for text in self.row.get("feeds", ()))
        return tuple((compiled(self._pattern(path)), self._address(feed)) for path, feed in pairs)

    @cached_property
    def handle(self) -> re.Pattern[str]:
        """The regular expression that a handle must match."""
        return compiled(self._pattern("{h}"))

    def _rule(self, kind: LinkKind, text: str) -> Rule:
        given, _, canonical = text.partition(" -> ")
        path, _, query = given.partition("?")
        if not canonical and "{" in given and "*" not in given:
            canonical = given
        first = path.split("/")[1]
        return Rule(
            kind=kind,
            first=None if _PLACE.search(first) else first,
            slashes=None if "*" in path else path.count("/"),
            path=self._pattern(path),
            query=tuple(map(self._field, filter(None, query.split("&")))),
            canonical=self._address(canonical) if canonical else "",
        )

    def _field(self, text: str) -> tuple[str, str | None]:
        key, equals, value = text.partition("=")
        return (key[1:], None) if key.startswith("!") else (key, self._pattern(value if equals else "*"))

    def _address(self, path: str) -> str:
        if path.startswith("//"):
            return f"https:{path}"
        return path if "://" in path else f"https://{self.origin}{path}"

    def _pattern(self, template: str) -> str:
        kinds = {**_PATTERNS, "h": self.row.get("handle", _HANDLE), **self.row.get("patterns", {})}
        pieces = _PLACE.split(template)
        pattern = ""
        for literal, name, star in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
            pattern += re.escape(literal) + (
                f"(?P<{name.replace('#', 'h')}>{kinds[name]})" if name else ".*" if star else ""
            )
        return pattern


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile the regular expression of a rule, once."""
    return re.compile(pattern, re.DOTALL)


class Table(Noun, kw_only=False):
    """The whole data file.

    Attributes:
        platforms: The platforms by id; of several tables with one id, the first.
        hosts: For each host, pairs of a path prefix and the platform that has this path and all paths below it, in the
            order of the file.
        parents: For each parent domain, the platforms whose accounts have a subdomain of it. The flag is set if the
            subdomain is the handle, and not set if it is a language or a country.
        origins: The hosts of canonical addresses; one that begins with a dot has the handle as its subdomain.
        labels: The platform id for each folded label; `unknown` if several platforms share the label.
        filler: Words that carry no meaning beside a label; `*` in them stands for any ending.
    """

    platforms: Mapping[str, Platform]
    hosts: Mapping[str, tuple[tuple[str, Platform], ...]]
    parents: Mapping[str, tuple[tuple[Platform, bool], ...]]
    origins: frozenset[str]
    labels: Mapping[str, str]
    filler: tuple[str, ...]


@cache
def table() -> Table:
    """Read the table that is shipped with the package, once."""
    data = tomllib.loads(Path(__file__).with_name("platforms.toml").read_text("utf-8"))
    platforms: dict[str, Platform] = {}
    hosts: dict[str, tuple[tuple[str, Platform], ...]] = {}
    parents: dict[str, tuple[tuple[Platform, bool], ...]] = {}
    labels = {fold_label(label): "unknown" for label in data["ambiguous"]}
    origins = set()
    for row in data["platform"]:
        platform = _platform(row)
        platforms.setdefault(platform.id, platform)
        origins.add(platform.origin.removeprefix("{h}"))
        for address in row["hosts"]:
            scheme, _, rest = address.rpartition("://")
            host, _, prefix = rest.partition("/")
            if host.startswith("{"):
                parent = host.partition(".")[2]
                parents[parent] = (*parents.get(parent, ()), (platform, host.startswith("{h}")))
                continue
            key = f"{scheme}://{host}" if scheme else host
            hosts[key] = (*hosts.get(key, ()), (f"/{prefix}".rstrip("*"), platform))
        for label in map(fold_label, row.get("labels", ())):
            labels |= dict.fromkeys(_forms(label), platform.id)
    return Table(
        platforms=platforms,
        hosts=hosts,
        parents=parents,
        origins=frozenset(origins),
        labels=labels,
        filler=tuple(data["filler"]),
    )


def fold_label(label: str) -> str:
    """The form in which labels are compared: case-folded, with «е» for «ё»."""
    return label.casefold().replace("ё", "е")


def _platform(row: Mapping[str, Any]) -> Platform:
    return Platform(
        id=row["id"],
        name=row["name"],
        origin=row.get("origin") or row["hosts"][0].partition("/")[0],
        fold=row.get("fold", ""),
        acct=row.get("acct", False),
        reserved=frozenset(row.get("reserved", ())),
        named=row.get("named", ""),
        row=row,
    )


def _forms(label: str) -> Iterator[str]:
    """The forms of a label in a text: with case endings if it is Cyrillic, with joined prefixes if it is Arabic."""
    if "ء" <= label[0] <= "ي":
        return (prefix + label for prefix in _PREFIXES)
    declined = len(label) > 3 and "а" <= label[-1] <= "я" and label[-1] not in _VOWELS
    return (label + ending for ending in (_DECLENSION if declined else ("",)))
