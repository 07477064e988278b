"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

A rule of `line_classes` alone never decides: a line that opens with a quote is somebody's speech, only the first three
and the last six lines of a body are looked at, and if more than two fifths of its characters would go, nothing does,
but for the usual lines below a flash: a sentence or two.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from syndicator.model.noun import Noun, replace
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social import wording
from syndicator.social.calls import STRICT, Line, speaks_of_author
from syndicator.social.credits import is_credit, read_credit
from syndicator.social.headings import as_heading
from syndicator.social.labels import tidy
from syndicator.social.line_classes import classify
from syndicator.social.links import mine, place
from syndicator.social.naming import Naming, naming
from syndicator.social.openings import LONGEST, ends, may_be_furniture, opens_so
from syndicator.social.platforms import host_of, match
from syndicator.social.platforms import key as key_of
from syndicator.text.blocks import Block

_MOST_BUTTONS = 30
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text
_CALLS = frozenset({"subscribe", "social_bar"})  # classes of lines whose links are the publisher's
_FLASH, _CLOSING = 60, 200  # characters of a story that is but a sentence, and of what may stand below it all the same

_Reason = tuple[str, str]
"""A line's class, and the rule that gave it."""


class Split(Noun):
    """A body, with the lines that are not the story apart.

    Attributes:
        keep: Numbers of the blocks that stay.
        removed: The blocks that go, with the reason.
        links: What the subscription lines say of the publisher, in order.
        credits: What the credit lines say.
        flagged: Whether the rules wanted too much and were not heard.
        sponsored: Whether a line says that the story is paid for.
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
    """Take subscription lines, photo credits and their like out of a body.

    Args:
        blocks: The body's blocks in order.
        site_url: The publisher's site: its own pages are told from platforms by it.
        page_url: The article's address: a link that carries it along is a share button.
        names: What the publisher calls itself («НСН»).
        known: Keys of the accounts that are shown to be the publisher's elsewhere.

    Returns:
        Which blocks stay, and what the others say.
    """
    filled = [position for position, block in enumerate(blocks) if block.text[:1].isalnum() or tidy(block.text)]
    called = naming(tuple(names), host_of(site_url))
    found = _furniture(blocks, filled, called, frozenset(known), page_url)
    if not found:
        return Split(keep=tuple(range(len(blocks))))
    sponsored = ("ad_disclosure", "disclosure") in found.values()
    found |= _listed(blocks, found, filled)
    if _is_too_much(blocks, found, filled):
        return Split(keep=tuple(range(len(blocks))), flagged=True, sponsored=sponsored)
    texts = {position: tidy(blocks[position].text) for position in found}
    calls = [it for it, (line_class, rule) in found.items() if line_class in _CALLS and rule != "author"]
    links: dict[tuple[str, str, str], SocialLink] = {}
    for position in calls:
        for link in mine(texts[position], blocks[position].links, site_url=site_url, page_url=page_url):
            links.setdefault(place(link), _owned(link, texts[position], called, known))
    credited = [texts[position] for position, (line_class, _) in found.items() if line_class == "credit"]
    return Split(
        keep=tuple(position for position in range(len(blocks)) if position not in found),
        removed=tuple(
            RemovedLine(position=position, line_class=line_class, text=texts[position], rule=rule)
            for position, (line_class, rule) in sorted(found.items())
        ),
        links=tuple(links.values()),
        credits=tuple(credit for text in credited for credit in read_credit(wording.plain(text))),
        sponsored=sponsored,
    )


def _furniture(
    blocks: Sequence[Block], filled: Sequence[int], called: Naming, known: frozenset[str], page_url: str
) -> dict[int, _Reason]:
    """The blocks at the ends of a body that are not the story, each with the reason."""
    found: dict[int, _Reason] = {}
    for position in ends(filled):
        block = blocks[position]
        if block.links and _is_share_row(block, page_url):
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
    """Whether so much would go that the rules are to be doubted."""
    gone = sum(len(blocks[position].text) for position in found)
    stays = sum(len(block.text) for block in blocks) - gone
    if gone <= _MOST * (gone + stays):
        return False
    is_below = filled[-len(found) :] == sorted(found)
    return not (is_below and stays >= _FLASH and gone <= _CLOSING)


def _owned(link: SocialLink, line: str, called: Naming, known: Collection[str]) -> SocialLink:
    """A link of a line as its author's, where he speaks of his own account and it is not the publisher's."""
    if link.status != "active" or not speaks_of_author(line) or key_of(link) in known or called.is_own(link.handle):
        return link
    return replace(link, owner="author")


def _heading(blocks: Sequence[Block], filled: Sequence[int], position: int) -> str:
    """What a line stands below, if that is a heading."""
    before = bisect_left(filled, position) - 1
    if before < 0:
        return ""
    block = blocks[filled[before]]
    return as_heading(tidy(block.text), is_marked=block.html.startswith("<h"))


def _is_share_row(block: Block, page_url: str) -> bool:
    """Whether a block is nothing but links that share the page, as plugins put into feeds."""
    if not 0 < len(block.links) <= _MOST_BUTTONS or len(block.text) > LONGEST:
        return False
    rest = block.text
    for text, _ in block.links:
        rest = rest.replace(text, " ", 1)
    beside = [*islice(filter(str.isalpha, rest), STRICT + 1)]
    return len(beside) <= STRICT and all(
        (link := match(href, page_url=page_url)) and link.kind == "share" for _, href in block.links
    )


def _is_said(block: Block) -> bool:
    """Whether a block holds another's words."""
    return block.html.startswith("<blockquote")


@lru_cache(maxsize=1024)
def _may_be_any(text: str) -> bool:
    """Whether a line may be of a class at all, as hardly one of a story may."""
    if len(text) > LONGEST or wording.QUOTE.match(text):
        return False
    return bool(opens_so(text) or wording.is_divided(text) or is_credit(text))


def _listed(blocks: Sequence[Block], found: Mapping[int, _Reason], filled: Sequence[int]) -> dict[int, _Reason]:
    """What stands below a heading such as «Читайте также» and is nothing but links."""
    more: dict[int, _Reason] = {}
    for position, (line_class, _) in found.items():
        if line_class != "related" or not wording.RELATED.fullmatch(wording.plain(tidy(blocks[position].text))):
            continue
        for below in filled[filled.index(position) + 1 :]:
            linked = sum(len(text.replace(" ", "")) for text, _ in blocks[below].links)
            if below in found or not linked or linked < len("".join(blocks[below].text.split())) - STRICT:
                break
            more[below] = ("related", "list")
    return more
