"""Whether a source's articles have ceased to look as they did: its site is built otherwise now, and we read it wrong.

Pure, and slow to judge: the newest are held against the older half of what is remembered. What a tenth of that lacked
proves nothing, nor does a document that was short before. A source that stays as it has become is taken for that in the
end, as the old ones are forgotten.
"""

from syndicator.model.state import Habits

NEWEST = 10
"""Articles that all lack something …"""
FEWEST = 20
"""… that so many before them …"""
NEARLY_ALL = 0.9
"""… had, but for a few."""

DOCUMENTS = 3
"""Documents that all show few entries …"""
EARLIER = 10
"""… where so many before them …"""
LEAST = 8
"""… never showed fewer than so many …"""
SHRUNK = 4
"""… and than so many times as many."""


def drift(habits: Habits) -> str:
    """What is odd about a source's newest articles, or documents, as a sentence; empty: nothing."""
    for name, marks in (("a title", habits.titled), ("a date", habits.dated), ("more than a few words", habits.worded)):
        before = _older(marks, NEWEST, FEWEST)
        if before and sum(before) >= NEARLY_ALL * len(before) and not any(marks[-NEWEST:]):
            return f"None of its newest {NEWEST} articles has {name}; of {len(before)} before, {sum(before)} had."
    before, most = _older(habits.sizes, DOCUMENTS, EARLIER), max(habits.sizes[-DOCUMENTS:], default=0)
    if before and min(before) >= max(LEAST, SHRUNK * most):
        return f"Its newest documents show {most} entries at most; before, there were {min(before)} at least."
    return ""


def _older(known: tuple[int, ...], newest: int, least: int) -> tuple[int, ...]:
    """The older half of what is known before the newest, `least` of it at least; nothing: there are not so many."""
    before = known[:-newest]
    return before[: max(least, len(before) // 2)] if len(before) >= least else ()
