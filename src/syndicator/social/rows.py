"""Blocks that are nothing but links: share buttons, and what stands below «Читайте также» or «Подписывайтесь:»."""

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

_MOST = 30  # links of a row

Reason = tuple[str, str]
"""A line's class, and the rule that gave it."""


def is_share_row(block: Block, page_url: str) -> bool:
    """Whether a block is nothing but links that share the page, as plugins put into feeds."""
    return len([*islice(filter(str.isalpha, _beside(block)), STRICT + 1)]) <= STRICT and all(
        (link := match(href, page_url=page_url)) and link.kind == "share" for _, href in block.links
    )


def below_pointers(
    blocks: Sequence[Block], found: Mapping[int, Reason], filled: Sequence[int]
) -> Iterator[tuple[int, Reason]]:
    """What stands below a heading such as «Читайте также» and is nothing but links."""
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
    """Accounts below a call that leaves the platforms to them («Подписывайтесь на нас:»), and that call."""
    more: dict[int, Reason] = {}
    for position in ends(filled):
        index = bisect_left(filled, position)
        is_row = bool(blocks[position].links) and _is_of_accounts(blocks[position])
        if found.get(position, ("social_bar",))[0] != "social_bar" or not (index and is_row):
            continue
        above = filled[index - 1]
        if above not in more and found.get(above, ("",))[0] != "subscribe":
            text = wording.plain(tidy(blocks[above].text)) if len(blocks[above].text) <= LONGEST else ""
            line = Line(as_heading(text, is_marked=False), blocks[position].links, called, "", False, known)
            if above in found or not opens_list(line):
                continue
            more[above] = ("subscribe", "call")
        more[position] = ("subscribe", "list")
    return more


def _is_of_accounts(block: Block) -> bool:
    """Whether a block is nothing but links to accounts, each perhaps with its platform's name."""
    if any((link := match(href)) is None or link.kind not in PRESENT for _, href in block.links[:_MOST]):
        return False
    return letters_left(tidy(_beside(block))) <= STRICT


def _beside(block: Block) -> str:
    """What a block says beside its links; of one that is too big for a row, all that it says."""
    rest = block.text
    if not 0 < len(block.links) <= _MOST or len(rest) > LONGEST:
        return rest or "?" * LONGEST
    for text, _ in block.links:
        rest = rest.replace(text, " ", 1)
    return rest
