"""The entries that a source showed last, as one value in its row: each key is shortened to a name of eight bytes."""

from bisect import bisect_left
from collections.abc import Iterable

from syndicator.text.keys import digest

_BYTES = 8  # length of a name


def name(key: str) -> bytes:
    """Return the short name of an entry's key, which is unique inside its source."""
    return digest(key)[:_BYTES]


def pack(keys: Iterable[str]) -> bytes:
    """Join the names of entries' keys, sorted, into one value."""
    return b"".join(sorted({name(key) for key in keys}))


def has(packed: bytes, wanted: bytes) -> bool:
    """Whether a name is in a value that `pack` made; searched in place, since there may be very many names."""
    at = bisect_left(range(0, len(packed), _BYTES), wanted, key=lambda start: packed[start : start + _BYTES])
    return packed[at * _BYTES : (at + 1) * _BYTES] == wanted
