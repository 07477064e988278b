"""Read XML elements of feeds by uniform names, whichever namespace address and prefix the publisher wrote."""

from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from html import escape
from typing import TypeVar

from lxml import etree
from lxml.etree import _Element

from syndicator.text.characters import unescape
from syndicator.text.urls import absolute

Value = TypeVar("Value")

Found = dict[str, list[_Element]]
"""The children of an element by name (as `name` gives it), those with one name in document order."""

_PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/net/rss1.1": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://backend.userland.com/rss092": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dc",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://search.yahoo.com/mrss": "media",
    "http://tools.search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://source.scripting.com": "source",
    "http://source.smallpict.com/2014/07/12/thesource.html": "source",
    "http://podcastindex.org/namespace/1.0": "podcast",
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://wellformedweb.org/commentapi": "wfw",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/rss/1.0/modules/slash": "slash",
    "http://webfeeds.org/rss/1.0": "webfeeds",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://web.resource.org/cc": "creativecommons",
    "http://creativecommons.org/ns": "creativecommons",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://news.yandex.ru": "yandex",
    "http://turbo.yandex.ru": "turbo",
    "http://news.rambler.ru": "rambler",
    "http://news.mail.ru": "mailru",
    "http://www.rbc.ru": "rbc",
    "http://opml.org/spec2": "",
}
"""Our prefix for each namespace address; addresses in lower case, with `http:`, without a final `/` or `#`."""

_PLAIN_PREFIXES = {"content": "content", "dc": "dc", "dcterms": "dc", "itunes": "itunes", "media": "media"}
"""Our prefix for prefixes whose meaning is clear, even if their namespace is unknown or not declared."""

_XML = "{http://www.w3.org/XML/1998/namespace}"
"""The namespace of `xml:base` and `xml:lang`, as lxml writes it before a name."""
_HTTP = ("http://", "https://")
"""How a web address begins."""
_LONGEST_ADDRESS = 8_000
"""The most characters of a link; a longer one is ignored."""
LONGEST_LINE = 1_000
"""The most characters of a name, a language or another line: up to `MAX_ENTRIES` entries may inherit it."""


@lru_cache(maxsize=4096)
def name(tag: str) -> str:
    """Give an element's uniform name: in lower case, with our prefix for its namespace ("dc:creator").

    An undeclared prefix becomes ours if its meaning is clear, else it stays; an unknown namespace stays as its address
    in braces.
    """
    address, brace, local = tag.rpartition("}")
    if not brace:
        undeclared, colon, local = tag.lower().rpartition(":")
        return f"{_PLAIN_PREFIXES.get(undeclared, undeclared)}{colon}{local}"
    address = address[1:]
    key = address.strip().lower().replace("https://", "http://", 1).rstrip("/#")
    prefix = _PREFIXES.get(key)
    if prefix is None:
        return f"{{{address}}}{local.lower()}"
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


def written(element: _Element) -> tuple[_Element, bytes]:
    """Give an element and its bytes, in which the namespaces that are declared around it are declared, too."""
    return element, etree.tostring(element, encoding="utf-8", with_tail=False)


def children(element: _Element) -> Found:
    """Group an element's children by name.

    A child without a prefix may be in an unknown namespace, or in XHTML's like the text around it. It counts as one of
    the element's own vocabulary, unless a child really has that name.
    """
    found: Found = {}
    strange: list[_Element] = []
    for child in element:
        known = name(child.tag)
        if known[0] == "{" or known[:6] == "xhtml:":
            if child.prefix is None:
                strange.append(child)
            elif known[0] == "{" and child.prefix in _PLAIN_PREFIXES:
                known = f"{_PLAIN_PREFIXES[child.prefix]}:{known.rpartition('}')[2]}"
        found.setdefault(known, []).append(child)
    return _meant(element, strange) | found if strange else found


def _meant(element: _Element, strange: Iterable[_Element]) -> Found:
    """Group children by the names that they would have in their parent's own vocabulary."""
    found: Found = {}
    own, colon, _ = name(element.tag).rpartition(":")
    for child in strange:
        found.setdefault(f"{own}{colon}{local(child.tag)}", []).append(child)
    return found


def spellings(parents: Iterable[_Element], wanted: str) -> set[str]:
    """Give the tags, in any case and namespace, of those children of the parents whose name is `wanted`."""
    return {child.tag for parent in parents for child in parent if name(child.tag) == wanted}


