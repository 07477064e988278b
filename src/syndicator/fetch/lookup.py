"""Name look-ups beside the transfer loop.

libcurl runs look-ups in 20 threads of its own, and pycurl cannot set that number: twenty names whose servers are silent
hold up every other source for as long as the system's resolver waits, and closing libcurl waits for them as well. So
names are looked up here, in daemon threads, and libcurl gets the addresses.
"""

import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
_UNKNOWN = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})
"""What the resolver says of a name that is not there, or has no address; all else is trouble on the way."""


class Lookups(Generic[Key]):
    """Look-ups under way; `ask` and `answers` belong to one thread.

    Args:
        threads: At most. A look-up that was given up still holds its thread until the system's resolver gives up.
        notify: Called in another thread when there is an answer.
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
        """What has been found since the last call, name by name.

        Numeric addresses, the best first; an empty list: there is no such name; None: no name server could tell.
        """
        found = []
        while self._answered:
            found.append(self._answered.popleft())
        self._pending -= len(found)
        return found

    def stop(self) -> None:
        """Let the threads end, each after the look-up that it is at."""
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
    # libcurl takes no list in which one has a zone (RFC 4007), as the local network's may.
    return list(dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found))
