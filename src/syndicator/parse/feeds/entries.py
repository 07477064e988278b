"""What every format does with its entries: put them together from several vocabularies, and tell them apart."""

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
"""Entries of one document that are read."""
MAX_INHERITED = 20
"""Authors, or accounts, of a feed that each of its entries inherits."""


class Fields(TypedDict, total=False):
    """What one vocabulary says of an entry: attributes of `Entry`; what is left out, or empty, it does not say."""

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
    """Put an entry together from what several vocabularies say of it, the most trusted one first.

    A single value is the first that is there, of dates the first that can be read; lists are joined, without repeats.
    The key is the guid, else the link.
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
    """People, one for each name, also where a line has several; what several places say of the same one is joined."""
    found: dict[str, Person] = {}
    for person in chain.from_iterable(map(_each, persons)):
        known = found.setdefault(person.name.casefold(), person)
        if known is not person:
            joined = replace(known, url=known.url or person.url, email=known.email or person.email)
            found[person.name.casefold()] = joined
    return tuple(found.values())


def inheriting(entry: Entry, authors: tuple[Person, ...], rights: str = "") -> Entry:
    """An entry of a feed, with the feed's authors if it names none; its key is made of what it says itself.

    Of entries without id, link, words and files hardly any means something. Their dates tell them not apart: a program
    that has nothing to show writes an empty item with the time of the poll, which would be another story each time.

    Args:
        entry: As far as it was read; its rights may be the feed's.
        authors: The feed's.
        rights: The feed's.
    """
    if not entry.key and not key_of(entry):
        said = [it.name or it.email or it.url for it in entry.authors] + [*entry.categories, entry.comments]
        said += [entry.origin.title if entry.origin else "", "" if entry.rights == rights else entry.rights]
        said += filter(None, (entry.external_url,))  # those that have none keep the keys that they had without it
        entry = replace(entry, key=_digest(said, 16)) if any((*said, entry.published, entry.updated)) else entry
    return entry if entry.authors else replace(entry, authors=authors)


@lru_cache(maxsize=256)
def _each(person: Person) -> tuple[Person, ...]:
    """The people of one line, without what stands beside their names; one with an address is one, "admin" nobody."""
    if is_nobody(person.name):
        return ()
    names = [] if person.url or person.email else split_names(person.name)
    return tuple(Person(name=name) for name in names) or (person,)


def files(enclosures: Iterable[Enclosure]) -> tuple[Enclosure, ...]:
    """Files, one for each address; what several places say of the same one is joined."""
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
"""Attributes that are lists, and how what several vocabularies say is put together."""


def distinct(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Give every entry its key, and make keys unique inside the document.

    An entry that stands there twice, with one link and one title, is taken once. Different ones that share a key all
    get a digest of link and title behind it, so that neither their order nor their number matters.

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
    """Keep longer keys for entries whose id different entries have shared before, even if only one of them is left.

    Args:
        entries: Distinct ones.
        known: The keys that `distinct` gave to earlier ones.
    """
    shared = shared_ids(known)
    return tuple(replace(it, key=apart(it)) if it.key in shared else it for it in entries)


def shared_ids(known: Iterable[str]) -> set[str]:
    """Ids that different entries have shared, by the keys that `distinct` gave to these."""
    return {key.rpartition("#")[0] for key in known if is_shared(key)}


def apart(entry: Entry) -> str:
    """The key that an entry gets when its own turns out to be another's, too: the same that `distinct` gives then."""
    return _split(entry.key, _said(entry))


def _split(key: str, said: tuple[str, str]) -> str:
    return f"{key}#{_digest(said, 4)}"


def _said(entry: Entry) -> tuple[str, str]:
    """What tells entries apart that share an id."""
    return entry.url, entry.title.value if entry.title else ""


def key_of(entry: Entry) -> str:
    """The guid, else the permalink, else a digest of what the entry says; empty: it says nothing."""
    return legal(entry.key or entry.guid or entry.url or _digest_of(entry))


def _digest_of(entry: Entry) -> str:
    said = [text.value for text in (entry.title, entry.content or entry.summary) if text]
    said += [file.url for file in entry.enclosures] or list(entry.images)
    return _digest((*said, entry.published or entry.updated), 16) if said else ""


def _digest(parts: Iterable[str], size: int) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


def text_or_none(value: str, base: str = "", *, html: bool) -> Text | None:
    """A text, or None for one that is only white space."""
    value = value.strip()
    return Text(value=value, html=html, base=base if html else "") if value else None
