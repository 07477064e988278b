"""Whom a call to subscribe names, and whether that is the publisher: «… на НСН» may be, «… на канал Медузы» is not.

Names are compared in Latin letters and without their endings, because they are declined («Ленту» on lenta.ru), and also
by their initials («НСН»: Национальная служба новостей). If the publisher's name is not known, only an account whose
name differs from the site's shows that a call names somebody else.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import permutations

from syndicator.model.noun import Noun
from syndicator.social.labels import words_left
from syndicator.social.phrases import END, START, pattern, unnamed
from syndicator.text.hosts import registrable
from syndicator.text.slugs import slug

OURS = re.compile(rf"{START}(?:наш\w*|нас|нам|нами|мы|us|our|ours|we|{pattern('ours')}){END}", re.IGNORECASE)
"""Words by which a publisher speaks of itself."""
MINE = re.compile(r"(?<!\w)(?:мо(?:й|я|[её]|и|его|ей|[её]м|ю|их|им|ими)|my)(?!\w)", re.IGNORECASE)
"""Words by which an author speaks of his own account."""
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{1,40})[»”\"]")
_HANDLE = re.compile(r"(?<![\w./])@([\w.]{2,64})")
_SOMEBODY = re.compile(
    r"(?:губернатор|мэр|депутат|министр|президент|глав[аыуе]$|партн[её]р|коллег|друз|блогер|геро[йяю]|певиц|певц|музыкант|"
    r"артист|журналист|автор|ведущ|partner|friend|governor|mayor|minister|president|reporter|author|host|colleague)",
    re.IGNORECASE,
)
_SHORTEST = 3  # the fewest letters of a word of a name that identifies somebody
_LONG = 5  # the fewest letters of a word that is hardly ever the beginning of another word
_KINDS = frozenset(
    "news novosti newspaper paper magazine online live daily today official info media press tv fm radio channel video "
    "sport app tg ru rus by kz ua uk us en com net org msk spb plus shot world".split()
)
"""Words that the name of an account may have beside a publisher's short name (`rbc_business`)."""
_SHORTEST_NAME = 2  # the fewest letters of a whole name («МК»)
_DECLINED, _ENDING = 5, 3  # the fewest letters of a name that is declined; the most last letters that may then differ


class Naming(Noun, kw_only=False):
    """The names of a publisher.

    Attributes:
        names: The names that it calls itself, its host, and the name in its host (`label_of`).
        site: Its host; empty if unknown.
        words: The words of its names in Latin letters, and the names' initials.
        is_known: Whether one of the names says more than a general word such as «Новости».
        telling: Those of the names that identify somebody, the longest first.
    """

    names: tuple[str, ...]
    site: str
    words: frozenset[str]
    is_known: bool
    telling: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the publisher by whole words: «Владимир» does not name «Мир»."""
        return self.unnamed(text) != text

    def unnamed(self, text: str) -> str:
        """The text without the publisher's names."""
        return unnamed(text, self.telling)

    def is_ours(self, line: str, left: Sequence[str], accounts: Collection[str], *, owned: bool = False) -> bool:
        """Whether a call to the reader names nobody except the publisher.

        Args:
            line: The whole line.
            left: The words of the line without the call itself, platforms, filler, the publisher's names and what is
                quoted.
            accounts: The handles of the accounts that the line links to.
            owned: Whether these accounts are known to be the publisher's.
        """
        if any(_SOMEBODY.match(it) for it in left):
            return False
        if owned or (accounts and all(map(self.is_own, accounts))):
            return True
        says_us = OURS.search(line) is not None or MINE.search(line) is not None
        names_us = self.is_named_in(line)
        others = [it for it in left if not self.is_own(it)]
        if any(not it[0].isupper() for it in others) and not (says_us or names_us):
            return False
        handles = _HANDLE.findall(line)
        called = [it for it in (*_QUOTED.findall(line), *handles) if not self.is_own(it)]
        if not (others or called):
            return True  # nobody is named
        if (names_us and not called) or (says_us and not any(it[0].isupper() for it in others)):
            return True  # nobody is named except the publisher
        # Without a known name, only an account can show that somebody else is meant.
        return not self.is_known and not (self.site and (accounts or handles))

    def is_own(self, name: str) -> bool:
        """Whether a word, a name of several words or an account is the publisher's."""
        latin = slug(" ".join(words_left(name)) or name).split("-")
        if is_alike("_".join(latin), self.site) or "".join(latin) in self.words:
            return True
        return all(any(_same(it, own) for own in self.words) for it in latin)


@lru_cache(maxsize=256)
def naming(names: tuple[str, ...], site: str) -> Naming:
    """Collect the names of a publisher.

    Args:
        names: The names that it calls itself.
        site: The host of its site; empty if unknown.
    """
    called = [it for it in names if len(it) >= _SHORTEST_NAME]
    own = (*called, *(it for it in (site, label_of(site)) if len(it) >= _SHORTEST))
    latin = [slug(it).split("-") for it in own]
    whole = [label_of(site), *("".join(it) for it in latin)]
    whole += ["".join(word[0] for word in it if word) for it in latin[: len(called)]]  # initials
    words = {it for it in whole if len(it) >= _SHORTEST_NAME}
    words |= {word for it in latin for word in it if len(word) >= _SHORTEST}
    telling = sorted((it for it in own if words_left(it)), key=len, reverse=True)  # «Новости» names nobody
    return Naming(own, site, frozenset(words), any(map(words_left, names)), tuple(telling))


def label_of(site: str) -> str:
    """The name in a host: `nsn` for both nsn.fm and news.nsn.co.uk."""
    return registrable(site).partition(".")[0] if site.count(".") > 1 else site.rpartition(".")[0]


def is_alike(handle: str, site: str) -> bool:
    """Whether an account is named like a site: `nsnfm` on nsn.fm, `thedailycourier` on dailycourier.example."""
    own, whole = folded(handle), folded(site)
    label = folded(label_of(site))
    if len(own) < _SHORTEST:
        return False
    if own in whole and 2 * len(own) >= len(label):
        return True
    if len(label) >= _LONG:
        if label in own:
            return True
    elif len(label) >= _SHORTEST and own.startswith(label) and _goes_on(handle.casefold(), label):
        return True
    return any(own == folded(one + two) for one, two in permutations(site.split("."), 2))  # `kp_chel` on chel.kp.ru


def _goes_on(handle: str, label: str) -> bool:
    """Whether an account is a short name and general words: `rbc_business`, `lifenews`, but not `lifehacker`."""
    rest = handle.removeprefix(label)
    return not rest[:1].isalpha() or rest in _KINDS


def folded(name: str) -> str:
    """A name's letters and digits alone, for comparing names of accounts, people and sites."""
    return "".join(filter(str.isalnum, name.casefold()))


def _same(one: str, other: str) -> bool:
    """Whether two words are forms of one word, in whatever grammatical case."""
    if one == other or min(len(one), len(other)) < _DECLINED:
        return one == other
    stem = max(_DECLINED - 1, max(len(one), len(other)) - _ENDING)
    return one[:stem] == other[:stem]
