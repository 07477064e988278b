"""Older: join what was read of a feed's document with what was read of its next, older page (RFC 5005). Pure."""

from math import inf

from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh

MOST_ENTRIES = 2_000
"""Number of new entries in one poll from which on no further older page is requested."""


def newest(fresh: Fresh) -> float:
    """Return when the newest of the new entries was published, in seconds since 1970; infinity if none has a date."""
    articles = (*fresh.articles, *(it.fallback for it in fresh.wishes if it.fallback))
    return max((it.published.timestamp() for it in articles if it.published), default=inf)


def with_older(newer: Fresh, older: Fresh) -> Fresh:
    """Return two documents joined into one.

    What the newer document says about the source and about itself holds. The older articles come first. If they are
    written in parts and we are killed in between, then the newer document is still all new at the next poll, so that
    the older page is requested again.

    Args:
        newer: The first document.
        older: The one with the entries before it, which may repeat some of them.
    """
    told = {*(it.key for it in newer.articles), *(it.entry.key for it in newer.wishes)}
    told |= {*newer.deleted, *(newer.shown.keys if newer.shown else ())}
    shown = newer.shown and older.shown
    if newer.shown and older.shown:
        linked = newer.shown.linked and older.shown.linked
        shown = replace(newer.shown, keys=newer.shown.keys | older.shown.keys, linked=linked)
    return replace(
        newer,
        articles=(*(it for it in older.articles if it.key not in told), *newer.articles),
        wishes=(*newer.wishes, *(it for it in older.wishes if it.entry.key not in told)),
        deleted=(*newer.deleted, *(it for it in older.deleted if it not in told)),
        warnings=tuple(dict.fromkeys((*newer.warnings, *older.warnings))),
        shown=shown,
        doubtful=tuple(dict.fromkeys((*newer.doubtful, *older.doubtful))),
        has_gap=older.has_gap,
        older=older.older if len(newer.articles) + len(newer.wishes) < MOST_ENTRIES else "",
    )
