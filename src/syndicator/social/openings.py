"""A quick check of how a line opens, by which nearly every line of a story is recognized as not furniture.

A new pattern in `wording` needs its first letters here; those of the phrases in `phrases.toml` are added by themselves.
"""

from collections.abc import Sequence
from typing import TypeVar

from syndicator.social import wording
from syndicator.social.labels import tidy
from syndicator.social.phrases import AFTER, LAST, closings, starts
from syndicator.social.wording import QUOTE, is_divided

T = TypeVar("T")

LONGEST = 400
"""The most characters of a line that may be furniture."""
_FIRST, _LAST = 3, 6  # how many paragraphs at the beginning and at the end of a body may be furniture
_QUESTION = 70  # the most characters of a question that may stand before a call
_HEAD = 13  # how many characters at a line's beginning the quick check looks at
_OPENINGS = (
    *(wording.CALL, wording.CALL_TO_AUTHOR, wording.HINT, wording.OFFER, wording.TIP, wording.APP, wording.LIKE),
    *(wording.RELATED, wording.FEED_TAIL, wording.MORE, wording.TYPO, wording.SHARE_CALL, wording.NEWSLETTER),
    *(wording.BUTTON, wording.AD, wording.SLOT),
)
_STARTS = frozenset(
    "под чит смо слу ищи при вст ост доб fol sub joi lik fin con sta kee lis sup хот пон "  # calls
    "мы мой моя мои бол сам све важ акт буд наш ещё еще als get всё обс ком "  # hints
    "мат нов rea rel соо зап зам уви обн есл выд fou spo not rep рас sha ско коп cop der l'a l’a "
    "рек оао зао ооо пао нао ао ип ано нко фгу гбу гуп муп тоо eri пар спо пуб ста "  # what else opens
    "thi pai par pro bra adv "  # a line of a rule
    "авт фот сни изо илл кол рис инф вид pho ima pic ill col gra vid ист обл скр кад гра scr cov "
    "cre sig reg ema blo twe lea log".split()  # credits, and buttons
)
"""The first three letters of every line that these patterns, or those of credits, may match.

Nearly every line of a story begins with other letters.
"""
_LONGER: dict[str, tuple[str, ...]] = {
    "the": ("the post ",),
    "по": ("по тем",),
    "не": ("не пропус", "не забудьте "),
    "на": ("на прав", "на эту "),
    "la": ("la entr",),
    "if": ("if you ",),
    "see": ("see a", "see er", "see mi", "see ty"),
    "we": ("we are on", "we're on", "we’re on"),
    "все": ("все нов", "все само", "все самы"),
    "что": ("чтобы ",),
    "ест": ("есть о ч", "есть нов", "есть инт", "есть инф", "есть важ", "есть что", "есть тем"),
    "ста": ("стали оче", "стали сви", "ставьте ", "ставить "),
    "dow": ("download ",),
    "вы": ("вы стали ", "вы уже подпис", "вы еще не под", "вы ещё не под"),
    "зна": ("знаете ",),
    "узн": ("узнали инт", "узнали что", "узнавай"),
    "хоч": ("хочешь ",),
    "ска": ("скачай", "скачив"),
    "уст": ("установи", "устанавл"),
    "обз": ("обзоры ",),
    "раз": ("разборы ",),
    "ано": ("анонсы ",),
    "гро": ("громкие ",),
    "ярк": ("яркие ",),
    "инт": ("интересные ",),
    "пос": ("последние ", "поставьте ", "поставить "),
    "опе": ("оперативные", "оперативно ", "оперативно,"),
    "теп": ("теперь мы ",),
    "кор": ("коротко ", "коротко,"),
    "важ": ("важное ", "важное,"),
    "сро": ("срочные ",),
    "for": ("for more", "for the late"),
    "you": ("you can",),
    "дру": ("друзья", "другие новос"),
    "так": ("также ч",),
    "сле": ("следите ",),
    "сто": ("стоп-",),
    "гла": ("главные ", "главное ", "главное,"),
    "арх": ("архивное ", "архивная "),
    "mor": ("more ne", "more on"),
    "tha": ("thanks for re",),
    "тек": ("текст ", "текст,", "текст/", "текст +"),
    "add": ("add ",),
    "cli": ("click here ",),
    "tap": ("tap here ",),
    "don": ("don't miss", "don’t miss"),
    "kee": ("keep ",),
    "do": ("do you ha", "do you kn"),
    "hav": ("have you go",),
    "got": ("got a", "got more"),
    "ple": ("please ",),
}
"""Longer beginnings, by first three letters, where many lines of stories begin with these three letters, too."""
_STOPS = " .!…。！।"
_ENDS = closings()
_LONGER_OF_ALL = dict(_LONGER)
for _start, _more in starts().items():
    _LONGER_OF_ALL[_start] = (*_LONGER_OF_ALL.get(_start, ()), *_more)


def ends(paragraphs: Sequence[T]) -> list[T]:
    """The first three and the last six paragraphs of a body, each once; all between them belong to the story."""
    if len(paragraphs) <= _FIRST + _LAST:
        return [*paragraphs]
    return [*paragraphs[:_FIRST], *paragraphs[-_LAST:]]


def may_be_furniture(text: str) -> bool:
    """Whether a line is worth a closer look: it is short, and opens, ends or is divided as few lines of a story are."""
    if len(text) > LONGEST:
        return False
    head = text[:_HEAD]
    if not head.isprintable() or "  " in head:
        head = tidy(text)[:_HEAD]
    start = head.casefold()[:3].rstrip(AFTER)
    if start in _STARTS or not head[:1].isalpha():
        return not QUOTE.match(head)
    longer = _LONGER_OF_ALL.get(start)
    if longer is not None and head.casefold().startswith(longer):
        return True
    flat = tidy(text) if "?" in text else ""
    asked = flat.find("?", 0, _QUESTION) + 1  # «Хотите знать больше? Подписывайтесь!»
    return (
        is_divided(text)
        or text.rstrip(_STOPS)[-LAST:].casefold() in _ENDS
        or (asked > 0 and "? " not in flat[asked:] and may_be_furniture(flat[asked:].lstrip()))
    )


def opens_so(text: str) -> bool:
    """Whether a line is worded like one that a rule may match; bars and credits are recognized in other ways."""
    return any(it.match(text) for it in _OPENINGS) or wording.CLOSING.search(text) is not None
