"""How a source's profiles change over time (new, gone, replaced), and the events that are published about it.

links of an article ─ sightings ─► Sight ─ observe ─► Known, and SocialEvent   (the store writes both down)
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Literal

from syndicator.model.noun import Noun, replace
from syndicator.model.presence import EventKind, SocialEvent
from syndicator.model.social import SocialLink
from syndicator.social.platforms import key
from syndicator.social.profiles import Identity, Sight

GONE_ARTICLES = 30
"""The number of articles of its source without a profile after which it is gone, if `GONE_TIME` has passed, too."""
GONE_TIME = timedelta(days=14)
"""The time since a profile was last shown after which it is gone, if `GONE_ARTICLES` have not shown it."""
REPLACED_ARTICLES = 10
"""The number of articles after which a profile is replaced by another one.

Either so many articles show the other one, or so many have not shown the profile for `REPLACED_TIME`.
"""
REPLACED_TIME = timedelta(days=7)
"""The time since a profile was last shown after which it is replaced, if `REPLACED_ARTICLES` have not shown it."""

_WORD = 200  # the most characters of a handle or a label that are kept


class Known(Noun):
    """A profile as the store has it, without its evidence.

    Attributes:
        identity: What identifies the profile.
        platform: The id of its platform.
        handle: The account's name; may be empty.
        url: The canonical address; empty if only a label is known.
        label: The name by which its source calls it.
        status: What became of it.
        successor: The key of the profile that took its place, or, if it is still active, may have taken it; may be
            empty.
        first_seen: Since when it is shown.
        last_seen: When it was last shown.
        heard: How many articles of its source there had been at `last_seen`.
        articles: How many of them showed it.
        places: The kinds of place that showed it.
    """

    identity: Identity
    platform: str
    handle: str
    url: str
    label: str
    status: Literal["active", "label_only", "changed", "gone"]
    first_seen: datetime
    last_seen: datetime
    heard: int
    successor: str = ""
    articles: int = 0
    places: frozenset[str] = frozenset()


def observe(
    source_id: str, known: Collection[Known], seen: Mapping[Identity, Sight], now: datetime, heard: int
) -> tuple[list[Known], list[SocialEvent]]:
    """Update a source's profiles when articles show some of them.

    There are no events about authors' profiles: they come and go with their articles. A new profile in the place of an
    account that is not shown with it may be that account under a new name, or belong to another section: the event is
    put off until this is known.

    Args:
        source_id: The source's id.
        known: All known profiles of the source.
        seen: The profiles that its newest articles show.
        now: The current moment.
        heard: How many articles of the source there have been.

    Returns:
        The profiles that are seen or have changed, in their new state; and the events to publish.
    """
    before = {it.identity: it for it in known}
    after = {identity: _seen(sight, before.get(identity), now, heard) for identity, sight in seen.items()}
    news = [it for it in after.values() if _is_news(it, before.get(it.identity))]
    # One whose place a newcomer seemed to take is shown again, or there is a second newcomer: the first is another one.
    apart = [it for it in known if _awaits(it) and (it.identity in seen or any(_is_alike(it, new) for new in news))]
    heirs = [after.get(heir_of(it)) or before.get(heir_of(it)) for it in apart]
    for former in apart:
        after.setdefault(former.identity, replace(former, successor=""))
    # A newcomer is told of, unless it may have taken the place of one that is not shown.
    unseen = [it for it in known if it.identity not in seen]
    formers = {new.identity: _former(new, news, unseen, now) for new in news}
    for identity, doubtful in formers.items():
        if doubtful:
            after[doubtful.identity] = replace(doubtful, successor=identity.key)
    added = [it for it in heirs if it] + [it for it in news if not formers[it.identity]]
    events = [event(source_id, "profile.added", it, now) for it in added]
    # It has taken that place when enough articles show it, or when the other was not shown for long enough.
    for former in filter(_awaits, (before | after).values()):
        heir = after.get(heir_of(former))
        if heir and _is_replaced(former, heir, now, heard):
            after[former.identity] = replace(former, status="changed")
            events.append(_changed(source_id, former, heir, now))
    return [*after.values()], events


def heir_of(former: Known) -> Identity:
    """The identity of the profile that has, or may have, taken the place of another."""
    return replace(former.identity, key=former.successor)


def gone(
    source_id: str, profiles: Collection[Known], known: Mapping[Identity, Known], now: datetime
) -> list[SocialEvent]:
    """The events about profiles that were not shown for so long that they are gone.

    A new profile that might have been the new name of one of them gets an event as a profile of its own; or none if it
    is gone, too.

    Args:
        source_id: The source's id.
        profiles: The profiles that are gone.
        known: The other profiles of the source, by identity.
        now: The current moment.
    """
    leaving = {it.identity for it in profiles}
    heirs = {heir_of(it) for it in profiles if it.successor}
    left = [it for it in profiles if it.identity.owner == "publisher" and it.identity not in heirs]
    stay = [known[it] for it in sorted(heirs - leaving, key=lambda it: it.key) if it in known]
    return [event(source_id, "profile.gone", it, now) for it in left] + [
        event(source_id, "profile.added", it, now) for it in stay
    ]


def post_linked(source_id: str, link: SocialLink, now: datetime, first_seen: datetime) -> SocialEvent:
    """The event that an article has a post by its own publisher; `first_seen` is when the article was first seen."""
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
    """An event about a profile."""
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


def _changed(source_id: str, former: Known, heir: Known, now: datetime) -> SocialEvent:
    """The event that a profile (`heir`) has taken the place of another (`former`)."""
    changed = event(source_id, "profile.changed", heir, now)
    return replace(changed, former=former.identity.key, former_url=former.url)


def guid(source_id: str, key_: str, kind: EventKind, first_seen: datetime) -> str:
    """An event's id, a URN: the same event always has the same id, whoever finds it, and however often."""
    said = "\0".join((source_id, key_, kind, first_seen.isoformat(timespec="milliseconds")))
    return f"urn:x-syndicator:event:{blake2b(said.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _seen(sight: Sight, old: Known | None, now: datetime, heard: int) -> Known:
    """The state of a profile after it was seen; a profile that was gone starts anew."""
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
        articles=sight.articles + (old.articles if old and not anew else 0),
        places=frozenset(sight.places) | (old.places if old and not anew else frozenset()),
    )


