"""Loop: the transfer loop, which runs in a thread of its own: libcurl's multi interface over one epoll."""

import contextlib
import select
import socket
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pycurl

from syndicator.fetch.exchange import Exchange
from syndicator.fetch.failures import UNANSWERED_NAME, UNKNOWN_NAME, RefusedError, bug, timed_out
from syndicator.fetch.files import read_file
from syndicator.fetch.handle import new_handle
from syndicator.fetch.lookup import Lookups
from syndicator.fetch.outgoing import prepare
from syndicator.fetch.proxy import UNKNOWN_PROXY, Proxy, judge_target
from syndicator.model.outcome import Failed
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response

_LEAST = 0.05
"""Seconds. A request with less than this of its time left is not sent any more."""
_TO_EPOLL = {
    pycurl.POLL_IN: select.EPOLLIN,
    pycurl.POLL_OUT: select.EPOLLOUT,
    pycurl.POLL_INOUT: select.EPOLLIN | select.EPOLLOUT,
}
"""epoll's flags for what libcurl waits for."""


class Loop:
    """All exchanges that are under way. All methods except `ring` must be called from one and the same thread.

        begin ── file ─────────────────────────────────► deliver
              ├─ address ───────────────► libcurl ─────► deliver
              └─ name ─► look-up aside ─► libcurl ─────► deliver

    Args:
        settings: The limits.
        files_root: The folder below which `file:` addresses must be.
        user_agent: The value of the `User-Agent` field.
        deliver: Called with each request and its answer.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        files_root: Path,
        user_agent: str,
        deliver: Callable[[Request, Response | Failed], None],
    ) -> None:
        self._settings = settings
        self._files_root = files_root
        self._user_agent = user_agent
        self._deliver = deliver
        self._proxy = Proxy.of(settings.proxy)
        self._lookups: Lookups[Exchange] = Lookups(2 * settings.concurrency, self.ring)
        self._looking_up: dict[Exchange, float] = {}  # since when, in monotonic seconds; the first is the oldest
        self._moving: dict[pycurl.Curl, Exchange] = {}
        self._spare: list[pycurl.Curl] = []
        self._bell, self._clapper = socket.socketpair()
        self._bell.setblocking(False)
        self._clapper.setblocking(False)
        self._rung = False
        self._epoll = select.epoll()  # `selectors` on top of it costs 10 µs a request
        self._epoll.register(self._bell, select.EPOLLIN)
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, settings.concurrency)
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)

    def ring(self) -> None:
        """End the waiting of `step`; may be called from any thread, after what `step` has to find was put there."""
        if self._rung:
            return
        self._rung = True
        with contextlib.suppress(OSError):  # the loop has ended
            self._clapper.send(b"\0")

    def begin(self, request: Request) -> None:
        """Start a request; whatever is wrong with it becomes its answer."""
        try:
            answer = self._start(request)
        except RefusedError as error:
            answer = error.failed
        except Exception as error:  # noqa: BLE001  # one request must not end the loop
            answer = bug(error)
        if answer:
            self._deliver(request, answer)

    def step(self) -> None:
        """Wait until something can be done, and do it."""
        for descriptor, events in self._epoll.poll(self._patience()):
            if descriptor == self._bell.fileno():
                with contextlib.suppress(BlockingIOError):
                    self._bell.recv(4096)
                self._rung = False
            else:
                self._multi.socket_action(descriptor, _to_libcurl(events))
        self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._end_lookups()
        self._end_exchanges()

    def abandon(self, error: BaseException) -> None:
        """After a bug in the loop itself, end all exchanges with it as their answer, so that new ones can begin."""
        for handle, exchange in list(self._moving.items()):
            self._forget(handle)
            self._deliver(exchange.request, bug(error))
        for exchange in self._looking_up:
            self._deliver(exchange.request, bug(error))
        self._looking_up.clear()

    def close(self) -> None:
        """Close all connections and descriptors."""
        self._lookups.stop()
        for handle in list(self._moving):
            self._forget(handle)
        self._multi.close()
        self._epoll.close()
        self._bell.close()
        self._clapper.close()

    def _start(self, request: Request) -> Response | Failed | None:
        """Start a request; return its answer if there is one at once (a file, or no time left), else None."""
        if request.url[:5].lower() == "file:":
            return read_file(request, self._files_root, self._settings.max_body)
        if request.spent > self._settings.timeout - _LEAST:
            return timed_out(connected=True, secured=True)  # the redirects that led here took all of it
        outgoing = prepare(request, self._user_agent)
        exchange = Exchange(request, outgoing, self._settings, self._proxy)
        if outgoing.has_literal and not self._proxy:
            self._launch(exchange, partial(exchange.configure, addresses=[], elapsed=0.0))
        else:
            self._lookups.ask(exchange, outgoing.host, *([self._proxy.host] if self._proxy else []))
            self._looking_up[exchange] = time.monotonic()
        return None

    def _go_on(self, exchange: Exchange, found: Sequence[list[str] | None], elapsed: float) -> None:
        """Continue an exchange after its look-up.

        Args:
            exchange: The exchange.
            found: The addresses of the host and, if there is a proxy, of the proxy (see `Lookups.answers`).
            elapsed: Seconds that the look-up took.
        """
        target, *hop = found
        if not target:
            self._deliver(exchange.request, UNANSWERED_NAME if target is None else UNKNOWN_NAME)
        elif not hop:
            self._launch(exchange, partial(exchange.configure, addresses=target, elapsed=elapsed))
        elif not hop[0]:
            self._deliver(exchange.request, UNKNOWN_PROXY)
        elif refused := judge_target(target, self._settings.allow_networks):
            self._deliver(exchange.request, refused)
        else:
            self._launch(exchange, partial(exchange.configure, addresses=hop[0], elapsed=elapsed))

    def _launch(self, exchange: Exchange, configure: Callable[[pycurl.Curl], None]) -> None:
        handle = self._spare.pop() if self._spare else new_handle(self._proxy)
        try:
            configure(handle)
            self._multi.add_handle(handle)
        except Exception as error:  # noqa: BLE001  # one request must not end the loop
            self._deliver(exchange.request, bug(error))
        else:
            self._moving[handle] = exchange

    def _end_lookups(self) -> None:
        now = time.monotonic()
        for exchange, found in self._lookups.answers():
            if (began := self._looking_up.pop(exchange, None)) is not None:  # else it comes too late
                self._go_on(exchange, found, now - began)
        while self._looking_up:
            exchange, began = next(iter(self._looking_up.items()))
            if now < began + self._settings.connect_timeout:
                break
            del self._looking_up[exchange]
            self._deliver(exchange.request, UNANSWERED_NAME)

    def _end_exchanges(self) -> None:
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            for handle in good:
                self._end_exchange(handle, pycurl.E_OK)
            for handle, code, _ in bad:
                self._end_exchange(handle, code)

    def _end_exchange(self, handle: pycurl.Curl, code: int) -> None:
        exchange = self._moving[handle]
        try:
            answer = None if exchange.is_to_be_repeated(handle, code) else exchange.answer(handle, code)
        except Exception as error:  # noqa: BLE001  # one request must not end the loop
            answer = bug(error)
        self._forget(handle)
        if answer is None:
            self._launch(exchange, exchange.repeat)
        else:
            self._deliver(exchange.request, answer)

    def _forget(self, handle: pycurl.Curl) -> None:
        exchange = self._moving.pop(handle)
        self._multi.remove_handle(handle)
        exchange.release(handle)
        self._spare.append(handle)

    def _patience(self) -> float | None:
        """Return the seconds until the next time limit; None: there is none."""
        waits = []
        if (milliseconds := self._multi.timeout()) >= 0:
            waits.append(milliseconds / 1000)
        if self._looking_up:
            eldest = next(iter(self._looking_up.values()))
            waits.append(max(0.0, eldest + self._settings.connect_timeout - time.monotonic()))
        return min(waits, default=None)

    def _watch(self, event: int, descriptor: int, _multi: pycurl.CurlMulti, _data: object) -> None:
        """Register in the epoll what libcurl waits for on a socket (libcurl's callback)."""
        with contextlib.suppress(OSError):  # the socket is closed already
            if event not in _TO_EPOLL:
                self._epoll.unregister(descriptor)
                return
            try:
                self._epoll.register(descriptor, _TO_EPOLL[event])
            except FileExistsError:
                self._epoll.modify(descriptor, _TO_EPOLL[event])


def _to_libcurl(events: int) -> int:
    """Return libcurl's flags for epoll's events; a socket with an error or hang-up counts as ready for both."""
    found = 0
    if events & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
        found |= pycurl.CSELECT_IN
    if events & (select.EPOLLOUT | select.EPOLLHUP | select.EPOLLERR):
        found |= pycurl.CSELECT_OUT
    return found
