"""Read a page's JSON-LD blocks as one graph of nodes (https://www.w3.org/TR/json-ld11/).

Only the features that publishers use are read: blocks, arrays, `@graph`, references by `@id`, lists and literals.
Contexts are not expanded.
"""

import json
import re
from collections.abc import Iterator, Mapping

from syndicator.model.noun import Noun, field
from syndicator.parse.decoding.tree import MAX_ITEMS, Page
from syndicator.parse.metadata.schemaorg import is_article, type_name

Node = Mapping[str, object]
"""A node object as written; `Graph` resolves the references among its values."""

_MOST_BLOCKS = 100
"""The most blocks of one page that are read."""
_MOST_NODES = 20_000
"""The most values that are looked at in search of nodes; further nodes are neither named nor located."""
_STRAY_COMMA = re.compile(r",\s{0,100}([}\]])")
"""A comma before a closing bracket, which JSON does not allow."""
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-f]{4})|x([0-9a-f]{2}))?', re.IGNORECASE)
"""A backslash; the first group is an escape that JSON has, the second one that only JavaScript has (`\\x41`)."""
_BETWEEN = re.compile(r"[\s,;]*")
"""What may stand between several values in one block."""
_DECODER = json.JSONDecoder(strict=False)
"""The decoder, which accepts control characters in strings."""


class Graph(Noun, kw_only=False, unshown=("places",)):
    """All nodes of a page's JSON-LD.

    Attributes:
        top: Nodes that stand on their own: a block, or a member of an array or of `@graph`.
        named: Every node with other members than its `@id`, by that.
        warnings: Which blocks could not be read.
        places: Where each node stands, by its `id()`: the number of its block, and a JSON pointer (RFC 6901).
    """

    top: tuple[Node, ...]
    named: Mapping[str, Node]
    warnings: tuple[str, ...]
    places: Mapping[int, str] = field(default_factory=dict)

    def resolve(self, value: object) -> object:
        """Give the node that a reference by `@id` means; any other value stays as it is."""
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
        """Give the address that an article says it has, as written; or empty."""
        return self.string(node.get("url"), "@id") or self.string(node.get("mainEntityOfPage"), "url", "@id")

    def place(self, node: Node) -> str:
        """Give the place of a node, "JSON-LD 1 /@graph/0/publisher"; of a reference, that of the node it means."""
        name = node.get("@id")
        original = self.named.get(name, node) if isinstance(name, str) else node
        return self.places.get(id(original)) or self.places.get(id(node), "")

    def many(self, value: object) -> list[object]:
        """Give a property's values as a list, references resolved, and each literal with a type as its value."""
        if isinstance(value, dict) and isinstance(listed := value.get("@list", value.get("@set")), list):
            value = listed
        values = value[:MAX_ITEMS] if isinstance(value, list) else [value]
        literal = (it["@value"] if isinstance(it, dict) and "@value" in it else it for it in values)
        return [self.resolve(it) for it in literal if it is not None]

    def nodes(self, value: object) -> list[Node]:
        """Give those of a property's values that are nodes."""
        return [it for it in self.many(value) if isinstance(it, dict)]

    def strings(self, value: object, *keys: str) -> list[str]:
        """Give a property's values that are texts; a node counts as the first of `keys` that it has."""
        found = []
        for it in self.many(value):
            text = next((it[key] for key in keys if it.get(key)), "") if isinstance(it, dict) else it
            if isinstance(text, list) and text:
                text = text[0]
            if isinstance(text, str) and text.strip():
                found.append(text.strip())
        return found

    def string(self, value: object, *keys: str) -> str:
        """Give the first text that `strings` gives, or an empty string."""
        return next(iter(self.strings(value, *keys)), "")


def read_graph(page: Page) -> Graph:
    """Read a page's JSON-LD; a broken block is left out with a warning."""
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
    """Give the bare names of a node's types, in lower case."""
    value = node.get("@type")
    return [type_name(it) for it in (value if isinstance(value, list) else [value]) if isinstance(it, str)]


def is_page(node: Node) -> bool:
    """Whether a node is a WebPage, or one of its kinds."""
    return any(kind.endswith("page") for kind in types(node))


def _loaded(text: str) -> object:
    """Load the JSON of a block, common mistakes of templates included.

    These are a comma before a closing bracket, a backslash before a sign that needs none, and several values in a row,
    which become a list.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError:
        found = _values(_ESCAPE.sub(_escape, _STRAY_COMMA.sub(r"\1", text)))
    return found[0] if len(found) == 1 else found


def _values(text: str) -> list[object]:
    """Read values of JSON that stand one behind another.

    Raises:
        ValueError: There is none, or one of them is not JSON.
    """
    found: list[object] = []
    at = 0
    while at < len(text) or not found:  # an empty text goes to the decoder, too, which raises
        value, end = _DECODER.raw_decode(text, at)
        found.append(value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches anything
    return found


def _escape(match: re.Match[str]) -> str:
    """Keep an escape that JSON has (RFC 8259, section 7), rewrite one that only JavaScript has, drop any other."""
    if match[2]:
        return f"\\u00{match[2]}"
    return match[0] if match[1] else ""


def _unwrapped(text: str) -> str:
    """Remove what old templates put round the JSON: comment marks, CDATA, a semicolon."""
    before, mark, inside = text.partition("<![CDATA[")
    if mark and "{" not in before:
        text = inside.rpartition("]]>")[0] or inside
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=0)
    return text[start : max(text.rfind("}"), text.rfind("]")) + 1]


def _stand_alone(data: object) -> Iterator[Node]:
    """Give the nodes that stand on their own: in arrays, two levels deep, and in their `@graph`."""
    for outer in data if isinstance(data, list) else [data]:
        for node in outer if isinstance(outer, list) else [outer]:
            if isinstance(node, dict):
                yield node
                members = node.get("@graph")
                yield from (it for it in (members if isinstance(members, list) else [members]) if isinstance(it, dict))


def _named(top: list[Node]) -> dict[str, Node]:
    """Give each node that says more than its `@id`, by that; of several with the same one, the outermost counts."""
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
    """Note in `places` where each node stands; `~` and `/` in names are escaped by RFC 6901, section 3."""
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
