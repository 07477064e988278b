"""What addresses mean. The acceptance cases are in cases/test_platforms.py."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.model.social import SocialLink
from syndicator.social.platforms import feed_of, host_of, key, match
from syndicator.social.table import table

DATA = tomllib.loads((Path(__file__).parent / "data" / "urls.toml").read_text("utf-8"))
NOBODY = DATA.pop("nobody")
URLS = [(platform, *row, *[row[0]] * (4 - len(row))) for platform, rows in DATA.items() for row in rows]
TRACKING = "utm_source=x&utm_medium=y&fbclid=AbC&yclid=1&igshid=1&gclid=1"


def test_there_are_addresses_enough_and_some_of_every_platform():
    assert len(URLS) + len(NOBODY) >= 400
    assert DATA.keys() == table().platforms.keys()


@pytest.mark.parametrize(("platform", "url", "kind", "handle", "canonical"), URLS, ids=str)
def test_an_address_is_what_the_platform_says_it_is(platform, url, kind, handle, canonical):
    link = match(url)

    assert link is not None
    assert (link.platform, link.kind, link.handle) == (platform, kind, handle)
    if kind not in {"share", "other"}:
        assert link.url == canonical


@pytest.mark.parametrize("platform", DATA)
def test_a_canonical_address_stays_as_it_is(platform):
    for _, _, kind, _, canonical in (row for row in URLS if row[0] == platform and row[2] not in {"share", "other"}):
        link = match(canonical)

        assert link is not None
        assert (link.platform, link.kind, link.url) == (platform, kind, canonical)


@pytest.mark.parametrize("platform", DATA)
def test_no_tracking_parameter_reaches_the_address(platform):
    for _, url, kind, handle, _ in (row for row in URLS if row[0] == platform):
        bare, mark, fragment = url.strip().partition("#")
        link = match(f"{bare}{'&' if '?' in bare else '?'}{TRACKING}{mark}{fragment}")

        assert link is not None
        assert (link.kind, link.handle) == (kind, handle), url
        if kind not in {"share", "other"} or url.startswith("http"):
            assert not any(name in link.url for name in ("utm_", "fbclid", "yclid", "gclid", "igshid")), link.url


@pytest.mark.parametrize("url", NOBODY)
def test_case_14_a_look_alike_is_nobody(url):
    assert match(url) is None
    assert match(url, page_url="https://nsn.example/a") is None


def test_whose_account_it_is_an_address_alone_does_not_tell():
    link = match("https://t.me/nsnfm")

    assert link is not None
    assert (link.owner, link.confidence) == ("third_party", 0.0)


def test_case_10_a_link_that_carries_the_article_along_is_a_share_button():
    link = match("https://dzen.ru/push?from=https://nsn.example/a", page_url="https://nsn.example/a")

    assert link is not None
    assert link.kind == "share"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://t.me/s/NSNfm", "telegram:nsnfm"),
        ("https://t.me/NSNfm/54378", "telegram:nsnfm/54378"),
        ("https://t.me/+AbC", "telegram:+AbC"),
        ("https://vk.ru/nsn?w=wall-1_2", "vk:wall-1_2"),
        ("https://vk.me/nsn", "vk:nsn"),
        ("https://www.facebook.com/NSN.fm/about", "facebook:nsn.fm"),
        ("https://m.facebook.com/people/NSN/1/", "facebook:profile.php?id=1"),
        ("https://www.youtube.com/@Москва/videos", "youtube:@москва"),
        ("https://www.youtube.com/@NSN", "youtube:@nsn"),
        ("https://www.youtube.com/channel/UCaBc", "youtube:channel/UCaBc"),
        ("https://youtu.be/dQw4w9WgXcQ", "youtube:watch?v=dQw4w9WgXcQ"),
        ("https://Mastodon.social/users/NSN", "fediverse:nsn@mastodon.social"),
        ("https://mastodon.social/@NSN@social.example", "fediverse:nsn@social.example"),
        ("https://nsn.substack.com/about", "substack:nsn"),
        ("https://open.substack.com/pub/nsn/p/prices", "substack:nsn/p/prices"),
        ("https://github.com/NSN-fm", "github:nsn-fm"),
        ("https://ok.ru/group52396781", "ok:group/52396781"),
    ],
)
def test_a_key_is_the_same_however_a_place_is_written(url, expected):
    link = match(url)

    assert link is not None
    assert key(link) == expected


def test_three_names_of_one_channel_are_three_keys():
    links = [match(f"https://youtube.com/{path}") for path in ("@nsn", "c/nsn", "user/nsn")]

    assert len({key(link) for link in links if link}) == 3


def test_a_label_alone_has_its_platform_for_a_key():
    assert key(SocialLink(platform="dzen", label="Дзен", status="label_only")) == "dzen:"
    assert key(SocialLink(platform="unknown", label="Новости", status="label_only")) == "unknown:новости"
    assert key(SocialLink(platform="x", handle="NSN", status="label_only")) == "x:nsn"
    assert key(SocialLink(platform="site", url="https://nsn.example/news")) == "site:nsn.example/news"


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://mastodon.social/@nsn", "https://mastodon.social/@nsn.rss"),
        ("https://mastodon.social/@nsn@social.example", ""),
        ("https://youtube.com/channel/UCaBc", "https://www.youtube.com/feeds/videos.xml?channel_id=UCaBc"),
        ("https://youtube.com/@nsn", ""),
        ("https://bsky.app/profile/news.example.com", "https://bsky.app/profile/news.example.com/rss"),
        ("https://reddit.com/r/news", "https://www.reddit.com/r/news/.rss"),
        ("https://github.com/nsn", "https://github.com/nsn.atom"),
        ("https://medium.com/@nsn", "https://medium.com/feed/@nsn"),
        ("https://nsn.medium.com/", "https://nsn.medium.com/feed"),
        ("https://nsn.substack.com/", "https://nsn.substack.com/feed"),
        ("https://open.substack.com/pub/nsn", "https://nsn.substack.com/feed"),
        ("https://nsn.tumblr.com/", "https://nsn.tumblr.com/rss"),
        ("https://nsn-fm.livejournal.com/", "https://nsn-fm.livejournal.com/data/rss"),
        ("https://pinterest.com/nsn", "https://www.pinterest.com/nsn/feed.rss"),
        ("https://t.me/nsnfm", ""),
        ("https://vk.com/nsn", ""),
        ("https://nsn.substack.com/p/prices", ""),
        ("https://mastodon.social/@nsn/112233", ""),
    ],
)
def test_a_profile_has_the_feed_that_its_platform_makes(url, feed):
    link = match(url)

    assert link is not None
    assert feed_of(link) == feed


def test_the_fediverse_is_anywhere_with_evidence_alone():
    url = "https://social.example/@NSN"
    link = match(url, fediverse=True)

    assert match(url) is None
    assert link is not None
    assert (link.platform, link.kind, link.handle, link.url) == ("fediverse", "profile", "NSN@social.example", url)
    assert key(link) == "fediverse:nsn@social.example"
    assert feed_of(link) == "https://social.example/@NSN.rss"
    assert match("https://localhost/@nsn", fediverse=True) is None
    known = match("https://t.me/nsnfm", fediverse=True)
    assert known is not None
    assert known.platform == "telegram"


def test_evidence_opens_no_door_to_tricks():
    links = [link for url in NOBODY if (link := match(url, fediverse=True))]

    assert {link.platform for link in links} == {"fediverse"}
    assert not [link for link in links if link.kind == "profile" and "@" not in link.url and "/users/" not in link.url]


def test_a_label_without_an_address_has_no_feed():
    assert feed_of(SocialLink(platform="github", handle="nsn")) == ""


def test_a_host_is_compared_without_its_mobile_prefix():
    assert [host_of(url) for url in ("https://WWW.nsn.example/x", "http://m.nsn.example", "file:///x")] == [
        "nsn.example",
        "nsn.example",
        "",
    ]


PARTS = st.sampled_from(
    [
        "t.me",
        "vk.com",
        "dzen.ru",
        "x.com",
        "www.",
        "{h}",
        "/",
        "//",
        "?",
        "=",
        "&",
        "#!/",
        "%2e",
        "..",
        "@",
        "+",
        "s",
        "ё",
    ]
)


ADDRESSES = st.builds(
    "https://{}/{}{}{}".format,
    st.sampled_from("t.me www.vk.com dzen.ru x.com m.facebook.com www.youtube.com ok.ru mastodon.social".split()),
    st.sampled_from(["", "@", "s/", "c/", "channel/", "group/"]),
    st.sampled_from("daily Daily123 12345 wall-1_2 video-1_2".split()),
    st.sampled_from(["", "/", "/12", "/status/12", "/posts/12", "/videos", "?w=wall-1_2", "/ё"]),
)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.builds("https://{}".format, st.lists(PARTS | st.text(max_size=3), max_size=10).map("".join)))
def test_no_text_whatever_breaks_the_matcher(url):
    match(url)


@settings(max_examples=300, deadline=None)
@given(ADDRESSES)
def test_a_canonical_address_means_what_the_one_it_was_made_of_does(url):
    link = match(url)
    if link is not None and link.kind in {"profile", "post"}:
        again = match(link.url)
        assert again is not None
        assert (again.platform, again.kind, again.url) == (link.platform, link.kind, link.url)
        assert link.url.isascii()
