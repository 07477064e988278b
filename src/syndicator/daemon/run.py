"""The daemon: ticks, signals, the server's supervision and the control door; what is done stands in the rooms below.

main thread      waits for a signal
writer thread    (APScheduler's) steps of the pump, publishing, the configuration's watch, requests of commands
transfer thread  libcurl
door threads     commands
readers, server  processes of their own
"""

import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from syndicator.clock import Clock
from syndicator.daemon import acts, supervise
from syndicator.daemon.control import Door, Message
from syndicator.daemon.ending import Ending
from syndicator.daemon.schedule import Schedule
from syndicator.daemon.status import write_status
from syndicator.daemon.supervise import Child
from syndicator.errors import ConfigError, ExitCode, PublishError, StoreError, SupervisionError, UsageError
from syndicator.model.noun import replace
from syndicator.model.settings import Config
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.health import DISTRUST, page_told
from syndicator.pipeline.landed import Report
from syndicator.pipeline.pump import Pump
from syndicator.store import Store
from syndicator.text.counting import counted

log = logging.getLogger("syndicator")

STEP = 0.2
WATCH = 0.25
PUBLISH = 1.0
STATUS = 1.0
"""Seconds between two ticks of each kind."""
_WORDS = {
    "allow": "is part of its stories: you said so",
    "deny": "is never part of its stories: you said so",
    "": "is judged by how often it is repeated: you took back what you had said",
}
_SHOWN = 80  # characters of a paragraph in the log
SPARING = 20.0
"""All is published anew at most in one part of so many of the time: between, what is dear to make stays as it is."""
GRACE = 3.0
"""Seconds that a commit under way may take when the daemon is asked to end."""


@dataclass(slots=True)
class Waiter:
    """A command that waits until its sources have been polled."""

    ids: frozenset[str]
    missing: set[str]
    reports: list[Report] = field(default_factory=list)
    done: "Future[None]" = field(default_factory=Future)


