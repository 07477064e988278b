"""Compose a channel's feed from stories, independent of the format: which items, with which texts and links."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from syndicator.model.article import Article, Story
from syndicator.model.document import Document, Item, Link, Tombstone
from syndicator.model.noun import replace
from syndicator.model.presence import NO_PRESENCE, Presence
from syndicator.model.settings import Channel, Site
from syndicator.model.social import SocialLink
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish import border
from syndicator.publish.linking import article_links, is_denied, profile_links
from syndicator.publish.naming import TITLE, headline, origin_of, permalink, title_of
from syndicator.publish.terms import Showing, showing
from syndicator.social.platforms import key, match
from syndicator.social.posts import announcements, announces
from syndicator.text.language import normal_tag
from syndicator.text.markup import excerpt
from syndicator.text.urls import canonical

REMEMBERED = timedelta(days=30)
"""How long a feed lists items that are gone from it, counted back from its newest change."""

NO_PRESENCES: Mapping[str, Presence] = MappingProxyType({})
_PICTURE = re.compile(r'<img\b[^>]*>|(<video\b[^>]*?) poster="[^"]*"')
"""Matches pictures, and the posters of videos, in sanitised markup, in which no attribute contains `>`."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The update time of a feed without stories: with the current time, equal data would not give equal bytes."""


def compose(
    channel: Channel,
    site: Site,
    stories: Sequence[Story],
    sources: Mapping[str, Source],
    infos: Mapping[str, FeedInfo],
    gone: Sequence[Tombstone] = (),
    now: datetime = EPOCH,
    presences: Mapping[str, Presence] = NO_PRESENCES,
) -> Document:
    """Compose a channel's feed.

    Args:
        channel: The channel, with its name and settings.
        site: The site that the feed belongs to, with its address.
        stories: The channel's stories, the newest first.
        sources: The sources by id. Of a source that is no longer configured, only the id is published.
        infos: What the feeds say about themselves, by source id.
        gone: Stories that the feed may have shown and that no longer exist, the latest first.
        now: The current moment; articles that were to disappear by then are left out.
        presences: Where publishers are present, and the operator's decisions on links, by source id.

    Returns:
        The document. Its `feed_url` is the address of the page; whoever renders a format sets the format's address.
    """
    view = _View(site, sources, infos, presences, now, inline_profiles=channel.inline_profiles)
    made = [(it, _item(it, view)) for it in stories]
    items = tuple(item for _, item in made if item is not None)
    languages = {item.language for item in items}
    title = channel.title or site.title
    came = [story.first_seen for story, item in made if item is not None]  # a new story with an old date counts, too
    updated = max([*came, *(item.updated for item in items), *(it.gone_at for it in gone)], default=EPOCH)
    page = border.address(f"{site.base_url}feeds/{channel.id}")
    return Document(
        id=page,
        channel=channel.id,
        title=title,
        description=channel.description or (title if title.startswith(site.title) else f"{title} – {site.title}"),
        url=page,
        feed_url=page,
        updated=updated,
        items=items,
        language=languages.pop() if len(languages) == 1 else "",
        gone=tuple(it for it in gone if it.gone_at > updated - REMEMBERED),
    )


class _View(NamedTuple):
    """What composing any story of a channel needs; the arguments of `compose` explain the fields."""

    site: Site
    sources: Mapping[str, Source]
    infos: Mapping[str, FeedInfo]
    presences: Mapping[str, Presence]
    now: datetime
    inline_profiles: bool

    def source(self, source_id: str) -> Source:
        """The source with this id; one that is no longer configured may have been private, and counts as private."""
        return self.sources.get(source_id) or Source(id=source_id, url="", private=True)

    def info(self, source_id: str) -> FeedInfo:
        """What the source's feed says about itself; empty values if nothing is known."""
        return self.infos.get(source_id, FeedInfo())


