"""Pages that list articles, and pages that do not: `tests/parse/listings`, each beside its truth."""

import json
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from support.pages import written
from syndicator.model.outcome import Proposal
from syndicator.model.source import Source
from syndicator.model.web import Response
from syndicator.parse.decoding.tree import MAX_ITEMS, open_page
from syndicator.parse.failures import Unreadable
from syndicator.parse.listing import by_selectors, collapsed
from syndicator.parse.page import parse
from syndicator.parse.proposal import proposals, proposed

LISTINGS = Path(__file__).parent / "listings"
NAMES = sorted(it.stem for it in LISTINGS.glob("*.html"))
SECONDS = 8
"""Of processor time, on a machine that does other things as well; the worst takes one or two."""
HTML = (("content-type", "text/html; charset=utf-8"),)
LINE = "Council approves the tram line number"


def truth_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LISTINGS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def page_of(name: str) -> Response:
    body = (LISTINGS / f"{name}.html").read_bytes()
    return Response(url=truth_of(name)["url"], status=200, headers=HTML, body=body)


def told(proposal: Proposal) -> list[list[str]]:
    return [[it.url, it.title.value if it.title else ""] for it in proposal.entries]


def source(kind: str = "page") -> Source:
    return Source(id="x", url="https://x.example/", kind=kind)


def news(count: int, item: str = '<li><a href="/news/{0}-tram-line">{1} {0}</a> <time>12.03.2026</time></li>') -> str:
    return "".join(item.format(it, LINE) for it in range(count))


@pytest.mark.parametrize("name", NAMES)
def test_a_pages_articles_are_proposed_all_of_them_and_nothing_else_or_nothing(name: str) -> None:
    found = [told(it) for it in proposals(page_of(name), source())]
    assert found in ([truth_of(name)["articles"]], [])


@pytest.mark.parametrize("name", [it for it in NAMES if truth_of(it)["articles"]])
def test_a_list_is_not_read_as_one_article_though_a_date_stands_below_its_heading(name: str) -> None:
    with suppress(Unreadable):
        assert len(parse(page_of(name), source()).entries) > 1


def test_nearly_all_lists_are_found() -> None:
    lists = [name for name in NAMES if truth_of(name)["articles"]]
    assert [name for name in lists if not proposals(page_of(name), source())] == ["en-aggregator-table"]
    assert len(lists) >= 46


@pytest.mark.parametrize("name", NAMES)
def test_what_is_proposed_is_what_the_selectors_give_an_operator(name: str) -> None:
    page = open_page(page_of(name))
    for it in proposed(page):
        assert told(Proposal(select=it.select, entries=collapsed(page, by_selectors(page, it.select)[0]))) == told(it)


@pytest.mark.parametrize("name", NAMES)
def test_no_selector_counts_or_names_what_a_build_has_made(name: str) -> None:
    for it in proposals(page_of(name), source()):
        for selector in (it.select.item, it.select.link, it.select.title, it.select.date, it.select.summary):
            assert not re.search(r":|\+|~|\[|(?<![ >]h)[0-9]|__[A-Za-z]*[A-Z]|\.(?:css|sc|jsx)-", f" {selector}")


def test_two_lists_that_are_equally_likely_are_both_shown() -> None:
    other = news(8).replace("/news/", "/culture/")
    page = written(f'<main><ul class="city-news">{news(8)}</ul><ul class="arts-news">{other}</ul></main>')
    found = [it.select.item for it in proposals(page, source())]
    assert found == ["main li"] or set(found) == {"ul.city-news > li", "ul.arts-news > li"}


def test_what_offers_a_feed_needs_no_selectors_unless_the_operator_wants_a_page() -> None:
    page = written(f'<link rel="alternate" type="application/rss+xml" href="/rss"><ul class="news">{news(8)}</ul>')
    assert proposals(page, source())
    assert not proposals(page, source("auto"))


