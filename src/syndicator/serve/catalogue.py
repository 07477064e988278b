"""The published files in memory, each for as long as it is unchanged on the disk."""

import errno
import logging
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from syndicator.clock import Clock
from syndicator.model.noun import Noun, replace
from syndicator.serve.addresses import SEGMENT, file_of
from syndicator.serve.media import NO_LINKS, Kind, Links, kind_of
from syndicator.serve.representation import Representation
from syndicator.serve.reservations import Reservations

MAX_FILE = 64 * 1024 * 1024
"""The most bytes of a file that is served."""

MAX_TOTAL = 512 * 1024 * 1024
"""The most bytes of all files in memory together; their compressed forms, about a fifth of that, are not counted."""

GRAIN = 0.1
"""Seconds within which two changes of a file may have the same time stamp: much longer than a tick of the kernel."""

_COMPLAIN_EVERY = 60.0  # the least seconds between two log messages about files that cannot be read
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO})

_Signature = tuple[int, int, int, int, int]

logger = logging.getLogger(__name__)


class _Entry(Noun, kw_only=False):
    """A file in memory.

    Attributes:
        file: Its full path.
        signature: The signature (device, inode, size, times) of the bytes that were read.
        since: When this signature was first seen, in seconds of the monotonic clock.
        settled: Whether the bytes were read so long after `since` that any later change must change the signature.
        representation: The answers about the file; None if it is too large to be served.
    """

    file: str
    signature: _Signature
    since: float
    settled: bool
    representation: Representation | None


