"""Nouns to columns and back: what goes in comes out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import make_article, make_source
from syndicator.model.article import Article, Enclosure, Entry, Person, Text
from syndicator.model.noun import replace
from syndicator.model.outcome import Wish
from syndicator.model.rights import Rights
from syndicator.model.social import Credit, RemovedLine, SocialLink
from syndicator.model.source import Auth, Select, Source
from syndicator.model.state import FeedInfo
from syndicator.store import bodies, rows
from syndicator.store.packing import RAW, pack

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(0, 2**62)
moments = st.integers(0, 2**42).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))


def tuples(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


articles = st.builds(
    Article,
    source_id=words,
    key=words,
    title=words,
    html=words,
    text=words,
    canonical_url=words,
    claimed=st.booleans(),
    published=st.none() | moments,
    authors=tuples(st.builds(Person, name=words, url=words, email=words)),
    enclosures=tuples(st.builds(Enclosure, url=words, length=st.none() | numbers)),
    social=tuples(st.builds(SocialLink, platform=words, confidence=st.floats(0, 1), label=words)),
    credits=tuples(st.builds(Credit, role=st.just("photographer"), name=words)),
    removed=tuples(st.builds(RemovedLine, position=numbers, line_class=words, text=words, rule=words)),
)


@given(articles)
def test_an_article_survives(article: Article) -> None:
    digests = dict.fromkeys(("found_hash", "url_key", "text_key", "title_key", "raw"), b"")
    assert rows.load(Article, rows.unpack(rows.pack(rows.dump(article)))) == replace(article, **digests)


@given(moments)
def test_a_moment_survives_to_the_millisecond(moment: datetime) -> None:
    assert rows.from_ms(rows.to_ms(moment)) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@given(words, words, st.none() | st.builds(Text, value=words, html=st.booleans(), base=words))
def test_a_wish_survives_with_the_keys_that_follow_from_it(url: str, title: str, summary: Text | None) -> None:
    said = make_article(key=title, title=title, found_hash=b"f")
    wish = Wish(url=url, entry=Entry(key=title, summary=summary), fallback=said)
    back = rows.to_wish({"key": title, "body": rows.wish_body(wish), "found_hash": b"f"})
    assert (back.url, back.entry) == (wish.url, wish.entry)
    assert back.fallback is not None
    assert replace(back.fallback, url_key=b"", text_key=b"", title_key=b"") == wish.fallback
    assert back.fallback.url_key


@pytest.mark.parametrize(("of_feed", "kept"), [(False, b""), (True, b"<item/>")])
def test_the_bytes_of_a_feeds_entry_are_kept_while_its_page_is_awaited(of_feed: bool, kept: bytes) -> None:
    entry = Entry(key="k", raw=b"<item/>")
    wish = Wish(url="https://a.example/1", entry=entry, fallback=make_article(raw=b"<item/>"), of_feed=of_feed)
    back = rows.to_wish({"key": "k", "body": rows.wish_body(wish), "found_hash": b"f"})
    assert (back.entry.raw, back.fallback and back.fallback.raw, back.of_feed) == (kept, kept, of_feed)


def test_what_an_older_version_kept_and_this_one_does_not_is_passed_over() -> None:
    terms = b'{"robots":["noindex"],"tdm":true,"tdm_policy":"https://a.example/policy.json"}'
    article = rows.dump(make_article())[:-1] + b',"terms":' + terms + b"}"
    row = rows.article_row(make_article(), substance=b"") | {"body": pack(article + RAW)}
    expected = Rights(robots=("noindex",), tdm=True)
    assert bodies.terms(row["body"]) == expected
    assert rows.to_article(row).terms == expected  # type: ignore[arg-type]  # a row is a mapping of its columns
    info = b'{"title":"Courier","icon":"https://a.example/i.png","id":"urn:courier"}'
    assert rows.load(FeedInfo, info) == FeedInfo(title="Courier", id="urn:courier")


def test_a_source_is_kept_without_its_secrets() -> None:
    source = make_source(select=Select(item="li", follow=True), interval=60.0)
    assert rows.to_source(rows.definition(source)) == source
    private = replace(source, private=True, url="https://u:p@x.example/?key=s3cret", auth=Auth(password="hunter2"))
    public = replace(source, headers=(("Cookie", "s3cret"),))
    assert "s3cret" not in rows.definition(public)
    assert rows.to_source(rows.definition(public)) == replace(public, headers=())
    kept = rows.definition(private)
    assert "s3cret" not in kept
    assert "hunter2" not in kept
    assert rows.to_source(kept) == replace(private, url="", auth=None)


def test_a_listed_source_is_kept_whole_for_it_is_polled_after_a_restart() -> None:
    source = make_source(private=True, url="https://x.example/?key=s3cret", parent="list")
    assert rows.load(Source, rows.dump(source)) == source
