"""The status file, `status.json` beside the database, which health checks read; it is written each second."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import orjson

from syndicator.errors import StoreError
from syndicator.pipeline.pump import Pump


def write_status(pump: Pump, now: datetime, *, complaints: Sequence[str], mistakes: str, bugs: int) -> None:
    """Write the status file by replacing it, so that nobody reads half of it, unless the disk has no room for two.

    Args:
        pump: The running pump.
        now: The current time.
        complaints: What keeps the daemon from its work, as sentences.
        mistakes: What is wrong with the configuration in the files, or empty; the last good one stays in force.
        bugs: Number of unexpected exceptions.

    Raises:
        StoreError: The file cannot be written, for instance because the disk is full.
    """
    path = pump.config.paths.status
    data = orjson.dumps(
        {
            "at": now.isoformat(timespec="seconds"),
            "ok": not complaints,
            "complaints": list(complaints),
            "configuration": mistakes,
            "bugs": bugs,
            "sources": len(pump.sources),
            "under_way": pump.busy,
            "revision": pump.store.revision(),
        }
    )
    temporary = pump.config.paths.unfinished
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        _write_over(path, data)
        raise StoreError(
            f"{path} cannot be written ({error.strerror}).",
            "Check the disk's free space and this user's rights to the folder.",
        ) from error


def _write_over(path: Path, data: bytes) -> None:
    """Overwrite the old file in place when the disk has no room for another; else the service would still look well.

    Spaces fill what the old content was longer. Whoever reads half of it takes us for unhealthy, which is true.
    """
    with suppress(OSError), path.open("r+b", buffering=0) as file:
        file.write(data.ljust(path.stat().st_size))


def file_at(path: Path) -> tuple[int, int] | None:
    """Return the device and inode that identify the file at a path; None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
