"""Lookup: look up host names in threads beside the transfer loop.

libcurl runs look-ups in 20 threads of its own, and pycurl cannot set that number. So twenty names whose servers do not
answer would delay every other source for as long as the system's resolver waits, and closing libcurl would wait for
them as well. Therefore names are looked up here, in daemon threads, and libcurl gets the addresses.
"""

import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
"""What identifies a look-up to its caller."""
_UNKNOWN = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})
"""The resolver's errors for a name that does not exist or has no address; any other error is a fault of the network."""


class Lookups(Generic[Key]):
    """The look-ups that are under way; `ask` and `answers` must be called from one and the same thread.

    Args:
        threads: The most threads. A look-up that was given up still occupies its thread until the system's resolver
            gives up.
        notify: Called when there is an answer, from another thread.
    """

    def __init__(self, threads: int, notify: Callable[[], None]) -> None:
        self._limit = threads
        self._notify = notify
        self._threads = 0
        self._pending = 0
        self._asked: queue.SimpleQueue[tuple[Key, tuple[str, ...]] | None] = queue.SimpleQueue()
        self._answered: deque[tuple[Key, list[list[str] | None]]] = deque()

    def ask(self, key: Key, *hosts: str) -> None:
        """Begin to look up these names; never waits."""
        if self._threads < min(self._pending + 1, self._limit):
            threading.Thread(target=self._work, name=f"lookup-{self._threads}", daemon=True).start()
            self._threads += 1
        self._pending += 1
        self._asked.put((key, hosts))

    def answers(self) -> list[tuple[Key, list[list[str] | None]]]:
        """Return what was found since the last call: for each key, one item for each of its names.

        An item is the list of the name's numeric addresses, the best one first. An empty list: the name does not exist.
        None: no name server gave an answer.
        """
        found = []
        while self._answered:
            found.append(self._answered.popleft())
        self._pending -= len(found)
        return found

    def stop(self) -> None:
        """Let each thread end after the look-ups that were begun before."""
        for _ in range(self._threads):
            self._asked.put(None)

    def _work(self) -> None:
        while asked := self._asked.get():
            key, hosts = asked
            self._answered.append((key, [_addresses(host) for host in hosts]))
            self._notify()


def _addresses(host: str) -> list[str] | None:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:  # a label that is empty or longer than 63 bytes
        return []
    except OSError as error:
        return [] if error.errno in _UNKNOWN else None
    # libcurl refuses a list in which an address has a zone (RFC 4007), as link-local addresses may have.
    return list(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))
