"""Where the older entries are, in each format, and nowhere else."""

import pytest

from support.builders import make_source
from support.telegram import PREVIEW, Message, preview
from syndicator.model.web import Response
from syndicator.parse import parse

URL = "https://a.example/feed?x=1"
ATOM = "xmlns:atom='http://www.w3.org/2005/Atom'"


def older(body: str, url: str = URL, kind: str = "feed") -> str:
    return parse(Response(url=url, status=200, body=body.encode()), make_source(kind=kind)).older


def rss(*links: tuple[str, str]) -> str:
    found = "".join(f"<atom:link rel='{rel}' href='{href}'/>" for rel, href in links)
    return f"<rss version='2.0' {ATOM}><channel><title>A</title>{found}</channel></rss>"


@pytest.mark.parametrize(
    "body",
    [
        rss(("next", "?page=2&amp;x=1")),
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><link rel='next' href='?page=2&amp;x=1'/></feed>",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [], "next_url": "?page=2&x=1"}',
    ],
)
def test_every_format_leads_to_its_next_page(body: str) -> None:
    assert older(body) == "https://a.example/feed?page=2&x=1"


def test_an_archive_document_comes_before_a_next_page() -> None:
    links = (("next", "/next"), ("prev-archive", "/archive/7"), ("prev-archive", "/archive/6"))
    assert older(rss(*links)) == "https://a.example/archive/7"
    assert older(rss(*links[1:2])) == "https://a.example/archive/7"


@pytest.mark.parametrize(
    "href",
    [
        *("", URL, f"{URL}#x", "http://a.example/next", "https://b.example/next", "https://a.example:8443/next"),
        *("mailto:a@a.example", "file:///etc/passwd", "https://me@a.example/next"),
    ],
)
def test_the_document_itself_or_another_host_is_no_next_page(href: str) -> None:
    assert older(rss(("next", href))) == ""


@pytest.mark.parametrize("relation", ["prev", "previous", "first", "last", "next-archive", "current", "self", "hub"])
def test_other_relations_lead_elsewhere(relation: str) -> None:
    assert older(rss((relation, "/next"))) == ""


def test_a_file_has_no_next_page() -> None:
    assert older(rss(("next", "https://a.example/next")), url="file:///srv/feed.xml") == ""


def test_a_channels_next_page_is_before_the_oldest_message_that_is_shown() -> None:
    body = preview(*(Message(number, "words") for number in (103, 101, 102)))
    assert older(body, PREVIEW, "telegram") == f"{PREVIEW}?before=101"
    assert older(preview(Message(90, "words")), f"{PREVIEW}?before=101", "telegram") == f"{PREVIEW}?before=90"
    assert older(preview(Message(1, "words")), PREVIEW, "telegram") == "", "it is the first"
    assert older(preview(), PREVIEW, "telegram") == ""
