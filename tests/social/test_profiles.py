"""What an article's links come to, each place told once."""

import pytest

from syndicator.model.noun import replace
from syndicator.model.presence import Profile
from syndicator.model.social import SocialLink
from syndicator.social.profiles import BARE, about, as_seen, combined, confidence, native_feed, own_posts, sightings

TELEGRAM = SocialLink(
    platform="telegram",
    handle="nsnfm",
    url="https://t.me/nsnfm",
    label="Telegram",
    confidence=0.85,
    evidence="subscription line",
    locator="line 7",
)
META = replace(TELEGRAM, label="", confidence=0.9, evidence="telegram:channel", locator="meta")
LABEL = SocialLink(platform="dzen", label="Дзен", status="label_only", confidence=0.3, evidence="subscription line")


@pytest.mark.parametrize(
    ("pieces", "articles", "expected"),
    [
        ((), 0, 0.0),
        ((0.85,), 1, 0.85),
        ((0.85, 0.3), 1, 0.895),
        ((0.75, 0.75), 2, 0.9375),
        ((0.75,), 3, 0.80),
        ((0.95, 0.95, 0.9), 9, 0.99),
        ((1.0, 0.2), 0, 1.0),
        ((), 9, 0.0),
    ],
)
def test_each_piece_of_evidence_leaves_a_part_of_the_doubt(pieces, articles, expected):
    assert confidence(pieces, articles) == pytest.approx(expected)


def test_evidence_alone_is_never_certain_and_a_declaration_is():
    assert confidence([0.99] * 9, 99) == 0.99
    assert confidence([1.0]) == 1.0


def test_ten_anchors_in_one_footer_are_one_piece_of_evidence():
    (link,) = combined([TELEGRAM] * 10)
    assert link.confidence == pytest.approx(0.85)


def test_places_of_other_kinds_add_up_and_the_surest_gives_the_words():
    (link,) = combined([TELEGRAM, META])
    assert link.confidence == pytest.approx(1 - 0.15 * 0.1)
    assert link.evidence == "telegram:channel"


def test_an_articles_profiles_are_its_publishers_and_its_authors_alone():
    links = (
        TELEGRAM,
        META,
        LABEL,
        replace(TELEGRAM, handle="someone", url="https://t.me/someone", owner="third_party"),
        replace(TELEGRAM, kind="share", url="https://t.me/share/url?url=x"),
        replace(TELEGRAM, kind="post", url="https://t.me/nsnfm/1"),
        replace(TELEGRAM, handle="rejected", url="https://t.me/rejected", status="rejected"),
        replace(TELEGRAM, handle="anna_p", url="https://t.me/anna_p", owner="author"),
        replace(TELEGRAM, handle="long", url="https://t.me/" + "x" * 3000),
    )
    found = {it.key: it for it in sightings(links, ["Анна Петрова"])}
    assert set(found) == {"telegram:nsnfm", "dzen:", "telegram:anna_p"}
    assert (found["telegram:anna_p"].owner, found["telegram:anna_p"].author) == ("author", "Анна Петрова")
    nsn = next(sight for it, sight in sightings(links).items() if it.key == "telegram:nsnfm")
    assert nsn.places == {"subscription line": ("line 7", 0.85), "telegram:channel": ("meta", 0.9)}


def test_of_two_authors_neither_is_named_as_an_accounts_owner():
    author = replace(TELEGRAM, owner="author")
    (identity,) = sightings([author], ["Anna", "Boris"])
    assert identity.author == ""


def test_the_place_of_a_bare_label_is_not_that_of_a_link():
    (sight,) = sightings([LABEL]).values()
    assert list(sight.places) == [f"subscription line{BARE}"]


def test_addresses_are_kept_as_they_were_written():
    links = [replace(TELEGRAM, seen=url) for url in ("https://telegram.me/nsnfm/", "", "https://t.me/s/NSNfm")]
    (sight,) = sightings(links).values()
    assert sight.urls == ("https://telegram.me/nsnfm/", "https://t.me/nsnfm", "https://t.me/s/NSNfm")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://telegram.me/nsnfm/", "https://telegram.me/nsnfm/"),
        ("https://vk.com/privtg?from=https://priv.example/?token=SECRET", "https://vk.com/privtg"),
        ("https://vk.ru/nsn#https://priv.example/?token=SECRET", "https://vk.ru/nsn"),
        ("https://m.facebook.com/profile.php?ref=SECRET&id=123", "https://m.facebook.com/profile.php?id=123"),
        ("https://x.com/intent/follow?screen_name=nsn&tw_p=SECRET", "https://x.com/intent/follow?screen_name=nsn"),
        ("https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fnsn%3Ft%3DSECRET", ""),
        ("https://social.example/@nsn?t=SECRET", "https://social.example/@nsn"),
    ],
)
def test_an_address_as_seen_carries_nothing_else_along(url, expected):
    assert as_seen(url) == expected
    link = replace(TELEGRAM, seen=url)
    assert [sight.urls for sight in sightings([link]).values()] == [(expected,) if expected else ()]


def test_a_page_of_a_hundred_thousand_links_is_bounded():
    links = [replace(TELEGRAM, handle=f"h{it:06}", url=f"https://t.me/h{it:06}") for it in range(100_000)]
    assert len(sightings(links)) == 200
    assert len(about([replace(it, kind="post", owner="article") for it in links[:1000]])) == 200


def test_what_an_article_is_linked_with_is_its_posts_discussions_and_authors():
    post = replace(TELEGRAM, kind="post", owner="article", url="https://t.me/nsnfm/1")
    talk = replace(TELEGRAM, kind="discussion", owner="article", url="https://t.me/nsnfm/1?comment=2")
    quoted = replace(post, owner="third_party", url="https://t.me/other/1")
    author = replace(TELEGRAM, owner="author", handle="anna_p", url="https://t.me/anna_p")
    assert [it.url for it in about([TELEGRAM, post, talk, quoted, author, LABEL])] == [post.url, talk.url, author.url]
    assert list(own_posts([TELEGRAM, post, talk, quoted])) == ["telegram:nsnfm/1"]


@pytest.mark.parametrize(
    ("kind", "platform", "url", "expected"),
    [
        ("feed", "unknown", "https://daily.example/rss", "https://daily.example/rss"),
        ("profile", "youtube", "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "videos.xml?channel_id=UC"),
        ("profile", "telegram", "https://t.me/nsnfm", ""),
    ],
)
def test_the_own_feed_of_a_profile_is_the_platforms(kind, platform, url, expected):
    found = native_feed(Profile(source_id="a", key="k", platform=platform, kind=kind, url=url))
    assert expected in found
    assert bool(found) == bool(expected)
