"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

The order of the rules matters; the first that fits names the line's class. A rule alone never decides: a line that
opens with a quote is somebody's speech, only the first three and the last six lines of a body are looked at, and if
more than two fifths of its characters would go, nothing does.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice

from syndicator.model.noun import Noun, replace
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social import wording
from syndicator.social.calls import (
    STRICT,
    Line,
    asks_for_likes,
    asks_for_news,
    calls_to_author,
    is_call,
    offers_app,
    offers_newsletter,
    speaks_of_author,
)
from syndicator.social.credits import is_credit, is_declined, read_credit
from syndicator.social.headings import as_heading, names_somebody
from syndicator.social.labels import by_label, letters_left, tidy
from syndicator.social.links import mine, place
from syndicator.social.naming import Naming, naming
from syndicator.social.openings import LONGEST, may_be_furniture, opens_so
from syndicator.social.platforms import host_of, match
from syndicator.social.platforms import key as key_of
from syndicator.text.blocks import Block

_HEAD, _TAIL = 3, 6  # lines of a body that may be furniture
_MOST_BUTTONS = 30
_HEADLINE = 3  # words of one
_LABELS = 3  # of a bar
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text


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
    texts: dict[int, str] = {}
    found: dict[int, tuple[str, str]] = {}
    for position in dict.fromkeys([*filled[:_HEAD], *filled[-_TAIL:]]):
        if blocks[position].links and _is_share_row(blocks[position], page_url):
            found[position] = ("share_bar", "links")
            continue
        if not may_be_furniture(blocks[position].text):
            continue
        texts[position] = tidy(blocks[position].text)
        text = wording.plain(texts[position])
        if not _may_be_any(text):
            continue
        line = Line(
            text=text,
            links=blocks[position].links,
            naming=called,
            above=_heading(blocks, filled, position),
            last=len(filled) > 1 and position == filled[-1],
            known=known,
        )
        if not _is_said(blocks[position]) and (reason := _classify(line)):
            found[position] = reason
    if not found:
        return Split(keep=tuple(range(len(blocks))))
    sponsored = ("ad_disclosure", "disclosure") in found.values()
    found |= _listed(blocks, found, filled)
    if sum(len(blocks[position].text) for position in found) > _MOST * sum(len(block.text) for block in blocks):
        return Split(keep=tuple(range(len(blocks))), flagged=True, sponsored=sponsored)
    links: dict[tuple[str, str, str], SocialLink] = {}
    for position, (line_class, rule) in found.items():
        if line_class in {"subscribe", "social_bar"} and rule != "author":
            for link in mine(texts[position], blocks[position].links, site_url=site_url, page_url=page_url):
                links.setdefault(place(link), _owned(link, texts[position], called, known))
    return Split(
        keep=tuple(position for position in range(len(blocks)) if position not in found),
        removed=tuple(
            RemovedLine(position=position, line_class=line_class, text=tidy(blocks[position].text), rule=rule)
            for position, (line_class, rule) in sorted(found.items())
        ),
        links=tuple(links.values()),
        credits=tuple(
            credit
            for position, (line_class, _) in found.items()
            if line_class == "credit"
            for credit in read_credit(wording.plain(texts[position]))
        ),
        sponsored=sponsored,
    )


def _owned(link: SocialLink, line: str, called: Naming, known: Collection[str]) -> SocialLink:
    """A link of a line as its author's, where he speaks of his own account and it is not the publisher's."""
    if link.status != "active" or key_of(link) in known or called.is_own(link.handle) or not speaks_of_author(line):
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


def _may_be_any(text: str) -> bool:
    """Whether a line may be of a class at all, as hardly one of a story may."""
    if len(text) > LONGEST or wording.QUOTE.match(text):
        return False
    return bool(opens_so(text) or wording.is_divided(text) or is_credit(text))


def _classify(line: Line) -> tuple[str, str] | None:
    """The class of a line and the rule that says so; None: it is the story's."""
    return next(((line_class, rule) for line_class, rule, fits in _RULES if fits(line)), None)


