"""The actions behind commands that change something, run by a command that has the lock, or for it by the daemon."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime

from syndicator.clock import Clock
from syndicator.daemon import making
from syndicator.daemon.control import Message
from syndicator.errors import UsageError
from syndicator.model.manners import NEVER
from syndicator.model.noun import asdict
from syndicator.model.overview import Service
from syndicator.model.social import Repeated, Word
from syndicator.pipeline import decisions, overseeing, publishing
from syndicator.pipeline.forgetting import Retention
from syndicator.pipeline.landed import Report
from syndicator.pipeline.learning import renew
from syndicator.pipeline.naming import no_source
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.replay import Done, carry_out, replayed
from syndicator.pipeline.websub.hubs import Hubs
from syndicator.social.repeats import LONGEST, digest
from syndicator.store import Store

Listener = Callable[[Sequence[Report]], None]
"""Is told of the exchanges that have ended."""

_REPORTED = [it.name for it in dataclasses.fields(Report)]
_PATIENCE = 0.25
"""The most seconds that a run of `once` sleeps before it looks again."""
_TELLING = 10.0
"""The most seconds that a run of `once` waits for hubs."""
_FORGETTING = 5.0
"""The most seconds that a run of `once` spends on deleting old stories."""


def _at_once(act: Callable[[], Done]) -> Done:
    return act()


def chosen(pump: Pump, names: Sequence[str], *, everything: bool) -> list[str] | None:
    """Find the sources that a command means.

    Returns:
        Their ids; None means the sources that are due.

    Raises:
        UsageError: One of them is not configured.
    """
    known = [source.id for source in pump.sources]
    if unknown := [name for name in names if name not in known]:
        raise no_source(unknown[0], known)
    if names:
        return list(names)
    return known if everything else None


def file_lists(pump: Pump) -> list[str]:
    """Return the ids of subscription lists in files, which may have changed together with the configuration."""
    return [it.id for it in pump.sources if it.kind == "list" and it.url.startswith("file:")]


def once(pump: Pump, names: Sequence[str], clock: Clock, listener: Listener, *, everything: bool) -> list[Report]:
    """Poll sources now, and the article pages behind them, until everything is recorded.

    Args:
        pump: The pump that does it.
        names: Ids of the sources; empty means those that are due.
        clock: The machine's clock.
        listener: Is told of each exchange that has ended.
        everything: Whether all sources are meant, due or not.

    Raises:
        UsageError: One of them is not configured.
    """
    ids = chosen(pump, names, everything=everything)
    if ids is not None:
        pump.store.hasten(ids, clock.now())
    if names:
        pump.only = frozenset(names)
    reports: list[Report] = []
    while True:
        news = pump.step(clock.now(), clock.monotonic())
        listener(news)
        reports += news
        if not pump.busy:
            break
        pump.wait(_PATIENCE, clock.monotonic())
    while pump.store.index(1000) or renew(pump.store, 1000, clock.now()):
        pass
    return reports


def forget(pump: Pump, clock: Clock) -> int:
    """Delete old stories, if it is time, for some seconds; the next run goes on. Return how many were deleted."""
    retention, gone, until = Retention(pump.store), 0, clock.monotonic() + _FORGETTING
    while clock.monotonic() < until and (it := retention.step(pump.config, pump.sources, clock.now())):
        gone = it.gone
    return gone


def tell_hubs(pump: Pump, clock: Clock) -> tuple[list[str], dict[str, str]]:
    """Notify hubs of what has been published, for some seconds.

    Returns:
        Sentences that the operator should read, and what is wrong with each hub (`Hubs.troubles`).
    """
    hubs, until = Hubs(pump.store, lambda: making.transport(pump.config)), clock.monotonic() + _TELLING
    sentences = hubs.step(pump.config, clock.now(), clock.monotonic())
    while clock.monotonic() < until and hubs.wait(_PATIENCE):
        sentences += hubs.step(pump.config, clock.now(), clock.monotonic())
    troubles = hubs.troubles()
    hubs.stop()
    return sentences, troubles


def oversee(pump: Pump, service: Service, now: datetime) -> None:
    """Record what is wrong, and bring the operator's pages up to date, if there are any."""
    if pump.config.serve.operator is not None:
        overseeing.oversee(pump.store, pump.config, pump.sources, service, now)


