"""Russian: declined nouns, adjectives that agree with them, verbs in the past; sentences as news have them."""

import random
from dataclasses import dataclass

from .lexicon import Person, Plot, Ranked, table

NOM, GEN, DAT, ACC, INS, PRE = range(6)
_CASES = {
    "hard": ("|а|у||ом|е", "ы|ов|ам|ы|ами|ах"),
    "soft": ("ь|я|ю|ь|ем|е", "и|ей|ям|и|ями|ях"),
    "short": ("й|я|ю|й|ем|е", "и|ев|ям|и|ями|ях"),
    "iy": ("ий|ия|ию|ий|ием|ии", "ии|иев|иям|ии|иями|иях"),
    "a": ("а|ы|е|у|ой|е", "ы||ам|ы|ами|ах"),
    "ya": ("я|и|е|ю|ей|е", "и|ь|ям|и|ями|ях"),
    "iya": ("ия|ии|ии|ию|ией|ии", "ии|ий|иям|ии|иями|иях"),
    "o": ("о|а|у|о|ом|е", "а||ам|а|ами|ах"),
    "e": ("е|я|ю|е|ем|е", "я|ей|ям|я|ями|ях"),
    "ie": ("ие|ия|ию|ие|ием|ии", "ия|ий|иям|ия|иями|иях"),
    "adjective": ("ый|ого|ому|ый|ым|ом", "ые|ых|ым|ые|ыми|ых"),
}
_M, _F, _N, _PL = "ый ого ому ый ым ом", "ая ой ой ую ой ой", "ое ого ому ое ым ом", "ые ых ым ые ыми ых"
_AGREE = {"m": _M.split(), "f": _F.split(), "n": _N.split(), "pl": _PL.split()}
_HISSING, _VELAR = "жшчщ", "гкх"


def _spelt(stem: str, ending: str) -> str:
    """By the rules of spelling: no «ы» after velars and hissing sounds, no unstressed «о» after the latter or «ц»."""
    if ending[:1] == "ы" and stem[-1] in _VELAR + _HISSING:
        ending = "и" + ending[1:]
    if ending[:1] == "о" and stem[-1] in _HISSING + "ц" and len(ending) == 2:
        ending = "ей" if ending == "ов" and stem[-1] != "ц" else "е" + ending[1:]
    return stem + ending


def _ends(word: str, *, neuter: bool) -> tuple[str, str]:
    """Stem and declension."""
    for ending, name in (("ия", "iya"), ("ие", "ie"), ("ый", "adjective"), ("ий", "iy")):
        if word.endswith(ending):
            return word[:-2], name
    for ending, name in (("ь", "soft"), ("й", "short"), ("а", "a"), ("я", "ya"), ("о", "o"), ("е", "e")):
        if word.endswith(ending) and (neuter or name not in {"o", "e"}):
            return word[:-1], name
    return word, "hard"


@dataclass(frozen=True)
class Noun:
    """A declined noun; `forms` are six of the singular, then six of the plural."""

    gender: str
    forms: tuple[str, ...]

    def __call__(self, case: int, *, plural: bool = False) -> str:
        return self.forms[case + 6 * plural]


def noun(word: str, gender: str, *, animate: bool = False) -> Noun:
    """Decline it."""
    stem, name = _ends(word, neuter=gender == "n")
    forms = [_spelt(stem, ending) if stem else ending for number in _CASES[name] for ending in number.split("|")]
    if name == "a" and stem[-1] == "к" and stem[-2] not in "аеёиоуыэюя":
        forms[6 + GEN] = stem[:-1] + ("е" if stem[-2] in _HISSING else "о") + "к"
    if animate:
        forms[ACC], forms[6 + ACC] = forms[GEN] if gender == "m" else forms[ACC], forms[6 + GEN]
    return Noun(gender, tuple(forms))


