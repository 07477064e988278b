"""The program as a service: started, watched, ended; every wait has a bound."""

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

Found = TypeVar("Found")


def _ports() -> Iterator[int]:
    """Ports below those that systems hand out by themselves, so that no connection gets one before its service does.

    Processes that share out the tests have a thousand each; where in it one begins differs from run to run.
    """
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    turn = os.getpid()
    while True:
        yield 10_000 + process % 20 * 1_000 + turn % 1_000
        turn += 1


PORTS = _ports()


def free_port() -> int:
    """One that nobody listens on, and that no test of this run was given before."""
    for port in itertools.islice(PORTS, 1_000):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def until(what: Callable[[], Found], seconds: float = 20.0) -> Found:
    """The first true thing that `what` gives."""
    deadline = time.monotonic() + seconds
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def write_config(root: Path, port: int, **files: str) -> Path:
    """A configuration that may ask loopback; `files` are names (`__` for `/`) and texts."""
    config = root / "config"
    for folder in ("sources", "channels"):
        (config / folder).mkdir(parents=True, exist_ok=True)
    (config / "syndicator.toml").write_text(
        f'[site]\nbase_url = "http://127.0.0.1:{port}/"\n[serve]\nlisten = "127.0.0.1:{port}"\n'
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\nhost_spacing = 0\n'
    )
    for name, text in files.items():
        (config / (name.replace("__", "/") + ".toml")).write_text(text)
    return config


class Service:
    """`syndicator run` (or another command) over a configuration."""

    def __init__(self, config: Path, *words: str, **environment: str) -> None:
        self.config = config
        self.log = config.parent / "log.txt"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "syndicator", *(words or ("run",)), "--config", str(config)],
                stdout=log, stderr=log, start_new_session=True, env=os.environ | environment,
            )  # fmt: skip

    def get(self, path: str, port: int, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()
        except OSError:
            return 0, {}, b""

    def post(self, path: str, port: int, body: bytes, **headers: str) -> int:
        """The status of the answer to a body that is sent there."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=fields)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)

    def links(self, path: str, port: int) -> list[str]:
        """The `Link` fields of an answer."""
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return list(answer.headers.get_all("link", []))

    def stop(self, number: int = signal.SIGTERM, seconds: float = 15.0) -> int:
        """Signal it and wait; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def family(self) -> list[int]:
        """Processes of its session that live."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if str(self.config).encode() in words:
                    found.append(int(entry.name))
        return found

    def kill_family(self) -> None:
        """SIGKILL to the main process only; its family must follow by itself."""
        self.process.kill()
        self.process.wait()


def command(config: Path, *words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "syndicator", *map(str, words), "--config", str(config)],
        capture_output=True, text=True, timeout=120, check=False, env=os.environ | environment,
    )  # fmt: skip


def stories(config: Path) -> list[dict[str, Any]]:
    done = command(config, "stories", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
