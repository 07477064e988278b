"""`/healthz`: the health check for a supervisor or a load balancer."""

import json
from datetime import UTC, datetime
from pathlib import Path

from syndicator.clock import Clock
from syndicator.serve.answers import Answer, made
from syndicator.serve.catalogue import Catalogue
from syndicator.text.moments import rfc3339

STALE_AFTER = 30.0
"""Seconds after which a daemon that has not written its status counts as stale; it writes it each second."""

_KEEP = 1.0  # seconds for which the time of the newest file is cached
_MAX_STATUS = 64 * 1024  # the most bytes of the status file that are read


class Health:
    """Tells whether something is published, and whether the daemon that publishes it is alive.

    Args:
        catalogue: The published files.
        status: The daemon's status file; while there is none, the answer does not mention a daemon.
        clock: Shows how old the status is.
    """

    def __init__(self, catalogue: Catalogue, status: Path, clock: Clock) -> None:
        self._catalogue = catalogue
        self._status = status
        self._clock = clock
        self._published: datetime | None = None
        self._looked = float("-inf")

    def answer(self) -> Answer:
        """200 with `"status": "ok"`, or 503.

        With 503, the status is "stale" (the daemon has not written its status for `STALE_AFTER` seconds, or nothing
        that can be read), "failing" (the daemon itself reports a problem) or else "empty" (nothing is published).
        `published` is when the newest file was written, at most a second out of date; `daemon` is when the daemon last
        wrote its status.
        """
        published = self._newest()
        alive = self._daemon()
        status = "empty" if published is None and alive["status"] == "ok" else alive["status"]  # the cause first
        report = {**alive, "status": status, "published": _iso(published)}
        body = json.dumps(report).encode() + b"\n"
        return made(200 if status == "ok" else 503, b"application/json", body)

    def _newest(self) -> datetime | None:
        """The time of the newest file, looked up at most once a second, whatever the load; None is not cached."""
        now = self._clock.monotonic()
        if self._published is None or now >= self._looked + _KEEP:
            self._published = self._catalogue.newest()
            self._looked = now
        return self._published

    def _daemon(self) -> dict[str, str | None]:
        try:
            with self._status.open("rb") as file:
                report = json.loads(file.read(_MAX_STATUS))
            at = datetime.fromisoformat(report["at"]).astimezone(UTC)
            well = report["ok"]
        except FileNotFoundError:
            return {"status": "ok", "daemon": None}
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return {"status": "stale", "daemon": None}
        if abs((self._clock.now() - at).total_seconds()) > STALE_AFTER:
            return {"status": "stale", "daemon": _iso(at)}
        return {"status": "ok" if well is True else "failing", "daemon": _iso(at)}


def _iso(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)
