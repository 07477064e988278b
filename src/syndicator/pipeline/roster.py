"""Roster: the sources that are polled (the configuration's, and those that its lists name), with their first polls."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from syndicator.model.noun import replace
from syndicator.model.settings import Config, Schedule
from syndicator.model.source import Source
from syndicator.pipeline.rhythm import interval_of, share
from syndicator.pipeline.waits import sooner
from syndicator.store import Store

AT_ONCE = 50
"""The most new sources that are polled at once; if there are more, all are spread over their interval."""


def all_sources(configured: Iterable[Source], listed: Iterable[Source]) -> list[Source]:
    """Return the configuration's sources and those that its lists name, without ids and addresses that it has already.

    Args:
        configured: The configuration's own sources.
        listed: What lists have named, each with its list as `parent`. Sources of lists that are not configured any more
            are left out.
    """
    found = list(configured)
    parents, ids, urls = ({source.id for source in found}, {it.id for it in found}, {it.url for it in found})
    for source in listed:
        if source.parent in parents and source.id not in ids and source.url not in urls:
            found.append(source)
            ids.add(source.id)
            urls.add(source.url)
    return found


def same_ids(named: Iterable[Source], before: Iterable[Source]) -> list[Source]:
    """Return what lists name, each address with the id that it had before, even if a similar one was added.

    Args:
        named: The sources with the ids that follow from their addresses.
        before: What the lists named when they were last read. A source keeps its id only if it is as private as it was,
            because the id of a source that was not private shows its address.
    """
    had = {(it.parent, it.url, it.private): it.id for it in before}
    ids = set[str]()
    found = []
    for it in named:
        kept = had.get((it.parent, it.url, it.private), it.id)
        found.append(it if kept in ids else replace(it, id=kept))
        ids.add(found[-1].id)
    return found


def first_dues(
    sources: Iterable[Source], known: Collection[str], schedule: Schedule, now: datetime, *, spread: bool
) -> dict[str, datetime]:
    """Return when each source is to be polled if it is new or has another address than before.

    That is at once, or spread over their interval if there are many new sources.

    Args:
        sources: All that are to be polled.
        known: Ids of those that the store knows already.
        schedule: The operator's bounds.
        now: The step's time.
        spread: Whether many new sources may be spread; if not, all are due now.
    """
    everything = list(sources)
    new = [source for source in everything if source.id not in known]
    dues = {source.id: now for source in everything}
    if spread and len(new) > AT_ONCE:
        for source in new:
            dues[source.id] = now + timedelta(seconds=interval_of(source, schedule) * share(source.id))
    return dues


class Roster:
    """The sources that are polled now.

    Attributes:
        sources: The sources by id.
    """

    def __init__(self, store: Store) -> None:
        self.sources: dict[str, Source] = {}
        self._store = store

    def adopt(self, config: Config, now: datetime, *, spread: bool) -> dict[str, str]:
        """Poll the sources of a configuration and those that its lists name by now; stop polling all others.

        Args:
            config: The configuration to be put in force.
            now: The step's time.
            spread: Whether the first polls of many new sources are spread over their interval. If not, they are polled
                at once, because somebody waits for them.

        Returns:
            By the id of each new source, the id of a source that is no longer polled and had the very same request.
        """
        sources = all_sources(config.sources, self._store.listed())
        dues = first_dues(sources, self._store.sources(), config.schedule, now, spread=spread)
        renamed = self._store.adopt(sources, dues)
        self.sources = {it.id: it for it in sources}
        return renamed

    def heed_intervals(self, config: Config, before: Schedule, now: datetime) -> None:
        """Make sources due earlier whose interval is shorter in this configuration than in the one before.

        Args:
            config: The configuration to be put in force.
            before: The schedule of the one that was in force.
            now: The step's time.
        """
        known, same = self._store.sources(), config.schedule == before
        sources = all_sources(config.sources, self._store.listed())
        changed = [it for it in sources if it.id in known and not (same and it.interval == known[it.id].interval)]
        if changed:
            earlier = sooner(changed, self._store.states(), config.schedule, now)
            self._store.reschedule([(source_id, "", due_at) for source_id, due_at in earlier])

    def still_asks(self, source: Source) -> bool:
        """Whether the source of this id is still polled by the same request; if not, answers say nothing about it."""
        current = self.sources.get(source.id)
        return current is not None and _way_to(current) == _way_to(source)


def _way_to(source: Source) -> tuple[object, ...]:
    """The settings of a source that decide which document it gives."""
    return source.url, source.kind, source.select, source.paths, source.auth, source.headers
