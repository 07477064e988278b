"""Keeping the server process alive: it serves while the daemon parses, and is started again when it dies."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Self

from syndicator.errors import ExitCode, SupervisionError
from syndicator.model.noun import Noun, asdict
from syndicator.model.settings import Config
from syndicator.model.source import Auth
from syndicator.pipeline.engines import leave_nothing_behind
from syndicator.publish import border

log = logging.getLogger("syndicator")

GRACE = 1.0
"""Seconds that it has to end by itself."""
BUDGET = 5
"""So many starts …"""
WINDOW = 60.0
"""… in so many seconds, then the daemon gives up, and whoever supervises it decides."""
GIVEN_UP = "the server process cannot go on"
"""Why the daemon ends then."""
SETTLING = 5.0
"""Seconds after which one that was started surely answers."""


class Orders(Noun, kw_only=False, unshown=("operator", "push")):
    """What the server serves: told by the daemon, for the files may hold a mistake when it is started again."""

    title: str
    public: Path
    status: Path
    host: str
    port: int
    base_url: str = ""
    hubs: tuple[str, ...] = ()
    operator: Auth | None = None
    control: Path = Path()
    push: str = ""
    hub: bool = False

    @classmethod
    def of(cls, config: Config, key: bytes = b"") -> Self:
        """What the configuration wants; with the key that proves the calls of hubs, these are taken, too.

        Without it there is no daemon behind the server, and so no hub.
        """
        site, paths, serve = config.site, config.paths, config.serve
        base_url = border.address(site.base_url)  # as in the feeds
        hubs = tuple(filter(None, map(border.address, site.all_hubs)))
        return cls(
            title=site.title,
            public=paths.public,
            status=paths.status,
            host=serve.host,
            port=serve.port,
            base_url=base_url,
            hubs=hubs,
            operator=serve.operator,
            control=paths.control,
            push=key.hex() if serve.push else "",
            hub=serve.hub and bool(key),
        )

    def written(self) -> bytes:
        """The orders as a line of JSON."""
        operator = self.operator and asdict(self.operator)
        return json.dumps({**asdict(self), "operator": operator}, default=os.fspath).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The orders that such a line holds."""
        told = json.loads(line)
        paths = {name: Path(told[name]) for name in ("public", "status", "control")}
        operator = told["operator"] and Auth(**told["operator"])
        return cls(**{**told, **paths, "hubs": tuple(told["hubs"]), "operator": operator})


class Child:
    """A process of our own program that should always run. It ends when the pipe to its standard input does."""

    def __init__(self, words: Sequence[str]) -> None:
        """Args: words: the command's words, after `syndicator`."""
        self._words = words
        self._orders = b""  # the first line of its standard input
        self._starts: deque[float] = deque(maxlen=BUDGET)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, monotonic: float, orders: bytes = b"") -> None:
        """Start it, with other orders, if there are any."""
        self._orders = orders or self._orders
        self._let_go()
        self._starts.append(monotonic)
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", "syndicator", *self._words],
            stdin=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # it has died, which is seen at the next look
                self._process.stdin.write(self._orders)

    def look(self, monotonic: float) -> ExitCode | None:
        """See whether it lives, and start it again if not; gives the exit code that the daemon must end with, or None.

        Raises:
            SupervisionError: It died too often.
        """
        if self._process is None or self._process.poll() is None:
            return None
        if self._process.returncode == ExitCode.USAGE and monotonic - self._starts[-1] < WINDOW:
            return ExitCode.USAGE  # it has said why, which may pass: a port is given back
        if len(self._starts) == BUDGET and monotonic - self._starts[0] < WINDOW:
            raise SupervisionError(
                f"The server process died {BUDGET} times in {WINDOW:.0f} seconds.",
                "Run `syndicator serve` by itself to see why.",
            )
        log.warning("the server process ended (%s) and is started again", _how(self._process.returncode))
        self.start(monotonic)
        return None

    def has_settled(self, monotonic: float) -> bool:
        """Whether it was not started just now: a moment long nobody gets an answer from it."""
        return monotonic - self._starts[-1] >= SETTLING

    def restart(self, monotonic: float, orders: bytes) -> None:
        """End it, and start it with other orders."""
        self.stop(GRACE)
        self._starts.clear()
        self.start(monotonic, orders)

    def stop(self, seconds: float) -> None:
        """Ask it to end, and end it when it does not within `seconds`."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._let_go()

    def _let_go(self) -> None:
        """Close the pipe to the process that was."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


def _how(code: int) -> str:
    """How a process ended, by its code as `subprocess` gives it."""
    return f"exit code {code}" if code >= 0 else signal.strsignal(-code) or f"signal {-code}"


def orders() -> Orders:
    """In the child: what the parent has said first; a parent that has died before that is followed."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 4096)
        if not piece:
            leave(ExitCode.OK)
        line += piece
    return Orders.read(line)


def end_with_parent() -> None:
    """In the child: wait for the parent's end, then ask ourselves to stop. Meant for a thread."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def leave(code: ExitCode) -> NoReturn:
    """End the process now: libcurl's own end would wait for a look-up that hangs."""
    leave_nothing_behind()
    with contextlib.suppress(OSError, ValueError):
        logging.shutdown()
    os._exit(code)
