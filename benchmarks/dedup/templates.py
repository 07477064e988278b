"""Texts that sites fill in every day, with other figures, names and dates."""

import random
import re
from collections.abc import Callable

from .edits import Piece
from .lexicon import Language, table

_SLOT = re.compile(r"\{([a-z]+)\d*\}")
_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_WINDS = {"ru": ("северного", "южного", "западного", "восточного"), "en": ("northerly", "southerly", "westerly")}
_JOBS = {
    "ru": ("слесарь", "бухгалтер", "водитель погрузчика", "повар", "электрик", "менеджер по продажам", "фельдшер"),
    "en": ("plumber", "bookkeeper", "forklift driver", "cook", "electrician", "sales manager", "nurse"),
}
_TEAMS = {
    "ru": ("Звезда", "Металлург", "Сокол", "Торпедо", "Энергетик", "Маяк", "Буревестник", "Шахтёр", "Луч", "Химик"),
    "en": ("Rovers", "United", "Athletic", "Wanderers", "Albion", "Rangers", "Harriers", "County", "Villa", "Borough"),
}


def templates(code: str) -> list[Piece]:
    """All of a language."""
    return [Piece(it["title"], tuple(it["text"])) for it in table("templates")[code]]


def filled(template: Piece, language: Language, dice: random.Random, day: int) -> Piece:
    """One item: each slot has one value throughout.

    Args:
        template: With slots.
        language: Its own.
        dice: Draws what stands in the slots.
        day: Of the year: an item's date.
    """
    values: dict[str, str] = {"{date}": _date(language.code, day)}

    def value(match: re.Match[str]) -> str:
        if match[0] not in values:
            values[match[0]] = _SLOTS[match[1]](language, dice)
        return values[match[0]]

    return Piece(_SLOT.sub(value, template.title), tuple(_SLOT.sub(value, it) for it in template.paragraphs))


def _date(code: str, day: int) -> str:
    month = _MONTHS[code][day // 28 % 12]
    return f"{day % 28 + 1} {month}" if code == "ru" else f"{month} {day % 28 + 1}"


def _name(language: Language, dice: random.Random) -> str:
    person = language.person(dice)
    surname = person.name if language.code == "en" else person.name(0)
    return f"{person.given} {surname}"


def _town(language: Language, dice: random.Random) -> str:
    town = language.town(dice)
    return str(town if language.code == "en" else town(0))


def _decimal(least: int, most: int) -> Callable[[Language, random.Random], str]:
    def drawn(language: Language, dice: random.Random) -> str:
        return f"{dice.uniform(least, most):.2f}".replace(".", "," if language.code == "ru" else ".")

    return drawn


def _whole(least: int, most: int) -> Callable[[Language, random.Random], str]:
    return lambda _, dice: str(dice.randint(least, most))


def _team(language: Language, dice: random.Random) -> str:
    team = dice.choice(_TEAMS[language.code])
    return team if language.code == "ru" else f"{language.town(dice)} {team}"


_SLOTS: dict[str, Callable[[Language, random.Random], str]] = {
    "small": _whole(2, 12),
    "deg": _whole(8, 35),
    "mid": _whole(30, 90),
    "pct": _whole(40, 98),
    "big": _whole(100, 900),
    "huge": _whole(1000, 90000),
    "rate": _decimal(10, 110),
    "part": _decimal(0, 2),
    "mag": lambda language, dice: _decimal(3, 6)(language, dice)[:-1],
    "score": lambda _, dice: f"{dice.randint(2, 5)}:{dice.randint(0, 1)}",
    "time": lambda _, dice: f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
    "phone": lambda _, dice: f"{dice.randint(200, 999)}-{dice.randint(10, 99)}-{dice.randint(10, 99)}",
    "city": _town,
    "name": _name,
    "street": lambda language, dice: _name(language, dice).split()[1],
    "team": _team,
    "company": lambda language, dice: f"{language.person(dice).name} {dice.choice(('Systems', 'Foods', 'Energy'))}",
    "wind": lambda language, dice: dice.choice(_WINDS[language.code]),
    "job": lambda language, dice: dice.choice(_JOBS[language.code]),
}