def _item(story: Story, view: _View) -> Item | None:
    """The item for a story, with as much of its lead article as may be shown (`terms`); None if nothing may be."""
    lead = story.lead
    source = view.source(lead.source_id)
    shown = showing(lead, source.republish, view.now)
    if shown.mode == "nothing":
        return None
    origin = origin_of(lead, source, view.info(source.id))
    url = permalink(lead)
    copies = _further_copies(story, view)
    posts = _posts(story)
    presence, confidence = view.presences.get(source.id, NO_PRESENCE), view.site.social_confidence
    profiles = profile_links(presence, source, confidence) if view.inline_profiles and not lead.origin else ()
    most = 0 if shown.mode == "headline" else min(TITLE, shown.excerpt)  # a title made from the text is an excerpt
    bare = Item(
        id=border.iri(story.guid),
        url=url,
        title=headline(lead, most) or f"{origin.title}, {story.sort_at:%Y-%m-%d %H:%M}",
        summary="",
        html="",
        published=story.sort_at,
        updated=max(story.updated, story.sort_at),
        origin=origin,
        language=normal_tag(lead.language),
        links=(*copies, *article_links(posts, presence, source, confidence), *_license(lead)),
        authors=lead.authors,
        rights=lead.rights,
        mode=shown.mode,
        license=lead.terms.license,
        tdm=shown.tdm,
        sponsored=shown.sponsored,
        until=shown.until,
    )
    if shown.mode == "headline":
        return bare
    social = article_links((*lead.social, *posts), presence, source, confidence)
    comments = _comments(lead, presence)
    return replace(
        bare,
        summary=excerpt(lead.summary or lead.text, shown.excerpt),
        html=_body(lead, shown) if shown.mode == "full" else "",
        categories=_categories(lead),
        image=next(filter(None, map(border.address, lead.images)), "") if shown.image else "",
        enclosures=tuple(it for it in lead.enclosures if shown.image or not border.is_picture(it)),
        links=(*copies, *_license(lead), *_references(lead, comments, social), *social, *profiles),
        comments=comments,
        credits=lead.credits,
    )


def _further_copies(story: Story, view: _View) -> tuple[Link, ...]:
    """Links to the other copies of a story, each titled with its source; also to those at the lead's own address.

    A copy at the same address under the same name is left out: its feed is subscribed to twice, or had another id
    before. If the lead was taken over from another publisher, who is named as its origin, the lead's own source is
    listed here.
    """
    lead = story.lead
    if len(story.copies) == 1 and not lead.origin:  # this is the case for most stories
        return ()

    def link(source_id: str, href: str) -> Link:
        title = title_of(view.source(source_id), view.info(source_id))
        return Link(rel="via", href=href, type="text/html", title=title)

    own = None if lead.origin else link(lead.source_id, permalink(lead))
    links, hidden = [], _hidden(story)
    for copy in (it for it in story.copies if not announces(it.url, it.canonical_url)):
        href = border.address(canonical(copy.url)) or border.address(copy.canonical_url)
        if href and not hidden & {href, border.address(copy.canonical_url)}:
            found = link(copy.source_id, href)
            if own is None or (found != own and (copy.source_id, copy.url) != (lead.source_id, lead.url)):
                links.append(found)
    return tuple(dict.fromkeys(links))


def _posts(story: Story) -> tuple[SocialLink, ...]:
    """The publisher's own posts that announce the article; a post that is the only copy is the item itself instead."""
    hidden = _hidden(story)
    return announcements(
        it
        for it in story.copies
        if it.url != story.lead.url and not it.hidden and border.address(it.canonical_url) not in hidden
    )


def _hidden(story: Story) -> frozenset[str]:
    """The addresses of copies that must not be published, whichever copy mentions them."""
    copies = [it for it in story.copies if it.hidden and not announces(it.url, it.canonical_url)]
    return frozenset(border.address(url) for it in copies for url in (canonical(it.url), it.canonical_url) if url)


def _comments(lead: Article, presence: Presence) -> str:
    """The address of an article's own comments, unless the operator denies that they belong to it."""
    place = match(lead.comments) if lead.comments else None
    if place is not None and is_denied(presence, key(place), place):
        return ""
    return border.address(lead.comments)


def _references(lead: Article, comments: str, social: Sequence[Link]) -> tuple[Link, ...]:
    """The pages that an article is about or discussed on, without those among its social links, in any spelling."""
    told = {(link.rel, link.href) for link in social}
    return tuple(
        Link(rel=rel, href=href, type="text/html")
        for rel, href in (("related", border.address(lead.external_url)), ("replies", comments))
        if href and told.isdisjoint({(rel, href), (rel, place.url if (place := match(href)) else "")})
    )


def _body(lead: Article, shown: Showing) -> str:
    return lead.html if shown.image else _PICTURE.sub(r"\1", lead.html)


def _license(lead: Article) -> tuple[Link, ...]:
    """The link to the article's licence (RFC 4946), if it has one."""
    return (Link(rel="license", href=lead.terms.license),) if border.address(lead.terms.license) else ()


def _categories(lead: Article) -> tuple[str, ...]:
    """The article's categories; its rubric is the first of them."""
    return tuple(dict.fromkeys(filter(None, (lead.section, *lead.categories))))
