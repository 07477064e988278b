"""Metrics for Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4).

All families are made anew for each rendering, from values that are counted elsewhere. Names and units follow
Prometheus' own conventions: seconds, bytes, `_total` behind counters, times in seconds since 1970.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from syndicator import __version__
from syndicator.model.overview import DELAYS, Counts, FaultKind, Overview, Status

STATUSES: tuple[Status, ...] = ("ok", "new", "silent", "drifted", "waiting", "failing")
_PREFIX = "syndicator_"


def render_metrics(overview: Overview) -> bytes:
    """The overview in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families(overview))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Families(Collector):
    def __init__(self, overview: Overview) -> None:
        self._overview = overview

    def collect(self) -> Iterable[Metric]:
        """All families."""
        yield from _of_the_service(self._overview)
        yield from _of_sources(self._overview)
        yield from _of_work(self._overview.service.counts)


def _of_the_service(overview: Overview) -> Iterator[Metric]:
    yield _gauge("info", "The running program; always 1.", "version", {__version__: 1})
    yield _one("complaints", "What keeps the service from its work.", len(overview.service.complaints))
    mistaken = bool(overview.service.mistakes)
    yield _one("configuration_mistaken", "Whether the configuration files have mistakes.", mistaken)
    open_ = Counter(fault.trouble.kind for fault in overview.open_faults)
    faults = {kind: open_[kind] for kind in get_args(FaultKind)}
    yield _gauge("faults", "Current faults, by kind.", "kind", faults)
    failing = {hub: bool(message) for hub, message in overview.service.hubs.items()}
    yield _gauge("hub_failing", "Whether a hub does not accept notifications.", "hub", failing)
    subscribers, failing_ones = overview.service.subscribers
    yield _one("subscriptions", "Subscriptions of feeds at our own hub.", subscribers)
    yield _one("subscriptions_failing", "Subscriptions that did not accept what they were sent last.", failing_ones)
    yield _one("under_way", "Requests and readings in progress.", overview.service.under_way)
    yield _one("database_bytes", "Size of the database's files.", overview.database)


def _of_sources(overview: Overview) -> Iterator[Metric]:
    statuses = Counter(standing.status for standing in overview.standings)
    yield _gauge("sources", "Sources, by how they are doing.", "status", {name: statuses[name] for name in STATUSES})
    yield _one(
        "articles_stored", "Stored articles of these sources.", sum(each.articles for each in overview.standings)
    )
    failures = {each.source_id: each.failures for each in overview.standings}
    yield _gauge("source_failures", "Failed polls of a source, in a row.", "source", failures)
    succeeded = {each.source_id: each.succeeded_at.timestamp() for each in overview.standings if each.succeeded_at}
    what = "When a source last brought something readable, or confirmed that there is nothing new."
    yield _gauge("source_last_success_timestamp_seconds", what, "source", succeeded)


def _of_work(counts: Counts) -> Iterator[Metric]:
    polls = CounterMetricFamily(
        f"{_PREFIX}requests",
        "Results of polls, and of requests for the article pages behind them.",
        labels=["of", "result"],
    )
    for of, results in (("source", counts.polls), ("page", counts.pages)):
        for result, count in results.items():
            polls.add_metric([of, result], count)
    yield polls
    articles = CounterMetricFamily(f"{_PREFIX}articles", "What became of articles.", labels=["change"])
    for change, count in counts.changes.items():
        articles.add_metric([change], count)
    yield articles
    what = "Calls to the callbacks for hubs that were not signed as agreed."
    yield CounterMetricFamily(f"{_PREFIX}hub_calls_forged", what, value=counts.forged)
    yield CounterMetricFamily(f"{_PREFIX}bugs", "Unexpected exceptions.", value=counts.bugs)
    bounds = [*map(str, DELAYS), "+Inf"]
    yield HistogramMetricFamily(
        f"{_PREFIX}publish_delay_seconds",
        "Time from storing a change until all feeds show it.",
        buckets=[*zip(bounds, counts.delays, strict=True)],
        sum_value=counts.delay,
    )


def _one(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(_PREFIX + name, what, value=value)


def _gauge(name: str, what: str, label: str, values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(_PREFIX + name, what, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
