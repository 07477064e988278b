"""How much of the server one client can take, and who must go when it is full."""

import ipaddress
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Protocol

from syndicator.model.noun import Noun


class Limits(Noun):
    """What a connection may cost.

    Attributes:
        head: Bytes of a request line, for which 8,000 are recommended (RFC 9112, section 3), with its header fields.
        head_seconds: Until they must have arrived, from the connection or from their first byte.
        idle_seconds: Between an answer and the next request.
        write_seconds: In which a client must take `write_progress` bytes of an answer, or the rest of it.
        write_progress: Bytes; a client that takes fewer is cut off.
        linger_seconds: For which, after its last answer, what a client sends is still read and thrown away.
        linger: Bytes of that at most.
        pipelined: Requests sent ahead of their answers, as programs that measure do; all that come in one read count.
        body: Bytes of what a hub may send.
        body_seconds: Until it must have arrived, from the end of the head.
        connections: Open at once.
        per_client: Of these, from one client: an IPv4 address or an IPv6 network of 64 bits.
    """

    head: int = 16 * 1024
    head_seconds: float = 10.0
    idle_seconds: int = 5
    write_seconds: float = 20.0
    write_progress: int = 32 * 1024
    linger_seconds: float = 2.0
    linger: int = 1024 * 1024
    pipelined: int = 128
    body: int = 16 * 1024 * 1024
    body_seconds: float = 60.0
    connections: int = 1_000
    per_client: int = 250


LIMITS = Limits()
"""What `syndicator serve` allows."""


class State(IntEnum):
    """What a connection is doing. When room is needed, the lowest goes first; of equals, the oldest."""

    SILENT = 0  # it never sent a whole request
    IDLE = 1  # it was answered and may ask again
    STALLED = 2  # it does not take its answer
    BUSY = 3  # it is being answered: never closed for another


class Admitted(Protocol):
    """A connection that was let in, or wants to be."""

    @property
    def state(self) -> State:
        """What it is doing."""

    def abort(self) -> None:
        """Close it at once."""


class Admission:
    """Counts the open connections, and makes room for a new one at the cost of those that only wait.

    So a client that opens connections and says nothing (slow-loris) shuts out itself, even behind the address that it
    shares with others.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._admitted: dict[Admitted, str] = {}
        self._by_client: dict[str, dict[Admitted, None]] = {}

    def admit(self, connection: Admitted, address: str) -> bool:
        """Let a connection in, if there is room or can be made; `address` is its peer's, empty: unknown."""
        client = client_of(address)
        if len(self._by_client.get(client, ())) >= self._limits.per_client and not self._abort_one(
            self._by_client[client]
        ):
            return False
        if len(self._admitted) >= self._limits.connections and not self._abort_one(self._admitted):
            return False
        self._admitted[connection] = client
        self._by_client.setdefault(client, {})[connection] = None
        return True

    def leave(self, connection: Admitted) -> None:
        """The connection is closed; nothing happens if it was not let in."""
        client = self._admitted.pop(connection, None)
        if client is None:
            return
        self._by_client[client].pop(connection)
        if not self._by_client[client]:
            del self._by_client[client]

    def _abort_one(self, connections: Iterable[Admitted]) -> bool:
        connection = min(_as_far_as_needed(connections), key=_state)
        if connection.state is State.BUSY:
            return False
        self.leave(connection)
        connection.abort()
        return True


def _as_far_as_needed(connections: Iterable[Admitted]) -> Iterator[Admitted]:
    """Up to the first that never said anything, before which nobody goes: of such is a flood."""
    for connection in connections:
        yield connection
        if connection.state is State.SILENT:
            return


def _state(connection: Admitted) -> State:
    return connection.state


def client_of(address: str) -> str:
    """What is counted as one client: an IPv4 address, or the 64-bit network that an IPv6 host has to itself."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(host, ipaddress.IPv6Address):
        if host.ipv4_mapped is None:
            return str(ipaddress.IPv6Network((int(host) >> 64 << 64, 64)))
        host = host.ipv4_mapped
    return str(host)
