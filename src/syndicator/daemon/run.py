"""The daemon: periodic jobs, signals, the supervision of the server process, and the control socket.

The jobs themselves are in the rooms below.

main thread      waits for a signal
writer thread    APScheduler's: steps of the pump, publishing, looks at the configuration, requests of commands
transfer thread  libcurl
door threads     answer commands on the control socket
readers, server  processes of their own
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence

from syndicator.clock import Clock
from syndicator.daemon import acts, making, supervise
from syndicator.daemon.commands import Commands
from syndicator.daemon.control import Door
from syndicator.daemon.ending import Ending, Requests, leave
from syndicator.daemon.notify import ALIVE, READY, STOPPING, Supervisor, status
from syndicator.daemon.orders import Orders
from syndicator.daemon.oversight import Oversight
from syndicator.daemon.publishing import Publishing
from syndicator.daemon.relays import Relays
from syndicator.daemon.status import file_at, write_status
from syndicator.daemon.supervise import Child
from syndicator.daemon.telling import log_report, log_warnings, moves, renames
from syndicator.daemon.writer import Writer
from syndicator.errors import ConfigError, ExitCode, PublishError, StoreError, UsageError
from syndicator.model.noun import replace
from syndicator.model.overview import Service
from syndicator.model.settings import Config
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.forgetting import Retention
from syndicator.pipeline.pump import Pump
from syndicator.serve.server import listen
from syndicator.store import Store
from syndicator.text.counting import counted

log = logging.getLogger("syndicator")

STEP = 0.2
"""Seconds between two steps of the pump."""
WATCH = 0.25
"""Seconds between two looks at the configuration files."""
PUBLISH = 1.0
"""Seconds between two looks for something to publish."""
STATUS = 1.0
"""Seconds between two writes of the status file, and between two looks at the database file and the server."""
FORGET = 0.5
"""Seconds between two steps of deleting old stories."""
HUBS = 0.5
"""Seconds between two steps of each of the three roles in WebSub."""
OVERSEE = 1.0
"""Seconds between two looks whether the operator's pages are to be written anew."""
GRACE = 3.0
"""Seconds that a commit under way may take when the daemon is asked to end, and again that its readers may take."""