class Russian:
    """Writes Russian."""

    code = "ru"

    def __init__(self) -> None:
        words = {name: text.split() for name, text in table("words_ru").items()}
        self._words = words
        self._roles = Ranked([noun(it, "m", animate=True) for it in words["animate"]])
        plain = [noun(it, "m") for it in words["masculine"]]
        plain += [noun(it, "f") for it in [*words["feminine"], *words["feminine_iya"]]]
        plain += [noun(it, "n") for it in [*words["neuter"], *words["neuter_ie"]]]
        derived = [
            Noun(it.gender, tuple(f"{prefix}{form}" for form in it.forms))
            for prefix in words["prefixes"]
            for it in plain
        ]
        few = random.Random(1).sample(derived, 3000)
        self.lists = {
            "noun": Ranked([*plain, *self._roles.all], few),
            "adjective": Ranked([it[:-2] for it in words["adjectives"]]),
            "verb": Ranked([it[:-2] for it in words["verbs"]], [it[:-2] for it in words["imperfective"]]),
        }
        self._forms: dict[str, tuple[str, ...]] = {}
        for it in self.lists["noun"].all:
            self._forms.update(dict.fromkeys(it.forms, it.forms))
        for stem in self.lists["adjective"].all:
            forms = tuple(_spelt(stem, ending) for endings in _AGREE.values() for ending in endings)
            self._forms.update(dict.fromkeys(forms, forms))
        for stem in self.lists["verb"].all:
            forms = tuple(stem + ending for ending in ("л", "ла", "ло", "ли", "ть"))
            self._forms.update(dict.fromkeys(forms, forms))

    def person(self, dice: random.Random) -> Person:
        stem, end = dice.choice(self._words["surname_stems"]), dice.choice(self._words["surname_ends"])
        woman = dice.random() < 0.3
        given = dice.choice(self._words["given_f" if woman else "given_m"])
        if end == "енко":
            forms = (stem + end,) * 6
        elif end == "ский":
            endings = "ая ой ой ую ой ой" if woman else "ий ого ому ого им ом"
            forms = tuple(f"{stem}ск{ending}" for ending in endings.split())
        else:
            endings = "а ой ой у ой ой" if woman else " а у а ым е"
            forms = tuple(f"{stem}{end}{ending}" for ending in endings.split(" "))
        return Person(Noun("f" if woman else "m", forms + forms), given, self._roles.draw(dice))

    def town(self, dice: random.Random) -> Noun:
        return noun(dice.choice(self._words["town_stems"]) + dice.choice(self._words["town_ends"]), "m")

    def _phrase(self, plot: Plot, case: int, *, depth: int = 1) -> tuple[str, str]:
        """A noun with what belongs to it, and what a verb must agree with."""
        dice, head = plot.dice, plot.pick("noun")
        plural = dice.random() < 0.3
        agrees = "pl" if plural else head.gender
        text = head(case, plural=plural)
        if dice.random() < 0.45:
            stem = plot.pick("adjective")
            same_as_genitive = case == ACC and head(ACC, plural=plural) == head(GEN, plural=plural) and agrees != "f"
            text = f"{_spelt(stem, _AGREE[agrees][GEN if same_as_genitive else case])} {text}"
        if depth and dice.random() < 0.35:
            text = f"{text} {self._phrase(plot, GEN, depth=0)[0]}"
        return text, agrees

    def _circumstance(self, plot: Plot) -> str:
        dice = plot.dice
        if dice.random() < 0.15:
            return f"в {dice.choice(plot.towns)(PRE)}"
        before, case = dice.choice(_PREPOSITIONS)
        return f"{before} {self._phrase(plot, case, depth=0)[0]}"

    def _clause(self, plot: Plot) -> str:
        dice = plot.dice
        subject, agrees = self._phrase(plot, NOM)
        verb = plot.pick("verb") + {"m": "л", "f": "ла", "n": "ло", "pl": "ли"}[agrees]
        parts = [subject, verb, self._phrase(plot, ACC)[0]]
        if dice.random() < 0.2:
            parts = [self._circumstance(plot), verb, subject]
        if dice.random() < 0.15:
            parts.insert(1, "не" if dice.random() < 0.4 else dice.choice(("уже", "также", "ещё", "только", "вновь")))
        parts += [self._circumstance(plot) for _ in range(dice.choice((0, 1, 1, 2)))]
        return " ".join(parts)

    def _said(self, plot: Plot) -> str:
        who = plot.dice.choice(plot.people)
        verb = plot.dice.choice(("сообщи", "заяви", "отмети", "рассказа", "подчеркну", "добави", "напомни", "уточни"))
        verb += "ла" if who.name.gender == "f" else "л"
        named = who.name(NOM) if plot.dice.random() < 0.6 else f"{who.role(NOM)} {who.given} {who.name(NOM)}"
        return f"{verb} {named}"

    def sentence(self, plot: Plot) -> str:
        """Of 5 to 30 words."""
        dice = plot.dice
        chance = dice.random()
        if chance < 0.10:
            text = f"«{_capital(self._clause(plot))}», — {self._said(plot)}"
        elif chance < 0.16:
            text = f"{self._said(plot)}, что {self._clause(plot)}"
        elif chance < 0.24:
            text = f"по словам {dice.choice(plot.people).name(GEN)}, {self._clause(plot)}"
        elif chance < 0.31:
            text = f"{dice.randint(1, 28)} {dice.choice(_MONTHS)} {self._clause(plot)}"
        elif chance < 0.45:
            text = f"{self._clause(plot)}, а {self._phrase(plot, NOM)[0]} — {plot.figure()} {dice.choice(_UNITS)}"
        elif chance < 0.55:
            text = f"{self._clause(plot)}, {dice.choice(_LINKS)} {self._clause(plot)}"
        elif chance < 0.65:
            text = f"{dice.choice(_OPENINGS)} {self._clause(plot)}"
        else:
            text = self._clause(plot)
        return f"{_capital(text)}."

    def title(self, plot: Plot) -> str:
        """Without a full stop."""
        chance, name = plot.dice.random(), plot.dice.choice(plot.people).name
        if chance < 0.3:
            return _capital(f"в {plot.dice.choice(plot.towns)(PRE)} {self._clause(plot)}")
        if chance < 0.5:
            return f"{name(NOM)}: {self._clause(plot)}"
        return _capital(self._clause(plot))

    def word(self, dice: random.Random) -> str:
        match dice.choices(("noun", "adjective", "verb", "small"), (5, 2, 2, 2))[0]:
            case "noun":
                return dice.choice(self.lists["noun"].draw(dice).forms)
            case "adjective":
                return _spelt(self.lists["adjective"].draw(dice), dice.choice(_AGREE[dice.choice("m f n pl".split())]))
            case "verb":
                return self.lists["verb"].draw(dice) + dice.choice(("л", "ла", "ло", "ли", "ть"))
            case _:
                return dice.choice(_SMALL)

    def inflected(self, word: str, dice: random.Random) -> str:
        others = [it for it in self._forms.get(word.lower(), ()) if it != word.lower()]
        return dice.choice(others) if others else word


