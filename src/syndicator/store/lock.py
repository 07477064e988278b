"""The lock, by which only one process writes and publishes, and which shows whether the database was closed well."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from syndicator.errors import LockedError, StoreError
from syndicator.store.door import is_there


class Lock:
    """The right to write, which an open file descriptor holds; it ends with the process, however the process ends."""

    def __init__(self, store: Path) -> None:
        """Take the lock of the database's folder, which can have only one control socket and one status file.

        Raises:
            LockedError: Another process has the lock.
            StoreError: The folder, or the lock file in it, cannot be written.
        """
        self.path = store.with_name("syndicator.lock")
        self._claimed: int | None = None
        try:
            store.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._folder = _open_folder(store.parent)
        except OSError as error:
            if os.path.lexists(self.path):  # it is another user's, as after root ran a command in the service's folder
                raise StoreError(
                    f"{self.path} cannot be written ({error.strerror}).",
                    "If a command that another user ran has made it, give this user everything that lies there:"
                    f" chown -R USER {store.parent}",
                ) from error
            raise StoreError(
                f"The folder {store.parent} cannot be written ({error.strerror}).",
                "Give this user the right to write there, or set [paths] store to another file.",
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _lock_folder(self._folder)  # if the lock file were deleted, another process could lock a new one
        except OSError as error:
            self._let_go()
            raise LockedError(
                f"Another syndicator is using {store.parent}.",
                "Stop it first, or give this one a [paths] store in a folder of its own.",
            ) from error

    def trusts(self, store: Path) -> bool:
        """Whether the database file is as we closed it, so that it need not be checked as a whole."""
        state = _state(store)
        return state != b"?" and os.pread(self._descriptor, 256, 0) == state

    def claim(self, folder: Path) -> None:
        """Let no other process publish into a folder; a later claim, also of a new folder of that name, replaces it.

        Else two processes with separate databases could overwrite each other's files again and again. A folder that
        does not exist or cannot be opened is not claimed.

        Raises:
            LockedError: Another process has claimed it.
        """
        try:
            if self._claimed is not None and os.path.samestat(os.fstat(self._claimed), folder.stat()):
                return
            descriptor = _open_folder(folder)
        except OSError:
            return
        try:
            _lock_folder(descriptor)
        except BlockingIOError as error:
            os.close(descriptor)
            raise LockedError(
                f"Another syndicator publishes into {folder}.",
                "If that is your service, and its [paths] store has changed, restart it; else give this one a [paths]"
                " public of its own.",
            ) from error
        if self._claimed is not None:
            os.close(self._claimed)
        self._claimed = descriptor

    def release(self, store: Path | None = None) -> None:
        """Release the lock.

        Args:
            store: The database, if it was closed well; None if whoever opens it next must check it as a whole.
        """
        os.ftruncate(self._descriptor, 0)
        with suppress(OSError):  # on a full disk the lock file stays empty, and the database is checked next time
            os.pwrite(self._descriptor, _state(store) if store else b"", 0)
        self._let_go()

    def _let_go(self) -> None:
        if self._claimed is not None:
            os.close(self._claimed)
        os.close(self._folder)
        os.close(self._descriptor)


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _lock_folder(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # not every file system can lock folders (NFS); there, only the lock file counts
        pass


def _state(store: Path) -> bytes:
    """Return a text that changes with the file.

    It is a question mark if there is no file, or if a log beside it shows that it was not closed well.
    """
    if not is_there(store) or store.with_name(f"{store.name}-wal").exists():
        return b"?"
    found = store.stat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}".encode()
