"""Which lines of a body are not the story: calls to subscribe, photo credits and their like.

The order of the rules matters; the first that fits names the line's class. A rule alone never decides: a line that
opens with a quote is somebody's speech, only the first three and the last six lines of a body are looked at, and if
more than two fifths of its characters would go, nothing does.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.social.credits import read_credit
from syndicator.social.links import addresses, mine, place
from syndicator.social.platforms import by_label, labels_in, letters_left, match, tidy, words_left
from syndicator.text.blocks import Block

_HEAD, _TAIL = 3, 6  # lines of a body that may be furniture
_MOST = 0.4  # of the characters; above it, the rules are wrong, not the text
_LONGEST = 400  # characters of a line that may be furniture
_LOOSE, _STRICT = 25, 3  # letters beside a call and its labels

_PICTOGRAMS = re.compile(r"^[^\w«»\"“”„‟'‘’‹›©(\[@—–-]+")
_QUOTE = re.compile(r"[«»\"“”„‟'‘’‹›]|[-–—]\s")
_SAYS = re.compile(
    r"[»”\"]\s*,?\s*[—–-]\s|(?<!\w)(?:призва[лн]\w*|призыва\w+|заяв\w+|сказа\w+|сообщ(?:ил|ает|ают)\w*|совету\w+|посовет\w+|"
    r"порекоменд\w+|рекомендует|написал\w*|пишет|пишут|добавил\w*|говор[ия]т|отмет\w+|уточни\w+|попроси\w+|просит|предупре\w+|"
    r"said|says?|told|tells|urge[sd]?|wrote|writes|asked|asks|added|warn(?:s|ed)|begged|advise[sd]?)(?!\w)",
    re.IGNORECASE,
)
"""Somebody is quoted, or his words are told: the line is the story's."""
_CALL = re.compile(
    r"(?:подписывай(?:тесь|ся)|подпиши(?:тесь|сь)|читайте\s+нас|смотрите\s+нас|слушайте\s+нас|ищите\s+нас|"
    r"следите\s+за\s+(?:нами|нашими?|новостями)|присоединяйтесь|вступайте|оставайтесь\s+(?:с\s+нами|на\s+связи)|"
    r"добавьте\s+нас|поддержите\s+нас|поддержать\s+нас|follow\s+(?:us|our)|subscribe\s+(?:to|on|via|now|here)|"
    r"subscribe\s*[:!]|join\s+(?:us|our)|like\s+us|find\s+us|connect\s+with\s+us|stay\s+(?:connected|in\s+touch)|"
    r"keep\s+up\s+with\s+us|listen(?:\s+and\s+(?:subscribe|follow))?\s+on|support\s+us)(?!\w)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"(?:подписаться|подписка|следите\s+за|мы\s+(?:(?:есть|теперь|также)\s+)?(?:в|во|на)|наши?|"
    r"(?:ещ[её]\s+)?больше\s+(?:интересного|новостей)|все\s+новости|"
    r"(?:самые\s+)?(?:свежие|главные|важные|актуальные)\s+новости|будьте\s+в\s+курсе|читайте|"
    r"follow|join|we(?:\s+are|['’]re)\s+on|more\s+(?:news\s+)?on|also\s+on|get\s+our)(?!\w)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[|•·∙●▪/]")
_SEPARATORS = re.compile(rf"\s*{_SEPARATOR.pattern}\s*")
_RELATED = re.compile(
    r"(?:(?:читайте|читать|смотрите|слушайте)\s+(?:также|ещ[её])(?:\s+(?:на|в)\s+\S{2,30})?|также\s+читайте|"
    r"(?:(?:материалы?|новости|ещ[её]|больше)\s+)?(?:по|на\s+эту)\s+тем[еу]|"
    r"read\s+(?:also|more|next)|also\s+read|see\s+also|more\s+on\s+this(?:\s+(?:story|topic))?|"
    r"related(?:\s+(?:story|stories|articles?|news|coverage|posts?|links?|reading))?)"
    r"\s*(?::|[—–-]\s+(?=(?-i:[A-ZА-ЯЁ«\"\d]))|$)",
    re.IGNORECASE,
)
_FEED_TAIL = re.compile(  # the defaults of WordPress and its plugins; what follows must look like a site's name
    r"(?:(?i:the\s+post\s.+\s(?:appeared\s+first|first\s+appeared)\s+on|der\s+beitrag\s.+\serschien\s+zuerst\s+auf|"
    r"l['’]article\s.+\sest\s+apparu\s+en\s+premier\s+sur|la\s+entrada\s.+\sse\s+publicó\s+primero\s+en)|"
    r"(?i:(?:сообщение|запись)\s.+\s(?:впервые\s+появил\w+(?:\s+на)?|появил\w+\s+(?:сначала|впервые)\s+на)))"
    r"\s(?:[A-ZА-ЯЁ0-9«\"]|\S+\.\w).*"
)
_MORE = re.compile(
    r"(?:читать\s+(?:далее|дальше|полностью)|подробнее|continue\s+reading|keep\s+reading|read\s+more)[\s.…»>→]*",
    re.IGNORECASE,
)
_MISTAKE = r"(?:ошибку|опечатку|неточность)"
_TELL = r"(?:ctrl|выдел|сообщ(?:и|ить)|напиши|нажми|расскажи)"
_TYPO = re.compile(
    rf"(?:нашли|заметили|увидели|обнаружили)\s+{_MISTAKE}(?:\s+в\s+тексте)?\s*(?:\?\s*(?:$|.*{_TELL})|[,.!—–-]*\s*{_TELL})|"
    rf"если\s+вы\s+(?:нашли|заметили|увидели|обнаружили)\s+{_MISTAKE}.*(?:выделите|ctrl|сообщите\s+нам)|"
    rf"выделите\s.*(?:{_MISTAKE}|с\s+(?:ошибк|опечатк)).*(?:ctrl|нажмите)|сообщить\s+об\s+(?:ошибке|опечатке)[.!]?$|"
    r"(?:found|spotted|noticed|see)\s+(?:an?\s+)?(?:error|mistake|typo)\s*\?.*|report\s+(?:an?\s+)?(?:error|typo|mistake)[.!]?$|"
    r"if\s+you\s+(?:find|found|spot|notice)\s+an?\s+(?:error|mistake|typo).*(?:ctrl|let\s+us\s+know|tell\s+us|highlight)",
    re.IGNORECASE,
)
_SHARE_CALL = re.compile(
    r"(?:(?:поделиться|поделитесь|расскажите\s+друзьям|share)"
    r"(?:\s+(?:this|article|story|post|with\s+friends|новостью|статьёй|статьей|материалом|ссылкой|с\s+друзьями|в\s+соцсетях))*|"
    r"(?:с?копировать|copy)\s+(?:ссылку|link|url))(?!\w)",
    re.IGNORECASE,
)
_BUTTONS = re.compile(r"(?<!\w)(?:e-?mail|почт[аеу]|print|печать|распечатать|copy|скопировать|ссылк[аиу]|link|ещё|еще)(?!\w)", re.I)
_FIRM = r"(?-i:ООО|АО|ПАО|ЗАО|ОАО|НАО|ИП|АНО|НКО|ФГУП|ФГБУ|ГБУ|ГУП|МУП|ТОО)(?!\w)"
_TOKEN = r"erid\s*[:=—–-]?\s*(?=[a-z]*\d)[a-z0-9]{8,60}(?!\w)"
_NAME = r"(?-i:[A-ZА-ЯЁ][\w.&'’-]*(?:\s+(?:and|of|the|&|[A-ZА-ЯЁ][\w.&'’-]*))*)"
_AD = re.compile(
    rf"{_TOKEN}[.;]?$|(?:реклама|рекламодатель|на\s+правах\s+рекламы|{_FIRM}|\d\d?\+).*?(?<!\w){_TOKEN}|"
    rf"реклама\s*[.,:|]\s*(?:рекламодатель\s*:?\s*)?{_FIRM}|рекламодатель\s*(?::|[—–-]?\s*{_FIRM})|"
    r"(?:(?:материал|публикация|статья)\s+(?:(?:опубликован|подготовлен|размещ[её]н)\w*\s+)?)?на\s+правах\s+рекламы[.!]?$|"
    r"(?:партн[её]рск|спонсорск|рекламн)(?:ий|ый|ая)\s+(?:материал|публикация|проект|статья|новость)[.!]?$|"
    r"(?:this\s+(?:(?:article|post|story)\s+)?is\s+)?(?:an?\s+)?(?:paid|sponsored|promoted|branded|partner)"
    rf"\s+(?:content|post|story|article|partnership)(?:\s+(?:sponsored\s+)?(?:by|with|from)\s+{_NAME})?[.!]?$|"
    rf"sponsored(?:\s+by\s+{_NAME})?[.!]?$|advertorial[.!]?$",
    re.IGNORECASE | re.DOTALL,
)
"""What the law on advertising asks for (a token, or the advertiser), and publishers' words for what is paid for."""
_SLOT = re.compile(r"(?:реклама|advertisement)(?:\s+\d\d?\+)?[.:]?", re.IGNORECASE)
"""Above the place of a banner: it says nothing of the article."""
_OPENING = re.compile(
    "|".join(it.pattern for it in (_CALL, _HINT, _RELATED, _FEED_TAIL, _MORE, _TYPO, _SHARE_CALL, _AD, _SLOT)),
    re.IGNORECASE | re.DOTALL,
)
"""How a line begins that one of the rules may take; what is between bars, and a credit, aside."""
_STARTS = frozenset(
    "под чит смо слу ищи сле при вст ост доб fol sub joi lik fin con sta kee lis sup "  # calls
    "мы бол сам све гла важ акт буд наш ещё еще все we mor als get "  # hints
    "мат нов так на по rea see rel the соо зап зам уви обн если выд fou spo not if rep рас sha ско коп cop der l'a l’a la "
    "рек оао зао ооо пао нао ао ип ано нко фгу гбу гуп муп тоо eri пар спо пуб ста thi a an pai par pro bra adv "  # what else
    "авт фот сни изо илл кол рис инф вид pho ima pic ill col gra vid ист обл скр cre scr cov".split()  # credits
) | {"есл"}
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
        sponsored: Whether a line says that the story is paid for.
    """

    keep: tuple[int, ...]
    removed: tuple[RemovedLine, ...] = ()
    links: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    flagged: bool = False
    sponsored: bool = False


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
    sponsored = ("ad_disclosure", "disclosure") in found.values()
    found |= _listed(blocks, found, filled)
    if sum(len(blocks[position].text) for position in found) > _MOST * sum(len(block.text) for block in blocks):
        return Split(keep=tuple(range(len(blocks))), flagged=True, sponsored=sponsored)
    links: dict[tuple[str, str, str], SocialLink] = {}
    for position, (line_class, _) in found.items():
        if line_class in {"subscribe", "social_bar"}:
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
            for credit in read_credit(_plain(texts[position]))
        ),
        sponsored=sponsored,
    )


def may_be_furniture(text: str) -> bool:
    """Whether a line is worth a closer look: it is short, and begins, or is divided, as only few lines of a story."""
    if len(text) > _LONGEST:
        return False
    text = tidy(text)
    return (
        text[:3].casefold().rstrip(" '’.:") in _STARTS
        or not text[:1].isalpha()
        or _SEPARATOR.search(text) is not None
    )


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
    for call, most, words in ((_CALL, _LOOSE, 1), (_HINT, _STRICT, 0)):
        if hit := call.match(line.text):
            rest = line.text[hit.end() :]
            left = words_left(rest, line.names)
            return (
                sum(map(str.isalpha, "".join(left))) <= most
                and sum(word[0].islower() for word in left) <= words
                and _names_platform(rest, line.hrefs)
                and not _SAYS.search(rest)
            )
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
    return hit is not None and letters_left(_BUTTONS.sub(" ", line.text[hit.end() :]), line.names) <= _STRICT


def _is_paid(line: _Line) -> bool:
    return _AD.match(line.text) is not None and not _SAYS.search(line.text)


def _ends(line: _Line) -> bool:
    return line.last and (_FEED_TAIL.fullmatch(line.text) or _MORE.fullmatch(line.text)) is not None


def _listed(
    blocks: Sequence[Block], found: Mapping[int, tuple[str, str]], filled: Sequence[int]
) -> dict[int, tuple[str, str]]:
    """What stands below a heading such as «Читайте также» and is nothing but links."""
    more: dict[int, tuple[str, str]] = {}
    for position, (line_class, _) in found.items():
        if line_class != "related" or not _RELATED.fullmatch(_plain(tidy(blocks[position].text))):
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
    ("credit", "names", lambda line: bool(read_credit(line.text))),
    ("related", "prefix", lambda line: _RELATED.match(line.text) is not None),
    ("feed_tail", "template", _ends),
    ("typo_prompt", "prompt", lambda line: _TYPO.match(line.text) is not None),
    ("share_bar", "call", _shares),
    ("ad_disclosure", "disclosure", _is_paid),
    ("ad_disclosure", "slot", lambda line: _SLOT.fullmatch(line.text) is not None),
)
