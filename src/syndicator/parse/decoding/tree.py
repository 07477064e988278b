"""Parse a page to a tree, which all readers of pages share, and read elements of it."""

import re
from collections.abc import Iterable
from html import escape
from itertools import islice

from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun
from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_html
from syndicator.parse.failures import Unreadable
from syndicator.text.characters import one_line
from syndicator.text.markup import legal_html
from syndicator.text.taming import ATTRIBUTE
from syndicator.text.urls import absolute, canonical, web

MAX_CHARACTERS = 5_000_000
"""Characters of a page that are read; the longest articles that we know have a fiftieth of it."""
MAX_ITEMS = 1_000
"""The most articles that are read of one list."""

_MOST_ATTRIBUTES = 1_000
"""The most attributes of a tag; those of a tag with more are removed."""
_LONG_TAG = 8_000
"""Characters of attributes, with more of which the attributes of a tag are counted."""
_MOST_PIECES = 2_000
"""The most pieces of an element's text that `words` gives."""
_LONGEST_CLASSES, _LONGEST_PIECE = 500, 160
"""Characters of an element's classes that are read, and of a piece of its own text."""
UNSEEN = frozenset({"noscript", "script", "style", "template"})
"""Elements whose text readers do not see."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins in a name like `DonatesTeaser`."""
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "wbr"}
)
"""Elements inside a line; any other one parts words."""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)(?=[\s/>]).*?(?:</\1|\Z)"
    rf"|<([a-z][^\s/>]*+)((?:[\s/]++|{ATTRIBUTE})*+)|</(?:html|body)\s*+>",
    re.IGNORECASE | re.DOTALL,
)
"""What `_tamed` gets: a comment, an element whose content is no markup, a start tag, an end tag of `body` or `html`.

Only a start tag of another element has the second group (its name) and the third (its attributes). Comments and
elements without markup are matched whole, so that what looks like a tag in them is none.
"""


class Page(Noun):
    """An HTML page.

    Attributes:
        url: The address that it was read from.
        root: Its `html` element, without comments; the parser builds no tree deeper than 256 elements.
        base: The base of its relative links: `base href`, else `url`.
        canonical: The canonical address that it names (RFC 6596, else `og:url`); empty: it names none on the web.
    """

    url: str
    root: HtmlElement
    base: str
    canonical: str

    @property
    def local(self) -> bool:
        """Whether it is a file of the operator's: only such a page may link to files."""
        return self.url.startswith("file:")

    @property
    def public_base(self) -> str:
        """The base of links that are published: of a file, the address of the page that it is a copy of; or empty."""
        return self.canonical if self.base.startswith("file:") else self.base

    def link(self, href: str) -> str:
        """Give the absolute address of an article, or an empty string for one that must not be requested."""
        url = absolute(href, self.base)
        return url if self.local or not url.startswith("file:") else ""

    def key(self, url: str) -> str:
        """Give what identifies an article's address in its source: of a file, its path from the page's folder."""
        return canonical(url).removeprefix(canonical(self.url).rpartition("/")[0] + "/" if self.local else "")

    def asset(self, href: str) -> str:
        """Give the absolute `http(s)` address of something that is only published, such as a picture; or empty."""
        return web(href, self.public_base)


def open_page(response: Response) -> Page:
    """Parse a body as HTML.

    Raises:
        Unreadable: The body has no element.
    """
    text = _TAG.sub(_tamed, legal_html(decode_html(response.body, response.content_type)[:MAX_CHARACTERS]))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root: HtmlElement = document_fromstring(text.encode(errors="replace"), parser=parser)
    except ParserError:
        raise Unreadable(FailureKind.EMPTY, "The page is empty.", "Open the address in a browser.") from None
    base = web(next(map(str, root.xpath("//base/@href")), ""), response.url) or response.url
    named = (
        *root.xpath("//link[@href][contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href"),
        *root.xpath("//meta[@property='og:url' or @name='og:url']/@content"),
    )
    declared = next(filter(None, (web(href, base) for href in named)), "")
    return Page(url=response.url, root=root, base=base, canonical=declared)


