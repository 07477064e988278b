from datetime import UTC, datetime, timedelta

import pytest

from support.builders import (
    MOMENT,
    make_article,
    make_copy,
    make_info,
    make_profile,
    make_source,
    make_story,
    rich_infos,
    rich_sources,
    rich_stories,
)
from syndicator.model.article import Enclosure, Origin, Story
from syndicator.model.document import Document, Item, Tombstone
from syndicator.model.noun import replace
from syndicator.model.presence import Presence, Profile
from syndicator.model.rights import Rights
from syndicator.model.settings import Channel, Site
from syndicator.model.social import SocialLink
from syndicator.model.source import Republish, Source
from syndicator.model.state import FeedInfo
from syndicator.publish import FORMATS
from syndicator.publish.compose import EPOCH, compose
from syndicator.publish.terms import EXCERPT

LONG = "Предложение о ёлках. " * 40


def item_of(story: Story, *sources: Source, info: FeedInfo | None = None) -> Item:
    known = {source.id: source for source in (sources or (make_source(),))}
    infos = {"daily": info or make_info()}
    (item,) = compose(Channel(id="all"), Site(), [story], known, infos).items
    return item


def rich() -> Document:
    return compose(Channel(id="all"), Site(), rich_stories(), rich_sources(), rich_infos())


def test_the_document_lies_where_the_site_is() -> None:
    site = Site(title="Лента", base_url="https://news.example/")
    document = compose(Channel(id="economy", title="Экономика"), site, [], {}, {})
    assert document.id == document.url == "https://news.example/feeds/economy"
    assert (document.title, document.description) == ("Экономика", "Экономика – Лента")
    assert document.updated == EPOCH


def test_a_document_of_a_site_with_letters_of_its_own_is_named_as_it_is_asked_for() -> None:
    document = compose(Channel(id="all"), Site(base_url="https://новости.рф/"), [], {}, {})
    assert document.id == document.url == "https://xn--b1amnebsh.xn--p1ai/feeds/all"


def test_a_title_that_begins_with_the_sites_is_not_followed_by_it() -> None:
    site = Site(title="Лента")
    described = {it: compose(Channel(id="x", title=it), site, [], {}, {}).description for it in ("Лента: x", "Ленты")}
    assert described == {"Лента: x": "Лента: x", "Ленты": "Ленты – Лента"}
    assert compose(Channel(id="x", description="О важном"), site, [], {}, {}).description == "О важном"


def test_the_document_is_as_new_as_its_newest_change() -> None:
    stories = [make_story(updated=MOMENT), make_story(updated=MOMENT + timedelta(hours=1))]
    document = compose(Channel(id="all"), Site(), stories, {"daily": make_source()}, {})
    assert document.updated == MOMENT + timedelta(hours=1)


def test_a_story_with_an_old_date_makes_the_document_new_when_it_comes() -> None:
    old, late = MOMENT - timedelta(days=3), MOMENT + timedelta(hours=5)
    hidden = make_article(terms=Rights(robots=("noindex",)))
    stories = [make_story(), make_story(updated=old, sort_at=old, first_seen=late)]
    gone = make_story(hidden, first_seen=late + timedelta(days=1))
    document = compose(Channel(id="all"), Site(), [*stories, gone], {"daily": make_source()}, {})
    assert len(document.items) == 2
    assert document.updated == late


def test_a_language_is_that_of_the_feed_only_when_all_share_it() -> None:
    russian, english = make_story(make_article(language="ru")), make_story(make_article(language="en"))
    sources = {"daily": make_source()}
    assert compose(Channel(id="all"), Site(), [russian, russian], sources, {}).language == "ru"
    assert compose(Channel(id="all"), Site(), [russian, english], sources, {}).language == ""


