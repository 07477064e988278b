"""The operator's pages, protected by a password (RFC 7617): a status page, a feed of faults, and metrics."""

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
"""The kind of the metrics: Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/."""

_PAGES = {
    f"{HOME}/": ("index.html", KINDS[".html"]),
    f"{HOME}/faults.atom": ("faults.atom", replace(KINDS[".atom"], shared=False)),
    f"{HOME}/metrics": ("metrics", METRICS),
}


class Operator:
    """The operator's pages.

    Args:
        folder: The folder with their files; it may appear later.
        username: The operator's user name.
        password: The operator's password.
        clock: Gives the time, for the rate limit of wrong passwords.
    """

    def __init__(self, folder: Path, username: str, password: str, clock: Clock) -> None:
        self._folder = folder
        self._secret = hashlib.sha256(f"{username}:{password}".encode()).digest()
        self._guesses = Guesses(clock.monotonic)
        self._known: dict[str, Representation] = {}

    def has(self, path: str) -> bool:
        """Whether one of the operator's pages is at a decoded URL path."""
        return path == HOME or path in _PAGES

    def refusal(self, authorization: bytes, client: str) -> Answer | None:
        """The answer that refuses a client; None if its credentials are right.

        Args:
            authorization: The value of the field `Authorization`; empty if there was none, which is no guess.
            client: The client's network, as `guesser` gives it.
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
        return hmac.compare_digest(hashlib.sha256(given).digest(), self._secret)  # digests have the same length

    def page(self, path: str) -> Representation:
        """The page at one of the paths.

        Raises:
            OSError: Its file is not there yet, or cannot be read.
        """
        name, kind = _PAGES[path]
        file = self._folder / name
        modified, body = int(file.stat().st_mtime), file.read_bytes()
        known = self._known.get(path)
        if known is None or known.body != body or known.modified != modified:
            # It is written many times a minute: a date within the same second does not show that it is unchanged.
            known = Representation(body, kind, modified=modified, unmodified_since=modified + 1)
            self._known[path] = known
        return known
