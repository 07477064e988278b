"""One entry out of several descriptions of the same article."""

from dataclasses import fields, replace

from syndicator.model.article import Entry

_BOTH = frozenset({"social", "credits"})


def merged(*entries: Entry | None) -> Entry:
    """One entry out of several, the most trusted first: each field is the first one's that has it.

    Profiles and credits are those of all.
    """
    first, *others = (it for it in entries if it is not None)
    taken: dict[str, object] = {}
    for field in fields(Entry):
        values = [getattr(it, field.name) for it in (first, *others)]
        if field.name in _BOTH:
            taken[field.name] = tuple(dict.fromkeys(it for value in values for it in value))
        else:
            taken[field.name] = next(filter(None, values), values[0])
    return replace(first, **taken)  # type: ignore[arg-type]  # each value comes from the field that it goes to
