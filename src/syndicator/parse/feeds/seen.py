"""Entries that stand there as they did before: they are told by their bytes, and nothing more of them is read.

    an entry's bytes, and what it inherits  →  a digest, `written`, which goes into its `found_hash`
    the next document has that digest       →  an entry of two fields: its key, and the hash that it is known by

So a document that shows twenty-four known entries and a new one costs little more than the new one.
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
        raw: Its bytes.
        digest: Of these, and of all else that decides what is read of it; empty: it need not be known.
    """

    raw: bytes
    digest: bytes


Seen = Mapping[bytes, tuple[str, bytes]]
"""Key and `found_hash` of known entries, by how each is written."""


def seen(memory: SourceMemory) -> Seen | None:
    """What a source's parser need not read again; None: its ids are not what tells its entries apart.

    An id that different entries have shared is none to know an entry by: what its key is, its document decides.
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
    """Read a document's entries; of one that is `known` only the key and the hash are given.

    One whose key another entry of the document has, too, is read all the same: what they say tells them apart.

    Args:
        elements: Each with its bytes.
        read: Reads one, given how it is written.
        inherited: All else that decides what is read of one; its `repr` tells it from others.
        known: What `seen` gave.
    """
    if known is None:
        return tuple(read(element, Written(raw, b"")) for element, raw in elements)
    outer = sha256(repr((NORMALIZER_VERSION, inherited)).encode())  # twice as quick as blake2b: processors know it
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