def test_what_calls_itself_an_article_is_no_list() -> None:
    listing = f'<ul class="news">{news(8)}</ul>'
    assert proposals(written(listing), source())
    assert not proposals(written(f'<meta property="og:type" content="article">{listing}'), source())


def test_others_beside_or_below_an_article_are_not_its_list() -> None:
    rows = news(
        20, '<div class="news"><a href="/news/{0}-tram">{1} {0}</a> <i>12.03.2026</i><p>' + "word " * 40 + "</p></div>"
    )
    text = "".join(f"<p>{'told ' * 40}" for _ in range(9))
    assert proposals(written(f"<h1>{LINE}</h1>{rows}"), source())
    assert not proposals(written(f"<h1>{LINE}</h1>{text}<div>{rows}</div>"), source())
    few = news(6, '<li><h3><a href="/news/{0}-tram-line">{1} {0}</a></h3></li>')
    assert proposals(written(f'<h1>{LINE}</h1><ul class="news">{few}</ul>'), source())
    assert not proposals(written(f'<h1>{LINE}</h1><p>{"told " * 140}</p><ul class="news">{few}</ul>'), source())
    item = '<article><h2><a href="/news/{0}-tram">{1} {0}</a></h2><time>12.03.2026</time></article>'
    whole = item.format(9, LINE).replace("</article>", f"<div>{'told ' * 400}</div></article>")
    assert proposals(written(news(6, item)), source())
    assert not proposals(written(whole + news(6, item)), source())


def test_names_and_a_few_without_dates_are_no_list() -> None:
    line = '<li><a href="/u/{0}-some-page">{1}{0}</a> <i>12.03.2026</i></li>'
    assert proposals(written(news(8, line)), source())
    assert not proposals(written(news(8, line).replace(LINE, "heavenly_pickled_onions")), source())
    undated = '<li class="news"><h3><a href="/news/{0}-tram-line">{1} {0}</a></h3></li>'
    assert proposals(written(news(8, undated)), source())
    assert not proposals(written(news(4, undated)), source())


def test_what_is_no_page_proposes_nothing() -> None:
    for body in (b"", b"{}", b"\x00\xff" * 1000, b"<rss><channel/></rss>", b"<html>"):
        assert proposals(Response(url="https://x.example/", status=200, body=body), source()) == ()


def test_of_a_long_list_as_much_is_shown_as_a_poll_would_read() -> None:
    (it,) = proposals(written(f'<ul class="news">{news(MAX_ITEMS + 200)}</ul>'), source())
    assert len(it.entries) == MAX_ITEMS


HOSTILE = {
    "a hundred thousand links": f'<ul class="news">{news(100_000)}</ul>',
    "three thousand cards": news(
        3_000, '<article class="card news"><h2><a href="/n/{0}">{1} {0}</a></h2><p>x</p></article>'
    ),
    "deep elements": "<div>" * 200_000 + news(20),
    "lists in lists": '<div class="news item">' * 250 + news(2_900),
    "blocks in blocks": ('<div class="news">' * 40 + f'<a href="/n/x">{LINE}</a>' + "</div>" * 40) * 1_400,
    "a thousand names": "".join(
        f'<li class="{" ".join(f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(600))}">'
        f'<a href="/n/{it}">{LINE} {it}</a></li>'
        for it in range(400)
    ),
    "a name of megabytes": f'<div class="{"a-" * 2_000_000}"><ul class="{"news " * 500_000}">{news(100)}</ul></div>',
    "a headline of megabytes": "".join(f'<li><a href="/n/{it}">{"word " * 20_000}</a></li>' for it in range(50)),
    "numbers that may be dates": news(2_000, '<li><a href="/n/{0}">{1} {0}</a><span>1 1 1 1 1 1 1 1 1</span></li>'),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_page_that_means_harm_ends_soon(name: str) -> None:
    begun = time.process_time()
    proposals(written(HOSTILE[name], "https://x.example/"), source())
    assert time.process_time() - begun < SECONDS
