"""`status.json` beside the database: what health checks read, written anew each second."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import orjson

from syndicator.errors import StoreError
from syndicator.pipeline.pump import Pump


def write_status(pump: Pump, now: datetime, *, complaints: Sequence[str], mistakes: str, bugs: int) -> None:
    """Write it beside the database, whole: a reader never sees half of it, unless there is no room for two.

    Args:
        pump: At work.
        now: The tick's time.
        complaints: What keeps the daemon from working, as sentences.
        mistakes: What is wrong with the configuration that lies there; it goes on by the one before.
        bugs: How many exceptions nobody had foreseen.

    Raises:
        StoreError: It cannot be written, for instance because the disk is full.
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
    """Where there is no room for another file, the old one's is still ours; else it would look well for a while.

    Spaces take the place of what was longer. Who reads half of it takes us for unwell, which we are.
    """
    with suppress(OSError), path.open("r+b", buffering=0) as file:
        file.write(data.ljust(path.stat().st_size))


def file_at(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that takes its name; None: there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
