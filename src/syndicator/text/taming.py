"""Make markup cheap for parsers: remove, in linear time, what would cost them quadratic time.

HTML parsers compare each attribute of a tag with all before it, walk the stack of open elements for each tag, and
search the rest of a text for each `&` in it. A megabyte of any of these costs minutes. So a document that is big enough
to do harm is first read here, by the tokenizer's rules of the HTML standard (section 13.2.5), and written anew: with
bounded nesting, only the wanted attributes, and with references resolved.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from html import escape
from itertools import islice

from syndicator.text.characters import unescape

_SMALL = 16_000  # the most characters of a document that is left as it is: parsing one costs some 20 ms at worst
_FEW_TAGS = 500  # the most tags of a document that is left as it is
_DEEPEST = 200  # the deepest nesting of elements that is kept
_MOST_ATTRIBUTES = 50  # the most attributes of a tag that are looked at
_MOST_AMPERSANDS = 20_000  # the number of `&` in the text from which on they are dropped
_LONGEST_VALUE = 8_000  # the most characters of an attribute's value; only images written out as `data:` are longer

ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?+)?+"""
"""A regular expression for an attribute of a tag."""
# Each alternative consumes whatever it has looked at, so no character is looked at twice.
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
# The end tags of these may be left out: the parser closes the elements itself, so they do not nest ever deeper.
_SELF_CLOSING = frozenset({"colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"})


def tame(html: str, tags: AbstractSet[str], attributes: AbstractSet[str]) -> str:
    """Rewrite a document so that it means the same to a parser, but is cheap to parse.

    Args:
        html: Markup of any size, possibly malicious.
        tags: The names of the tags to keep, in lower case, without raw text elements; other tags are removed, but their
            content stays.
        attributes: The names of the attributes to keep, on any tag.

    Returns:
        A small document as it is. A bigger one written anew: without comments, scripts and other raw text, without the
        tags of elements nested more than 200 deep, and without `&` in the text from the 20,000th on.
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
