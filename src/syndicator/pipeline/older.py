"""A document put together with the one before it, as a feed's next page has it (RFC 5005). Pure."""

from math import inf

from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh

MOST_ENTRIES = 2_000
"""New entries of one poll, after which no older ones are asked for."""


def newest(fresh: Fresh) -> float:
    """When the newest of the new entries was published, in seconds since 1970; infinite: none has a date."""
    articles = (*fresh.articles, *(it.fallback for it in fresh.wishes if it.fallback))
    return max((it.published.timestamp() for it in articles if it.published), default=inf)


def with_older(newer: Fresh, older: Fresh) -> Fresh:
    """Two documents as if they were one: the second holds what comes before the first, and may repeat some of it.

    What the first says of the source, and of itself, holds. The oldest come first: where they are written in parts, and
    we are killed in between, the first document is all new again until what came before it is known.
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
