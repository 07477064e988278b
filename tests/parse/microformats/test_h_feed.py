"""Pages that are a feed by their classes give what a reader should get, and pages that are none are read as before."""

import contextlib
import json
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.microformats import URL, entry, found, read, source
from support.pages import opened, written
from syndicator.model.article import Article
from syndicator.model.source import Select
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse import Unreadable, parse
from syndicator.parse.decoding.tree import MAX_ITEMS, open_page
from syndicator.parse.metadata.opengraph import Head
from syndicator.parse.microformats import h_feed
from syndicator.parse.normalize import normalize

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TESTS = Path(__file__).parents[1]
CASES = sorted((TESTS / "data" / "h_feed").glob("*.toml"))
SECONDS = 4
"""Of processor time, on a machine that does other things as well; the worst takes one."""


def shown(article: Article) -> dict[str, Any]:
    """What of an article a case may expect; what is empty is left out."""
    names = ("key", "guid", "url", "external_url", "title", "text", "summary", "published", "updated")
    said = {name: getattr(article, name) for name in names}
    said["authors"] = [it.name for it in article.authors]
    said["categories"], said["images"] = list(article.categories), list(article.images)
    said["enclosures"] = [f"{it.url} {it.type}".strip() for it in article.enclosures]
    said["posts"] = [it.url for it in article.social if it.kind == "post" and it.owner == "article"]
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_in_the_manner_of_a_real_system_is_read_as_it_is_meant(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    origin = source(url=case["url"], timezone=case.get("timezone", "UTC"))
    parsed = parse(written(case["page"], case["url"]), origin)
    assert parsed.info.title == case["name"]
    assert list(parsed.warnings) == case.get("warnings", [])
    articles = [normalize(it, origin, parsed.info, NOW) for it in parsed.entries]
    wanted = [dict(it) for it in case["article"]]
    rest = [{name: it.pop(name) for name in ("html", "language") if name in it} for it in wanted]
    assert [shown(it) for it in articles] == wanted
    for told, it in zip(rest, articles, strict=True):
        assert {name: getattr(it, name) for name in told} == told
    assert all(it.raw and not it.claimed for it in articles) or "planet" in path.stem


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 14


# -- what is a feed, and what is none


def test_entries_side_by_side_are_a_feed_and_a_lone_one_only_in_an_h_feed() -> None:
    assert found(entry("/a") + entry("/b")) == ["/a", "/b"]
    assert found(entry("/a")) == []
    assert found(f'<div class="h-feed">{entry("/a")}</div>') == ["/a"]
    assert found(f'<div class="hfeed">{entry("/a", classes="hentry")}</div>') == []
    assert found(f'<div class="hfeed">{entry("/a", classes="hentry") + entry("/b", classes="hentry")}</div>')
    assert found(entry("/a") + entry("/a#x")) == []


def test_classes_of_style_sheets_name_nothing() -> None:
    blocks = '<div class="h-4 h-full h-screen p-px e-con"><a href="/a">A</a></div><div class="h-entry-title">x</div>'
    assert found(blocks * 3) == []


def test_the_page_of_an_entry_is_no_feed_whatever_stands_below_it() -> None:
    related = "".join(entry(f"/{it}") for it in range(5))
    assert found(entry("/a") + related) != []
    assert found(entry("/a") + related, f"{URL}a?utm_source=x") == []
    assert found(f'<link rel="canonical" href="/a">{entry("/a")}{related}', f"{URL}print/a") == []
    assert found(f'<article class="h-entry"><h1 class="p-name">The keel</h1></article>{related}', f"{URL}keel") == []
    head = "<title>The keel | Jo</title>"
    short = '<article class="h-entry"><h1 class="p-name">The keel</h1><a class="u-url" href="/?p=7">7</a></article>'
    assert found(f"{head}{short}{related}", f"{URL}keel") == []
    assert found(f"<title>Boats | Jo</title>{short}{related}", f"{URL}keel") != []
    assert (
        found(f'{head}<article class="h-entry"><b class="p-name">The keel</b></article>{related}', f"{URL}keel") == []
    )


def test_the_page_of_a_note_is_no_feed_because_others_are_listed_beside_it() -> None:
    note = '<div class="h-entry"><p class="e-content">Rain again.</p></div>'
    aside = f'<aside class="h-feed">{entry("/a")}{entry("/b")}</aside>'
    assert found(aside) == ["/a", "/b"]
    assert found(aside + note) == []
    assert found(entry("/a") + note + entry("/b")) == ["/a", "/b"]


def test_what_stands_in_an_entry_or_answers_one_is_none_of_the_feeds() -> None:
    inner = entry("/c") + entry("/d")
    assert found(entry("/a", inner) + entry("/b")) == ["/a", "/b"]
    assert found(entry("/a") + entry("/b") + entry("/c", classes="u-comment h-entry")) == ["/a", "/b"]
    assert found(f'<div class="h-card">{inner}</div>') == ["/c", "/d"]
    assert found(f'<div class="h-cite">{inner}</div>' + entry("/a") + entry("/b")) == ["/a", "/b"]


SENTENCE = "In the evening rain fell upon the town, and the people who had been on the quay went home at once. "
TEXT = "".join(f"<p>{it} times: {SENTENCE * 2}</p>" for it in range(4))
CARDS = "".join(
    f'<div class="post hentry"><h3 class="entry-title"><a rel="bookmark" href="/{it}">Another story {it}</a></h3></div>'
    for it in range(6)
)


def test_an_article_without_a_mark_is_read_as_one_though_the_cards_below_it_are_marked() -> None:
    (only,) = read(f"<title>Rain in town | Jo</title><h1>Rain in town</h1>{TEXT}{CARDS}", f"{URL}rain").entries
    assert only.title is not None
    assert only.title.value == "Rain in town"
    for body in (f'<div class="h-review">{TEXT}</div>{CARDS}', f'<div class="h-card"><div>{TEXT}</div>{CARDS}</div>'):
        assert len(read(f"<title>Rain in town | Jo</title><h1>Rain in town</h1>{body}", f"{URL}rain").entries) == 1
    assert len(read(f"<title>Jo</title><h1>Jo</h1>{CARDS}").entries) == 6


def test_where_no_text_stands_beside_the_entries_nobody_looks_for_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def has_text(beside: str) -> bool:
        tree = opened(f"{beside}{entry('/a')}<main>{entry('/b', TEXT)}</main>", URL)
        feed = h_feed.read(tree, Head(tree))
        return feed is not None and feed.has_text

    assert has_text(f"<p>{SENTENCE * 6}")
    for beside in ("", f'<div class="h-card">{TEXT}</div>', f'<ul><li><a href="/x">{SENTENCE * 6}</a></ul>'):
        assert not has_text(beside)
    monkeypatch.setattr("syndicator.parse.page.read_article", None)
    assert len(read(entry("/a") + entry("/b")).entries) == 2


def test_what_calls_itself_an_article_is_one_unless_its_text_is_that_of_its_entries() -> None:
    head = '<title>Rain | Jo</title><meta property="og:type" content="article">'
    teasers = "".join(entry(f"/{it}", f"<p>{it} times: {SENTENCE * 2}</p>") for it in range(4))
    assert len(read(f"{head}<h1>Rain</h1><p>{SENTENCE * 4}</p>{CARDS}", f"{URL}rain").entries) == 1
    assert len(read(f"{head}<h1>Links</h1>{teasers}", f"{URL}links").entries) == 4


def test_a_feed_whose_entries_read_as_an_article_is_a_feed_all_the_same() -> None:
    bodies = "".join(entry(f"/{it}", f'<div class="e-content">{TEXT}</div>') for it in range(3))
    about = f"<p>{SENTENCE * 9}</p>"
    assert len(read(f"<title>Jo</title><h1>Jo</h1><aside>{about}</aside><main>{bodies}</main>").entries) == 3


def test_what_json_ld_or_microdata_or_selectors_say_goes_first() -> None:
    blocks = entry("/a") + entry("/b")
    items = '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": ["/c", "/d"]}</script>'
    assert [it.url[-2:] for it in read(blocks).entries] == ["/a", "/b"]
    assert [it.url[-2:] for it in read(items + blocks).entries] == ["/c", "/d"]
    select = Select(item="p", link="a")
    assert [it.url[-2:] for it in read(f'{blocks}<p><a href="/e">E</a>', select=select).entries] == ["/e"]
    assert len(read(f'<meta property="og:type" content="article">{blocks}<p>{SENTENCE}').entries) == 1


@pytest.mark.parametrize("path", sorted((TESTS / "pages").glob("*.html")), ids=lambda path: path.stem)
def test_no_article_page_is_taken_for_a_feed(path: Path) -> None:
    url = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["url"]
    tree = open_page(Response(url=url, status=200, body=path.read_bytes()))
    assert h_feed.read(tree, Head(tree)) is None


MARKED = [it for it in sorted((TESTS / "listings").glob("*.html")) if "entry" in it.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_a_marked_list_is_read_as_its_truth_says(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    tree = open_page(Response(url=truth["url"], status=200, body=path.read_bytes()))
    feed = h_feed.read(tree, Head(tree))
    if feed is not None:
        assert [[it.url, it.title.value if it.title else ""] for it in feed.entries] == truth["articles"]
    assert (feed is not None) == (path.stem in LISTED)


LISTED = {"en-blogger", "en-elementor-posts", "en-h-feed", "en-wordpress-blocks", "en-wordpress-classic"}


def test_an_address_of_which_nobody_said_that_it_is_a_page_is_left_to_the_feed_that_it_offers() -> None:
    page = entry("/a") + entry("/b")
    offer = '<link rel="alternate" type="application/atom+xml" href="/feed.atom">'
    assert len(read(page, kind="auto").entries) == 2
    assert len(read(offer + page).entries) == 2
    with pytest.raises(Unreadable, match=r"feed\.atom"):
        read(offer + page, kind="auto")


def test_a_reply_is_news_also_of_somebody_who_likes_what_it_answers() -> None:
    like, answer = '<a class="u-like-of" href="/x"></a>', '<a class="u-in-reply-to" href="/x"></a>'
    assert found(entry("/a") + entry("/b", like) + entry("/c", like + answer)) == ["/a", "/c"]


# -- what becomes of it


def test_ids_count_before_addresses_and_shared_ones_are_told_apart() -> None:
    one = '<a class="u-uid" href="https://indie.example/id"></a>'
    parsed = read(entry("/a", one) + entry("/b", one) + entry("/c", '<data class="u-uid" value="tag:x,2026:1"></data>'))
    assert [it.guid for it in parsed.entries] == ["https://indie.example/id"] * 2 + ["tag:x,2026:1"]
    assert len({it.key for it in parsed.entries}) == 3
    assert parsed.entries[2].key == "tag:x,2026:1"
    assert len(parsed.warnings) == 1


def test_pages_are_asked_for_only_if_that_is_wanted_and_then_as_behind_a_feed() -> None:
    page = entry("/a", '<div class="e-content">Text.</div>') + entry("https://bo.example/b")
    assert read(page).wishes == ()
    for wished in (read(page, follow=True).wishes, read(page, select=Select(follow=True)).wishes):
        assert [(it.url, it.of_feed, it.elsewhere) for it in wished] == [
            ("https://indie.example/a", True, False),
            ("https://bo.example/b", True, True),
        ]


def test_a_feed_in_a_file_leads_to_files() -> None:
    local = "file:///srv/site/index.html"
    parsed = read(entry("a.html") + entry("b.html"), local, follow=True)
    assert [it.key for it in parsed.entries] == ["a.html", "b.html"]
    assert [it.url for it in parsed.wishes] == ["file:///srv/site/a.html", "file:///srv/site/b.html"]


def test_what_the_page_forbids_holds_for_the_texts_on_it_but_not_that_it_is_not_to_be_found_itself() -> None:
    page = f'<meta name="robots" content="noindex, noarchive, max-snippet:50">{entry("/a")}{entry("/b")}'
    terms = read(page).entries[0].terms
    assert (terms.robots, terms.max_snippet, terms.hides) == (("noarchive",), 50, False)


def test_no_more_entries_are_read_than_of_any_list() -> None:
    parsed = read("".join(entry(f"/{it}") for it in range(MAX_ITEMS + 5)))
    assert len(parsed.entries) == MAX_ITEMS
    assert parsed.warnings == (f"only the first {MAX_ITEMS} of {MAX_ITEMS + 5} entries are read",)


# -- whatever comes


PIECES = [
    '<div class="h-feed">', '<div class="h-entry">', '<li class="hentry h-entry">', "</div>", "</a>", "<h2>", "text",
    'x">', '<a class="u-url" href="/', '<a class="h-card p-author" href="//[">', '<p class="e-content">', '">',
    '<time class="dt-published" datetime="', '<b class="value">', '<data class="p-name u-uid" value="', "\x00",
    "\ud800", '<i class="u-like-of h-cite">', '<img class="u-photo" src="', '<span class="p-category">',
    '<video class="u-video"><source src="v">',
]  # fmt: skip
ENTRY = '<div class="h-feed"><div class="h-entry"><a class="u-url" href="/a">text</a>'


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["", ENTRY]), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_classes_are_read_or_say_nothing(before: str, markup: str) -> None:
    tree = opened(f"<p>{before}{markup}", URL)
    feed = h_feed.read(tree, Head(tree))
    for it in feed.entries if feed else ():
        assert it.url.startswith("http")
        normalize(it, source(), FeedInfo(), NOW)


M = 1_000_000
LINK = '<a class="u-url" href="/{}">'
OPEN = entry("/b") + f'<div class="h-entry">{LINK.format(1)}</a>'
BOMBS = {
    "entries": "".join(entry(f"/{it}") for it in range(M // 40)),
    "entries that are never closed": "".join(f'<div class="h-entry">{LINK.format(it)}' for it in range(M // 20)),
    "list items": "".join(f'<li class="hentry">{LINK.format(it)}x' for it in range(M // 20)),
    "feeds in feeds": '<div class="h-feed">' * (M // 10) + entry("/a"),
    "contents": OPEN + '<p class="e-content">x' * (M // 10),
    "contents in contents": OPEN + '<b class="e-content">x' * (M // 10),
    "names": OPEN + '<b class="p-name p-category dt-published">x' * (M // 10),
    "names side by side": OPEN + '<b class="p-name p-author u-photo">x</b>' * (M // 10),
    "values": OPEN + '<b class="dt-published">' + '<i class="value">9</i>' * (M // 10),
    "cards": OPEN + '<b class="p-author h-card">x' * (M // 10),
    "links": entry("/b") + '<div class="h-entry">' + '<a href="/x">x</a>' * (M // 10),
    "a long name": OPEN + f'<p class="p-name">{"x " * M}</p><p class="e-content">{"x " * M}',
    "a long date": OPEN + f'<p class="dt-published">{"9 " * M}',
    "a long address": entry("/b") + f'<div class="h-entry"><a class="u-url" href="{"/x" * M}">x</a>',
    "a long class": entry("/b") + f'<div class="{"h-entry " * (M // 4)}">{LINK.format(1)}',
    "text": entry("/b") + entry("/a") + "word " * M,
    "text in pieces": entry("/b") + entry("/a") + "one two three four <br>" * (M // 6),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_classes_that_mean_harm_cost_little_more_than_their_size(bomb: str) -> None:
    tree = opened(bomb, URL)
    started = time.process_time()
    feed = h_feed.read(tree, Head(tree))
    assert time.process_time() - started < SECONDS
    started = time.process_time()
    for it in feed.entries[:10] if feed else ():
        normalize(it, source(), FeedInfo(), NOW)
    with contextlib.suppress(Unreadable):
        read(bomb)
    assert time.process_time() - started < 3 * SECONDS