def test_headline_sources_show_title_link_and_source_only() -> None:
    story = make_story(make_article(summary="Teaser", images=("https://daily.example/1.jpg",), categories=("Rivers",)))
    item = item_of(story, make_source(republish="headline"))
    assert (item.title, item.url) == ("The river has risen by two metres", "https://daily.example/2026/river")
    assert (item.summary, item.html, item.image, item.categories) == ("", "", "", ())
    assert item.origin.title == "The Daily"


def test_excerpt_sources_show_a_short_summary_and_no_body() -> None:
    item = item_of(make_story(make_article(summary=LONG)), make_source(republish="excerpt"))
    assert 0 < len(item.summary) <= EXCERPT
    assert item.html == ""
    assert item_of(make_story(make_article(summary="", text="From the body."))).summary == "From the body."


def test_full_sources_show_summary_and_body() -> None:
    item = item_of(make_story(make_article(summary="Teaser")), make_source(republish="full"))
    assert (item.summary, item.html) == ("Teaser", make_article().html)


@pytest.mark.parametrize(
    ("text", "title"),
    [("A note.", "A note."), ("", "The Daily, 2026-03-05 13:00")],
    ids=["the text begins it", "nothing but the date is known"],
)
def test_a_story_without_a_title_gets_one(text: str, title: str) -> None:
    assert item_of(make_story(make_article(title="", text=text))).title == title


@pytest.mark.parametrize(
    ("republish", "terms", "title"),
    [
        ("headline", Rights(), "The Daily, 2026-03-05 13:00"),
        ("full", Rights(robots=("nosnippet",)), "The Daily, 2026-03-05 13:00"),
        ("full", Rights(max_snippet=0), "The Daily, 2026-03-05 13:00"),
        ("full", Rights(max_snippet=12), "The river…"),
        ("excerpt", Rights(), "The river has risen by two metres"),
    ],
)
def test_a_title_made_from_the_text_gives_away_no_more_of_it_than_may_be_shown(
    republish: Republish, terms: Rights, title: str
) -> None:
    item = item_of(
        make_story(make_article(title="", text="The river has risen by two metres", terms=terms)),
        make_source(republish=republish),
    )
    assert item.title == title
    for format_ in FORMATS.values():
        document = compose(Channel(id="all"), Site(), [], {}, {})
        said = format_.render(replace(document, items=(item,)))
        assert (b"risen" in said) == (republish == "excerpt")


def test_a_date_is_never_later_than_the_arrival() -> None:
    future = item_of(make_story(make_article(published=MOMENT + timedelta(days=1))))
    undated = item_of(make_story(make_article(published=None)))
    old = item_of(make_story(make_article(published=datetime(2001, 1, 1, tzinfo=UTC))))
    assert future.published == undated.published == MOMENT
    assert old.published == datetime(2001, 1, 1, tzinfo=UTC)


def test_a_story_is_never_updated_before_it_is_published() -> None:
    item = item_of(make_story(updated=MOMENT - timedelta(days=9)))
    assert item.updated == item.published


def test_every_further_copy_is_listed_once_with_its_source() -> None:
    lead = make_article()
    other = make_article(source_id="other", url="https://other.example/1", canonical_url="")
    nowhere = make_article(source_id="other", url="file:///srv/1.html", canonical_url="")
    page = make_article(source_id="other", url="file:///srv/2.html", canonical_url="https://other.example/2")
    story = make_story(lead, other, other, nowhere, page, lead)
    item = item_of(story, make_source(), make_source(id="other", url="https://other.example/rss", title="Other"))
    assert [(link.rel, link.href, link.title) for link in item.links] == [
        ("via", "https://other.example/1", "Other"), ("via", "https://other.example/2", "Other"),
    ]  # fmt: skip


