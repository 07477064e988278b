"""What every format does with its entries: join what several vocabularies say, and give each entry a key of its own."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any, TypedDict

from syndicator.model.article import Enclosure, Entry, Origin, Person, Text
from syndicator.model.noun import replace
from syndicator.model.rights import Rights
from syndicator.model.social import Credit, SocialLink
from syndicator.parse.feeds.nodes import unique
from syndicator.text.characters import legal
from syndicator.text.dates import first_date
from syndicator.text.keys import is_shared
from syndicator.text.people import is_nobody, split_names

MAX_ENTRIES = 10_000
"""The most entries of one document that are read."""
MAX_INHERITED = 20
"""The most authors, and the most accounts, of a feed that each of its entries inherits."""


class Fields(TypedDict, total=False):
    """What one vocabulary says of an entry: attributes of `Entry`; one that it does not say is empty or left out."""

    guid: str
    url: str
    external_url: str
    title: Text | None
    summary: Text | None
    content: Text | None
    published: Sequence[str]
    updated: Sequence[str]
    authors: Sequence[Person]
    categories: Sequence[str]
    language: str
    images: Sequence[str]
    enclosures: Sequence[Enclosure]
    comments: str
    rights: str
    origin: Origin | None
    social: Sequence[SocialLink]
    credits: Sequence[Credit]
    terms: Rights
    raw: bytes
    written: bytes


def merge(parts: Iterable[Fields]) -> Entry:
    """Make an entry of what several vocabularies say of it, the most trusted one first.

    Of single values the first is taken, of dates the first that can be read; lists are joined, without repeats. The key
    is the guid, else the link.
    """
    said: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            if value and name in _JOINED:
                said.setdefault(name, []).extend(value)
            elif value:
                said.setdefault(name, value)
    for name, joined in _JOINED.items():
        if name in said:
            said[name] = joined(said[name])
    return Entry(key=said.get("guid") or said.get("url", ""), **said)


def people(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Give each person once, by name; a line with several names gives several, and what is said of one is joined."""
    found: dict[str, Person] = {}
    for person in chain.from_iterable(map(_each, persons)):
        known = found.setdefault(person.name.casefold(), person)
        if known is not person:
            joined = replace(known, url=known.url or person.url, email=known.email or person.email)
            found[person.name.casefold()] = joined
    return tuple(found.values())


def inheriting(entry: Entry, authors: tuple[Person, ...], rights: str = "") -> Entry:
    """Give an entry the feed's authors if it names none, and a key if it has no id, link, text or files.

    Such an entry's key is a digest of its other fields. Its dates are no part of that: a program that has nothing to
    show writes an empty item with the time of the poll, which would be another story each time.

    Args:
        entry: The entry as read so far; its rights may be the feed's.
        authors: The feed's authors.
        rights: The feed's rights.
    """
    if not entry.key and not key_of(entry):
        said = [it.name or it.email or it.url for it in entry.authors] + [*entry.categories, entry.comments]
        said += [entry.origin.title if entry.origin else "", "" if entry.rights == rights else entry.rights]
        said += filter(None, (entry.external_url,))  # added later: entries without it must keep their keys
        entry = replace(entry, key=_digest(said, 16)) if any((*said, entry.published, entry.updated)) else entry
    return entry if entry.authors else replace(entry, authors=authors)


@lru_cache(maxsize=256)
def _each(person: Person) -> tuple[Person, ...]:
    """Split a line into the people that it names.

    A line with an address or a mail address is one person; "admin" and the like is nobody.
    """
    if is_nobody(person.name):
        return ()
    names = [] if person.url or person.email else split_names(person.name)
    return tuple(Person(name=name) for name in names) or (person,)


def files(enclosures: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """Give each file once, by address; what is said of one in several places is joined."""
    found: dict[str, Enclosure] = {}
    for file in enclosures:
        known = found.setdefault(file.url, file)
        if known is not file:
            length = file.length if known.length is None else known.length
            found[file.url] = Enclosure(
                url=file.url, type=known.type or file.type, length=length, title=known.title or file.title
            )
    return tuple(found.values())


_JOINED: dict[str, Callable[[list[Any]], Any]] = {
    "published": first_date,
    "updated": first_date,
    "authors": people,
    "categories": unique,
    "images": unique,
    "enclosures": files,
    "social": unique,
    "credits": unique,
}
"""Attributes of `Fields` that are lists, and the function that makes an entry's value of what all vocabularies say."""


def distinct(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Give every entry its key, and make keys unique inside the document.

    An entry that appears twice, with the same key, link and title, is taken once. If different entries share a key, a
    digest of link and title is added to the key of each, so that neither their order nor their number matters.

    Returns:
        The entries in their order, and warnings.
    """
    groups: dict[str, set[tuple[str, str]]] = {}
    found: list[tuple[Entry, str, tuple[str, str]]] = []
    total = empty = 0
    for entry in entries:
        total += 1
        key = key_of(entry)
        said = _said(entry)
        group = groups.setdefault(key, set())
        if not key:
            empty += 1
        elif said not in group:
            group.add(said)
            found.append((entry, key, said))
    kept = []
    for entry, key, said in found:
        own = key if len(groups[key]) == 1 else _split(key, said)
        kept.append(entry if entry.key == own else replace(entry, key=own))
    shared = sum(1 for group in groups.values() if len(group) > 1)
    repeated = total - empty - len(kept)
    doubts = {
        "Empty entries were left out": empty,
        "Entries that appear more than once were taken once": repeated,
        "Ids that different entries share were told apart by link and title": shared,
    }
    return tuple(kept), tuple(f"{sentence}: {count}." for sentence, count in doubts.items() if count)


def split_again(entries: Iterable[Entry], known: Iterable[str]) -> tuple[Entry, ...]:
    """Add the digest to the keys of entries whose id different entries shared before, even if only one of them is left.

    Args:
        entries: Entries as `distinct` gives them.
        known: The keys that `distinct` gave to earlier entries.
    """
    shared = shared_ids(known)
    return tuple(replace(it, key=apart(it)) if it.key in shared else it for it in entries)


def shared_ids(known: Iterable[str]) -> set[str]:
    """Give the ids that different entries have shared, read from the keys that `distinct` gave these."""
    return {key.rpartition("#")[0] for key in known if is_shared(key)}


def apart(entry: Entry) -> str:
    """Give the key of an entry whose id turns out to be another entry's, too: the key that `distinct` gives then."""
    return _split(entry.key, _said(entry))


def _split(key: str, said: tuple[str, str]) -> str:
    return f"{key}#{_digest(said, 4)}"


def _said(entry: Entry) -> tuple[str, str]:
    """Give what tells entries apart that share an id: link and title."""
    return entry.url, entry.title.value if entry.title else ""


def key_of(entry: Entry) -> str:
    """Give an entry's key: the guid, else the permalink, else a digest of its texts, files and date; or empty."""
    return legal(entry.key or entry.guid or entry.url or _digest_of(entry))


def _digest_of(entry: Entry) -> str:
    said = [text.value for text in (entry.title, entry.content or entry.summary) if text]
    said += [file.url for file in entry.enclosures] or list(entry.images)
    return _digest((*said, entry.published or entry.updated), 16) if said else ""


def _digest(parts: Iterable[str], size: int) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


def text_or_none(value: str, base: str = "", *, html: bool) -> Text | None:
    """Make a text; None: it is only white space."""
    value = value.strip()
    return Text(value=value, html=html, base=base if html else "") if value else None
