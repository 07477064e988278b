"""The lock: one process writes and publishes, and the next one knows whether the file was closed well."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from syndicator.errors import LockedError, StoreError
from syndicator.store.door import is_there


class Lock:
    """The right to write, held on an open descriptor: it ends with the process, however that ends."""

    def __init__(self, store: Path) -> None:
        """Take the lock of the database's folder: control socket and status file stand there but once.

        Raises:
            LockedError: Another process has it.
            StoreError: The folder, or the lock's file in it, cannot be written.
        """
        self.path = store.with_name("syndicator.lock")
        self._claimed: int | None = None
        try:
            store.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._folder = _open_folder(store.parent)
        except OSError as error:
            if os.path.lexists(self.path):  # somebody else's, as after a command that root ran in a service's folder
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
            _lock_folder(self._folder)  # if the lock's file is deleted, the next one would find another, and free
        except OSError as error:
            self._let_go()
            raise LockedError(
                f"Another syndicator is using {store.parent}.",
                "Stop it first, or give this one a [paths] store in a folder of its own.",
            ) from error

    def trusts(self, store: Path) -> bool:
        """Whether the file is as we closed it, so that it needs no look through all of it."""
        state = _state(store)
        return state != b"?" and os.pread(self._descriptor, 256, 0) == state

    def claim(self, folder: Path) -> None:
        """Let no other process publish into a folder; one claimed later, also of the same name, takes its place.

        Two that keep their databases apart would else overwrite each other's files for ever. A folder that is not
        there, or may not be entered, is nobody's.

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
        """Let another process have it.

        Args:
            store: The database, where it was closed well; None: who opens it next is to look through it.
        """
        os.ftruncate(self._descriptor, 0)
        with suppress(OSError):  # on a full disk it stays empty, and the file is looked through
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
    except OSError:  # not every file system locks folders (NFS): there the lock's file alone counts
        pass


def _state(store: Path) -> bytes:
    """Something that changes with the file; a question mark while a journal lies beside it: nobody closed it well."""
    if not is_there(store) or store.with_name(f"{store.name}-wal").exists():
        return b"?"
    found = store.stat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}".encode()