class Daemon:
    """One background service. `run` returns when it has been asked to end, or cannot go on."""

    def __init__(
        self, config: Config, clock: Clock, *, reload: Callable[[], Config | None], server: Sequence[str]
    ) -> None:
        """Prepare.

        Args:
            config: To begin with.
            clock: The machine's.
            reload: Gives a changed configuration once it is quiet, else None; raises ConfigError for a bad one.
            server: The command's words that start the server process.
        """
        self._clock = clock
        self._reload = reload
        self._child = Child(server)
        self._schedule = Schedule()
        self._writing = threading.Lock()
        self._end = Ending()
        self._code = ExitCode.OK
        self._why = ""  # it ends
        self._bugs = 0
        self._waiters: list[Waiter] = []
        self._complaints: dict[str, str] = {}
        self._published = -1
        self._sparing_until = 0.0  # by the monotonic clock: until then, what is dear to make stays as it is
        self._owing = False  # whether it may have stayed so once too often
        self._serves_anew = False
        self._engine = ENGINES["processes"]()
        self._pump: Pump
        self._config = config

    def run(self) -> ExitCode:
        """Work until SIGTERM, SIGINT or SIGHUP; a second one ends the process at once."""
        heeded = [signal.SIGTERM, signal.SIGINT]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
            heeded.append(signal.SIGHUP)
        for number in heeded:
            signal.signal(number, self._on_signal)
        config = self._config
        _warn(config.warnings)
        store = Store.write(config.paths.store)
        self._pump = acts.make_pump(store, config, self._engine)
        self._pump.adopt(config, self._clock.now(), spread=True)
        acts.publish_all(self._pump, self._clock.now())
        door = Door(config.paths.control, self._answer)
        self._child.start(self._clock.monotonic())
        for seconds, job in (
            (STEP, self._step),
            (WATCH, self._look_at_config),
            (PUBLISH, self._publish),
            (STATUS, self._look_after),
        ):
            self._schedule.every(seconds, self._guarded(job))
        self._schedule.start()
        self._end.wait()
        log.info("stopping: %s", self._why)
        self._stop(store, door)
        log.info("stopped")
        return ExitCode.BUG if self._bugs and self._code is ExitCode.OK else self._code

    def _on_signal(self, number: int, frame: object) -> None:  # noqa: ARG002  # the handler's signature
        if self._end.is_called:
            os._exit(128 + number)
        self._why = f"asked to by {signal.Signals(number).name}"
        self._end.call()

    def _stop(self, store: Store, door: Door) -> None:
        """End within a few seconds: transfers and readings are dropped, a commit under way is finished."""
        self._schedule.stop()
        if self._writing.acquire(timeout=GRACE):
            store.close()
        door.close()
        self._child.stop(supervise.GRACE)
        self._engine.shutdown()

    def _guarded(self, job: Callable[[], None]) -> Callable[[], None]:
        """The job, never at the same time as another, its errors said once instead of at each tick."""
        name = job.__name__

        def run() -> None:
            with self._writing:
                if self._end.is_called:
                    return
                try:
                    job()
                    self._complaints.pop(name, None)
                except (StoreError, PublishError) as error:
                    self._complain(name, str(error))
                except SupervisionError as error:
                    log.critical("%s", error)
                    self._give_up(error.exit_code)
                except Exception as error:  # noqa: BLE001  # the daemon goes on
                    self._bugs += 1
                    self._complain(name, told(error))

        return run

    def _complain(self, name: str, text: str) -> bool:
        """Say it, unless it was the last thing said."""
        if self._complaints.get(name) == text:
            return False
        self._complaints[name] = text
        log.error("%s", text)
        return True

    def _give_up(self, code: ExitCode) -> None:
        self._code = code
        self._why = "the server process cannot go on"
        self._end.call()

    # -- ticks

    def _step(self) -> None:
        reports = self._pump.step(self._clock.now(), self._clock.monotonic())
        for report in reports:
            say(report)
        known = {source.id for source in self._pump.sources}
        for waiter in list(self._waiters):
            mine = [report for report in reports if report.source_id in waiter.ids]
            waiter.reports += mine
            waiter.missing -= {report.source_id for report in mine if not report.page}
            waiter.missing &= known  # who was removed in between will never report
            if not waiter.missing and not self._pump.is_busy_with(waiter.ids):
                self._waiters.remove(waiter)
                waiter.done.set_result(None)

    def _publish(self) -> None:
        revision, now, began = self._pump.store.revision(), self._clock.now(), self._clock.monotonic()
        sparing = began < self._sparing_until
        owing = self._owing and not sparing
        if revision != self._published or owing or acts.is_overdue(self._pump, now):
            changed = acts.publish_all(self._pump, now, sparing=sparing)
            self._published, self._owing = revision, sparing
            if not sparing:
                took = self._clock.monotonic() - began
                self._sparing_until = began + took * SPARING
            if changed:
                log.info("published %s", ", ".join(changed))

    def _look_at_config(self) -> None:
        try:
            config = self._reload()
        except ConfigError as error:
            log.error("%s\nThe configuration stays as it was.", error)  # noqa: TRY400  # the operator's mistake, not ours
            return
        if config is None:
            return
        before = self._pump.config
        _warn(it for it in config.warnings if it not in before.warnings)
        if config.paths.store != before.paths.store:
            log.warning("[paths] store is taken at the next start; until then it stays %s.", before.paths.store)
            config = replace(config, paths=replace(config.paths, store=before.paths.store))
        if config.fetch != self._pump.config.fetch:
            self._pump.renew(acts.make_transport(config))
        now = self._clock.now()
        self._pump.adopt(config, now, spread=True)
        self._pump.store.hasten(acts.touched(self._pump), now)
        self._published = -1
        if (config.serve, config.paths.public) != (before.serve, before.paths.public):
            acts.publish_all(self._pump, self._clock.now())
            self._child.restart(self._clock.monotonic())
            self._serves_anew = True  # what is wrong with it now is a bad change, and ends nothing else
        sources, channels = counted(len(config.sources), "source"), counted(len(config.channels), "channel")
        log.info("took the new configuration: %s, %s", sources, channels)

    def _look_after(self) -> None:
        code = self._child.look(self._clock.monotonic())
        if code is not None and self._serves_anew:
            raise PublishError("Nothing is served: the server said why when it ended.", "Mend the configuration.")
        if code is not None:
            self._give_up(code)
        write_status(self._pump, self._clock.now(), complaints=list(self._complaints.values()), bugs=self._bugs)

    # -- commands

    def _answer(self, request: Message) -> Message:
        match request:
            case {"do": "once"}:
                return self._answer_once([str(it) for it in request.get("sources", [])], bool(request.get("all")))
            case {"do": "publish"}:
                return {"changed": self._on_writer(lambda: acts.publish_all(self._pump, self._clock.now(), anew=True))}
            case {"do": "split", "story": str(story), "article": str(article)}:
                done = self._on_stories(lambda store: acts.split(store, story, article, self._clock.now()))
                log.info("split: story %s has lost a copy, which is story %s now", *_numbers(done, "story", "split"))
                return done
            case {"do": "join", "one": str(one), "other": str(other)}:
                done = self._on_stories(lambda store: acts.join(store, one, other, self._clock.now()))
                log.info("joined: story %s; %s leads to it", done["story"]["number"], done["absorbed"])
                return done
            case {"do": "replay"}:
                return self._answer_replay()
            case {"do": "boilerplate", "source": str(source), "text": str(text), "word": "" | "allow" | "deny" as word}:
                said = self._on_writer(lambda: acts.say(self._pump.store, source, text, word, self._clock.now()))
                log.info("%s: the paragraph “%s” %s", source, shorten(text, _SHOWN, placeholder="…"), _WORDS[word])
                return dict(said)
            case {"do": "social", "source": str(source), "key": str(key), "word": "" | "allow" | "deny" as word}:
                return self._on_stories(lambda store: acts.say_of_profile(store, source, key, word))
            case _:
                raise UsageError(f"The daemon knows no request {request.get('do')!r}.")

    def _answer_replay(self) -> Message:
        """Look on the command's thread, with a connection of its own, so that the daemon goes on; only change here."""
        with closing(Store.read(self._pump.store.path)) as reader:
            done = acts.replay(self._pump.store, reader, self._clock, self._on_writer)
        return dict(self._on_writer(lambda: acts.published(self._pump, done, self._clock.now())))

    def _on_stories(self, act: Callable[[Store], Message]) -> Message:
        """Change stories, and publish what that changes, before the command ends."""
        return dict(self._on_writer(lambda: acts.published(self._pump, act(self._pump.store), self._clock.now())))

    def _answer_once(self, names: Sequence[str], everything: bool) -> Message:  # of the request
        def begin() -> Waiter:
            ids = acts.chosen(self._pump, names, everything=everything)
            due = ids if ids is not None else self._pump.store.due(self._clock.now(), limit=len(self._pump.sources))
            self._pump.store.hasten(due, self._clock.now())
            waiter = Waiter(frozenset(due), set(due))
            if due:
                self._waiters.append(waiter)
            else:
                waiter.done.set_result(None)
            return waiter

        waiter = self._on_writer(begin)
        waiter.done.result()
        return dict(self._on_writer(lambda: acts.told_once(self._pump, waiter.reports, self._clock.now())))

    def _on_writer(self, act: Callable[[], Any]) -> Any:
        def locked() -> Any:
            with self._writing:
                return act()

        return self._schedule.soon(locked).result()


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        log.warning("%s", warning)


