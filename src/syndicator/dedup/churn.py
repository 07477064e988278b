"""Which entries of a document are known under another key, and whether its source's ids can be trusted.

Everything here is decided from digests (`text.keys.found`), so that a known entry is recognised without being read.

    all but the id is the same    →  it is the same entry under another id
    only the words are the same   →  it is, too, if nearly all ids in the document are new but nearly none of its words

If two polls in a row or more show that ids are worthless, the source's entries are keyed by link or by their words from
then on.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

from syndicator.model.noun import Noun
from syndicator.model.state import KeyedBy
from syndicator.text.keys import NOWHERE, id_of, meant, said, where

MOST = 0.9
"""The share of a document's entries that must have new ids but known content for the ids to be worthless."""
TELLING = 10
"""The least entries of a document that can show by itself that its ids are worthless, or that its links are not."""
PROOF = 10
"""The number of entries that proves for good that a source's ids are worthless.

One poll counts for half of it at most, so that at least two in a row are needed."""

_TRUST = tuple(KeyedBy)
"""The ways to make keys, the most trusted first."""


class Returning(Noun):
    """What a document shows about its source's ids.

    Attributes:
        renamed: Pairs of keys of known entries: the key that the entry had, and the key that it has now.
        keyed_by: What the document suggests to make keys from; the guid, if nothing speaks against that.
        relinked: Whether nearly all its links have changed, or are known to be worthless.
    """

    renamed: tuple[tuple[str, str], ...] = ()
    keyed_by: KeyedBy = KeyedBy.GUID
    relinked: bool = False


def keys(found: Mapping[str, bytes], keyed_by: KeyedBy) -> dict[str, str]:
    """Find the keys of a document's entries.

    By guid, a key is the one that the entry came with. By link, it is a digest of the link if links tell the entries
    apart (`linked`), else a digest of words and link; an entry that shares both with one before it is left out. By
    content, it is a digest of the words, with a number behind it that tells equal ones apart.

    Args:
        found: The key that each entry came with, and its `found_hash`.
        keyed_by: What the keys of the source's entries are made from.

    Returns:
        The key of each entry, by the key that it came with.
    """
    if keyed_by is KeyedBy.GUID:
        return {key: key for key in found}
    if keyed_by is KeyedBy.CONTENT:
        counts = Counter[bytes]()
        own = {}
        for key, it in found.items():
            counts[said(it)] += 1
            own[key] = f"{said(it).hex()}#{counts[said(it)]}"
        return own
    first = dict[bytes, str]()
    for key, it in found.items():
        first.setdefault(said(it) + where(it), key)
    part = where if linked(first) else bytes
    return {key: part(it).hex() for it, key in first.items()}


def linked(found: Collection[bytes]) -> bool:
    """Whether links tell entries apart: there are at least `TELLING` entries, and each has a link of its own."""
    places = [where(it) for it in found]
    return len(set(places)) == len(places) >= TELLING and NOWHERE not in places


def returning(shown: Mapping[str, bytes], known: Mapping[str, bytes], keyed_by: KeyedBy) -> Returning:
    """Find the entries that are known under keys which the document no longer shows.

    Args:
        shown: All the document's keys, each with its `found_hash`.
        known: The keys of the source's known entries, each with its `found_hash`.
        keyed_by: What the keys of the source's entries are made from.
    """
    new = {key: found for key, found in shown.items() if key not in known}
    wanted = {said(found) for found in new.values()}
    gone = {key: found for key, found in known.items() if said(found) in wanted and key not in shown} if new else {}
    if not gone:
        return Returning(relinked=keyed_by is KeyedBy.CONTENT)
    verdict = _verdict(len(shown), new.values(), gone.values())
    trust = _TRUST.index(keyed_by)
    if len(shown) >= TELLING:
        trust = max(trust, _TRUST.index(verdict))
    renamed: list[tuple[str, str]] = []
    for alike in _LIKENESSES[: trust + 2]:
        pairs = _pairs(alike, new, gone)
        renamed += pairs
        for old, key in pairs:
            del new[key], gone[old]
    return Returning(renamed=tuple(renamed), keyed_by=verdict, relinked=_TRUST[trust] is KeyedBy.CONTENT)


def proven(keyed_by: KeyedBy, churn: int, argued: KeyedBy, entries: int) -> tuple[KeyedBy, int]:
    """Decide what a source's keys are made from, from now on.

    Args:
        keyed_by: What they were made from until now.
        churn: How much evidence there was against that.
        argued: What the newest document suggests (`Returning.keyed_by`).
        entries: How many entries it shows; a document without any is no evidence.

    Returns:
        What they are made from, and how much evidence there is against that now.
    """
    if not entries:
        return keyed_by, churn
    if _TRUST.index(argued) <= _TRUST.index(keyed_by):
        return keyed_by, 0
    churn += min(entries, PROOF // 2)
    return (argued, 0) if churn >= PROOF else (keyed_by, churn)


def _verdict(entries: int, new: Iterable[bytes], gone: Iterable[bytes]) -> KeyedBy:
    """Suggest what keys are to be made from.

    By link, if nearly all entries have new ids but known links and words; by content, if only their words are known;
    else by guid. Equal entries count once, because a repeated notice is no proof.
    """
    here, before = set(map(_words_and_link, new)), set(map(_words_and_link, gone))
    if len(here & before) >= MOST * entries:
        return KeyedBy.LINK
    words = {it for it, _ in here} & {it for it, _ in before}
    return KeyedBy.CONTENT if len(words) >= MOST * entries else KeyedBy.GUID


def _words_and_link(found: bytes) -> tuple[bytes, bytes]:
    return said(found), where(found)


def _same_in_all(_key: str, found: bytes) -> Hashable:
    """Everything but the id is the same, and there is a link."""
    return meant(found) if where(found) != NOWHERE else None


def _same_id(key: str, found: bytes) -> Hashable:
    """The words and the id are the same; the key is written otherwise, or is longer since other entries have the id."""
    return said(found), id_of(key)


def _same_link_and_words(_key: str, found: bytes) -> Hashable:
    return _words_and_link(found)


def _same_words(_key: str, found: bytes) -> Hashable:
    return said(found)


_LIKENESSES = (_same_in_all, _same_id, _same_link_and_words, _same_words)
"""Ways to recognise an entry, the surest first; two are always used, and one more for each step of distrust."""


def _pairs(
    alike: Callable[[str, bytes], Hashable], new: dict[str, bytes], gone: dict[str, bytes]
) -> list[tuple[str, str]]:
    """Pair old and new keys of entries that are alike, in order, each used once."""
    waiting = defaultdict[Hashable, list[str]](list)
    for key in reversed(gone):
        waiting[alike(key, gone[key])].append(key)
    waiting.pop(None, None)
    pairs = []
    for key, found in new.items():
        old = waiting.get(alike(key, found))
        if old:
            pairs.append((old.pop(), key))
    return pairs
