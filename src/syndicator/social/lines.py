"""Which lines of a body are not part of the story: calls to subscribe, photo credits and similar lines.

A rule of `line_classes` alone never decides. A line that opens with a quote is somebody's speech; only the first three
and the last six lines of a body are looked at. If more than two fifths of the body's characters would be removed,
nothing is, except the usual lines below a news flash of a sentence or two. The last sentence of a paragraph may be such
a line: it stays in the body, but its links and credits are read.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from syndicator.model.noun import Noun, replace
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social import wording
from syndicator.social.calls import Line, speaks_of_author
from syndicator.social.credits import WITH_TEXT, is_credit, read_credit
from syndicator.social.headings import as_heading
from syndicator.social.labels import tidy
from syndicator.social.line_classes import classify
from syndicator.social.links import mine, place
from syndicator.social.naming import Naming, naming
from syndicator.social.openings import LONGEST, ends, may_be_furniture, opens_so
from syndicator.social.platforms import DISCUSSED, host_of
from syndicator.social.platforms import key as key_of
from syndicator.social.rows import Reason, below_calls, below_pointers, is_share_row
from syndicator.text.blocks import Block

_MOST = 0.4  # the largest share of a body's characters that may be removed; above it, the rules are wrong, not the text
_CALLS = frozenset({"subscribe", "social_bar"})
"""The classes of lines whose links are the publisher's."""
_FLASH, _CLOSING = 60, 200
"""The fewest characters that must be left of a news flash, and the most that may then be removed below it."""
_ENDINGS = 2  # in how many of the last paragraphs the last sentence is read as a line of its own


class Split(Noun):
    """A body split into the story and the lines that are not part of it.

    Attributes:
        keep: Positions of the blocks that stay.
        removed: The blocks that are removed, each with the reason.
        links: The links and labels in subscription lines, in order.
        credits: The credits in credit lines.
        flagged: Whether the rules would have removed too much, so that nothing was removed.
        sponsored: Whether a line discloses that the story is paid for.
    """

    keep: tuple[int, ...]
    removed: tuple[RemovedLine, ...] = ()
    links: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    flagged: bool = False
    sponsored: bool = False


def split_footer(
    blocks: Sequence[Block],
    *,
    site_url: str = "",
    page_url: str = "",
    names: Sequence[str] = (),
    known: Collection[str] = (),
) -> Split:
    """Take subscription lines, photo credits and similar lines out of a body.

    Args:
        blocks: The body's blocks in order.
        site_url: The address of the publisher's site, by which links to its own pages are recognized.
        page_url: The article's address: a link that contains it is a share button.
        names: The names that the publisher calls itself («НСН»).
        known: Keys of the accounts that are known from elsewhere to be the publisher's.

    Returns:
        Which blocks stay, and what the others say.
    """
    filled = [position for position, block in enumerate(blocks) if block.text[:1].isalnum() or tidy(block.text)]
    called = naming(tuple(names), host_of(site_url))
    accounts = frozenset(known)
    found = _furniture(blocks, filled, called, accounts, page_url)
    found |= below_calls(blocks, found, filled, called, accounts)
    told = [*_sentences(blocks, found, filled, called, accounts)]
    if not (found or told):
        return Split(keep=tuple(range(len(blocks))))
    sponsored = ("ad_disclosure", "disclosure") in found.values()
    found |= dict(below_pointers(blocks, found, filled))
    if _is_too_much(blocks, found, filled):
        return Split(keep=tuple(range(len(blocks))), flagged=True, sponsored=sponsored)
    texts = {position: tidy(blocks[position].text) for position in found}
    calls = [
        *(
            (texts[it], blocks[it].links)
            for it, (line_class, rule) in sorted(found.items())
            if line_class in _CALLS and rule != "author"
        ),
        *((line.text, line.links) for line_class, line in told if line_class in _CALLS),
    ]
    links: dict[tuple[str, str, str], SocialLink] = {}
    for text, anchors in calls:
        called_to = wording.without_contact(text)
        shown = anchors if called_to == text else [it for it in anchors if tidy(it[0]) in called_to]
        for link in mine(called_to, shown, site_url=site_url, page_url=page_url):
            links.setdefault(place(link), _owned(link, text, called, known))
    credited = [texts[position] for position, (line_class, _) in found.items() if line_class == "credit"]
    credited += [line.text for line_class, line in told if line_class == "credit"]
    return Split(
        keep=tuple(position for position in range(len(blocks)) if position not in found),
        removed=tuple(
            RemovedLine(position=position, line_class=line_class, text=texts[position], rule=rule)
            for position, (line_class, rule) in sorted(found.items())
        ),
        links=tuple(links.values()),
        credits=_of_others([credit for text in credited for credit in read_credit(wording.plain(text))], called),
        sponsored=sponsored,
    )


