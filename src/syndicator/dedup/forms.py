"""Whether two like texts are one form, filled in twice: by their numbers and names, by what their headlines name.

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
"""Share of a text of less than `LONG` words where a headline is missing: that names what a form is filled in with."""
MOST_DIFFERENT = 0.5
"""Share of a text's numbers, or names, that may be missing in the other …"""
DAYS = timedelta(days=3)
"""… unless so much time lies between them; then …"""
MOST_LATE = 0.25
ENOUGH_OF_LATE = 0.8
VAGUE = 20
"""Words: news has at least one number or name in so many; what has fewer could have been said of another event."""
CAPITALS = 0.22
"""Share of words with a capital letter inside sentences: 0.2 at most in eleven languages, in German 0.25 at least."""

_FEW = 2  # numbers, or names, that only the shorter text has: they may have been changed in the other


def differs(pair: Pair) -> str:
    """Why two texts may be two items of one template: their numbers, names or dates differ; empty: nothing says so."""
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
    """Whether what two texts write with a capital letter is so much that it is their nouns, as in German, not names."""
    return all(len(large) > CAPITALS * len(said) for large, said in zip(found, texts, strict=True))


def speaks_elsewhere(pair: Pair) -> str:
    """Why two headlines show two stories: they speak of what the texts do not share; empty: they do not.

    So do those of a form that is filled in twice, and those of two pages with the same menus and notices. Where a
    headline is missing, a form that is filled in with plain words is like a copy that was edited.
    """
    if pair.is_untitled and len(pair.short.words) < LONG and pair.short.share < ENOUGH_UNTITLED:
        return "without headlines, their words differ too much"
    if changed := exchanged(pair, once=_is_vague(pair)):
        return f"where their headlines differ, so do their texts: {' or '.join(changed)}"
    return "their headlines speak of what only one of them has" if elsewhere(pair) else ""


def _is_vague(pair: Pair) -> bool:
    """Whether two short texts share hardly a number or name: then they may as well tell of two like events.

    In a script without capital letters nobody knows.
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
    """The numbers and days that only one of two headlines has, if each has some, and not all of them are in both texts.

    The first text is asked first: it is the newcomer's, whose numbers are known after the first of its neighbours.
    """
    here, there = counts(one.title), counts(other.title)
    if not each_own(here, there):
        return None
    ours, theirs = here - there, there - here
    return None if theirs <= counts(one.text) and ours <= counts(other.text) else (ours, theirs)


def each_own(here: AbstractSet[str], there: AbstractSet[str]) -> bool:
    """Whether both have something that the other has not."""
    return not (here <= there or there <= here)


def _missing(here: Sequence[str], there: Sequence[str]) -> list[str]:
    known = set(there)
    return [it for it in here if it not in known]


def _some(found: Sequence[str]) -> str:
    return ", ".join(list(dict.fromkeys(found))[:3])
