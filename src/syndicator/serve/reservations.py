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
_MAX_FILE = 64 * 1024 * 1024  # the most bytes of the list; many channels with long archives take some
_EVERY = 0.1  # the least seconds between two looks at the list
_BELOW = re.compile(r"/(?=(?:feeds/(?:[^/]*|[^/]+/\d+(?:\.\w+)?))?$)")
"""The slash before the rest of an address that may be reserved: of a page with stories, a feed or its archive."""
_Signature = tuple[int, int, int, int]


class Reservations:
    """The files that are reserved from text and data mining, by the published list when it was last read.

    Args:
        public: The published folder; the folder and the list may appear and disappear.
    """

    def __init__(self, public: Path) -> None:
        self._file = public / FOLDER / "tdmrep.json"
        self._signature: _Signature | None = None
        self._places: frozenset[str] = frozenset()
        self._root = ""
        self._next_look = float("-inf")

    def have_changed(self, monotonic: float) -> bool:
        """Read the list again, at most ten times a second; return whether it has changed."""
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
        """Whether the file at an address is reserved."""
        return self._root + path in self._places

    def _read(self) -> list[str]:
        try:
            with self._file.open("rb") as file:
                rules = orjson.loads(file.read(_MAX_FILE))
            return [str(rule["location"]).removesuffix("$") for rule in rules if rule["tdm-reservation"] == 1]
        except (OSError, ValueError, TypeError, KeyError):
            return []


def _root(places: Collection[str]) -> str:
    """The path of the site's root, which all listed places have in common: a page is always reserved with its feeds."""
    roots = [{place[: it.start()] for it in _BELOW.finditer(place)} for place in places]
    return min(set.intersection(*roots), key=len, default="") if roots else ""
