"""What heads, links and cards declare."""

import pytest

from support.evidence import STORY, brief, said, shown
from syndicator.model.noun import replace
from syndicator.parse.publishers.declared import declared


def meta(name: str, content: str, attribute: str = "property") -> str:
    return f'<meta {attribute}="{name}" content="{content}">'


@pytest.mark.parametrize("attribute", ["property", "name"])
@pytest.mark.parametrize(
    ("name", "content", "owner", "handle", "confidence"),
    [
        ("article:publisher", "https://www.facebook.com/paper", "publisher", "paper", 0.9),
        ("article:author", "https://www.facebook.com/jane", "author", "jane", 0.9),
        ("og:see_also", "https://vk.com/paper", "publisher", "paper", 0.75),
        ("twitter:site", "@paper", "publisher", "paper", 0.9),
        ("twitter:site", "paper", "publisher", "paper", 0.9),
        ("twitter:site", "https://twitter.com/paper", "publisher", "paper", 0.9),
        ("twitter:creator", "@jane", "author", "jane", 0.9),
        ("telegram:channel", "@paper", "publisher", "paper", 0.9),
        ("fediverse:creator", "@jane@social.example", "author", "jane@social.example", 0.7),
    ],
)
def test_meta_fields(attribute: str, name: str, content: str, owner: str, handle: str, confidence: float) -> None:
    [link] = shown(STORY, meta(name, content, attribute))
    assert (link.owner, link.handle, link.confidence) == (owner, handle, confidence)
    assert (link.evidence, link.locator) == ("meta", name)


@pytest.mark.parametrize("name", ["@wordpress", "@yoast", "@yourtwitter", "", "no name at all", "@", "javascript:x"])
def test_the_defaults_of_themes_and_what_is_no_name_are_nobodys(name: str) -> None:
    assert shown(STORY, meta("twitter:site", name)) == ()


def test_on_the_themes_own_site_its_account_is_its_own() -> None:
    [link] = shown(STORY, meta("twitter:site", "@wordpress"), url="https://news.wordpress.example/a/1")
    assert (link.owner, link.handle) == ("publisher", "wordpress")


def test_the_author_whom_the_head_links_is_the_author() -> None:
    head = '<link rel="author" href="https://x.com/jane"><link rel="me" href="https://x.com/paper">'
    found = brief(shown(STORY, head))
    assert found == [("author", "jane", "rel=author"), ("publisher", "paper", "rel=me")]


def test_who_is_publisher_and_creator_is_the_publisher() -> None:
    head = meta("twitter:site", "@paper") + meta("twitter:creator", "@paper")
    assert brief(shown(STORY, head)) == [("publisher", "paper", "meta")]


def test_feeds_of_the_site_are_told_as_feeds() -> None:
    head = '<link rel="alternate" type="application/rss+xml" title="All" href="/rss">'
    head += '<link rel="alternate" hreflang="en" href="/en">'
    [link] = declared(said("", head))
    assert (link.kind, link.platform, link.url, link.label) == ("feed", "site", "https://paper.example/rss", "All")


@pytest.mark.parametrize(
    ("url", "href", "title"),
    [
        ("https://paper.example/2026/11/market-hall/", "/2026/11/market-hall/feed/", "Paper » Market hall"),
        ("https://paper.example/2026/11/market-hall/amp/", "/2026/11/market-hall/feed/", ""),
        ("https://paper.example/news/48211-market-hall.html", "/rss/48211", ""),
        ("https://paper.example/?p=17", "/?feed=rss2&p=17", ""),
        ("https://paper.example/a/1", "/?feed=rss2&p=17", ""),
        ("https://paper.example/a/1", "/comments/feed/", "Paper"),
        ("https://paper.example/a/1", "/?feed=comments-rss2", "Paper"),
        ("https://paper.example/a/1", "/feed/x", "Paper » Market hall Comments Feed"),
        ("https://paper.example/a/1", "/feed/x", "Лента комментариев"),
        ("https://paper.example/a/1", "/author/jane/feed/", ""),
        ("https://paper.example/a/1", "/tag/market/feed/", ""),
    ],
)
def test_a_feed_of_an_article_its_comments_or_its_author_is_none_of_the_site(url: str, href: str, title: str) -> None:
    kept = '<link rel="alternate" type="application/rss+xml" title="Paper » Feed" href="/feed/">'
    head = f'{kept}<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'
    assert [it.url for it in declared(said(STORY, head, url))] == ["https://paper.example/feed/"]


@pytest.mark.parametrize(
    "href", ["/index.xml", "/paper/rss.xml", "/a/feed", "https://feeds.example/paper", "/?feed=rss2"]
)
def test_a_feed_that_all_pages_have_is_the_sites(href: str) -> None:
    head = f'<link rel="alternate" type="application/rss+xml" href="{href}">'
    [link] = declared(said(STORY, head, "https://paper.example/a/market-hall/index.html"))
    assert (link.owner, link.kind) == ("publisher", "feed")


def test_a_list_may_have_a_feed_below_its_own_address() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/category/culture/feed/">'
    page = replace(said(STORY, head, "https://paper.example/category/culture/"), is_list=True)
    assert [it.kind for it in declared(page)] == ["feed"]


def test_rel_me_may_lead_to_any_server_of_the_fediverse() -> None:
    [link] = declared(said("", '<link rel="me" href="https://social.example/@paper">'))
    assert (link.platform, link.handle, link.evidence) == ("fediverse", "paper@social.example", "rel=me")


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "10.0.0.1", "127.0.0.0x1", "social", "social.local", "metadata.internal", "a.1"]
)
def test_a_host_that_not_all_reach_is_no_server_of_the_fediverse(host: str) -> None:
    head = f'{meta("fediverse:creator", f"@admin@{host}")}<link rel="me" href="https://{host}/@root">'
    body = f'{STORY}<footer><a rel="me" href="https://{host}/@root">Mastodon</a></footer>'
    assert shown(body, head) == ()


def test_a_card_inside_an_entry_is_the_authors_one_in_a_reply_nobodys() -> None:
    card = '<div class="h-card"><a class="u-url" href="https://x.com/{}">x</a></div>'
    body = (
        f'{card.format("paper")}<div class="h-entry">{card.format("jane")}'
        f'<div class="h-cite">{card.format("bob")}</div></div>'
    )
    assert brief(tuple(declared(said(body)))) == [("publisher", "paper", "h-card"), ("author", "jane", "h-card")]


def test_a_page_of_a_platform_is_a_profile_or_a_post() -> None:
    assert brief(tuple(declared(said("", url="https://t.me/s/nsnfm")))) == [("publisher", "nsnfm", "page address")]
    [post] = declared(said("", url="https://t.me/nsnfm/5"))
    assert (post.owner, post.kind) == ("article", "post")


def test_an_author_who_is_called_as_the_site_is_the_publisher() -> None:
    head = meta("article:author", "https://www.facebook.com/paperdaily") + meta("twitter:creator", "@paper")
    assert {it.owner for it in shown(STORY, head)} == {"publisher"}
