"""Which entries a source showed last, kept in its row: eight bytes stand for each key."""

from bisect import bisect_left
from collections.abc import Iterable

from syndicator.text.keys import digest

_BYTES = 8


def name(key: str) -> bytes:
    """What stands for an entry among those of its source."""
    return digest(key)[:_BYTES]


def pack(keys: Iterable[str]) -> bytes:
    """The names of entries, in one piece."""
    return b"".join(sorted({name(key) for key in keys}))


def has(packed: bytes, wanted: bytes) -> bool:
    """Whether a name is among those that `pack` put together: looked for where they lie, for they may be very many."""
    at = bisect_left(range(0, len(packed), _BYTES), wanted, key=lambda start: packed[start : start + _BYTES])
    return packed[at * _BYTES : (at + 1) * _BYTES] == wanted
