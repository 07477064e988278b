"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

The order of the rules matters; the first that fits names the line's class. A rule alone never decides: a line that
opens with a quote is somebody's speech, only the first three and the last six lines of a body are looked at, and if
more than two fifths of its characters would go, nothing does.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from syndicator.model.noun import noun
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social import wording
from syndicator.social.credits import is_credit, is_declined, read_credit
from syndicator.social.headings import as_heading, names_somebody
from syndicator.social.links import addresses, mine, place
from syndicator.social.naming import OURS, Naming, naming
from syndicator.social.platforms import by_label, host_of, labels_in, letters_left, match, tidy, words_left
from syndicator.social.platforms import key as key_of
from syndicator.text.blocks import Block

_HEAD, _TAIL = 3, 6  # lines of a body that may be furniture
_MOST_BUTTONS = 30
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text
_QUOTED = re.compile(r"«[^«»]{1,40}»|\"[^\"]{1,40}\"")  # a name
_WIDE, _LOOSE, _STRICT = 45, 25, 3  # letters beside a call and its labels
_WIDE_WORDS = 5  # those of them that are no names


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
    above: str
    last: bool
    known: Collection[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.naming.names

    @property
    def links(self) -> list[SocialLink]:
        """Accounts that it links to or writes out."""
        hrefs = (*self.hrefs, *(href for _, _, href in addresses(self.text)))
        return [link for href in hrefs if (link := match(href)) and link.kind in {"profile", "invite", "post"}]

    @property
    def is_owned(self) -> bool:
        """Whether it links to accounts, all known to be the publisher's, called as one of these or as the site is."""
        links = self.links
        called = {it.rpartition(":")[2] for it in self.known}
        return bool(links) and all(
            key_of(it) in self.known or it.handle in called or (it.handle and self.naming.is_own(it.handle))
            for it in links
        )


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
        if _is_share_row(blocks[position], page_url):
            found[position] = ("share_bar", "links")
            continue
        if not wording.may_be_furniture(blocks[position].text):
            continue
        texts[position] = tidy(blocks[position].text)
        text = wording.plain(texts[position])
        if not _may_be_any(text):
            continue
        line = _Line(
            text=text,
            hrefs=tuple(href for _, href in blocks[position].links),
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


def speaks_of_author(line: str) -> bool:
    """Whether a call is an author's own: «Подписывайтесь на мой канал»."""
    return wording.MINE.search(line) is not None and OURS.search(line) is None


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
    if not 0 < len(block.links) <= _MOST_BUTTONS or len(block.text) > wording.LONGEST:
        return False
    rest = block.text
    for text, _ in block.links:
        rest = rest.replace(text, " ", 1)
    return sum(map(str.isalpha, rest)) <= _STRICT and all(
        (link := match(href, page_url=page_url)) and link.kind == "share" for _, href in block.links
    )


def _is_said(block: Block) -> bool:
    """Whether a block holds another's words."""
    return block.html.startswith("<blockquote")


def _may_be_any(text: str) -> bool:
    """Whether a line may be of a class at all, as hardly one of a story may."""
    if len(text) > wording.LONGEST or wording.QUOTE.match(text):
        return False
    return bool(wording.OPENING.match(text) or wording.SEPARATOR.search(text) or is_credit(text))


def _classify(line: _Line) -> tuple[str, str] | None:
    """The class of a line and the rule that says so; None: it is the story's."""
    return next(((line_class, rule) for line_class, rule, fits in _RULES if fits(line)), None)


def _calls(line: _Line) -> bool:
    """A call to the reader, at least one platform by name or address, hardly a word more, and nobody else's name."""
    for call, limits in ((wording.CALL, (_LOOSE, 1)), (wording.HINT, (_STRICT, 0)), (wording.OFFER, None)):
        if hit := call.match(line.text):
            rest = line.text[hit.end() :]
            links, is_owned = line.links, line.is_owned
            called = [it.handle for it in links if not it.handle.isdecimal()]  # a number names nobody
            said = line.text if call is wording.OFFER else rest  # "find us" alone says little
            is_sure = is_owned or (links and (OURS.search(said) or wording.MINE.search(said)))
            is_call = not wording.TOLD.search(rest) and (
                call is wording.CALL or next(labels_in(rest), None) is not None
            )
            most = (_WIDE, _WIDE_WORDS) if is_sure and is_call else limits
            left = words_left(_QUOTED.sub(" ", rest), line.names)
            if (
                most is not None
                and sum(map(str.isalpha, "".join(left))) <= most[0]
                and sum(word[0].islower() for word in left) <= most[1]
                and _names_platform(rest, line.hrefs)
                and not wording.SAYS.search(rest)
                and line.naming.is_ours(line.text, left, called, owned=is_owned)
            ):
                return True
    return _is_labelled_address(line)


def _is_labelled_address(line: _Line) -> bool:
    """«Telegram-канал НСН: https://t.me/nsnfm» and no more: the publisher's account by its name and address."""
    return (
        "/" in line.text
        and any(label.platform != "unknown" for label in labels_in(line.text))
        and not words_left(line.text, line.names)
        and bool(found := [match(href) for _, _, href in addresses(line.text)])
        and all(link and link.kind in {"profile", "invite"} for link in found)
        and (line.naming.is_named_in(line.text) or all(link and line.naming.is_own(link.handle) for link in found))
        and not names_somebody(line.above, line.names)
    )


def _names_platform(text: str, hrefs: tuple[str, ...]) -> bool:
    return (
        any(label.platform != "unknown" for label in labels_in(text))
        or any(map(match, hrefs))
        or next(addresses(text), None) is not None
    )


def _is_bar(line: _Line) -> bool:
    """Three labels or more between bars or bullets, two of them beyond doubt, and nobody is named above."""
    parts = [part for part in wording.SEPARATORS.split(line.text) if part and part not in line.names]
    platforms = [by_label(part) for part in parts]
    is_bar = len(parts) >= 3 and all(platforms) and len({*platforms} - {"unknown"}) >= 2
    return is_bar and not names_somebody(line.above, line.names)


def _credits(line: _Line) -> bool:
    """A credit; but «© НСН» of НСН itself is the notice of a copyright, which stays."""
    is_own_notice = line.text.startswith("©") and not letters_left(line.text, line.names)
    return is_credit(line.text) and (line.last or not is_declined(line.text)) and not is_own_notice


def _shares(line: _Line) -> bool:
    hit = wording.SHARE_CALL.match(line.text)
    return hit is not None and letters_left(wording.BUTTONS.sub(" ", line.text[hit.end() :]), line.names) <= _STRICT


def _asks(line: _Line) -> bool:
    """Readers are asked for news, by the publisher: not by the police."""
    hit = wording.TIP.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return wording.TO_US.search(rest) is not None and not wording.SAYS.search(line.text)


def _offers_app(line: _Line) -> bool:
    hit = wording.APP.match(line.text)
    return hit is not None and letters_left(wording.STORES.sub(" ", line.text[hit.end() :]), line.names) <= _LOOSE


def _asks_for_likes(line: _Line) -> bool:
    hit = wording.LIKE.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return hit is not None and not wording.SAYS.search(rest) and not wording.TOLD.search(rest)


def _calls_to_author(line: _Line) -> bool:
    """A call of whoever has written the text; whose accounts these are is told elsewhere."""
    hit = wording.CALL_TO_AUTHOR.match(line.text)
    if hit is None:
        return False
    rest = line.text[hit.end() :]
    left = words_left(rest, line.names)
    is_short = sum(map(str.isalpha, "".join(left))) <= _LOOSE and sum(word[0].islower() for word in left) <= 1
    return is_short and _names_platform(rest, line.hrefs) and not wording.SAYS.search(rest)


def _offers_newsletter(line: _Line) -> bool:
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
    ("subscribe", "newsletter", _offers_newsletter),
    ("share_bar", "button", lambda line: wording.BUTTON.fullmatch(line.text) is not None),
    ("credit", "names", _credits),
    ("related", "prefix", _points),
    ("feed_tail", "template", _ends),
    ("typo_prompt", "prompt", lambda line: wording.TYPO.match(line.text) is not None),
    ("reader_prompt", "tip", _asks),
    ("reader_prompt", "app", _offers_app),
    ("reader_prompt", "like", _asks_for_likes),
    ("share_bar", "call", _shares),
    ("ad_disclosure", "disclosure", _is_paid),
    ("ad_disclosure", "slot", lambda line: wording.SLOT.fullmatch(line.text) is not None),
)