def _furniture(
    blocks: Sequence[Block], filled: Sequence[int], called: Naming, known: frozenset[str], page_url: str
) -> dict[int, Reason]:
    """The blocks at the beginning and end of a body that are not part of the story, each with the reason."""
    found: dict[int, Reason] = {}
    for position in ends(filled):
        block = blocks[position]
        if block.links and is_share_row(block, page_url):
            found[position] = ("share_bar", "links")
            continue
        if not may_be_furniture(block.text):
            continue
        text = wording.plain(tidy(block.text))
        if not _may_be_any(text) or _is_said(block):
            continue
        line = Line(
            text=text,
            links=block.links,
            naming=called,
            above=_heading(blocks, filled, position),
            last=len(filled) > 1 and position == filled[-1],
            known=known,
        )
        if reason := classify(line):
            found[position] = reason
    return found


def _is_too_much(blocks: Sequence[Block], found: Collection[int], filled: Sequence[int]) -> bool:
    """Whether so much would be removed that the rules are probably wrong."""
    gone = sum(len(blocks[position].text) for position in found)
    stays = sum(len(block.text) for block in blocks) - gone
    if gone <= _MOST * (gone + stays):
        return False
    is_below = filled[-len(found) :] == sorted(found)
    return not (is_below and stays >= _FLASH and gone <= _CLOSING)


def _of_others(found: Sequence[Credit], called: Naming) -> tuple[Credit, ...]:
    """The credits without those of the publisher itself, which often stand beside a maker who works there.

    If nothing would be left, all of them.
    """
    if len(found) < 2:  # a single name stays, whoever it is
        return tuple(found)
    return tuple(it for it in found if not called.is_own(it.name)) or tuple(found)


def _owned(link: SocialLink, line: str, called: Naming, known: Collection[str]) -> SocialLink:
    """A link of a line, with its owner.

    The owner is the article if the link leads to its discussion or to a copy of it, the author if he speaks of his own
    account, and else the publisher. An account that is known to be the publisher's is so in any case.
    """
    if link.kind in DISCUSSED and (link.kind == "discussion" or wording.DISCUSS.search(line)):
        return replace(link, owner="article", kind="discussion")
    if link.kind == "post" and wording.COPY.match(line):
        return replace(link, owner="article")
    if link.status != "active" or not speaks_of_author(line) or key_of(link) in known or called.is_own(link.handle):
        return link
    return replace(link, owner="author")


def _heading(blocks: Sequence[Block], filled: Sequence[int], position: int) -> str:
    """The text above a line, if that is a heading; else empty."""
    before = bisect_left(filled, position) - 1
    if before < 0:
        return ""
    block = blocks[filled[before]]
    return as_heading(tidy(block.text), is_marked=block.html.startswith("<h"))


def _is_said(block: Block) -> bool:
    """Whether a block quotes somebody."""
    return block.html.startswith("<blockquote")


@lru_cache(maxsize=1024)
def _may_be_any(text: str) -> bool:
    """Whether a line may belong to any class; hardly any line of a story may."""
    if len(text) > LONGEST or wording.QUOTE.match(text):
        return False
    return bool(opens_so(text) or wording.is_divided(text) or is_credit(text))


def _sentences(
    blocks: Sequence[Block], found: Collection[int], filled: Sequence[int], called: Naming, known: frozenset[str]
) -> Iterator[tuple[str, Line]]:
    """The last sentences of the last paragraphs that are calls or credits, with their class; they stay in the body."""
    for position in filled[-_ENDINGS:]:
        text = blocks[position].text
        cut = 2 + max(text.rfind(". "), text.rfind("! "), text.rfind("? "))
        if position in found or (cut < 2 and not WITH_TEXT.match(text)):
            continue
        said = text[cut:] if cut >= 2 else text
        if not may_be_furniture(said) or "\n" in said or _is_said(blocks[position]) or wording.QUOTE.match(text):
            continue
        said = wording.plain(tidy(WITH_TEXT.sub("", said)))
        links = tuple(it for it in blocks[position].links if tidy(it[0]) in said)
        line = Line(text=said, links=links, naming=called, above="", last=False, known=known)
        if _may_be_any(said) and (reason := classify(line)) and reason[1] != "author":
            yield reason[0], line
