"""Conversions between nouns and columns; JSON is made by msgspec from the nouns, and long values are packed."""

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
    """Return a moment as milliseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """Return the moment of milliseconds since 1970 as an aware datetime in UTC."""
    return _EPOCH + value * _MILLISECOND


def to_ms_or_none(moment: datetime | None) -> int | None:
    """Return a moment as milliseconds since 1970 in UTC, or None for None."""
    return None if moment is None else to_ms(moment)


def from_ms_or_none(value: int | None) -> datetime | None:
    """Return the moment of milliseconds since 1970 as an aware datetime in UTC, or None for None."""
    return None if value is None else from_ms(value)


def many(values: Iterable[str | int]) -> str:
    """Return many values as one SQL parameter, for `IN (SELECT value FROM json_each(?))`."""
    return orjson.dumps(list(values)).decode()


@lru_cache
def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    return msgspec.json.Decoder(kind)


def dump(noun: Noun) -> bytes:
    """Return a noun as JSON without fields that have their default: rows stay small, and old rows readable."""
    return _encode(noun)


def dump_text(noun: Noun) -> str:
    """Return a noun as JSON text, for columns whose JSON SQL reads, too."""
    return _encode(noun).decode()


def load(kind: type[T], data: bytes | str) -> T:
    """Return the noun that `dump` or `dump_text` wrote."""
    noun: T = _decoder(kind).decode(data)
    return noun


_DIGESTS = ("found_hash", "url_key", "text_key", "title_key", "sketch")
_NO_DIGESTS: dict[str, Any] = dict.fromkeys(_DIGESTS, b"")
_BARE: dict[str, Any] = {**_NO_DIGESTS, "paragraphs": (), "raw": b""}
"""The fields that are left out of an article's JSON, because they are stored beside it or not at all."""


def article_row(article: Article, *, substance: bytes) -> dict[str, Any]:
    """Return the columns of `articles` that follow from the article itself."""
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
    """Return the article of a row of `articles`."""
    data, raw = bodies.parts(row["body"])
    digests: dict[str, Any] = {name: row[name] for name in _DIGESTS}
    return replace(load(Article, data), raw=raw, **digests)


def detail(measured: Measured | None) -> str:
    """Return what a layer measured, as JSON; empty for None."""
    if measured is None:
        return ""
    found = {
        "with": [measured.source_id, measured.key],
        "shorter": round(measured.shorter, 4),
        "longer": round(measured.longer, 4),
    }
    return orjson.dumps(found).decode()


def to_measured(detail: str) -> Measured | None:
    """Return what a layer measured, from the JSON that `detail` wrote; None for an empty string."""
    if not detail:
        return None
    found = orjson.loads(detail)
    source_id, key = found["with"]
    return Measured(source_id=source_id, key=key, shorter=found["shorter"], longer=found["longer"])


def to_copy(row: Row) -> Copy:
    """Return the copy of a row of `articles`."""
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
    """Return the story of a row of `stories`."""
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
    """Return what is stored under a source and key, from a row of `articles`."""
    return Known(
        article=row["id"],
        story=row["story"],
        found_hash=row["found_hash"],
        substance=row["substance"],
        sketch=row["sketch"],
    )


def to_candidate(row: Row) -> Candidate:
    """Return a candidate, from a row of `articles` with columns of its story and of the story's leading copy."""
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
    """Return a neighbour, from such a row with the sources of its story."""
    return Neighbour(candidate=to_candidate(row), article=to_article(row), sources=frozenset(row["sources"].split(" ")))


def wish_body(wish: Wish) -> bytes:
    """Pack a wish without digests, which follow from the rest, and without a listing's raw entry.

    For a listing, the raw bytes of the article page will be kept instead.
    """
    fallback = None if wish.fallback is None else replace(wish.fallback, **_BARE)
    entry = wish.entry if wish.of_feed else replace(wish.entry, raw=b"")
    return pack(dump(replace(wish, entry=entry, fallback=fallback)))


def to_wish(row: Row) -> Wish:
    """Return the wish that `wish_body` packed, with the key that its entry has by now."""
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
    """Return the JSON that is stored of a source: without credentials and, if it is private, without its address."""
    bare = (
        replace(source, url="" if source.private else source.url, auth=None, headers=())
        if source.private or source.auth or source.headers
        else source
    )
    return dump_text(bare)


def to_source(data: str) -> Source:
    """Return the source that `definition` wrote; a private one has no address."""
    return load(Source, data)


def to_state(row: Row) -> SourceState:
    """Return a source's state, from a row of `sources` with its counts of articles and boilerplate, and its habits."""
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
