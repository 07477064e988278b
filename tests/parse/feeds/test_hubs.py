"""Whose hubs tell of a feed's news, in each format and in the answer's fields."""

import time

import pytest

from support.builders import make_source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.feed import auto, parse
from syndicator.parse.feeds.hubs import MOST, announced

URL = "https://a.example/blog/feed"
HUB, SELF = "https://hub.example/", "https://a.example/feed.xml"
ATOM = "xmlns:atom='http://www.w3.org/2005/Atom'"
RDF = "xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
LINKS = f"<atom:link rel='hub' href='{HUB}'/><atom:link rel='self' href='/feed.xml'/>"


def offered(body: str, *fields: str) -> tuple[tuple[str, ...], str]:
    headers = tuple(("link", it) for it in fields)
    info = parse(Response(url=URL, status=200, headers=headers, body=body.encode()), make_source()).info
    return info.hubs, info.topic


def rss(links: str = "") -> str:
    return f"<rss version='2.0' {ATOM}><channel><title>A</title>{links}</channel></rss>"


def json_feed(hubs: str) -> str:
    version = "https://jsonfeed.org/version/1.1"
    return f'{{"version": "{version}", "title": "A", "feed_url": "/feed.xml", "items": [], "hubs": {hubs}}}'


@pytest.mark.parametrize(
    "body",
    [
        rss(LINKS),
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{LINKS.replace('atom:', '')}</feed>",
        f"<rdf:RDF {RDF} {ATOM}><channel><title>A</title>{LINKS}</channel></rdf:RDF>",
        rss(LINKS.replace("atom:", "atom10:")).replace("xmlns:atom", "xmlns:atom10"),
        json_feed(f'[{{"type": "rssCloud", "url": "https://cloud.example/"}}, {{"type": "WebSub", "url": "{HUB}"}}]'),
    ],
)
def test_every_format_names_hubs(body: str) -> None:
    assert offered(body) == ((HUB,), SELF)


@pytest.mark.parametrize("hubs", ["null", "[]", '"https://hub.example/"', "[1, null]", '[{"type": "WebSub"}]'])
def test_a_json_feed_whose_hubs_are_none_has_none(hubs: str) -> None:
    assert offered(json_feed(hubs)) == ((), "")


def test_of_a_feed_without_a_hub_nothing_is_remembered() -> None:
    assert offered(rss("<atom:link rel='self' href='/feed.xml'/>")) == ((), "")
    assert offered(rss("<atom:link rel='hub' href='mailto:a@a.example'/>")) == ((), "")


def test_a_hub_may_be_named_without_saying_where_the_feed_is() -> None:
    assert offered(rss(f"<atom:link rel='hub' href='{HUB}'/>")) == ((HUB,), "")


OTHER = "https://other.example/hub"


@pytest.mark.parametrize(
    "fields",
    [
        (f'<{OTHER}>; rel="hub", </f>; rel="self"',),
        (f"<{OTHER}>; rel=hub", "</f>;rel=self"),
        (f'<{OTHER}>; REL="HUB"; title="a, b; \\"c\\" <d>" , </f>; type="x"; rel="self alternate"; rel="next"',),
        (f"</p>; rel=prev, <{OTHER}>; rel=hub,,</f>; rel=self; flag",),
    ],
)
def test_what_the_answers_fields_say_counts_first(fields: tuple[str, ...]) -> None:
    assert offered(rss(), *fields) == ((OTHER,), "https://a.example/f")
    assert offered(rss(LINKS), *fields) == ((OTHER,), "https://a.example/f")


def test_what_the_fields_leave_out_the_document_may_say() -> None:
    assert offered(rss(LINKS), f"<{OTHER}>; rel=hub") == ((OTHER,), SELF)
    assert offered(rss(LINKS), "</f>; rel=self") == ((HUB,), "https://a.example/f")


@pytest.mark.parametrize(
    "field",
    ["", "<>", "nothing", f'<{OTHER}>; rel="hub"; anchor="/elsewhere"', f"<{OTHER}>", f"{OTHER}; rel=hub"],
)
def test_fields_that_name_no_hub_of_this_document_name_none(field: str) -> None:
    assert offered(rss(), field) == ((), "")


def test_a_page_may_have_a_hub_too() -> None:
    page = "<html><head><meta property='og:type' content='article'></head><h1>T</h1><p>" + "words " * 80 + "</p></html>"
    fields = (("link", f"<{HUB}>; rel=hub"), ("content-type", "text/html"))
    assert auto(Response(url=URL, status=200, headers=fields, body=page.encode()), make_source()).info.hubs == (HUB,)


def test_many_hubs_and_endless_addresses_are_not_all_remembered() -> None:
    many = "".join(f"<atom:link rel='hub' href='https://h{it}.example/'/>" for it in range(50))
    hubs, _ = offered(rss(many))
    assert hubs == tuple(f"https://h{it}.example/" for it in range(MOST))
    assert offered(rss(f"<atom:link rel='hub' href='{HUB}{'a' * 3_000}'/>")) == ((), "")


@pytest.mark.parametrize(
    "piece", ["<a>;", "<", '<a>; rel="', "<a>; rel=hub;", '<a>; a="\\"', "<a>; a=b ", ";", "<a>; x"]
)
def test_a_hostile_field_is_read_in_no_time(piece: str) -> None:
    response = Response(url=URL, status=200, headers=(("link", piece * (1_000_000 // len(piece))),))
    began = time.process_time()
    announced(FeedInfo(), response)
    assert time.process_time() - began < 1