def test_a_copy_whose_page_must_not_be_named_is_not_whoever_else_has_that_address() -> None:
    lead = make_article()
    hidden = make_article(source_id="other", url="https://other.example/1?utm_source=rss", canonical_url="")
    listed = make_article(source_id="third", url="https://other.example/1", canonical_url="")
    post = make_article(source_id="daily", url="https://t.me/daily/7", canonical_url="https://other.example/1")
    shown = make_article(source_id="third", url="https://third.example/1", canonical_url="")
    copies = [make_copy(it, "text") for it in (lead, hidden, listed, post, shown)]
    copies[1] = replace(copies[1], hidden=True)
    item = item_of(make_story(lead, copies=tuple(copies)), make_source(), make_source(id="third", title="Third"))
    assert [(link.rel, link.href) for link in item.links] == [("via", "https://third.example/1")]


def test_a_copy_at_the_items_own_address_is_listed_too_for_the_source_is_what_is_told() -> None:
    lead = make_article()
    other = make_article(source_id="other", url=lead.canonical_url)
    item = item_of(make_story(lead, other), make_source(), make_source(id="other", title="Other"))
    assert [(link.rel, link.href, link.title) for link in item.links] == [("via", item.url, "Other")]


def test_a_source_that_is_subscribed_to_twice_is_not_named_beside_itself() -> None:
    lead, twin = make_article(), make_article(source_id="twin")
    twice = make_source(id="twin", url="http://daily.example/rss")
    assert item_of(make_story(lead, twin), make_source(), twice).links == ()
    links = item_of(make_story(lead, twin), make_source(), replace(twice, title="Economy")).links
    assert [(it.href, it.title) for it in links] == [(lead.canonical_url, "Economy")]
    assert item_of(make_story(lead, replace(twin, url="https://daily.example/else")), make_source(), twice).links


def test_what_a_source_took_from_another_names_that_one_and_the_source_as_who_has_it_too() -> None:
    taken = Origin(id="https://nsn.example/", title="НСН", site_url="https://nsn.example/")
    presence = Presence(profiles=(make_profile(),))
    lead = make_article(origin=taken, social=())
    channel = Channel(id="all", inline_profiles=True)
    own, item = (
        compose(channel, Site(), [make_story(it)], {"daily": make_source()}, {}, presences={"daily": presence}).items[0]
        for it in (make_article(social=()), lead)
    )
    assert (item.origin.title, item.origin.site_url) == ("НСН", "https://nsn.example/")
    assert [(it.rel, it.href, it.title) for it in item.links] == [("via", item.url, "The Daily")]
    assert own.origin.title == "The Daily"
    assert [it.href for it in own.links] == ["https://t.me/daily"]


def test_an_own_post_about_the_article_is_related_unless_its_page_must_not_be_named_or_it_is_all_there_is() -> None:
    lead = make_article()
    post = make_article(url="https://t.me/daily/7", canonical_url=lead.canonical_url, claimed=True)
    hidden = make_article(url="https://t.me/daily/8", canonical_url=lead.canonical_url, claimed=True)
    other = make_article(source_id="other", url=lead.canonical_url)
    copies = make_copy(lead), make_copy(post, "post"), replace(make_copy(hidden, "post"), hidden=True), make_copy(other)
    for republish in ("headline", "full"):
        item = item_of(make_story(lead, copies=copies), make_source(republish=republish))
        assert [(link.rel, link.href) for link in item.links] == [
            ("via", lead.canonical_url), ("related", "https://t.me/daily/7"),
        ]  # fmt: skip
    assert item_of(make_story(post)).links == ()


def test_profiles_are_in_items_only_where_the_channel_wants_them_and_more_than_a_headline_is_shown() -> None:
    profile = Profile(source_id="daily", key="telegram:daily", platform="telegram", url="https://t.me/daily")
    presences = {"daily": Presence(profiles=(replace(profile, confidence=0.9),))}
    found = {
        (inline, republish): [
            link.href
            for item in compose(
                Channel(id="all", inline_profiles=inline), Site(), [make_story()],
                {"daily": make_source(republish=republish)}, {}, presences=presences,
            ).items
            for link in item.links
        ]
        for inline in (True, False) for republish in ("headline", "excerpt")
    }  # fmt: skip
    assert {given for given, links in found.items() if links} == {(True, "excerpt")}
    assert found[True, "excerpt"] == ["https://t.me/daily"]


