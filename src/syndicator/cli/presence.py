"""`syndicator social`, looking: where publishers are, what shows it, and what the operator has said of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syndicator.cli import setting
from syndicator.cli.look import iso, open_store, subscribed
from syndicator.cli.printing import print_json, print_line
from syndicator.errors import UsageError
from syndicator.model.presence import Evidence, Presence, Profile
from syndicator.model.settings import Config
from syndicator.model.social import Word
from syndicator.model.source import FeedInfo, Source
from syndicator.pipeline.presence import presence_of
from syndicator.publish.compose import publisher
from syndicator.publish.linking import told
from syndicator.social.presence import named

_WORDS = {"allow": "theirs, you said", "deny": "not theirs, you said"}
_STATUS = {
    "active": "",
    "label_only": "a name alone, no address",
    "changed": "has another name now",
    "gone": "no longer shown",
    "rejected": "not theirs, you said",
}


def show(folder: Path, source_id: str, *, json: bool) -> None:
    """`syndicator social [SOURCE]`."""
    config = setting.load(folder)
    shown = False
    for source, info, presence in _presences(config, source_id):
        published = set(map(_identity, told(presence, source, config.site.social_confidence)))
        if json:
            for it in presence.profiles:
                print_json(_row(it, published=_identity(it) in published))
        elif presence.profiles:
            print_line(f"{source.id}  {publisher(source, info).title}")
            for it in presence.profiles:
                _show(it, published=_identity(it) in published)
        shown = shown or bool(presence.profiles)
    if not shown and not json:
        print_line("No links of publishers are known yet.")


def listed_key(config: Config, source_id: str, given: str, word: Word) -> str:
    """The key that is meant by a key or an address.

    Raises:
        UsageError: The source has no such link.
    """
    ((_, _, presence),) = _presences(config, source_id)
    found = dict.fromkeys(it.key for it in named(presence, given))
    if len(found) == 1:
        return next(iter(found))
    if word == "" and given in presence.denied | presence.allowed:
        return given
    raise UsageError(
        f"{source_id} shows no link “{given}”.",
        f"`syndicator social {source_id}` lists them, each with its key. What its articles do not show is declared in"
        ' its configuration: social = ["https://…"].',
    )


def _presences(config: Config, source_id: str) -> Iterator[tuple[Source, FeedInfo, Presence]]:
    """Each source with all that is known of where its publisher is; with an id, of that one alone.

    Raises:
        UsageError: There is no such source.
    """
    store = open_store(config)
    sources = subscribed(config, store)
    if source_id and source_id not in sources:
        raise UsageError(f"There is no source “{source_id}”.", "`syndicator sources` lists them.")
    infos = store.infos() if store else {}
    profiles = store.profiles([source_id] if source_id else None) if store else {}
    words = store.social_words() if store else {}
    for source in [sources[source_id]] if source_id else sources.values():
        info = infos.get(source.id, FeedInfo())
        yield source, info, presence_of(source, profiles.get(source.id, ()), words.get(source.id, {}), info)


def _show(it: Profile, *, published: bool) -> None:
    said = _WORDS.get(it.word) or _STATUS[it.status]
    notes = [
        said,
        f"followed by {it.successor}" if it.successor else "",
        "one of several there" if it.conflict else "",
        "" if published or said else "not published",
    ]
    whose = "" if it.owner == "publisher" else f", {it.owner}{' ' + it.author if it.author else ''}"
    print_line(f"  {it.key}  {it.url or it.label}")
    told_ = "; ".join(filter(None, [f"{it.kind}{whose}", f"{it.confidence:.0%} sure", *notes]))
    print_line(f"      {told_}")
    for piece in it.evidence:
        print_line(f"      - {_told(piece)}")


def _identity(it: Profile) -> tuple[str, ...]:
    """What distinguishes it among its source's."""
    return it.owner, it.author, it.kind, it.key


def _told(piece: Evidence) -> str:
    if piece.first_seen is None or piece.last_seen is None:
        return f"{piece.place}: you declare it"
    locator = f" ({piece.locator})" if piece.locator else ""
    count = "the feed itself" if not piece.count else f"articles: {piece.count}"
    first, last = (f"{it:%Y-%m-%d %H:%M}" for it in (piece.first_seen, piece.last_seen))
    article = f", last in {piece.url}" if piece.url else ""
    return f"{piece.place or 'unknown place'}{locator}: {piece.confidence:.0%}, {first} to {last}, {count}{article}"


def _row(it: Profile, *, published: bool) -> dict[str, Any]:
    return {
        "source": it.source_id,
        "key": it.key,
        "platform": it.platform,
        "kind": it.kind,
        "owner": it.owner,
        "author": it.author or None,
        "handle": it.handle or None,
        "url": it.url or None,
        "label": it.label or None,
        "seen_urls": it.seen_urls,
        "confidence": round(it.confidence, 2),
        "status": it.status,
        "successor": it.successor or None,
        "conflict": it.conflict,
        "owned": it.owned,
        "published": published,
        "word": it.word or None,
        "first_seen": iso(it.first_seen),
        "last_seen": iso(it.last_seen),
        "articles": it.articles,
        "evidence": [
            {
                "place": piece.place,
                "locator": piece.locator or None,
                "confidence": round(piece.confidence, 2),
                "article": piece.url or None,
                "first_seen": iso(piece.first_seen),
                "last_seen": iso(piece.last_seen),
                "count": piece.count,
            }
            for piece in it.evidence
        ],
    }
