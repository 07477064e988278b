"""Commands when the machine refuses: a folder, a file, the disk, a daemon in the way; and what a script sees of it."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

from support.echo import PROSE
from support.gathering import gather
from support.inspection import look
from support.origin import HANG, Origin
from support.service import Service, command, free_port, stories, until, write_config
from syndicator.errors import ExitCode
from syndicator.pipeline.landed import PART

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]

OBEDIENT = """
import ctypes, os, resource, sys
for capability in (1, 2, 3):  # to override the rights of files: even root has to obey them now (capabilities(7))
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
if size := int(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
os.execv(sys.executable, [sys.executable, "-m", "syndicator", *sys.argv[2:]])
"""
"""The program as a user without privileges, for whom no file may grow beyond a size: to SQLite and us, a full disk."""


def rss(*numbers: int, length: int = 1) -> bytes:
    items = "".join(
        f"<item><title>Story {it}</title><link>http://127.0.0.1/{it}</link><guid>http://127.0.0.1/{it}</guid>"
        f"<description>{it} {''.join(f'{PROSE}{it}-{part} ' for part in range(length))}</description></item>"
        for it in numbers
    )
    return f'<rss version="2.0"><channel><title>Daily</title>{items}</channel></rss>'.encode()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def config(tmp_path: Path, origin: Origin, port: int) -> Path:
    """One source with three stories."""
    url = origin.serve("/feed", rss(1, 2, 3))
    return write_config(tmp_path, port, sources__all=f'[[source]]\nid = "daily"\nurl = "{url}"\nrepublish = "full"\n')


@pytest.fixture
def obedient(config: Path) -> Run:
    def run(*words: str, size: int = 0) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", OBEDIENT, str(size), *words, "--config", str(config)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def service(config: Path) -> Iterator[Service]:
    running = Service(config)
    until((config.parent / "var" / "control.sock").exists)
    yield running
    running.process.kill()
    running.process.wait()
    until(lambda: not running.family(), 5)


@pytest.fixture
def start(config: Path) -> Iterator[Start]:
    """Starts a command, which ends with the test at the latest."""
    running: list[subprocess.Popen[str]] = []

    def start_command(*words: str) -> "subprocess.Popen[str]":
        words = ("-m", "syndicator", *words, "--config", str(config))
        process = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        running.append(process)
        return process

    yield start_command
    for process in running:
        process.kill()
        process.communicate()


def is_one_sentence(done: "subprocess.CompletedProcess[str]", code: ExitCode, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("syndicator: "), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert done.stdout == ""


# -- folders and files


def test_a_public_folder_that_is_a_file_is_a_sentence_and_the_stories_are_kept(config: Path) -> None:
    public = config.parent / "var" / "public"
    public.parent.mkdir()
    public.write_text("not a folder")
    for words in ("once", "publish"):
        is_one_sentence(command(config, words), ExitCode.USAGE, str(public), "[paths]")
    public.unlink()
    assert command(config, "publish").returncode == ExitCode.OK
    assert len(stories(config)) == 3


def test_a_public_folder_without_the_right_to_write_is_a_sentence(config: Path, obedient: Run) -> None:
    public = config.parent / "var" / "public"
    public.mkdir(parents=True)
    public.chmod(0o555)
    for words in ("once", "publish"):
        is_one_sentence(obedient(words), ExitCode.USAGE, str(public), "[paths]")
    public.chmod(0o755)
    assert "feeds/all.rss" in obedient("publish").stdout


def test_a_database_without_the_right_to_write_is_a_sentence_and_stays_as_it_is(config: Path, obedient: Run) -> None:
    gather(config)
    store = config.parent / "var" / "syndicator.db"
    store.chmod(0o400)
    before = store.read_bytes()
    for words in (["once", "--all"], ["publish"], ["run"]):
        is_one_sentence(obedient(*words), ExitCode.USAGE, str(store), "rights")
    assert store.read_bytes() == before
    assert "Story 1" in obedient("stories").stdout
    for file in store.parent.glob(f"{store.name}*"):
        file.chmod(0o600)
    assert obedient("once", "--all").returncode == ExitCode.OK


def test_a_database_folder_without_the_right_to_write_is_a_sentence(config: Path, obedient: Run) -> None:
    gather(config)
    var = config.parent / "var"
    for lock in var.glob("*.lock"):
        lock.unlink()
    var.chmod(0o555)
    for words in ("once", "run"):
        is_one_sentence(obedient(words), ExitCode.USAGE, str(var), "[paths]")
    looked = obedient("stories")
    assert "Traceback" not in looked.stderr
    assert looked.returncode in {ExitCode.OK, ExitCode.USAGE}
    var.chmod(0o755)
    assert obedient("once", "--all").returncode == ExitCode.OK


def test_an_unreadable_database_is_a_sentence_for_those_who_look(config: Path, obedient: Run) -> None:
    gather(config)
    (config.parent / "var" / "syndicator.db").chmod(0)
    for words in ("stories", "once"):
        is_one_sentence(obedient(words), ExitCode.USAGE, "rights")


@pytest.mark.parametrize("words", ["stories", "sources", "boilerplate daily", "once"])
def test_a_database_folder_that_may_not_be_entered_is_a_sentence(config: Path, obedient: Run, words: str) -> None:
    gather(config)
    (config.parent / "var").chmod(0)
    is_one_sentence(obedient(*words.split()), ExitCode.USAGE, "var", "right")
    with (config / "syndicator.toml").open("a") as file:
        file.write("mistake = 1\n")
    assert "Traceback" not in obedient("stories").stderr
    (config.parent / "var").chmod(0o755)


@pytest.mark.parametrize("words", ["stories", "once"])
def test_a_database_that_no_file_can_be_is_a_sentence(config: Path, words: str) -> None:
    (config.parent / "var").mkdir()
    with (config / "syndicator.toml").open("a") as file:
        file.write(f"[paths]\nstore = '../var/{'a' * 300}'\n")
    is_one_sentence(command(config, words), ExitCode.USAGE, "File name too long", "[paths] store")


# -- a full disk


def published(config: Path) -> dict[str, bytes]:
    public = config.parent / "var" / "public"
    return {str(it.relative_to(public)): it.read_bytes() for it in sorted(public.rglob("*")) if it.is_file()}


@pytest.mark.parametrize("room", [0, 64], ids=lambda it: f"{it} KiB left")
def test_a_full_disk_keeps_what_is_published_and_the_next_run_recovers(
    config: Path, origin: Origin, obedient: Run, room: int
) -> None:
    obedient("once")
    before, store = published(config), config.parent / "var" / "syndicator.db"
    origin.serve("/feed", rss(*range(1, 400), length=9))
    size = store.stat().st_size + room * 1024
    is_one_sentence(obedient("once", "--all", size=size), ExitCode.USAGE, "space")
    assert published(config) == before
    assert look(store).verdict == "ok"
    assert len(stories(config)) <= PART, "the first part of a long document, at most"
    done = obedient("once", "--all")
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    assert len(stories(config)) == 399
    assert b"Story 399" in published(config)["feeds/all.rss"]


def test_a_disk_too_full_to_publish_keeps_the_old_files_and_the_next_run_recovers(
    config: Path, origin: Origin, obedient: Run
) -> None:
    channel = config / "channels" / "all.toml"
    channel.write_text('[[channel]]\nid = "all"\nlimit = 3\n')
    origin.serve("/feed", rss(*range(1, 400), length=9))
    obedient("once")
    before = published(config)
    channel.write_text('[[channel]]\nid = "all"\nlimit = 10000\n')
    failed = obedient("publish", size=200_000)
    is_one_sentence(failed, ExitCode.USAGE, str(config.parent / "var" / "public" / "feeds" / "all."), "too large")
    now = published(config)
    for name in ("feeds/all.rss", "feeds/all.atom", "feeds/all.json"):
        assert now[name] == before[name]
    assert now.keys() == before.keys(), "no half file is left"
    assert obedient("publish").returncode == ExitCode.OK
    assert all(published(config)[f"feeds/all.{name}"].count(b"Story 399") for name in ("rss", "atom", "json"))


def test_a_published_file_that_somebody_spoilt_is_written_anew(config: Path) -> None:
    gather(config)
    file = config.parent / "var" / "public" / "feeds" / "all.rss"
    good = file.read_bytes()
    file.write_bytes(good[:200])
    assert command(config, "publish").stdout == "feeds/all.rss\n"
    assert file.read_bytes() == good


def test_a_daemon_on_a_full_disk_says_so_serves_on_and_recovers(
    config: Path, origin: Origin, port: int, service: Service, start: Start
) -> None:
    store, status = (config.parent / "var" / name for name in ("syndicator.db", "status.json"))
    until(lambda: b"Story 3" in service.get("/feeds/all.rss", port)[2] and status.exists())
    assert service.get("/healthz", port)[0] == 200
    pid = service.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (store.stat().st_size, resource.RLIM_INFINITY))
    origin.serve("/feed", rss(*range(1, 400), length=9))
    asking = start("once", "--all")
    until(lambda: not json.loads(status.read_bytes())["ok"])
    _, told = asking.communicate(timeout=10)
    assert asking.returncode == ExitCode.USAGE
    assert "space" in told, "nobody waits for an answer that cannot be written down"
    assert "space" in json.loads(status.read_bytes())["complaints"][0]
    assert service.get("/healthz", port)[0] == 503
    assert b"Story 3" in service.get("/feeds/all.rss", port)[2]
    time.sleep(1)
    assert service.log.read_text().count("cannot be used") == 1, "said once, not at each tick"
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    until(lambda: b"Story 399" in service.get("/feeds/all.rss", port)[2])
    until(lambda: service.get("/healthz", port)[0] == 200)
    assert service.stop() == ExitCode.OK
    assert "Traceback" not in service.log.read_text()


def test_a_daemon_whose_terminal_closes_ends_in_order(config: Path, service: Service) -> None:
    assert service.stop(signal.SIGHUP) == ExitCode.OK
    assert "stopping: received SIGHUP" in service.log.read_text()
    assert not (config.parent / "var" / "control.sock").exists()


def test_a_daemon_under_nohup_outlives_its_terminal(config: Path, port: int) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    running = Service(config)
    signal.signal(signal.SIGHUP, before)
    try:
        until(lambda: running.get("/healthz", port)[0] == 200)
        running.process.send_signal(signal.SIGHUP)
        assert command(config, "publish").returncode == ExitCode.OK
        assert running.process.poll() is None
    finally:
        running.stop()


def test_a_supervisor_is_told_that_the_service_works_still_does_and_ends(config: Path, tmp_path: Path) -> None:
    heard = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.bind(str(tmp_path / "notify"))
        door.settimeout(20)
        running = Service(config, NOTIFY_SOCKET=str(tmp_path / "notify"))
        try:
            while sum(it.startswith("WATCHDOG=1") for it in heard) < 2:
                heard.append(door.recv(4096).decode())
        finally:
            running.stop()
        while heard[-1] != "STOPPING=1":
            heard.append(door.recv(4096).decode())
    assert heard[0] == "READY=1"
    assert heard[1].startswith("WATCHDOG=1\nSTATUS=sources: 1; under way: ")
    assert heard.count("READY=1") == heard.count("STOPPING=1") == 1, "and by nobody but the service itself"


# -- the control door


def test_commands_reach_the_running_daemon(config: Path, port: int, service: Service, origin: Origin) -> None:
    until(lambda: b"Story 3" in service.get("/feeds/all.rss", port)[2])
    (config.parent / "var" / "public" / "feeds" / "all.atom").unlink()
    done = command(config, "publish")
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    assert done.stdout in {"feeds/all.atom\n", "Everything is up to date.\n"}, "the daemon may have been quicker"
    assert "feeds/all.atom" in published(config)
    origin.serve("/feed", rss(1, 2, 3, 4))
    done = command(config, "once", "daily", "--json")
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")
    (report,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (report["source_id"], report["new"], report["failure"]) == ("daily", 1, None)
    assert b"Story 4" in published(config)["feeds/all.rss"], "published when the command comes back"
    is_one_sentence(command(config, "once", "dayly"), ExitCode.USAGE, "dayly", "“daily”?", "syndicator sources")
    assert "Nothing is due: the next is daily, at " in command(config, "once").stdout
    assert len(stories(config)) == 4
    assert service.stop() == ExitCode.OK
    assert "Traceback" not in service.log.read_text()


def test_a_command_whose_daemon_ends_meanwhile_says_so(
    port: int, service: Service, origin: Origin, start: Start
) -> None:
    until(lambda: b"Story 3" in service.get("/feeds/all.rss", port)[2])
    origin.script("/feed", HANG)
    asking = start("once", "daily")
    until(lambda: len(origin.requests("/feed")) == 2)
    assert service.stop() == ExitCode.OK
    stdout, stderr = asking.communicate(timeout=10)
    assert (asking.returncode, stdout) == (ExitCode.LOCKED, "")
    assert stderr == "syndicator: The service ended before it answered.\n"


def test_a_daemon_without_sources_serves_an_empty_feed_that_readers_accept(tmp_path: Path, port: int) -> None:
    empty = write_config(tmp_path, port)
    service = Service(empty)
    try:
        until(lambda: service.get("/feeds/all.rss", port)[0] == 200)
        for name in ("all.rss", "all.atom"):
            status, _, body = service.get(f"/feeds/{name}", port)
            feed = feedparser.parse(body)
            assert (status, feed.bozo, feed.entries, feed.feed.title) == (200, 0, [], "Syndicator")
            ET.fromstring(body)
        assert json.loads(service.get("/feeds/all.json", port)[2])["items"] == []
        assert service.get("/", port)[0] == 200
        assert service.get("/healthz", port)[0] == 200
        assert "Nothing was polled: there is no source." in command(empty, "once", "--all").stdout
    finally:
        assert service.stop() == ExitCode.OK
    assert "Traceback" not in service.log.read_text()


# -- streams and what stays behind


def test_an_interrupted_command_ends_without_a_traceback_and_loses_nothing(
    config: Path, origin: Origin, start: Start
) -> None:
    gather(config)
    origin.script("/feed", HANG)
    running = start("once", "--all")
    until(lambda: len(origin.requests("/feed")) == 2)
    running.send_signal(signal.SIGINT)
    stdout, stderr = running.communicate(timeout=10)
    assert running.returncode == 130
    assert "Traceback" not in stderr
    assert stdout == ""
    assert len(stories(config)) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_leaves_nothing_behind(
    config: Path,
    origin: Origin,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    short_path: Path,
    number: signal.Signals,
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_path))
    (config / "sources" / "feed.xml").write_bytes(rss(4))
    (config / "sources" / "file.toml").write_text('[[source]]\nurl = "file:feed.xml"\n')
    origin.script("/feed", HANG)
    running = start("once", "--all")
    until(lambda: stories(config) and origin.requests("/feed"))  # a reader is at work
    assert [*short_path.iterdir()]
    running.send_signal(number)
    stdout, stderr = running.communicate(timeout=10)
    assert (running.returncode, stdout, stderr) == (128 + number, "", "")
    assert list(short_path.iterdir()) == []


def test_a_second_signal_while_the_interpreter_ends_changes_nothing() -> None:
    program = """
import os, signal
from syndicator import cli
from syndicator.cli import app, work

class Last:
    def __del__(self, kill=os.kill, pid=os.getpid(), number=signal.SIGHUP):
        kill(pid, number)  # when the interpreter no longer calls handlers

last = Last()

def ended():
    work.heed_signals()
    signal.raise_signal(signal.SIGTERM)

app.main = ended
cli.main()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGTERM, "")