def test_comments_on_an_account_that_the_operator_denies_are_not_named() -> None:
    story = make_story(make_article(comments="https://t.me/daily/7"))
    for denied, comments in (("telegram:daily", ""), ("telegram:other", "https://t.me/daily/7")):
        presences = {"daily": Presence(denied=frozenset({denied}))}
        (item,) = compose(
            Channel(id="all"), Site(), [story], {"daily": make_source()}, {}, presences=presences
        ).items  # fmt: skip
        assert item.comments == comments
        assert [link.href for link in item.links] == [comments] * bool(comments)


def test_a_discussion_that_is_among_the_social_links_is_linked_once_however_it_is_written() -> None:
    talk = SocialLink(
        platform="telegram", kind="discussion", owner="article", url="https://t.me/daily/7", confidence=0.9
    )  # fmt: skip
    story = make_story(make_article(comments="https://telegram.me/s/daily/7", social=(talk,)))
    assert [(it.rel, it.href, it.platform) for it in item_of(story).links] == [("replies", talk.url, "telegram")]


def test_what_a_post_is_about_and_its_discussion_are_linked() -> None:
    lead = make_article(external_url="https://report.example/", comments="https://daily.example/river#c")
    links = [(link.rel, link.href) for link in item_of(make_story(lead)).links]
    assert links == [("related", "https://report.example/"), ("replies", "https://daily.example/river#c")]


def test_a_post_without_an_address_leads_to_the_page_that_it_is_about() -> None:
    about = "https://report.example/"
    item = item_of(make_story(make_article(url="", canonical_url="", external_url=about)))
    assert (item.url, [(link.rel, link.href) for link in item.links]) == (about, [("related", about)])
    own = item_of(make_story(make_article(external_url=about)))
    assert own.url == make_article().canonical_url


def test_the_rubric_is_the_first_category() -> None:
    item = item_of(make_story(make_article(section="Экономика Москвы", categories=("Цены", "Экономика Москвы"))))
    assert item.categories == ("Экономика Москвы", "Цены")


def test_a_source_that_is_gone_counts_as_private_and_keeps_its_excerpt() -> None:
    (item,) = compose(Channel(id="all"), Site(), [make_story()], {}, {"daily": make_info()}).items
    assert (item.origin.feed_url, item.origin.title) == ("", "The Daily: all news")
    assert item.summary
    assert item.html == ""


def test_nothing_of_a_file_or_of_a_secret_is_published() -> None:
    shown = repr(rich())
    assert "file:" not in shown
    assert "SECRET" not in shown


def test_a_story_known_by_a_file_keeps_one_id_for_ever() -> None:
    story = make_story(make_article(guid="file:///srv/samples/9.html"))
    assert item_of(story).id == item_of(story).id
    assert item_of(story).id.startswith("urn:uuid:")


def test_the_lead_of_a_story_is_not_its_own_copy() -> None:
    lead = make_article(canonical_url="", url="https://daily.example/a b")
    assert item_of(make_story(lead, copies=(make_copy(lead),))).links == ()


def test_an_item_leads_to_its_own_page_not_to_one_that_it_only_claims() -> None:
    claim = make_article(
        url="https://daily.example/copy?utm_source=x", canonical_url="https://big.example/x", claimed=True
    )
    assert item_of(make_story(claim)).url == "https://daily.example/copy"
    link_blog = make_article(
        url="https://big.example/x?utm_source=x", canonical_url="https://big.example/x", claimed=True
    )
    assert item_of(make_story(link_blog)).url == "https://big.example/x"
    nowhere = make_article(url="", canonical_url="https://big.example/x", claimed=True)
    assert item_of(make_story(nowhere)).url == "https://big.example/x"
    page_of_a_file = make_article(url="", canonical_url="https://daily.example/x")
    assert item_of(make_story(page_of_a_file)).url == "https://daily.example/x"


