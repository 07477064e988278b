"""A page's JSON-LD blocks as one graph of nodes (https://www.w3.org/TR/json-ld11/).

Only what publishers write is read: blocks, arrays, `@graph`, references by `@id`, lists and literals; contexts are not
expanded.
"""

import json
import re
from collections.abc import Iterator, Mapping

from syndicator.model.noun import Noun, field
from syndicator.parse.decoding.tree import MAX_ITEMS, Page
from syndicator.parse.metadata.schemaorg import is_article, type_name

Node = Mapping[str, object]
"""A node object, as it is written: what its values refer to, `Graph` knows."""

_MOST_BLOCKS = 100
_MOST_NODES = 20_000
_STRAY_COMMA = re.compile(r",\s{0,100}([}\]])")
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-f]{4})|x([0-9a-f]{2}))?', re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]*")
_DECODER = json.JSONDecoder(strict=False)


class Graph(Noun, kw_only=False, unshown=("places",)):
    """All that a page's JSON-LD says.

    Attributes:
        top: Nodes that stand on their own: a block, a member of an array or of `@graph`.
        named: Every node that has an `@id` and says something of it.
        warnings: Which blocks could not be read.
        places: Where nodes stand, by their own id (`id()`): the number of their block, and a JSON pointer (RFC 6901).
    """

    top: tuple[Node, ...]
    named: Mapping[str, Node]
    warnings: tuple[str, ...]
    places: Mapping[int, str] = field(default_factory=dict)

    def resolve(self, value: object) -> object:
        """What a reference by `@id` stands for; anything else is itself."""
        if isinstance(value, dict) and isinstance(name := value.get("@id"), str) and name in self.named:
            return {**self.named[name], **value}
        return value

    @property
    def articles(self) -> list[Node]:
        """The articles that stand on their own, or that a page names as what it is about (`mainEntity`), each once."""
        inner = (it for node in self.top if is_page(node) for it in self.nodes(node.get("mainEntity")))
        found = [it for it in (*self.top, *inner) if any(map(is_article, types(it)))]
        once = {str(it["@id"]) if "@id" in it else id(it): it for it in reversed(found)}
        return list(reversed(once.values()))

    def address(self, node: Node) -> str:
        """Where an article says that it is, as written."""
        return self.string(node.get("url"), "@id") or self.string(node.get("mainEntityOfPage"), "url", "@id")

    def place(self, node: Node) -> str:
        """Where a node stands: "JSON-LD 1 /@graph/0/publisher"; of a reference, where it leads to."""
        name = node.get("@id")
        original = self.named.get(name, node) if isinstance(name, str) else node
        return self.places.get(id(original)) or self.places.get(id(node), "")

    def many(self, value: object) -> list[object]:
        """A property's values: none, one, an array or a list of them; of a literal with a type, its value."""
        if isinstance(value, dict) and isinstance(listed := value.get("@list", value.get("@set")), list):
            value = listed
        values = value[:MAX_ITEMS] if isinstance(value, list) else [value]
        literal = (it["@value"] if isinstance(it, dict) and "@value" in it else it for it in values)
        return [self.resolve(it) for it in literal if it is not None]

    def nodes(self, value: object) -> list[Node]:
        """Those values that are nodes."""
        return [it for it in self.many(value) if isinstance(it, dict)]

    def strings(self, value: object, *keys: str) -> list[str]:
        """The values as text; a node gives the first of `keys` that it has."""
        found = []
        for it in self.many(value):
            text = next((it[key] for key in keys if it.get(key)), "") if isinstance(it, dict) else it
            if isinstance(text, list) and text:
                text = text[0]
            if isinstance(text, str) and text.strip():
                found.append(text.strip())
        return found

    def string(self, value: object, *keys: str) -> str:
        """The first of those texts, or an empty string."""
        return next(iter(self.strings(value, *keys)), "")


