"""One connection: requests to answers, answers to bytes, within limits.

Nearly every answer lies ready in memory, so it is given at once, without a task: with what asyncio makes of a task, a
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
    """The line that says what time it is (RFC 9110, section 6.6.1), made once a second.

    Args:
        clock: Tells the time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._line = b""
        self._until = float("-inf")

    def line(self) -> bytes:
        """`date: …`, with its line end; right to the second."""
        now = self._clock.monotonic()
        if now >= self._until:
            seconds = self._clock.now().timestamp()
            self._line = b"date: %b\r\n" % http_date(int(seconds))
            self._until = now + 1 - seconds % 1
        return self._line


class Shared(Noun, kw_only=False):
    """What connections share.

    Attributes:
        app: Answers requests.
        limits: What a connection may cost.
        admission: Who may come in.
        date_line: What time it is.
        open: The connections there are.
        empty: Is set when the last of them is gone.
    """

    app: App
    limits: Limits
    admission: Admission
    date_line: DateLine
    open: "set[Connection]" = field(default_factory=set)
    empty: asyncio.Event = field(default_factory=asyncio.Event)


class Connection(asyncio.Protocol):
    """One connection.

    At every moment an answer is being made, or a moment is set at which it ends: for the head (from the connection,
    or from the first byte of a further request), between two requests, and for what the client has not taken yet.
    While an answer is being made, or the client does not take one, further requests wait, and nothing is read.

    Args:
        shared: What it shares with others.
        loop: The event loop.
    """

    def __init__(self, shared: Shared, loop: asyncio.AbstractEventLoop) -> None:
        self._shared = shared
        self._limits = shared.limits
        self._loop = loop
        self._transport: asyncio.Transport
        self._incoming = Incoming(shared.limits, shared.app.receive)
        self._making: Request | None = None  # its answer takes a moment
        self._untaken = False  # the client has not taken everything
        self._thrown_away = 0  # bytes that came after the last request
        self._alarm = Alarm(loop)  # ends the connection if nothing happens

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

    # what the transport tells

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or turn it away when there is no room."""
        self._transport = transport
        self._shared.open.add(self)
        transport.set_write_buffer_limits(high=0)  # so that `pause_writing` tells of every byte not taken
        peer = transport.get_extra_info("peername")
        self._incoming.peer = peer[0] if peer else ""
        if self._shared.admission.admit(self, self._incoming.peer):
            self._alarm.set(self._limits.head_seconds, self._head_is_late)
        else:
            self._refuse(answers.FULL)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        """Clear up."""
        shared = self._shared
        shared.admission.leave(self)
        shared.open.discard(self)
        if not shared.open:
            shared.empty.set()
        self._incoming.forget()
        self._alarm.cancel()

    def data_received(self, data: bytes) -> None:
        """Parse what arrived, and answer."""
        if not self._incoming.last:
            self._incoming.take(data)
            self._go_on()
            return
        self._thrown_away += len(data)
        if self._thrown_away > self._limits.linger:
            self._transport.close()

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        self._untaken = True
        self._transport.pause_reading()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken everything."""
        self._untaken = False
        self._transport.resume_reading()
        self._go_on()

    # answering

    def _go_on(self) -> None:
        """Answer what can be answered, then wait for what comes next."""
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
        """Let a thread make the answer, and go on when it is there."""
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
        """Write an answer at once, head and body: each write is a call of the kernel."""
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

        Then the kernel would reset the connection, and the last answers might be lost with it. So we say that we have
        said everything, and wait a moment for the client to end (RFC 9112, section 9.6).
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
