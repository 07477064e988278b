"""Nouns to columns and back. JSON is msgspec's, of the nouns themselves; long values are zstd."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from sqlite3 import Row
from typing import Any, TypeVar

import msgspec
import orjson

from syndicator.model.article import Article, Copy, Story
from syndicator.model.failure import Failure
from syndicator.model.manners import Pace
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Wish
from syndicator.model.placement import Candidate, Known, Measured, Neighbour
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceState
from syndicator.model.web import Validators
from syndicator.store import bodies, habits
from syndicator.store.packing import pack, unpack
from syndicator.text.keys import text_key, title_key, url_key
from syndicator.text.likeness import sketch

T = TypeVar("T", bound=Noun)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_encode = msgspec.json.Encoder().encode


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """The moment, aware, in UTC."""
    return _EPOCH + value * _MILLISECOND


def to_ms_or_none(moment: datetime | None) -> int | None:
    """The same, for a moment that may be missing."""
    return None if moment is None else to_ms(moment)


def from_ms_or_none(value: int | None) -> datetime | None:
    """The same, for a moment that may be missing."""
    return None if value is None else from_ms(value)


def many(values: Iterable[str | int]) -> str:
    """Many values as one parameter: for `IN (SELECT value FROM json_each(?))`."""
    return orjson.dumps(list(values)).decode()


@lru_cache
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind)


def dump(noun: Noun) -> bytes:
    """A noun as JSON; a field that has its default itself is left out: rows stay small, and old ones readable."""
    return _encode(noun)


def dump_text(noun: Noun) -> str:
    """The same as text, for a column into which SQL looks, too."""
    return _encode(noun).decode()


def load(kind: type[T], data: bytes | str) -> T:
    """The noun that `dump` wrote."""
    noun: T = _decoder(kind).decode(data)
    return noun


_DIGESTS = ("found_hash", "url_key", "text_key", "title_key", "sketch")
_NO_DIGESTS: dict[str, Any] = dict.fromkeys(_DIGESTS, b"")
_BARE: dict[str, Any] = {**_NO_DIGESTS, "paragraphs": (), "raw": b""}
"""What is kept beside an article's JSON, or nowhere, is left out of it."""


def article_row(article: Article, *, substance: bytes) -> dict[str, Any]:
    """The columns of `articles` that an article itself decides."""
    return {
        "guid": article.guid,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "claimed": int(article.claimed),
        "title": article.title,
        "published": to_ms_or_none(article.published),
        "length": len(article.text),
        "found_hash": article.found_hash,
        "substance": substance,
        "url_key": article.url_key,
        "text_key": article.text_key,
        "title_key": article.title_key,
        "sketch": article.sketch,
        "body": bodies.made(dump(replace(article, **_BARE)), article.raw),
    }


def to_article(row: Row) -> Article:
    """An article, from a row of `articles`."""
    data, raw = bodies.parts(row["body"])
    digests: dict[str, Any] = {name: row[name] for name in _DIGESTS}
    return replace(load(Article, data), raw=raw, **digests)


def detail(measured: Measured | None) -> str:
    """What a layer has measured, as JSON; empty: nothing."""
    if measured is None:
        return ""
    found = {
        "with": [measured.source_id, measured.key],
        "shorter": round(measured.shorter, 4),
        "longer": round(measured.longer, 4),
    }
    return orjson.dumps(found).decode()


def to_measured(detail: str) -> Measured | None:
    """The same, from what `detail` wrote."""
    if not detail:
        return None
    found = orjson.loads(detail)
    source_id, key = found["with"]
    return Measured(source_id=source_id, key=key, shorter=found["shorter"], longer=found["longer"])


def to_copy(row: Row) -> Copy:
    """One source's copy, from a row of `articles`."""
    return Copy(
        source_id=row["source_id"],
        url=row["url"],
        canonical_url=row["canonical_url"],
        guid=row["guid"],
        first_seen=from_ms(row["first_seen"]),
        reason=row["reason"],
        number=row["number"],
        key=row["key"],
        detail=row["detail"],
    )


