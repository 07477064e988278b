"""Which files are reserved from text and data mining: what `/.well-known/tdmrep.json` in the published folder says.

That file is for miners that look there (TDM Reservation Protocol), and for other servers. This one sends the header.
"""

import os
import re
from collections.abc import Collection
from pathlib import Path

import orjson

FIELD = (b"tdm-reservation", b"1")
FOLDER = ".well-known"
_MAX_FILE = 64 * 1024 * 1024  # of many channels with long archives, some
_EVERY = 0.1
_BELOW = re.compile(r"/(?=(?:feeds/(?:[^/]*|[^/]+/\d+(?:\.\w+)?))?$)")
"""Before the address of a page with stories, a feed or a document of its archive."""
_Signature = tuple[int, int, int, int]


class Reservations:
    """The reserved files, as the list was when it was last looked at.

    Args:
        public: The published folder; it and the list may come and go.
    """

    def __init__(self, public: Path) -> None:
        self._file = public / FOLDER / "tdmrep.json"
        self._signature: _Signature | None = None
        self._places: frozenset[str] = frozenset()
        self._root = ""
        self._next_look = float("-inf")

    def have_changed(self, monotonic: float) -> bool:
        """Look at the list again, at most ten times a second; returns whether it has changed."""
        if monotonic < self._next_look:
            return False
        self._next_look = monotonic + _EVERY
        try:
            status = os.lstat(self._file)
            signature = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        except OSError:
            signature = None
        if signature == self._signature:
            return False
        self._signature, before = signature, self._places
        self._places = frozenset(self._read())
        self._root = _root(self._places)
        return self._places != before

    def hold(self, path: str) -> bool:
        """Whether what stands at an address is reserved."""
        return self._root + path in self._places

    def _read(self) -> list[str]:
        try:
            with self._file.open("rb") as file:
                rules = orjson.loads(file.read(_MAX_FILE))
            return [str(rule["location"]).removesuffix("$") for rule in rules if rule["tdm-reservation"] == 1]
        except (OSError, ValueError, TypeError, KeyError):
            return []


def _root(places: Collection[str]) -> str:
    """The path that the site lies below: the same before all of them, since a page is reserved with its feeds."""
    roots = [{place[: it.start()] for it in _BELOW.finditer(place)} for place in places]
    return min(set.intersection(*roots), key=len, default="") if roots else ""
