"""Work: the commands that change something, by the control socket of a running daemon, or else with the lock."""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NoReturn

from syndicator.cli import logs, setting
from syndicator.cli.printing import announce, print_json, print_line
from syndicator.cli.progress import Progress, summary
from syndicator.clock import Clock, SystemClock
from syndicator.daemon import acts, making
from syndicator.daemon.control import Message, ask, deliver_call, deliver_request
from syndicator.daemon.ending import Requests, leave
from syndicator.daemon.orders import Orders, end_with_parent, receive
from syndicator.errors import ExitCode, PublishError, SyndicatorError
from syndicator.model.failure import FailureKind
from syndicator.model.overview import Service
from syndicator.model.settings import Config
from syndicator.model.social import Word
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.landed import Report
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.tally import Tally
from syndicator.store import Store


def run(folder: Path) -> NoReturn:
    """Carry out `syndicator run`: run the daemon until it is stopped."""
    from syndicator.daemon.notify import Supervisor
    from syndicator.daemon.run import Daemon

    clock = SystemClock()
    config, reload = setting.watched(folder, clock, logs.hide)
    logs.start()
    daemon = Daemon(
        config,
        clock,
        reload=reload,
        server=["serve", "--attached", "--config", str(folder.absolute())],
        # Removed from the environment, because the supervisor accepts no messages of our child processes.
        supervisor=Supervisor(os.environ.pop("NOTIFY_SOCKET", "")),
    )
    leave(daemon.run())


def serve(folder: Path, *, attached: bool) -> None:
    """Carry out `syndicator serve`; `attached`: as the child of a daemon, which sends orders and with which it ends."""
    from syndicator.serve.media import Links
    from syndicator.serve.server import Doors
    from syndicator.serve.server import run as serve_files

    orders = receive() if attached else Orders.of(setting.load(folder, serves=True))
    if attached:
        threading.Thread(target=end_with_parent, daemon=True).start()
    serve_files(
        orders.public,
        orders.host,
        orders.port,
        status=orders.status,
        clock=SystemClock(),
        doors=Doors(
            links=Links(orders.base_url, orders.hubs),
            operator=orders.operator,
            key=bytes.fromhex(orders.push),
            hear=partial(deliver_call, orders.control) if orders.push else None,
            take=partial(deliver_request, orders.control) if orders.hub else None,
        ),
        on_ready=lambda address: announce(f"Serving {orders.title} on {address}"),
    )


def once(folder: Path, names: Sequence[str], *, everything: bool, json: bool) -> NoReturn:
    """Carry out `syndicator once`: poll what is due or named, by the daemon or here, and publish.

    Args:
        folder: The folder of the configuration.
        names: Ids of the sources to poll; empty: those that are due.
        everything: Whether to poll all sources, due or not.
        json: Whether to print JSON, for scripts.
    """
    config = setting.load(folder)
    request = {"do": "once", "sources": list(names), "all": everything}
    with Progress(quiet=json) as progress:
        answer = ask_daemon(config, request)
        if answer is None:
            answer = _once_here(config, names, progress, everything=everything)
    reports = answer["reports"]
    if json:
        for report in reports:
            print_json(report)
    else:
        for line in summary(reports, answer["changed"], answer.get("soonest"), answer.get("forgotten", 0)):
            print_line(line)
        for sentence in answer.get("troubles", ()):
            print_line(sentence)
    bugs = any(report["failure"] and report["failure"]["kind"] == FailureKind.BUG for report in reports)
    leave(ExitCode.BUG if bugs else ExitCode.OK)


def _once_here(config: Config, names: Sequence[str], progress: Progress, *, everything: bool) -> Message:
    clock = SystemClock()
    store = Store.write(config.paths.store, config.paths.public)
    engine = ENGINES["processes"]()
    pump = making.pump(store, config, engine)
    pump.adopt(config, clock.now(), spread=False)
    tally = Tally(clock.now())
    reports = polled(pump, names, progress, everything=everything)
    tally.note(reports, clock.monotonic())
    answer = acts.once_answer(pump, reports, clock.now())
    tally.published(clock.monotonic())
    answer["forgotten"] = acts.forget(pump, clock)
    answer["troubles"], hubs = acts.tell_hubs(pump, clock)
    try:
        acts.oversee(pump, Service(counts=tally.counts(), hubs=hubs), clock.now())
    except PublishError as error:  # polling and publishing are done already
        answer["troubles"].append(str(error))
    store.close()
    engine.shutdown()
    return answer


def polled(pump: Pump, names: Sequence[str], progress: Progress, *, everything: bool) -> list[Report]:
    """Poll sources until all is recorded, or a signal ends the command; for the arguments see `acts.once`."""
    ends = heed_signals()

    def tell(news: Sequence[Report]) -> None:
        if ends:
            raise ends[0]
        progress.tell(news)

    return acts.once(pump, names, SystemClock(), tell, everything=everything)