def test_what_is_gone_is_told_for_thirty_days_of_the_feeds_own_time() -> None:
    late = MOMENT + timedelta(days=29)
    times = {"b": late, "a": MOMENT, "0": MOMENT - timedelta(days=2)}
    gone = [Tombstone(id=name, gone_at=gone_at) for name, gone_at in times.items()]
    made = compose(Channel(id="all"), Site(), [make_story()], {}, {}, gone)
    assert [it.id for it in made.gone] == ["b", "a"]
    assert made.updated == late, "that something is gone is a change"


def showing_of(republish: str, **declared: object) -> list[Item]:
    pictures = {
        "html": '<p>A <img src="https://daily.example/2.jpg"> river.</p>',
        "images": ("https://daily.example/1.jpg",),
    }
    article = make_article(text=LONG, terms=Rights(**declared), rights="© The Daily", **pictures)  # type: ignore[arg-type]
    document = compose(
        Channel(id="all"), Site(), [make_story(article)], {"daily": make_source(republish=republish)}, {}, now=MOMENT
    )
    return list(document.items)


def test_a_page_that_must_not_be_indexed_is_in_no_feed() -> None:
    assert showing_of("full", robots=("noindex",)) == []
    assert showing_of("full", unavailable_after="2026-03-01T00:00:00Z") == []


def test_an_excerpt_is_no_longer_than_the_page_lets_it_be() -> None:
    (item,) = showing_of("full", max_snippet=60)
    assert (item.html, item.mode) == ("", "excerpt")
    assert 30 < len(item.summary) <= 60


def test_without_leave_for_pictures_there_is_none_in_the_text_either() -> None:
    (item,) = showing_of("full", robots=("noimageindex",))
    assert (item.image, item.html) == ("", "<p>A  river.</p>")
    (item,) = showing_of("full")
    assert item.image == "https://daily.example/1.jpg"
    assert item.html == '<p>A <img src="https://daily.example/2.jpg"> river.</p>'


def test_without_leave_for_pictures_a_film_is_shown_without_the_one_that_stands_for_it() -> None:
    film = '<video controls="" poster="https://daily.example/2.jpg"><source src="https://daily.example/2.mp4"></video>'
    story = make_story(make_article(html=f'{film}<p>A poster="x".</p>', terms=Rights(robots=("noimageindex",))))
    item = item_of(story, make_source(republish="full"))
    assert item.html == film.replace(' poster="https://daily.example/2.jpg"', "") + '<p>A poster="x".</p>'


def test_without_leave_for_pictures_none_is_enclosed_whether_it_says_that_it_is_one_or_not() -> None:
    files = ("1.jpg", ""), ("2", "image/png"), ("3", "IMAGE/PNG; q=1"), ("4.mp3", ""), ("5.jpg", "audio/mpeg")
    enclosures = tuple(Enclosure(url=f"https://daily.example/{name}", type=type_) for name, type_ in files)
    shown = [
        item_of(make_story(make_article(enclosures=enclosures, terms=Rights(robots=words)))).enclosures
        for words in ((), ("noimageindex",))
    ]
    assert shown == [enclosures, enclosures[3:]]


def test_licence_and_copyright_line_go_along_with_a_headline_too() -> None:
    (item,) = showing_of("headline", license="https://creativecommons.org/licenses/by-nc/4.0/")
    assert [(it.rel, it.href) for it in item.links] == [("license", "https://creativecommons.org/licenses/by-nc/4.0/")]
    assert (item.rights, item.mode) == ("© The Daily", "headline")


def test_a_document_is_reserved_when_one_of_its_items_is() -> None:
    reserved = make_story(make_article(terms=Rights(tdm=True)))
    sources = {"daily": make_source()}
    assert compose(Channel(id="all"), Site(), [make_story(), reserved], sources, {}).reserved
    assert not compose(Channel(id="all"), Site(), [make_story()], sources, {}).reserved
