"""Whether two similar texts are made from one template: their numbers and names differ, or what their headlines name.

Погода в Рязани: до 5 градусов      Погода в Туле: до 7 градусов        other names, other numbers
Пирог с яблоками                    Пирог с грушами                     other words, of which the headlines tell
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta

from syndicator.dedup.compared import LONG, SHORT, Content, Pair
from syndicator.dedup.slots import MOST_NOUNS, MOST_REFILLED, refilled
from syndicator.dedup.subject import elsewhere, exchanged
from syndicator.text.likeness import counts, figures, names

ENOUGH_UNTITLED = 0.88
"""The least share of shared words in a text of fewer than `LONG` words if a headline is missing.

A headline would name what a template is filled in with."""
MOST_DIFFERENT = 0.5
"""The largest share of a text's numbers, or of its names, that may be missing in the other text."""
DAYS = timedelta(days=3)
"""If more time than this lies between the two dates, `MOST_LATE` and `ENOUGH_OF_LATE` apply."""
MOST_LATE = 0.25
"""The value that takes the place of `MOST_DIFFERENT` if more than `DAYS` lie between the two dates."""
ENOUGH_OF_LATE = 0.8
"""The least share of the shorter text's words that must be shared if more than `DAYS` lie between the two dates."""
VAGUE = 20
"""News has at least one number or name in so many words; a text with fewer could be about another event, too."""
CAPITALS = 0.22
"""A text with a larger share of words with a capital letter inside sentences writes its nouns so, as German does.

The share was at most 0.2 in eleven languages, and at least 0.25 in German."""

_FEW = 2  # so few numbers, or names, may be missing in the other text whatever their share: editors change some


def differs(pair: Pair) -> str:
    """Say why two texts may be made from one template: their numbers, names or dates differ; empty if they do not."""
    short, long = pair.short.content, pair.long.content
    apart = abs(short.published - long.published) if short.published and long.published else timedelta()
    if apart > DAYS and pair.short.share < ENOUGH_OF_LATE:
        return f"{apart.days} days lie between them, and their words are not the same"
    if counted := headlines_differ(short, long):
        return f"their headlines' numbers differ: {_some(sorted(counted[0]))} here, {_some(sorted(counted[1]))} there"
    known, nouns = set[str](), False
    for what, found in (("numbers", figures), ("names", names)):
        titles, texts = [found(it.title) for it in (short, long)], [found(it.text) for it in (short, long)]
        nouns = found is names and _are_nouns(texts, (pair.short.words, pair.long.words))
        few, most = (0, MOST_LATE) if apart > DAYS else (_FEW, MOST_DIFFERENT)
        if len(pair.short.words) < SHORT and not nouns:
            few, most = 0, 0.0
        here, there = (title + text for title, text in zip(titles, texts, strict=True))
        ours, theirs = _missing(here, there), _missing(there, here)
        if len(ours) > max(few, most * len(here)) and len(theirs) > max(few, most * len(there)):
            return f"their {what} differ: {_some(ours)} here, {_some(theirs)} there"
        known.update(*texts)
    enough = MOST_NOUNS if nouns else MOST_REFILLED
    if changed := refilled(pair, known, enough):
        return f"where they differ, they have other numbers and names: {_some([' or '.join(it) for it in changed])}"
    return ""


def _are_nouns(found: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> bool:
    """Whether both texts have so many words with a capital letter that these are nouns, as in German, not names."""
    return all(len(large) > CAPITALS * len(said) for large, said in zip(found, texts, strict=True))


def speaks_elsewhere(pair: Pair) -> str:
    """Say why two headlines show two stories: they name what the texts do not share; empty if they do not.

    This is so for two texts made from one template, and for two pages with the same menus and notices. If a headline is
    missing, a template that is filled in with plain words cannot be told from an edited copy.
    """
    if pair.is_untitled and len(pair.short.words) < LONG and pair.short.share < ENOUGH_UNTITLED:
        return "without headlines, their words differ too much"
    if changed := exchanged(pair, once=_is_vague(pair)):
        return f"where their headlines differ, so do their texts: {' or '.join(changed)}"
    return "their headlines speak of what only one of them has" if elsewhere(pair) else ""


def _is_vague(pair: Pair) -> bool:
    """Whether two short texts share so few numbers and names that they may be about two similar events.

    In a script without capital letters this cannot be known, and the answer is no.
    """
    texts = [it.content.text for it in (pair.short, pair.long)]
    first = next(filter(str.isalpha, texts[0]), "")
    if len(pair.short.words) >= LONG or first.lower() == first.upper():
        return False
    one, other = map(names, texts)
    shared = counts(texts[0]) & counts(texts[1])
    if not _are_nouns((one, other), (pair.short.words, pair.long.words)):
        shared |= set(one) & set(other)
    return len(shared) * VAGUE < len(pair.short.words)


def headlines_differ(one: Content, other: Content) -> tuple[AbstractSet[str], AbstractSet[str]] | None:
    """Find the numbers and days that only one of two headlines has.

    The first text is searched first: it is the new article's, whose numbers are cached after its first comparison.

    Returns:
        Those of either headline; None unless each has some of its own, or if all of them stand in the other's text.
    """
    here, there = counts(one.title), counts(other.title)
    if not each_own(here, there):
        return None
    ours, theirs = here - there, there - here
    return None if theirs <= counts(one.text) and ours <= counts(other.text) else (ours, theirs)


def each_own(here: AbstractSet[str], there: AbstractSet[str]) -> bool:
    """Whether each set has an element that the other set does not have."""
    return not (here <= there or there <= here)


def _missing(here: Sequence[str], there: Sequence[str]) -> list[str]:
    known = set(there)
    return [it for it in here if it not in known]


def _some(found: Sequence[str]) -> str:
    return ", ".join(list(dict.fromkeys(found))[:3])