class Catalogue:
    """Finds the file that is served at an address.

    Each request checks whether the file on the disk is still the one in memory: one `lstat`, 2 µs. So a request that
    begins after a file was published gets the new file, without a timer or a watcher. A signature (device, inode, size,
    times) is trusted only if it was first seen longer than `GRAIN` ago; a younger one may hide a second change within
    the same tick of the kernel's clock, into an inode that was free again. Until then the bytes are read and compared.

    Files are opened one folder after the other below the published folder, without following symbolic links.

    Args:
        public: The published folder; it may appear and disappear.
        clock: Shows whether a `Last-Modified` is in the future, and how old a signature is.
        max_file: The most bytes of a file that is served.
        max_total: The most bytes of all files in memory; above it, the file loaded longest ago is dropped, and read
            again when it is requested.
        links: The links of feeds to hubs and to themselves, for header fields.
    """

    def __init__(
        self,
        public: Path,
        clock: Clock,
        *,
        max_file: int = MAX_FILE,
        max_total: int = MAX_TOTAL,
        links: Links = NO_LINKS,
    ) -> None:
        self._links = links
        self._public = str(public.absolute())
        self._clock = clock
        self._max_file = max_file
        self._max_total = max_total
        self._entries: dict[str, _Entry] = {}
        self._total = 0
        self._overflowed = False
        self._reservations = Reservations(public.absolute())
        self._complained = float("-inf")

    def find(self, path: str) -> Representation | None:
        """The file that is served at a decoded URL path; None if there is none.

        A file that cannot be read at the moment is served as it was.

        Raises:
            OSError: The file cannot be read, and is not in memory.
        """
        if self._reservations.have_changed(self._clock.monotonic()):
            self._entries = {name: replace(it, settled=False) for name, it in self._entries.items()}
        entry = self._entries.get(path)
        if entry is not None and entry.settled:
            try:
                if _signature(os.lstat(entry.file)) == entry.signature:
                    return entry.representation
            except OSError:
                pass  # it is gone, or cannot be examined: loading finds out which
        name = file_of(path)
        kind = None if name is None else self._links.kind_of(name)
        return None if name is None or kind is None else self._load(path, name, kind, entry)

    def newest(self) -> datetime | None:
        """When the newest of the served files was written; None if nothing is published."""
        newest = -1.0
        for folder, folders, names in os.walk(self._public):
            folders[:] = filter(SEGMENT.fullmatch, folders)
            for name in names:
                if SEGMENT.fullmatch(name) and kind_of(name) is not None:
                    newest = max(newest, _written(os.path.join(folder, name)))  # noqa: PTH118 - os.walk speaks str
        return None if newest < 0 else datetime.fromtimestamp(min(newest, self._clock.now().timestamp()), UTC)

    def _load(self, path: str, name: str, kind: Kind, old: _Entry | None) -> Representation | None:
        began = self._clock.monotonic()
        try:
            status, body = _read(self._public, name, self._max_file)
        except OSError as error:
            if error.errno in _ABSENT:
                self._replace(path, None)
                return None
            if began >= self._complained + _COMPLAIN_EVERY:
                self._complained = began
                logger.warning("%s/%s cannot be read: %s", self._public, name, error.strerror)
            if old is None:
                raise
            return old.representation
        signature = _signature(status)
        same = old is not None and old.signature == signature
        since = old.since if old is not None and same else self._clock.monotonic()
        if body is None:
            representation = None
            if not same:
                logger.warning("%s/%s is not served: it is larger than %d bytes", self._public, name, self._max_file)
        else:
            before = old.representation if old else None
            reserved = self._reservations.hold(path)
            representation = self._represent(body, kind, int(status.st_mtime), before, reserved=reserved)
        settled = began >= since + GRAIN
        self._replace(path, _Entry(f"{self._public}/{name}", signature, since, settled, representation))
        return representation

    def _represent(
        self, body: bytes, kind: Kind, written: int, old: Representation | None, *, reserved: bool
    ) -> Representation:
        """The representation of some bytes; unchanged ones keep their dates; no `Last-Modified` is in the future."""
        if old is not None and old.body == body:
            if old.reserved == reserved:
                return old
            modified, unmodified_since = old.modified, old.unmodified_since
            return Representation(body, kind, modified=modified, unmodified_since=unmodified_since, reserved=reserved)
        now = int(self._clock.now().timestamp())
        modified = max(0, min(written, now))
        unmodified_since = modified
        if old is not None and modified <= old.modified:
            modified = max(modified, min(old.modified, now))
            unmodified_since = max(now, old.modified) + 1  # up to this date, a copy may be of the old bytes
        return Representation(body, kind, modified=modified, unmodified_since=unmodified_since, reserved=reserved)

    def _replace(self, path: str, entry: _Entry | None) -> None:
        self._total -= _size(self._entries.pop(path, None))
        if entry is None:
            return
        self._entries[path] = entry
        self._total += _size(entry)
        while self._total > self._max_total:
            self._total -= _size(self._entries.pop(next(iter(self._entries))))
            if not self._overflowed:
                self._overflowed = True
                logger.warning(
                    "%s does not fit into %d bytes of memory: some files are read at every request",
                    self._public,
                    self._max_total,
                )


def _size(entry: _Entry | None) -> int:
    return len(entry.representation.body) if entry is not None and entry.representation is not None else 0


def _signature(status: os.stat_result) -> _Signature:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _written(file: str) -> float:
    """The time stamp of a regular file, in seconds since 1970; -1 if it is no regular file."""
    try:
        status = os.lstat(file)
    except OSError:
        return -1.0
    return max(0.0, status.st_mtime) if stat.S_ISREG(status.st_mode) else -1.0


def _read(public: str, name: str, max_file: int) -> tuple[os.stat_result, bytes | None]:
    """A file's status (`os.stat_result`) and bytes; None instead of bytes if it is larger than `max_file`.

    Raises:
        OSError: The file cannot be read; with a number of `_ABSENT`, there is no regular file of that name.
    """
    *folders, leaf = name.split("/")
    at = os.open(public, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        descriptor = os.open(leaf, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    finally:
        os.close(at)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if status.st_size > max_file:
            return status, None
        with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
            body = file.readall() or b""
    finally:
        os.close(descriptor)
    if len(body) != status.st_size:
        raise BlockingIOError(errno.EAGAIN, "it changed while it was read")
    return status, body
