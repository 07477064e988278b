"""Nouns for tests: complete by default, so that a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from syndicator.model.article import Article, Copy, Enclosure, Origin, Person, Story
from syndicator.model.document import Document, Item
from syndicator.model.noun import replace
from syndicator.model.presence import Profile
from syndicator.model.social import Credit, SocialLink
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo

MOMENT = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
"""When the built things happened."""


def make_source(**changes: Any) -> Source:
    """A public news feed."""
    source = Source(id="daily", url="https://daily.example/rss.xml", title="The Daily", tags=("news", "en"))
    return replace(source, **changes)


def make_info(**changes: Any) -> FeedInfo:
    """What the feed of `make_source` says of itself."""
    info = FeedInfo(
        title="The Daily: all news",
        site_url="https://daily.example/",
        description="What happened today.",
        language="en",
        rights="© The Daily",
    )
    return replace(info, **changes)


def make_profile(**changes: Any) -> Profile:
    """Where the publisher of `make_source` is, as a line below its stories shows."""
    profile = Profile(
        source_id="daily",
        key="telegram:daily",
        platform="telegram",
        handle="daily",
        url="https://t.me/daily",
        label="Telegram",
        confidence=0.85,
    )
    return replace(profile, **changes)


def make_article(**changes: Any) -> Article:
    """An English article with a link, a body and a date."""
    article = Article(
        source_id="daily",
        key="https://daily.example/2026/river",
        guid="https://daily.example/2026/river",
        url="https://daily.example/2026/river?utm_source=rss",
        canonical_url="https://daily.example/2026/river",
        title="The river has risen by two metres",
        html="<p>The river has risen by <b>two metres</b>.</p><p>Bridges stay open.</p>",
        text="The river has risen by two metres.\nBridges stay open.",
        published=MOMENT - timedelta(hours=1),
        language="en",
    )
    return replace(article, **changes)


def make_copy(article: Article, reason: str = "first", first_seen: datetime = MOMENT) -> Copy:
    """The article as one of a story's copies."""
    return Copy(
        source_id=article.source_id,
        url=article.url,
        canonical_url=article.canonical_url,
        guid=article.guid,
        first_seen=first_seen,
        reason=reason,
    )


def make_story(lead: Article | None = None, *others: Article, **changes: Any) -> Story:
    """A story led by an article, with the others as further copies."""
    lead = lead or make_article()
    story = Story(
        id=1,
        guid=lead.guid or "urn:uuid:0e1b3a52-7c55-5f3e-9a44-0d7a5c1f2b3a",
        lead=lead,
        copies=(make_copy(lead), *(make_copy(other, "text") for other in others)),
        first_seen=MOMENT,
        sort_at=min(lead.published or MOMENT, MOMENT),
        updated=MOMENT,
    )
    return replace(story, **changes)


def make_item(**changes: Any) -> Item:
    """An item with a link and an excerpt."""
    item = Item(
        id="https://daily.example/2026/river",
        url="https://daily.example/2026/river",
        title="The river has risen by two metres",
        summary="The river has risen by two metres.",
        html="",
        published=MOMENT - timedelta(hours=1),
        updated=MOMENT,
        origin=Origin(id="https://daily.example/rss.xml", title="The Daily", feed_url="https://daily.example/rss.xml"),
    )
    return replace(item, **changes)


def make_document(*items: Item, **changes: Any) -> Document:
    """A feed of these items."""
    document = Document(
        id="http://127.0.0.1:8008/feeds/all",
        channel="all",
        title="Syndicator",
        description="Everything",
        url="http://127.0.0.1:8008/feeds/all",
        feed_url="http://127.0.0.1:8008/feeds/all.rss",
        updated=max((item.updated for item in items), default=MOMENT),
        items=items,
    )
    return replace(document, **changes)


def rich_sources() -> dict[str, Source]:
    """One source of each sort: public, Russian in full, private, a file."""
    sources = (
        make_source(),
        make_source(
            id="vestnik",
            url="https://vestnik.example/rss?a=1&b=2",
            title="Вестник «Ёлка»",
            tags=("ru", "news"),
            language="ru",
            republish="full",
        ),
        make_source(id="club", url="https://club.example/feed?token=SECRET-42", title="The Club", private=True),
        make_source(id="sample", url="file:../samples/news.xml", title="", republish="headline"),
    )
    return {source.id: source for source in sources}


def rich_infos() -> dict[str, FeedInfo]:
    """What the sources of `rich_sources` say of themselves."""
    return {
        "daily": make_info(),
        "vestnik": make_info(
            title="Вестник: все новости",
            site_url="https://vestnik.example/",
            id="tag:vestnik.example,2020:feed",
            language="ru",
            rights="© Вестник",
        ),
        "club": make_info(title="Club", site_url="https://club.example/?token=SECRET-42"),
        "sample": make_info(title="Sample news", site_url="file:///srv/samples/", rights=""),
    }


def rich_stories() -> list[Story]:
    """Stories that between them use every field: the newest first."""
    russian = make_article(
        source_id="vestnik",
        key="7",
        guid="tag:vestnik.example,2026:7",
        url="https://vestnik.example/новости/7?from=rss",
        canonical_url="https://vestnik.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/7?a=1&b=2",
        external_url="https://report.example/2026",
        title="Экономика Москвы: «ёлки» & цены < 100 ₽",
        html='<p>Цены на <a href="https://vestnik.example/elki">ёлки</a> &lt; 100 ₽.</p><p>— Так и есть ]]&gt; 🎄</p>',
        text="Цены на ёлки < 100 ₽.\n— Так и есть ]]> 🎄",
        summary="Цены на ёлки < 100 ₽ & ниже.",
        published=MOMENT - timedelta(hours=2),
        authors=(Person(name="Анна Петрова", url="https://vestnik.example/authors/petrova", email="anna@example.org"),),
        categories=("Цены", "Ёлки"),
        section="Экономика Москвы",
        language="ru",
        images=("https://vestnik.example/elka.jpg",),
        enclosures=(
            Enclosure(url="https://vestnik.example/7.mp3", type="audio/mpeg", length=123456, title="Слушать"),
            Enclosure(url="https://vestnik.example/7.pdf"),
        ),
        comments="https://vestnik.example/7#comments",
        rights="© Вестник, 2026",
        social=(SocialLink(platform="telegram", handle="vestnik", url="https://t.me/vestnik"),),
        credits=(
            Credit(role="photographer", name="Владимир Ефимов", agency="Мэрия"),
            Credit(role="agency", name="", agency="Фотобанк"),
        ),
    )
    reprint = make_article(source_id="daily", guid="d7", url="https://daily.example/7", canonical_url="", title="Firs")
    members = make_article(source_id="club", guid="c7", url="https://club.example/7", canonical_url="", title="Firs")
    lone = make_article(
        source_id="club",
        key="c8",
        guid="",
        url="",
        canonical_url="",
        title="",
        html="",
        text="A note without a link or a title.",
        published=None,
    )
    headline = make_article(
        source_id="sample",
        key="s9",
        guid="file:///srv/samples/news.xml#9",
        url="file:///srv/samples/9.html",
        canonical_url="https://sample.example/9",
        title="Only the headline",
        summary="Not to be shown.",
    )
    return [
        make_story(make_article(categories=("Rivers",)), russian, id=4, updated=MOMENT + timedelta(minutes=5)),
        make_story(russian, reprint, members, russian, id=3),
        make_story(lone, id=2),
        make_story(headline, id=1),
    ]