class Daemon:
    """The background service. `run` returns when it has been asked to end, or cannot go on."""

    def __init__(
        self,
        config: Config,
        clock: Clock,
        *,
        reload: Callable[[], Config | None],
        server: Sequence[str],
        supervisor: Supervisor,
    ) -> None:
        """Prepare the daemon; `run` starts it.

        Args:
            config: The configuration to begin with.
            clock: The machine's clock.
            reload: Returns a changed configuration once its files have stopped changing, else None; raises ConfigError
                for an invalid one.
            server: The arguments of the command that starts the server process.
            supervisor: Is told the state of the daemon.
        """
        self._supervisor = supervisor
        self._clock = clock
        self._reload = reload
        self._child = Child(server)
        self._end = Ending()
        self._requests = Requests()
        self._writer = Writer(self._end)
        self._is_up = False
        self._serves_anew = False
        self._opened: tuple[int, int] | None = None  # identity of the database file that is open
        self._untaken: Config | None = None  # a changed configuration that is not yet applied
        self._mistakes = ""  # why the configuration in the files cannot be applied
        self._engine = ENGINES["processes"]()
        self._pump: Pump
        self._retention: Retention
        self._relays: Relays
        self._commands: Commands
        self._oversight = Oversight(clock)
        self._publishing = Publishing(clock, self._oversight.tally)
        self._config = config

    def run(self) -> ExitCode:
        """Work until SIGTERM, SIGINT or SIGHUP; a second one, a moment later, ends the process at once."""
        self._heed_signals()
        config = self._config
        log_warnings(config.warnings)
        is_new = file_at(config.paths.store) is None
        store = Store.write(config.paths.store, config.paths.public)
        if is_new:
            log.info("there was no database at %s: created a new one", store.path)
        self._opened = file_at(store.path)
        try:  # find out before the first poll whether the port is free; the server process opens it itself
            listen(config.serve.host, config.serve.port).close()
        except UsageError:
            store.close()
            raise
        self._pump = making.pump(store, config, self._engine)
        self._retention = Retention(store)
        self._relays = Relays(self._pump, self._clock, self._child.has_settled)
        log_warnings(renames(self._pump.adopt(config, self._clock.now(), spread=True)))
        self._begin_publishing()
        self._commands = Commands(
            self._pump, self._clock, self._writer.ask, self._relays.leasing.hear, self._relays.subscribers.accept
        )
        self._is_up = True  # before the control socket exists: whoever finds that may ask for an orderly end
        door = Door(config.paths.control, self._commands.answer)
        self._child.start(self._clock.monotonic(), self._orders(config).written())
        self._begin_ticking()
        self._supervisor.tell(READY)
        self._end.wait()
        log.info("stopping: %s", self._end.why)
        self._supervisor.tell(STOPPING)
        self._stop(store, door)
        log.info("stopped")
        return ExitCode.BUG if self._writer.bugs and self._end.code is ExitCode.OK else self._end.code

    def _heed_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._on_signal)

    def _begin_ticking(self) -> None:
        for seconds, job in (
            (STEP, self._step),
            (WATCH, self._look_at_config),
            (PUBLISH, self._publish),
            (FORGET, self._forget),
            (HUBS, self._relays.tell_hubs),
            (HUBS, self._relays.hear_hubs),
            (HUBS, self._relays.tell_subscribers),
            (OVERSEE, self._oversee),
            (STATUS, self._look_at_store),
            (STATUS, self._look_at_server),
            (STATUS, self._write_status),
        ):
            self._writer.every(seconds, job)
        self._writer.start()

    def _begin_publishing(self) -> None:
        """Bring the public folder up to date, so that there is something to serve.

        Raises:
            PublishError: It failed, and nothing was ever published, so the folder's path may be a mistake. Otherwise
                what is there is served all the same.
        """
        try:
            acts.publish_all(self._pump, self._clock.now())
        except PublishError as error:
            if not self._pump.store.published():
                raise
            self._writer.complain(self._publish.__name__, str(error))

    def _on_signal(self, number: int, frame: object) -> None:  # noqa: ARG002  # the handler's signature
        if not self._requests.is_new(self._clock.monotonic()):
            return
        if self._end.is_called:
            os._exit(128 + number)
        if not self._is_up:  # starting, with the first publishing, may take long, and can be interrupted
            leave(ExitCode.OK)
        self._end.call(f"received {signal.Signals(number).name}")

    def _stop(self, store: Store, door: Door) -> None:
        """End within a few seconds: drop transfers and readings, and finish a commit under way."""
        if self._writer.stop(GRACE):
            store.close()
        self._relays.stop()
        door.close()
        self._child.stop(supervise.GRACE)
        # The end of an engine whose processes are suspended (SIGSTOP, a frozen cgroup) cannot be waited for.
        # They end after us all the same.
        readers = threading.Thread(target=self._engine.shutdown, name="end of readers", daemon=True)
        readers.start()
        readers.join(GRACE)

    # -- ticks

    def _step(self) -> None:
        try:
            reports = self._pump.step(self._clock.now(), self._clock.monotonic())
        except StoreError as error:
            self._commands.failed(error)
            raise
        for report in reports:
            log_report(report)
        self._commands.landed(reports)
        self._oversight.tally.note(reports, self._clock.monotonic())

    def _publish(self) -> None:
        self._publishing.step(self._pump)

    def _forget(self) -> None:
        round_ = self._retention.step(self._pump.config, self._pump.sources, self._clock.now())
        if round_ is not None and round_.is_over and round_.gone:
            log.info("forgot %s, as set in [keep] stories", counted(round_.gone, "old story", "old stories"))

    def _oversee(self) -> None:
        service = Service(
            counts=self._oversight.tally.counts(self._writer.bugs, self._relays.leasing.forgeries.total),
            hubs=self._relays.hubs.troubles(),
            complaints=tuple(self._writer.complaints.values()),
            mistakes=self._mistakes,
            under_way=self._pump.busy,
            subscribers=self._relays.subscribers.count(),
        )
        self._oversight.step(self._pump, service)

    def _look_at_config(self) -> None:
        try:
            changed = self._reload()
        except ConfigError as error:
            self._mistakes = str(error)
            log.error("%s\nThe last good configuration stays in force.", error)  # noqa: TRY400  # the operator's mistake, not ours
            return
        if changed is not None:
            self._untaken, self._mistakes = changed, ""
        if self._untaken is not None:
            self._take(self._untaken)

    def _take(self, config: Config) -> None:
        """Apply another configuration; if the store cannot be used now, the next look at the files tries again."""
        before, now = self._pump.config, self._clock.now()
        asked, config = config, replace(config, paths=replace(config.paths, store=before.paths.store))
        log_warnings(renames(self._pump.adopt(config, now, spread=True)))
        log_warnings(it for it in config.warnings if it not in before.warnings)
        log_warnings(moves(before.paths, asked.paths))
        if config.fetch != before.fetch:
            self._pump.renew(making.transport(config))
        self._relays.renew(before)
        self._publishing.hasten()
        self._oversight.hasten()
        if replace(self._orders(config), title="") != replace(self._orders(before), title=""):
            try:
                acts.publish_all(self._pump, now)  # so that there is something to serve
            finally:
                self._child.restart(self._clock.monotonic(), self._orders(config).written())
                self._serves_anew = True  # if it fails now, the change is to blame: the rest of the daemon goes on
        self._pump.store.hasten(acts.file_lists(self._pump), now)
        self._untaken = None
        sources, channels = counted(len(config.sources), "source"), counted(len(config.channels), "channel")
        log.info("the new configuration is in force: %s, %s", sources, channels)

    def _orders(self, config: Config) -> Orders:
        return Orders.of(config, self._pump.store.callback_key())

    def _look_at_store(self) -> None:
        """Check that the database's path still leads to the file that we have open.

        Raises:
            StoreError: It does not: what is stored from now on would be lost.
        """
        path = self._pump.store.path
        if file_at(path) != self._opened:
            raise StoreError(
                f"{path} was removed or replaced while the service was running; the service still uses the old file.",
                "Restart the service so that it uses the file that is there now; what it stores until then will be"
                " lost.",
            )

    def _look_at_server(self) -> None:
        code = self._child.look(self._clock.monotonic())
        if code is not None and self._serves_anew:
            raise PublishError(
                "Nothing is served: the server process ended, and the log says why.",
                "Correct the cause; the service tries again every minute.",
            )
        if code is not None:
            self._end.call(supervise.GIVEN_UP, code)

    def _write_status(self) -> None:
        complaints, bugs = list(self._writer.complaints.values()), self._writer.bugs
        self._supervisor.tell(ALIVE, status(complaints, len(self._pump.sources), self._pump.busy))
        write_status(self._pump, self._clock.now(), complaints=complaints, mistakes=self._mistakes, bugs=bugs)
