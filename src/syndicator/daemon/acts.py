"""What changes something, whoever asks for it: a command that has the lock, or the daemon on a command's behalf."""

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

_REPORTED = [it.name for it in dataclasses.fields(Report)]
_PATIENCE = 0.25
"""Seconds that a run of `once` sleeps at most before it looks again."""
_TELLING = 10.0
"""Seconds that a run of `once` waits for hubs at most."""
_FORGETTING = 5.0
"""Seconds that a run of `once` takes at most to let go of old stories."""


def _at_once(act: Callable[[], Done]) -> Done:
    return act()


def chosen(pump: Pump, names: Sequence[str], *, everything: bool) -> list[str] | None:
    """Ids of the sources that are meant; None: those that are due.

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
    """Ids of the lists in files: they may have changed with the configuration, though that does not show it."""
    return [it.id for it in pump.sources if it.kind == "list" and it.url.startswith("file:")]


def once(pump: Pump, names: Sequence[str], clock: Clock, listener: Listener, *, everything: bool) -> list[Report]:
    """Poll sources now, with the pages behind them, until all is recorded.

    Args:
        pump: To do it with.
        names: Of the sources; empty: those that are due.
        clock: The machine's.
        listener: Told of each exchange that has ended.
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
    """Let go of old stories, if it is time, for some seconds; returns how many went. The next run goes on."""
    retention, gone, until = Retention(pump.store), 0, clock.monotonic() + _FORGETTING
    while clock.monotonic() < until and (it := retention.step(pump.config, pump.sources, clock.now())):
        gone = it.gone
    return gone


def tell_hubs(pump: Pump, clock: Clock) -> tuple[list[str], dict[str, str]]:
    """Tell hubs of what has been published, for some seconds.

    Returns:
        What the operator should know of them, and what is wrong with each (`Hubs.troubles`).
    """
    hubs, until = Hubs(pump.store, lambda: making.transport(pump.config)), clock.monotonic() + _TELLING
    sentences = hubs.step(pump.config, clock.now(), clock.monotonic())
    while clock.monotonic() < until and hubs.wait(_PATIENCE):
        sentences += hubs.step(pump.config, clock.now(), clock.monotonic())
    troubles = hubs.troubles()
    hubs.stop()
    return sentences, troubles


def oversee(pump: Pump, service: Service, now: datetime) -> None:
    """Note what is wrong, and bring the operator's pages up to date, where there are any."""
    if pump.config.serve.operator is not None:
        overseeing.oversee(pump.store, pump.config, pump.sources, service, now)


def once_answer(pump: Pump, reports: Sequence[Report], now: datetime) -> Message:
    """What a run of `once` came to, after publishing, and who is due next: `soonest`, with `due` null for never."""
    changed, found = publish_all(pump, now), pump.store.soonest()
    soonest = found and {"source": found[0], "due": None if found[1] == NEVER else found[1].isoformat()}
    return {"reports": [to_json(report) for report in reports], "changed": changed, "soonest": soonest}


def split(store: Store, story: str, article: str, now: datetime) -> Message:
    """Make a copy a story of its own, for good; tells both stories.

    Raises:
        UsageError: The words do not mean a story and one of several copies of it.
    """
    left, own = decisions.split(store, story, article, now)
    return {"story": asdict(left), "split": asdict(own)}


def join(store: Store, one: str, other: str, now: datetime) -> Message:
    """Make two stories one, for good; tells the one that lives, and the other with its public id.

    Raises:
        UsageError: The words do not mean two stories.
    """
    kept, absorbed = decisions.join(store, one, other, now)
    return {"story": asdict(kept), "absorbed": absorbed.guid, "other": asdict(absorbed)}


def replay(
    store: Store, reader: Store, clock: Clock, on_writer: Callable[[Callable[[], Done]], Done] = _at_once
) -> Message:
    """Place all that is stored by the rules of today.

    Args:
        store: To change.
        reader: To look at, for as long as that takes.
        clock: The machine's.
        on_writer: Runs the change itself, which is short.
    """
    with replayed(reader, lambda count, total: None) as paper:  # noqa: ARG005  # nobody looks
        return {"done": dataclasses.asdict(on_writer(lambda: carry_out(store, paper, clock.now())))}


def then_publish(pump: Pump, done: Message, now: datetime) -> Message:
    """Bring the public folder up to date with what was done; gives that."""
    publish_all(pump, now)
    return done


def publish_all(pump: Pump, now: datetime, *, anew: bool = False, sparing: bool = False) -> list[str]:
    """Bring the public folder up to date; `anew` and `sparing` are those of `pipeline.publishing.publish`."""
    return publishing.publish(pump.store, pump.config, pump.sources, now=now, anew=anew, sparing=sparing)


def is_overdue(pump: Pump, now: datetime) -> bool:
    """Whether the public folder is not as it should be by now, though nothing has changed that it is made from."""
    return publishing.is_overdue(pump.store, pump.config.paths.public, now)


def set_paragraph_word(store: Store, source_id: str, text: str, word: Word, now: datetime) -> Message:
    """Remember the operator's word on a paragraph of a source, for ever; an empty word takes it back.

    Returns:
        How many of its newest articles have that paragraph: `having`.

    Raises:
        UsageError: The source was never polled, or the text holds neither letter nor digit.
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
    """Remember the operator's word on a link of a source, for ever; an empty word takes it back.

    Raises:
        UsageError: The source was never polled.
    """
    if source_id not in store.sources():
        raise no_source(source_id, store.sources())
    store.set_profile_word(source_id, key, word)
    return {}


def to_json(report: Report) -> Message:
    """A report as it goes through the control door."""
    told = {name: getattr(report, name) for name in _REPORTED}
    return told | {"url": report.url or None, "failure": report.failure and asdict(report.failure)}
