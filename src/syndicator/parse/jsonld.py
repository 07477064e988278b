"""Articles and lists of articles in a page's JSON-LD blocks (schema.org; https://www.w3.org/TR/json-ld11/).

Only what publishers write is read: blocks, arrays, `@graph` and references by `@id`; contexts are not expanded.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

from syndicator.model.article import Entry, Person, Text
from syndicator.model.noun import Noun, field, replace
from syndicator.model.social import Credit
from syndicator.parse.merge import merged
from syndicator.parse.people import split_names
from syndicator.parse.picture_credits import credit_of
from syndicator.parse.schemaorg import is_article, is_listed, publisher_profiles, type_name
from syndicator.parse.tree import MAX_ITEMS, Page
from syndicator.social.credits import is_credit
from syndicator.social.platforms import tidy
from syndicator.text.markup import plain

Node = Mapping[str, object]

MAX_BLOCKS = 100
MAX_NODES = 20_000

_DATES = ("datePublished", "uploadDate", "dateCreated")
_SHOWN = frozenset({"videoobject", "imagegallery", "recipe", "podcastepisode", "creativework"})
_LIST = re.compile(r",(?=\S)")  # «Fashion,Outfits» are two, «Arts, Culture» is one
_MAKERS = ("creator", "author", "copyrightHolder")
_LONGEST_CREDIT = 90  # characters
_NO_NAME = re.compile(r"[<>:]")
_STRAY_COMMA = re.compile(r",\s{0,100}([}\]])")

_MARKUP = re.compile(
    r"</?(?:p|br|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|blockquote|figure|img)\b[^<>]{0,2000}>", re.IGNORECASE
)


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

    def place(self, node: Node) -> str:
        """Where a node stands: "JSON-LD 1 /@graph/0/publisher"; of a reference, where it leads to."""
        name = node.get("@id")
        original = self.named.get(name, node) if isinstance(name, str) else node
        return self.places.get(id(original)) or self.places.get(id(node), "")

    def many(self, value: object) -> list[object]:
        """A property's values: none, one or an array of them."""
        values = value[:MAX_ITEMS] if isinstance(value, list) else [value]
        return [self.resolve(it) for it in values if it is not None]

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


def read(page: Page) -> Graph:
    """Collect the page's JSON-LD; a broken block is left out with a warning."""
    top: list[Node] = []
    places: dict[int, str] = {}
    warnings: list[str] = []
    blocks = page.root.xpath("//script[starts-with(normalize-space(@type), 'application/ld+json')]")
    for number, block in enumerate(blocks[:MAX_BLOCKS], start=1):
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


def articles(page: Page, graph: Graph) -> tuple[Entry, ...]:
    """The articles that stand on their own, or that a page names as what it is about (`mainEntity`)."""
    inner = (it for node in graph.top if _is_page(node) for it in graph.nodes(node.get("mainEntity")))
    nodes = [it for it in (*graph.top, *inner) if any(map(is_article, types(it)))]
    once = {id(it) if "@id" not in it else str(it["@id"]): it for it in reversed(nodes)}
    return tuple(_article(page, graph, node) for node in islice(reversed(once.values()), MAX_ITEMS))


def about(page: Page, graph: Graph) -> Entry | None:
    """What the only page, video or gallery that is described says of itself: a help where no article is."""
    nodes = [node for node in graph.top if _is_page(node) or _SHOWN & set(types(node))]
    nodes.sort(key=_is_page)
    shown = [replace(_article(page, graph, node), content=None, url="") for node in nodes[:10]]
    return merged(*shown) if shown else None


def listed(page: Page, graph: Graph) -> tuple[Entry, ...]:
    """The members of the lists: `ItemList`, `Blog`, what a page `hasPart` or has as its `mainEntity`."""
    found = []
    for node in graph.top:
        for element in islice(_elements(graph, node), MAX_ITEMS):
            if isinstance(element, str):
                found.append(Entry(key="", url=page.link(element)))
            elif isinstance(element, dict) and all(map(is_listed, types(element))):
                found.append(_article(page, graph, element))
    return tuple(found)


def _elements(graph: Graph, node: Node) -> Iterator[object]:
    kinds = types(node)
    if "itemlist" in kinds:
        for element in graph.many(node.get("itemListElement")):
            if isinstance(element, dict) and ("item" in element or "listitem" in types(element)):
                item = graph.resolve(element.get("item") or element.get("url"))
                fallback = {key: element[key] for key in ("name", "url", "image", "description") if key in element}
                yield (
                    {"url": item.get("@id"), **fallback, **item}
                    if isinstance(item, dict)
                    else {**fallback, "url": item}
                )
            else:
                yield element
    elif "blog" in kinds:
        yield from (*graph.many(node.get("blogPost")), *graph.many(node.get("blogPosts")))
    elif _is_page(node):
        for part in graph.nodes(node.get("mainEntity")):
            if {"itemlist", "blog"} & set(types(part)):
                yield from _elements(graph, part)
        if "collectionpage" in kinds:
            yield from (part for part in graph.nodes(node.get("hasPart")) if any(map(is_article, types(part))))