@pytest.mark.parametrize("words", [["once", "--all"], ["preview", "daily"]], ids=["once", "preview"])
def test_two_signals_together_end_a_command_as_one_does(
    config: Path, origin: Origin, start: Start, monkeypatch: pytest.MonkeyPatch, short_path: Path, words: list[str]
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_path))
    gather(config)
    origin.script("/feed", HANG)
    running = start(*words)
    until(lambda: len(origin.requests("/feed")) == 2)
    for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT):  # it finds both when it goes on
        running.send_signal(number)  # of two equal ones, the kernel may pass on only one
    _, stderr = running.communicate(timeout=10)
    assert (running.returncode in {128 + signal.SIGTERM, 128 + signal.SIGHUP}, stderr) == (True, "")
    assert list(short_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_preview_that_is_told_to_end_leaves_no_database_behind(
    origin: Origin, start: Start, monkeypatch: pytest.MonkeyPatch, short_path: Path, number: signal.Signals
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_path))
    origin.script("/feed", HANG)
    running = start("preview", origin.url("/feed"))
    until(lambda: origin.requests("/feed"))
    assert [*short_path.glob("*/preview.db")]
    running.send_signal(number)
    stdout, stderr = running.communicate(timeout=10)
    assert (running.returncode, stdout) == (128 + number, "")
    assert stderr == ("Interrupted.\n" if number == signal.SIGINT else "")
    assert list(short_path.iterdir()) == []


