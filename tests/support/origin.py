"""A host on loopback that does what its script says, byte by byte: for tests of whatever asks the network.

A script is a list of steps for one path: bytes are sent, a number is a pause in seconds, `RESET` and `HANG` speak for
themselves; at its end the connection is closed. It may also be made for each request by a function.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

MAX_SENT = 256 * 1024 * 1024  # bytes over one connection; an endless script ends here
MAX_SECONDS = 20.0  # of one connection


class Act(Enum):
    RESET = "send RST"
    HANG = "send nothing more until the other side goes"
    KEEP = "wait for the next request on this connection"


RESET, HANG, KEEP = Act.RESET, Act.HANG, Act.KEEP
Step = bytes | float | Act


@dataclass(frozen=True)
class Asked:
    """A request as it came; `fields` in order, names in lower case; a body of the length that they tell."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes = b""

    def field(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")


Handler = Callable[[Asked], Iterable[Step]]


def answer(body: bytes = b"", *fields: str, status: str = "200 OK") -> list[Step]:
    """A whole and honest answer, over a connection that stays open."""
    lines = [f"HTTP/1.1 {status}", *fields]
    if not status.startswith(("1", "204", "304")):
        lines.append(f"Content-Length: {len(body)}")
    return [("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body, KEEP]


class Origin:
    """The host. `asked` logs every request, `connections` counts them.

    Args:
        tls: Speak TLS with this context.
        greeting: Steps to play when somebody connects, before a request is read; all that happens, if there are any.
        otherwise: Asked about a path that has no script.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        *,
        greeting: Sequence[Step] = (),
        otherwise: Handler = lambda _: answer(b"not here", status="404 Not Found"),
    ) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self.scheme = "https" if tls else "http"
        self._greeting = greeting
        self._otherwise = otherwise
        self._scripts: dict[str, Handler] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self._socket.getsockname()[1]
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="origin", daemon=True)
        self._started = threading.Event()
        self._thread.start()
        self._started.wait(5)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def script(self, path: str, *steps: Step) -> str:
        """Play `steps` for each request of `path`; returns its address."""
        return self.on(path, lambda _: steps)

    def serve(self, path: str, body: bytes, *fields: str, status: str = "200 OK") -> str:
        """Serve `body` at `path`; returns its address."""
        return self.script(path, *answer(body, *fields, status=status))

    def on(self, path: str, handler: Handler) -> str:
        """Ask `handler` for the script of each request of `path`; returns its address."""
        self._scripts[path] = handler
        return self.url(path)

    def requests(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        self._loop.close()

    async def _main(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connection, sock=self._socket, ssl=self._tls, backlog=1024)
        self._started.set()
        await self._stop.wait()
        server.close()
        for _ in range(5):  # who has just been accepted begins, and can be cut off like the others
            await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self.connections += 1
        try:
            async with asyncio.timeout(MAX_SECONDS):
                if self._greeting:
                    await self._play(self._greeting, reader, writer)
                while not self._greeting and await self._exchange(reader, writer):
                    pass
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        asked = _parse(await reader.readuntil(b"\r\n\r\n"))
        if length := int(asked.field("content-length") or 0):
            asked = replace(asked, body=await reader.readexactly(length))
        self.asked.append(asked)
        return await self._play(self._scripts.get(asked.path, self._otherwise)(asked), reader, writer)

    @staticmethod
    async def _play(steps: Iterable[Step], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Returns whether the connection can serve again."""
        sent = 0
        for step in steps:
            if step is KEEP:
                return True
            if step is RESET:
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                return False
            if step is HANG:
                await reader.read()
            elif isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
                sent += len(step)
                if sent > MAX_SENT:
                    return False
            else:
                assert isinstance(step, float | int)
                await asyncio.sleep(step)
        with contextlib.suppress(OSError):
            writer.close()
            await writer.wait_closed()
        return False


def _parse(raw: bytes) -> Asked:
    first, *lines = raw.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    fields = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines if line))
    return Asked(method, path, fields, raw)
