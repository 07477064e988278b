"""Outputs: list the files to publish, each with a fingerprint of what it is made from and a function that renders it.

channel ─→ stories that fit ─→ fingerprint, and a document that is made when first needed ─→ each format's bytes
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain

from syndicator.model.document import Document, Tombstone
from syndicator.model.noun import Noun, encode, replace
from syndicator.model.presence import NO_PRESENCE, Presence
from syndicator.model.settings import Channel, Site
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.pipeline import archiving
from syndicator.pipeline.archiving import Page
from syndicator.pipeline.scene import Scene, declared, presences_of
from syndicator.publish import FORMATS, Format, html, opml, social, social_events, social_opml, social_page
from syndicator.publish.compose import compose
from syndicator.publish.linking import profile_links
from syndicator.publish.naming import title_of
from syndicator.store import Store
from syndicator.text.keys import digest

RENDERING = 9
"""Version of the rendering, to be raised when the same stories are rendered in another way."""
TOMBSTONES = 50
"""The most withdrawn stories that are told in each feed that may have shown them."""
CREDITS = 5
"""Number of each publisher's newest articles whose credits are shown to people."""
EVENTS = 500
"""Number of newest events that are read for the feed of events; those of removed sources are then left out."""
Presences = Callable[[], Mapping[str, Presence]]
"""A function that returns the profiles of all publishers, by source id."""
FRONT_PAGE = Channel(id="index", limit=50)
"""The front page as a channel: the 50 newest stories of all sources."""


class Output(Noun, kw_only=False):
    """A file to publish.

    Attributes:
        name: Its path below the public folder.
        made_from: Fingerprint of what it is made from.
        render: Returns its bytes.
        document: Returns the document that it shows; None: it shows none.
        is_dear: Whether making it, or all files of its kind, may take seconds, as with a thousand sources or a long
            archive.
    """

    name: str
    made_from: bytes
    render: Callable[[], bytes]
    document: Callable[[], Document] | None = None
    is_dear: bool = False


def outputs(store: Store, scene: Scene) -> Iterator[Output]:
    """Iterate over all files to publish; for each, only as much is read now as its fingerprint needs."""
    everyone = _everyone(store, scene)
    return chain(_feeds(store, scene, everyone), _front(store, scene, everyone), _about_sources(store, scene, everyone))


def feed(store: Store, scene: Scene, channel: Channel) -> list[Output]:
    """Return a channel's feed in each format, and its landing page, without its archive."""
    page = archiving.feed(store, channel, channel_sources(channel, scene))
    return [*_written(scene.config.site, channel, page, _composer(store, scene, channel, _everyone(store, scene)))]


def _everyone(store: Store, scene: Scene) -> Presences:
    """Return a function for the profiles of all publishers, which reads them once, when they are first needed.

    With thousands of publishers this is slow.
    """
    return cache(partial(presences_of, store, scene, None))


def _feeds(store: Store, scene: Scene, everyone: Presences) -> Iterator[Output]:
    """Iterate over the files of each channel: its feed and archive documents in each format, with their HTML pages."""
    for channel in scene.config.channels:
        document_of = _composer(store, scene, channel, everyone)
        for page in archiving.pages(store, channel, channel_sources(channel, scene)):
            yield from _written(scene.config.site, channel, page, document_of)


def _written(
    site: Site, channel: Channel, page: Page, document_of: Callable[[Page], tuple[bytes, Callable[[], Document]]]
) -> Iterator[Output]:
    """Iterate over the files of one document of a channel: one in each format, and its HTML page."""
    made_from, document = document_of(page)
    for name in channel.formats:
        suffix = FORMATS[name].suffix
        render = partial(_render, FORMATS[name].render, site, document, page, suffix)
        yield Output(f"{page.stem}{suffix}", made_from, render, document, is_dear=not page.is_feed)
    landing = partial(html.render_landing, site, formats=feed_addresses(channel))
    shown = partial(_render, landing, site, document, page)
    yield Output(f"{page.stem}.html", made_from, shown, document, is_dear=not page.is_feed)


def _front(store: Store, scene: Scene, everyone: Presences) -> Iterator[Output]:
    """Iterate over the front page, with the newest stories and the feeds to subscribe to, and its style sheet."""
    site, channels = scene.config.site, scene.config.channels
    (page,) = archiving.pages(store, FRONT_PAGE, None)
    made_from, document = _composer(store, scene, replace(FRONT_PAGE, title=site.title), everyone)(page)
    feeds = [(channel, feed_addresses(channel)) for channel in channels]
    shown = [it for it in scene.sources.values() if it.id in scene.current]
    print_ = digest(f"{made_from.hex()}{feeds}{[it.id for it in shown]}")
    yield Output(
        "index.html", print_, lambda: html.render_index(site, document(), feeds, _names(scene, shown)), document
    )
    yield Output("style.css", digest(f"{RENDERING}"), html.render_style)


