"""Blocks that contain only links: share buttons, and the links below «Читайте также» or «Подписывайтесь:»."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from syndicator.social import wording
from syndicator.social.calls import STRICT, Line, opens_list
from syndicator.social.headings import as_heading
from syndicator.social.labels import letters_left, tidy
from syndicator.social.naming import Naming
from syndicator.social.openings import LONGEST, ends
from syndicator.social.platforms import PRESENT, match
from syndicator.text.blocks import Block

_MOST = 30  # the most links of a row
_COLONS = (":", "：")
_BESIDE = 60  # the most characters of a row beside the texts of its links: labels, and what stands between them

Reason = tuple[str, str]
"""A line's class, and the rule that gave it."""


def is_share_row(block: Block, page_url: str) -> bool:
    """Whether a block contains only links that share the page, as plugins put into feeds."""
    return len([*islice(filter(str.isalpha, _beside(block)), STRICT + 1)]) <= STRICT and all(
        (link := match(href, page_url=page_url)) and link.kind == "share" for _, href in block.links
    )


def below_pointers(
    blocks: Sequence[Block], found: Mapping[int, Reason], filled: Sequence[int]
) -> Iterator[tuple[int, Reason]]:
    """The blocks below a heading such as «Читайте также» that contain only links, each with its reason."""
    for position, (line_class, _) in found.items():
        if line_class != "related" or not wording.RELATED.fullmatch(wording.plain(tidy(blocks[position].text))):
            continue
        for below in filled[filled.index(position) + 1 :]:
            linked = sum(len(text.replace(" ", "")) for text, _ in blocks[below].links)
            if below in found or not linked or linked < len("".join(blocks[below].text.split())) - STRICT:
                break
            yield below, ("related", "list")


def below_calls(
    blocks: Sequence[Block],
    found: Mapping[int, Reason],
    filled: Sequence[int],
    called: Naming,
    known: frozenset[str],
) -> dict[int, Reason]:
    """Blocks of links to accounts, and the call above them that names no platform («Подписывайтесь на нас:»)."""
    more: dict[int, Reason] = {}
    if filled and filled[-1] not in found and blocks[filled[-1]].text.rstrip().endswith(_COLONS):
        last = _heading(blocks[filled[-1]], (), called, known)  # the links below it had no text, as icons have none
        if opens_list(last):
            more[filled[-1]] = ("subscribe", "call")
    for position in (it for it in ends(filled) if blocks[it].links):
        index = bisect_left(filled, position)
        if found.get(position, ("social_bar",))[0] != "social_bar" or not (index and _is_of_accounts(blocks[position])):
            continue
        above = filled[index - 1]
        if above not in more and found.get(above, ("",))[0] != "subscribe":
            if above in found or not opens_list(_heading(blocks[above], blocks[position].links, called, known)):
                continue
            more[above] = ("subscribe", "call")
        more[position] = ("subscribe", "list")
    return more


def _heading(block: Block, links: tuple[tuple[str, str], ...], called: Naming, known: frozenset[str]) -> Line:
    """A block that may be the heading of a row, as a line with the links below it."""
    text = wording.plain(tidy(block.text)) if len(block.text) <= LONGEST else ""
    return Line(as_heading(text, is_marked=False), links, called, "", False, known)


def _is_of_accounts(block: Block) -> bool:
    """Whether a block contains only links to accounts, each perhaps with the name of its platform."""
    if len(block.text) > _BESIDE + sum(len(text) for text, _ in block.links):
        return False  # this is the case for nearly every paragraph
    if any((link := match(href)) is None or link.kind not in PRESENT for _, href in block.links[:_MOST]):
        return False
    return letters_left(tidy(_beside(block))) <= STRICT


def _beside(block: Block) -> str:
    """The text of a block without the texts of its links; the whole text if the block is too big for a row."""
    rest = block.text
    if not 0 < len(block.links) <= _MOST or len(rest) > LONGEST:
        return rest or "?" * LONGEST
    for text, _ in block.links:
        rest = rest.replace(text, " ", 1)
    return rest
