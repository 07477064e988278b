"""The event loop that serves all connections until the server is stopped."""

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvloop

from syndicator.serve.wire import Connection, Shared

_BACKLOG = 2048
"""The most connections that the kernel queues until they are accepted."""

_LAST_WORDS = 0.4
"""Seconds that answers under way may still take when the server ends."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Server:
    """Serves until a signal or `stop`; then it closes the connections, and the process goes on.

    Args:
        listening: The listening socket; it is closed at the end.
        shared: The objects that all connections share.
        on_ready: Called once connections are accepted.
    """

    def __init__(self, listening: socket.socket, shared: Shared, on_ready: Callable[[], None]) -> None:
        self._listening = listening
        self._shared = shared
        self._on_ready = on_ready
        self._loop = uvloop.new_event_loop()
        self._ending = asyncio.Event()

    def run(self) -> None:
        """Serve, once."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    def stop(self) -> None:
        """End the server; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._ending.set)

    async def _serve(self) -> None:
        loop, shared = self._loop, self._shared
        with self._signals():
            server = await loop.create_server(lambda: Connection(shared, loop), sock=self._listening, backlog=_BACKLOG)
            self._on_ready()
            await self._ending.wait()
            server.close()
            for connection in list(shared.open):
                connection.finish()
            loop.call_later(_LAST_WORDS, self._abort)
            if shared.open:
                shared.empty.clear()
                await shared.empty.wait()

    def _abort(self) -> None:
        for connection in list(self._shared.open):
            connection.abort()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT end the server; afterwards, their former handlers are restored."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.getsignal(number) for number in _SIGNALS}
        for number in _SIGNALS:
            self._loop.add_signal_handler(number, self._ending.set)
        try:
            yield
        finally:
            for number, handler in before.items():
                self._loop.remove_signal_handler(number)
                signal.signal(number, handler)