def _is_news(new: Known, old: Known | None) -> bool:
    """Whether a profile that is seen gets an event: it is the publisher's, and was not known or was gone until now."""
    told = new.identity.owner == "publisher" and new.url and new.platform != "site"
    return bool(told) and (old is None or old.status == "gone")


def _awaits(profile: Known) -> bool:
    """Whether a profile is active, and a newer one may have taken its place, which is not known yet."""
    return profile.status == "active" and bool(profile.successor)


def _is_alike(one: Known, other: Known) -> bool:
    """Whether two profiles are so alike that one may have taken the place of the other."""
    mine, its = one.identity, other.identity
    return (mine.owner, mine.author, mine.kind, one.platform) == (its.owner, its.author, its.kind, other.platform)


def _former(new: Known, news: Sequence[Known], unseen: Sequence[Known], now: datetime) -> Known | None:
    """The profile that a new one may be under another name or host: the only one that stood in the same kind of place.

    Accounts that are shown side by side are different ones, and so are two new ones; then there is none.
    """
    if new.identity.kind != "profile" or sum(_is_alike(new, it) for it in news) > 1:
        return None
    current = [it for it in unseen if it.url and it.status == "active" and _is_alike(new, it)]
    if len(current) != 1 or current[0].last_seen >= now or current[0].places.isdisjoint(new.places):
        return None
    return current[0]


def _is_replaced(former: Known, heir: Known, now: datetime, heard: int) -> bool:
    """Whether a profile that is shown now (`heir`) has probably taken the place of one that is not (`former`).

    As long as `former` is not seen again, no article that shows `heir` shows it.
    """
    missed = heard - former.heard
    return heir.articles >= REPLACED_ARTICLES or (
        missed >= REPLACED_ARTICLES and now - former.last_seen >= REPLACED_TIME
    )
