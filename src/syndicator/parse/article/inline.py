"""Words inside a sentence that the extractor takes for none of it, or for a block of their own: a time, a name.

To it `time` is a byline's, `label` a form's, `noindex` (which Russian engines put round links) an advertisement's;
`code` and `q` are blocks. Inside a paragraph they are words as others are.
"""

from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import has

_LOST = ("time", "label", "output", "noindex")
_CUT_OUT = ("code", "q")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_RUNNING = _HEADINGS | {"p", "li", "td", "dd", "blockquote"}
_QUOTES = "\"'«“„‘"
_NEAR = 4  # elements round it, one of which is the paragraph
_MOST = 10_000
_SHOWN = ("img", "iframe", "input", "select", "p", "div")


def keep_inline(root: HtmlElement) -> None:
    """Make spans of these elements, where they stand in running text and hold words alone.

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
