"""A page as one tree, which every reader of pages shares, with the addresses its links start from."""

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
"""What of a page is read; the longest articles known to us have a fiftieth of it."""
MAX_ITEMS = 1_000
"""Articles of one list."""

_MOST_ATTRIBUTES = 1_000
_LONG_TAG = 8_000
_MOST_PIECES = 2_000
_LONGEST_CLASSES, _LONGEST_PIECE = 500, 160
UNSEEN = frozenset({"noscript", "script", "style", "template"})
"""Elements whose text nobody sees."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "wbr"}
)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)(?=[\s/>]).*?(?:</\1|\Z)"
    rf"|<([a-z][^\s/>]*+)((?:[\s/]++|{ATTRIBUTE})*+)|</(?:html|body)\s*+>",
    re.IGNORECASE | re.DOTALL,
)


class Page(Noun):
    """An HTML page.

    Attributes:
        url: The address that gave it.
        root: Its `html` element, without comments; the parser builds no tree deeper than 256 elements.
        base: Where its relative links start: `base href`, else `url`.
        canonical: What it names as its canonical address (RFC 6596, else `og:url`); empty: nothing on the web.
    """

    url: str
    root: HtmlElement
    base: str
    canonical: str

    @property
    def local(self) -> bool:
        """Whether it came from the operator's own disk: such a page may name files, one of the network never."""
        return self.url.startswith("file:")

    @property
    def public_base(self) -> str:
        """Where links start that are published: a file's are those of the page it is a copy of; empty: unknown."""
        return self.canonical if self.base.startswith("file:") else self.base

    def link(self, href: str) -> str:
        """The absolute address of an article, or an empty string for anything but a page we may ask for."""
        url = absolute(href, self.base)
        return url if self.local or not url.startswith("file:") else ""

    def key(self, url: str) -> str:
        """What identifies an article's address inside its source: a file's name does, wherever its folder lies."""
        return canonical(url).removeprefix(canonical(self.url).rpartition("/")[0] + "/" if self.local else "")

    def asset(self, href: str) -> str:
        """The absolute `http(s)` address of what is only published, such as a picture, or an empty string."""
        return web(href, self.public_base)


def open_page(response: Response) -> Page:
    """Parse a body as HTML.

    Raises:
        Unreadable: There is no element in it.
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
    """A piece of markup as a tree."""
    return document_fromstring(f"<div>{html}</div>")


def words(element: HtmlElement) -> str:
    """What a reader sees of an element, on one line; of a big one, its beginning."""
    if not len(element):
        return "" if element.tag in UNSEEN else one_line(element.text or "")
    pieces: list[str | None] = []
    walk = iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if node.tag in UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(node.text)
        pieces.append("" if node.tag in _INLINE else " ")
        if event == "end" and node is not element:
            pieces.append(node.tail)
        if len(pieces) > _MOST_PIECES:
            break
    return one_line("".join(filter(None, pieces)))


def class_names(element: HtmlElement) -> list[str]:
    """The classes of an element, as they are written."""
    return (element.get("class") or "").split()


def classes(element: HtmlElement) -> str:
    """The classes of an element, in lower case."""
    return (element.get("class") or "")[:_LONGEST_CLASSES].lower()


def marks(element: HtmlElement) -> str:
    """Its classes and its id in lower case, as words: `DonatesTeaser` is `donates-teaser`."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_CLASSES]
    return _HUMP.sub("-", named).lower()


def tokens(element: HtmlElement, name: str) -> list[str]:
    """The words of one of its attributes, such as `rel`, in lower case."""
    return (element.get(name) or "").lower().split()


def has(element: HtmlElement, *tags: str) -> bool:
    """Whether it is, or holds, one of these elements."""
    return next(element.iter(*tags), None) is not None


def is_bigger(element: HtmlElement, most: int) -> bool:
    """Whether there are more than so many elements, itself included."""
    return next(islice(element.iter(), most, None), None) is not None


def depth(element: HtmlElement) -> int:
    """How many elements it stands in."""
    return sum(1 for _ in element.iterancestors())


def linked(element: HtmlElement) -> int:
    """How many characters of it stand in links."""
    return sum(len(words(it)) for it in element.iter("a"))


def drop(elements: Iterable[HtmlElement]) -> None:
    """Take elements out of their tree, those that have not gone with another one yet; the text after them stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def own_text(element: HtmlElement) -> str:
    """The text that stands in an element, less what its elements hold; long pieces of it are cut."""
    return " ".join(text[:_LONGEST_PIECE] for text in (element.text, *(it.tail for it in islice(element, 20))) if text)


def outer_html(element: HtmlElement) -> str:
    """The element with its tags, without the text after it."""
    return str(tostring(element, encoding="unicode", with_tail=False))


def inner_html(element: HtmlElement) -> str:
    """What stands between the element's tags."""
    return escape(element.text or "", quote=False) + "".join(str(tostring(it, encoding="unicode")) for it in element)


def picture(element: HtmlElement) -> str:
    """The address an `img`, `source`, `meta` or `a` has for a picture, lazy ones included."""
    for name in ("data-src", "data-original", "src", "content", "href"):
        value = (element.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return value
    return next(iter((element.get("srcset") or "").split()), "").rstrip(",")


def moment(element: HtmlElement) -> str:
    """A date as written: in `datetime`, else in `content`, of an `abbr` in `title`, else as text."""
    abbreviated = element.get("title") if element.tag == "abbr" else ""
    return (element.get("datetime") or element.get("content") or abbreviated or "").strip() or words(element)


def _tamed(tag: re.Match[str]) -> str:
    """The tag; with a thousand attributes, without them: the parser compares each with all before it.

    The end of a page, or of its body, ends nothing (HTML standard, "after body"): what follows stands where it would.
    """
    if not tag[2]:
        return "" if tag[0].startswith("</") else tag[0]
    is_bomb = len(tag[3]) > _LONG_TAG and len(re.findall(ATTRIBUTE, tag[3])) > _MOST_ATTRIBUTES
    return f"<{tag[2]}" if is_bomb else tag[0]
