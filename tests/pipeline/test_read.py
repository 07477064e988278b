"""A body to articles: one argument in, an outcome out, and never an exception."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT, make_source
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Outcome, Reading, Shown
from syndicator.model.source import Select, Source
from syndicator.model.state import KeyedBy, SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline import read as room
from syndicator.pipeline.read import MOST_PAGES, PAGES_AGAIN, UNREADABLE_DATES, read
from syndicator.text import dates
from syndicator.text.keys import body_hash

FEED = b"""<rss version="2.0"><channel><title>Daily</title><link>https://daily.example/</link>
<item><title>One</title><link>https://daily.example/1</link><guid>g1</guid></item>
<item><title>Two</title><link>https://daily.example/2</link><guid>g2</guid></item></channel></rss>"""


def reading(body: bytes, source: Source | None = None, **memory: object) -> Reading:
    source = source or make_source()
    response = Response(url=source.url, status=200, headers=(("etag", '"1"'),), body=body)
    return Reading(response=response, source=source, memory=SourceMemory(**memory), now=MOMENT)


def fresh(outcome: Outcome) -> Fresh:
    assert isinstance(outcome, Fresh), outcome
    return outcome


def test_a_feed_gives_its_articles_validators_and_hash() -> None:
    outcome = fresh(read(reading(FEED)))
    assert [article.title for article in outcome.articles] == ["One", "Two"]
    assert outcome.validators.etag == '"1"'
    assert outcome.body_hash == body_hash(FEED)
    assert outcome.info.title == "Daily"
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_entries_that_are_known_and_unchanged_are_not_normalized_again() -> None:
    first = fresh(read(reading(FEED)))
    known = {article.key: article.found_hash for article in first.articles}
    assert fresh(read(reading(FEED, entries=known))).articles == ()
    changed = fresh(read(reading(FEED.replace(b"Two", b"Three"), entries=known)))
    assert [article.title for article in changed.articles] == ["Three"]


def test_entries_that_are_known_under_another_id_are_not_normalized_again_either() -> None:
    known = {article.key: article.found_hash for article in fresh(read(reading(FEED))).articles}
    again = fresh(read(reading(FEED.replace(b">g", b">new-"), entries=known)))
    assert again.articles == ()
    assert again.renamed == (("g1", "new-1"), ("g2", "new-2"))
    assert again.shown == Shown(keys=frozenset({"new-1", "new-2"}))


def test_an_entry_without_an_id_under_a_known_link_may_be_another() -> None:
    bare = FEED.replace(b"<guid>g1</guid>", b"")
    known = {article.key: article.found_hash for article in fresh(read(reading(bare))).articles}
    assert fresh(read(reading(bare, entries=known))).doubtful == ()
    other = fresh(read(reading(bare.replace(b"One", b"Other").replace(b"Two", b"Three"), entries=known)))
    ((key, own),) = other.doubtful
    assert (key, own.rpartition("#")[0]) == ("https://daily.example/1", "https://daily.example/1")
    known[own] = other.articles[0].found_hash
    again = fresh(read(reading(bare.replace(b"One", b"Third"), entries=known)))
    assert again.doubtful == (), "the link is known to be shared"
    assert again.articles[0].key not in known


def test_worthless_ids_and_links_are_neither_keys_nor_changes() -> None:
    churned = FEED.replace(b">g", b">new-").replace(b"</link><guid", b"?v=2</link><guid")
    by_link, by_content = (
        {it.key: it.found_hash for it in fresh(read(reading(FEED, keyed_by=keyed_by))).articles}
        for keyed_by in (KeyedBy.LINK, KeyedBy.CONTENT)
    )
    for article in fresh(read(reading(churned, keyed_by=KeyedBy.LINK, entries=by_link))).articles:
        assert article.guid == ""
        assert article.key not in by_link, "another link is another entry"
    again = fresh(read(reading(churned, keyed_by=KeyedBy.CONTENT, entries=by_content)))
    assert (again.articles, again.renamed) == ((), ())


def test_ids_are_distrusted_after_two_bodies_in_which_all_are_new() -> None:
    items = b"".join(b"<item><title>T%d</title><guid>old%d</guid></item>" % (number, number) for number in range(9))
    body = b"<rss version='2.0'><channel>" + items + b"</channel></rss>"
    known = {article.key: article.found_hash for article in fresh(read(reading(body))).articles}
    once = fresh(read(reading(body.replace(b"old", b"new"), entries=known)))
    assert (once.keyed_by, once.churn) == (KeyedBy.GUID, 5)
    twice = fresh(read(reading(body.replace(b"old", b"newer"), entries=known, churn=5)))
    assert (twice.keyed_by, twice.churn) == (KeyedBy.LINK, 0)
    held = fresh(read(reading(body, entries=known, churn=5)))
    assert (held.keyed_by, held.churn) == (KeyedBy.GUID, 0)


def test_what_a_body_that_was_cut_off_does_not_show_is_not_gone() -> None:
    known = {article.key: article.found_hash for article in fresh(read(reading(FEED))).articles}
    cut = FEED.replace(b">g1", b">new-1").partition(b"<guid>g2")[0]
    outcome = fresh(read(reading(cut, entries=known, churn=5)))
    assert outcome.failure is not None
    assert (outcome.shown, outcome.renamed, outcome.churn) == (None, (), 5)


