"""The control door: one request, one answer, and a sentence for everything that is wrong."""

import errno
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.daemon import control
from syndicator.daemon.control import LONGEST, Door, Message, _address, ask, deliver_call
from syndicator.errors import ExitCode, StoreError, UsageError
from syndicator.model.lease import Call
from syndicator.model.noun import asdict


def answer(request: Message) -> Message:
    match request:
        case {"do": "echo"}:
            return {"said": request["words"]}
        case {"do": "refuse"}:
            raise UsageError("There is no such source.", "Look again.")
        case {"do": "break"}:
            raise RuntimeError("odd")
        case _:
            raise KeyError("do")


@pytest.fixture(params=["short", "a-folder-name-that-is-long-" * 7])
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / request.param
    folder.mkdir()
    return folder / "control.sock"


@pytest.fixture
def door(path: Path) -> Iterator[Door]:
    opened = Door(path, answer)
    yield opened
    opened.close()


def test_a_request_is_answered_whatever_its_length_or_the_folders(door: Door) -> None:
    words = "«всё ещё» " * 20_000
    assert ask(door.path, {"do": "echo", "words": words}) == {"ok": True, "said": words}


def test_a_socket_that_cannot_be_made_is_a_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match=r"control\.sock, through which .* cannot be created \(.+\)\. Move"):
        Door(path, answer)


def test_no_request_leaves_a_file_open(door: Door) -> None:
    def opened() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    before = opened()
    for _ in range(40):
        ask(door.path, {"do": "echo", "words": 1})
    assert opened() < before + 20  # the last ones may just be closing


def test_a_refusal_comes_with_its_sentence_and_exit_code(door: Door) -> None:
    assert ask(door.path, {"do": "refuse"}) == {
        "ok": False,
        "error": "There is no such source. Look again.",
        "exit": ExitCode.USAGE,
    }


def test_an_answer_that_breaks_off_is_none(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door, _address(path) as address:
        door.bind(address)
        door.listen()

        def break_off() -> None:
            caller, _ = door.accept()
            with caller:
                caller.recv(1024)
                caller.sendall(b'{"ok": true, "rep')

        threading.Thread(target=break_off).start()
        answer = ask(path, {"do": "once"})
    assert answer == {"ok": False, "error": "The service ended before it answered.", "exit": ExitCode.LOCKED}


def test_a_bug_is_told_and_the_door_stays_open(door: Door) -> None:
    broken = ask(door.path, {"do": "break"})
    assert broken is not None
    assert broken["exit"] == ExitCode.BUG
    assert ask(door.path, {"do": "echo", "words": 1}) == {"ok": True, "said": 1}


def test_a_daemon_short_of_threads_says_so_and_takes_the_next_request(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as short:
        short.setattr(threading.Thread, "start", refused)
        told = ask(door.path, {"do": "echo", "words": 1})
    assert told is not None
    assert told["exit"] == ExitCode.LOCKED
    assert "no memory or thread left" in told["error"]
    assert ask(door.path, {"do": "echo", "words": 1}) == {"ok": True, "said": 1}


def test_a_daemon_short_of_files_takes_the_request_when_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [OSError(errno.EMFILE, "Too many open files")] * 2
    accept = socket.socket.accept

    def short(it: socket.socket) -> tuple[socket.socket, object]:
        if refusals:
            raise refusals.pop()
        return accept(it)

    monkeypatch.setattr(socket.socket, "accept", short)
    door = Door(tmp_path / "c.sock", answer)
    assert ask(door.path, {"do": "echo", "words": 1}) == {"ok": True, "said": 1}
    assert not refusals
    door.close()


@pytest.mark.parametrize(
    "line",
    [b"\n", b"not json\n", b"[1]\n", b'"x"\n', b"{}\n", b"\xff\n", b"null\n", b"x" * LONGEST],
    ids=["empty", "words", "list", "text", "nothing", "bytes", "null", "endless"],
)
def test_nonsense_is_refused(tmp_path: Path, line: bytes) -> None:
    door = Door(tmp_path / "c.sock", answer)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(door.path))
        caller.sendall(line)
        assert b'"ok":false' in caller.recv(65536)
    door.close()


CALL = Call(token="t" * 32, mode="subscribe", seconds=600, reason="Да.")


@pytest.mark.parametrize("known", [True, False, None])
def test_what_a_hub_says_is_handed_on_and_the_answer_comes_back(path: Path, known: bool | None) -> None:
    heard: list[Message] = []

    def hear(request: Message) -> Message:
        heard.append(request)
        return {"known": known}

    door = Door(path, hear)
    assert deliver_call(path, CALL) is known
    assert heard == [{"do": "hear", "call": asdict(CALL)}]
    door.close()


def test_a_daemon_that_refuses_breaks_or_is_not_there_cannot_be_asked_now(path: Path) -> None:
    assert deliver_call(path, CALL) is None
    door = Door(path, answer)
    assert deliver_call(path, CALL) is None
    door.close()
    with socket.socket(socket.AF_UNIX) as dying, _address(path) as address:
        dying.bind(address)
        dying.listen()

        def leave() -> None:
            caller, _ = dying.accept()
            caller.close()

        threading.Thread(target=leave).start()
        assert deliver_call(path, CALL) is None


def test_a_daemon_that_hangs_is_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "PATIENCE", 0.05)
    with socket.socket(socket.AF_UNIX) as hanging, _address(path) as address:
        hanging.bind(address)
        hanging.listen()
        assert deliver_call(path, CALL) is None


def test_many_hubs_may_call_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    accept = socket.socket.accept

    def slow(it: socket.socket) -> tuple[socket.socket, object]:
        go_on.wait(30)
        return accept(it)

    monkeypatch.setattr(socket.socket, "accept", slow)
    door = Door(tmp_path / "c.sock", answer)
    callers = [socket.socket(socket.AF_UNIX) for _ in range(40)]
    try:
        for caller in callers:
            caller.settimeout(10)
            caller.connect(str(door.path))
            caller.sendall(b'{"do": "echo", "words": 1}\n')
        go_on.set()
        assert {caller.recv(1024) for caller in callers} == {b'{"ok":true,"said":1}\n'}
    finally:
        go_on.set()
        for caller in callers:
            caller.close()
        door.close()


def test_without_a_daemon_there_is_no_answer(path: Path) -> None:
    assert ask(path, {"do": "echo"}) is None


def test_the_door_is_for_its_owner_alone_and_a_dead_ones_socket_does_not_stop_it(tmp_path: Path) -> None:
    first = Door(tmp_path / "c.sock", answer)
    first._socket.close()
    second = Door(tmp_path / "c.sock", answer)
    assert stat.S_IMODE((tmp_path / "c.sock").stat().st_mode) == 0o600
    assert ask(second.path, {"do": "echo", "words": 2}) == {"ok": True, "said": 2}
    second.close()
    assert not (tmp_path / "c.sock").exists(), "nobody takes it for a daemon's"
