"""Read a source's address: an absolute one of the web, or of a file below the configuration's folder."""

import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes

from syndicator.config.addresses import web_address
from syndicator.config.misfit import MisfitError
from syndicator.model.noun import Noun
from syndicator.text.secrets import looks_private, without_secrets

_NEWSREADER = re.compile(r"^feed:(?://(?=https?:))?", re.IGNORECASE)  # feed:https://…, feed://https://…, feed://…
_LONGEST = 4095  # the most bytes of a path (PATH_MAX); resolving a longer one takes quadratic time


class Address(Noun, kw_only=False, unshown=("url", "name", "same_as", "file")):
    """The address of a source.

    Attributes:
        url: The absolute address.
        name: The host and path, or the file's path below the configuration; the default id is made from it.
        same_as: A text that is equal for addresses that differ in spelling only.
        private: Whether the address seems to contain a secret.
        personal: Whether it contains a user name or password.
        file: The absolute path of a `file:` address; None for others.
    """

    url: str
    name: str
    same_as: str
    private: bool = False
    personal: bool = False
    file: Path | None = None


def address(url: str, folder: Path, root: Path, *, secret: bool) -> Address:
    """Read a source's address.

    Args:
        url: The address as written.
        folder: The folder of the file in which it is written; a relative `file:` address starts there.
        root: The configuration's folder, symlinks resolved; no `file:` address may lead outside it.
        secret: Whether not even a corrected form of the address may be shown.

    Raises:
        MisfitError: It is no address that can be polled.
    """
    scheme, _, rest = url.partition(":")
    scheme = scheme.lower()
    if scheme == "file":
        return _file(rest, folder, root)
    if scheme not in {"http", "https"}:
        guess = "" if secret else _correction(url)
        raise MisfitError("expected an http:, https: or file: address" + (guess and f"; did you mean {guess}?"))
    normal = web_address(url).partition("#")[0]
    authority, slash, path = normal.partition("?")[0].partition("://")[2].partition("/")
    personal = "@" in authority
    return Address(
        url=url,
        name=authority.rpartition("@")[2] + slash + path,
        same_as=normal,
        private=personal or looks_private(url),
        personal=personal,
    )


def _correction(url: str) -> str:
    """The address that the operator probably meant; empty if it could show a secret."""
    if url.startswith(("./", "../")):
        return "" if looks_private(url) else f"file:{url}"
    guess = _NEWSREADER.sub("", url)
    if "://" not in guess:
        guess = "https://" + guess.lstrip("/")
    try:
        normal = web_address(guess)
    except MisfitError:
        return ""
    return guess if "." in normal.split("/")[2] and without_secrets(normal) == normal else ""


def _file(path: str, folder: Path, root: Path) -> Address:
    if path.startswith("//"):
        host, slash, rest = path[2:].partition("/")
        if host not in {"", "localhost"} or not slash:
            raise MisfitError("a file address names no host: write file:relative/path or file:///absolute/path")
        path = "/" + rest
    if "?" in path or "#" in path:
        raise MisfitError('in a file address "?" is written %3F, and "#" %23')
    local = os.fsdecode(unquote_to_bytes(path))
    if not local or "\0" in local:
        raise MisfitError("a file address needs a path, such as file:../samples/feed.xml")
    if len(os.fsencode(local)) > _LONGEST:
        raise MisfitError(f"names a path longer than {_LONGEST} bytes, which no file can have")
    absolute = Path(os.path.abspath(folder / local))  # noqa: PTH100 - ".." is taken out by name, as in a URL
    resolved = Path(os.path.realpath(absolute))
    if root not in resolved.parents:
        raise MisfitError("leads out of the configuration's folder; copy or move the file into it")
    url = absolute.as_uri()
    shown = absolute if root in absolute.parents else resolved
    return Address(url=url, name=str(shown.relative_to(root)), same_as=url, file=absolute)


def unreadable(file: Path) -> str:
    """Why a file cannot be read at present; empty if it can."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return "does not exist"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not stat.S_ISREG(mode):
        return "is a folder or a device"
    return "" if os.access(file, os.R_OK) else "cannot be read (permission denied)"
