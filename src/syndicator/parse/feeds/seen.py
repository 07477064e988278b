"""Recognise unchanged entries by a digest of their bytes, so that none of their fields are read again.

    an entry's bytes, and what it inherits  →  a digest, `written`, which goes into its `found_hash`
    the next document has that digest       →  an entry of two fields: its key, and its known `found_hash`

So a document with twenty-four known entries and a new one costs little more than the new one.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple, TypeVar

from syndicator.model.article import Entry
from syndicator.model.state import KeyedBy, SourceMemory
from syndicator.parse.feeds.entries import key_of, shared_ids
from syndicator.text.keys import NORMALIZER_VERSION, WRITTEN, is_shared, written

Element = TypeVar("Element")


class Written(NamedTuple):
    """How an entry is written.

    Attributes:
        raw: The entry's bytes.
        digest: The digest of these, and of all else that decides what is read of the entry; empty: it was not computed,
            because nothing is skipped in this document.
    """

    raw: bytes
    digest: bytes


Seen = Mapping[bytes, tuple[str, bytes]]
"""The key and the `found_hash` of each known entry, by the digest of how it is written."""


def seen(memory: SourceMemory) -> Seen | None:
    """Give the entries that a source's parser need not read again.

    Entries whose id different entries have shared are left out: their keys depend on what else is in the document.

    Args:
        memory: What is remembered of the source.

    Returns:
        The entries; None: the source's ids do not tell its entries apart, so all are read.
    """
    if memory.keyed_by is not KeyedBy.GUID:
        return None
    shared = shared_ids(memory.entries)
    return {
        digest: (key, found)
        for key, found in memory.entries.items()
        if (digest := written(found)) and key not in shared and not is_shared(key)
    }


def read_new(
    elements: Iterable[tuple[Element, bytes]],
    read: Callable[[Element, Written], Entry],
    inherited: object,
    known: Seen | None,
) -> tuple[Entry, ...]:
    """Read a document's entries; of an entry that is `known`, only the key and the hash are given.

    A known entry is read all the same if another entry of the document has its key: link and title tell them apart.

    Args:
        elements: The entries' elements, each with its bytes.
        read: Reads one entry, given its element and how it is written.
        inherited: All else that decides what is read of an entry; its `repr` is part of the digest.
        known: What `seen` gave.
    """
    if known is None:
        return tuple(read(element, Written(raw, b"")) for element, raw in elements)
    outer = sha256(repr((NORMALIZER_VERSION, inherited)).encode())  # processors compute it twice as fast as blake2b
    entries: list[Entry] = []
    skipped: list[tuple[int, Element, Written]] = []
    for element, raw in elements:
        digest = outer.copy()
        digest.update(raw)
        own = Written(raw, digest.digest()[:WRITTEN])
        if own.digest in known:
            key, found = known[own.digest]
            skipped.append((len(entries), element, own))
            entries.append(Entry(key=key, found=found))
        else:
            entries.append(read(element, own))
    if skipped:
        taken = {key_of(it) for it in entries if not it.found}
        for place, element, own in skipped:
            if entries[place].key in taken:
                entries[place] = read(element, own)
    return tuple(entries)
