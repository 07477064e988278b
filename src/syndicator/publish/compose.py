"""From stories to a feed before any format: which links, and which words."""

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
"""For how long, counted back from its newest change, a feed names what has gone from it."""

NO_PRESENCES: Mapping[str, Presence] = MappingProxyType({})
_PICTURE = re.compile(r'<img\b[^>]*>|(<video\b[^>]*?) poster="[^"]*"')
"""In sanitised markup, where no attribute holds `>`."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without stories was updated: not "now", or equal data would not give equal bytes."""


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
    """A channel's feed.

    Args:
        channel: Names it.
        site: Says where it will be found.
        stories: The newest first.
        sources: By id. Of a source that is no longer configured nothing is told but its id.
        infos: By source id: what the feeds say of themselves.
        gone: Stories that it may have shown, and are no more, the latest first.
        now: What is to disappear by then is left out.
        presences: By source id: where publishers are, and what the operator says of links.

    Returns:
        The document. Its `feed_url` is that of the page; whoever renders a format puts the format's there.
    """
    view = _View(site, sources, infos, presences, now, inline_profiles=channel.inline_profiles)
    made = [(it, _item(it, view)) for it in stories]
    items = tuple(item for _, item in made if item is not None)
    languages = {item.language for item in items}
    title = channel.title or site.title
    came = [story.first_seen for story, item in made if item is not None]  # what has an old date changes a feed, too
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
    """What all stories of a channel are shown with; `compose` says what each is."""

    site: Site
    sources: Mapping[str, Source]
    infos: Mapping[str, FeedInfo]
    presences: Mapping[str, Presence]
    now: datetime
    inline_profiles: bool

    def source(self, source_id: str) -> Source:
        """The source; one that is gone may have been private, so it counts as that."""
        return self.sources.get(source_id) or Source(id=source_id, url="", private=True)

    def info(self, source_id: str) -> FeedInfo:
        """What the source says of itself, if anything."""
        return self.infos.get(source_id, FeedInfo())


def _item(story: Story, view: _View) -> Item | None:
    """The story in its lead's words, as much of them as may be shown (`terms`); None: nothing."""
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
    """Who else has the story, and where: also at the same address, since the source is what is told.

    Under the same name there, as of a feed that is subscribed to twice or had another id before, nobody else is told.
    Where the lead was taken from somebody else, who is told instead, its source is one of them.
    """
    lead = story.lead
    if len(story.copies) == 1 and not lead.origin:  # as most
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
    """The publisher's own posts that announce the article; one that is all there is of the story is the item itself."""
    hidden = _hidden(story)
    return announcements(
        it
        for it in story.copies
        if it.url != story.lead.url and not it.hidden and border.address(it.canonical_url) not in hidden
    )


def _hidden(story: Story) -> frozenset[str]:
    """Addresses of copies whose pages must not be named, whoever else names them."""
    copies = [it for it in story.copies if it.hidden and not announces(it.url, it.canonical_url)]
    return frozenset(border.address(url) for it in copies for url in (canonical(it.url), it.canonical_url) if url)


def _comments(lead: Article, presence: Presence) -> str:
    """Where its own comments are, unless the operator says that this is not theirs."""
    place = match(lead.comments) if lead.comments else None
    if place is not None and is_denied(presence, key(place), place):
        return ""
    return border.address(lead.comments)


def _references(lead: Article, comments: str, social: Sequence[Link]) -> tuple[Link, ...]:
    """What the article is about, and where it is discussed, unless that is among its social links, however written."""
    told = {(link.rel, link.href) for link in social}
    return tuple(
        Link(rel=rel, href=href, type="text/html")
        for rel, href in (("related", border.address(lead.external_url)), ("replies", comments))
        if href and told.isdisjoint({(rel, href), (rel, place.url if (place := match(href)) else "")})
    )


def _body(lead: Article, shown: Showing) -> str:
    return lead.html if shown.image else _PICTURE.sub(r"\1", lead.html)


def _license(lead: Article) -> tuple[Link, ...]:
    """RFC 4946."""
    return (Link(rel="license", href=lead.terms.license),) if border.address(lead.terms.license) else ()


def _categories(lead: Article) -> tuple[str, ...]:
    """The rubric is a category like the others, and the first of them."""
    return tuple(dict.fromkeys(filter(None, (lead.section, *lead.categories))))
