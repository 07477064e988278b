"""The elements and attributes that an article's markup may have, and the addresses it links to; without parser."""

import re

from syndicator.text.characters import unescape

WRAPPERS = frozenset({"address", "article", "aside", "center", "div", "footer", "header", "main", "nav", "section"})
"""Block elements that only group others."""

BLOCKS = frozenset(
    {"blockquote", "details", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"}
)
"""Block elements with content of their own."""

PARTS = frozenset({"caption", "dd", "dt", "figcaption", "li", "summary", "tr"})
"""Elements that are parts of blocks, each with its own lines."""

MEDIA = frozenset({"audio", "img", "source", "video"})

TAGS = (
    WRAPPERS
    | BLOCKS
    | PARTS
    | MEDIA
    | {"col", "colgroup", "tbody", "td", "tfoot", "th", "thead"}
    | {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp"}
    | {"rt", "ruby", "s", "samp", "small", "strong", "sub", "sup", "time", "u", "var"}
)
"""All elements that stay in a sanitised body."""

RENAMED = {"acronym": "abbr", "dir": "ul", "menu": "ul", "strike": "s", "tt": "code"}
"""Obsolete elements that editors still write, and the current ones (HTML standard, section 16.2).

They are renamed, not dropped: for example, text that is struck out must still look so.
"""

DISCARDED = frozenset(
    {"applet", "button", "canvas", "datalist", "embed", "iframe", "noembed", "noframes", "noscript", "object", "script"}
    | {"select", "style", "svg", "template", "textarea", "title", "xmp"}
)
"""Elements that are removed with their content; of any other unknown element, the content stays."""

LAZY = ("data-src", "data-original", "data-lazy-src")
"""Attributes in which scripts that load pictures late keep the address."""

ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "src", "srcset", "title", "width", *LAZY},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "src", "width"},
}
ATTRIBUTE_NAMES = frozenset[str]().union(*ATTRIBUTES.values())
ADDRESSES = frozenset({"cite", "href", "poster", "src", *LAZY})
NUMBERS = frozenset({"colspan", "height", "rowspan", "span", "start", "value", "width"})

MOST_LINKS = 50
"""The most links of a body that are looked at."""
_HREF = re.compile('<a href="([^"]*)"')


def links_in(html: str) -> list[str]:
    """The addresses of the first 50 links in sanitised markup, in order."""
    return [unescape(it) for it in _HREF.findall(html)[:MOST_LINKS]] if "<a" in html else []
