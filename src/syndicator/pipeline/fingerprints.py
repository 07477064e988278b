"""Fingerprints of published files: what each was made from, until when it is current, and whether it is reserved.

The store keeps one beside each file's name. A file is rendered anew when what it is made from has changed, or when
something in it is to disappear by now; those that are reserved from text and data mining are listed (`publish/tdmrep`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from syndicator.model.document import Document

_DIGEST = 16
"""Bytes of what a file is made from; behind it, if there is anything to say: reserved or not, and until when."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def fingerprint(made_from: bytes, document: Document) -> bytes:
    """The fingerprint of a file that shows a document and is made from what has this digest."""
    if not document.reserved and document.until is None:
        return made_from
    seconds = 0 if document.until is None else -((_EPOCH - document.until) // _SECOND)
    return made_from + bytes([document.reserved]) + max(seconds, 0).to_bytes(8, "big")


def is_current(known: bytes | None, made_from: bytes, now: datetime) -> bool:
    """Whether a file with this fingerprint, None where there is no file, is as it would be made now."""
    return known is not None and known[:_DIGEST] == made_from[:_DIGEST] and (until(known) or now) >= now


def until(known: bytes) -> datetime | None:
    """When the first of what a file shows is to disappear; None: nothing is."""
    seconds = int.from_bytes(known[_DIGEST + 1 :], "big")
    return _EPOCH + timedelta(seconds=seconds) if seconds else None


def is_reserved(known: bytes) -> bool:
    """Whether a file holds words that are reserved from mining."""
    return known[_DIGEST : _DIGEST + 1] == b"\1"


def next_change(known: Iterable[bytes]) -> datetime | None:
    """When the next of these files is to be made anew, though nothing has changed; None: none is."""
    return min(filter(None, map(until, known)), default=None)
