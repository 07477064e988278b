"""The published feeds as they are: which there are, and by which bytes one that has changed is told."""

from collections.abc import Mapping
from pathlib import Path

from syndicator.publish import FORMATS
from syndicator.publish.social_events import ADDRESSES
from syndicator.store import Store
from syndicator.text.keys import digest

_SUFFIXES = tuple(it.suffix for it in FORMATS.values())


class Feeds:
    """What feeds are published.

    Args:
        store: Knows what is.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = -1
        self._feeds: dict[str, tuple[bytes, bytes]] = {}  # what each is made from, and the digest of its bytes

    def look(self, public: Path) -> Mapping[str, bytes]:
        """The digest of each feed's bytes, by the file's name; one that cannot be read is left out.

        One that was made anew may be as it was, and is then no news.
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
        """Whether a feed was published at the last look, even if it cannot be read."""
        return name in self._feeds


def is_feed(name: str) -> bool:
    """Whether a published file is one that people subscribe to; an archive document never changes."""
    folder, _, leaf = name.rpartition("/")
    return (folder == "feeds" and leaf.endswith(_SUFFIXES)) or name in ADDRESSES.values()


def _digest(path: Path) -> bytes:
    """Of a file's bytes; empty: it cannot be read, so nobody can be sent there."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return b""
