"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

The order of the rules matters; the first that fits names the line's class. A rule alone never decides: a line that
opens with a quote is somebody's speech, only the first three and the last six lines of a body are looked at, and if
more than two fifths of its characters would go, nothing does.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from syndicator.model.noun import noun
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social import wording
from syndicator.social.credits import is_credit, read_credit
from syndicator.social.links import addresses, mine, place
from syndicator.social.naming import Naming, naming
from syndicator.social.platforms import by_label, host_of, labels_in, letters_left, match, tidy, words_left
from syndicator.text.blocks import Block

_HEAD, _TAIL = 3, 6  # lines of a body that may be furniture
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text
_QUOTED = re.compile(r"«[^«»]{1,40}»|\"[^\"]{1,40}\"")  # a name
_LOOSE, _STRICT = 25, 3  # letters beside a call and its labels


@noun
class Split:
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


@noun(kw_only=False)
class _Line:
    """A block as the rules see it."""

    text: str
    hrefs: tuple[str, ...]
    naming: Naming
    last: bool

    @property
    def names(self) -> tuple[str, ...]:
        return self.naming.names


def split_footer(
    blocks: Sequence[Block], *, site_url: str = "", page_url: str = "", names: Sequence[str] = ()
) -> Split:
    """Take subscription lines, photo credits and their like out of a body.

    Args:
        blocks: The body's blocks in order.
        site_url: The publisher's site: its own pages are told from platforms by it.
        page_url: The article's address: a link that carries it along is a share button.
        names: What the publisher calls itself («НСН»).

    Returns:
        Which blocks stay, and what the others say.
    """
    filled = [position for position, block in enumerate(blocks) if block.text[:1].isalnum() or tidy(block.text)]
    called = naming(tuple(names), host_of(site_url))
    texts: dict[int, str] = {}
    found: dict[int, tuple[str, str]] = {}
    for position in dict.fromkeys([*filled[:_HEAD], *filled[-_TAIL:]]):
        if not wording.may_be_furniture(blocks[position].text):
            continue
        texts[position] = tidy(blocks[position].text)
        last = len(filled) > 1 and position == filled[-1]
        if reason := _classify(wording.plain(texts[position]), blocks[position], called, last=last):
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
                links.setdefault(place(link), link)
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


def _classify(text: str, block: Block, called: Naming, *, last: bool) -> tuple[str, str] | None:
    """The class of a line and the rule that says so; None: it is the story's."""
    if len(text) > wording.LONGEST or wording.QUOTE.match(text):
        return None
    if not (wording.OPENING.match(text) or wording.SEPARATOR.search(text) or is_credit(text)):
        return None  # as nearly every line of a story
    line = _Line(text=text, hrefs=tuple(href for _, href in block.links), naming=called, last=last)
    return next(((line_class, rule) for line_class, rule, fits in _RULES if fits(line)), None)


def _calls(line: _Line) -> bool:
    """A call to the reader, at least one platform by name or address, hardly a word more, and nobody else's name."""
    accounts = _accounts(line)
    is_site = bool(accounts) and all(map(line.naming.is_own, accounts))
    for call, most, words in ((wording.CALL, _LOOSE, 1), (wording.HINT, _LOOSE if is_site else _STRICT, 0)):
        if hit := call.match(line.text):
            rest = line.text[hit.end() :]
            left = words_left(_QUOTED.sub(" ", rest), line.names)
            return (
                sum(map(str.isalpha, "".join(left))) <= most
                and sum(word[0].islower() for word in left) <= words
                and _names_platform(rest, line.hrefs)
                and not wording.SAYS.search(rest)
                and line.naming.is_ours(line.text, left, accounts)
            )
    return _is_labelled_address(line)


def _accounts(line: _Line) -> list[str]:
    """Those that a line links to or writes out."""
    hrefs = (*line.hrefs, *(href for _, _, href in addresses(line.text)))
    return [link.handle for href in hrefs if (link := match(href)) and link.handle]


def _is_labelled_address(line: _Line) -> bool:
    """«Telegram-канал НСН: https://t.me/nsnfm» and no more: an account by its name and its address, written out."""
    return (
        "/" in line.text
        and any(label.platform != "unknown" for label in labels_in(line.text))
        and not words_left(line.text, line.names)
        and all((link := match(href)) and link.kind in {"profile", "invite"} for _, _, href in addresses(line.text))
        and next(addresses(line.text), None) is not None
    )


def _names_platform(text: str, hrefs: tuple[str, ...]) -> bool:
    return (
        any(label.platform != "unknown" for label in labels_in(text))
        or any(map(match, hrefs))
        or next(addresses(text), None) is not None
    )


def _is_bar(line: _Line) -> bool:
    """Three labels or more between bars or bullets, two of them beyond doubt."""
    parts = [part for part in wording.SEPARATORS.split(line.text) if part and part not in line.names]
    platforms = [by_label(part) for part in parts]
    return len(parts) >= 3 and all(platforms) and len({*platforms} - {"unknown"}) >= 2


def _shares(line: _Line) -> bool:
    hit = wording.SHARE_CALL.match(line.text)
    return hit is not None and letters_left(wording.BUTTONS.sub(" ", line.text[hit.end() :]), line.names) <= _STRICT


def _calls_to_author(line: _Line) -> bool:
    """A call of whoever has written the text; whose accounts these are is told elsewhere."""
    hit = wording.CALL_TO_AUTHOR.match(line.text)
    if hit is None:
        return False
    rest = line.text[hit.end() :]
    left = words_left(rest, line.names)
    is_short = sum(map(str.isalpha, "".join(left))) <= _LOOSE and sum(word[0].islower() for word in left) <= 1
    return is_short and _names_platform(rest, line.hrefs) and not wording.SAYS.search(rest)


def _asks(line: _Line) -> bool:
    return wording.NEWSLETTER.fullmatch(line.text) is not None and not wording.SAYS.search(line.text)


def _is_paid(line: _Line) -> bool:
    return wording.AD.match(line.text) is not None and not wording.SAYS.search(line.text)


def _points(line: _Line) -> bool:
    """A reference to another article: a link, or a headline. «Read more: that was her advice» goes on as a sentence."""
    hit = wording.RELATED.match(line.text)
    return hit is not None and (bool(line.hrefs) or not line.text[hit.end() :].lstrip()[:1].islower())


def _ends(line: _Line) -> bool:
    return line.last and (wording.FEED_TAIL.fullmatch(line.text) or wording.MORE.fullmatch(line.text)) is not None


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
            if below in found or not linked or linked < len("".join(blocks[below].text.split())) - _STRICT:
                break
            more[below] = ("related", "list")
    return more


_RULES: tuple[tuple[str, str, Callable[[_Line], bool]], ...] = (
    ("subscribe", "call", _calls),
    ("social_bar", "labels", _is_bar),
    ("subscribe", "author", _calls_to_author),
    ("subscribe", "newsletter", _asks),
    ("share_bar", "button", lambda line: wording.BUTTON.fullmatch(line.text) is not None),
    ("credit", "names", lambda line: is_credit(line.text)),
    ("related", "prefix", _points),
    ("feed_tail", "template", _ends),
    ("typo_prompt", "prompt", lambda line: wording.TYPO.match(line.text) is not None),
    ("share_bar", "call", _shares),
    ("ad_disclosure", "disclosure", _is_paid),
    ("ad_disclosure", "slot", lambda line: wording.SLOT.fullmatch(line.text) is not None),
)