def test_dates_that_nobody_can_read_are_not_tried_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(dates, "guess", lambda written, **_: tried.append(written))
    items = "".join(
        f"<item><title>{it}</title><link>https://a.example/{it}</link><pubDate>anno {'x' * it}</pubDate></item>"
        for it in range(300)
    )
    outcome = fresh(read(reading(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode())))
    assert len(outcome.articles) == 300
    assert len(tried) == UNREADABLE_DATES
    assert any("dates" in warning for warning in outcome.warnings)


def test_a_broken_entry_costs_that_entry_only(monkeypatch: pytest.MonkeyPatch) -> None:
    normalize = room.normalize

    def breaks(entry: object, *rest: object, **named: object) -> object:
        if entry.guid == "g1":
            raise ValueError("odd")
        return normalize(entry, *rest, **named)

    monkeypatch.setattr(room, "normalize", breaks)
    outcome = fresh(read(reading(FEED)))
    assert [article.title for article in outcome.articles] == ["Two"]
    assert any("left out" in warning for warning in outcome.warnings)


def test_an_exception_nobody_foresaw_is_a_failure_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.parse, "parse", lambda *_: 1 // 0)
    outcome = read(reading(FEED))
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind == FailureKind.BUG
    assert "ZeroDivisionError" in outcome.failure.message
    assert "test_read.py" in outcome.failure.detail


