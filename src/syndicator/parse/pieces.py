"""A body that its page cuts into pieces, with advertisements and side notes between them."""

from collections import defaultdict
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.tree import inner_html
from syndicator.parse.witness import Witness, words_of
from syndicator.text.markup import plain

_MOST_PARAGRAPHS = 2_000
_MOST_PIECES = 50
_LONG = 1_000  # characters that are worth it
_SAME = 0.97


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
        known = [witness.knows(it) >= _SAME for it in texts]
        missed = sum(len(it) for it, is_known in zip(texts, known, strict=True) if not is_known)
        taken = sum(len(it) for it, is_known in zip(texts, known, strict=True) if is_known)
        if missed > _LONG and 2 * taken > len(plain(body)) and _is_one_article(found):
            return "".join(map(inner_html, found))
    return ""


def _is_one_article(pieces: list[HtmlElement]) -> bool:
    """Whether there is no headline between pieces, and no other article."""
    around = [next((it for it in piece.iterancestors("article")), None) for piece in pieces]
    nested = any(set(piece.iterancestors()) & set(pieces) for piece in pieces)
    shared = set(pieces[0].iterancestors()).intersection(*(piece.iterancestors() for piece in pieces[1:]))
    holder = next((it for it in pieces[0].iterancestors() if it in shared), None)
    headlines = sum(1 for _ in islice(holder.iter("h1"), 2)) if holder is not None else 0
    return headlines <= 1 and not nested and len(set(around)) == 1
