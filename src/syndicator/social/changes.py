"""What becomes of a source's profiles over time, and what is told of it.

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
GONE_TIME = timedelta(days=14)
"""A profile that so many articles of its source have not shown, and for so long, is gone."""
REPLACED_ARTICLES = 10
REPLACED_TIME = timedelta(days=7)
"""Another one has taken its place when so many articles show that and not it, or so many miss it for so long."""

_WORD = 200  # characters of a handle, a label


class Known(Noun):
    """A profile as the store has it, but for its evidence.

    Attributes:
        identity: Which.
        platform: Its platform.
        handle: The account's name, or empty.
        url: Canonical; empty: only a label is known.
        label: As its source names it.
        status: What became of it.
        successor: The key of the one that took its place, or, of an active one, that may have; or empty.
        first_seen: Since when it is shown.
        last_seen: When it was shown last.
        heard: How many articles of its source there had been by then.
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
    """What becomes of a source's profiles when articles show some of them.

    Of authors nothing is told: they come and go with their articles. A newcomer in the place of an account that is not
    shown with it may be its new name, or belong to another section: what to tell of it is put off until that is known.

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
    after = {identity: _seen(sight, before.get(identity), now, heard) for identity, sight in seen.items()}
    news = [it for it in after.values() if _is_news(it, before.get(it.identity))]
    events: list[SocialEvent] = []
    # One whose place a newcomer seemed to take is shown again, or there is a second newcomer: the first is another one.
    for former in [it for it in known if it.status == "active" and it.successor]:
        if former.identity in seen or any(_is_alike(former, new) for new in news):
            heir = after.get(heir_of(former)) or before.get(heir_of(former))
            after.setdefault(former.identity, replace(former, successor=""))
            events += [event(source_id, "profile.added", heir, now)] if heir else []
    # A newcomer is told of, unless it may have taken the place of one that is not shown.
    unseen = [it for it in known if it.identity not in seen]
    for new in news:
        if doubtful := _former(new, news, unseen, now):
            after[doubtful.identity] = replace(doubtful, successor=new.identity.key)
        else:
            events.append(event(source_id, "profile.added", new, now))
    # It has taken that place when enough articles show it, or when the other was not shown for long enough.
    for former in [*(before | after).values()]:
        heir = after.get(heir_of(former)) if former.status == "active" and former.successor else None
        if heir and _is_replaced(former, heir, now, heard):
            after[former.identity] = replace(former, status="changed")
            changed = event(source_id, "profile.changed", heir, now)
            events.append(replace(changed, former=former.identity.key, former_url=former.url))
    return [*after.values()], events


def heir_of(former: Known) -> Identity:
    """Which profile has, or may have, taken the place of another."""
    return replace(former.identity, key=former.successor)


def gone(
    source_id: str, profiles: Collection[Known], known: Mapping[Identity, Known], now: datetime
) -> list[SocialEvent]:
    """What there is to tell when profiles were not shown for long enough.

    What waited to be told as the new name of one of them is told as another one; or, if it has left, too, not at all.

    Args:
        source_id: Whose.
        profiles: That were not shown.
        known: Others of the source.
        now: When.
    """
    leaving = {it.identity for it in profiles}
    heirs = {heir_of(it) for it in profiles if it.successor}
    left = [it for it in profiles if it.identity.owner == "publisher" and it.identity not in heirs]
    stay = [known[it] for it in sorted(heirs - leaving, key=lambda it: it.key) if it in known]
    return [event(source_id, "profile.gone", it, now) for it in left] + [
        event(source_id, "profile.added", it, now) for it in stay
    ]


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
        articles=sight.articles + (old.articles if old and not anew else 0),
        places=frozenset(sight.places) | (old.places if old and not anew else frozenset()),
    )


def _is_news(new: Known, old: Known | None) -> bool:
    """Whether a profile that is seen has to be told: the publisher's own, and not known, or gone until now."""
    told = new.identity.owner == "publisher" and new.url and new.platform != "site"
    return bool(told) and (old is None or old.status == "gone")


def _is_alike(one: Known, other: Known) -> bool:
    """Whether one might have taken the place of the other."""
    mine, its = one.identity, other.identity
    return (mine.owner, mine.author, mine.kind, one.platform) == (its.owner, its.author, its.kind, other.platform)


def _former(new: Known, news: Sequence[Known], unseen: Sequence[Known], now: datetime) -> Known | None:
    """The profile whose name, or host, this one may have changed: the only one that stood in the same kind of place.

    Two accounts that are shown side by side are two; and so are two new ones.
    """
    if new.identity.kind != "profile" or sum(_is_alike(new, it) for it in news) > 1:
        return None
    current = [it for it in unseen if it.url and it.status == "active" and _is_alike(new, it)]
    if len(current) != 1 or current[0].last_seen >= now or current[0].places.isdisjoint(new.places):
        return None
    return current[0]


def _is_replaced(former: Known, heir: Known, now: datetime, heard: int) -> bool:
    """Whether one that is shown now has taken the place of one that is not, for all that can be known.

    As long as the former is not seen again, all articles that show the heir do not show it.
    """
    missed = heard - former.heard
    return heir.articles >= REPLACED_ARTICLES or (
        missed >= REPLACED_ARTICLES and now - former.last_seen >= REPLACED_TIME
    )
