"""The only sanitiser: it makes an article's markup safe to publish, with nh3 (ammonia, an HTML5 parser).

This module adds what nh3 cannot do: it makes addresses absolute, removes pictures that nobody sees, and repeats the
passes until nh3 leaves the result as it is.
"""

import re
from html import escape

import nh3

from syndicator.text.characters import unescape
from syndicator.text.elements import ADDRESSES, ATTRIBUTES, DISCARDED, LAZY, NUMBERS, TAGS
from syndicator.text.markup import plain, prepared, text_to_html
from syndicator.text.urls import absolute

_PASSES = 8  # the most passes through nh3 after the first
_OTHER_LINKS = ("mailto:", "tel:")
_KEPT = TAGS - {"table"}  # a parser moves other elements out of a table
_WITH_ATTRIBUTES = re.compile('<([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")+)>|<(?:img|source)>')
_PAIR = re.compile(' ([a-z-]+)="([^"]*)"')
_PRE_NEWLINE = re.compile("(<pre[^>]*>)\n")

# At each of these signs (U+00A0 to U+00BF: «, », no-break spaces, …) nh3 searches the rest of the text for no-break
# spaces. Where there are many of them, they are replaced by noncharacters, which no text may use, while it works.
_SIGNS = tuple(map(chr, range(0xA0, 0xC0)))
_CROWD = 5_000
_STAND_INS = {0xA0 + number: 0xFDD0 + number for number in range(32)} | dict.fromkeys(range(0xFDD0, 0xFDF0))
_SIGNS_AGAIN = {stand_in: sign for sign, stand_in in _STAND_INS.items() if stand_in}


def clean(html: str, base: str = "") -> str:
    """Make an article's markup safe to publish, by an allow-list of tags and attributes, with absolute addresses.

    Scripts, styles, forms' fields and frames are removed with their content; other unknown tags are removed, but their
    content stays. Links lead to http, https, mailto and tel only. Pictures that nobody sees (1×1) and pictures without
    an address are removed; a picture that a script would load late is given its address.

    Args:
        html: Any markup; only the first 2,000,000 characters are read.
        base: The address that relative addresses start from; without it, these are removed.

    Returns:
        A fragment that the same call leaves as it is.
    """
    markup, names = prepared(html)
    sanitised = _sanitised(markup)
    result = _tidied(sanitised, base)
    if sanitised.count("<") == markup.count("<") == len(names) and _KEPT.issuperset(map(str.lower, set(names))):
        return result  # nh3 has left all tags where they were, and would do so again
    # Tags were taken out or put in, and the tree may be one that no parser would build, such as a heading inside a
    # heading. Parsed once more it takes another shape, and nearly always keeps it.
    for _ in range(_PASSES):
        sanitised = _sanitised(result)
        if sanitised == result or (again := _tidied(sanitised, base)) == result:
            return result  # nh3 has changed nothing, so no further pass would
        result = again
    return text_to_html(plain(result))


def _sanitised(markup: str) -> str:
    if len(markup) > _CROWD and not markup.isascii() and sum(map(markup.count, _SIGNS)) > _CROWD:
        return _CLEANER.clean(markup.translate(_STAND_INS)).translate(_SIGNS_AGAIN).replace("&nbsp;", "\xa0")
    return _CLEANER.clean(markup).replace("&nbsp;", "\xa0")


def _tidied(sanitised: str, base: str) -> str:
    """The output of nh3 with absolute addresses and visible pictures only, written as nh3 would write it again."""
    result = sanitised
    if "\r" in result:
        result = result.replace("\r\n", "\n").replace("\r", "\n")
    if '="' in result or "<img" in result or "<source" in result:
        result = _WITH_ATTRIBUTES.sub(lambda tag: _judged(tag, base), result)
    if "<pre" in result:
        result = _PRE_NEWLINE.sub("\\1\n\n", result)  # a parser drops the first one behind the tag
    return result


def _judged(tag: re.Match[str], base: str) -> str:
    """A tag as nh3 wrote it, with those of its attributes that may stay; empty for a picture that shows nothing."""
    name = tag[1]
    if not name:
        return ""
    pairs = {
        key: value
        for key, written in _PAIR.findall(tag[2])
        if (value := _attribute(key, written, base) if key in _LOOKED_AT else written) is not None
    }
    if name in {"img", "source"}:
        addresses = [pairs.pop(key, "") for key in (*LAZY, "src", "srcset")]
        address = next(filter(None, addresses), "")
        if not address or {pairs.get("width"), pairs.get("height")} & {"0", "1"}:
            return ""
        pairs = {"src": address, **pairs}
    attributes = "".join([f' {key}="{value}"' for key, value in pairs.items()])
    return f"<{name}{attributes}>"


def _attribute(name: str, written: str, base: str) -> str | None:
    """The value that an attribute may have, escaped as it came; None if the attribute must be removed."""
    value = unescape(written) if "&" in written else written
    if name in NUMBERS:
        return value if value.isascii() and value.isdigit() and len(value) <= 5 else None
    if name == "srcset":
        value = next(iter(value.split()), "").rstrip(",")
    address = absolute(value, base)
    if address.startswith("http"):
        return address.replace("&", "&amp;") if "&" in address else address
    value = value.strip()
    return (
        escape(value, quote=False).replace('"', "&quot;") if name == "href" and value.startswith(_OTHER_LINKS) else None
    )


_LOOKED_AT = ADDRESSES | NUMBERS | {"srcset"}
# Attributes are judged afterwards: a callback from nh3 for each of them would take twice the time of all the rest.
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DISCARDED),
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
