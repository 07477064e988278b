"""Exchange: one request to a host and its answer, carried by libcurl."""

import socket
from typing import Any, Final

import pycurl

from syndicator.fetch.auth import without_userinfo
from syndicator.fetch.coding import Body
from syndicator.fetch.failures import WAIT, RefusedError, bug, by_code, failed, forbidden, timed_out
from syndicator.fetch.guard import verdict
from syndicator.fetch.head import Head
from syndicator.fetch.outgoing import Outgoing
from syndicator.fetch.proxy import CLOSED_PROXY, UNWILLING_PROXY, Proxy
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response

MAX_UNWANTED: Final = 65536
"""The most bytes of an unwanted body (of a redirect or an error) that are read, to let the connection be reused."""

_HTTP2_STREAM = 92  # CURLE_HTTP2_STREAM, for which pycurl has no name
_CONNECTION_LOST = frozenset(
    {pycurl.E_SEND_ERROR, pycurl.E_RECV_ERROR, pycurl.E_GOT_NOTHING, pycurl.E_HTTP2, _HTTP2_STREAM}
)
"""libcurl's codes for a connection that was lost, as when a reused one was dead."""


class _Lent(socket.socket):
    """A socket that pycurl duplicates and then drops without closing it."""

    def __del__(self) -> None:
        self.close()  # so that Python does not warn that it was not closed


