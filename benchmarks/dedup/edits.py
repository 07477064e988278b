"""What editors and converters do to a text."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .lexicon import Language, Plot

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZА-ЯЁ«“])")
NBSP, SHY = "\u00a0", "\u00ad"


@dataclass(frozen=True)
class Piece:
    """A headline and paragraphs of plain text."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(it.split()) for it in self.paragraphs)


def write(language: Language, plot: Plot, words: int) -> Piece:
    """A text of about so many words, in paragraphs of one to four sentences."""
    title, paragraphs, length = language.title(plot), list[str](), 0
    while length < words:
        sentences = [language.sentence(plot) for _ in range(plot.dice.choice((1, 2, 2, 3, 3, 4)))]
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1].split())
    return Piece(title, tuple(paragraphs))


def substituted(piece: Piece, share: float, language: Language, dice: random.Random) -> Piece:
    """So large a share of all words, at even distances, replaced by any others; figures and names are not spared."""
    return _replaced(piece, share, dice, lambda word: _other(word, language, dice))


def inflected(piece: Piece, share: float, language: Language, dice: random.Random) -> Piece:
    """The same share of words in other forms: an ending for an ending. Names and figures have none and stay."""
    return _replaced(piece, share, dice, lambda word: _cased(language.inflected(word, dice), word))


def _other(word: str, language: Language, dice: random.Random) -> str:
    while (found := language.word(dice)) == word.lower():
        pass
    return _cased(found, word)


def _cased(word: str, model: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _replaced(piece: Piece, share: float, dice: random.Random, change: Callable[[str], str]) -> Piece:
    """Change a word whenever the share of those seen, from a random start, reaches the next whole number."""
    debt = dice.random()

    def turn(match: re.Match[str]) -> str:
        nonlocal debt
        debt += share
        if debt < 1:
            return match[0]
        changed = change(match[0])
        debt -= changed != match[0]  # a word that has no other form leaves its turn to the next
        return changed

    return Piece(_WORD.sub(turn, piece.title), tuple(_WORD.sub(turn, it) for it in piece.paragraphs))


def without(piece: Piece, share: float, dice: random.Random) -> Piece:
    """So large a share of the paragraphs cut out, anywhere."""
    gone = set(dice.sample(range(len(piece.paragraphs)), max(1, round(share * len(piece.paragraphs)))))
    return replace(piece, paragraphs=tuple(it for number, it in enumerate(piece.paragraphs) if number not in gone))


def moved(piece: Piece, share: float, dice: random.Random) -> Piece:
    """So large a share of the paragraphs, of which there are several, put somewhere else."""
    count = max(1, round(share * len(piece.paragraphs)))
    while True:
        rest = list(piece.paragraphs)
        taken = [rest.pop(dice.randrange(len(rest))) for _ in range(count)]
        for it in taken:
            rest.insert(dice.randint(0, len(rest)), it)
        if tuple(rest) != piece.paragraphs:
            return replace(piece, paragraphs=tuple(rest))


def beginning(piece: Piece, share: float) -> Piece:
    """Its beginning: whole sentences, until so large a share of its words is told."""
    most, paragraphs, length = share * piece.words, list[str](), 0
    for paragraph in piece.paragraphs:
        kept = []
        for sentence in _SENTENCE.split(paragraph):
            if length < most:
                kept.append(sentence)
                length += len(sentence.split())
        if kept:
            paragraphs.append(" ".join(kept))
    return replace(piece, paragraphs=tuple(paragraphs))


def teaser(piece: Piece) -> Piece:
    """Its first sentence, as a feed shows it that wants readers to come."""
    return replace(piece, paragraphs=(_SENTENCE.split(piece.paragraphs[0])[0][:-1] + "…",))


def framed(piece: Piece, header: tuple[str, ...], footer: tuple[str, ...]) -> Piece:
    """With a source's own paragraphs before and behind it."""
    return replace(piece, paragraphs=header + piece.paragraphs + footer)


_SIGNS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("«", '"'), ("»", '"'), ("“", '"'), ("”", '"'), (" — ", " - "), ("ё", "е"), ("…", "...")),
    (("«", "„"), ("»", "“"), (" — ", f"{NBSP}– "), ("Ё", "Е"), ("ё", "е")),
    ((" — ", f"{NBSP}— "), (" и ", f" и{NBSP}"), (" в ", f" в{NBSP}"), (" the ", f" the{NBSP}")),
    (("“", "«"), ("”", "»"), ("'", "’")),
)


def retypeset(piece: Piece, dice: random.Random) -> Piece:
    """The same words, with other quotes, dashes, spaces and hyphens, and «е» for «ё»."""
    signs, hyphens = dice.choice(_SIGNS), dice.random() < 0.5

    def turn(text: str) -> str:
        for sign, other in signs:
            text = text.replace(sign, other)
        return re.sub(r"(\w{4})(?=\w{3})", rf"\1{SHY}", text) if hyphens else text

    return Piece(turn(piece.title), tuple(turn(it) for it in piece.paragraphs))
