"""Keep words inside a sentence that the extractor would drop, or take for a block of their own: a time, a quotation.

It takes `time` for part of a byline, `label` for part of a form, `noindex` (which Russian engines put round links) for
an advertisement, and `code` and `q` for blocks. Inside a paragraph they are words like others.
"""

from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import has

_LOST = ("time", "label", "output", "noindex")
"""Elements that the extractor drops."""
_CUT_OUT = ("code", "q")
"""Elements that the extractor makes blocks of."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
"""Headings; a `time` in one is a byline's."""
_RUNNING = _HEADINGS | {"p", "li", "td", "dd", "blockquote"}
"""Elements with running text."""
_QUOTES = "\"'«“„‘"
"""Opening quotation marks."""
_NEAR = 4
"""How many ancestors of an element are looked at for one with running text."""
_MOST = 10_000
"""The most elements of a page that are changed."""
_SHOWN = ("img", "iframe", "input", "select", "p", "div")
"""Elements with one of which an element does not hold words alone."""


def keep_inline(root: HtmlElement) -> None:
    """Make spans of these elements if they stand in running text and hold only words.

    Args:
        root: Changed in place.
    """
    for element in list(islice(root.iter(*_LOST, *_CUT_OUT), _MOST)):
        around = {it.tag for it in islice(element.iterancestors(), _NEAR)}
        is_byline = element.tag == "time" and around & _HEADINGS
        if not around & _RUNNING or is_byline or "pre" in around or has(element, *_SHOWN):
            continue
        if element.tag == "code":
            element.tag = "tt" if "\n" not in element.text_content().strip() else "code"
            continue
        if element.tag == "q" and (element.text or "").strip()[:1] not in set(_QUOTES):
            element.text = f"“{element.text or ''}"
            last = element[-1] if len(element) else None
            if last is None:
                element.text += "”"
            else:
                last.tail = f"{last.tail or ''}”"
        element.tag = "span"
