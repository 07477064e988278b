"""What is told to whoever supervises the service: that it works, that it still does, that it ends (sd_notify(3)).

A datagram to a socket that systemd names in the environment. With `WatchdogSec` in the unit, a service whose writer
stands still is started again.
"""

import contextlib
import socket
from collections.abc import Sequence

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"


class Supervisor:
    """Whoever supervises the service, to be told how it does.

    Args:
        address: Its socket, as `NOTIFY_SOCKET` has it: a path, or `@` before a name that is none; empty: there is none.
    """

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def tell(self, *words: str) -> None:
        """Send it; one that cannot be reached is not worth a word: it would do what it does with a silent service."""
        if self._address:
            with contextlib.suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
                door.setblocking(False)
                door.sendto("\n".join(words).encode(), self._address)


def status(complaints: Sequence[str], sources: int, under_way: int) -> str:
    """How it is doing, on the line that `systemctl status` shows."""
    said = complaints[0] if complaints else f"sources: {sources}; under way: {under_way}"
    return f"STATUS={' '.join(said.split())}"
