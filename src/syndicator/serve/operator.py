"""The operator's pages, for whoever knows the password (RFC 7617): a page, a feed of faults, and metrics."""

import base64
import binascii
import hashlib
import hmac
from pathlib import Path

from syndicator.clock import Clock
from syndicator.model.noun import replace
from syndicator.serve import answers
from syndicator.serve.answers import Answer
from syndicator.serve.guesses import Guesses
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
        clock: Tells how long ago somebody guessed it.
    """

    def __init__(self, folder: Path, username: str, password: str, clock: Clock) -> None:
        self._folder = folder
        self._secret = hashlib.sha256(f"{username}:{password}".encode()).digest()
        self._guesses = Guesses(clock.monotonic)
        self._known: dict[str, Representation] = {}

    def has(self, path: str) -> bool:
        """Whether something of ours stands at a decoded URL path."""
        return path == HOME or path in _PAGES

    def refusal(self, authorization: bytes, client: str) -> Answer | None:
        """Why whoever gives these credentials, the value of the field `Authorization`, is not let in; None: he is.

        Args:
            authorization: The field's value; empty: there was none, which is no guess.
            client: Who gives them, as `guesser` has it.
        """
        if not authorization:
            return answers.NOT_ADMITTED
        if seconds := self._guesses.wait(client, authorization):
            return answers.guessed_too_often(seconds)
        if self._admits(authorization):
            self._guesses.was_right(client)
            return None
        self._guesses.was_wrong(client, authorization)
        return answers.NOT_ADMITTED

    def _admits(self, authorization: bytes) -> bool:
        scheme, _, told = authorization.partition(b" ")
        try:
            given = base64.b64decode(told.strip(b" "), validate=True) if scheme.lower() == b"basic" else b""
        except binascii.Error:
            given = b""
        return hmac.compare_digest(hashlib.sha256(given).digest(), self._secret)  # of one length, whatever was given

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
