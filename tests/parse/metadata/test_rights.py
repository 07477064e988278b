"""What pages declare of their use."""

from typing import Any

import pytest

from support.builders import make_article
from syndicator.model.rights import NO_TERMS, Rights
from syndicator.model.web import Response
from syndicator.parse.decoding.tree import open_page
from syndicator.parse.metadata.rights import read_rights
from syndicator.store import bodies
from syndicator.store.rows import dump


def rights(head: str = "", *headers: tuple[str, str], body: str = "") -> Rights:
    html = f"<html><head>{head}</head><body><p>x</p>{body}</body></html>"
    response = Response(url="https://a.example/n", status=200, headers=headers, body=html.encode())
    return read_rights(open_page(response), response)


def test_a_page_that_says_nothing_has_no_terms() -> None:
    assert rights() == NO_TERMS
    assert not rights()


@pytest.mark.parametrize(
    ("head", "headers", "expected"),
    [
        ('<meta name="robots" content="noindex, nofollow">', (), {"robots": ("noindex", "nofollow")}),
        ('<meta name="ROBOTS" content="NOARCHIVE">', (), {"robots": ("noarchive",)}),
        ('<meta name="robots" content="none">', (), {"robots": ("noindex", "nofollow")}),
        ('<meta name="robots" content="index, follow, all">', (), {}),
        ('<meta name="syndicator" content="nosnippet">', (), {"robots": ("nosnippet",)}),
        ('<meta name="googlebot" content="noindex">', (), {}),
        ('<meta name="" content="noindex"><meta name="robots" content="noindex">', (), {"robots": ("noindex",)}),
        (
            '<meta name="robots" content="max-snippet:120"><meta name="robots" content="max-snippet:50">',
            (),
            {"max_snippet": 50},
        ),
        ('<meta name="robots" content="max-snippet: 0">', (), {"max_snippet": 0}),
        (f'<meta name="robots" content="max-snippet:{"9" * 30}">', (), {"max_snippet": 999_999_999}),
        ('<meta name="robots" content="max-snippet:-1, max-image-preview:large">', (), {}),
        ("", (("x-robots-tag", "noindex"), ("x-robots-tag", "noimageindex")), {"robots": ("noindex", "noimageindex")}),
        ("", (("x-robots-tag", "otherbot: noindex, nofollow"),), {}),
        ("", (("x-robots-tag", "otherbot: noindex, syndicator: noarchive"),), {"robots": ("noarchive",)}),
        (
            "",
            (("x-robots-tag", "unavailable_after: Wednesday, 25-Nov-2026 15:00:00 GMT, nosnippet"),),
            {"robots": ("nosnippet",), "unavailable_after": "Wednesday, 25-Nov-2026 15:00:00 GMT"},
        ),
        ("", (("x-robots-tag", "unavailable_after: 2026-12-01"),), {"unavailable_after": "2026-12-01"}),
        (
            '<meta name="robots" content="unavailable_after: 2030-01-01">',
            (("x-robots-tag", "unavailable_after: 25 Jun 2027 15:00:00 GMT"),),
            {"unavailable_after": "25 Jun 2027 15:00:00 GMT"},
        ),
        (
            '<meta name="robots" content="unavailable_after: soon">',
            (("x-robots-tag", "unavailable_after: 2026-12-01"),),
            {"unavailable_after": "2026-12-01"},
        ),
        (
            '<meta name="robots" content="unavailable_after: soon"><meta name="robots" content="unavailable_after: x">',
            (),
            {"unavailable_after": "soon"},
        ),
        (
            '<meta name="robots" content="noindex nofollow; noarchive">',
            (),
            {"robots": ("noindex", "nofollow", "noarchive")},
        ),
        ("", (("x-robots-tag", "otherbot: noindex nofollow"),), {}),
    ],
)
def test_robots_directives_are_read_for_all_and_for_us(
    head: str, headers: tuple[tuple[str, str], ...], expected: dict[str, Any]
) -> None:
    assert rights(head, *headers) == Rights(**expected)


@pytest.mark.parametrize(
    ("meta", "header", "expected"),
    [
        ("1", None, True),
        ("0", "1", False),
        (None, "1", True),
        (None, "0", False),
        ("yes", None, None),
        (None, "yes", None),
        ("yes", "1", True),
        (" 1 ", None, True),
        ("2", None, None),
    ],
)
def test_tdm_meta_goes_before_header_and_only_0_and_1_count(
    meta: str | None, header: str | None, expected: bool | None
) -> None:
    head = "" if meta is None else f'<meta name="tdm-reservation" content="{meta}">'
    assert rights(head, *([("tdm-reservation", header)] if header else [])).tdm is expected


def test_a_limit_with_however_many_digits_is_kept_and_read_again() -> None:
    terms = rights(f'<meta name="robots" content="max-snippet:{"9" * 30}">')
    kept = bodies.made(dump(make_article(terms=terms)), b"")
    assert bodies.terms(kept) == terms


def test_a_meta_element_without_a_name_says_nothing() -> None:
    assert rights('<meta name="" content="noindex"><meta name="robots" content="noarchive">').robots == ("noarchive",)


CC = "https://creativecommons.org/licenses/by/4.0/"


def test_a_licence_is_the_heads_the_headers_or_the_only_one_shown() -> None:
    assert rights(f'<link rel="license" href="{CC}">').license == CC
    assert rights("", ("link", f'<https://a.example/s.css>; rel="preload", <{CC}>; rel="license"')).license == CC
    assert rights("", ("link", f'<{CC}>; rel="license"; anchor="/picture.jpg"')).license == "", "a picture's"
    assert rights(body=f'<footer><a rel="license" href="{CC}">CC BY</a></footer>').license == CC


def test_the_licence_of_a_picture_is_not_the_articles() -> None:
    picture = f'<figure><img src="a"><figcaption><a rel="license" href="{CC}">CC BY</a></figcaption></figure>'
    assert rights(body=picture).license == ""
    two = f'<p><a rel="license" href="{CC}">one</a> <a rel="license" href="https://b.example/l">two</a></p>'
    assert rights(body=two).license == ""