def read_graph(page: Page) -> Graph:
    """Collect the page's JSON-LD; a broken block is left out with a warning."""
    top: list[Node] = []
    places: dict[int, str] = {}
    warnings: list[str] = []
    typed = page.root.xpath("//script[@type]")
    blocks = [it for it in typed if it.get("type").strip().lower().startswith("application/ld+json")]
    for number, block in enumerate(blocks[:_MOST_BLOCKS], start=1):
        try:
            data = _loaded(_unwrapped(block.text or ""))
            top += _stand_alone(data)
            _locate(data, f"JSON-LD {number} ", places)
        except (ValueError, RecursionError) as error:
            warnings.append(f"JSON-LD block {number} cannot be read and was left out: {error}")
    return Graph(tuple(top), _named(top), tuple(warnings), places)


def types(node: Node) -> list[str]:
    """The bare names of a node's types."""
    value = node.get("@type")
    return [type_name(it) for it in (value if isinstance(value, list) else [value]) if isinstance(it, str)]


def is_page(node: Node) -> bool:
    """Whether a node is a WebPage, or one of its kinds."""
    return any(kind.endswith("page") for kind in types(node))


def _loaded(text: str) -> object:
    """The data; what templates do wrong is forgiven.

    A comma before a closing bracket, a backslash before what needs none, several values in a row.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError:
        found = _values(_ESCAPE.sub(_escape, _STRAY_COMMA.sub(r"\1", text)))
    return found[0] if len(found) == 1 else found


def _values(text: str) -> list[object]:
    found: list[object] = []
    at = 0
    while at < len(text) or not found:  # nothing at all raises, too
        value, end = _DECODER.raw_decode(text, at)
        found.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches anything
    return found


def _escape(match: re.Match[str]) -> str:
    """The escape, if JSON has it (RFC 8259, section 7); of one that only JavaScript has, what it stands for."""
    if match[2]:
        return f"\\u00{match[2]}"
    return match[0] if match[1] else ""


def _unwrapped(text: str) -> str:
    """The JSON without what old templates put round it: comment marks, CDATA, a semicolon."""
    before, mark, inside = text.partition("<![CDATA[")
    if mark and "{" not in before:
        text = inside.rpartition("]]>")[0] or inside
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=0)
    return text[start : max(text.rfind("}"), text.rfind("]")) + 1]


def _stand_alone(data: object) -> Iterator[Node]:
    """Unfold arrays and `@graph`, two levels deep."""
    for outer in data if isinstance(data, list) else [data]:
        for node in outer if isinstance(outer, list) else [outer]:
            if isinstance(node, dict):
                yield node
                members = node.get("@graph")
                yield from (it for it in (members if isinstance(members, list) else [members]) if isinstance(it, dict))


def _named(top: list[Node]) -> dict[str, Node]:
    named: dict[str, Node] = {}
    queue: list[object] = list(top)
    for value in queue:  # grows while it is walked
        if len(queue) > _MOST_NODES:
            break
        if isinstance(value, dict):
            if len(value) > 1 and isinstance(name := value.get("@id"), str):
                named.setdefault(name, value)
            queue.extend(it for it in value.values() if isinstance(it, dict | list))
        elif isinstance(value, list):
            queue.extend(value)
    return named


def _locate(data: object, start: str, places: dict[int, str]) -> None:
    """Note where each node stands; `~` and `/` in names are escaped as RFC 6901, section 3, wants it."""
    queue: list[tuple[str, object]] = [(start, data)]
    for where, value in queue:  # grows while it is walked
        if len(queue) > _MOST_NODES:
            break
        if isinstance(value, dict):
            places.setdefault(id(value), where)
            for name, it in value.items():
                if isinstance(it, dict | list):
                    queue.append((f"{where}/{name.replace('~', '~0').replace('/', '~1')}", it))
        elif isinstance(value, list):
            queue.extend((f"{where}/{number}", it) for number, it in enumerate(value) if isinstance(it, dict | list))
