"""uvicorn, held to our limits: its protocol for one connection, and its server.

As it comes, uvicorn waits without end for a head that never ends, whatever its size, and for a client that does not
take its answer; it logs what strangers send, and answers it without a content security policy.
"""

import asyncio
import contextlib
import signal
import socket
import threading
from asyncio import TimerHandle
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from syndicator.serve import answers
from syndicator.serve.answers import Answer
from syndicator.serve.limits import Door, Limits, Standing

_LAST_WORDS = 0.4
"""Seconds that an answer under way has left when the server ends."""


class _Refused(Exception):  # noqa: N818 - not an error of ours: it makes the parser stop
    """Raised inside the parser's callbacks; `BoundedProtocol.send_400_response` says why."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection.

    At every moment it is either being answered, or a timer runs that ends it: for the head (from the connection, or
    from the first byte of a further request), between two requests (uvicorn's own), and for what the client has not
    taken yet.

    Args:
        config: uvicorn's.
        server_state: uvicorn's.
        app_state: uvicorn's.
        _loop: The event loop.
        limits: What the connection may cost.
        door: Who else is there.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Limits,
        door: Door,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self._door = door
        self._unparsed = 0  # bytes since the last whole head
        self._refusal: Answer | None = None
        self._head_timer: TimerHandle | None = None
        self._write_timer: TimerHandle | None = None

    @property
    def standing(self) -> Standing:
        """What the connection is doing."""
        if self.cycle is None:
            return Standing.SILENT
        if self.flow.write_paused:
            return Standing.STALLED
        return Standing.IDLE if self.cycle.response_complete else Standing.BUSY

    def expel(self) -> None:
        """Close the connection at once."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or turn it away when there is no room."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that `pause_writing` tells of every byte not taken
        if self._door.admit(self, self.client[0] if self.client else ""):
            self._head_timer = self.loop.call_later(self._limits.head_seconds, self._head_is_late)
        else:
            self._refuse(answers.FULL)

    def connection_lost(self, exc: Exception | None) -> None:
        """Clear up."""
        self._door.leave(self)
        for timer in (self._head_timer, self._write_timer):
            if timer is not None:
                timer.cancel()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what arrived."""
        self._unparsed += len(data)
        super().data_received(data)
        if self._unparsed > self._limits.head:
            self._refuse(answers.HEAD_TOO_LARGE)
        elif self._head_timer is None and not self._answering and not self.transport.is_closing():
            self._head_timer = self.loop.call_later(self._limits.head_seconds, self._head_is_late)

    def on_headers_complete(self) -> None:
        """Take a request whose head is whole."""
        arrived, self._unparsed = self._unparsed, 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        names = [name for name, _ in self.headers]
        if arrived > self._limits.head and self._head_size() > self._limits.head:
            self._refusal = answers.HEAD_TOO_LARGE
        elif len(self.pipeline) >= self._limits.pipelined:
            self._refusal = answers.TOO_MANY
        elif names.count(b"host") != 1 and self.parser.get_http_version() == "1.1":
            self._refusal = answers.BAD_REQUEST  # RFC 9112, section 3.2
        if self._refusal is not None:
            raise _Refused
        super().on_headers_complete()
        if b"content-length" in names or b"transfer-encoding" in names or self.parser.should_upgrade():
            self.cycle.keep_alive = False  # nothing here takes a body, or speaks another protocol

    def on_response_complete(self) -> None:
        """Go on to the next request, or say what was wrong with it."""
        super().on_response_complete()
        if self._refusal is not None:
            self._refuse(self._refusal)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words; ours are in `answers`
        """Answer what the parser did not like, or what one of our callbacks refused."""
        self._refuse(self._refusal or answers.BAD_REQUEST)

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing to warn of: the request is answered as if no upgrade had been asked for (RFC 9110, section 7.8)."""

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken everything."""
        super().resume_writing()
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    @property
    def _answering(self) -> bool:
        return self.standing is not Standing.SILENT and not self.cycle.response_complete

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse(self, answer: Answer) -> None:
        """Send a last answer and close; requests before it are answered first."""
        if self._answering:
            self._refusal = answer
            return
        if self.transport.is_closing():
            return
        head = [*self.server_state.default_headers, *answer.fields, (b"connection", b"close")]
        lines = b"".join(b"%b: %b\r\n" % field for field in head)
        self.transport.write(STATUS_LINE[answer.status] + lines + b"\r\n" + answer.body)
        self.transport.close()

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._unparsed:
            self._refuse(answers.TOO_SLOW)
        else:
            self.transport.close()

    def _watch(self) -> None:
        left = self.transport.get_write_buffer_size()
        self._write_timer = self.loop.call_later(self._limits.write_seconds, self._check, left)

    def _check(self, before: int) -> None:
        if before - self.transport.get_write_buffer_size() < self._limits.write_progress:
            self.transport.abort()
        else:
            self._watch()


class BoundedServer(uvicorn.Server):
    """Serves until a signal; then the connections are closed, and the process goes on.

    Args:
        config: uvicorn's.
        on_ready: Called when connections are taken.
    """

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening; let answers under way finish for a moment."""
        asyncio.get_running_loop().call_later(_LAST_WORDS, self._abort)
        await super().shutdown(sockets)

    def _abort(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As in uvicorn, but for one thing: the signal is not raised again, as `server.run` returns to its caller."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        kept = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)
