"""Make one entry of several descriptions of the same article."""

from syndicator.model.article import Entry
from syndicator.model.noun import names, replace

_BOTH = frozenset({"social", "credits"})
"""Fields whose values are joined; of the others one description's is taken."""


def merged(*entries: Entry | None) -> Entry:
    """Merge entries, the most trusted first: each field is taken from the first entry that has it.

    Social links and credits of all entries are joined.
    """
    first, *others = (it for it in entries if it is not None)
    taken: dict[str, object] = {}
    for name in names(Entry):
        values = [getattr(it, name) for it in (first, *others)]
        if name in _BOTH:
            taken[name] = tuple(dict.fromkeys(it for value in values for it in value))
        else:
            taken[name] = next(filter(None, values), values[0])
    return replace(first, **taken)  # each value comes from the field that it goes to
