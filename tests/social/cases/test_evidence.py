"""Acceptance cases for social links that pages and feeds decide, by their numbers."""

import json
from pathlib import Path

import pytest

from support.arrivals import arrive, opened, partition
from support.social_pages import NOW
from syndicator.model.article import Article, Entry
from syndicator.model.noun import replace
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse import parse
from syndicator.parse.normalize import normalize
from syndicator.parse.page import parse_article

NSN = Source(id="nsn", url="https://nsn.fm/news", kind="page", title="НСН", language="ru")
BODY = (
    "<p>Столичные власти признали приоритетными ещё два инвестиционных проекта в промышленности.</p>"
    "<p>По его словам, участки для строительства предоставят без торгов, а ставка составит один рубль.</p>"
    "<p>«Компании получат землю быстрее и дешевле, а город — новые рабочие места», — сказал он.</p>"
    "<p>Строительство начнётся до конца года, а выпуск продукции — весной следующего, отметили в ведомстве.</p>"
)


def page(
    body: str, head: str = "", headers: tuple[tuple[str, str], ...] = (), url: str = "https://nsn.fm/city/x"
) -> Article:
    """An article page behind the listing of nsn.fm, read as the program reads one."""
    html = (
        f'<html lang="ru"><head><meta charset="utf-8"><title>Два проекта | НСН</title>'
        f'<meta property="og:type" content="article">{head}</head><body>{body}</body></html>'
    )
    response = Response(url=url, status=200, headers=headers, body=html.encode())
    (entry,) = parse_article(response, NSN, Entry(key=url, url=url)).entries
    return normalize(entry, NSN, FeedInfo(site_url="https://nsn.fm/"), NOW)


def test_case_02_a_subscription_line_with_anchors() -> None:
    line = (
        '<p>Подписывайтесь на НСН: <a href="/news">Новости</a> | <a href="https://dzen.ru/nsn">Дзен</a> | '
        '<a href="https://vk.com/nsnfm">VK</a> | <a href="https://t.me/nsnfm">Telegram</a></p>'
    )
    article = page(f'<div itemprop="articleBody"><h1>Два проекта</h1>{BODY}{line}<p>ФОТО: Владимир Ефимов</p></div>')

    links = article.social
    assert [(it.platform, it.kind, it.owner, it.url) for it in links] == [
        ("site", "profile", "publisher", "https://nsn.fm/news"),
        ("dzen", "profile", "publisher", "https://dzen.ru/nsn"),
        ("vk", "profile", "publisher", "https://vk.com/nsnfm"),
        ("telegram", "profile", "publisher", "https://t.me/nsnfm"),
    ]
    assert all(it.confidence >= 0.85 for it in links)
    assert [(it.role, it.name) for it in article.credits] == [("photographer", "Владимир Ефимов")]
    assert not {"Подписывайтесь", "Дзен", "ФОТО"} & set(article.text.replace(":", " ").split())
    assert article.text.endswith("отметили в ведомстве.")


@pytest.mark.parametrize("channel", ["mayor_of_moscow", "nsnfm"])
def test_case_08_a_channel_that_the_story_quotes_is_a_third_partys(channel: str) -> None:
    quote = f'<p>Об этом он написал в <a href="https://t.me/{channel}/17">своём канале</a>, сославшись на коллег.</p>'
    first, rest = BODY.split("</p>", 1)
    footer = '<footer><a href="https://t.me/nsnfm">Telegram</a></footer>'
    article = page(f"<article><h1>Два проекта</h1>{first}</p>{quote}{rest}</article>{footer}")

    owners = {(it.kind, it.handle): it.owner for it in article.social}
    assert owners == {("post", channel): "third_party", ("profile", "nsnfm"): "publisher"}
    assert "своём канале" in article.text


def test_case_10_share_buttons_become_no_profiles() -> None:
    here = "https%3A%2F%2Fnsn.fm%2Fcity%2Fx"
    buttons = "".join(
        f'<a href="{it.format(here)}">{label}</a>'
        for label, it in {
            "VK": "https://vk.com/share.php?url={}",
            "Telegram": "https://t.me/share/url?url={}",
            "X": "https://x.com/intent/post?url={}",
            "OK": "https://connect.ok.ru/offer?url={}",
            "MAX": "https://max.ru/:share?text={}",
            "WhatsApp": "https://api.whatsapp.com/send?text={}",
        }.items()
    )
    article = page(f"<article><h1>Два проекта</h1>{BODY}</article><div>{buttons}</div>")

    assert {it.platform for it in article.social} == {"vk", "telegram", "x", "ok", "max", "whatsapp"}
    assert {(it.kind, it.owner) for it in article.social} == {("share", "article")}


