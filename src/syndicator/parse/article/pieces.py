"""What an extractor leaves out of a body: pieces behind advertisements and side notes, headings, a lead."""

import re
from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.article.witness import Witness, is_linked, leaves, words_of
from syndicator.parse.decoding.tree import drop, fragment, has, inner_html, marks, words
from syndicator.text.markup import plain

_MOST_PARAGRAPHS = 2_000
_MOST_PIECES = 50
_LONG = 1_000  # characters that are worth it
_HEADINGS = ("h2", "h3", "h4")
_MOST_HEADINGS = 200
_LONGEST_HEADING = 120  # characters
_MORE = 1.2
_LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|chapo|chapeau|intro(?:[-_]?text)?|standfirst|vorspann|entradilla|sommario|anons)(?![a-z])"
)
_SHORTEST_LEAD, _LONGEST_LEAD = 40, 1_000  # characters
_NEAR = 4  # elements round a lead, one of which holds the body
_KNOWN = 0.5


def continued(root: HtmlElement, body: str) -> str:
    """The whole body where a page cuts it into pieces, with advertisements between them, and the extractor took some.

    Pieces are elements with the same class that hold paragraphs; several articles on one page are none.
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
    """Whether there is no headline between pieces, and no other article."""
    around = [next(piece.iterancestors("article"), None) for piece in pieces]
    nested = any(set(piece.iterancestors()) & set(pieces) for piece in pieces)
    shared = set(pieces[0].iterancestors()).intersection(*(piece.iterancestors() for piece in pieces[1:]))
    holder = next((it for it in pieces[0].iterancestors() if it in shared), None)
    headlines = sum(1 for _ in islice(holder.iter("h1"), 2)) if holder is not None else 0
    return headlines <= 1 and not nested and len(set(around)) == 1


def with_headings(root: HtmlElement, body: str) -> str:
    """The body with the headings that the page shows between its paragraphs, if it has none; empty: there are none.

    The extractor keeps headings only where it knows the page's form.
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
    """The body with the paragraph above it that is marked as its lead, if the extractor has left that out."""
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
    """The last element marked as a lead before the one with the body's first words, and that one."""
    lead: HtmlElement | None = None
    for element in islice(root.iter("p", "div", "section", "li", "h2"), _MOST_PARAGRAPHS):
        if first.startswith((element.text or "").strip()[:_SHORTEST_LEAD] or "\0") and words(element) == first:
            return lead, element
        if _LEAD.search(marks(element)):
            lead = element
    return None, None


def _may_lead(element: HtmlElement) -> bool:
    """Whether an element reads like a lead: a few sentences, that are no link."""
    text = words(element)
    return _SHORTEST_LEAD <= len(text) <= _LONGEST_LEAD and text[-1] in '.!?…»”"' and not is_linked(element)


def _is_above(heading: HtmlElement, witness: Witness) -> bool:
    """Whether a heading stands right above something that the text knows."""
    below = heading.getnext()
    if below is None or below.tag not in {"p", "ul", "ol", "blockquote"}:
        return False
    return witness.knows(words(below)) == 1 and len(words(heading)) <= _LONGEST_HEADING
