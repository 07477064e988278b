"""English: articles, plurals, tenses; sentences as news have them."""

import random
from collections.abc import Iterator

from .lexicon import Person, Plot, Ranked, table


def plural(word: str) -> str:
    """Regular ones alone."""
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ied"
    doubled = len(word) <= 4 and word[-1] in "bdgmnpt" and word[-2] in "aeiou" and word[-3] not in "aeiou"
    return f"{word}{word[-1] if doubled else ''}ed"


def _with_ing(word: str) -> str:
    return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"


class English:
    """Writes English."""

    code = "en"

    def __init__(self) -> None:
        texts = table("words_en")
        self._past = dict(pair.split() for pair in texts["irregular"].split(", "))
        self._words = words = {name: text.split() for name, text in texts.items()}
        derived = [prefix + it for prefix in words["prefixes"] for it in words["nouns"]]
        adjectives = [f"{prefix}{it}" for prefix in ("un", "non", "semi") for it in words["adjectives"]]
        self.lists = {
            "noun": Ranked(words["nouns"], random.Random(1).sample(derived, 3000)),
            "adjective": Ranked(words["adjectives"], random.Random(2).sample(adjectives, 200)),
            "verb": Ranked(words["verbs"], [f"re{it}" for it in words["verbs"] if not it.startswith("re")]),
        }
        self._forms = {form: forms for forms in self._families() for form in forms}

    def _families(self) -> Iterator[tuple[str, ...]]:
        for it in self.lists["verb"].all:
            yield it, plural(it), self.past(it), _with_ing(it)
        for it in self.lists["noun"].all:
            yield it, plural(it)

    def past(self, verb: str) -> str:
        return self._past.get(verb) or _with_ed(verb)

    def person(self, dice: random.Random) -> Person:
        return Person(dice.choice(self._words["surnames"]), dice.choice(self._words["given"]), dice.choice(_ROLES))

    def town(self, dice: random.Random) -> str:
        return dice.choice(self._words["town_stems"]) + dice.choice(self._words["town_ends"])

    def _phrase(self, plot: Plot, *, depth: int = 1) -> str:
        dice, head = plot.dice, plot.pick("noun")
        head = plural(head) if dice.random() < 0.3 else head
        if dice.random() < 0.4:
            head = f"{plot.pick('adjective')} {head}"
        if dice.random() < 0.15:
            head = f"{plot.pick('noun')} {head}"
        article = dice.choices(("the", "a", "its", "this", "their"), (6, 3, 1, 1, 1))[0]
        if article == "a" and head[0] in "aeiou":
            article = "an"
        text = f"{article} {head}"
        return f"{text} of {self._phrase(plot, depth=0)}" if depth and dice.random() < 0.3 else text

    def _circumstance(self, plot: Plot) -> str:
        if plot.dice.random() < 0.15:
            return f"in {plot.dice.choice(plot.towns)}"
        return f"{plot.dice.choice(_PREPOSITIONS)} {self._phrase(plot, depth=0)}"

    def _clause(self, plot: Plot) -> str:
        dice, verb = plot.dice, plot.pick("verb")
        tense = dice.choices(
            (self.past(verb), f"will {verb}", f"has {self.past(verb)}", f"did not {verb}", f"is {_with_ing(verb)}"),
            (6, 2, 2, 1, 1),
        )[0]
        parts = [self._phrase(plot), tense, self._phrase(plot)]
        if dice.random() < 0.15:
            parts.insert(1, dice.choice(self._words["adverbs"]))
        parts += [self._circumstance(plot) for _ in range(dice.choice((0, 1, 1, 2)))]
        return " ".join(parts)

    def _said(self, plot: Plot) -> str:
        who = plot.dice.choice(plot.people)
        named = who.name if plot.dice.random() < 0.6 else f"{who.role} {who.given} {who.name}"
        return f"{named} {plot.dice.choice(('said', 'said', 'told reporters', 'added', 'explained', 'noted'))}"

    def sentence(self, plot: Plot) -> str:
        """Of 5 to 30 words."""
        dice = plot.dice
        chance = dice.random()
        if chance < 0.10:
            text = f"“{_capital(self._clause(plot))},” {self._said(plot)}"
        elif chance < 0.16:
            text = f"{self._said(plot)} that {self._clause(plot)}"
        elif chance < 0.24:
            text = f"according to {dice.choice(plot.people).name}, {self._clause(plot)}"
        elif chance < 0.31:
            text = f"on {dice.choice(_MONTHS)} {dice.randint(1, 28)} {self._clause(plot)}"
        elif chance < 0.45:
            text = f"{self._clause(plot)}, while {self._phrase(plot)} took {plot.figure()} {dice.choice(_UNITS)}"
        elif chance < 0.55:
            text = f"{self._clause(plot)}, {dice.choice(_LINKS)} {self._clause(plot)}"
        elif chance < 0.65:
            text = f"{dice.choice(_OPENINGS)} {self._clause(plot)}"
        else:
            text = self._clause(plot)
        return f"{_capital(text)}."

    def title(self, plot: Plot) -> str:
        """Without a full stop."""
        dice = plot.dice
        verb, chance = plot.pick("verb"), dice.random()
        text = f"{plot.pick('adjective')} {plot.pick('noun')} {plural(verb)} {self._phrase(plot)}"
        if chance < 0.3:
            return _capital(f"{text} in {dice.choice(plot.towns)}")
        if chance < 0.5:
            return f"{dice.choice(plot.people).name}: {text}"
        return _capital(f"{text} {self._circumstance(plot)}")

    def word(self, dice: random.Random) -> str:
        match dice.choices(("noun", "adjective", "verb", "small"), (5, 2, 2, 2))[0]:
            case "noun":
                return dice.choice((self.lists["noun"].draw(dice), plural(self.lists["noun"].draw(dice))))
            case "adjective":
                return str(self.lists["adjective"].draw(dice))
            case "verb":
                return dice.choice(self._forms[self.lists["verb"].draw(dice)])
            case _:
                return dice.choice(_SMALL)

    def inflected(self, word: str, dice: random.Random) -> str:
        others = [it for it in self._forms.get(word.lower(), ()) if it != word.lower()]
        return dice.choice(others) if others else word


def _capital(text: str) -> str:
    start = 1 if text[0] in "«“" else 0
    return text[:start] + text[start].upper() + text[start + 1 :]


_ROLES = "mayor minister spokesman spokeswoman director professor councillor coach doctor lawyer engineer".split()
_PREPOSITIONS = (
    *("in", "in", "on", "on", "at", "for", "with", "by", "from", "after", "before", "under", "over", "near", "without"),
    *("during", "against", "about", "between", "because of", "despite", "through", "across", "as part of", "ahead of"),
)
_MONTHS = "January February March April May June July August September October November December".split()
_UNITS = "per cent, million pounds, tonnes, people, miles, hours, days, thousand dollars, units, points".split(", ")
_LINKS = ("but", "and", "although", "because", "so", "while", "as", "when", "if", "even though")
_OPENINGS = (
    *("meanwhile,", "in addition,", "at the same time", "as expected,", "earlier this week", "so far", "however,"),
    *("in a statement,", "for now", "in the end", "this year", "last month", "officials believe"),
)
_SMALL = "the of to and in a for on that with is was at by from as it be has were not its are more after will".split()
