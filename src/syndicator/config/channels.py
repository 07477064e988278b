"""Read the `[[channel]]` tables, which say what is published, and check that a channel can have any story."""

from collections.abc import Callable, Mapping

from syndicator.config.misfit import MisfitError
from syndicator.config.report import Report, Row
from syndicator.config.schema import Shape
from syndicator.model.noun import replace
from syndicator.model.settings import Channel
from syndicator.model.source import Source


def channels(
    rows: list[Row], shapes: Mapping[str, Shape], check_match: Callable[[str], str], report: Report
) -> tuple[Channel, ...]:
    """The channels in the order of their tables; a table with a mistake is reported and gives no channel."""
    found = []
    for row in rows:
        if settings := report.check(shapes["channel"], row):
            found.append(Channel(**settings))
        for key in ("match", "exclude"):
            for query in filter(None, _texts(row, key)):
                if reason := check_match(query):
                    report.refuse(row, MisfitError(f"is not a full-text query: {reason}"), key)
    report.unique(((row, row.table["id"]) for row in rows if isinstance(row.table.get("id"), str)), "id")
    return tuple(found)


def told_apart(found: tuple[Channel, ...], site: str) -> tuple[Channel, ...]:
    """Give a title to each of several channels without one, except `all`: feed readers show only titles."""
    nameless = [it for it in found if not it.title]
    if len(nameless) < 2:
        return found
    return tuple(it if it.title or it.id == "all" else replace(it, title=f"{site}: {it.id}") for it in found)


def check_references(rows: list[Row], source_rows: list[Row], sources: tuple[Source, ...], report: Report) -> None:
    """Refuse tags and ids in a channel that no source has: a typing mistake would publish an empty feed.

    Tags are not checked if there is no source at all; ids are not checked if a list may add further sources, or if a
    source without an explicit id has a mistake.
    """
    tags = {tag for row in source_rows for tag in _texts(row, "tags")}
    ids = {source.id for source in sources} | {row.table["id"] for row in source_rows if _texts(row, "id")}
    ids_known = all("id" in row.table for row in source_rows) or len(sources) == len(source_rows)
    lists = any(row.path[0] == "list" or row.table.get("kind") == "list" for row in source_rows)
    for row in rows:
        if source_rows:
            _refuse_unknown(row, "tags", tags, "no source and no list has this tag", report)
        if ids_known and not lists:
            _refuse_unknown(row, "sources", ids, "no source has this id", report)


def _refuse_unknown(row: Row, key: str, known: set[str], message: str, report: Report) -> None:
    for index, value in enumerate(_texts(row, key)):
        if value not in known:
            report.refuse(row, MisfitError(message, keys=(index,), word=value, choices=sorted(known)), key)


def _texts(row: Row, key: str) -> list[str]:
    """The texts in a setting, unchecked: they are needed even if the table has a mistake elsewhere."""
    value = row.table.get(key)
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]
