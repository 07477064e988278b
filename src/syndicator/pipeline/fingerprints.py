"""Fingerprints of published files: what each was made from, until when it is current, and whether it is reserved.

The store keeps one for each file's name. A file is rendered anew when what it is made from has changed, or when
something in it has to disappear by now. Files that are reserved from text and data mining are listed
(`publish/tdmrep`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from syndicator.model.document import Document

_DIGEST = 16
"""Number of bytes of the digest of what a file is made from, with which a fingerprint begins.

If the file is reserved or something in it has to disappear, a byte (1: reserved, 0: not) and eight bytes (until when,
in seconds since 1970; 0: for ever) follow."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment from which seconds are counted."""
_SECOND = timedelta(seconds=1)
"""The unit in which times are written."""


def fingerprint(made_from: bytes, document: Document) -> bytes:
    """Return the fingerprint of a file that shows a document and is made from what has this digest."""
    if not document.reserved and document.until is None:
        return made_from
    seconds = 0 if document.until is None else -((_EPOCH - document.until) // _SECOND)
    return made_from + bytes([document.reserved]) + max(seconds, 0).to_bytes(8, "big")


def is_current(known: bytes | None, made_from: bytes, now: datetime) -> bool:
    """Whether a file with this fingerprint (None: there is no file) is as it would be made now."""
    return known is not None and known[:_DIGEST] == made_from[:_DIGEST] and (until(known) or now) >= now


def until(known: bytes) -> datetime | None:
    """Return when the first part of what a file shows has to disappear; None: nothing has to."""
    seconds = int.from_bytes(known[_DIGEST + 1 :], "big")
    return _EPOCH + timedelta(seconds=seconds) if seconds else None


def is_reserved(known: bytes) -> bool:
    """Whether a file has texts that are reserved from text and data mining."""
    return known[_DIGEST : _DIGEST + 1] == b"\1"


def next_change(known: Iterable[bytes]) -> datetime | None:
    """Return when the first of these files has to be made anew, although nothing has changed; None: none has to."""
    return min(filter(None, map(until, known)), default=None)
