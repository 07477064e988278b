"""Text that looks like a language to a tokenizer: frequent small words, and thousands of rarer ones."""

import random
from dataclasses import dataclass
from itertools import accumulate, product

_SUPPLY = 50_000
_VOCABULARY = 12_000


@dataclass(frozen=True, slots=True)
class Language:
    """What its words are made of.

    Attributes:
        code: BCP 47.
        small: The most frequent words, by frequency.
        prefixes: May stand before a stem.
        stems: Of the rarer words.
        endings: May stand behind a stem.
        footer: How an article ends that asks for subscribers; `{site}` is the site's name.
    """

    code: str
    small: tuple[str, ...]
    prefixes: tuple[str, ...]
    stems: tuple[str, ...]
    endings: tuple[str, ...]
    footer: str


RUSSIAN = Language(
    "ru",
    tuple(
        "в и на с по что о не за из от для к у как его при также до после он она это были будет более уже года году "
        "сообщил заявил отметил который которые между около среди против через однако чтобы если когда теперь".split()
    ),
    ("", "", "", "по", "при", "за", "вы", "пере", "рас", "до", "под", "над", "со", "об"),
    tuple(
        "город стро дорож завод рынок школ врач суд театр музе мост река лес парк поезд станц шахт фабр банк торг "
        "бюджет закон проект совет район област министр депутат жител ремонт пожар снег дожд мороз футбол хокке "
        "турнир чемпион побед матч игр спорт концерт выстав фильм книг газет журнал учен институт космос спутник "
        "ракет корабл порт груз товар цен рубл курс акц налог пенс зарплат работ труд отпуск праздник ярмарк".split()
    ),
    tuple(" а у ом е ы ов ами ный ная ного ной ники ение ения ости ский ская ского".split(" ")),
    '<p>Подписывайтесь на наш <a href="https://t.me/{site}">Telegram-канал</a></p>',
)
ENGLISH = Language(
    "en",
    tuple(
        "the of to and in a for on that with said is was at by from as it be has were have not its are their more "
        "after will also over about which would who new year years last first two been but than between under".split()
    ),
    ("", "", "", "re", "un", "over", "under", "inter", "trans", "pre", "sub", "out", "mis", "co"),
    tuple(
        "build road market school doctor court theatre bridge river forest park train mine bank trade budget law "
        "project council region minister resident repair fire snow rain frost football hockey tournament champion "
        "match game sport concert film book paper research space launch ship port cargo price rate share tax pension "
        "wage work labour season festival harbour station factory garden museum village engine signal border".split()
    ),
    tuple(" s ed ing er ers ly ment ness able ful less ship ward ist".split(" ")),
    '<p>Follow us on <a href="https://t.me/{site}">Telegram</a></p>',
)
LANGUAGES = {language.code: language for language in (RUSSIAN, ENGLISH)}


class Words:
    """An endless stream of a language's words, by Zipf's law; the same for the same seed."""

    def __init__(self, language: Language, seed: int) -> None:
        self._random = random.Random(f"{language.code} {seed}")
        rare = list(dict.fromkeys(map("".join, product(language.prefixes, language.stems, language.endings))))
        random.Random(language.code).shuffle(rare)
        self._all = [*language.small, *rare[:_VOCABULARY]]
        self._weights = list(accumulate(1 / (rank + 6) for rank in range(len(self._all))))
        self._supply: list[str] = []
        self._taken = 0

    def take(self, count: int) -> list[str]:
        """The next words."""
        if self._taken + count > len(self._supply):
            self._supply, self._taken = self._random.choices(self._all, cum_weights=self._weights, k=_SUPPLY), 0
        self._taken += count
        return self._supply[self._taken - count : self._taken]

    def sentence(self) -> str:
        """Of 7 to 20 words; one in six has a number in it."""
        words = self.take(self._random.randint(7, 20))
        if len(words) > 10:
            words[5] += ","
        if self._random.random() < 1 / 6:
            words[-2] = str(self._random.randint(2, 5000))
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        """Of 2 to 5 sentences."""
        return " ".join(self.sentence() for _ in range(self._random.randint(2, 5)))

    def title(self) -> str:
        """A headline."""
        return " ".join(self.take(self._random.randint(5, 11))).capitalize()

    def name(self) -> str:
        """Of a person or a site."""
        return " ".join(self.take(2)).title()
