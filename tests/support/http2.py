"""A host on loopback that speaks HTTP/2 over TLS (RFC 9113), and does what its script says, frame by frame.

A script is made for each request. Its steps: a `Head`; bytes, sent as DATA within the windows; a `Raw` frame; a pause
in seconds; an `End`. What is left open at its end stays open.
"""

import contextlib
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

from support.origin import Asked


@dataclass(frozen=True)
class Head:
    """HEADERS: `:status` and fields, names in lower case."""

    status: str = "200"
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Raw:
    """A frame, or several, byte for byte, made for the request's stream."""

    make: Callable[[int], bytes]


class End(Enum):
    STREAM = "END_STREAM"
    RESET = "RST_STREAM, INTERNAL_ERROR"
    REFUSE = "RST_STREAM, REFUSED_STREAM"
    GO_AWAY = "GOAWAY after this stream, then the connection is closed"
    CLOSE = "the connection is closed"


Step = Head | bytes | Raw | float | End
Handler = Callable[[Asked], Iterable[Step]]


class SecondOrigin:
    """The host. `asked` logs every request, `connections` counts them.

    Args:
        tls: Its context; it offers `h2` alone.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        tls.set_alpn_protocols(["h2"])
        self.asked: list[Asked] = []
        self.connections = 0
        self.handler: Handler = lambda _: [Head("404"), End.STREAM]
        self._tls = tls
        self._open: set[ssl.SSLSocket] = set()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/feed") -> str:
        return f"https://localhost:{self._socket.getsockname()[1]}{path}"

    def hang_up(self) -> None:
        """Close every connection that stands."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.hang_up()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        self.connections += 1
        with (
            contextlib.suppress(OSError, h2.exceptions.ProtocolError),
            self._tls.wrap_socket(plain, server_side=True) as secured,
        ):
            self._open.add(secured)
            try:
                _Connection(self, secured).serve()
                secured.shutdown(socket.SHUT_WR)
                while secured.recv(65536):  # else what was sent last is lost with a reset
                    pass
            finally:
                self._open.discard(secured)


class _Connection:
    def __init__(self, origin: SecondOrigin, secured: ssl.SSLSocket) -> None:
        self._origin = origin
        self._socket = secured
        self._given_up: set[int] = set()
        config = h2.config.H2Configuration(
            client_side=False,
            header_encoding="latin-1",
            validate_outbound_headers=False,
            normalize_outbound_headers=False,
        )
        self._h2 = h2.connection.H2Connection(config)

    def serve(self) -> None:
        self._h2.initiate_connection()
        self._flush()
        while self._receive():
            pass

    def _receive(self) -> bool:
        """Take what comes, and play the scripts of the requests in it; returns whether the connection goes on."""
        data = self._socket.recv(65536)
        for event in self._h2.receive_data(data) if data else ():
            if isinstance(event, h2.events.StreamReset):
                self._given_up.add(event.stream_id)
            if isinstance(event, h2.events.RequestReceived):
                fields = tuple((str(name), str(value)) for name, value in event.headers)
                asked = Asked("GET", dict(fields)[":path"], fields, b"")
                self._origin.asked.append(asked)
                for step in self._origin.handler(asked):
                    if self._hears() and not self._receive():
                        return False
                    if event.stream_id in self._given_up:
                        break
                    if not self._play(step, event.stream_id):
                        return False
        self._flush()
        return bool(data)

    def _hears(self) -> bool:
        return bool(self._socket.pending() or select.select([self._socket], [], [], 0)[0])

    def _play(self, step: Step, stream: int) -> bool:
        """Returns whether the connection goes on."""
        match step:
            case Head():
                fields = [(":status", step.status), *step.fields]
                self._h2.send_headers(stream, [(name.encode(), value.encode("latin-1")) for name, value in fields])
            case Raw():
                self._flush()
                self._socket.sendall(step.make(stream))
            case bytes():
                self._send(step, stream)
            case End.STREAM:
                self._h2.end_stream(stream)
            case End.RESET:
                self._h2.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
            case End.REFUSE:
                self._h2.reset_stream(stream, h2.errors.ErrorCodes.REFUSED_STREAM)
            case End.GO_AWAY:
                self._h2.close_connection()
            case End.CLOSE:
                pass
            case _:
                time.sleep(step)
        self._flush()
        return step not in {End.GO_AWAY, End.CLOSE}

    def _send(self, data: bytes, stream: int) -> None:
        while data and stream not in self._given_up:
            room = min(self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size)
            if room:
                self._h2.send_data(stream, data[:room])
                data = data[room:]
                self._flush()
            elif not self._receive():
                raise ConnectionError

    def _flush(self) -> None:
        if data := self._h2.data_to_send():
            self._socket.sendall(data)
