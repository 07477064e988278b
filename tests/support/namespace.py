"""A network namespace of the test's own: loopback, whatever addresses are put on it, and no way out."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from support.programs import call, program

WORLD = Path(__file__).with_name("world.py")
UNGUARDED = """
import runpy
from syndicator.fetch import guard
guard.verdict = lambda *_: ""
runpy.run_module("syndicator", run_name="__main__", alter_sys=True)
"""


class Namespace:
    """Made and removed by `namespace`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str | Path, log: Path) -> "subprocess.Popen[bytes]":
        """Begin a program inside; it writes to `log`."""
        with log.open("ab") as file:
            process = subprocess.Popen(
                [program("ip"), "netns", "exec", self._name, *map(str, words)],  # becomes the program itself
                stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            )  # fmt: skip
        self._started.append(process)
        return process

    def syndicator(self, config: Path, *words: str, log: Path, guarded: bool = True) -> "subprocess.Popen[bytes]":
        """Begin a command; not `guarded`: of a build whose guard lets everything pass."""
        build = ("-m", "syndicator") if guarded else ("-c", UNGUARDED)
        return self.start(sys.executable, *build, *words, "--config", config, log=log)

    def world(self, spec: str, *, log: Path) -> None:
        """Begin hosts and a name server inside, see `world.py`."""
        self.start(sys.executable, WORLD, spec, log=log)

    def call(self, *words: str | Path) -> str:
        return call("ip", "netns", "exec", self._name, *words)

    def end(self) -> None:
        """Kill everything inside."""
        for process in call("ip", "netns", "pids", self._name).split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGKILL)
        for started in self._started:
            started.wait(10)


@contextlib.contextmanager
def namespace(resolver: str, addresses: Sequence[str] = ()) -> Iterator[Namespace]:
    """A namespace whose programs ask the name server `resolver`; `addresses` are its own, beside loopback's."""
    if os.geteuid() != 0:
        pytest.fail("Network namespaces need root. Run: sudo make system", pytrace=False)
    name = f"syndicator-{os.getpid()}"
    folder = Path("/etc/netns") / name  # ip-netns(8): stands in for /etc
    folder.mkdir(parents=True)
    (folder / "resolv.conf").write_text(f"nameserver {resolver}\n")
    call("ip", "netns", "add", name)
    inside = Namespace(name)
    try:
        call("ip", "-n", name, "link", "set", "lo", "up")
        for address in addresses:
            call("ip", "-n", name, "address", "add", address, "dev", "lo")
        yield inside
    finally:
        inside.end()
        call("ip", "netns", "delete", name)
        shutil.rmtree(folder)
        with contextlib.suppress(OSError):
            folder.parent.rmdir()
