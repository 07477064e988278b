"""Which entries a source showed last, kept in its row: eight bytes stand for each key."""

from collections.abc import Iterable

from syndicator.text.keys import digest

_BYTES = 8


def name(key: str) -> bytes:
    """By which an entry is known among those of its source."""
    return digest(key)[:_BYTES]


def pack(keys: Iterable[str]) -> bytes:
    """The names of entries, in one piece."""
    return b"".join(sorted({name(key) for key in keys}))


def unpack(packed: bytes) -> frozenset[bytes]:
    """The names that `pack` put together."""
    return frozenset(packed[at : at + _BYTES] for at in range(0, len(packed), _BYTES))
