"""Overseeing: bring the operator's pages up to date, with each source's health, the faults, and the counts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from syndicator.model.lease import Lease
from syndicator.model.manners import Debt
from syndicator.model.overview import Fault, FaultKind, Overview, Service, Standing, Trouble
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo, SourceState
from syndicator.pipeline.faults import Findings, changes, judge
from syndicator.pipeline.health import Health, health, hub_sentences
from syndicator.pipeline.outage import is_excused, outage
from syndicator.pipeline.queues import host_of
from syndicator.publish import FORMATS, border, files
from syndicator.publish.naming import title_of
from syndicator.store import Store

SHOWN = 100
"""The most faults that the operator's feed and page show."""


def debt_of(source: Source, state: SourceState | None, debts: Mapping[str, Debt]) -> Debt | None:
    """Return the debt of a source's host, or None.

    Args:
        source: The source.
        state: What is remembered of it, or None.
        debts: The debts of all hosts, by host.
    """
    return debts.get(host_of(state.pace.address or source.url)) if state else None


def oversee(store: Store, config: Config, sources: Collection[Source], service: Service, now: datetime) -> None:
    """Store which faults begin and end, and bring the operator's pages up to date.

    Args:
        store: The database, opened for writing.
        config: The configuration in force.
        sources: The sources that are polled.
        service: How the process is doing.
        now: The time of this check.

    Raises:
        PublishError: A page could not be written.
        StoreError: The faults could not be stored.
    """
    checkups, leases = list(_checkups(sources, store.states(), store.debts())), store.leases()
    findings = _findings(checkups, service, store.last_fault("network"), now)
    begun, ended = changes(store.open_faults(), findings, {"", *config.site.hubs, *(it.id for it in sources)})
    if begun or ended:
        store.note_faults(begun, ended, now)
    overview = Overview(
        at=now,
        service=service,
        standings=tuple(_standing(it, leases.get(it.source.id)) for it in checkups),
        faults=tuple(store.faults(SHOWN)),
        open_faults=tuple(store.open_faults()),
        database=_size(config.paths.store),
    )
    _write(config, overview)


class _Checkup(NamedTuple):
    """A source, with what is remembered of it and its health."""

    source: Source
    state: SourceState | None
    debt: Debt | None
    health: Health


def _checkups(
    sources: Iterable[Source], states: Mapping[str, SourceState], debts: Mapping[str, Debt]
) -> Iterator[_Checkup]:
    for source in sources:
        state = states.get(source.id)
        debt = debt_of(source, state, debts)
        yield _Checkup(source, state, debt, health(source, state, debt))


def _findings(checkups: Collection[_Checkup], service: Service, last: Fault | None, now: datetime) -> Findings:
    """Return what is wrong, and what is not, with hubs, the configuration, the network and sources.

    Sources that failed during an outage of the network are left out.

    Args:
        checkups: The checkups of all sources.
        service: How the process is doing.
        last: The newest fault of the network, or None.
        now: The time of this check.
    """
    findings: dict[tuple[FaultKind, str], Trouble | None] = {
        ("hub", hub): _trouble_of_hub(hub, message) for hub, message in service.hubs.items()
    }
    findings["configuration", ""] = _trouble_of_configuration(service.mistakes)
    findings["network", ""] = trouble = outage(_by_host(checkups), last, now)
    last = Fault(number=0, trouble=trouble, began=now) if trouble else last
    for it in checkups:
        if it.state and not is_excused(it.state, last, now):
            findings |= judge(it.state, it.health, it.debt)
    return findings


def _by_host(checkups: Iterable[_Checkup]) -> list[tuple[str, SourceState]]:
    """Return what is remembered of the sources that are polled over the network, each with its host."""
    found = ((host_of(it.state.pace.address or it.source.url), it.state) for it in checkups if it.state)
    return [(host, state) for host, state in found if host]


def _trouble_of_hub(hub: str, message: str) -> Trouble | None:
    remedy = "It is notified later. If the hub is gone for good, remove it from [site] hubs."
    return Trouble(kind="hub", subject=hub, message=message, remedy=remedy) if message else None


def _trouble_of_configuration(mistakes: str) -> Trouble | None:
    remedy = "The last good configuration stays in force until the mistakes are corrected."
    return Trouble(kind="configuration", subject="", message=mistakes, remedy=remedy) if mistakes else None


def _standing(checkup: _Checkup, lease: Lease | None) -> Standing:
    source, state, found = checkup.source, checkup.state, checkup.health
    info = state.info if state else FeedInfo()
    until = f"{lease.until:%Y-%m-%d %H:%M} UTC" if lease and lease.until else ""
    return Standing(
        source_id=source.id,
        title=title_of(source, info),
        site_url="" if source.private else border.address(info.site_url),
        status=found.status,
        message=found.sentence,
        remedy=found.remedy,
        hub=hub_sentences(lease.offer.hub, until, lease.message) if lease else (),
        articles=state.articles if state else 0,
        failures=state.failures if state else 0,
        succeeded_at=state.succeeded_at if state else None,
        next_try=found.next_try,
    )


def _size(store: Path) -> int:
    """Return how many bytes the files of the database have, its write-ahead log included."""
    total = 0
    for path in (store, store.with_name(f"{store.name}-wal")):
        with suppress(OSError):
            total += path.stat().st_size
    return total


def _write(config: Config, overview: Overview) -> None:
    # Loaded here, because they are slow to load and most processes do not need them.
    from syndicator.publish.faults import compose_faults  # noqa: PLC0415
    from syndicator.publish.metrics import render_metrics  # noqa: PLC0415
    from syndicator.publish.status import render_status  # noqa: PLC0415

    folder = config.paths.operator
    files.make(folder, private=True)
    faults = compose_faults(config.site, overview)
    pages = {
        "metrics": render_metrics(overview),
        "faults.atom": FORMATS["atom"].render(faults),
        "index.html": render_status(config.site, overview, faults),
    }
    for name, data in pages.items():
        files.check(name, data)
        files.replace(folder / name, data, durable=False)
