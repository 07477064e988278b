"""Read `file:` sources, which must be below the configuration's folder."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from syndicator.fetch.failures import RefusedError, too_large
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response
from syndicator.text.urls import local_path


def read_file(request: Request, root: Path, max_body: int) -> Response | Failed:
    """Read a file as if a host had sent it; the answer for an unchanged file is 304.

    Args:
        request: A request with a `file:` address (RFC 8089), whose query and fragment are ignored.
        root: The folder below which the file must be, after symbolic links are resolved.
        max_body: The most bytes that the file may have.

    Returns:
        An answer with an `etag` made of modification time, size and inode; or a failure of the kind `file` or
        `too-large`.
    """
    try:
        path = _path(request.url)
        return _read(request, path, _resolved(path, root), max_body)
    except RefusedError as error:
        return error.failed


def _path(url: str) -> Path:
    """Return the absolute path of the file that an address names."""
    try:
        path = local_path(url)
        if urlsplit(url).netloc not in {"", "localhost"} or not path.is_absolute():
            raise _refused("The address names no file on this machine.", "Write it as file:///path/to/file.")
    except ValueError:
        raise _no_file() from None
    return path


def _resolved(path: Path, root: Path) -> Path:
    """Return a path without symbolic links, if it is below the folder `root`."""
    try:
        resolved, folder = path.resolve(), root.resolve()
    except (ValueError, OSError, RuntimeError):  # a NUL, a name that is too long, a loop of links
        raise _no_file() from None
    if not resolved.is_relative_to(folder):
        raise _refused(
            f"The file {_shown(path)} lies outside the configuration's folder.",
            "Move the file there: a link to it is not enough.",
        )
    return resolved


def _shown(path: Path) -> str:
    """Return a path for people, even if its name is not UTF-8; `pipeline.redaction` hides private parts."""
    return os.fsencode(path).decode("utf-8", "replace")


def _read(request: Request, named: Path, path: Path, max_body: int) -> Response:
    try:
        # Without O_NONBLOCK, opening a named pipe waits for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise _refused(f"{_shown(named)} is a folder or a device, not a file.", "Name a file.")
            headers = (("etag", f'"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"'),)
            if request.validators.etag == headers[0][1]:
                return Response(url=request.url, status=304, headers=headers)
            with open(descriptor, "rb", closefd=False) as file:
                body = file.read(max_body + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise _refused(
            f"The file {_shown(named)} does not exist.", "Put the file there, or correct the address."
        ) from None
    except OSError as error:
        raise _refused(
            f"The file {_shown(named)} cannot be read: {error.strerror}.", "Check its permissions."
        ) from None
    if len(body) > max_body:
        raise too_large(f"The file {_shown(named)}", max_body, "Split it, or raise `max_body`.")
    return Response(url=request.url, status=200, headers=headers, body=body)


def _refused(message: str, remedy: str) -> RefusedError:
    return RefusedError(FailureKind.FILE, message, remedy)


def _no_file() -> RefusedError:
    return _refused("The address names a file that cannot exist.", "Check how the address is written.")