def _is_bar(line: Line) -> bool:
    """Three labels or more between bars or bullets, two of them beyond doubt, and nobody is named above."""
    parts = [part for part in wording.SEPARATORS.split(line.text) if part and part not in line.names]
    if len(parts) < _LABELS:
        return False
    platforms = {by_label(part) for part in parts}
    is_bar = "" not in platforms and len(platforms - {"unknown"}) >= 2
    return is_bar and not names_somebody(line.above, line.names)


def _credits(line: Line) -> bool:
    """A credit; but «© НСН» of НСН itself is the notice of a copyright, which stays."""
    if not is_credit(line.text) or (is_declined(line.text) and not line.last):
        return False
    return not line.text.startswith("©") or letters_left(line.text, line.names) > 0


def _shares(line: Line) -> bool:
    hit = wording.SHARE_CALL.match(line.text)
    return hit is not None and letters_left(wording.BUTTONS.sub(" ", line.text[hit.end() :]), line.names) <= STRICT


def _asks_for_mistakes(line: Line) -> bool:
    return wording.TYPO.match(line.text) is not None and not wording.SAYS.search(line.text)


def _is_paid(line: Line) -> bool:
    """A disclosure, and no report of one: «Реклама: ООО «Ромашка» оштрафовали»."""
    if wording.AD.match(line.text) is None:
        return False
    is_report = wording.TOLD.search(line.text) is not None and not wording.REGISTERED.search(line.text)
    return not is_report and not wording.SAYS.search(line.text)


def _points(line: Line) -> bool:
    """A reference to another article: a link and no more, or a headline. «Read more: that was her advice» is none."""
    hit = wording.RELATED.match(line.text)
    if hit is None:
        return False
    rest = line.text[hit.end() :].lstrip()
    linked = sum(sum(map(str.isalnum, text)) for text, _ in line.links)
    if linked and linked >= sum(map(str.isalnum, rest)) - STRICT:
        return True
    is_headline = len(rest.split()) >= _HEADLINE and not (rest[:1].islower() or wording.NO_HEADLINE.search(rest))
    return not rest or is_headline


def _ends(line: Line) -> bool:
    """What a feed adds: it names the site, not a platform on which something appeared."""
    if not line.last:
        return False
    if wording.MORE.fullmatch(line.text):
        return True
    hit = wording.FEED_TAIL.fullmatch(line.text)
    if hit is None or by_label(hit["site"].strip(' .«»"')) not in {"", "unknown"}:
        return False
    return bool(line.links) or not line.naming.is_known or line.naming.is_named_in(hit["site"])


def _listed(
    blocks: Sequence[Block], found: Mapping[int, tuple[str, str]], filled: Sequence[int]
) -> dict[int, tuple[str, str]]:
    """What stands below a heading such as «Читайте также» and is nothing but links."""
    more: dict[int, tuple[str, str]] = {}
    for position, (line_class, _) in found.items():
        if line_class != "related" or not wording.RELATED.fullmatch(wording.plain(tidy(blocks[position].text))):
            continue
        for below in filled[filled.index(position) + 1 :]:
            linked = sum(len(text.replace(" ", "")) for text, _ in blocks[below].links)
            if below in found or not linked or linked < len("".join(blocks[below].text.split())) - STRICT:
                break
            more[below] = ("related", "list")
    return more


_RULES: tuple[tuple[str, str, Callable[[Line], bool]], ...] = (
    ("subscribe", "call", is_call),
    ("social_bar", "labels", _is_bar),
    ("subscribe", "author", calls_to_author),
    ("subscribe", "newsletter", offers_newsletter),
    ("share_bar", "button", lambda line: wording.BUTTON.fullmatch(line.text) is not None),
    ("credit", "names", _credits),
    ("related", "prefix", _points),
    ("feed_tail", "template", _ends),
    ("typo_prompt", "prompt", _asks_for_mistakes),
    ("reader_prompt", "tip", asks_for_news),
    ("reader_prompt", "app", offers_app),
    ("reader_prompt", "like", asks_for_likes),
    ("share_bar", "call", _shares),
    ("ad_disclosure", "disclosure", _is_paid),
    ("ad_disclosure", "slot", lambda line: wording.SLOT.fullmatch(line.text) is not None),
)