def _capital(text: str) -> str:
    start = 1 if text[0] in "«“" else 0
    return text[:start] + text[start].upper() + text[start + 1 :]


_PREPOSITIONS = (
    *(("в", PRE), ("в", PRE), ("на", PRE), ("на", PRE), ("при", PRE), ("о", PRE)),
    *(("из", GEN), ("для", GEN), ("после", GEN), ("до", GEN), ("без", GEN), ("из-за", GEN), ("около", GEN)),
    *(("против", GEN), ("среди", GEN), ("во время", GEN), ("в ходе", GEN), ("с учётом", GEN), ("от", GEN)),
    *(("по", DAT), ("по", DAT), ("к", DAT), ("согласно", DAT), ("благодаря", DAT)),
    *(("за", INS), ("с", INS), ("перед", INS), ("между", INS), ("под", INS), ("через", ACC), ("несмотря на", ACC)),
)
_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_UNITS = ("процентов", "млн рублей", "тысяч тонн", "человек", "км", "тысяч рублей", "дней", "единиц", "млрд рублей")
_LINKS = ("но", "и", "однако", "поэтому", "хотя", "поскольку", "чтобы", "если", "когда", "так как", "при этом")
_OPENINGS = (
    *("кроме того,", "при этом", "по предварительным данным,", "в настоящее время", "как ожидается,", "ранее"),
    *("напомним,", "в свою очередь", "тем временем", "по информации ведомства,", "в итоге", "в этом году", "на днях"),
)
_SMALL = "в и на с по что не из от для к как его при также до после он она это были будет более уже который".split()
