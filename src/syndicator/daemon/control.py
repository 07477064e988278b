"""The control socket ("door"), beside the database: commands that change something send requests to the daemon there.

A connection carries one request and one answer, each a line of JSON:

    {"do": "once", "sources": ["nsn"]}  →  {"ok": true, "reports": […]}
    {"do": "publish"}                   →  {"ok": true, "changed": ["feeds/all.rss"]}
    {"do": "split", "story": "7", …}    →  {"ok": true, "story": {…}, "split": {…}}
    {"do": "boilerplate", "source": "nsn", "text": "…", "word": "deny"}  →  {"ok": true}
    {"do": "hear", "call": {"token": "…", "mode": "news", …}}  →  {"ok": true, "known": true}
    {"do": "subscribe", "request": {"mode": "subscribe", …}}      →  {"ok": true, "taken": true}
                                        →  {"ok": false, "error": "…", "exit": 2}
"""

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from syndicator.errors import ExitCode, StoreError, SyndicatorError
from syndicator.model.lease import Call
from syndicator.model.noun import asdict
from syndicator.model.subscription import SubscriptionRequest

LONGEST = 1024 * 1024
"""The most bytes of a request."""
_SUN_PATH = 100
"""The most bytes of a path that fits into a socket address; a longer one is named through its folder's descriptor."""

PATIENCE = 5.0
"""Seconds that the server process waits for the daemon's answer."""
_WAITING = 64
"""The most connections that wait to be accepted; the server, which must not wait itself, gives up if there are more."""
_BREATH = 0.25
"""Seconds that the socket's thread waits after it could not accept a connection."""

Message = dict[str, Any]
"""A request or an answer: values by name, which JSON can hold."""

_NO_ROOM: Message = {
    "ok": False,
    "error": "The service has no memory or thread left for a request. Try again, or raise its limits.",
    "exit": int(ExitCode.LOCKED),
}


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    if len(os.fsencode(path)) <= _SUN_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class Door:
    """The daemon's end of the control socket: a thread that accepts connections, and a thread for each request."""

    def __init__(self, path: Path, answer: Callable[[Message], Message]) -> None:
        """Listen; since we hold the database's lock, a socket that is already there was left by a daemon that has died.

        Args:
            path: The socket's path; the socket is readable and writable by this user only.
            answer: Answers a request; a `SyndicatorError` that it raises becomes the answer.

        Raises:
            StoreError: The socket cannot be created there, as on some network disks.
        """
        self.path = path
        self._answer = answer
        self._closed = threading.Event()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            path.unlink(missing_ok=True)
            with _address(path) as address:
                self._socket.bind(address)
        except OSError as error:
            self._socket.close()
            raise StoreError(
                f"The socket {path}, through which commands reach the service, cannot be created ({error.strerror}).",
                "Move away whatever is in its place, or set [paths] store to a file on a local disk.",
            ) from error
        finally:
            os.umask(before)
        self._socket.listen(_WAITING)
        threading.Thread(target=self._serve, name="control door", daemon=True).start()

    def close(self) -> None:
        """Accept no further request."""
        self._closed.set()
        self.path.unlink(missing_ok=True)
        self._socket.close()

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                caller, _ = self._socket.accept()
            except OSError:  # closed; or no file descriptor is left, which passes
                self._closed.wait(_BREATH)
                continue
            try:
                threading.Thread(target=self._one, args=(caller,), name="control request", daemon=True).start()
            except RuntimeError:  # no thread can be started
                with caller, contextlib.suppress(OSError):
                    caller.settimeout(_BREATH)
                    _read_line(caller)  # else the answer would be lost, as if there were no daemon
                    caller.sendall(orjson.dumps(_NO_ROOM) + b"\n")

    def _one(self, caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError):
            caller.settimeout(5)
            line = _read_line(caller)
            caller.settimeout(None)
            caller.sendall(orjson.dumps(self._reply(line)) + b"\n")

    def _reply(self, line: bytes) -> Message:
        try:
            return {"ok": True, **self._answer(dict(orjson.loads(line)))}
        except SyndicatorError as error:
            return {"ok": False, "error": str(error), "exit": int(error.exit_code)}
        except (ValueError, TypeError, KeyError):
            return {"ok": False, "error": "No such request.", "exit": int(ExitCode.USAGE)}
        except Exception as error:  # noqa: BLE001  # the caller is told; the daemon goes on
            return {"ok": False, "error": f"A bug in syndicator: {type(error).__name__}.", "exit": int(ExitCode.BUG)}


def _read_line(caller: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n") and len(data) < LONGEST:
        piece = caller.recv(65536)
        if not piece:
            break
        data += piece
    return data


def ask(path: Path, request: Message, seconds: float | None = None) -> Message | None:
    """A command's end: send a request; return the answer, or None if no daemon listens or it takes over `seconds`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(seconds)
        try:
            with _address(path) as address:
                caller.connect(address)
            caller.sendall(orjson.dumps(request) + b"\n")
            line = b"".join(iter(lambda: caller.recv(65536), b""))
        except OSError:
            return None
    answer = (
        orjson.loads(line)
        if line.endswith(b"\n")
        else {"ok": False, "error": "The service ended before it answered.", "exit": int(ExitCode.LOCKED)}
    )
    return dict(answer)


def deliver_call(path: Path, call: Call) -> bool | None:
    """The server's end: pass on a hub's call; return whether it is of use, or None if the daemon cannot say now."""
    return _verdict(path, {"do": "hear", "call": asdict(call)}, "known")


def deliver_request(path: Path, request: SubscriptionRequest) -> bool | None:
    """The server's end: pass on a request to our hub; return whether it is accepted, or None if that is unknown."""
    return _verdict(path, {"do": "subscribe", "request": asdict(request)}, "taken")


def _verdict(path: Path, request: Message, name: str) -> bool | None:
    answer = ask(path, request, seconds=PATIENCE)
    verdict: bool | None = answer[name] if answer is not None and answer["ok"] else None
    return verdict