@pytest.mark.parametrize("same_as", ["https://vk.com/nsnfm", ["https://vk.com/nsnfm"]])
def test_case_15_a_graph_is_read_and_a_broken_block_beside_it_is_skipped(same_as: str | list[str]) -> None:
    nsn = {"@type": "NewsMediaOrganization", "@id": "#nsn", "name": "НСН", "sameAs": same_as}
    url = "https://nsn.fm/city/x"
    story = {"@type": "NewsArticle", "headline": "Два проекта", "url": url, "publisher": {"@id": "#nsn"}}
    blocks = (json.dumps({"@graph": [nsn, story]}), '{"@type": "Thing",, oops')
    scripts = "".join(f'<script type="application/ld+json">{it}</script>' for it in blocks)
    html = f"<html><head>{scripts}</head><body>{BODY}</body></html>"
    source = Source(id="nsn", url="https://nsn.fm/city/x", kind="page")
    parsed = parse(Response(url=source.url, status=200, body=html.encode()), source)

    [link] = parsed.entries[0].social
    assert (link.platform, link.owner, link.url, link.confidence) == ("vk", "publisher", "https://vk.com/nsnfm", 0.95)
    assert len(parsed.warnings) == 1
    assert "block 2" in parsed.warnings[0]


def test_case_16_two_channels_that_contradict_each_other_are_both_kept_and_flagged() -> None:
    head = '<meta property="telegram:channel" content="@nsn_one"><meta property="og:type" content="article">'
    footer = '<footer><a href="https://t.me/nsn_two">Telegram</a></footer>'
    source = Source(id="nsn", url="https://nsn.fm/city/x", kind="page")
    html = f"<html><head><title>x</title>{head}</head><body><article>{BODY}</article>{footer}</body></html>"
    parsed = parse(Response(url=source.url, status=200, body=html.encode()), source)

    assert [(it.handle, it.owner) for it in parsed.entries[0].social] == [
        ("nsn_one", "publisher"),
        ("nsn_two", "publisher"),
    ]
    [warning] = parsed.warnings
    assert "telegram:channel" in warning
    assert "t.me/nsn_one" in warning
    assert "t.me/nsn_two" in warning


def test_case_17_repeated_extensions_of_a_source_feed_are_all_read() -> None:
    feed = """<rss version="2.0" xmlns:source="https://source.scripting.com/"
      xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>НСН</title><link>https://nsn.fm/</link>
      <source:account service="telegram">nsnfm</source:account><source:account service="vk">nsnfm</source:account>
      <item><title>A</title><guid>1</guid>
      <podcast:socialInteract protocol="activitypub" uri="https://mastodon.social/@nsn/1" accountId="@nsn"/>
      <podcast:socialInteract protocol="atproto" uri="https://bsky.app/profile/nsn.fm/post/3k"/></item></channel></rss>"""
    parsed = parse(Response(url="https://nsn.fm/rss", status=200, body=feed.encode()), replace(NSN, kind="feed"))

    found = [(it.kind, it.platform, it.locator) for it in parsed.entries[0].social]
    assert found == [
        ("discussion", "fediverse", "podcast:socialInteract"),
        ("discussion", "bluesky", "podcast:socialInteract"),
        ("profile", "telegram", "source:account"),
        ("profile", "vk", "source:account"),
    ]
    assert [(it.platform, it.url) for it in parsed.info.social] == [
        ("telegram", "https://t.me/nsnfm"),
        ("vk", "https://vk.com/nsnfm"),
    ]


@pytest.mark.parametrize(
    ("header", "meta", "expected"),
    [("1", "0", False), ("1", None, True), (None, "yes", None), ("yes", None, None)],
)
def test_case_25_a_reservation_in_the_page_goes_before_the_header(
    header: str | None, meta: str | None, expected: bool | None
) -> None:
    head = f'<meta name="tdm-reservation" content="{meta}">' if meta else ""
    article = page(f"<article>{BODY}</article>", head, (("tdm-reservation", header),) if header else ())

    assert article.terms.tdm is expected


def test_case_27_three_addresses_of_one_article_are_one_article(tmp_path: Path) -> None:
    first = "https://nsn.fm/city/x"
    canonical = f'<link rel="canonical" href="{first}">'
    articles = [
        page(f"<article><h1>Два проекта</h1>{BODY}</article>", "" if url == first else canonical, url=url)
        for url in (first, "https://nsn.fm/amp/city/x", "http://nsn.fm/city/x.html?utm_source=yxnews")
    ]

    assert {it.canonical_url for it in articles} == {first}
    assert len({it.url_key for it in articles}) == 1
    with opened(tmp_path / "news.db", "nsn") as store:
        arrive(store, *articles)
        assert len(partition(store)) == 1