@pytest.mark.parametrize("place", ["parse.parse", "normalize"])
def test_too_little_memory_is_for_the_reader_to_tell(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    def starved(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"{room.__name__}.{place}", starved)
    with pytest.raises(MemoryError):
        read(reading(FEED))


def test_a_listing_wishes_its_pages_and_says_what_it_knows_of_them() -> None:
    source = make_source(kind="page", select=Select(item="li", follow=True))
    listing = b"<ul><li><a href='/1'>One</a></li><li><a href='/2'>Two</a></li></ul>"
    outcome = fresh(read(reading(listing, source)))
    assert outcome.articles == ()
    assert [wish.url for wish in outcome.wishes] == ["https://daily.example/1", "https://daily.example/2"]
    assert [wish.fallback.title for wish in outcome.wishes if wish.fallback] == ["One", "Two"]
    known = {wish.entry.key: wish.fallback.found_hash for wish in outcome.wishes if wish.fallback}
    assert fresh(read(reading(listing, source, entries=known))).wishes == ()
    page = b"<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>One in full</h1>"
    page += b"<div itemprop=articleBody><p>" + b"Words of the story. " * 20 + b"</p></div></article>"
    wished = replace(reading(page, source), wish=outcome.wishes[0])
    (article,) = fresh(read(wished)).articles
    assert article.title == "One in full"
    assert (article.key, article.found_hash) == (outcome.wishes[0].entry.key, known[article.key])


def test_a_page_that_listed_articles_and_is_one_itself_is_a_notice_and_no_news() -> None:
    source = make_source(kind="page", url="https://daily.example/news")
    parts = [{"@type": "ListItem", "position": it, "url": f"https://daily.example/{it}", "name": "x"} for it in (1, 2)]
    told = json.dumps({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": parts})
    listing = f"<html><script type='application/ld+json'>{told}</script></html>".encode()
    known = {it.key: it.found_hash for it in fresh(read(reading(listing, source))).articles}
    assert len(known) == 2
    notice = b"<html><head><meta property='og:type' content='article'></head><body><h1>Back soon</h1>"
    notice += b"<p>" + b"We are building our house anew, and are back tomorrow. " * 9 + b"</p></body></html>"
    there = replace(reading(notice, source, entries=known), answered=True)
    outcome = read(there)
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.NO_FEED
    assert fresh(read(replace(there, answered=False))).articles, "what is known is of another address"
    (article,) = fresh(read(reading(notice, source))).articles
    own = {article.key: article.found_hash}
    edited = reading(notice.replace(b"tomorrow", b"today"), source, entries=known | own)
    assert fresh(read(replace(edited, answered=True))).articles, "a page that was an article is one that may change"
    lone = b"<link rel=canonical href='https://daily.example/3'></head>"
    elsewhere = reading(notice.replace(b"</head>", lone), source, entries=known)
    assert fresh(read(replace(elsewhere, answered=True))).articles, "at another address"


def test_a_file_has_no_address_in_the_network_asked_for() -> None:
    select = Select(item="li", link="a", title="a", follow=True)
    source = make_source(kind="page", url="file:///news/list.html", select=select)
    listing = "".join(f"<li><a href='{it}'>About {it}</a></li>" for it in ("1.html", "https://daily.example/1"))
    outcome = fresh(read(reading(f"<ul>{listing}</ul>".encode(), source)))
    assert [wish.url for wish in outcome.wishes] == ["file:///news/1.html"]


def test_a_listing_has_all_its_pages_asked_for_however_many() -> None:
    source = make_source(kind="page", select=Select(item="li", follow=True))
    listing = "".join(f"<li><a href='/{number}'>Story {number}</a></li>" for number in range(MOST_PAGES + 9))
    assert len(fresh(read(reading(f"<ul>{listing}</ul>".encode(), source))).wishes) == MOST_PAGES + 9


def test_an_entry_that_is_shown_is_not_deleted_whatever_its_feed_says_of_it() -> None:
    gone = '<at:deleted-entry ref="{}" when="2026-03-01T12:00:00Z"/>'
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Daily</title>'
        f"<entry><id>urn:x:1</id><title>One</title></entry>{gone.format('urn:x:1')}{gone.format('urn:x:2')}</feed>"
    )
    outcome = fresh(read(reading(feed.encode())))
    assert ([it.key for it in outcome.articles], outcome.deleted) == (["urn:x:1"], ("urn:x:2",))


GUID = "<guid isPermaLink='false'>g2</guid></item>"


def entry(number: int, words: str, rest: str = "") -> str:
    return f"<item><title>{words}</title><link>https://daily.example/{number}</link>{rest}</item>"


def test_pages_of_entries_that_change_are_asked_for_again_a_few_at_a_time() -> None:
    source = make_source(follow=True)

    def polled(words: str, rest: str = "", **memory: object) -> Fresh:
        body = f"<rss><channel>{''.join(entry(it, f'{words} {it}', rest) for it in range(20))}</channel></rss>"
        return fresh(read(reading(body.encode(), source, **memory)))

    first = polled("Story")
    assert len(first.wishes) == 20
    known = {it.entry.key: it.fallback.found_hash for it in first.wishes if it.fallback}
    assert polled("Story", "<category>new</category>", entries=known).wishes == (), "its words are the same"
    elsewhere = f"<rss><channel>{entry(9, 'Story 2').replace('</item>', GUID)}</channel></rss>".encode()
    moved = fresh(read(reading(elsewhere, source, entries={"g2": known["https://daily.example/2"]})))
    assert [it.url for it in moved.wishes] == ["https://daily.example/9"], "it is another page now"
    again = polled("Another story", entries=known)
    assert [it.fallback.title for it in again.wishes if it.fallback] == [
        f"Another story {it}" for it in range(PAGES_AGAIN)
    ]
    assert again.articles == (), "the others keep their pages' words until it is their turn"
    assert not again.body_hash, "which comes though the document stays as it is"
    rest = polled(
        "Another story", entries=known | {it.entry.key: it.fallback.found_hash for it in again.wishes if it.fallback}
    )
    assert [it.entry.key for it in rest.wishes] == [it.entry.key for it in first.wishes[PAGES_AGAIN : 2 * PAGES_AGAIN]]


HUGE = "&#" + "0" * 5000 + "65;"
"""A reference to a character, of more digits than Python makes a number of."""


@pytest.mark.parametrize("name", ["category", "dc:rights", "title", "description"])
def test_a_huge_reference_in_one_entry_costs_a_feed_nothing(name: str) -> None:
    field = f"<{name} xmlns:dc='http://purl.org/dc/elements/1.1/'>x {HUGE.replace('&', '&amp;')}</{name}></item>"
    articles = fresh(read(reading(FEED.replace(b"</item>", field.encode(), 1)))).articles
    assert [it.key for it in articles] == ["g1", "g2"]


@pytest.mark.parametrize("name", ["keywords", "articleSection", "author", "articleBody"])
def test_a_huge_reference_in_the_data_of_a_page_costs_it_nothing(name: str) -> None:
    data = {"@type": "NewsArticle", "headline": "One", "articleBody": "Words of the story. " * 20, name: f"x {HUGE}"}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    body = f"<html>{script}<article><h1>One</h1><p>{'Words of the story. ' * 20}</p></article></html>"
    (article,) = fresh(read(reading(body.encode(), make_source(kind="page")))).articles
    assert article.title == "One"


def test_only_the_first_pages_of_a_long_feed_are_asked_for_and_those_that_came_leave_their_words_for_ever() -> None:
    source = make_source(follow=True)
    body = f"<rss><channel>{''.join(entry(it, f'Story {it}') for it in range(300))}</channel></rss>".encode()
    outcome = fresh(read(reading(body, source)))
    assert [it.url for it in outcome.wishes] == [f"https://daily.example/{it}" for it in range(MOST_PAGES)]
    assert len(outcome.articles) == 300 - MOST_PAGES
    known = {it.key: it.found_hash for it in outcome.articles}
    known |= {it.entry.key: it.fallback.found_hash for it in outcome.wishes if it.fallback}
    of_old_rules = {key: found[:16] + bytes(8) for key, found in known.items()}
    later = fresh(read(reading(body, source, entries=of_old_rules)))
    assert (later.articles, later.wishes) == ((), ()), "the feed's words do not take their place"


@given(st.binary(max_size=400), st.sampled_from(["auto", "feed", "page", "list"]))
def test_whatever_comes_is_an_outcome_and_no_bug(body: bytes, kind: str) -> None:
    outcome = read(reading(body, make_source(kind=kind)))
    assert not isinstance(outcome, Failed) or outcome.failure.kind != FailureKind.BUG
