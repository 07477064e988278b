"""A line that names who made a picture or a video: «Фото: РИА Новости / Иван Иванов», "Photo by Jane Doe".

A credit is a list of names, so each part must read like a name: capitals and particles, or the known wording of a
source («пресс-служба мэра Москвы»). A sentence («Видео: взрыв прогремел в центре») is no credit; in doubt, a line is
none. Whoever only provided the picture is an agency. A part that only says where the picture was found («соцсети»,
«скриншот видео», «из архива героя») names nobody: such a line is a credit that credits nobody.
"""

import re
from collections.abc import Sequence

from syndicator.model.social import Credit, CreditRole
from syndicator.social.labels import by_label
from syndicator.social.phrases import alternatives, pattern, phrases
from syndicator.text.characters import CJK, INDIC

_ROLES: dict[CreditRole, str] = {
    "photographer": r"фото(?:\s*(?:и|/|,)\s*видео)?|фотографи[яи]|фотограф|снимок|снимки|изображени[ея]|обложка|"
    r"скриншот|стоп-кадр|кадр|photos?(?:\s*(?:and|&|/)\s*videos?)?|photograph(?:er|y|s)?|images?|pictures?|cover|screenshot|"
    rf"credits?|{pattern('photographer')}",
    "illustrator": "иллюстраци[яи]|графика|коллаж|рисунок|инфографика|illustrations?|collage|graphics?|"
    f"{pattern('illustrator')}",
    "video": f"видео|videos?|{pattern('video')}",
}
LABEL = "|".join(_ROLES.values())
"""Any label of a credit (regular expression)."""
SHORTENED = alternatives(it for it in phrases("photographer", "illustrator") if it.endswith("."))
"""The labels that end in a dot and need no colon behind them: «fot. Jan Kowalski» (regular expression)."""
WITH_TEXT = re.compile(
    r"(?:текст|слова|text|words)\s*(?:и|і|&|and|,|/|\+)\s*(?=фото|photo|image|picture)", re.IGNORECASE
)
"""The opening of a line that names the makers of both text and picture; because of the text, the line stays."""
_WHERE = r"(?:\s+(?:credits?|source|courtesy|на\s+(?:обложке|превью|заставке)|в\s+тексте|автора))?"
_KINDS = "|".join(f"(?P<{role}>{words})" for role, words in _ROLES.items())
_CREDIT = re.compile(
    r"(?:(?:автор|источник|иллюстративн(?:ое|ая)|архивн(?:ое|ая))\s+)?"
    rf"(?:(?:{_KINDS}){_WHERE}\s*(?:[:：]\s*(?:©|\(c\))?|©|\(c\)|"
    r"(?P<by>\s(?:by|courtesy of|von|par|por|di|de|door|av)\s)|(?<=source),|(?<=credit)(?:\.\.\.|…))|"
    rf"©|(?:{SHORTENED}))"
    r"[\s\ufe0f]*(?P<who>\S.{1,89})",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:фото|фотографи[яи]|видео)\s+((?:из\s+(?:открытых\s+источников|(?:личного\s+|семейного\s+)?архива(?:\s+[\w-]+){0,4}|"
    r"соцсетей|социальных\s+сетей)|автора|редакции|читател\w+|очевидц\w+|предоставлен[оаы]\s+пресс-служб\w+(?:\s+[\w«»-]+){0,5}))\.?",
    re.IGNORECASE,
)
_DECLINED = re.compile(
    rf"(?i:{_KINDS})\s+(?P<who>(?:[А-ЯЁ]\.\s?){{1,2}}[А-ЯЁ][а-яё-]+|"
    r"[А-ЯЁ][а-яё]+[аяыи]\s[А-ЯЁ][а-яё-]*(?:[аяыио]|ой|ых|их|[ое]го))(?:[.,]\s+(?P<agency>[А-ЯЁ«][^.]{2,60}))?\.?"
)
"""«Фото Ивана Иванова», «Фото И. Иванова. Пресс-служба мэра»: a name in the genitive, which stays as it is."""
_PARTS = re.compile(r"(?:(?:[\w-]+\.)+[a-z]{2,6}/[\w@./-]+|«[^»]*»|\"[^\"]*\"|(?!\s+[—–-]\s|—)[^/|,;©])+")
_JOINTS = re.compile(r"\s+(?:via|on|for|from|pour|für|para|dla|для)\s+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"[?!:]|\b(?:19|20)\d\d\b|(?<!\w)(?:кто|что|как|где|куда|когда|почему|зачем|какой|какие|сколько|who|what|how|why|when|"
    r"where|which|права|rights|reserved|да|нет|есть|yes|no|none|oled|lcd|dolby|intel|amd|nvidia|geforce|radeon|visa|mastercard|hardback|"
    r"paperback)(?!\w)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-zа-яё]{4}[.…]\s+\S", re.IGNORECASE)
_VERB = re.compile(
    r"(?<!\w)(?:(?!\w*(?:канал|портал|журнал|филиал))\w+[аиыеяу]л[аои]?|\w{0,5}(?:мог|ош|уш|наш|приш|выш|вез|нес|спас)л[аои]|"
    r"\w{2,}(?:[аяу](?:ет|ют)|[аяи]ят)|нет)(?:сь|ся)?(?!\w)",
    re.IGNORECASE,
)
"""Russian verbs in the past tense or the third person: a text with one is no list of names."""
_SOURCE = re.compile(
    r"(?:пресс|архив|личн|из\s|соцсет|социальн|скрин|кадр|стоп-кадр|предоставлен|министерств|департамент|правительств|"
    r"мэри|сайт\s|сгенерирован|(?:гу|умвд|увд|уфсб|су|ск|оперштаб)\s|мчс|мвд|гибдд|прокуратур|администраци|росгварди|нейросет|ии(?!\w)|агентств|информационн|газет|телеканал|радио|медиацентр|медиаслужб|фотослужб|"
    r"(?:telegram|телеграм|tg|тг)[- ])",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"(?:(?:из\s+)?(?:личн\w+\s+|семейн\w+\s+)?архив|личн|из\s|открыт\w+\s+источник|соцсет|социальн|скрин|(?:стоп-)?кадр|"
    r"предоставлен[а-яё]?(?![а-яё])(?!\s+пресс)|пресс-служба$|"
    r"(?:telegram|телеграм|tg|тг)[- ]?канал|очевид|читател|(?:автора|редакции)$|"
    r"(?:screenshot|screengrab|handout|file|social\s+media|supplied|provided|video\s+still)(?:\s+(?:photo|image))?$)",
    re.IGNORECASE,
)
"""The opening of a part that says where the picture was found; if it has a capitalized name, that one provided it."""
_RESERVED = re.compile(
    r"(?:rights?\s+reserved|riproduzione\s+riservata|droits?\s+réservés?|rechte\s+vorbehalten|(?:derechos|direitos)\s+reservados|"
    r"prawa\s+zastrzeżone|права\s+(?:защищены|захищені)|版权所有|無断転載)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"^предоставлен[аоы]?\s+(?=[A-ZА-ЯЁ«]|пресс)")
_TAKEN_FROM = re.compile(
    r"(?:скриншот|скрин|(?:стоп-)?кадр)(?:\s+(?:из\s+)?[а-яё]+)*\s+(?=[A-ZА-ЯЁ«@]|(?:[\w-]+\.)+[a-z]{2,6}/)"
)
_INITIALS = re.compile(r"(?:[A-ZА-ЯЁ]\.\s?){1,2}[A-ZА-ЯЁ][\w-]+")
_AGENCY = re.compile(
    r"^the\s|(?<!\w)(?:тв|tv|freepik|pixabay|fotodom|canva|istock|depositphotos|dreamstime|midjourney|dall-e|kandinsky|nasa|jpl|"
    r"esa|роскосмос|мин[а-яё]{3,12}|агентств\w*|иа|новости|вести|ведомости|известия|правда|риа|тасс|рбк|нсн|аиф|мчс|мвд|фсб|дснс|ова|зсу|сбу|агн|news|agency|reuters|getty|afp|epa|ap|photo|images|"
    r"press|media|shutterstock|unsplash|pexels|flickr|wikimedia|commons|globallookpress|lori|лори|plc|ltd|llc|inc|gmbh|"
    rf"{alternatives(phrases('names'))})(?!\w)|[«\"@]|\w\.\w{{2,}}",
    re.IGNORECASE,
)
_PAPER = re.compile("вести|новости|ведомости|известия|правда|жизнь|газета|неделя|край|берег")
"""The last words of newspapers' names that are written in lower case: «Вечерние вести»."""
_PARTICLES = frozenset(
    "и фон де ван and of the de del la van von der al bin "
    "da do dos das di du des le les y e et und den ter ten te zu för".split()
)
_AGENCIES = frozenset(word for it in phrases("names") for word in it.split())
_WEAK = re.compile(
    r"(?:обложка|график[аи]|рисунок|малюнок|cover|credits?|cr[eé]dit\w*|graphics?|collage|gr[aá]fi[ck]\w*|arte|film|dessin|desenho|disegno|"
    r"kresba|tekening|drawings?|zeichnung|rysunek)(?!\w)",
    re.IGNORECASE,
)
"""Labels that stand before other things than names, too: a single word behind one must be known as an agency's."""
_CJK = re.compile(rf"[{CJK}・]{{2,12}}")
_CASELESS = re.compile(rf"[{CJK}・]{{2,12}}|[\u0620-\u064a]{{2,12}}|[{INDIC}]{{2,12}}")
"""A word of a name in a script without capitals."""
_CJK_HOUSE = re.compile(r"(?:社|新聞|新闻|通信|网|網|报|報|局|台)$")
"""The last characters of Chinese and Japanese names of companies and media."""
_ELIDED = re.compile(r"^(?:[dl]|dell|all|dall|nell|sull)['’](?=\w)", re.IGNORECASE)
_HOUSE = re.compile(
    r"^(?:the|die|der|das|el|la|le|il|jornal|diario|diário|gazeta|agencja)\s|(?:library|archives?|collection|trust|museum|university|"
    r"institute|foundation|times|post|herald|tribune|gazette|courier|journal|chronicle|observer|ledger|echo|star|zeitung|"
    r"tageblatt|anzeiger|kurier|krant|tidning\w*|noviny|studios?|productions|college|council|department)$",
    re.IGNORECASE,
)
"""The first or last word of an organization's name: behind a maker's name, it is where the maker works."""
_OF = frozenset({"di", "de", "door", "av", "von"})
"""Words that may stand both before a maker's name and before the name of whom a picture shows."""
_NAME_AND_HOUSE = 2  # the fewest parts of a credit behind such a word: a maker and where he works
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_PERSON_WORDS = 4  # the most words of a person's name
_SOURCE_WORDS = 7  # the most words of an agency's or another source's name
_HOUSE_WORDS = 2  # the most words of an organization's name in small letters


def read_credit(line: str) -> tuple[Credit, ...]:
    """Read a credit line.

    Args:
        line: The text, on one line and without invisible characters.

    Returns:
        The makers and agencies that it names, in order; empty when the line is no credit, or names nobody.
    """
    return _read(line) or ()


def is_credit(line: str) -> bool:
    """Whether a line is a credit, including one that names nobody: «Фото: соцсети»."""
    return _read(line) is not None


def is_declined(line: str) -> bool:
    """Whether a line has the form «Фото Ивана Иванова», which is no credit where it may describe a picture."""
    hit = _DECLINED.fullmatch(line)
    return hit is not None and not hit["agency"] and "." not in hit["who"]


def names_nobody(name: str) -> bool:
    """Whether a text in place of a name only says where the picture was found: «соцсети», «Telegram», «архив»."""
    if "/" in name:
        return False
    if by_label(name) or _RESERVED.search(name):
        return True
    return _FOUND.match(name) is not None and not any(it[:1].isupper() or it[0] in '«"@' for it in name.split()[1:])


def _read(line: str) -> tuple[Credit, ...] | None:
    if line[:1] in _BRACKETS and line[-1:] == _BRACKETS[line[0]]:
        line = line[1:-1].strip()
    if (from_where := _FROM.fullmatch(line)) and not _VERB.search(from_where[1]):
        name = _GIVEN.sub("", from_where[1])
        return () if names_nobody(name) else (Credit(role="agency", name=name),)
    if (hit := _DECLINED.fullmatch(line)) and (not hit["agency"] or _tells_agency(hit["agency"])):
        return (Credit(role=_role(hit), name=hit["who"], agency=hit["agency"] or ""),)
    hit = _CREDIT.fullmatch(line)
    return _labelled(hit) if hit else None


def _labelled(hit: re.Match[str]) -> tuple[Credit, ...] | None:
    """The makers and agencies that a line names behind its label; None if that is no list of names."""
    who, by = hit["who"].strip(" ."), (hit["by"] or "").strip()
    if _NO_NAME.search(who) or _SENTENCES.search(who):
        return None
    parts = [name for piece in _PARTS.findall(who) for part in _JOINTS.split(piece) if (name := part.strip(" –—-"))]
    if not _are_names(parts) or _is_doubtful(hit.string, who, by, parts):
        return None
    if "courtesy" in by.lower():
        return tuple(Credit(role="agency", name=it) for it in parts if not names_nobody(it))
    parts = [_TAKEN_FROM.sub("", _GIVEN.sub("", part), count=1) for part in parts]
    parts = [part for part in parts if not names_nobody(part)]
    agencies = [it for number, it in enumerate(parts) if _is_agency(it) or (number and _HOUSE.search(it))]
    people = [part for part in parts if part not in agencies]
    if not people:
        return tuple(Credit(role="agency", name=agency) for agency in agencies)
    return tuple(Credit(role=_role(hit), name=person, agency=" / ".join(agencies)) for person in people)


def _are_names(parts: Sequence[str]) -> bool:
    """Whether the first part reads like a name, and each other one like a name or an organization."""
    return bool(parts) and _is_name(parts[0]) and all(_is_name(it) or _is_house(it, parts[0]) for it in parts[1:])


def _is_doubtful(line: str, who: str, by: str, parts: Sequence[str]) -> bool:
    """Whether the label may stand before other things than names, and what stands behind it may be such a thing."""
    if by in _OF and len(parts) < _NAME_AND_HOUSE:
        return True  # «Foto di Mario Draghi» may be a picture of him
    is_weak = _WEAK.match(line) is not None or (by != "" and "courtesy" not in by.lower())
    return is_weak and " " not in who and not _AGENCY.search(who)  # «Cover: Thriller», "images by Sunday"


def _role(hit: re.Match[str]) -> CreditRole:
    return next((role for role in _ROLES if hit[role]), "photographer")


def _is_name(part: str) -> bool:
    words = re.sub(r"[«\"][^»\"]*[»\"]", "Q", part).split()
    if len(words) > _SOURCE_WORDS:
        return False
    if _SOURCE.match(part) or names_nobody(part):
        return not _VERB.search(part)
    limit = _SOURCE_WORDS if _AGENCY.search(part) else _PERSON_WORDS
    return len(words) <= limit and all(map(_is_name_word, words))


def _is_house(part: str, maker: str) -> bool:
    """Whether a part in small letters is where the maker named before it works: «Ralf Tamm / heise online»."""
    words = part.split()
    return len(maker.split()) > 1 and len(words) <= _HOUSE_WORDS and all(it.isalpha() and it.islower() for it in words)


def _is_name_word(word: str) -> bool:
    letters = _ELIDED.sub("", word.strip("().@'’-–"))
    if letters.lower() in _PARTICLES or letters.lower() in _AGENCIES:
        return True
    if _CASELESS.fullmatch(letters) or _PAPER.fullmatch(letters):
        return True
    return (letters[:1].isalpha() and not letters[:2].islower()) or word.startswith("@") or "." in letters


def _is_agency(part: str) -> bool:
    """Whether a name is an agency's: by its words, or because it is a single word («Коммерсантъ»); people have two."""
    if _INITIALS.fullmatch(part):
        return False
    if _CJK.fullmatch(part):
        return part in _AGENCIES or _CJK_HOUSE.search(part) is not None
    if part[:1].islower() and part.split(maxsplit=1)[0] not in _PARTICLES:
        return True
    return _tells_agency(part) or " " not in part


def _tells_agency(part: str) -> bool:
    return _AGENCY.search(part) is not None or _SOURCE.match(part) is not None
