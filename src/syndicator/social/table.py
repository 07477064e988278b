"""The platform table as it is used: `platforms.toml`, with its rules turned into patterns. Loaded once.

What few addresses need, the pattern of a rule, is made when it is first tried (`compiled`): there are hundreds.
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
"""What the letters in a rule stand for: some for the same, as a rule may have it twice. A platform may have its own."""
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,3})?")
"""A subdomain that says in which language a platform is shown."""
_PLACE = re.compile(r"\{([\w#])\}|(\*)")
_DEEP = 9  # slashes: more than any rule has
_DECLENSION = ("", "а", "е", "у", "ом", "і")
_VOWELS = "аеёиоуыэюяй"
_PREFIXES = ("", "و", "ب", "وب", "ال", "وال", "بال")
"""«And», «on» and the article, which Arabic writes as one word with the next."""


class Rule(Noun, kw_only=False):
    """One address form: what it means, how path and query must look, and its canonical form (empty: it has none)."""

    kind: LinkKind
    first: str | None  # the path's first segment, where that is always the same
    slashes: int | None  # in the path, likewise
    path: str  # a pattern
    query: tuple[tuple[str, str | None], ...]  # likewise; None: there must be no such field
    canonical: str

    def may_fit(self, first: str, slashes: int, *, asked: bool) -> bool:
        """Whether it is worth a closer look at a path with that first segment and so many slashes."""
        return (
            self.first in {None, first}
            and self.slashes in {None, slashes}
            and (asked or not any(pattern for _, pattern in self.query))
        )


@dataclass(frozen=True)
class Platform:
    """One table of the data file.

    Attributes:
        id: For outputs and the store.
        name: For people.
        origin: The host of canonical addresses; `{h}`, `{host}`: the handle or the host given stands in it.
        fold: Whether handles are written in lower case, or at least compared in it.
        acct: Whether an account's full name has its host in it (`name@host`).
        reserved: Folded names that are no handles.
        named: What stands before an account's name in its address; empty: a name alone tells no account.
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
        """In the order they are tried."""
        return tuple(self._rule(kind, text) for kind in _KINDS for text in cast("list[str]", self.row.get(kind, [])))

    def likely(self, first: str, slashes: int, *, asked: bool) -> tuple[Rule, ...]:
        """Those of the rules that may fit a path with that first segment and so many slashes.

        Args:
            first: The segment.
            slashes: How many.
            asked: Whether there is a query, or a fragment.
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
        """Canonical paths that have a feed, and its address."""
        pairs = (text.partition(" -> ")[::2] for text in self.row.get("feeds", ()))
        return tuple((compiled(self._pattern(path)), self._address(feed)) for path, feed in pairs)

    @cached_property
    def handle(self) -> re.Pattern[str]:
        """What a handle looks like."""
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
    """A rule's pattern, ready to be tried."""
    return re.compile(pattern, re.DOTALL)


class Table(Noun, kw_only=False):
    """The whole data file.

    Attributes:
        platforms: By id; of those that share one, the first.
        hosts: Host to pairs of path and platform, in the file's order: it has that path, and all below it.
        parents: Host to those of which a subdomain is a handle, or (flag not set) a language.
        origins: The hosts of canonical addresses; with a dot before it: those of which the handle is a subdomain.
        labels: Folded label to platform id; `unknown`: several platforms share it.
        filler: Words that say nothing beside a label.
    """

    platforms: Mapping[str, Platform]
    hosts: Mapping[str, tuple[tuple[str, Platform], ...]]
    parents: Mapping[str, tuple[tuple[Platform, bool], ...]]
    origins: frozenset[str]
    labels: Mapping[str, str]
    filler: tuple[str, ...]


@cache
def table() -> Table:
    """The shipped table."""
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
    """The form that labels are compared in."""
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
    """A name as it stands in a line: declined in Russian or Ukrainian; in Arabic, with what is written before it."""
    if "ء" <= label[0] <= "ي":
        return (prefix + label for prefix in _PREFIXES)
    declined = len(label) > 3 and "а" <= label[-1] <= "я" and label[-1] not in _VOWELS
    return (label + ending for ending in (_DECLENSION if declined else ("",)))
