"""Add to a body what the extractor left out: pieces behind advertisements, headings, a lead."""

import re
from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.article.witness import Witness, is_linked, leaves, words_of
from syndicator.parse.decoding.tree import drop, fragment, has, inner_html, marks, words
from syndicator.text.markup import plain

_MOST_PARAGRAPHS = 2_000
"""The most paragraphs of a page that are looked at."""
_MOST_PIECES = 50
"""The most pieces of one body."""
_LONG = 1_000
"""Characters of missed pieces, with more of which the body is replaced."""
_HEADINGS = ("h2", "h3", "h4")
"""Headings inside a body."""
_MOST_HEADINGS = 200
"""The most headings of a page that are looked at."""
_LONGEST_HEADING = 120
"""The most characters of a heading inside a body."""
_MORE = 1.2
"""How many times as long as without headings the body with them may be."""
_LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|chapo|chapeau|intro(?:[-_]?text)?|standfirst|vorspann|entradilla|sommario|anons)(?![a-z])"
)
"""A class or id that marks a lead."""
_SHORTEST_LEAD, _LONGEST_LEAD = 40, 1_000
"""The fewest and the most characters of a lead."""
_NEAR = 4
"""How many ancestors of a lead are looked at for one that also holds the body."""
_KNOWN = 0.5
"""The share of a lead's words that a body has, above which the lead is in it already."""


def continued(root: HtmlElement, body: str) -> str:
    """Give the whole body if a page cuts it into pieces, with advertisements between them, and some were left out.

    Pieces are elements with the same class that hold paragraphs, but not several articles on one page.

    Returns:
        The markup of all pieces; empty: the body is not in pieces, or too little was left out.
    """
    witness = Witness(plain(body))
    pieces: dict[str, list[HtmlElement]] = defaultdict(list)
    for paragraph in islice(root.iter("p"), _MOST_PARAGRAPHS):
        holder = paragraph.getparent()
        if holder is not None and (named := holder.get("class")) and holder not in pieces[named][-1:]:
            pieces[named].append(holder)
    for found in pieces.values():
        texts = [words_of(it) for it in found] if 1 < len(found) <= _MOST_PIECES else []
        known = [witness.knows_all(it) for it in texts]
        missed = sum(len(it) for it, is_known in zip(texts, known, strict=True) if not is_known)
        taken = sum(len(it) for it, is_known in zip(texts, known, strict=True) if is_known)
        if missed > _LONG and 2 * taken > len(plain(body)) and _is_one_article(found):
            return "".join(map(inner_html, found))
    return ""


def _is_one_article(pieces: list[HtmlElement]) -> bool:
    """Whether pieces are parts of one article: there is at most one headline, and they share the `article` element."""
    around = [next(piece.iterancestors("article"), None) for piece in pieces]
    nested = any(set(piece.iterancestors()) & set(pieces) for piece in pieces)
    shared = set(pieces[0].iterancestors()).intersection(*(piece.iterancestors() for piece in pieces[1:]))
    holder = next((it for it in pieces[0].iterancestors() if it in shared), None)
    headlines = sum(1 for _ in islice(holder.iter("h1"), 2)) if holder is not None else 0
    return headlines <= 1 and not nested and len(set(around)) == 1


def with_headings(root: HtmlElement, body: str) -> str:
    """Give a body without headings those that the page shows between its paragraphs; empty: there are none.

    The extractor keeps headings only on pages whose form it knows.
    """
    if not body or has(fragment(body), *_HEADINGS):
        return ""
    witness = Witness(plain(body))
    if not any(_is_above(it, witness) for it in islice(root.iter(*_HEADINGS), _MOST_HEADINGS)):
        return ""
    places = witness.places(root)
    pruned = witness.prune(places[0], strict=True) if len(places) == 1 else None
    if pruned is None:
        return ""
    drop([it for it in pruned.iter("h1", *_HEADINGS) if it.tag == "h1" or not _is_above(it, witness)])
    markup = inner_html(pruned)
    text, old = plain(markup), plain(body)
    is_same = len(text) <= _MORE * len(old) and Witness(text).knows_all(old)
    return markup if is_same and has(pruned, *_HEADINGS) else ""


def with_lead(root: HtmlElement, body: str) -> str:
    """Add the paragraph above the body that is marked as its lead, if the extractor has left it out."""
    first = next((line for it in leaves(fragment(body)) if len(line := words(it)) >= _SHORTEST_LEAD), "")
    lead, start = _marked_above(root, first) if first else (None, None)
    if lead is None or start is None or lead in start.iterancestors():
        return body
    if not _may_lead(lead) or Witness(plain(body)).knows(words(lead)) > _KNOWN:
        return body
    around = {it for it in islice(lead.iterancestors(), _NEAR) if it.tag not in {"body", "html"}}
    if around.isdisjoint(start.iterancestors()):
        return body
    inner = inner_html(lead)
    return (inner if next(lead.iterdescendants("p"), None) is not None else f"<p>{inner}</p>") + body


def _marked_above(root: HtmlElement, first: str) -> tuple[HtmlElement | None, HtmlElement | None]:
    """Find the last element marked as a lead before the one with the body's first words, and that one."""
    lead: HtmlElement | None = None
    for element in islice(root.iter("p", "div", "section", "li", "h2"), _MOST_PARAGRAPHS):
        if first.startswith((element.text or "").strip()[:_SHORTEST_LEAD] or "\0") and words(element) == first:
            return lead, element
        if _LEAD.search(marks(element)):
            lead = element
    return None, None


def _may_lead(element: HtmlElement) -> bool:
    """Whether an element reads like a lead: a few sentences that are not a link."""
    text = words(element)
    return _SHORTEST_LEAD <= len(text) <= _LONGEST_LEAD and text[-1] in '.!?…»”"' and not is_linked(element)


def _is_above(heading: HtmlElement, witness: Witness) -> bool:
    """Whether a heading stands right above a block that the text of the witness has."""
    below = heading.getnext()
    if below is None or below.tag not in {"p", "ul", "ol", "blockquote"}:
        return False
    return witness.knows(words(below)) == 1 and len(words(heading)) <= _LONGEST_HEADING
