"""Published files: replaced atomically, and only by bytes that a strict parser accepts."""

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from lxml import html

from syndicator.errors import PublishError

_PREFIX = ".syndicator-"
_SUFFIX = ".part"
_MODE = 0o644
_XML = {"rss", "atom", "opml", "xml"}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def check(kind: str, data: bytes) -> None:
    """Check that a strict parser accepts the bytes; to be called before they replace a good file.

    Args:
        kind: A name from `FORMATS` or a file's suffix: "rss", ".atom", ".json", ".opml", ".html". Files of other kinds
            are only checked not to be empty.
        data: The bytes that are to be published.

    Raises:
        PublishError: The bytes are not well-formed.
    """
    kind = kind.rpartition(".")[2].lower()
    try:
        if not data:
            raise ValueError("it is empty")  # noqa: TRY301  # handled below like a parser's error
        if kind in _XML:
            expat.ParserCreate(namespace_separator=" ").Parse(data, True)
        elif kind in {"json", "jsonld"}:
            json.loads(data.decode("utf-8"))
        elif kind == "html":
            html.document_fromstring(data)
    except (ValueError, expat.ExpatError, html.etree.ParserError) as error:
        raise PublishError(
            f"A {kind} document was not published, because a reader would refuse it: {error}.",
            "What was published before stays. This is a bug of syndicator; please report it.",
        ) from error


def replace(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Write the bytes to a path atomically: that survives a crash and, if `durable` is set, a power cut.

    Missing folders are made. A reader of the path sees either the old file or the new one, at every moment.

    Args:
        path: The path of the file.
        data: The bytes; if the file has the same ones, it is left untouched, with its modification time.
        durable: Whether to wait for the disk: not worth it for files that are rewritten all the time.

    Returns:
        Whether the file was written.

    Raises:
        PublishError: The file cannot be written; the old one is still there.
    """
    with _explained(path):
        _make_folder(path.parent)
        if stat.S_ISREG(_mode(path)) and path.read_bytes() == data:
            return False
        part = path.with_name(f"{_PREFIX}{path.name}{_SUFFIX}")
        try:
            part.unlink(missing_ok=True)
            _write(part, data, durable=durable)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        if durable:
            _sync_folder(path.parent)
        return True


def make(folder: Path, *, private: bool = False) -> None:
    """Make a folder and its parents, if they are missing.

    Args:
        folder: The folder.
        private: Whether to deny other users access to it, also if it was there with other permissions.

    Raises:
        PublishError: The folder cannot be made, or belongs to somebody else, so that it cannot be made private.
    """
    with _explained(folder):
        _make_folder(folder)
        if private:
            folder.chmod(0o700)


def remove(path: Path) -> bool:
    """Remove a published file.

    Returns:
        Whether there was one.

    Raises:
        PublishError: The file cannot be removed.
    """
    with _explained(path):
        if not stat.S_ISREG(_mode(path)):
            return False
        path.unlink()
        _sync_folder(path.parent)
        return True


def sweep(folder: Path) -> int:
    """Remove the temporary files that a crash during `replace` left in a folder; nothing else is touched.

    Returns:
        How many files were removed.

    Raises:
        PublishError: A file cannot be removed, or the folder cannot be listed.
    """
    with _explained(folder):
        parts = sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")) if stat.S_ISDIR(_mode(folder)) else []
    return sum(remove(part) for part in parts)


def _mode(path: Path) -> int:
    """The mode (stat(2)) of what is at a path; 0 if nothing is there.

    `Path.is_file` would take a path that may not be examined for a missing one.

    Raises:
        OSError: The path cannot be examined.
    """
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _write(path: Path, data: bytes, *, durable: bool) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, _MODE)  # whatever the umask: a web server of another user reads these files
        file.write(data)
        file.flush()
        if durable:
            os.fsync(descriptor)


def _make_folder(folder: Path) -> None:
    if not stat.S_ISDIR(_mode(folder)):
        _make_folder(folder.parent)
        try:
            folder.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, f"{folder} is not a folder") from error
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in the folder durable: `fsync` of the file itself does not (see fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = (
            "Free some space on its disk; a running service tries again by itself."
            if error.errno in _NO_SPACE
            else f"Let this user write to {path.parent}, or name another place under [paths], where it may."
        )
        raise PublishError(f"{path} cannot be written: {error.strerror or error}.", remedy) from error