def text(element: _Element) -> str:
    """Give the text of an element and its descendants, without white space or an escaped CDATA section around it."""
    said = ("".join(map(str, element.itertext())) if len(element) else element.text or "").strip()
    if said.startswith("<![CDATA[") and said.endswith("]]>"):
        return said.replace("<![CDATA[", "").replace("]]>", "").strip()
    return said


def line(element: _Element) -> str:
    """Give the text of an element, with white space collapsed."""
    return " ".join(text(element).split())


def keywords(elements: Iterable[_Element]) -> Iterable[str]:
    """Give the keywords in elements, which commas part."""
    return (word.strip() for each in elements for word in line(each).split(","))


def unescaped(text: str) -> str:
    """Unescape a text that was escaped once too often; a text that would get new tags stays as it is written."""
    meant = unescape(text) if "&" in text else text
    return meant if meant.count("<") == text.count("<") else text


def first(found: Found, *names: str) -> str:
    """Give the first text that is not empty, in the order of the names."""
    for each in names:
        for element in found.get(each, ()):
            if value := text(element):
                return value
    return ""


def elements(found: Found, *names: str) -> list[_Element]:
    """Give all elements of these names, in the order of the names."""
    return [element for each in names for element in found.get(each, ())]


def every(found: Found, *names: str) -> list[str]:
    """Give all texts that are not empty, in the order of the names."""
    return [value for each in names for element in found.get(each, ()) if (value := text(element))]


def attribute(element: _Element, wanted: str) -> str:
    """Give the value of an attribute, whatever the case and namespace of its name; or empty."""
    value = element.get(wanted)
    if value is None:
        letters = wanted.lower()
        value = next((str(it) for key, it in element.items() if local(str(key)) == letters), "")
    return value.strip()


@lru_cache(maxsize=1024)
def local(tag: str) -> str:
    """Give a name without its namespace and prefix, in lower case.

    One namespace has several addresses among publishers.
    """
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def markup(element: _Element, *, literal: bool = False) -> str:
    """Give the content of an element as HTML: child elements are written out as tags.

    Args:
        element: The element.
        literal: Whether its text is plain text, as in XHTML, and not escaped markup.
    """
    if not len(element):
        return escape(element.text or "", quote=False) if literal else element.text or ""
    copied = deepcopy(element)
    for descendant in copied.iterdescendants(etree.Element):
        written = descendant.tag.rpartition("}")[2].rpartition(":")[2]
        descendant.tag = written if written[:1].isalpha() else "span"  # "-1" is a name only behind a prefix
    copied.tag, copied.tail = "div", None
    copied.attrib.clear()
    etree.strip_attributes(copied, f"{_XML}base", f"{_XML}lang")
    etree.cleanup_namespaces(copied)
    html = etree.tostring(copied, method="html", encoding="unicode")
    return html[html.index(">") + 1 : -len("</div>")]  # the tag itself may carry declarations of namespaces


def web(url: str, base: str) -> str:
    """Give the absolute `http:` or `https:` address that a link leads to, or empty.

    It is never a `file:` address, whatever the base: a feed must not lead to files of the machine that reads it.
    """
    if not url or len(url) > _LONGEST_ADDRESS:
        return ""
    address = url.strip().replace("&amp;", "&")  # many are escaped once too often
    resolved = absolute(f"http://{address}" if address.startswith("www.") else address, base)
    return resolved if resolved.startswith(_HTTP) else ""


def base(element: _Element, outer: str) -> str:
    """Give the base of an element's links (XML Base); `outer` is that of the element around it."""
    own = element.get(f"{_XML}base")
    return (web(own, outer) or outer) if own else outer


def language(element: _Element, outer: str) -> str:
    """Give an element's language (`xml:lang`; XML, section 2.12); `outer` is that of the element around it."""
    own = element.get(f"{_XML}lang")
    return outer if own is None else own.strip()[:LONGEST_LINE]


def spoken(found: Found, outer: str, *names: str) -> str:
    """Give the language of the first of these elements that there is, in the order of the names; else `outer`."""
    return next((language(element, outer) for each in names for element in found.get(each, ())), outer)


def unique(values: Iterable[Value]) -> tuple[Value, ...]:
    """Give the values in order, without empty ones and repeats."""
    return tuple(dict.fromkeys(filter(None, values)))