def fragment(html: str) -> HtmlElement:
    """Parse a piece of markup to a tree."""
    return document_fromstring(f"<div>{html}</div>")


def words(element: HtmlElement) -> str:
    """Give the text of an element that a reader sees, on one line; of a big element, only the beginning."""
    if not len(element):
        return "" if element.tag in UNSEEN else one_line(element.text or "")
    pieces: list[str | None] = []
    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        pieces.append("" if node.tag in _INLINE else " ")
        if node.tag in UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(node.text)
        if event == "end" and node is not element:
            pieces.append(node.tail)
        if len(pieces) > _MOST_PIECES:
            break
    return one_line("".join(filter(None, pieces)))


def class_names(element: HtmlElement) -> list[str]:
    """Give the classes of an element, as written."""
    return (element.get("class") or "").split()


def classes(element: HtmlElement) -> str:
    """Give the classes of an element as one text, in lower case."""
    return (element.get("class") or "")[:_LONGEST_CLASSES].lower()


def marks(element: HtmlElement) -> str:
    """Give an element's classes and id in lower case, with words parted: `DonatesTeaser` is `donates-teaser`."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_CLASSES]
    return _HUMP.sub("-", named).lower()


def tokens(element: HtmlElement, name: str) -> list[str]:
    """Give the words of an attribute, such as `rel`, in lower case."""
    return (element.get(name) or "").lower().split()


def has(element: HtmlElement, *tags: str) -> bool:
    """Whether an element is, or holds, one with one of these tags."""
    return next(element.iter(*tags), None) is not None


def is_bigger(element: HtmlElement, most: int) -> bool:
    """Whether an element has more than `most` elements in it, itself included."""
    return next(islice(element.iter(), most, None), None) is not None


def depth(element: HtmlElement) -> int:
    """Count the ancestors of an element."""
    return sum(1 for _ in element.iterancestors())


def linked(element: HtmlElement) -> int:
    """Count the characters of an element that stand in links."""
    return sum(len(words(it)) for it in element.iter("a"))


def drop(elements: Iterable[HtmlElement]) -> None:
    """Remove elements from their tree, unless they were removed with another one; the text after them stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def own_text(element: HtmlElement) -> str:
    """Give the text that stands directly in an element, between its children; long pieces of it are cut."""
    return " ".join(text[:_LONGEST_PIECE] for text in (element.text, *(it.tail for it in islice(element, 20))) if text)


def outer_html(element: HtmlElement) -> str:
    """Write an element with its tags, without the text after it."""
    return str(tostring(element, encoding="unicode", with_tail=False))


def inner_html(element: HtmlElement) -> str:
    """Write what stands between an element's tags."""
    return escape(element.text or "", quote=False) + "".join(str(tostring(it, encoding="unicode")) for it in element)


def picture(element: HtmlElement) -> str:
    """Give the address of a picture in an `img`, `source`, `meta` or `a`, as written, even if it is loaded lazily."""
    for name in ("data-src", "data-original", "src", "content", "href"):
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    return next(iter((element.get("srcset") or "").split()), "").rstrip(",")


def moment(element: HtmlElement) -> str:
    """Give a date as written: in `datetime`, else in `content`, else in the `title` of an `abbr`, else as text."""
    abbreviated = element.get("title") if element.tag == "abbr" else ""
    return (element.get("datetime") or element.get("content") or abbreviated or "").strip() or words(element)


def _tamed(tag: re.Match[str]) -> str:
    """Remove the attributes of a tag that has more than `_MOST_ATTRIBUTES`, and end tags of `body` and `html`.

    The parser compares each attribute with all before it, which takes quadratic time. What follows the end of a page
    or of its body belongs to the body all the same (HTML standard, "after body").
    """
    if not tag[2]:
        return "" if tag[0].startswith("</") else tag[0]
    is_bomb = len(tag[3]) > _LONG_TAG and len(re.findall(ATTRIBUTE, tag[3])) > _MOST_ATTRIBUTES
    return f"<{tag[2]}" if is_bomb else tag[0]
