"""A quick check of how a line opens, by which nearly every line of a story is recognized as not furniture.

A new pattern in `wording` needs its first letters here; those of the phrases in `phrases.toml` are added by themselves.
"""

from collections.abc import Sequence
from typing import TypeVar

from syndicator.social import wording
from syndicator.social.labels import tidy
from syndicator.social.phrases import LAST, beginnings, closings, fold
from syndicator.social.wording import QUOTE, is_divided

T = TypeVar("T")

LONGEST = 400
"""The most characters of a line that may be furniture."""
_FIRST, _LAST = 3, 6  # how many paragraphs at the beginning and at the end of a body may be furniture
_QUESTION = 70  # the most characters of a question that may stand before a call
_HEAD, _TAIL = 13, 12  # how many characters at a line's beginning and end the quick check looks at
_OPENINGS = (
    *(wording.CALL, wording.CALL_TO_AUTHOR, wording.HINT, wording.OFFER, wording.TIP, wording.APP, wording.LIKE),
    *(wording.RELATED, wording.FEED_TAIL, wording.MORE, wording.TYPO, wording.SHARE_CALL, wording.NEWSLETTER),
    *(wording.BUTTON, wording.AD, wording.SLOT),
)
_BEGINNINGS = (
    # Calls.
    "поддерж|подели|подпис|подпиш|подроб|чита|смотр|слуша|ищи |ищите|вступа|присое|оста|добав|понрав|скачай|скачив|"
    "установи|устанавл|follow|subscr|join|like |connec|contin|listen|support|find |stay |keep |download |please |"
    "you can|if you |click here |tap here |discuss|don't miss|don’t miss|for more|for the late|we are on|we're on|"
    "we’re on|"
    # Hints, and calls for news.
    "мой|моя|мои|мы в|мы есть |мы на|мы та|мы те|больше|самое|самые|все нов|все само|все самы|всё с|еще |ещё |свежие|"
    "актуал|важные|важное |важное,|срочные |громкие |яркие |интересные |последние |главные |главное |главное,|"
    "коротко |коротко,|оперативные|оперативно |оперативно,|архивное |архивная |обзоры |разборы |анонсы |будьте|"
    "обсуди|обсужд|коммен|узнавай|узнали инт|узнали что|хочешь |чтобы |если|знаете |друзья|также ч|следи|теперь мы |"
    "вы стали |вы уже подпис|вы еще не под|вы ещё не под|стали оче|стали сви|есть о ч|есть нов|есть инт|есть инф|"
    "есть важ|есть что|есть тем|не пропус|add |also |thanks for re|"
    # Other articles, and ends of feeds' entries.
    "матери|новост|другие новос|по тем|на эту |статья|read |report|relate|more ne|more on|see a|see er|see mi|see ty|"
    "the post |this a|this i|this p|this s|der b|l'arti|l’arti|la entr|"
    # Mistakes, likes, buttons.
    "сообще|сообщи|запись|замети|увидел|обнару|выдели|не забудьте |found|spotte|notice|have you go|got a|got more|"
    "do you ha|do you kn|расска|share|поставьте |поставить |ставьте |ставить |скопир|копиро|copy|get |sign |regist|"
    "bülten|e-bülten|email|blogth|tweet|leave |log |стоп-|"
    # Advertising.
    "реклам|оао|зао|ооо|пао|нао|ао|ип|ано|нко|фгу|фгбу|гбу|гуп|муп|тоо|erid|партне|партнё|спонсо|публик|paid|partne|"
    "promot|brande|advert|sponso|на прав|"
    # Credits.
    "автор|words |words,|text |text,|text/|слова и |слова &|слова,|слова/|слова +|текст |текст,|текст/|текст +|фот|"
    "снимо|снимк|изобра|иллюст|коллаж|колаж|рисуно|инфогр|видео|источн|обложк|скринш|кадр|график|photo|image|pictur|"
    "illust|collag|graphi|video|screen|cover|credit"
)
"""How the lines begin that these patterns, or those of credits, may match, with a bar between them.

Nearly every line of a story begins otherwise.
"""
_STOPS = " .!…。！।"
_ENDS = closings()
_FINALS = frozenset(end[-1] for end in _ENDS)
_BY_START: dict[str, tuple[str, ...]] = {}
for _beginning in (*_BEGINNINGS.split("|"), *beginnings()):
    _BY_START[_beginning[:3]] = (*_BY_START.get(_beginning[:3], ()), _beginning)


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
    if not head[:1].isalpha():
        return not QUOTE.match(head)
    head = fold(head)
    if head.startswith((*_BY_START.get(head[:3], ()), *_BY_START.get(head[:2], ()))):
        return True
    flat = tidy(text) if "?" in text else ""
    asked = flat.find("?", 0, _QUESTION) + 1  # «Хотите знать больше? Подписывайтесь!»
    return (
        is_divided(text)
        or _may_close(text)
        or (asked > 0 and "? " not in flat[asked:] and may_be_furniture(flat[asked:].lstrip()))
    )


def opens_so(text: str) -> bool:
    """Whether a line is worded like one that a rule may match; bars and credits are recognized in other ways."""
    return any(it.match(text) for it in _OPENINGS) or (_may_close(text) and wording.CLOSING.search(text) is not None)


def _may_close(text: str) -> bool:
    """Whether a line ends as the calls do that end with their verb."""
    tail = text.rstrip(_STOPS)[-_TAIL:]
    return fold(tail[-1:]) in _FINALS and fold("".join(tail.split())[-LAST:]) in _ENDS
