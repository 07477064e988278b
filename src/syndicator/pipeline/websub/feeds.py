"""Feeds: which feeds are published, with a digest of each one's bytes that shows whether it has changed."""

from collections.abc import Mapping
from pathlib import Path

from syndicator.publish import FORMATS
from syndicator.publish.social_events import ADDRESSES
from syndicator.store import Store
from syndicator.text.keys import digest

_SUFFIXES = tuple(it.suffix for it in FORMATS.values())
"""The suffixes of files that are feeds."""


class Feeds:
    """The feeds that are published.

    Args:
        store: Where it is stored which files are published.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = -1
        # by file name: the fingerprint of what it is made from, and the digest of its bytes
        self._feeds: dict[str, tuple[bytes, bytes]] = {}

    def look(self, public: Path) -> Mapping[str, bytes]:
        """Return the digest of each feed's bytes, by the file's name; a feed that cannot be read is left out.

        The digest is of the bytes because a feed that was made anew may be the same as before, and is no news then.
        """
        if self._seen != self._store.publications:
            found = {}
            for name, made_from in self._store.published().items():
                if is_feed(name):
                    known = self._feeds.get(name, (b"", b""))
                    found[name] = known if known[0] == made_from else (made_from, _digest(public / name))
            self._feeds = found
            self._seen = self._store.publications
        return {name: it for name, (_, it) in self._feeds.items() if it}

    def has(self, name: str) -> bool:
        """Whether a feed was published at the last `look`, even if it cannot be read."""
        return name in self._feeds


def is_feed(name: str) -> bool:
    """Whether a published file is a feed, to which people subscribe; archive documents, which never change, are not."""
    folder, _, leaf = name.rpartition("/")
    return (folder == "feeds" and leaf.endswith(_SUFFIXES)) or name in ADDRESSES.values()


def _digest(path: Path) -> bytes:
    """Return the digest of a file's bytes; empty if it cannot be read, so that nobody is told of it."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return b""
