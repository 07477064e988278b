"""The operator's pages, for whoever knows the password (RFC 7617): a page, a feed of faults, and metrics."""

import base64
import binascii
import hmac
from pathlib import Path

from syndicator.model.noun import replace
from syndicator.serve.media import KINDS, Kind
from syndicator.serve.representation import Representation

HOME = "/operator"
METRICS = Kind(media_type=b"text/plain; version=0.0.4; charset=utf-8", shared=False)
"""Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/."""

_PAGES = {
    f"{HOME}/": ("index.html", KINDS[".html"]),
    f"{HOME}/faults.atom": ("faults.atom", replace(KINDS[".atom"], shared=False)),
    f"{HOME}/metrics": ("metrics", METRICS),
}


class Operator:
    """The operator's pages.

    Args:
        folder: Where they lie; it may appear later.
        username: Of the operator.
        password: Likewise.
    """

    def __init__(self, folder: Path, username: str, password: str) -> None:
        self._folder = folder
        self._secret = f"{username}:{password}".encode()
        self._known: dict[str, Representation] = {}

    def has(self, path: str) -> bool:
        """Whether something of ours stands at a decoded URL path."""
        return path == HOME or path in _PAGES

    def admits(self, authorization: bytes) -> bool:
        """Whether these credentials, the value of the field `Authorization`, are the operator's."""
        scheme, _, told = authorization.partition(b" ")
        try:
            given = base64.b64decode(told.strip(b" "), validate=True) if scheme.lower() == b"basic" else b""
        except binascii.Error:
            given = b""
        return hmac.compare_digest(given, self._secret)

    def page(self, path: str) -> Representation:
        """What stands at one of the paths.

        Raises:
            OSError: It is not there yet, or cannot be read.
        """
        name, kind = _PAGES[path]
        file = self._folder / name
        modified, body = int(file.stat().st_mtime), file.read_bytes()
        known = self._known.get(path)
        if known is None or known.body != body or known.modified != modified:
            # written many times a minute: within a second, nobody is told that nothing has changed by its date alone
            known = Representation(body, kind, modified=modified, unmodified_since=modified + 1)
            self._known[path] = known
        return known