def heed_signals() -> list[BaseException]:
    """Turn signals into exceptions that end the command.

    Without this, a signal would end the process at once, and leave its folder for temporary files behind.

    Returns:
        A list to which each such exception is added as it is raised. The caller has to look into it, because the
        exception may be lost where it is raised, for example in a `__del__`.
    """
    ends: list[BaseException] = []
    requests, clock = Requests(), SystemClock()

    def on_signal(number: int, _frame: object) -> None:
        if not requests.is_new(clock.monotonic()):
            return  # raised while the first exception is under way, a second one would leave locks in disorder
        ends.append(KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number))
        raise ends[-1]

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # it is ignored under nohup, for example
            signal.signal(number, on_signal)
    return ends


def publish(folder: Path, *, json: bool) -> None:
    """Carry out `syndicator publish`: render all published files anew, by the daemon or here."""
    config = setting.load(folder)
    answer = ask_daemon(config, {"do": "publish"})
    if answer is None:
        answer = change_here(config, lambda pump: {"changed": acts.publish_all(pump, SystemClock().now(), anew=True)})
    if json:
        print_json({"changed": answer["changed"]})
        return
    for name in answer["changed"] or ["Everything is up to date."]:
        print_line(name)


def boilerplate(folder: Path, source_id: str, given: str, word: Word, *, json: bool) -> None:
    """Carry out `syndicator boilerplate SOURCE --allow|--deny|--forget`; given: a paragraph, or its number listed."""
    from syndicator.cli.repeats import listed_text  # loaded here, so that `once` starts quickly

    config = setting.load(folder)
    text = listed_text(config, source_id, given)
    said = ask_daemon(config, {"do": "boilerplate", "source": source_id, "text": text, "word": word})
    if said is None:
        with closing(Store.write(config.paths.store, config.paths.public)) as store:
            said = acts.set_paragraph_word(store, source_id, text, word, SystemClock().now())
    if json:
        print_json({"source": source_id, "text": text, "word": word or None, "having": said["having"]})
        return
    print_line(
        f"{source_id}: “{text}” {_SAID[word]} From the next poll on, this also holds for what the source still shows."
    )
    if not said["having"]:
        print_line(
            "None of its newest stories has this paragraph: check that it is the whole paragraph, exactly as the"
            " source shows it."
        )


def social(folder: Path, source_id: str, given: str, word: Word, *, json: bool) -> None:
    """Carry out `syndicator social SOURCE --allow|--deny|--forget`; given: a link's key, or its address."""
    from syndicator.cli.presence import listed_key  # loaded here, so that `once` starts quickly

    config = setting.load(folder)
    key, outcome = listed_key(config, source_id, given, word)
    request = {"do": "social", "source": source_id, "key": key, "word": word}
    change_stories(config, request, lambda store, _: acts.set_profile_word(store, source_id, key, word))
    if json:
        print_json({"source": source_id, "key": key, "word": word or None})
        return
    print_line(f"{source_id}: {key} {outcome}")


_SAID: dict[Word, str] = {
    "allow": "is part of the story.",
    "deny": "is never part of a story.",
    "": "is judged by how often it is repeated.",
}
"""What is said of a paragraph after each decision; empty: the decision was taken back."""


def change_stories(config: Config, request: Message, act: Callable[[Store, Clock], Message]) -> Message:
    """Let the daemon change stories and publish what that changes; if no daemon runs, do so here.

    Args:
        config: The configuration, which says where the daemon's socket and the files are.
        request: The request to the daemon.
        act: Does the same here, and returns the answer.

    Raises:
        SyndicatorError: It could not be done.
    """
    clock = SystemClock()
    answer = ask_daemon(config, request)
    if answer is None:
        answer = change_here(config, lambda pump: acts.then_publish(pump, act(pump.store, clock), clock.now()))
    return answer


def change_here(config: Config, act: Callable[[Pump], Message]) -> Message:
    """Do something in this process, with the lock, because no daemon runs; nothing is polled.

    Raises:
        LockedError: A daemon has been started meanwhile, or another program has the lock.
    """
    with closing(Store.write(config.paths.store, config.paths.public)) as store:
        pump = making.pump(store, config, ENGINES["serial"]())
        pump.adopt(config, SystemClock().now(), spread=False)
        while store.index(1000):
            pass
        return act(pump)


def ask_daemon(config: Config, request: Message) -> Message | None:
    """Send a request to the daemon, and return its answer; None: no daemon runs.

    Raises:
        SyndicatorError: The daemon could not do it; the error has the daemon's message and exit code.
    """
    answer = ask(config.paths.control, request)
    if answer is not None and not answer["ok"]:
        error = SyndicatorError(answer["error"])
        error.exit_code = ExitCode(answer["exit"])  # type: ignore[misc]  # the daemon's exit code, for this one error
        raise error
    return answer