def once_answer(pump: Pump, reports: Sequence[Report], now: datetime) -> Message:
    """Publish, and return the result of a run of `once`.

    It includes the source that is due next (`soonest`), whose `due` is null if it is never due.
    """
    changed, found = publish_all(pump, now), pump.store.soonest()
    soonest = found and {"source": found[0], "due": None if found[1] == NEVER else found[1].isoformat()}
    return {"reports": [to_json(report) for report in reports], "changed": changed, "soonest": soonest}


def split(store: Store, story: str, article: str, now: datetime) -> Message:
    """Make a copy a story of its own, permanently; return both stories.

    Raises:
        UsageError: The arguments do not name a story and one of several copies of it.
    """
    left, own = decisions.split(store, story, article, now)
    return {"story": asdict(left), "split": asdict(own)}


def join(store: Store, one: str, other: str, now: datetime) -> Message:
    """Make two stories one, permanently; return the one that stays, and the other with its public id.

    Raises:
        UsageError: The arguments do not name two stories.
    """
    kept, absorbed = decisions.join(store, one, other, now)
    return {"story": asdict(kept), "absorbed": absorbed.guid, "other": asdict(absorbed)}


def replay(
    store: Store, reader: Store, clock: Clock, on_writer: Callable[[Callable[[], Done]], Done] = _at_once
) -> Message:
    """Place all stored articles anew, by the present rules.

    Args:
        store: The store to change.
        reader: A read-only connection to the same database, used for as long as the placing takes.
        clock: The machine's clock.
        on_writer: Runs the change itself, which is short.
    """
    with replayed(reader, lambda count, total: None) as paper:  # noqa: ARG005  # no progress is shown
        return {"done": dataclasses.asdict(on_writer(lambda: carry_out(store, paper, clock.now())))}


def then_publish(pump: Pump, done: Message, now: datetime) -> Message:
    """Bring the public folder up to date after an action, and return the action's answer `done`."""
    publish_all(pump, now)
    return done


def publish_all(pump: Pump, now: datetime, *, anew: bool = False, sparing: bool = False) -> list[str]:
    """Bring the public folder up to date; `anew` and `sparing` are those of `pipeline.publishing.publish`."""
    return publishing.publish(pump.store, pump.config, pump.sources, now=now, anew=anew, sparing=sparing)


def is_overdue(pump: Pump, now: datetime) -> bool:
    """Whether the public folder must be updated only because time has passed, though no data have changed."""
    return publishing.is_overdue(pump.store, pump.config.paths.public, now)


def set_paragraph_word(store: Store, source_id: str, text: str, word: Word, now: datetime) -> Message:
    """Store the operator's decision about a paragraph of a source, permanently; an empty word revokes it.

    Returns:
        `having`: how many of the source's newest articles have that paragraph.

    Raises:
        UsageError: The source is not in the store, or the text has neither a letter nor a digit.
    """
    if source_id not in store.sources():
        raise no_source(source_id, store.sources())
    number = digest(" ".join(text.split()))
    if not number:
        raise UsageError(
            "The text holds neither letter nor digit.", "Give a whole paragraph, or its number in the list."
        )
    paragraph = Repeated(digest=number, text=text[:LONGEST], stories=0, among=0, verdict=0, word=word, last_seen=now)
    return {"having": store.set_paragraph_word(source_id, paragraph)}


def set_profile_word(store: Store, source_id: str, key: str, word: Word) -> Message:
    """Store the operator's decision about a social link of a source, permanently; an empty word revokes it.

    Raises:
        UsageError: The source is not in the store.
    """
    if source_id not in store.sources():
        raise no_source(source_id, store.sources())
    store.set_profile_word(source_id, key, word)
    return {}


def to_json(report: Report) -> Message:
    """Turn a report into what is sent through the control socket."""
    told = {name: getattr(report, name) for name in _REPORTED}
    return told | {"url": report.url or None, "failure": report.failure and asdict(report.failure)}
