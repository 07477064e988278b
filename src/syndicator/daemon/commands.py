"""Requests of commands to a running daemon: the writer carries them out between two jobs, then they are answered."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from syndicator.clock import Clock
from syndicator.daemon import acts
from syndicator.daemon.control import Message
from syndicator.errors import StoreError, UsageError
from syndicator.model.lease import Call
from syndicator.model.noun import convert
from syndicator.model.subscription import SubscriptionRequest
from syndicator.pipeline.landed import Report
from syndicator.pipeline.pump import Pump
from syndicator.store import Store

log = logging.getLogger("syndicator")

_WORDS = {
    "allow": "is part of its stories: your decision",
    "deny": "is never part of its stories: your decision",
    "": "is judged by how often it is repeated: you took back your decision",
}
_SHOWN = 80  # the most characters of a paragraph in the log


@dataclass(slots=True)
class _Waiter:
    """A command that waits until its sources have been polled.

    Attributes:
        left: Ids of sources that are not finished: the poll, or an article page that it led to, is still to come.
        missing: Ids of those whose poll is still to come.
        reports: The reports that have come.
        done: Resolved when no source is left.
    """

    left: set[str]
    missing: set[str]
    reports: list[Report] = field(default_factory=list)
    done: "Future[None]" = field(default_factory=Future)


class Commands:
    """Answers requests, each of which comes on a thread of its own.

    Args:
        pump: The running pump, which only the writer's thread uses.
        clock: The machine's clock.
        on_writer: Runs a function on the writer's thread, and returns what the function returns.
        hear: Takes a hub's call, from any thread; returns whether it is of use, or None if that is not known yet.
        take: Takes a request to our own hub, from any thread; returns whether there is room for it.
    """

    def __init__(
        self,
        pump: Pump,
        clock: Clock,
        on_writer: Callable[[Callable[[], Any]], Any],
        hear: Callable[[Call], bool | None],
        take: Callable[[SubscriptionRequest], bool],
    ) -> None:
        self._pump = pump
        self._clock = clock
        self._on_writer = on_writer
        self._hear = hear
        self._take = take
        self._waiters: list[_Waiter] = []

    def answer(self, request: Message) -> Message:
        """Carry out a request, and return the answer.

        Raises:
            SyndicatorError: The request cannot be carried out.
        """
        match request:
            case {"do": "once"}:
                return self._once([str(it) for it in request.get("sources", [])], bool(request.get("all")))
            case {"do": "publish"}:
                return {"changed": self._on_writer(lambda: acts.publish_all(self._pump, self._clock.now(), anew=True))}
            case {"do": "split", "story": str(story), "article": str(article)}:
                done = self._on_stories(lambda store: acts.split(store, story, article, self._clock.now()))
                log.info("split: a copy of story %s is now story %s", *_numbers(done, "story", "split"))
                return done
            case {"do": "join", "one": str(one), "other": str(other)}:
                done = self._on_stories(lambda store: acts.join(store, one, other, self._clock.now()))
                log.info("joined: story %s; %s leads to it", done["story"]["number"], done["absorbed"])
                return done
            case {"do": "replay"}:
                return self._replay()
            case {"do": "boilerplate", "source": str(source), "text": str(text), "word": "" | "allow" | "deny" as word}:
                said = self._on_writer(
                    lambda: acts.set_paragraph_word(self._pump.store, source, text, word, self._clock.now())
                )
                log.info("%s: the paragraph “%s” %s", source, shorten(text, _SHOWN, placeholder="…"), _WORDS[word])
                return dict(said)
            case {"do": "social", "source": str(source), "key": str(key), "word": "" | "allow" | "deny" as word}:
                return self._on_stories(lambda store: acts.set_profile_word(store, source, key, word))
            case {"do": "hear", "call": dict(call)}:
                return {"known": self._hear(convert(call, Call))}
            case {"do": "subscribe", "request": dict(asked)}:
                return {"taken": self._take(convert(asked, SubscriptionRequest))}
            case _:
                raise UsageError(f"The service does not know the request {request.get('do')!r}.")

    def landed(self, reports: Sequence[Report]) -> None:
        """Answer the commands whose sources are finished; the writer calls this with the reports of every step."""
        known = {source.id for source in self._pump.sources}
        for waiter in list(self._waiters):
            mine = [report for report in reports if report.source_id in waiter.left]
            waiter.reports += mine
            waiter.missing -= {report.source_id for report in mine if not report.page}
            waiter.missing &= known  # a source that was removed meanwhile will never report
            # Each source by itself: among many, there is always one that is already being polled again.
            polled = waiter.left - waiter.missing
            waiter.left -= {source_id for source_id in polled if not self._pump.is_busy_with((source_id,))}
            if not waiter.left:
                self._waiters.remove(waiter)
                waiter.done.set_result(None)

    def failed(self, error: StoreError) -> None:
        """Answer all commands that wait for polls with an error: the writer cannot store the polls' results."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            waiter.done.set_exception(error)

    def _replay(self) -> Message:
        """Place everything anew on the command's thread, with its own connection; the writer only makes the change."""
        with closing(Store.read(self._pump.store.path)) as reader:
            done = acts.replay(self._pump.store, reader, self._clock, self._on_writer)
        return dict(self._on_writer(lambda: acts.then_publish(self._pump, done, self._clock.now())))

    def _on_stories(self, act: Callable[[Store], Message]) -> Message:
        """Run an action on the writer's thread, and publish what it changed before the command ends."""
        return dict(self._on_writer(lambda: acts.then_publish(self._pump, act(self._pump.store), self._clock.now())))

    def _once(self, names: Sequence[str], everything: bool) -> Message:  # values of the request
        def begin() -> _Waiter:
            ids = acts.chosen(self._pump, names, everything=everything)
            due = ids if ids is not None else self._pump.store.due(self._clock.now(), limit=len(self._pump.sources))
            self._pump.store.hasten(due, self._clock.now())
            waiter = _Waiter(set(due), set(due))
            if due:
                self._waiters.append(waiter)
            else:
                waiter.done.set_result(None)
            return waiter

        waiter = self._on_writer(begin)
        waiter.done.result()
        return dict(self._on_writer(lambda: acts.once_answer(self._pump, waiter.reports, self._clock.now())))


def _numbers(done: Message, *names: str) -> tuple[int, ...]:
    return tuple(done[name]["number"] for name in names)
