"""One connection: bytes to requests, answers to bytes, within limits.

httptools parses. Nearly every answer lies ready in memory, so it is given at once, without a task: with what asyncio
makes of a task, a timer and a second write, a 304 would cost twice as much.
"""

import asyncio
import functools
import re
from collections import deque

import httptools

from syndicator.clock import Clock
from syndicator.model.noun import Noun, field
from syndicator.serve import answers
from syndicator.serve.addresses import path_of
from syndicator.serve.alarm import Alarm
from syndicator.serve.answers import Answer
from syndicator.serve.app import READ, App, Request
from syndicator.serve.conditions import http_date
from syndicator.serve.limits import Door, Limits, Standing

_HOST, _LENGTH, _CODED = b"host", b"content-length", b"transfer-encoding"
_KEPT = READ | {_HOST, _LENGTH, _CODED}

_VERSIONS = frozenset({"1.0", "1.1"})
_REQUEST_LINE = re.compile(
    rb"(?:\A|\r\n\r\n)(?!(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) )[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}"
    rb" \S+ HTTP/1\.[01]\r\n"
)
"""Of a method that the parser does not know, it may be (RFC 9110, section 9.1)."""

_STAYS = b"\r\n"
_CLOSES = b"connection: close\r\n\r\n"


class Dated:
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


class House(Noun, kw_only=False):
    """What connections share.

    Attributes:
        app: Answers requests.
        limits: What a connection may cost.
        door: Who may come in.
        dated: What time it is.
        open: The connections there are.
        empty: Is set when the last of them is gone.
    """

    app: App
    limits: Limits
    door: Door
    dated: Dated
    open: "set[Connection]" = field(default_factory=set)
    empty: asyncio.Event = field(default_factory=asyncio.Event)


class _Refused(Exception):  # noqa: N818 - not an error of ours: it makes the parser stop
    """Raised inside the parser's callbacks; `Connection._refusal` says why."""


