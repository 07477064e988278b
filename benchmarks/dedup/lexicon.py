"""What languages are made of: words by Zipf's law, topics that prefer some of them, plots with names and figures."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
TOPICS = 24
"""So many subjects a language's news have."""


@cache
def table(name: str) -> dict[str, Any]:
    """A list of words beside this file."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


class Ranked(Generic[T]):
    """Words of one kind, of which some are far more frequent than others: always the same ones."""

    def __init__(self, words: Sequence[T], derived: Sequence[T] = ()) -> None:
        order = random.Random(len(words))
        first, tail = list(dict.fromkeys(words)), list(dict.fromkeys(derived))
        order.shuffle(first)
        order.shuffle(tail)
        self.all = [*first, *tail]
        self._core = len(first)
        self._weights = list(accumulate(1 / (rank + 12) for rank in range(len(self.all))))

    def draw(self, dice: random.Random) -> T:
        """One, by its frequency."""
        return dice.choices(self.all, cum_weights=self._weights)[0]

    def some(self, dice: random.Random, count: int) -> tuple[T, ...]:
        """Different ones, frequent or rare; derived ones seldom."""
        places = [*range(self._core), *range(self._core, len(self.all), 40)]
        return tuple(self.all[it] for it in dice.sample(places, count))


@dataclass(frozen=True)
class Person:
    """Somebody with a surname, which may be declined, and an office."""

    name: Any
    given: str
    role: Any


@dataclass
class Plot:
    """What one story is about: words that it repeats, people, places, figures; and how its language writes about it.

    Attributes:
        dice: Of the text that is being written.
        own: Its own words, by kind.
        topic: Those of its topic.
        people: Who speaks and acts.
        towns: Where.
        figures: Which recur in it, as written.
        lists: All words, by kind.
    """

    dice: random.Random
    own: dict[str, tuple[Any, ...]]
    topic: dict[str, tuple[Any, ...]]
    people: tuple[Person, ...]
    towns: tuple[Any, ...]
    figures: tuple[str, ...]
    lists: dict[str, Ranked[Any]] = field(repr=False)

    def pick(self, kind: str) -> Any:
        """A word: of the story's own, of the topic's, or any."""
        chance = self.dice.random()
        if chance < 0.3:
            return self.dice.choice(self.own[kind])
        if chance < 0.5:
            return self.dice.choice(self.topic[kind])
        return self.lists[kind].draw(self.dice)

    def figure(self) -> str:
        """One of its own, or a new one."""
        return self.dice.choice(self.figures) if self.dice.random() < 0.4 else number(self.dice)

    def again(self, dice: random.Random, *, close: bool = False) -> "Plot":
        """The same people, places and figures in another text, which has words of its own, unless it is `close`."""
        own = {kind: words if close else self.lists[kind].some(dice, len(words)) for kind, words in self.own.items()}
        return Plot(dice, own, self.topic, self.people, self.towns, self.figures, self.lists)


class Language(Protocol):
    """How a language writes."""

    code: str
    lists: dict[str, Ranked[Any]]

    def person(self, dice: random.Random) -> Person: ...
    def town(self, dice: random.Random) -> Any: ...
    def sentence(self, plot: Plot) -> str: ...
    def title(self, plot: Plot) -> str: ...
    def word(self, dice: random.Random) -> str:
        """Any word of the vocabulary, in any form."""

    def inflected(self, word: str, dice: random.Random) -> str:
        """The word in another form; itself, if it has none or is none of ours."""


def number(dice: random.Random) -> str:
    """A figure as news have them: small ones often."""
    return str(dice.choice((dice.randint(2, 30), dice.randint(10, 400), dice.randint(100, 9999))))


def plot(language: Language, dice: random.Random, topic: int | None = None) -> Plot:
    """What a new story is about."""
    subject = random.Random(f"{language.code} topic {dice.randrange(TOPICS) if topic is None else topic}")
    sizes = {"noun": (60, 12), "adjective": (25, 6), "verb": (25, 5)}
    return Plot(
        dice=dice,
        topic={kind: language.lists[kind].some(subject, size) for kind, (size, _) in sizes.items()},
        own={kind: language.lists[kind].some(dice, size) for kind, (_, size) in sizes.items()},
        people=tuple(language.person(dice) for _ in range(dice.randint(2, 4))),
        towns=tuple(language.town(dice) for _ in range(dice.randint(1, 2))),
        figures=tuple(number(dice) for _ in range(4)),
        lists=language.lists,
    )