class Exchange:
    """One request that is under way.

    Redirects are not followed: each hop is an exchange of its own. The body of any answer but a 2xx is discarded.

    Args:
        request: The request.
        outgoing: The request in the form in which it is sent.
        settings: The limits.
        proxy: The proxy through which it goes; None: there is none.
    """

    def __init__(
        self, request: Request, outgoing: Outgoing, settings: FetchSettings, proxy: Proxy | None = None
    ) -> None:
        self.request = request
        self.outgoing = outgoing
        self._settings = settings
        self._proxy = proxy
        self._failed: Failed | None = None
        self._undialled: Failed | None = None  # why no connection to the latest address was opened
        self._addresses: list[str] = []
        self._repeated = False
        self._dialled = False
        self._head = Head()
        self._body: Body | None = None
        self._unwanted = 0
        self._elapsed = 0.0

    def configure(self, handle: pycurl.Curl, addresses: list[str], elapsed: float) -> None:
        """Set the options of a handle that are different for each exchange.

        Args:
            handle: A handle that is not in use (see `handle`).
            addresses: The IP addresses of the host, or of the proxy; empty: the host's name is an address itself.
            elapsed: Seconds spent on looking them up.
        """
        hop = self._proxy or self.outgoing
        self._addresses, self._elapsed = addresses, elapsed
        settings, outgoing = self._settings, self.outgoing
        handle.setopt(pycurl.URL, outgoing.url)
        if sent := self.request.form or self.request.content:
            # Without the empty Expect, libcurl may wait for a 100 (Continue).
            handle.setopt(pycurl.HTTPHEADER, [*outgoing.fields, b"Expect:"])
            handle.setopt(pycurl.POSTFIELDS, sent)
        else:
            handle.setopt(pycurl.HTTPHEADER, outgoing.fields)
            handle.setopt(pycurl.HTTPGET, 1)
        if addresses and ":" not in hop.host:
            # With the plus sign, the entry expires like one of libcurl's own.
            handle.setopt(pycurl.RESOLVE, [f"+{hop.host}:{hop.port}:{','.join(addresses)}"])
        else:
            handle.unsetopt(pycurl.RESOLVE)
        handle.setopt(pycurl.FRESH_CONNECT, 0)
        handle.setopt(pycurl.CONNECTTIMEOUT_MS, _milliseconds(settings.connect_timeout - elapsed))
        handle.setopt(pycurl.TIMEOUT_MS, _milliseconds(settings.timeout - self.request.spent - elapsed))
        handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        handle.setopt(pycurl.HEADERFUNCTION, self._on_head)
        handle.setopt(pycurl.WRITEFUNCTION, self._on_body)

    @staticmethod
    def release(handle: pycurl.Curl) -> None:
        """Remove the callbacks from a handle, so that it holds no reference to its exchange and the body."""
        for option in (pycurl.OPENSOCKETFUNCTION, pycurl.HEADERFUNCTION, pycurl.WRITEFUNCTION):
            handle.unsetopt(option)

    def is_to_be_repeated(self, handle: pycurl.Curl, code: int) -> bool:
        """Whether to send the request once more, because a reused connection turned out to be dead.

        libcurl does that itself over HTTP/1.1, but not over HTTP/2. It checks a connection before it uses it only if
        the connection was idle for a second.

        Args:
            handle: The handle, whose transfer has ended.
            code: libcurl's result.

        Returns:
            Whether to repeat it; `repeat` then prepares a handle for that, over a new connection and within the rest of
            the time.
        """
        if self._dialled or self._head.begun or self._repeated or code not in _CONNECTION_LOST:
            return False
        self._repeated = True
        self._elapsed += float(handle.getinfo(pycurl.TOTAL_TIME))
        return True

    def repeat(self, handle: pycurl.Curl) -> None:
        """Configure a handle to send the request once more, over a new connection (see `is_to_be_repeated`)."""
        self.configure(handle, self._addresses, self._elapsed)
        handle.setopt(pycurl.FRESH_CONNECT, 1)
        handle.setopt(pycurl.CONNECTTIMEOUT_MS, _milliseconds(self._settings.connect_timeout))

    def answer(self, handle: pycurl.Curl, code: int) -> Response | Failed:
        """Return the answer, or why there is none.

        Args:
            handle: The handle, whose transfer has ended.
            code: libcurl's result.
        """
        self._elapsed += float(handle.getinfo(pycurl.TOTAL_TIME))
        if self._failed:
            return self._failed
        if self._head.complete and self._body is None:
            return self._bodiless()
        if self._undialled and not self._dialled:
            return self._undialled
        if handle.getinfo(pycurl.HTTP_CONNECTCODE) >= 300:
            return UNWILLING_PROXY
        if self._proxy and code == pycurl.E_COULDNT_CONNECT:  # libcurl's code for a refused tunnel, too
            return CLOSED_PROXY
        if code == pycurl.E_OPERATION_TIMEDOUT:
            reused = not self._dialled  # for a reused connection libcurl reports no times
            plain = self.outgoing.url.startswith("http:")
            return timed_out(
                connected=reused or handle.getinfo(pycurl.CONNECT_TIME) > 0,
                secured=reused or plain or handle.getinfo(pycurl.APPCONNECT_TIME) > 0,
            )
        if code != pycurl.E_OK or self._body is None:  # if the answer ends within the head, libcurl reports success
            return by_code(code, head_complete=self._head.complete)
        try:
            return self._response(self._body.finish())
        except RefusedError as error:
            return error.failed

    def _bodiless(self) -> Response | Failed:
        """Return an answer whose body is not wanted, even if that body was not complete."""
        if self._head.status == 304 and not any(line.startswith(b"If-") for line in self.outgoing.fields):
            return failed(
                FailureKind.STATUS, "The host says that nothing has changed, although the request did not ask.", WAIT
            )
        return self._response(b"")

    def _response(self, body: bytes) -> Response:
        url = without_userinfo(self.request.url)
        return Response(
            url=url, status=self._head.status, headers=tuple(self._head.fields), body=body, seconds=self._elapsed
        )

    # libcurl's callbacks. None of them may raise, because pycurl would print a traceback and go on.

    def _open_socket(self, _purpose: int, address: Any) -> Any:
        try:
            if reason := self._forbidden(address):
                self._undialled = forbidden(reason)
                return pycurl.SOCKET_BAD
            opened = _Lent(address.family, address.socktype, address.protocol)
        except OSError as error:  # no IPv6 here, or too many open files; the next address may do
            message = f"This machine cannot open a connection: {error.strerror}."
            self._undialled = failed(FailureKind.CONNECT, message, "Check the limit of open files, and the network.")
        except Exception as error:  # noqa: BLE001  # one exchange must not end the loop
            self._failed = bug(error)
        else:
            self._dialled = True
            return opened
        return pycurl.SOCKET_BAD

    def _forbidden(self, address: Any) -> str:
        kind = address.socktype & ~(socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        if address.family not in {socket.AF_INET, socket.AF_INET6} or kind != socket.SOCK_STREAM:
            return "it is not spoken to over TCP"
        if self._proxy:  # libcurl connects to the proxy only; the host was checked before
            known = address.addr[0] in self._addresses and address.addr[1] == self._proxy.port
            return "" if known else "it is not the proxy's"
        return verdict(str(address.addr[0]), self._settings.allow_networks)

    # The next two return None if all bytes were taken, and 0 to end the exchange.

    def _on_head(self, line: bytes) -> int | None:
        try:
            if self._head.take(line):
                self._begin_body()
        except Exception as error:  # noqa: BLE001  # one exchange must not end the loop
            return self._give_up(error)
        return None

    def _on_body(self, data: bytes) -> int | None:
        try:
            if self._body:
                self._body.write(data)
                return None
        except Exception as error:  # noqa: BLE001  # one exchange must not end the loop
            return self._give_up(error)
        self._unwanted += len(data)
        return None if self._unwanted <= MAX_UNWANTED else 0

    def _begin_body(self) -> None:
        if 200 <= self._head.status < 300:
            self._body = Body(self._head.values("content-encoding"), self._settings.max_body)
            if not self._head.values("transfer-encoding"):  # it overrides Content-Length (RFC 9112, section 6.3)
                for length in self._head.values("content-length"):
                    self._body.expect(length)

    def _give_up(self, error: Exception) -> int:
        self._failed = error.failed if isinstance(error, RefusedError) else bug(error)
        return 0


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # 0 would mean: no limit
