"""Which entries of a document are known under another id, and whether its source's ids are worth anything.

All here is told from digests (`text.keys.found`), so that a known entry is found without a second look at it.

    all but the id is the same                    →  the same entry under another id
    its words are, and the document speaks for it →  likewise: nearly all its ids are new, and nearly none of its words

What documents show twice in a row, their source is taken for: its entries are keyed by link then, or by their words.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

from syndicator.model.noun import Noun
from syndicator.model.state import KeyedBy
from syndicator.text.keys import NOWHERE, id_of, meant, said, where

MOST = 0.9
"""Share of a document's entries that must be new by id, and known by what they say."""
TELLING = 10
"""A document of so many entries can show by itself that its ids are worthless …"""
PROOF = 10
"""… and as many entries, in two polls in a row or more, prove it for good."""

_TRUST = tuple(KeyedBy)


class Returning(Noun):
    """What a document says of its source's ids.

    Attributes:
        renamed: Entries that are known: the key that each had, and the one it has now.
        keyed_by: By what it suggests to tell its entries apart; the guid, if nothing speaks against that.
        relinked: Whether nearly all its links have changed, or are known to be worthless.
    """

    renamed: tuple[tuple[str, str], ...] = ()
    keyed_by: KeyedBy = KeyedBy.GUID
    relinked: bool = False


def keys(found: Mapping[str, bytes], keyed_by: KeyedBy) -> dict[str, str]:
    """The keys of a document's entries.

    By guid: the ones they came with. By link: its digest, if each entry has a link of its own, else a digest of link
    and words; an entry that shares both with one before it is left out. By content: a digest of the words, with a
    number behind it that tells equal ones apart.

    Args:
        found: The key that each entry came with, and its `found_hash`.
        keyed_by: What tells the source's entries apart.

    Returns:
        The key that each came with, and its own.
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
    """Whether links tell entries apart: there are many, and each has one of its own."""
    places = [where(it) for it in found]
    return len(set(places)) == len(places) >= TELLING and NOWHERE not in places


def returning(shown: Mapping[str, bytes], known: Mapping[str, bytes], keyed_by: KeyedBy) -> Returning:
    """Find the entries that are known under keys which the document does not show any more.

    Args:
        shown: All the document's keys, each with its `found_hash`.
        known: What is remembered of the source, likewise.
        keyed_by: What tells the source's entries apart.
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
    """By what a source's entries are told apart from now on, and how much evidence there is against that.

    Args:
        keyed_by: By what they were until now.
        churn: How much evidence there was against it.
        argued: What the newest document suggests (`Returning.keyed_by`).
        entries: How many it shows; a document without any is no evidence.
    """
    if not entries:
        return keyed_by, churn
    if _TRUST.index(argued) <= _TRUST.index(keyed_by):
        return keyed_by, 0
    churn += min(entries, PROOF // 2)
    return (argued, 0) if churn >= PROOF else (keyed_by, churn)


def _verdict(entries: int, new: Iterable[bytes], gone: Iterable[bytes]) -> KeyedBy:
    """By link, if nearly all entries have new ids, and known links and words; by content, if only words are known.

    Entries that are the same count once: a notice that is repeated is no proof.
    """
    here, before = set(map(_words_and_link, new)), set(map(_words_and_link, gone))
    if len(here & before) >= MOST * entries:
        return KeyedBy.LINK
    words = {it for it, _ in here} & {it for it, _ in before}
    return KeyedBy.CONTENT if len(words) >= MOST * entries else KeyedBy.GUID


def _words_and_link(found: bytes) -> tuple[bytes, bytes]:
    return said(found), where(found)


def _same_in_all(_key: str, found: bytes) -> Hashable:
    """All but the id, and there is a link."""
    return meant(found) if where(found) != NOWHERE else None


def _same_id(key: str, found: bytes) -> Hashable:
    """Its id is another way of writing the same, or others have it, too, so that its key is longer now."""
    return said(found), id_of(key)


def _same_link_and_words(_key: str, found: bytes) -> Hashable:
    return _words_and_link(found)


def _same_words(_key: str, found: bytes) -> Hashable:
    return said(found)


_LIKENESSES = (_same_in_all, _same_id, _same_link_and_words, _same_words)
"""The surest first. The first two always hold, and one more for each step of distrust."""


def _pairs(
    alike: Callable[[str, bytes], Hashable], new: dict[str, bytes], gone: dict[str, bytes]
) -> list[tuple[str, str]]:
    """Old and new keys of what is alike, each taken once, in order."""
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