def _about_sources(store: Store, scene: Scene, everyone: Presences) -> Iterator[Output]:
    """Iterate over the files about sources: the list of them, and their publishers' profiles and events."""
    site = scene.config.site
    shown = [it for it in scene.sources.values() if it.id in scene.current and it.kind != "list"]
    made_from = digest(encode([(it, scene.infos.get(it.id)) for it in shown])).hex()
    print_ = digest(f"{RENDERING}{site}{made_from}")
    yield Output("sources.opml", print_, lambda: opml.render_opml(site, shown, scene.infos))
    # A file about all publishers at once is slow to make.
    publishers = cache(lambda: _publishers(store, scene, shown, everyone()))
    events = cache(lambda: _events(store, scene, everyone()))
    print_ = digest(f"{RENDERING}{site}{[*map(declared, shown)]}{made_from}{store.social_state()}{scene.words}")
    for name, format_ in FORMATS.items():
        path = social_events.ADDRESSES[name]
        yield Output(path, print_, partial(_render_events, format_, events, site, path), is_dear=True)
    yield Output("social.json", print_, lambda: social.render_social(site, publishers()), is_dear=True)
    yield Output("social.schema.json", digest(f"{RENDERING}"), social.render_schema)
    yield Output("social.jsonld", print_, lambda: social.render_jsonld(site, publishers()), is_dear=True)
    yield Output("social.opml", print_, lambda: social_opml.render_social_opml(site, publishers()), is_dear=True)
    yield Output(
        "social.html", print_, lambda: social_page.render_social_page(site, events(), publishers()), is_dear=True
    )


def _publishers(
    store: Store, scene: Scene, sources: Sequence[Source], presences: Mapping[str, Presence]
) -> list[social.Publisher]:
    credited = store.credited(CREDITS)
    return [
        social.Publisher(
            source=it,
            info=scene.infos.get(it.id, FeedInfo()),
            presence=presences.get(it.id, NO_PRESENCE),
            credits=credited.get(it.id, ()),
        )
        for it in sources
    ]


def _events(store: Store, scene: Scene, presences: Mapping[str, Presence]) -> Document:
    current = {it: source for it, source in scene.sources.items() if it in scene.current}
    return social_events.compose_events(scene.config.site, store.social_events(EVENTS), current, scene.infos, presences)


def feed_addresses(channel: Channel) -> dict[str, str]:
    """Return the address of a channel's feed in each format, by the format's name, relative to the site's root."""
    return {name: f"/feeds/{channel.id}{FORMATS[name].suffix}" for name in channel.formats}


def channel_sources(channel: Channel, scene: Scene) -> list[str] | None:
    """Return the ids of the sources whose stories a channel takes; None: it takes those of all sources."""
    if not channel.tags and not channel.sources:
        return None
    tagged = (scene.tagged.get(tag, ()) for tag in channel.tags)
    return [*dict.fromkeys(chain(*tagged, (it for it in channel.sources if it in scene.sources)))]


def _composer(
    store: Store, scene: Scene, channel: Channel, everyone: Presences
) -> Callable[[Page], tuple[bytes, Callable[[], Document]]]:
    """Return a function that returns a page's fingerprint and a function that makes its document when first needed.

    What a channel's pages have in common is computed once, since that is slow with a thousand sources.
    """
    sources = channel_sources(channel, scene)
    sole = sources[0] if sources and len(sources) == 1 else ""
    presences = everyone() if channel.inline_profiles else presences_of(store, scene, [sole] if sole else [])
    least = scene.config.site.social_confidence
    profiles = {it: profile_links(presence, scene.sources[it], least) for it, presence in presences.items()}
    looks = {it: links for it, links in profiles.items() if links}
    common = digest(f"{RENDERING}{scene.config.site}{channel}{scene.appearance.hex()}{looks or ''}")

    def document_of(page: Page) -> tuple[bytes, Callable[[], Document]]:
        gone = store.gone(sources=sources, languages=channel.languages, limit=TOMBSTONES) if page.is_feed else []

        @cache
        def document() -> Document:
            stories = store.stories([number for number, _ in page.stories])
            tombstones = [Tombstone(id=guid, gone_at=gone_at) for guid, gone_at in gone]
            made = compose(
                channel, scene.config.site, stories, scene.sources, scene.infos, tombstones, scene.now, presences
            )
            return replace(made, profiles=profiles.get(sole, ()))

        return digest(f"{common.hex()}{page}{gone or ''}"), document

    return document_of


def _render_events(format_: Format, events: Callable[[], Document], site: Site, path: str) -> bytes:
    return format_.render(replace(events(), feed_url=site.base_url + path, hubs=site.all_hubs))


def _render(
    render: Callable[[Document], bytes], site: Site, document: Callable[[], Document], page: Page, suffix: str = ""
) -> bytes:
    """Render a channel's document in one format, with the addresses of its other documents in that format."""
    made = document()

    def address(stem: str) -> str:
        return f"{site.base_url}{stem}{suffix}" if stem else ""

    return render(
        replace(
            made,
            feed_url=address(page.stem),
            older_url=address(page.older),
            newer_url=address(page.newer),
            current_url="" if page.is_feed else f"{made.url}{suffix}",
            hubs=site.all_hubs if page.is_feed else (),
        )
    )


def _names(scene: Scene, sources: Sequence[Source]) -> list[tuple[str, str]]:
    """Return the title and the site's address of each source, for people; the address is empty if it is private."""
    infos = [(source, scene.infos.get(source.id, FeedInfo())) for source in sources if source.kind != "list"]
    return [(title_of(source, info), "" if source.private else info.site_url) for source, info in infos]
