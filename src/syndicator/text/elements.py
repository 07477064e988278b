"""What an article's markup may hold, how its elements behave, and where its links lead; without a parser of it."""

import re

from syndicator.text.characters import unescape

WRAPPERS = frozenset({"address", "article", "aside", "center", "div", "footer", "header", "main", "nav", "section"})
"""Blocks that only group others."""

BLOCKS = frozenset(
    {"blockquote", "details", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"}
)
"""Blocks that say something."""

PARTS = frozenset({"caption", "dd", "dt", "figcaption", "li", "summary", "tr"})
"""Parts of blocks, each with lines of its own."""

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
"""Everything that stays."""

RENAMED = {"acronym": "abbr", "dir": "ul", "menu": "ul", "strike": "s", "tt": "code"}
"""What editors still write, and what HTML has in its place (section 16.2): what is struck out must look so."""

DISCARDED = frozenset(
    {"applet", "button", "canvas", "datalist", "embed", "iframe", "noembed", "noframes", "noscript", "object", "script"}
    | {"select", "style", "svg", "template", "textarea", "title", "xmp"}
)
"""What goes with its content; any other element goes, and its content stays."""

LAZY = ("data-src", "data-original", "data-lazy-src")
"""Where scripts that load pictures late keep the address."""

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
"""Links of a body that are looked at."""
_HREF = re.compile('<a href="([^"]*)"')


def links_in(html: str) -> list[str]:
    """The addresses that sanitised markup links to, in order: of the first 50 links."""
    return [unescape(it) for it in _HREF.findall(html)[:MOST_LINKS]] if "<a" in html else []