class Connection(asyncio.Protocol):
    """One connection.

    At every moment an answer is being made, or a moment is set at which it ends: for the head (from the connection,
    or from the first byte of a further request), between two requests, and for what the client has not taken yet.
    While an answer is being made, or the client does not take one, further requests wait, and nothing is read.

    Args:
        house: What it shares with others.
        loop: The event loop.
    """

    def __init__(self, house: House, loop: asyncio.AbstractEventLoop) -> None:
        self._house = house
        self._limits = house.limits
        self._loop = loop
        self._transport: asyncio.Transport
        self._parser = httptools.HttpRequestParser(self)
        # the request whose head is arriving
        self._unparsed = 0  # bytes since the last whole head
        self._target = b""
        self._fields: dict[bytes, bytes] = {}
        self._size = 0  # bytes of the head, as far as it is parsed
        self._begun = False
        # requests
        self._asked: deque[Request] = deque()  # not answered yet
        self._making: Request | None = None  # its answer takes a moment
        self._served = False  # it sent a whole request
        self._untaken = False  # the client has not taken everything
        # the end
        self._last = False  # nothing after the requests that are there is read
        self._refusal: Answer | None = None  # what is said after them
        self._alarm = Alarm(loop)  # ends it if nothing happens

    @property
    def standing(self) -> Standing:
        """What the connection is doing."""
        if not self._served:
            return Standing.SILENT
        if self._untaken:
            return Standing.STALLED
        return Standing.IDLE if self._making is None else Standing.BUSY

    def expel(self) -> None:
        """Close the connection at once."""
        self._transport.abort()

    def finish(self) -> None:
        """Close the connection after the answers that are under way."""
        self._last = True
        self._go_on()

    # what the transport tells

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or turn it away when there is no room."""
        self._transport = transport
        self._house.open.add(self)
        transport.set_write_buffer_limits(high=0)  # so that `pause_writing` tells of every byte not taken
        peer = transport.get_extra_info("peername")
        if self._house.door.admit(self, peer[0] if peer else ""):
            self._alarm.set(self._limits.head_seconds, self._head_is_late)
        else:
            self._refuse(answers.FULL)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        """Clear up."""
        house = self._house
        house.door.leave(self)
        house.open.discard(self)
        if not house.open:
            house.empty.set()
        self._asked.clear()
        self._alarm.cancel()
        del self._parser  # it knows us

    def data_received(self, data: bytes) -> None:
        """Parse what arrived, and answer."""
        if self._last:
            return
        self._unparsed += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the request is answered as if no upgrade had been asked for (RFC 9110, section 7.8)
        except httptools.HttpParserInvalidMethodError:
            self._refuse_after(answers.NOT_KNOWN if _REQUEST_LINE.search(data) else answers.BAD_REQUEST)
        except httptools.HttpParserError:
            self._refuse_after(answers.BAD_REQUEST)
        if self._begun:  # a further head, in what came with a whole one
            self._unparsed = max(self._unparsed, len(self._target) + self._size, 1)
        if self._unparsed > self._limits.head:
            self._refuse_after(answers.HEAD_TOO_LARGE)
        self._go_on()

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        self._untaken = True
        self._transport.pause_reading()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken everything."""
        self._untaken = False
        self._alarm.stop()
        self._transport.resume_reading()
        self._go_on()

    # what the parser tells

    def on_message_begin(self) -> None:
        """A request begins."""
        self._begun = True
        self._target = b""
        self._fields = {}
        self._size = 0

    def on_url(self, url: bytes) -> None:
        """A part of its target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its fields."""
        self._size += len(name) + len(value) + 4
        name = name.lower()
        if name in _KEPT:
            fields = self._fields
            fields[name] = fields[name] + b", " + value if name in fields else value

    def on_headers_complete(self) -> None:
        """Take a request whose head is whole."""
        self._begun = False
        arrived, self._unparsed = self._unparsed, 0
        if self._last:
            raise _Refused  # nobody reads what follows a last request
        fields, parser = self._fields, self._parser
        host = fields.pop(_HOST, None)
        version = parser.get_http_version()
        modern = version == "1.1"
        if arrived > self._limits.head and len(self._target) + self._size > self._limits.head:
            self._refuse_after(answers.HEAD_TOO_LARGE)
        elif len(self._asked) >= self._limits.pipelined:
            self._refuse_after(answers.TOO_MANY)
        elif version not in _VERSIONS:
            self._refuse_after(answers.OTHER_VERSION)
        elif modern and (host is None or b", " in host):
            self._refuse_after(answers.BAD_REQUEST)  # RFC 9112, section 3.2: exactly one
        path = path_of(self._target)
        if path is None:
            self._refuse_after(answers.BAD_REQUEST)
        if path is None or self._refusal is not None:
            raise _Refused
        self._served = True
        body = fields.pop(_LENGTH, None) is not None or fields.pop(_CODED, None) is not None
        # nothing here takes a body, or speaks another protocol
        self._last = body or not modern or not parser.should_keep_alive() or parser.should_upgrade()
        self._asked.append(Request(parser.get_method(), path, fields))
        self._fields = {}  # fields behind a body say nothing of the request (RFC 9110, section 6.5.1)

    # answering

    def _go_on(self) -> None:
        """Answer what can be answered, then wait for what comes next."""
        transport, asked = self._transport, self._asked
        if transport.is_closing():
            return
        while asked and self._making is None and not self._untaken:
            self._answer(asked.popleft())
        if self._making is not None or self._untaken:
            return
        if self._refusal is not None:
            self._refuse(self._refusal)
        elif self._last:
            transport.close()
        elif not self._unparsed:
            self._alarm.set(self._limits.idle_seconds, transport.close)
        elif self._alarm.calls != self._head_is_late:
            self._alarm.set(self._limits.head_seconds, self._head_is_late)

    def _answer(self, request: Request) -> None:
        answer = self._house.app.answer(request)
        if isinstance(answer, Answer):
            self._send(answer, request.method)
            return
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
        ends = self._last and self._refusal is None and not self._asked
        head = answer.head + self._house.dated.line() + (_CLOSES if ends else _STAYS)
        if answer.body and method != b"HEAD":
            self._transport.writelines((head, answer.body))
        else:
            self._transport.write(head)

    def _refuse_after(self, answer: Answer) -> None:
        """Say this when the requests before it are answered, and read no more."""
        if not self._last:
            self._last = True
            self._refusal = answer

    def _refuse(self, answer: Answer) -> None:
        """Send a last answer and close."""
        self._last = True
        self._refusal = None
        self._send(answer, b"GET")
        self._transport.close()

    # waiting

    def _head_is_late(self) -> None:
        if self._unparsed:
            self._refuse(answers.TOO_SLOW)
        else:
            self._transport.close()

    def _watch(self) -> None:
        left = self._transport.get_write_buffer_size()
        self._alarm.set(self._limits.write_seconds, functools.partial(self._check, left))

    def _check(self, before: int) -> None:
        if before - self._transport.get_write_buffer_size() < self._limits.write_progress:
            self._transport.abort()
        else:
            self._watch()
