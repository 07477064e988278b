"""Read articles and lists of articles in a page's JSON-LD, in the vocabulary of schema.org."""

import re
from collections.abc import Iterator
from itertools import islice

from syndicator.model.article import Entry, Text
from syndicator.model.noun import replace
from syndicator.model.social import Credit
from syndicator.parse.decoding.tree import MAX_ITEMS, Page
from syndicator.parse.metadata.graph import Graph, Node, is_page, types
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.schemaorg import is_article, is_home, is_listed, keywords, persons, publisher_profiles
from syndicator.social.captions import credit_of
from syndicator.social.credits import is_credit
from syndicator.social.labels import tidy
from syndicator.text.characters import unescape
from syndicator.text.markup import is_markup, plain

_DATES = ("datePublished", "uploadDate", "dateCreated")
"""Properties with the date of publishing, the most trusted first."""
_SHOWN = frozenset({"videoobject", "imagegallery", "recipe", "podcastepisode", "creativework"})
"""Types of nodes that a page may be about without being an article."""
_LIST = re.compile(r",(?=\S)")
"""A comma between two sections: «Fashion,Outfits» are two, «Arts, Culture» is one."""
_NAME_PARTS = ("givenName", "additionalName", "familyName")
"""Properties with the parts of a person's name, in their order."""
_MAKERS = ("creator", "author", "copyrightHolder")
"""Properties that name who made a picture, the most trusted first."""
_LONGEST_CREDIT = 90
"""The most characters of a picture's credit that is only a name."""
_NO_NAME = re.compile(r"[<>:]")
"""A sign that no name has."""


def articles(page: Page, graph: Graph) -> tuple[Entry, ...]:
    """Read the articles in a page's graph."""
    return tuple(_article(page, graph, node) for node in graph.articles[:MAX_ITEMS])


def about(page: Page, graph: Graph) -> Entry | None:
    """Read what the graph says of the page itself, or of a video, gallery or the like; None: nothing.

    It helps where no article is described. Videos and the like go before the page.
    """
    nodes = [node for node in graph.top if is_page(node) or _SHOWN & set(types(node))]
    nodes.sort(key=is_page)
    shown = [replace(_article(page, graph, node), content=None, url="") for node in nodes[:10]]
    return merged(*shown) if shown else None


def listed(page: Page, graph: Graph) -> tuple[Entry, ...]:
    """Read the members of lists: those of an `ItemList` or `Blog`, and of a page's `mainEntity` or `hasPart`."""
    found = []
    for node in graph.top:
        for element in islice(_elements(graph, node), MAX_ITEMS):
            if isinstance(element, str):
                found.append(Entry(key="", url=page.link(element)))
            elif isinstance(element, dict) and all(map(is_listed, types(element))):
                found.append(_article(page, graph, element))
    return tuple(found)


def _elements(graph: Graph, node: Node) -> Iterator[object]:
    """Give the members, nodes or addresses, of the list that a node is or has: an ItemList, a Blog, a page with one."""
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
    elif is_page(node):
        for part in graph.nodes(node.get("mainEntity")):
            if {"itemlist", "blog"} & set(types(part)):
                yield from _elements(graph, part)
        if "collectionpage" in kinds:
            yield from (part for part in graph.nodes(node.get("hasPart")) if any(map(is_article, types(part))))


def _article(page: Page, graph: Graph, node: Node) -> Entry:
    """Read an article's node as an entry without a key."""
    get = node.get
    sections = graph.strings(get("articleSection"), "name")
    body = graph.string(get("articleBody"))
    same_as = [url for it in graph.nodes(get("publisher")) for url in graph.strings(it.get("sameAs"), "@id", "url")]
    return Entry(
        key="",
        url=page.link(graph.address(node)),
        title=_text(graph.string(get("headline")) or graph.string(get("name"))),
        summary=_text(graph.string(get("description"))),
        content=_body(body, page.public_base) if body else None,
        published=next(filter(None, (graph.string(get(name), "@value") for name in _DATES)), ""),
        updated=graph.string(get("dateModified"), "@value"),
        authors=persons(_named(page, graph, get("author") or get("creator"))),
        categories=keywords(map(unescape, graph.strings(get("keywords"), "name"))),
        section=_LIST.split(unescape(next(filter(_is_told, sections), "")))[0],
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
    """Read the credits of an article's pictures: the `creditText` of each, else the first maker that it names."""
    for image in graph.nodes(images):
        makers = (it for name in _MAKERS for it in graph.strings(image.get(name), "name"))
        text = next(filter(None, (graph.string(image.get("creditText")), *makers)), "")
        yield from _credited(tidy(plain(text)))


def _credited(text: str) -> tuple[Credit, ...]:
    """Read a credit, or a bare name; nothing if the text only says where a picture was found."""
    if found := credit_of(text):
        return found
    is_name = 0 < len(text) <= _LONGEST_CREDIT and not _NO_NAME.search(text)
    if not is_name or is_credit(text) or is_credit(f"Фото: {text}"):
        return ()
    return (Credit(role="photographer", name=text),)


def _pictures_alone(graph: Graph) -> list[Node]:
    """Give the pictures with a credit that stand beside an article, for one that names no pictures."""
    return [it for it in graph.top if "imageobject" in types(it) and it.get("creditText")]


def _named(page: Page, graph: Graph, values: object) -> Iterator[tuple[str, str]]:
    """Give the names of people, each with an address, or an empty one."""
    for node in _persons(graph, values):
        for told in graph.strings(node.get("name")) or [_full_name(graph, node)]:
            yield unescape(told), page.asset(graph.string(node.get("url")))


def _persons(graph: Graph, values: object) -> Iterator[Node]:
    """Give the authors as nodes; a Role holds the author in its own `author` or `creator` (schema.org/Role)."""
    for value in graph.many(values):
        node: Node = value if isinstance(value, dict) else {"name": value}
        inner = graph.many(node.get("author") or node.get("creator"))
        if inner and any(kind.endswith("role") for kind in types(node)):
            yield from (it if isinstance(it, dict) else {"name": it} for it in inner)
        else:
            yield node


def _full_name(graph: Graph, node: Node) -> str:
    """Join the parts of a Person's name."""
    return " ".join(filter(None, (graph.string(node.get(part)) for part in _NAME_PARTS)))


def _is_told(section: str) -> bool:
    """Whether a section tells something: it is neither a mere number, such as a year, nor the front page's name."""
    return any(map(str.isalpha, section)) and not is_home(section)


def _body(value: str, base: str) -> Text:
    """Read an `articleBody`: plain text by schema.org, but markup with some publishers; both may have entities."""
    html = is_markup(value)
    return Text(value=value if html else unescape(value), html=html, base=base)


def _text(value: str) -> Text | None:
    return Text(value=value) if value else None