def _article(page: Page, graph: Graph, node: Node) -> Entry:
    get = node.get
    sections = graph.strings(get("articleSection"), "name")
    body = graph.string(get("articleBody"))
    keywords = graph.strings(get("keywords"), "name")
    same_as = [url for it in graph.nodes(get("publisher")) for url in graph.strings(it.get("sameAs"), "@id", "url")]
    return Entry(
        key="",
        url=page.link(graph.string(get("url"), "@id") or graph.string(get("mainEntityOfPage"), "url", "@id")),
        title=_text(graph.string(get("headline")) or graph.string(get("name"))),
        summary=_text(graph.string(get("description"))),
        content=_body(body, page.public_base) if body else None,
        published=next(filter(None, (graph.string(get(name), "@value") for name in _DATES)), ""),
        updated=graph.string(get("dateModified"), "@value"),
        authors=tuple(_people(page, graph, get("author") or get("creator"))),
        categories=tuple(part.strip() for word in keywords for part in unescape(word).split(",") if part.strip()),
        section=_LIST.split(unescape(next(iter(sections), "")))[0],
        language=graph.string(get("inLanguage"), "alternateName", "name"),
        images=tuple(filter(None, (page.asset(it) for it in _pictures(graph, get("image"), get("thumbnailUrl"))))),
        comments=page.asset(graph.string(get("discussionUrl"))),
        rights=graph.string(get("copyrightNotice")),
        social=tuple(publisher_profiles(same_as, "JSON-LD sameAs")),
        credits=tuple(_credits(graph, get("image") or _pictures_alone(graph))),
    )


def _pictures(graph: Graph, *values: object) -> list[str]:
    return [url for value in values for url in graph.strings(value, "url", "contentUrl", "@id")]


def _credits(graph: Graph, images: object) -> Iterator[Credit]:
    """Who made the article's pictures: what `creditText` says, else the first maker who is named."""
    for image in graph.nodes(images):
        makers = (it for name in _MAKERS for it in graph.strings(image.get(name), "name"))
        text = next(filter(None, (graph.string(image.get("creditText")), *makers)), "")
        yield from _credited(tidy(plain(text)))


def _credited(text: str) -> tuple[Credit, ...]:
    """A credit, or a name that does not read like one; nothing for what only says where a picture was found."""
    if found := credit_of(text):
        return found
    is_name = 0 < len(text) <= _LONGEST_CREDIT and not _NO_NAME.search(text)
    if not is_name or is_credit(text) or is_credit(f"Фото: {text}"):
        return ()
    return (Credit(role="photographer", name=text),)


def _pictures_alone(graph: Graph) -> list[Node]:
    """Pictures with a credit that stand beside an article which names none."""
    return [it for it in graph.top if "imageobject" in types(it) and it.get("creditText")]


def _people(page: Page, graph: Graph, values: object) -> Iterator[Person]:
    """Each once; some publishers put a list of names into one."""
    known = set()
    for value in graph.many(values):
        node: Node = value if isinstance(value, dict) else {"name": value}
        for told in graph.strings(node.get("name")):
            names = split_names(unescape(told))
            for name in names:
                if name not in known:
                    known.add(name)
                    yield Person(name=name, url=page.asset(graph.string(node.get("url"))) if len(names) == 1 else "")


def _is_page(node: Node) -> bool:
    return any(kind.endswith("page") for kind in types(node))


def _body(value: str, base: str) -> Text:
    """Plain text by the book, markup with some publishers; entities stand in both."""
    is_markup = _MARKUP.search(value) is not None
    return Text(value=value if is_markup else unescape(value), html=is_markup, base=base)


def _text(value: str) -> Text | None:
    return Text(value=value) if value else None


def _loaded(text: str) -> object:
    """The data; a comma before a closing bracket, which templates leave behind, is forgiven."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_STRAY_COMMA.sub(r"\1", text), strict=False)


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
        if len(queue) > MAX_NODES:
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
        if len(queue) > MAX_NODES:
            break
        if isinstance(value, dict):
            places.setdefault(id(value), where)
            for name, it in value.items():
                if isinstance(it, dict | list):
                    queue.append((f"{where}/{name.replace('~', '~0').replace('/', '~1')}", it))
        elif isinstance(value, list):
            queue.extend((f"{where}/{number}", it) for number, it in enumerate(value) if isinstance(it, dict | list))