@pytest.mark.parametrize("words", ["stories --json", "sources", "check", "once --all", "publish", "preview daily"])
def test_an_output_that_cannot_be_written_is_a_sentence(config: Path, words: str) -> None:
    gather(config)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "syndicator", *words.split(), "--config", str(config)],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode != ExitCode.OK
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_without_standard_streams_does_its_work(config: Path, closed: str) -> None:
    for words, code in {"once": 0, "stories --json": 0, "check": 0, "why 99": 2, "nonsense": 2, "": 2}.items():
        done = subprocess.run(
            ["sh", "-c", f'exec "{sys.executable}" -m syndicator {words} {closed}'],
            env=os.environ | {"SYNDICATOR_CONFIG": str(config)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "bug" not in done.stderr
    assert len(stories(config)) == 3


@pytest.mark.parametrize("words", ["why 99", "nonsense", "check --config nowhere"])
def test_what_is_wrong_counts_also_where_nobody_can_be_told(config: Path, words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "syndicator", *words.split()], env=os.environ | {"SYNDICATOR_CONFIG": str(config)},
            stderr=full, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == ExitCode.USAGE


class Redirected(Service):
    """A service whose shell sends its standard streams elsewhere."""

    def __init__(self, config: Path, where: str) -> None:
        self.config = config
        line = f'"{sys.executable}" -m syndicator run --config "{config}" {where}'
        self.process = subprocess.Popen(["sh", "-c", line], start_new_session=True)

    def server(self) -> list[int]:
        return [it for it in self.family() if b"--attached" in Path(f"/proc/{it}/cmdline").read_bytes()]


@pytest.mark.parametrize("where", [">&-", "<&- >&- 2>&-", ">/dev/full", "| true"])
def test_a_service_whose_output_goes_nowhere_serves_on(config: Path, port: int, where: str) -> None:
    status = config.parent / "var" / "status.json"
    running = Redirected(config, where)

    def ticks() -> str:
        return str(json.loads(status.read_bytes())["at"]) if status.exists() else ""

    try:
        until(lambda: running.get("/feeds/all.rss", port)[0] == 200)
        server, seen = running.server(), {ticks()}
        until(lambda: seen.add(ticks()) or len(seen) == 4)  # it looks after the server once a second
        assert running.get("/feeds/all.rss", port)[0] == 200
        assert running.server() == server
    finally:
        os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait(10)
        until(lambda: not running.family())


def test_a_command_with_too_few_open_files_says_which_limit(config: Path) -> None:
    done = limited(config, resource.RLIMIT_NOFILE, 20, "once")
    is_one_sentence(done, ExitCode.USAGE, "20 files open at once", "ulimit -n", "LimitNOFILE")


@pytest.mark.parametrize("mebibytes", [24, 40, 60])
def test_a_command_with_too_little_memory_says_which_limit(config: Path, mebibytes: int) -> None:
    done = limited(config, resource.RLIMIT_AS, mebibytes << 20, "once")
    is_one_sentence(done, ExitCode.USAGE, f"{mebibytes} MiB", "ulimit -v", "LimitAS")


def test_a_command_that_finds_no_room_for_temporary_files_says_so(config: Path) -> None:
    done = limited(config, resource.RLIMIT_FSIZE, 0, "preview", "https://a.example/")
    is_one_sentence(done, ExitCode.LOCKED, "no room for temporary files", "TMPDIR")


def limited(config: Path, what: int, most: int, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command for which a resource is scarce (setrlimit(2))."""
    code = (
        "import os, resource, sys; what, most, *words = sys.argv[1:];"
        "resource.setrlimit(int(what), (int(most), int(most)));"
        "os.execv(sys.executable, [sys.executable, '-m', 'syndicator', *words])"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(what), str(most), *words, "--config", str(config)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_neither_a_command_nor_a_daemon_leaves_temporary_files(
    config: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch, short_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(short_path))
    assert command(config, "once").returncode == ExitCode.OK
    origin.serve("/feed", rss(4))
    service = Service(config)
    until((config.parent / "var" / "status.json").exists)  # a second after it answers commands
    command(config, "once", "--all")
    until((config.parent / "var" / "status.json").exists)  # it comes a second after the start
    assert service.stop() == ExitCode.OK
    assert sorted(it.name for it in short_path.iterdir()) == []
    var = {it.name for it in (config.parent / "var").iterdir() if it.suffix != ".lock"}
    assert var == {"public", "status.json", "syndicator.db"}
    assert os.environ["TMPDIR"] == str(short_path)
