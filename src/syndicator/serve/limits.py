"""Limits for connections and clients, and which connection is closed when the server is full."""

import ipaddress
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Protocol

from syndicator.model.noun import Noun


class Limits(Noun):
    """The limits of connections.

    Attributes:
        head: The most bytes of a request line, for which 8,000 are recommended (RFC 9112, section 3), and the header
            fields together.
        head_seconds: The seconds in which these must arrive, from the start of the connection or from their first byte.
        idle_seconds: The seconds that a connection may be idle between an answer and the next request.
        write_seconds: The seconds in which a client must take `write_progress` bytes of an answer, or the rest of it.
        write_progress: The fewest bytes that a client must take in that time; else it is cut off.
        linger_seconds: The seconds after the last answer for which the client's bytes are still read and thrown away.
        linger: The most bytes that are read and thrown away so.
        pipelined: The most requests sent ahead of their answers, as benchmarks do; all requests in one read count.
        body: The most bytes of a body that a hub may send.
        body_seconds: The seconds in which it must arrive, from the end of the head.
        connections: The most connections that are open at once.
        per_client: The most of these from one client: an IPv4 address or an IPv6 network of 64 bits.
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
"""The limits of `syndicator serve`."""


class State(IntEnum):
    """What a connection is doing; when room is needed, the lowest state is closed first, and of equals the oldest."""

    SILENT = 0  # it never sent a whole request
    IDLE = 1  # it was answered and may ask again
    STALLED = 2  # it does not take its answer
    BUSY = 3  # it is being answered: never closed for another


class Admitted(Protocol):
    """A connection that was admitted, or is to be."""

    @property
    def state(self) -> State:
        """What the connection is doing."""

    def abort(self) -> None:
        """Close the connection at once."""


class Admission:
    """Counts the open connections, and makes room for a new one by closing those that only wait.

    So a client that opens connections and sends nothing (slow-loris) only shuts out itself, even if it shares its
    address with others.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._admitted: dict[Admitted, str] = {}
        self._by_client: dict[str, dict[Admitted, None]] = {}

    def admit(self, connection: Admitted, address: str) -> bool:
        """Admit a connection if there is room, or room can be made; `address` is its peer's, empty if unknown."""
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
        """Stop counting a connection that is closed; nothing happens if it was not admitted."""
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
    """The connections up to the first that never sent a request: that one goes first, as floods consist of such."""
    for connection in connections:
        yield connection
        if connection.state is State.SILENT:
            return


def _state(connection: Admitted) -> State:
    return connection.state


def client_of(address: str) -> str:
    """The client that an address counts for: itself if it is IPv4, else the 64-bit network that one IPv6 host has."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(host, ipaddress.IPv6Address):
        if host.ipv4_mapped is None:
            return str(ipaddress.IPv6Network((int(host) >> 64 << 64, 64)))
        host = host.ipv4_mapped
    return str(host)
