"""Events of publishers' profiles (new, gone, renamed, …) as a feed: `/social.{rss,atom}`, `/social-events.json`."""

from collections.abc import Mapping, Sequence

from syndicator.model.document import Document, Item, Link
from syndicator.model.noun import replace
from syndicator.model.presence import NO_PRESENCE, EventKind, Presence, Profile, SocialEvent
from syndicator.model.settings import Site
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish import border
from syndicator.publish.compose import EPOCH
from syndicator.publish.html import our_language
from syndicator.publish.linking import is_denied, is_secret, link_of, link_to, platform_name, publishable
from syndicator.publish.naming import publisher
from syndicator.text.language import normal_tag

ADDRESSES = {"rss": "social.rss", "atom": "social.atom", "json": "social-events.json"}
"""The path of the feed in each format; `social.json` is another document, the publishers' one."""
LIMIT = 100
"""The most events that the feed lists."""

WORDS: dict[str, dict[EventKind | str, str]] = {
    "en": {
        "title": "{site}: publishers’ channels",
        "description": "Channels that publishers have opened, renamed or given up, and posts about their articles.",
        "profile.added": "{who} is on {where}",
        "profile.changed": "{who} has another name on {where}",
        "profile.gone": "{who} no longer names {where}",
        "post.linked": "{who} on {where}: {article}",
        "was": "It was {former}.",
        "about": "About: {article}",
    },
    "ru": {
        "title": "{site}: каналы изданий",
        "description": "Какие каналы издания открыли, переименовали или оставили, и публикации об их статьях.",
        "profile.added": "{who} есть на платформе {where}",
        "profile.changed": "{who}: новое имя на платформе {where}",
        "profile.gone": "{who} больше не указывает {where}",
        "post.linked": "{who}, {where}: {article}",
        "was": "Раньше: {former}.",
        "about": "О статье: {article}",
    },
}
"""The words of the items, in the language of the publisher; the feed's own title is always English."""


def compose_events(
    site: Site,
    events: Sequence[SocialEvent],
    sources: Mapping[str, Source],
    infos: Mapping[str, FeedInfo],
    presences: Mapping[str, Presence],
) -> Document:
    """Compose the feed of events.

    Args:
        site: The site, with its name and the least confidence that a published link must have.
        events: The events, the newest first.
        sources: The sources by id; events of other sources are left out.
        infos: What the feeds say about themselves, by source id.
        presences: Where publishers are present now, and the operator's decisions on links, by source id.
    """
    made = (
        _item(site, it, sources[source_id], infos.get(source_id, FeedInfo()), presences.get(source_id, NO_PRESENCE))
        for it in events
        if (source_id := it.source_id) in sources
    )
    items = tuple(filter(None, made))
    words = WORDS["en"]
    page = border.address(f"{site.base_url}social")
    return Document(
        id=f"{page}#events",
        channel="social",
        title=words["title"].format(site=site.title),
        description=words["description"],
        url=page,
        feed_url=page,
        updated=max((item.updated for item in items), default=EPOCH),
        items=items[:LIMIT],
    )


def _item(site: Site, event: SocialEvent, source: Source, info: FeedInfo, presence: Presence) -> Item | None:
    """The item for an event; None if its profile or post is not, or is no longer, published."""
    places = publishable(presence, source, site.social_confidence)
    link = _link(site, event, source, presence, places)
    if link is None:
        return None
    if event.former and not any(_is_of(it, replace(event, key=event.former)) for it in places):
        event = replace(event, event="profile.added", former="", former_url="")  # its former name is not published
    origin = replace(publisher(source, info), rights="")  # the item's text is ours, not the publisher's
    language = normal_tag(info.language or source.language)
    words = WORDS[our_language(language)]
    where = f"{link.title} ({event.handle})" if event.handle else link.title
    about = [] if not event.article else [words["about"].format(article=border.line(event.article))]
    was = [words["was"].format(former=event.former_url or event.former)] if event.former else []
    article = "" if source.private else border.address(event.article_url)
    return Item(
        id=event.guid,
        url=link.href,
        title=words[event.event].format(who=origin.title, where=where, article=border.line(event.article)),
        summary=" ".join([link.href, *was, *about]),
        html="",
        published=event.at,
        updated=event.at,
        origin=origin,
        categories=(event.event,),
        language=language,
        links=(link, *([Link(rel="via", href=article, type="text/html", title=event.article)] if article else [])),
    )


def _link(site: Site, event: SocialEvent, source: Source, presence: Presence, places: Sequence[Profile]) -> Link | None:
    if event.owner == "author" or is_denied(presence, event.key, event):
        return None
    if event.event == "post.linked":
        sure = event.confidence if event.key not in presence.allowed else 1.0
        href = border.address(event.url)
        if sure < site.social_confidence or not href or is_secret(href, event.platform, source):
            return None
        return link_of(event, href, title=platform_name(event.platform), sure=sure)
    profile = next((it for it in places if _is_of(it, event)), None)
    if profile is None or (event.event == "profile.gone" and profile.confidence >= 1.0):
        return None  # the operator confirms the profile, so it is not gone
    return link_to(profile)


def _is_of(profile: Profile, event: SocialEvent) -> bool:
    return (profile.owner, profile.kind, profile.key) == (event.owner, event.kind, event.key)
