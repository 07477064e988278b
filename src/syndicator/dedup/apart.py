"""Explain why two stories are not one: what each layer finds between their copies, in words for people."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice, product
from typing import NamedTuple

from syndicator.dedup.compared import content
from syndicator.dedup.exact import same_address, same_text, same_text_alone, same_title, same_words
from syndicator.dedup.near import Likeness, compare
from syndicator.model.article import Article, Copy
from syndicator.text.counting import counted
from syndicator.text.keys import SHORTEST_TEXT
from syndicator.text.likeness import FEWEST_WORDS, hashes, words

MOST = 900
"""The most pairs of copies that are looked at."""

_REPLAY = "`syndicator replay` shows what they would be today"
_SHARED = 2  # the least hashes that two sketches must share for their texts to be compared


class Party(NamedTuple):
    """A copy of one of the two stories.

    Attributes:
        copy: The copy as its story has it.
        article: The copy's article, with its text.
        name: Its source's name for people.
        company: Ids of the sources that have a copy in its story.
    """

    copy: Copy
    article: Article
    name: str
    company: frozenset[str]


Pair = tuple[Party, Party]
"""A copy of the one story and a copy of the other."""


def reasons(mine: Sequence[Party], theirs: Sequence[Party], window: timedelta) -> list[str]:
    """Say in sentences what each layer finds, the surest layer first.

    Args:
        mine: The copies of the one story, in the order in which they were first seen.
        theirs: The copies of the other story, in the same order.
        window: The longest time between the first sightings of two articles within which similar texts are looked for.
    """
    pairs = list(islice(product(mine, theirs), MOST))
    layers: tuple[Callable[[Sequence[Pair], timedelta], str], ...] = (_by_address, _by_text, _by_likeness, _by_title)
    return [found for layer in layers if (found := layer(pairs, window))]


def _by_address(pairs: Sequence[Pair], _window: timedelta) -> str:
    found = next((it for it in pairs if _same_address(it)), None)
    if found is None:
        return "No copy of the one has the address of a copy of the other."
    one, other = found
    if one.article.source_id == other.article.source_id:
        return _shown_as_two(found)
    if one.article.claimed or other.article.claimed:
        claimer = one if one.article.claimed else other
        return (
            f"{claimer.name} names the address {claimer.article.canonical_url}, which is not its own, and their texts"
            " do not agree: it may be a post about the article."
        )
    return (
        f"{one.name} and {other.name} now have the same address, {one.article.canonical_url}, but did not when they"
        f" arrived, or the rules were different then: {_REPLAY}."
    )


def _by_text(pairs: Sequence[Pair], _window: timedelta) -> str:
    found = next((it for it in pairs if _same_text(it)), None)
    if found is None:
        bare = not all(any(pair[side].article.said for pair in pairs) for side in (0, 1))
        return "" if bare else "No copy of the one has the text of a copy of the other."
    one, other = found
    if one.article.source_id == other.article.source_id:
        return "" if _same_address(found) else _shown_as_two(found)
    if not one.article.text_key:
        return (
            f"{one.name} and {other.name} have the same text, but it has fewer than {SHORTEST_TEXT} letters and"
            " digits: so short a text appears under many stories, and does not prove that these are one."
        )
    return (
        f"{one.name} and {other.name} have the same text, but a source has that text under more than one story: it is"
        f" a notice or a template, or it arrived before today's rules ({_REPLAY})."
    )


def _by_likeness(pairs: Sequence[Pair], window: timedelta) -> str:
    filled = (it for it in pairs if all(words(party.article.said) for party in it))
    spoken = [(one, other) for one, other in filled if not same_text_alone(one.article, other.article)]
    asked = [it for it in spoken if _is_asked(*it)]
    if not asked:
        return (
            "Texts of one source are not compared word by word: the source knows what it publishes twice."
            if spoken
            else ""
        )
    compared = [(_likeness(it), it) for it in asked]
    found, pair = max(
        compared, key=lambda it: (_fewest(it[1]) >= FEWEST_WORDS, it[0].holds, it[0].shorter, it[0].longer)
    )
    one, other = pair
    if _fewest(pair) < FEWEST_WORDS and not _same_address(pair):
        short = min(pair, key=lambda it: len(words(it.article.said)))
        return (
            f"Their texts are too short to be compared word by word: {short.name}'s has"
            f" {counted(_fewest(pair), 'word')}, and at least {FEWEST_WORDS} are needed."
        )
    shares = (
        f"{found.shorter:.0%} of the shorter one's words have the same neighbours in the other, and"
        f" {found.longer:.0%} of the longer one's"
    )
    whose = f"Word by word, the texts of {one.name} and {other.name} are"
    if found.against:
        return f"{whose} not nearly the same: {found.against} ({shares})."
    return f"{whose} nearly the same ({shares}), but {_unmet(one, other, window)}."


def _unmet(one: Party, other: Party, window: timedelta) -> str:
    """Say why two texts that are nearly the same have not been compared."""
    apart = abs(one.copy.first_seen - other.copy.first_seen)
    if apart > window:
        return (
            f"they were first seen {counted(apart.days, 'day')} apart, and a text is looked for among those of"
            f" {counted(window.days, 'day')}"
        )
    if len({*hashes(one.article.sketch)} & {*hashes(other.article.sketch)}) < _SHARED:
        return "they share too few of the word pairs by which similar texts are found, so they were never compared"
    return f"were not when they arrived, or the rules were different then: {_REPLAY}"


def _by_title(pairs: Sequence[Pair], _window: timedelta) -> str:
    if any(same_title(one.article, other.article) for one, other in pairs):
        return "Two copies have the same title, which alone is no proof: many stories share a title."
    return ""


def _shown_as_two(pair: Pair) -> str:
    one, other = (it.article.url or it.article.key for it in pair)
    return f"{pair[0].name} itself shows them as two entries ({one} and {other})."


def _is_asked(one: Party, other: Party) -> bool:
    """Whether the later copy could join the other's story by its text: its source must have no copy there."""
    earlier, later = sorted((one, other), key=lambda it: (it.copy.first_seen, it.copy.number))
    return later.article.source_id not in earlier.company


def _likeness(pair: Pair) -> Likeness:
    one, other = (content(it.article) for it in pair)
    return compare(one, other, same_address=_same_address(pair))


def _fewest(pair: Pair) -> int:
    return min(len(words(it.article.said)) for it in pair)


def _same_address(pair: Pair) -> bool:
    return same_address(*(it.article for it in pair))


def _same_text(pair: Pair) -> bool:
    one, other = (it.article for it in pair)
    if one.text_key or other.text_key:
        return same_text(one, other)
    return same_words(one.said, other.said)
