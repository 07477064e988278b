"""What a published file was made from, for how long it holds, and whether it is reserved: kept beside its name.

A file is rendered anew when what it is made from has changed, or when something in it is to disappear by now. Which
files hold words that are reserved from text and data mining is told in `/.well-known/tdmrep.json`, as the TDM
Reservation Protocol has it (https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/); our own server
sends the header, too.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import orjson

from syndicator.model.document import Document

TDMREP = ".well-known/tdmrep.json"
_PRINT = 16  # bytes of a digest
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def noted(print_: bytes, document: Document) -> bytes:
    """The fingerprint of a file that shows a document, with what is to be remembered of that."""
    if not document.reserved and document.until is None:
        return print_
    until = 0 if document.until is None else -((_EPOCH - document.until) // _SECOND)
    return print_ + bytes([document.reserved]) + max(until, 0).to_bytes(8, "big")


def holds(known: bytes | None, print_: bytes, now: datetime) -> bool:
    """Whether a file is as it would be made now."""
    return known is not None and known[:_PRINT] == print_[:_PRINT] and (until(known) or now) >= now


def until(known: bytes) -> datetime | None:
    """When the first of what a file shows is to disappear; None: nothing is."""
    seconds = int.from_bytes(known[_PRINT + 1 :], "big")
    return _EPOCH + timedelta(seconds=seconds) if seconds else None


def reserved(known: bytes) -> bool:
    """Whether a file holds words that are reserved from mining."""
    return known[_PRINT : _PRINT + 1] == b"\1"


def next_change(known: Iterable[bytes]) -> datetime | None:
    """When the next file is to be made anew, though nothing has changed; None: none is."""
    return min(filter(None, map(until, known)), default=None)


def render_tdmrep(base_url: str, known: Mapping[str, bytes]) -> bytes:
    """The reserved files by their addresses, as TDMRep lists them; `$` ends one that could begin others."""
    root = urlsplit(base_url).path
    places = [root + _address(name) for name, it in sorted(known.items()) if reserved(it)]
    rules = [{"location": place, "tdm-reservation": 1} for place in places]
    return orjson.dumps(rules, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _address(name: str) -> str:
    """Where a file is found below the site's root: a page has no suffix, and a folder's page no name."""
    page = name.removesuffix(".html")
    return name if page == name else f"{page.removesuffix('index')}$"
