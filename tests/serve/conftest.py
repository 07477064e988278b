"""A published folder, a clock that stands still until told otherwise, and a client that needs no socket."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicator.clock import SystemClock
from syndicator.serve.answers import Answer
from syndicator.serve.app import READ, App, Request
from syndicator.serve.catalogue import Catalogue
from syndicator.serve.health import Health
from syndicator.serve.limits import Limits
from syndicator.serve.operator import Operator
from syndicator.serve.server import NO_DOORS, Doors, listen, prepare

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


class StillClock:
    """Shows NOON until it is moved."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    def wait(self, seconds: float) -> None:
        self.passed += seconds


@dataclass
class Reply:
    status: int
    fields: dict[str, str]
    body: bytes


class Client:
    """Asks the application, as a connection would."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.peer = ""

    def request(self, path: str, method: str = "GET", fields: tuple[tuple[str, str], ...] = ()) -> Reply:
        address = path.partition("?")[0]
        kept: dict[bytes, bytes] = {}
        for name, value in ((name.lower().encode(), value.encode()) for name, value in fields):
            if name in READ:
                kept[name] = kept[name] + b", " + value if name in kept else value
        answer = self.app.answer(Request(method.encode(), address, kept, peer=self.peer))
        if not isinstance(answer, Answer):
            answer = answer()
        names = [name.decode() for name, _ in answer.fields]
        assert len(names) == len(set(names)), "a field is repeated"
        assert names == [name.lower() for name in names]
        fields_sent = {name.decode(): value.decode() for name, value in answer.fields}
        return Reply(answer.status, fields_sent, b"" if method == "HEAD" else answer.body)

    def get(self, path: str, **fields: str) -> Reply:
        """GET, with fields written as `if_none_match="…"`."""
        return self.request(path, "GET", tuple((name.replace("_", "-"), value) for name, value in fields.items()))


Publish = Callable[..., Path]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    folder.mkdir()
    return folder


@pytest.fixture
def publish(public: Path) -> Publish:
    """Replace a file as the publisher does: a hidden temporary file, then a rename."""

    def replace(name: str, body: bytes, at: float | None = None) -> Path:
        file = public / name
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.new")
        temporary.write_bytes(body)
        if at is not None:
            os.utime(temporary, (at, at))
        temporary.replace(file)
        return file

    return replace


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def catalogue(public: Path, clock: StillClock) -> Catalogue:
    return Catalogue(public, clock)


@pytest.fixture
def status_file(tmp_path: Path) -> Path:
    return tmp_path / "status.json"


@pytest.fixture
def operator() -> Operator | None:
    """The operator's pages: none, unless a test has some."""
    return None


@pytest.fixture
def client(catalogue: Catalogue, status_file: Path, clock: StillClock, operator: Operator | None) -> Client:
    return Client(App(catalogue, Health(catalogue, status_file, clock), clock, operator))


Running = list[tuple[Any, threading.Thread]]


@pytest.fixture(scope="session")
def servers() -> Iterator[Running]:
    """Every server that was started; ending takes each a moment, so they are waited for together."""
    running: Running = []
    yield running
    for _, thread in running:
        thread.join(10)
        assert not thread.is_alive(), "a server does not end"


@pytest.fixture
def serve(public: Path, status_file: Path, servers: Running) -> Iterator[Callable[..., int]]:
    """Start a real server on loopback, with limits of one's own; gives its port."""
    before = len(servers)

    def start(doors: Doors = NO_DOORS, **limits: Any) -> int:
        listening = listen("127.0.0.1", 0)
        ready = threading.Event()
        server = prepare(
            listening,
            public,
            status=status_file,
            clock=SystemClock(),
            doors=doors,
            on_ready=lambda _: ready.set(),
            limits=Limits(**limits),
        )
        port: int = listening.getsockname()[1]
        thread = threading.Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        assert ready.wait(10)
        return port

    yield start
    for server, thread in servers[before:]:
        if thread.is_alive():
            server.stop()
