"""The serving process: its socket, and how it is put together."""

import errno
import resource
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from syndicator.clock import Clock
from syndicator.errors import UsageError
from syndicator.model.lease import Call
from syndicator.model.noun import Noun, replace
from syndicator.model.source import Auth
from syndicator.model.subscription import SubscriptionRequest
from syndicator.serve.limits import LIMITS, Admission, Limits
from syndicator.serve.media import NO_LINKS, Links
from syndicator.text.hosts import with_port

if TYPE_CHECKING:
    from syndicator.serve.loop import Server

_SPARE_DESCRIPTORS = 64
"""The number of file descriptors that are kept free for files, sockets and pipes beside the connections."""

_UNSENT = 16 * 1024
"""The bytes that the kernel accepts beyond those it has sent; few, so that a slow client's progress can be seen."""

_WHY = {
    errno.EADDRINUSE: (
        "is already in use",
        "Stop the program that listens there, or set `[serve] listen` to another port.",
    ),
    errno.EACCES: (
        "may not be used by this user",
        "Set `[serve] listen` to a port above 1023, or allow this user to use that one.",
    ),
    errno.EADDRNOTAVAIL: (
        "is not an address of this machine",
        "Set `[serve] listen` to one that is, such as 127.0.0.1:8008.",
    ),
}


class Doors(Noun, unshown=("operator", "key")):
    """The services beside the published files.

    Attributes:
        links: The links in the header fields of feeds.
        operator: The credentials for the operator's pages, which lie beside the status file; None if nobody may see
            them.
        key: The secret from which the callbacks for hubs are made.
        hear: The function that calls of hubs are handed on to; None if no hub calls here.
        take: The function that requests to our own hub are handed on to; None if there is no hub.
    """

    links: Links = NO_LINKS
    operator: Auth | None = None
    key: bytes = b""
    hear: Callable[[Call], bool | None] | None = None
    take: Callable[[SubscriptionRequest], bool | None] | None = None


NO_DOORS = Doors()


def listen(host: str, port: int) -> socket.socket:
    """Open a listening TCP socket.

    Args:
        host: An address, or a name, of which the first IPv4 address is taken, else its first address; empty for all
            addresses of this machine, IPv6 and IPv4.
        port: The port; 0 for any free one.

    Raises:
        UsageError: The address cannot be listened on; the message names the setting.
    """
    place = with_port(host, port)
    try:
        return _bound(*_resolve(host, port))
    except socket.gaierror as error:
        raise UsageError(f"{place} is not an address: {error.strerror}.", "Correct `[serve] listen`.") from error
    except (OverflowError, ValueError) as error:
        raise UsageError(f"{place} is not an address to listen on.", "Correct `[serve] listen`.") from error
    except OSError as error:
        why, remedy = _WHY.get(
            error.errno or 0, (f"cannot be listened on ({error.strerror})", "Correct `[serve] listen`.")
        )
        raise UsageError(f"{place} {why}.", remedy) from error


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str | int, ...]]:
    if not host:
        return (socket.AF_INET6, ("::", port)) if socket.has_dualstack_ipv6() else (socket.AF_INET, ("", port))
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, (str(address[0]), port, *address[2:])


def _bound(family: socket.AddressFamily, address: tuple[str | int, ...]) -> socket.socket:
    server = socket.socket(family, socket.SOCK_STREAM)
    try:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
        if family == socket.AF_INET6:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # `::` means IPv4, too
        server.bind(address)
        server.listen()
    except BaseException:
        server.close()
        raise
    return server


def address_of(server: socket.socket) -> str:
    """The URL at which a socket listens."""
    host, port = server.getsockname()[:2]
    return f"http://{with_port(host, port)}/"


def run(
    public: Path,
    host: str,
    port: int,
    *,
    status: Path,
    clock: Clock,
    doors: Doors = NO_DOORS,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the published files until SIGTERM or SIGINT; then return within a second.

    Args:
        public: The folder of published files; it may appear later.
        host: The address to listen on; empty for all addresses.
        port: The TCP port; 0 for any free one.
        status: The daemon's status file, for `/healthz`; it need not exist.
        clock: Gives the time.
        doors: The services beside the published files.
        on_ready: Called with the server's URL, including the actual port, when it answers.

    Raises:
        UsageError: The address cannot be listened on; nothing was started.
    """
    with listen(host, port) as listening:
        prepare(listening, public, status=status, clock=clock, doors=doors, on_ready=on_ready).run()


def prepare(
    listening: socket.socket,
    public: Path,
    *,
    status: Path,
    clock: Clock,
    doors: Doors = NO_DOORS,
    on_ready: Callable[[str], None] | None = None,
    limits: Limits = LIMITS,
) -> "Server":
    """Make the server that `run` runs; a caller may run it in a thread, and stop it by its `stop`."""
    # These are slow to load, and no other command needs them.
    from syndicator.serve.app import App  # noqa: PLC0415
    from syndicator.serve.callbacks import Callbacks  # noqa: PLC0415
    from syndicator.serve.catalogue import Catalogue  # noqa: PLC0415
    from syndicator.serve.health import Health  # noqa: PLC0415
    from syndicator.serve.loop import Server  # noqa: PLC0415
    from syndicator.serve.operator import Operator  # noqa: PLC0415
    from syndicator.serve.subscribing import OwnHub  # noqa: PLC0415
    from syndicator.serve.wire import DateLine, Shared  # noqa: PLC0415

    limits = _within_descriptors(limits)
    catalogue, operator = Catalogue(public, clock, links=doors.links), doors.operator
    pages = Operator(status.with_name("operator"), operator.username, operator.password, clock) if operator else None
    callbacks = Callbacks(doors.key, doors.hear, clock.monotonic) if doors.hear else None
    hub = OwnHub(doors.links, lambda path: catalogue.find(path) is not None, doors.take) if doors.take else None
    app = App(catalogue, Health(catalogue, status, clock), clock, pages, callbacks, hub)
    address = address_of(listening)
    return Server(
        listening,
        Shared(app, limits, Admission(limits), DateLine(clock)),
        lambda: on_ready(address) if on_ready else None,
    )


def _within_descriptors(limits: Limits) -> Limits:
    """The limits, with no more connections than this process may open: one too many would block all new ones."""
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if allowed == resource.RLIM_INFINITY:
        return limits
    return replace(limits, connections=max(1, min(limits.connections, allowed - _SPARE_DESCRIPTORS)))
