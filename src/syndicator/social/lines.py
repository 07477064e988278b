"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

The order of the rules matters; the first that fits names the line's class. A rule alone never decides: a line that
opens with a quote is somebody's speech, only the first three and the last six lines of a body are looked at, and if
more than two fifths of its characters would go, nothing does.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social.credits import read_credit
from syndicator.social.links import addresses, mine
from syndicator.social.platforms import by_label, labels_in, letters_left, match, tidy
from syndicator.text.blocks import Block

_HEAD, _TAIL = 3, 6  # lines of a body that may be furniture
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text
_LONGEST = 400  # characters of a line that may be furniture
_LOOSE, _STRICT = 25, 3  # letters beside a call and its labels

_PICTOGRAMS = re.compile(r"^[^\w«»\"“”„‟'‘’‹›©(@—–-]+")
_QUOTE = re.compile(r"[«»\"“”„‟'‘’‹›]|[-–—]\s")
_CALL = re.compile(
    r"(?:подписывай(?:тесь|ся)|подпиши(?:тесь|сь)|читайте\s+нас|смотрите\s+нас|слушайте\s+нас|ищите\s+нас|"
    r"следите\s+за\s+(?:нами|нашими?)|присоединяйтесь|вступайте|оставайтесь\s+(?:с\s+нами|на\s+связи)|"
    r"добавьте\s+нас|follow\s+(?:us|our)|subscribe\s+(?:to|on|via|now|here)|subscribe\s*[:!]|join\s+(?:us|our)|"
    r"like\s+us|find\s+us|connect\s+with\s+us|stay\s+(?:connected|in\s+touch)|keep\s+up\s+with\s+us)(?!\w)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"(?:подписаться|подписка|следите\s+за|мы\s+(?:в|во|на)|наши?|больше\s+(?:интересного|новостей)|"
    r"(?:самые\s+)?(?:свежие|главные|важные|актуальные)\s+новости|будьте\s+в\s+курсе|читайте|"
    r"follow|join|we(?:\s+are|['’]re)\s+on|more\s+(?:news\s+)?on|also\s+on|get\s+our)(?!\w)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[|•·∙●▪/]")
_SEPARATORS = re.compile(rf"\s*{_SEPARATOR.pattern}\s*")
_RELATED = re.compile(
    r"(?:читайте\s+(?:также|ещё|еще)|читать\s+также|смотрите\s+также|материалы?\s+по\s+теме|по\s+теме|"
    r"read\s+(?:also|more|next)|see\s+also|related(?:\s+(?:stories|articles|news))?)\s*:",
    re.IGNORECASE,
)
_FEED_TAIL = re.compile(  # the defaults of WordPress SEO; what follows must look like a site's name
    r"(?:(?i:the\s+post\s.+\sappeared\s+first\s+on)|"
    r"(?i:(?:сообщение|запись)\s.+\s(?:впервые\s+появил\w+|появил\w+\s+(?:сначала|впервые))\s+на))"
    r"\s(?:[A-ZА-ЯЁ0-9«\"]|\S+\.\w).*"
)
_TYPO = re.compile(
    r"(?:нашли|заметили|увидели|обнаружили)\s+(?:ошибку|опечатку|неточность)(?!\w).*(?:ctrl|enter|выдел|сообщ|напиш)|"
    r"(?:found|spotted|noticed)\s+(?:an?\s+)?(?:error|mistake|typo)(?!\w).*(?:ctrl|enter|let\s+us\s+know|report|tell\s+us)",
    re.IGNORECASE,
)
_SHARE_CALL = re.compile(
    r"(?:поделиться|поделитесь|расскажите\s+друзьям|share)"
    r"(?:\s+(?:this|article|story|post|with\s+friends|новостью|статьёй|статьей|материалом|ссылкой|с\s+друзьями|в\s+соцсетях))*"
    r"(?!\w)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    "|".join(it.pattern for it in (_CALL, _HINT, _RELATED, _FEED_TAIL, _TYPO, _SHARE_CALL)), re.IGNORECASE
)
"""How a line begins that one of the rules may take; what is between bars, and a credit, aside."""
_STARTS = frozenset(
    "под чит смо слу ищи сле при вст ост доб fol sub joi lik fin con sta kee "  # calls
    "мы бол сам све гла важ акт буд наш we mor als get "  # hints
    "мат по rea see rel the соо зап зам уви обн fou spo not рас sha "  # what else opens a line of a rule
    "авт фот сни изо илл кол рис инф вид pho ima pic ill col gra vid".split()  # credits
)
"""The first three letters of all these and of credits, by which nearly every line of a story is told at one look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A body, with the lines that are not the story apart.

    Attributes:
        keep: Numbers of the blocks that stay.
        removed: The blocks that go, with the reason.
        links: What the subscription lines say of the publisher, in order.
        credits: What the credit lines say.
        flagged: Whether the rules wanted too much and were not heard.
    """

    keep: tuple[int, ...]
    removed: tuple[RemovedLine, ...] = ()
    links: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A block as the rules see it."""

    text: str
    hrefs: tuple[str, ...]
    names: tuple[str, ...]
    last: bool


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
    texts: dict[int, str] = {}
    found: dict[int, tuple[str, str]] = {}
    for position in dict.fromkeys([*filled[:_HEAD], *filled[-_TAIL:]]):
        if not may_be_furniture(blocks[position].text):
            continue
        texts[position] = tidy(blocks[position].text)
        line = _Line(
            text=_plain(texts[position]),
            hrefs=tuple(href for _, href in blocks[position].links),
            names=tuple(names),
            last=len(filled) > 1 and position == filled[-1],
        )
        if reason := _classify(line):
            found[position] = reason
    if not found:
        return Split(keep=tuple(range(len(blocks))))
    if sum(len(texts[position]) for position in found) > _MOST * sum(len(block.text) for block in blocks):
        return Split(keep=tuple(range(len(blocks))), flagged=True)
    links: dict[tuple[str, str], SocialLink] = {}
    for position, (line_class, _) in found.items():
        if line_class in {"subscribe", "social_bar"}:
            for link in mine(texts[position], blocks[position].links, site_url=site_url, page_url=page_url):
                links.setdefault((link.platform, link.url), link)
    return Split(
        keep=tuple(position for position in range(len(blocks)) if position not in found),
        removed=tuple(
            RemovedLine(position=position, line_class=line_class, text=texts[position], rule=rule)
            for position, (line_class, rule) in found.items()
        ),
        links=tuple(links.values()),
        credits=tuple(
            credit
            for position, (line_class, _) in found.items()
            if line_class == "credit"
            for credit in read_credit(_plain(texts[position]))
        ),
    )


def may_be_furniture(text: str) -> bool:
    """Whether a line is worth a closer look: it is short, and begins, or is divided, as only few lines of a story."""
    if len(text) > _LONGEST:
        return False
    text = tidy(text)
    return text[:3].casefold().rstrip(" '’") in _STARTS or not text[:1].isalnum() or _SEPARATOR.search(text) is not None


def _classify(line: _Line) -> tuple[str, str] | None:
    """The class of a line and the rule that says so; None: it is the story's."""
    if len(line.text) > _LONGEST or _QUOTE.match(line.text):
        return None
    if not (_OPENING.match(line.text) or _SEPARATOR.search(line.text) or read_credit(line.text)):
        return None  # as nearly every line of a story
    return next(((line_class, rule) for line_class, rule, fits in _RULES if fits(line)), None)


def _plain(text: str) -> str:
    """The line without the pictograms and bullets it opens with."""
    return _PICTOGRAMS.sub("", text)


def _calls(line: _Line) -> bool:
    """A call to the reader, at least one platform by name or address, and hardly a word more."""
    for call, most in ((_CALL, _LOOSE), (_HINT, _STRICT)):
        if hit := call.match(line.text):
            rest = line.text[hit.end() :]
            return letters_left(rest, line.names) <= most and _names_platform(rest, line.hrefs)
    return False


def _names_platform(text: str, hrefs: tuple[str, ...]) -> bool:
    return (
        any(label.platform != "unknown" for label in labels_in(text))
        or any(map(match, hrefs))
        or next(addresses(text), None) is not None
    )


def _is_bar(line: _Line) -> bool:
    """Three labels or more between bars or bullets, two of them beyond doubt."""
    parts = [part for part in _SEPARATORS.split(line.text) if part and part not in line.names]
    platforms = [by_label(part) for part in parts]
    return len(parts) >= 3 and all(platforms) and len({*platforms} - {"unknown"}) >= 2


def _shares(line: _Line) -> bool:
    hit = _SHARE_CALL.match(line.text)
    return hit is not None and letters_left(line.text[hit.end() :], line.names) <= _STRICT


_RULES: tuple[tuple[str, str, Callable[[_Line], bool]], ...] = (
    ("subscribe", "call", _calls),
    ("social_bar", "labels", _is_bar),
    ("credit", "names", lambda line: bool(read_credit(line.text))),
    ("related", "prefix", lambda line: _RELATED.match(line.text) is not None),
    ("feed_tail", "template", lambda line: line.last and _FEED_TAIL.fullmatch(line.text) is not None),
    ("typo_prompt", "prompt", lambda line: _TYPO.match(line.text) is not None),
    ("share_bar", "call", _shares),
)
