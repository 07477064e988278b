"""Markup made harmless for parsers: what would cost them quadratic time is taken out in linear time.

HTML parsers compare each attribute of a tag with all before it, walk the stack of open elements for each tag, and
look through the rest of a text for each `&` in it. A megabyte of any of these costs minutes. So a document that is
big enough to hurt is read here first, by the tokenizer's rules of the HTML standard (section 13.2.5), and written
anew: with bounded nesting, only the attributes that are wanted, and references resolved.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from html import escape
from itertools import islice

from syndicator.text.characters import unescape

_SMALL = 16_000  # characters: the worst that such a document costs is some 20 ms
_FEW_TAGS = 500
_DEEPEST = 200
_MOST_ATTRIBUTES = 50
_MOST_AMPERSANDS = 20_000
_LONGEST_VALUE = 8_000  # characters; only pictures written out as data: are longer

ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
"""An attribute of a tag, in a pattern."""
# Whatever happens, each alternative consumes what it looked at: no character is looked at twice.
_TOKEN = re.compile(
    rf"""
    (?P<text>[^<]++)
  | <!--(?:-?>|.*?(?:--!?>|\Z))
  | <(?:[!?]|/(?![a-z]))[^>]*+>?
  | <(?P<raw>script|style|iframe|noembed|noframes|noscript|textarea|title|xmp)(?=[\s/>])
    .*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)
  | <(?P<close>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{ATTRIBUTE})*+)>?
  | (?P<stray><)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_PAIR = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>"'][^\s>]*+))?+)?+""")

_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
# Their end tags may be left out: the parser closes them by itself, so that they do not pile up.
_SELF_CLOSING = frozenset({"colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"})


def tame(html: str, tags: AbstractSet[str], attributes: AbstractSet[str]) -> str:
    """The same document for a parser, but cheap to parse.

    Args:
        html: Of any size and malice.
        tags: Those to keep, in lower case, none of them a raw text element; other tags go, their content stays.
        attributes: Those to keep, on whatever tag.

    Returns:
        A small document as it is. Another one written anew: comments, scripts and other raw text gone, elements
        nested more than 200 deep opened up, and from the 20,000th on no `&` in the text.
    """
    if len(html) <= _SMALL and html.count("<") <= _FEW_TAGS:
        return html
    kept: list[str] = []
    depth, is_open, dropped = 0, Counter[str](), Counter[str]()
    ampersands = 0
    for token in _TOKEN.finditer(html):
        name = (token["name"] or "").lower()
        if not name:
            text = _resolved(token["text"] or token["stray"] or "")
            ampersands += text.count("&amp;")
            kept.append(text if ampersands < _MOST_AMPERSANDS else text.replace("&amp;", ""))
        elif name not in tags:
            continue
        elif name in _VOID or name in _SELF_CLOSING:
            kept.append(_written(token, name, attributes))
        elif token["close"]:
            if dropped[name]:
                dropped[name] -= 1
                continue
            if is_open[name]:
                is_open[name] -= 1
                depth -= 1
            kept.append(f"</{name}>")
        elif depth == _DEEPEST:
            dropped[name] += 1
        else:
            is_open[name] += 1
            depth += 1
            kept.append(_written(token, name, attributes))
    return "".join(kept)


def _resolved(text: str) -> str:
    return escape(unescape(text) if "&" in text else text, quote=False)


def _written(token: re.Match[str], name: str, attributes: AbstractSet[str]) -> str:
    if token["close"]:
        return f"</{name}>"
    pairs: dict[str, str] = {}
    for pair in islice(_PAIR.finditer(token["attributes"]), _MOST_ATTRIBUTES):
        key, value = pair[1].lower(), pair[2] or pair[3] or pair[4] or ""
        if key in attributes and len(value) <= _LONGEST_VALUE:
            pairs.setdefault(key, value)
    return "".join([f"<{name}", *(f' {key}="{_quoted(value)}"' for key, value in pairs.items()), ">"])


def _quoted(value: str) -> str:
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