def to_story(row: Row, lead: Article, copies: Iterable[Copy]) -> Story:
    """A story, from a row of `stories`."""
    return Story(
        id=row["id"],
        guid=row["guid"],
        lead=lead,
        copies=tuple(copies),
        first_seen=from_ms(row["first_seen"]),
        sort_at=from_ms(row["sort_at"]),
        updated=from_ms(row["updated"]),
    )


def to_known(row: Row) -> Known:
    """What is stored under a source and key."""
    return Known(
        article=row["id"],
        story=row["story"],
        found_hash=row["found_hash"],
        substance=row["substance"],
        sketch=row["sketch"],
    )


def to_candidate(row: Row) -> Candidate:
    """A likeness candidate, with what its story's lead is like."""
    return Candidate(
        article=row["id"],
        story=row["story"],
        source_id=row["source_id"],
        key=row["key"],
        url_key=row["url_key"],
        text_key=row["text_key"],
        title_key=row["title_key"],
        claimed=bool(row["claimed"]),
        published=from_ms_or_none(row["published"]),
        lead_claimed=bool(row["lead_claimed"]),
        lead_length=row["lead_length"],
        lead_priority=row["lead_priority"] or 0,
        opened=from_ms(row["opened"]),
    )


def to_neighbour(row: Row) -> Neighbour:
    """An article whose text shares words with another's, with its story's sources."""
    return Neighbour(candidate=to_candidate(row), article=to_article(row), sources=frozenset(row["sources"].split(" ")))


def wish_body(wish: Wish) -> bytes:
    """A wish, without digests, which follow from the rest, or a listing's bytes: those of the page will be kept."""
    fallback = None if wish.fallback is None else replace(wish.fallback, **_BARE)
    entry = wish.entry if wish.of_feed else replace(wish.entry, raw=b"")
    return pack(dump(replace(wish, entry=entry, fallback=fallback)))


def to_wish(row: Row) -> Wish:
    """The wish that `wish_body` wrote, by the key that its entry has by now."""
    wish = load(Wish, unpack(row["body"]))
    wish = replace(wish, entry=replace(wish.entry, key=row["key"]))
    if wish.fallback is None:
        return wish
    fallback = replace(
        wish.fallback,
        key=row["key"],
        raw=wish.entry.raw,
        found_hash=row["found_hash"],
        url_key=url_key(wish.fallback.canonical_url),
        text_key=text_key(wish.fallback.said),
        title_key=title_key(wish.fallback.title),
        sketch=sketch(wish.fallback.said),
    )
    return replace(wish, fallback=fallback)


def definition(source: Source) -> str:
    """What is kept of a source for ever: no credentials and, when it is private, no address."""
    bare = (
        replace(source, url="" if source.private else source.url, auth=None, headers=())
        if source.private or source.auth or source.headers
        else source
    )
    return dump_text(bare)


def to_source(data: str) -> Source:
    """The source that `definition` wrote; a private one has no address."""
    return load(Source, data)


def to_state(row: Row) -> SourceState:
    """A source's state, from a row of `sources` with its count of articles."""
    return SourceState(
        source_id=row["id"],
        due_at=from_ms(row["due_at"]),
        polled_at=from_ms_or_none(row["polled_at"]),
        succeeded_at=from_ms_or_none(row["succeeded_at"]),
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        body_hash=row["body_hash"],
        failures=row["failures"],
        failure=None if row["failure"] is None else load(Failure, row["failure"]),
        info=load(FeedInfo, row["info"]),
        warnings=tuple(orjson.loads(row["warnings"])),
        articles=row["articles"],
        pace=load(Pace, row["pace"]),
        keyed_by=KeyedBy(row["keyed_by"]),
        boilerplate=row["boilerplate"],
        habits=habits.read(row["marks"], row["sizes"]),
    )
