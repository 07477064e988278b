"""Notifications to the service's supervisor, such as systemd: that it is ready, is alive, or ends (sd_notify(3)).

Each is a datagram to a socket that systemd names in the environment. With `WatchdogSec` in the unit, systemd restarts a
service whose writer no longer works.
"""

import contextlib
import socket
from collections.abc import Sequence

READY = "READY=1"
"""The notification that the service has started."""
ALIVE = "WATCHDOG=1"
"""The notification that the service is alive, which resets systemd's watchdog."""
STOPPING = "STOPPING=1"
"""The notification that the service is about to end."""


class Supervisor:
    """The supervisor of the service, which is told its state.

    Args:
        address: Its socket, as in `NOTIFY_SOCKET`: a path, or `@` and a name that is no path; empty if there is no
            supervisor.
    """

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def tell(self, *words: str) -> None:
        """Send notifications; ignore errors, because a supervisor that we cannot reach treats us as silent."""
        if self._address:
            with contextlib.suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
                door.setblocking(False)
                door.sendto("\n".join(words).encode(), self._address)


def status(complaints: Sequence[str], sources: int, under_way: int) -> str:
    """Return the notification with the state of the service, on one line, which `systemctl status` shows."""
    said = complaints[0] if complaints else f"sources: {sources}; under way: {under_way}"
    return f"STATUS={' '.join(said.split())}"