def _numbers(done: Message, *names: str) -> tuple[int, ...]:
    return tuple(done[name]["number"] for name in names)


def say(report: Report) -> None:
    """A line in the log for what an exchange brought; nothing for nothing new."""
    for warning in report.warnings:
        log.debug("%s: %s", report.source_id, warning)  # `syndicator sources` shows it
    if report.keyed_by is not None:
        log.warning("%s: %s", report.source_id, DISTRUST[report.keyed_by])
    if report.failure is not None:
        what = f"{page_told(report.url)}: " if report.page else ""
        log.warning("%s: %s%s %s", report.source_id, what, report.failure.message, report.failure.remedy)
        if report.failure.detail:
            log.error("%s", report.failure.detail)
        return
    parts = (
        (report.new, "new", "new"),
        (report.joined, "copy", "copies"),
        (report.updated, "changed", "changed"),
        (report.merged, "merged", "merged"),
        (report.deleted, "deleted", "deleted"),
        (report.wished, "page to ask", "pages to ask"),
    )
    if news := [counted(*part) for part in parts if part[0]]:
        log.info("%s: %s", report.source_id, ", ".join(news))


def told(error: BaseException) -> str:
    """A bug, to be reported; not in the exception's words, which may quote what nobody is to see."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"A bug in syndicator; please report it: {type(error).__name__}\n{frames}".rstrip()
