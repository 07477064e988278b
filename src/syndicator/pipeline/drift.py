"""Drift: find out whether a source's articles look different now, because its site was rebuilt and we read it wrong.

Pure, and slow to judge: the newest articles are compared with the older half of what is remembered. What a tenth of
these lacked already proves nothing, nor do documents that were short before. If a source stays as it has become, this
counts as normal in the end, because its old articles are forgotten.
"""

from syndicator.model.state import Habits

NEWEST = 10
"""Number of newest articles that must all lack something, such as a title, to count as drift."""
FEWEST = 20
"""Least number of earlier articles with which these are compared."""
NEARLY_ALL = 0.9
"""Share of the earlier articles that must have had what the newest ones lack."""

DOCUMENTS = 3
"""Number of newest documents that must all show few entries to count as drift."""
EARLIER = 10
"""Least number of earlier documents with which these are compared."""
LEAST = 8
"""Least number of entries that each of the earlier documents must have shown."""
SHRUNK = 4
"""Each of the earlier documents must have shown at least this many times the entries of the longest newest one."""


def drift(habits: Habits) -> str:
    """Return a sentence that says what is odd about a source's newest articles or documents; empty: nothing is."""
    for name, marks in (("a title", habits.titled), ("a date", habits.dated), ("more than a few words", habits.worded)):
        before = _older(marks, NEWEST, FEWEST)
        if before and sum(before) >= NEARLY_ALL * len(before) and not any(marks[-NEWEST:]):
            return f"None of its newest {NEWEST} articles has {name}; of {len(before)} before, {sum(before)} had."
    before, most = _older(habits.sizes, DOCUMENTS, EARLIER), max(habits.sizes[-DOCUMENTS:], default=0)
    if before and min(before) >= max(LEAST, SHRUNK * most):
        return f"Its newest documents show {most} entries at most; before, there were {min(before)} at least."
    return ""


def _older(known: tuple[int, ...], newest: int, least: int) -> tuple[int, ...]:
    """Return the older half of what is before the newest, at least `least` values; empty: there are not so many."""
    before = known[:-newest]
    return before[: max(least, len(before) // 2)] if len(before) >= least else ()
