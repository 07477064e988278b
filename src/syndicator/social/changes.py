"""What becomes of a source's profiles over time, and what is told of it.

links of an article ─ sightings ─► Sight ─ observe ─► Known, and SocialEvent   (the store writes both down)
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Literal

from syndicator.model.noun import noun
from syndicator.model.presence import EventKind, SocialEvent
from syndicator.model.social import SocialLink
from syndicator.social.platforms import key
from syndicator.social.profiles import Identity, Sight

GONE_ARTICLES = 30
GONE_TIME = timedelta(days=14)
"""A profile that so many articles of its source have not shown, and for so long, is gone."""

_WORD = 200  # characters of a handle, a label


@noun
class Known:
    """A profile as the store has it, but for its evidence.

    Attributes:
        identity: Which.
        platform: Its platform.
        handle: The account's name, or empty.
        url: Canonical; empty: only a label is known.
        label: As its source names it.
        status: What became of it.
        successor: The key of the one that took its place, or empty.
        first_seen: Since when it is shown.
        last_seen: When it was shown last.
        heard: How many articles of its source there had been by then.
        places: The kinds of place that showed it.
    """

    identity: Identity
    platform: str
    handle: str
    url: str
    label: str
    status: Literal["active", "label_only", "changed", "gone"]
    successor: str = ""
    first_seen: datetime
    last_seen: datetime
    heard: int
    places: frozenset[str] = frozenset()


def observe(
    source_id: str, known: Collection[Known], seen: Mapping[Identity, Sight], now: datetime, heard: int
) -> tuple[list[Known], list[SocialEvent]]:
    """What becomes of a source's profiles when articles show some of them.

    Args:
        source_id: Whose.
        known: All that are known.
        seen: What its newest articles show.
        now: When.
        heard: How many articles of the source there have been.

    Returns:
        Those that are seen, or are not what they were, as they are now; and what there is to tell.
    """
    before = {it.identity: it for it in known}
    after: dict[Identity, Known] = {}
    events: list[SocialEvent] = []
    news: list[Known] = []
    for identity, sight in seen.items():
        old = before.get(identity)
        new = _seen(sight, old, now, heard)
        after[identity] = new
        if new.url and new.platform != "site" and (old is None or old.status == "gone"):
            news.append(new)
    for new in news:
        former = _former(new, news, [it for it in known if it.identity not in seen], now)
        if former is None:
            events.append(event(source_id, "profile.added", new, now))
        else:
            after[former.identity] = replace(former, status="changed", successor=new.identity.key)
            changed = event(source_id, "profile.changed", new, now)
            events.append(replace(changed, former=former.identity.key, former_url=former.url))
    return [*after.values()], events


def gone(source_id: str, profile: Known, now: datetime) -> tuple[Known, SocialEvent]:
    """A profile that was not shown for long enough."""
    return replace(profile, status="gone"), event(source_id, "profile.gone", profile, now)


def post_linked(source_id: str, link: SocialLink, now: datetime, first_seen: datetime) -> SocialEvent:
    """An article has a post of its publisher's own; `first_seen` is the article's."""
    return SocialEvent(
        guid=guid(source_id, key(link), "post.linked", first_seen),
        source_id=source_id,
        event="post.linked",
        key=key(link),
        at=now,
        platform=link.platform,
        kind=link.kind,
        owner=link.owner,
        handle=link.handle,
        url=link.url,
        confidence=link.confidence,
    )


def event(source_id: str, kind: EventKind, profile: Known, now: datetime) -> SocialEvent:
    """Something that happened to a profile."""
    return SocialEvent(
        guid=guid(source_id, profile.identity.key, kind, profile.first_seen),
        source_id=source_id,
        event=kind,
        key=profile.identity.key,
        at=now,
        platform=profile.platform,
        kind=profile.identity.kind,
        owner=profile.identity.owner,
        handle=profile.handle,
        url=profile.url,
    )


def guid(source_id: str, key_: str, kind: EventKind, first_seen: datetime) -> str:
    """An event's id, a URN: the same event has the same, whoever finds it, and however often."""
    said = "\0".join((source_id, key_, kind, first_seen.isoformat(timespec="milliseconds")))
    return f"urn:x-syndicator:event:{blake2b(said.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _seen(sight: Sight, old: Known | None, now: datetime, heard: int) -> Known:
    """The profile as it is now that it has been seen; after it was gone, it begins anew."""
    link = sight.link
    anew = old is None or old.status == "gone"
    return Known(
        identity=sight.identity,
        platform=link.platform,
        handle=link.handle[:_WORD],
        url=link.url,
        label=(link.label or (old.label if old else ""))[:_WORD],
        status="active" if link.url else "label_only",
        first_seen=now if old is None or anew else min(old.first_seen, now),
        last_seen=now if old is None else max(old.last_seen, now),
        heard=heard,
        places=frozenset(sight.places) | (old.places if old and not anew else frozenset()),
    )


def _former(new: Known, news: Sequence[Known], unseen: Sequence[Known], now: datetime) -> Known | None:
    """The profile whose name, or host, this one has changed: the only one that stood in the same kind of place.

    Two accounts that are shown side by side are two; and so are two new ones.
    """

    def is_alike(other: Known) -> bool:
        mine, its = new.identity, other.identity
        return (mine.owner, mine.author, mine.kind, new.platform) == (its.owner, its.author, its.kind, other.platform)

    if new.identity.kind != "profile" or sum(map(is_alike, news)) > 1:
        return None
    current = [it for it in unseen if it.url and it.status == "active" and is_alike(it)]
    if len(current) != 1 or current[0].last_seen >= now or current[0].places.isdisjoint(new.places):
        return None
    return current[0]
