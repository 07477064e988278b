"""The one sanitiser: an article's markup, safe to publish, by nh3 (ammonia, an HTML5 parser).

Around nh3 stands what it cannot do: addresses are made absolute, pictures that nobody sees go, and what comes out is
what it would leave as it is.
"""

import re
from html import escape

import nh3

from syndicator.text.characters import unescape
from syndicator.text.elements import ADDRESSES, ATTRIBUTES, DISCARDED, LAZY, NUMBERS, TAGS
from syndicator.text.markup import plain, prepared, text_to_html
from syndicator.text.urls import absolute

_PASSES = 8
_OTHER_LINKS = ("mailto:", "tel:")
_KEPT = TAGS - {"table"}  # in which a parser moves others
_WITH_ATTRIBUTES = re.compile('<([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")+)>|<(?:img|source)>')
_PAIR = re.compile(' ([a-z-]+)="([^"]*)"')
_PRE_NEWLINE = re.compile("(<pre[^>]*>)\n")

# At each of these signs (U+00A0 to U+00BF: «, », no-break spaces, …) nh3 looks through the rest of the text, for
# no-break spaces. Where they are a crowd, noncharacters take their places while it works: nobody may use those.
_SIGNS = tuple(map(chr, range(0xA0, 0xC0)))
_CROWD = 5_000
_STAND_INS = {0xA0 + number: 0xFDD0 + number for number in range(32)} | dict.fromkeys(range(0xFDD0, 0xFDF0))
_SIGNS_AGAIN = {stand_in: sign for sign, stand_in in _STAND_INS.items() if stand_in}


def clean(html: str, base: str = "") -> str:
    """An article's markup, safe to publish: an allow-list of tags and attributes, every address absolute.

    Scripts, styles, forms' fields and frames go with their content; other unknown tags go, their content stays. Links
    lead to http, https, mailto and tel only. Pictures that nobody sees (1×1) and pictures without an address go; one
    that a script would load late is given its address.

    Args:
        html: Any markup; what exceeds 2,000,000 characters is cut off.
        base: Where relative addresses start from; without it they go.

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
            return result  # what is tidy is so still
        result = again
    return text_to_html(plain(result))


def _sanitised(markup: str) -> str:
    if len(markup) > _CROWD and not markup.isascii() and sum(map(markup.count, _SIGNS)) > _CROWD:
        return _CLEANER.clean(markup.translate(_STAND_INS)).translate(_SIGNS_AGAIN).replace("&nbsp;", "\xa0")
    return _CLEANER.clean(markup).replace("&nbsp;", "\xa0")


def _tidied(sanitised: str, base: str) -> str:
    """What nh3 wrote, with absolute addresses and pictures that can be seen, and as it writes it once more."""
    result = sanitised
    if "\r" in result:
        result = result.replace("\r\n", "\n").replace("\r", "\n")
    if '="' in result or "<img" in result or "<source" in result:
        result = _WITH_ATTRIBUTES.sub(lambda tag: _judged(tag, base), result)
    if "<pre" in result:
        result = _PRE_NEWLINE.sub("\\1\n\n", result)  # the first one is the tag's, says the parser
    return result


def _judged(tag: re.Match[str], base: str) -> str:
    """A tag as nh3 wrote it, with what may stay of its attributes; empty for a picture that shows nothing."""
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
    """An attribute's value, escaped as it came, as it may stand; None: the attribute goes."""
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
# Attributes are looked at afterwards: to be called back for each would take twice the time of all the rest.
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DISCARDED),
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
