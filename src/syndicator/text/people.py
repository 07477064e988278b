"""Names of people in a line: "By Jane Doe and John Roe, CNN" names two."""

import re

from syndicator.text.characters import CJK, INDIC

OTHER_LABELS = (
    r"tekst|texte|testo|szerző|yazar|yazan|författare|skribent|forfatter|toimittaja|kirjoittaja|συντάκτης|penulis|oleh|"
    r"tác\s+giả|بقلم|الكاتب|نویسنده|מאת|लेखक"
)
"""Words for an author, in a pattern, that count as such only before a colon: Oleh is also a man."""
_LABEL = re.compile(
    r"^\W*(?:(?:(?:written|posted|published|reported|story|text|words)?\s*by|автор(?:ы|а)?(?:\s+(?:текста|статьи|материала))?|"
    r"текст|подготовил[аи]?|автор|von|vom|par|por|di|door|(?-i:[Aa][vf])|text|autor(?:in|es)?|auteur|author|記者|记者|作者|文|編集|取材)"
    rf"(?:\s*[:：|/—–-]\s*|\s+)|(?:{OTHER_LABELS})\s*[:：]\s*)",
    re.IGNORECASE,
)
_AND = r"(?:and|und|et|и|y|e|&)\s"
_JOINTS = re.compile(rf"\s*[,;|/、，•·]\s*(?:{_AND})?\s*|\s+{_AND}\s*", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_][\w.'’ʼ‘{INDIC}-]*")
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "dos", "la", "le", "van", "von", "der", "den", "al", "bin", "el", "ter"}
)
_NO_NAME = re.compile(
    r"[\d@:?!«»\"/]|https?|\b(?:staff|writer|reporter|editor|correspondent|contributor|редакция|редактор|корреспондент|"
    r"follow|share|comments?|updated|published|subscribe|read|more|by|on|at|in|the|posts?|view|all|news|admin)\b|"
    r"\b(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.$|关注|查看|更多|返回|简介|点击|分享|评论|登录|阅读全文",
    re.IGNORECASE,
)
_BEHIND_NAME = r"\s(?:for|from|für|pour|para|для|[–—-])\s"
_ONE = rf"(?:(?!\s{_AND})[^,;|/•·]){{2,60}}$"
_OFFICE = re.compile(
    rf"(?:[,|/•·](?!\s*(?:jr|sr|ii|iii|inc|llc|ltd|gmbh|corp|co)\b)\s*|{_BEHIND_NAME}){_ONE}", re.IGNORECASE
)
"""The place of work at the end of a byline; a list behind a comma is none ("Comedy Hour, Pod House and Jane Doe")."""
_AT_WORK = re.compile(rf"{_BEHIND_NAME}{_ONE}", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:new|los|las|san|нижний|верхний|великий|новый|старый|набережные)\s.+|"
    r".*\b(?:city|county|область|край|район|bureau|office|agency|press|times|daily|mail|tribune|herald|gazette|journal|"
    r"magazine|media|radio|television|tv|redaktion|agentur|presse|zeitung|новости|агентство|газета|вести|известия|радио|"
    r"журнал|правда|медиа|тв)\b.*",
    re.IGNORECASE,
)
"""A place or an outlet that looks like a name; it counts as such only behind a name, because there is a Bill Press."""
_PLACE = re.compile(r"\s(?:in|aus)\s(?=[A-ZÄÖÜ])[^,;|/•·]{2,40}$")
_ROLE = re.compile(r"\s?(?:기자|특파원|記者|记者|著|訳|監訳)$")
_ADDRESS = re.compile(r"@\w+\.|://|^/|^www\.", re.IGNORECASE)
_NOBODY = frozenset(
    {
        *("super user", "superuser", "admin", "administrator", "администратор", "адміністратор"),
        *("undefined", "null", "none", "[object object]"),  # what programs print if there is no value
    }
)
_LAST_FIRST = re.compile(r"[^\s,]+,\s*[^,]+")
_CJK = re.compile(rf"[{CJK}]{{2,8}}")
_MOST_WORDS = 5  # the most words of a name
_LONGEST = 10_000  # the most characters of a line that are read


def is_nobody(name: str) -> bool:
    """Whether a name is one that systems give to an author without a name, or print if nobody is named."""
    return name.strip().casefold() in _NOBODY


def people(line: str) -> list[str]:
    """The names in a byline; empty if the line holds something else.

    Args:
        line: The text on one line, with or without "By" before the names and a place of work behind them.
    """
    said = _AT_WORK.sub("", _ROLE.sub("", _PLACE.sub("", _LABEL.sub("", _tame(line), count=1))), count=1)
    parts = _without_office([part for part in _JOINTS.split(said) if part])
    names = [part for part in parts if _is_name(part)]
    names = [name.title() if name.isupper() else name for name in names]  # some newspapers print names in capitals
    return list(dict.fromkeys(names)) if names and parts and _is_name(parts[0]) else []


def split_names(name: str) -> list[str]:
    """Split a name field that holds several people; a field that is no plain list of full names stays one name.

    An address or a number is no name. "Doe, Jane" is one person, and so is «ТАСС»; "Jane Doe, John Roe" are two; of
    "Jane Doe, CNN", only the person is kept.
    """
    said = re.sub(r"^\W*(?:by|автор(?:ы)?:?|von|par|por)\s+", "", _tame(name), count=1, flags=re.IGNORECASE)
    parts = _without_office([part for part in _JOINTS.split(said) if part])
    full = [part for part in parts if " " in part and _is_name(part)]
    if len(full) > 1 and len(full) >= len(parts) - 1 and parts[: len(full)] == full:
        return full
    without = _OFFICE.sub("", said, count=1).rstrip()
    if without != said and " " in without and _is_name(without) and not _LAST_FIRST.fullmatch(said):
        return [without]
    return [said] if any(it.isalpha() for it in said) and not _ADDRESS.search(said) else []


def _tame(line: str) -> str:
    """The line cut to a bounded length, with single spaces: the patterns try each space of a run of spaces anew."""
    return " ".join(line[:_LONGEST].split())


def _without_office(parts: list[str]) -> list[str]:
    """The parts without the last one if that is a place or an outlet behind a name: "Jane Doe, New York"."""
    return parts[:-1] if len(parts) > 1 and _is_name(parts[-2]) and _BEHIND.fullmatch(parts[-1]) else parts


def _is_name(part: str) -> bool:
    if _CJK.fullmatch(part.replace(" ", "")):
        return not _NO_NAME.search(part)
    found = part.split()
    if not 2 <= len(found) <= _MOST_WORDS or _NO_NAME.search(part):
        return False
    return all(_WORD.fullmatch(it) and (not it[0].islower() or it.lower() in _PARTICLES) for it in found)
