"""One connection: it answers requests and writes the answers as bytes, within limits.

Nearly every answer is ready in memory, so it is written at once, without a task: with the cost of asyncio's task, a
timer and a second write, a 304 would cost twice as much.
"""

import asyncio
import functools

from syndicator.clock import Clock
from syndicator.model.noun import Noun, field
from syndicator.serve import answers
from syndicator.serve.alarm import Alarm
from syndicator.serve.answers import Answer, Later
from syndicator.serve.app import App, Request
from syndicator.serve.conditions import http_date
from syndicator.serve.incoming import Incoming
from syndicator.serve.limits import Admission, Limits, State

_GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
_STAYS = b"\r\n"
_CLOSES = b"connection: close\r\n\r\n"


class DateLine:
    """The header field `Date` (RFC 9110, section 6.6.1), made once a second.

    Args:
        clock: Gives the time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._line = b""
        self._until = float("-inf")

    def line(self) -> bytes:
        """The line `date: …` with its line end, correct to the second."""
        now = self._clock.monotonic()
        if now >= self._until:
            seconds = self._clock.now().timestamp()
            self._line = b"date: %b\r\n" % http_date(int(seconds))
            self._until = now + 1 - seconds % 1
        return self._line


class Shared(Noun, kw_only=False):
    """The objects that all connections share.

    Attributes:
        app: The application, which answers requests.
        limits: The limits of a connection.
        admission: Decides which connections are admitted.
        date_line: Gives the header field `Date`.
        open: All open connections.
        empty: Set when the last of them is closed.
    """

    app: App
    limits: Limits
    admission: Admission
    date_line: DateLine
    open: "set[Connection]" = field(default_factory=set)
    empty: asyncio.Event = field(default_factory=asyncio.Event)


class Connection(asyncio.Protocol):
    """One connection of a client.

    At any time, either an answer is being made or a deadline is set at which the connection ends: for the head (from
    the start of the connection, or from the first byte of a further request), for a body, for the time between two
    requests, and for bytes that the client has not taken yet. While an answer is being made, or the client does not
    take one, further requests wait, and nothing is read.

    Args:
        shared: The objects that all connections share.
        loop: The event loop.
    """

    def __init__(self, shared: Shared, loop: asyncio.AbstractEventLoop) -> None:
        self._shared = shared
        self._limits = shared.limits
        self._loop = loop
        self._transport: asyncio.Transport
        self._incoming = Incoming(shared.limits, shared.app.receive)
        self._making: Request | None = None  # the request whose answer is being made in a thread
        self._untaken = False  # whether the client has not yet taken all that was written
        self._thrown_away = 0  # the number of bytes that came after the last request
        self._alarm = Alarm(loop)  # the deadline at which the connection ends

    @property
    def state(self) -> State:
        """What the connection is doing."""
        if not self._incoming.heard:
            return State.SILENT
        if self._untaken:
            return State.STALLED
        return State.IDLE if self._making is None else State.BUSY

    def abort(self) -> None:
        """Close the connection at once."""
        self._transport.abort()

    def finish(self) -> None:
        """Close the connection after the answers that are under way."""
        self._incoming.last = True
        self._go_on()

    # callbacks of the transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit the connection, or refuse it if there is no room."""
        self._transport = transport
        self._shared.open.add(self)
        transport.set_write_buffer_limits(high=0)  # `pause_writing` is then called for any byte that is not taken
        peer = transport.get_extra_info("peername")
        self._incoming.peer = peer[0] if peer else ""
        if self._shared.admission.admit(self, self._incoming.peer):
            self._alarm.set(self._limits.head_seconds, self._head_is_late)
        else:
            self._refuse(answers.FULL)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        """Free what the connection holds."""
        shared = self._shared
        shared.admission.leave(self)
        shared.open.discard(self)
        if not shared.open:
            shared.empty.set()
        self._incoming.forget()
        self._alarm.cancel()

    def data_received(self, data: bytes) -> None:
        """Parse the bytes that arrived, and answer complete requests."""
        if not self._incoming.last:
            self._incoming.take(data)
            self._go_on()
            return
        self._thrown_away += len(data)
        if self._thrown_away > self._limits.linger:
            self._transport.close()

    def pause_writing(self) -> None:
        """Note that the client has not taken everything, and set a deadline for it."""
        self._untaken = True
        self._transport.pause_reading()
        self._watch()

    def resume_writing(self) -> None:
        """Go on, because the client has taken everything."""
        self._untaken = False
        self._transport.resume_reading()
        self._go_on()

    # answering

    def _go_on(self) -> None:
        """Answer all requests that can be answered, then set the deadline for what comes next."""
        transport, incoming = self._transport, self._incoming
        if transport.is_closing():
            return
        while incoming.asked and self._making is None and not self._untaken:
            request = incoming.asked.popleft()
            answer = self._shared.app.answer(request)
            if isinstance(answer, Answer):
                self._send(answer, request.method)
            else:
                self._make(answer, request)
        if self._making is not None or self._untaken:
            return
        if incoming.refusal is not None:
            self._refuse(incoming.refusal)
        elif incoming.last:
            self._leave()
        elif incoming.receives:
            if incoming.invites:  # RFC 9110, section 10.1.1
                incoming.invites = False
                transport.write(_GO_ON)
            if self._alarm.calls != self._body_is_late:
                self._alarm.set(self._limits.body_seconds, self._body_is_late)
        elif not incoming.unparsed:
            self._alarm.set(self._limits.idle_seconds, transport.close)
        elif self._alarm.calls != self._head_is_late:
            self._alarm.set(self._limits.head_seconds, self._head_is_late)

    def _make(self, answer: Later, request: Request) -> None:
        """Let a thread make the answer, and go on when it is ready."""
        self._making = request
        self._alarm.stop()
        self._transport.pause_reading()
        self._loop.run_in_executor(None, answer).add_done_callback(self._made)

    def _made(self, answer: "asyncio.Future[Answer]") -> None:
        request, self._making = self._making, None
        if request is None or self._transport.is_closing():
            return
        self._transport.resume_reading()
        self._send(answer.result(), request.method)
        self._go_on()

    def _send(self, answer: Answer, method: bytes) -> None:
        """Write an answer, head and body together, because each write is a call of the kernel."""
        incoming = self._incoming
        ends = incoming.last and incoming.refusal is None and not incoming.asked
        head = answer.head + self._shared.date_line.line() + (_CLOSES if ends else _STAYS)
        if answer.body and method != b"HEAD":
            self._transport.writelines((head, answer.body))
        else:
            self._transport.write(head)

    def _refuse(self, answer: Answer) -> None:
        """Send a last answer and close."""
        self._incoming.last = True
        self._incoming.refusal = None
        self._send(answer, b"GET")
        self._leave()

    def _leave(self) -> None:
        """Close the connection: at once, unless the client is still sending.

        If it is, the kernel would reset the connection, and the last answers might be lost. So only our side is closed,
        and the client gets a moment to close its own (RFC 9112, section 9.6).
        """
        if not self._incoming.unread:
            self._transport.close()
        elif not self._untaken:
            self._transport.write_eof()
            self._alarm.set(self._limits.linger_seconds, self._transport.close)

    # waiting

    def _head_is_late(self) -> None:
        if self._incoming.unparsed:
            self._incoming.unread = True
            self._refuse(answers.TOO_SLOW)
        else:
            self._transport.close()

    def _body_is_late(self) -> None:
        self._incoming.unread = True
        self._refuse(answers.TOO_SLOW)

    def _watch(self) -> None:
        left = self._transport.get_write_buffer_size()
        self._alarm.set(self._limits.write_seconds, functools.partial(self._check, left))

    def _check(self, before: int) -> None:
        if before - self._transport.get_write_buffer_size() < self._limits.write_progress:
            self._transport.abort()
        else:
            self._watch()
