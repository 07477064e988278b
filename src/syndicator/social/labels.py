"""Which platforms a line of text names, and what it says beside them; by the labels of `platforms.toml`."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from syndicator.model.noun import Noun
from syndicator.social.phrases import END, START, phrases, unnamed
from syndicator.social.table import fold_label, table

_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters of Unicode's category Cf: they format, and show nothing."""
_LABEL = 100  # the most characters of a label; a longer text is none
_WORD = re.compile(r"[^\W\d_]\w*")


class Label(Noun):
    """A platform's name in a line of text.

    Attributes:
        start: The position of its first character.
        end: The position behind its last character.
        platform: The platform's id; `unknown` if several platforms share the name.
    """

    start: int
    end: int
    platform: str


def by_label(label: str) -> str:
    """The id of the platform that a label names, in any letter case and grammatical form («в нашем Телеграме»).

    Returns:
        The platform's id; `unknown` for a label that several platforms share («Новости»); an empty string when the text
        names no platform, or says more than a label does.
    """
    text = tidy(label)
    if len(text) > _LABEL or letters_left(text):
        return ""
    found = {hit.platform for hit in labels_in(text)}
    known = found - {"unknown"}
    if len(known) == 1:
        return known.pop()
    return "unknown" if found == {"unknown"} else ""


def labels_in(text: str) -> Iterator[Label]:
    """The platform names in a tidy line of text, in order."""
    data = table()
    for hit in _names().finditer(_folded(text)):
        yield Label(start=hit.start(), end=hit.end(), platform=data.labels[fold_label(hit.group())])


def names_platform(text: str) -> bool:
    """Whether a tidy line names a platform beyond doubt."""
    return any(label.platform != "unknown" for label in labels_in(text))


def letters_left(text: str, names: Iterable[str] = ()) -> int:
    """How many letters a tidy line has beside platform labels, addresses, `names` and filler words."""
    return sum(map(str.isalpha, "".join(words_left(text, names))))


def words_left(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words of a tidy line beside platform labels, addresses, `names` and filler; each begins with a letter."""
    text = unnamed(" ".join(word for word in text.split() if not _is_address(word)), names)
    folded = _fillers().sub(_blank, _names().sub(_blank, _folded(text)))
    return [text[word.start() : word.end()] for word in _WORD.finditer(folded)]


def prepare() -> None:
    """Compile the patterns now, which takes longer than loading the table; matching addresses needs none of them."""
    _names()
    _fillers()


def tidy(text: str) -> str:
    """The text on one line, without invisible characters."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(_INVISIBLE.sub("", text).split())


def _folded(text: str) -> str:
    """The text in the form in which labels are searched; each character keeps its position."""
    folded = text.lower().replace("ё", "е")
    return folded if len(folded) == len(text) else text


def _blank(hit: re.Match[str]) -> str:
    return " " * (hit.end() - hit.start())


def _is_address(word: str) -> bool:
    """Whether a word is an address or an account: `t.me/name`, `https://…`, `@name`, `r/name`."""
    host, slash, _ = word.partition("/")
    return word.startswith(("@", "r/")) or "://" in word or ("." in host and bool(slash))


@cache
def _names() -> re.Pattern[str]:
    """The pattern that finds any label in a folded text."""
    return re.compile(rf"(?<!-){START}(?:{_alternatives(table().labels)}){END}")


@cache
def _fillers() -> re.Pattern[str]:
    """The pattern that finds any filler word in a folded text."""
    return re.compile(rf"{START}(?:{_alternatives([*table().filler, *phrases('filler')])}){END}")


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words.

    The longest come first, so that «VK Видео» is not read as «VK»; they are grouped by first letter, so that few are
    tried.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(map(fold_label, words), key=lambda word: (-len(word), word)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\*", r"\w*"))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
