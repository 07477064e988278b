"""Killed at any moment, the program loses nothing, doubles nothing, and publishes nothing by halves."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.inspection import Reader, Stored, ids, look, wrongs
from support.killing import DYING, parts, semaphores, wait_for
from support.origin import Origin
from support.service import command, free_port, stories, until, write_config
from support.truth import Truth

KILLS, ENDS, BIRTHS = 50, 10, 4
DELAYS = {"start": 0.5, "request": 0.5, "commit": 0.04, "page": 0.06, "publish": 0.02}
"""What a blow may wait for, and the seconds from then on over which the blows are spread, closer at the beginning."""


@dataclass(frozen=True)
class Blow:
    """How one run ends.

    Attributes:
        number: Which.
        words: The command.
        after: What it waits for: the process's start, its first request, the first commit of what came, the first
            article page, or the first published file. So the blows fall where they hurt on any machine.
        signal: What then comes.
        family: Whether the processes that it started are hit, too.
    """

    number: int
    words: tuple[str, ...]
    after: str
    signal: int = signal.SIGKILL
    family: bool = False

    @property
    def delay(self) -> float:
        """Seconds from then on, the same in each run."""
        return float(DELAYS[self.after] * (self.number * 0.6180339887 % 1) ** 2)


def blows(half: int, count: int, number: int) -> list[Blow]:
    """Signals to end for the daemon; kills for `once` and, twice in a row, for the daemon. The last hits publishing."""
    moments, kills, found = tuple(DELAYS), number == signal.SIGKILL, []
    for it in range(count):
        words = ("once", "--all") if kills and it % 7 > 2 else ("run",)
        found.append(Blow(2 * it + half, words, moments[it % 5], number, family=kills and it % 3 == 0))
    return found


@dataclass
class Storm:
    """One configuration, and the blows it takes.

    Attributes:
        root: Its folder.
        truth: Its sources.
        wrongs: What ought not to have been.
        late: How many blows fell after the end.
        points: The first that a run did not come to.
    """

    root: Path
    truth: Truth
    wrongs: list[str] = field(default_factory=list)
    late: int = 0
    points: int = 0
    seen: Stored = field(default_factory=Stored)

    def __post_init__(self) -> None:
        self.temporary = self.root / "tmp"
        self.temporary.mkdir(parents=True)
        self.port = free_port()
        self.config = write_config(self.root, self.port, sources__all=self.truth.tables)
        main = self.config / "syndicator.toml"
        main.write_text(main.read_text() + '[schedule]\ninterval = "1s"\nmin_interval = "1s"\n')
        (self.config / "channels" / "all.toml").write_text('[[channel]]\nid = "all"\nlimit = 10000\n')
        self.store, self.public = self.root / "var" / "syndicator.db", self.root / "var" / "public"
        self.log = self.root / "log"

    def start(self, *words: str, program: tuple[str, ...] = ("-m", "syndicator")) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *program, *words, "--config", str(self.config)],
                stdout=log, stderr=log, start_new_session=True, env=os.environ | {"TMPDIR": str(self.temporary)},
            )  # fmt: skip

    def alive(self) -> list[int]:
        """Processes that any run has left."""
        mark, found = f"TMPDIR={self.temporary}\0".encode(), []
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    if mark in (process / "environ").read_bytes():
                        found.append(int(process.name))
                except OSError:
                    continue
        return found

    def take(self, blows: list[Blow]) -> None:
        """Take one after the other, without a pause, and look at what each has left."""
        reader = Reader(self.public)
        for blow in blows:
            if blow.after != "start":
                self.truth.grow()
            try:
                found = [*self._take(blow), *self.look()]
            except Exception as error:  # noqa: BLE001  # told with its blow; the others go on
                found = [repr(error)]
            self.wrongs += [f"{blow}: {wrong}" for wrong in found]
        reader.close()
        self.wrongs += reader.wrongs
        assert reader.reads > 100

    def _take(self, blow: Blow) -> Iterator[str]:
        asked, process = self.truth.asked, self.start(*blow.words)
        signs = {"commit": self.written, "page": lambda: self.truth.pages, "publish": self.published}
        if blow.after != "start":
            wait_for(lambda: self.truth.asked, process)
        if blow.after in signs:
            wait_for(signs[blow.after], process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(blow.delay)
        if process.returncode is not None:
            self.late += 1
            if process.returncode or blow.words == ("run",):
                yield f"it ended by itself, with {process.returncode}"
            return
        idle, struck = self.truth.asked == asked, time.monotonic()
        struck_parts = parts(process.pid) if blow.family else [process.pid]
        left_over = [name for part in struck_parts for name in semaphores(part)] if blow.family else []
        for part in struck_parts:
            with contextlib.suppress(ProcessLookupError):  # a reader may just have ended
                os.kill(part, blow.signal)
        code, took = process.wait(15), time.monotonic() - struck
        for name in left_over:  # nobody has been left who could remove them
            name.unlink(missing_ok=True)
        if blow.signal == signal.SIGTERM and (took > 5 or code not in {0, -signal.SIGTERM * idle}):
            yield f"it ended with {code} after {took:.1f} seconds"

    def pass_points(self, first: int) -> None:
        """Be killed at each second point of one and the same run, until it comes to its end; go on after some."""
        var, kept = self.store.parent, self.root / "kept"
        self.start("once").wait(30)
        shutil.copytree(var, kept)
        before = look(self.store)
        self.truth.grow()
        for point in range(first, 100, 2):
            shutil.rmtree(var)
            shutil.copytree(kept, var)
            self.seen = before
            killed = self.start("once", "--all", program=("-c", DYING, str(point))).wait(30) == -signal.SIGKILL
            found = list(self.look())
            if not killed or point % 3 == 0:
                found += self.go_on()
            self.wrongs += [f"point {point}: {wrong}" for wrong in found]
            self.points = point
            if not killed:
                return

    def go_on(self) -> Iterator[str]:
        """A run that nothing disturbs must bring everything, and publish it."""
        code = self.start("once", "--all").wait(30)
        yield from self.look()
        if code or len(self.seen.articles) != len(self.truth.entries):
            yield f"the next run ended with {code} and {len(self.seen.articles)} entries"
        feed = self.public / "feeds" / "all.json"
        if sorted(ids(feed, feed.read_bytes())) != sorted(self.seen.guids.values()):
            yield "the next run has not published everything"

    def written(self) -> int:
        """Changes with each commit."""
        log = self.store.with_name("syndicator.db-wal")
        return log.stat().st_mtime_ns if log.exists() else 0

    def published(self) -> int:
        """Changes with each published file."""
        feeds = self.public / "feeds"
        return feeds.stat().st_mtime_ns if feeds.exists() else 0

    def look(self) -> Iterator[str]:
        """What the last run has done wrong."""
        now = look(self.store)
        yield from wrongs(self.truth, self.seen, now)
        self.seen = now
        if self.store.exists() and self.store.stat().st_mode & 0o77:
            yield "others may read the database"
        files = {it for it in self.public.rglob("*") if it.is_file() and not it.name.startswith(".")}
        published = {id_ for file in files for id_ in ids(file, file.read_bytes())}
        yield from (f"published, but not stored: {it}" for it in published - set(now.guids.values()))


@pytest.fixture(scope="module")
def origins() -> Iterator[list[Origin]]:
    hosts = [Origin(), Origin()]
    yield hosts
    for host in hosts:
        host.close()


def storms_of(count: int, number: int, origins: list[Origin], root: Path) -> list[Storm]:
    """Two configurations at once, each taking half of the blows; then a quiet run of each."""
    storms = [Storm(root / str(half), Truth(origins[half])) for half in (0, 1)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Storm.take, storms, [blows(half, count // 2, number) for half in (0, 1)]))
    quiet = [storm.start("once", "--all") for storm in storms]
    for storm, process in zip(storms, quiet, strict=True):
        if code := process.wait(60):
            storm.wrongs.append(f"the quiet run ended with {code}")
    return storms


@pytest.fixture(scope="module")
def pierced(origins: list[Origin], tmp_path_factory: pytest.TempPathFactory) -> list[Storm]:
    storms = [Storm(tmp_path_factory.mktemp("pierced"), Truth(origin)) for origin in origins]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Storm.pass_points, storms, (1, 2)))
    return storms


@pytest.fixture(scope="module")
def killed(origins: list[Origin], tmp_path_factory: pytest.TempPathFactory) -> list[Storm]:
    return storms_of(KILLS, signal.SIGKILL, origins, tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def ended(origins: list[Origin], tmp_path_factory: pytest.TempPathFactory) -> list[Storm]:
    return storms_of(ENDS, signal.SIGTERM, origins, tmp_path_factory.mktemp("ended"))


@pytest.fixture(scope="module")
def storms(killed: list[Storm], pierced: list[Storm], ended: list[Storm]) -> list[Storm]:
    return killed + pierced + ended


def test_after_each_kill_everything_is_there_once_and_whole(killed: list[Storm]) -> None:
    assert sum(storm.late for storm in killed) < KILLS / 5, "the blows came too late"
    assert [wrong for storm in killed for wrong in storm.wrongs] == []


def test_killed_before_or_after_any_commit_or_file_everything_is_there_once_and_whole(pierced: list[Storm]) -> None:
    assert all(10 < storm.points < 90 for storm in pierced)
    assert [wrong for storm in pierced for wrong in storm.wrongs] == []


def test_asked_to_end_the_daemon_does_so_quickly_at_any_moment(ended: list[Storm]) -> None:
    assert [wrong for storm in ended for wrong in storm.wrongs] == []


def test_in_the_end_every_entry_is_stored_and_every_story_published_once(storms: list[Storm]) -> None:
    for storm in storms:
        copies: dict[str, set[tuple[str, str]]] = {}
        for entry in storm.truth.entries:
            copies.setdefault(entry.story, set()).add((entry.source, entry.url))
        told = stories(storm.config)
        found = [{(copy["source"], copy["url"]) for copy in it["copies"]} for it in told]
        assert sorted(map(sorted, found)) == sorted(map(sorted, copies.values()))
        guids = [it["id"] for it in told]
        for name in ("all.rss", "all.atom", "all.json"):
            file = storm.public / "feeds" / name
            assert sorted(ids(file, file.read_bytes())) == sorted(guids)
        assert look(storm.store).wishes == frozenset()


def test_what_is_published_equals_what_an_undisturbed_program_would_publish(storms: list[Storm]) -> None:
    for storm in storms:
        main = storm.config / "syndicator.toml"
        main.write_text(main.read_text() + '[paths]\npublic = "../var/anew"\n')
        assert command(storm.config, "publish").returncode == 0
        files, anew = [
            {str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()}
            for folder in (storm.public, storm.root / "var" / "anew")
        ]
        assert sorted(files) == sorted(anew)
        assert [name for name in files if files[name] != anew[name]] == []
        assert len(files) >= 8


def test_neither_files_nor_processes_are_left_over(storms: list[Storm]) -> None:
    expected = {"syndicator.db", "status.json", "control.sock", "public", "anew"}
    for storm in storms:
        assert {it.name for it in storm.store.parent.iterdir() if it.suffix != ".lock"} <= expected
        until(lambda storm=storm: not storm.alive(), 5)


def test_killed_while_the_database_is_made_the_next_start_makes_it(origins: list[Origin], short_path: Path) -> None:
    truth = Truth(origins[0])

    def give_birth(number: int) -> list[str]:
        storm = Storm(short_path / str(number), truth)
        process = storm.start("once")
        until(storm.store.exists)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.01 * number)
        process.kill()
        process.wait()
        storm.wrongs += [*storm.look(), *storm.go_on()]
        return storm.wrongs

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(give_birth, range(BIRTHS))) == [[]] * BIRTHS


def test_two_signals_together_ask_once(origins: list[Origin], short_path: Path) -> None:
    """`timeout` sends one to the command, and one to its process group."""
    storm = Storm(short_path, Truth(origins[0]))
    daemon = storm.start("run")
    until(lambda: "Serving" in storm.log.read_text())
    daemon.send_signal(signal.SIGTERM)
    daemon.send_signal(signal.SIGINT)  # of two equal ones, the kernel may pass on only one
    assert daemon.wait(12) == 0
    assert storm.log.read_text().splitlines()[-1].endswith("stopped")
    assert not storm.store.with_name(f"{storm.store.name}-wal").exists()


def test_asked_again_it_ends_at_once_and_its_family_follows(origins: list[Origin], short_path: Path) -> None:
    storm = Storm(short_path, Truth(origins[0]))
    daemon, door = storm.start("run"), storm.store.with_name("control.sock")
    until(lambda: "Serving" in storm.log.read_text())
    (server,) = [it for it in parts(daemon.pid) if b"\0serve\0" in Path(f"/proc/{it}/cmdline").read_bytes()]
    os.kill(server, signal.SIGSTOP)  # now it cannot end when it is asked to, and is waited for
    daemon.terminate()
    until(lambda: not door.exists())

    def is_over() -> bool:
        daemon.terminate()
        return daemon.poll() is not None

    until(is_over)
    assert daemon.returncode == 128 + signal.SIGTERM
    os.kill(server, signal.SIGCONT)
    until(lambda: not storm.alive(), 5)


def test_asked_to_end_it_does_so_though_all_that_it_started_is_stopped(origins: list[Origin], short_path: Path) -> None:
    storm = Storm(short_path, Truth(origins[0]))
    daemon = storm.start("run")
    until(lambda: "Serving" in storm.log.read_text() and "published" in storm.log.read_text())
    family = parts(daemon.pid)[1:]
    assert len(family) >= 4, "the server, a tracker, and what readers are forked from, with at least one"
    for part in family:
        os.kill(part, signal.SIGSTOP)
    daemon.terminate()
    assert daemon.wait(12) == 0
    for part in family:
        with contextlib.suppress(ProcessLookupError):
            os.kill(part, signal.SIGCONT)
    until(lambda: not storm.alive(), 5)


SLOW_TO_START = """
import sys, time
from syndicator.cli import main
from syndicator.daemon import acts

def publish_all(*_, **__):
    print("publishing", file=sys.stderr, flush=True)
    time.sleep(60)

acts.publish_all = publish_all
main()
"""


def test_asked_to_end_before_it_is_up_it_does_so_at_once(origins: list[Origin], short_path: Path) -> None:
    storm = Storm(short_path, Truth(origins[0]))
    daemon = storm.start("run", program=("-c", SLOW_TO_START))
    until(lambda: "publishing" in storm.log.read_text())
    daemon.terminate()
    assert daemon.wait(5) == 0
    assert not storm.alive()


def test_started_right_after_a_kill_it_serves_again_though_a_client_held_its_server(
    origins: list[Origin], short_path: Path
) -> None:
    storm = Storm(short_path, Truth(origins[0]))
    daemon = storm.start("run")
    until(lambda: "Serving" in storm.log.read_text())
    with socket.create_connection(("127.0.0.1", storm.port)) as client:
        client.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n")
        daemon.kill()
        daemon.wait()
        again = storm.start("run")
        until(lambda: storm.log.read_text().count("Serving") == 2 or again.poll() is not None)
    assert again.poll() is None, storm.log.read_text()
    again.terminate()
    assert again.wait(5) == 0
