"""The sources that are polled: the configuration's, and what its lists name; and when each is polled first."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from syndicator.model.noun import replace
from syndicator.model.settings import Config, Schedule
from syndicator.model.source import Source
from syndicator.pipeline.rhythm import interval_of, share
from syndicator.pipeline.waits import sooner
from syndicator.store import Store

AT_ONCE = 50
"""So many new sources are polled at once; more are spread over their interval."""


def all_sources(configured: Iterable[Source], listed: Iterable[Source]) -> list[Source]:
    """All sources: the configuration's, and what its lists name, but for an id or address that it has already."""
    found = list(configured)
    parents, ids, urls = ({source.id for source in found}, {it.id for it in found}, {it.url for it in found})
    for source in listed:
        if source.parent in parents and source.id not in ids and source.url not in urls:
            found.append(source)
            ids.add(source.id)
            urls.add(source.url)
    return found


def same_ids(named: Iterable[Source], before: Iterable[Source]) -> list[Source]:
    """What lists name, each address under the id that it had there: one like it that joins it does not change that.

    Args:
        named: By the ids that their addresses give.
        before: What lists named when they were read last. Who was not private then has an id that tells where it is.
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
    """When each source would be polled first: at once, or, for many new ones, spread over their interval."""
    everything = list(sources)
    new = [source for source in everything if source.id not in known]
    dues = {source.id: now for source in everything}
    if spread and len(new) > AT_ONCE:
        for source in new:
            dues[source.id] = now + timedelta(seconds=interval_of(source, schedule) * share(source.id))
    return dues


class Roster:
    """Who is polled.

    Attributes:
        sources: By id.
    """

    def __init__(self, store: Store) -> None:
        self.sources: dict[str, Source] = {}
        self._store = store

    def adopt(self, config: Config, now: datetime, *, spread: bool) -> dict[str, str]:
        """Poll the sources of a configuration, and those that its lists name by now; all others rest.

        Args:
            config: To be taken.
            now: The step's time.
            spread: Whether the first polls of many new sources are spread over their interval, or somebody waits.

        Returns:
            New sources, each with the id of one that rests and was asked in the very same way.
        """
        sources = all_sources(config.sources, self._store.listed())
        dues = first_dues(sources, self._store.sources(), config.schedule, now, spread=spread)
        renamed = self._store.adopt(sources, dues)
        self.sources = {it.id: it for it in sources}
        return renamed

    def heed_intervals(self, config: Config, before: Schedule, now: datetime) -> None:
        """Let nobody wait for an interval that is shorter in this configuration than `before`."""
        known, same = self._store.sources(), config.schedule == before
        sources = all_sources(config.sources, self._store.listed())
        changed = [it for it in sources if it.id in known and not (same and it.interval == known[it.id].interval)]
        if changed:
            earlier = sooner(changed, self._store.states(), config.schedule, now)
            self._store.reschedule([(source_id, "", due_at) for source_id, due_at in earlier])

    def still_asks(self, source: Source) -> bool:
        """Whether a source is still asked as this one was: what comes from where it was before tells nothing of it."""
        current = self.sources.get(source.id)
        return current is not None and _way_to(current) == _way_to(source)


def _way_to(source: Source) -> tuple[object, ...]:
    """What decides which document a source gives."""
    return source.url, source.kind, source.select, source.paths, source.auth, source.headers
