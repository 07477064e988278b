from typing import Any

import pytest

from support.builders import MOMENT, make_document, make_item
from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.document import Document, Item, Link, Tombstone
from syndicator.model.social import Credit
from syndicator.publish import border


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("https://daily.example/a?b=c&d=e#f", "https://daily.example/a?b=c&d=e#f"),
        ("HTTPS://Daily.Example:443", "https://daily.example/"),
        ("https://daily.example/a b|c?q=[1]^`#ф#g", "https://daily.example/a%20b%7Cc?q=%5B1%5D%5E%60#%D1%84%23g"),
        ("https://daily.example/100%", "https://daily.example/100%25"),
        ("https://daily.example/%d1%84", "https://daily.example/%d1%84"),
        ("https://user:pass@daily.example/", "https://daily.example/"),
        ("https://новости.рф/", "https://xn--b1amnebsh.xn--p1ai/"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://daily_1.example./", "https://daily_1.example./"),
        ('https://daily".example/', ""),
        ("https://{daily}.example/", ""),
        ("https://daily`.example/", ""),
        ("/relative", ""),
        ("daily.example/x", ""),
        ("file:///etc/passwd", ""),
        ("file://host/share", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_pass_and_as_uris(found: str, shown: str) -> None:
    assert border.address(found) == shown
    assert border.address(shown) == shown


def test_characters_that_xml_forbids_go_and_all_others_stay() -> None:
    assert border.text("a\x00b\ufdd0\ufffe\U0001ffffc\ud800d\te\r\nf\rg") == "abcd\te\nf\ng"
    assert border.text("👩‍👩‍👧‍👦 «ё»") == "👩‍👩‍👧‍👦 «ё»"
    assert border.line(" a\n b\u2028c ") == "a b c"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("urn:isbn:1", "urn:isbn:1"),
        ("tag:example.org,2020:новость", "tag:example.org,2020:%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("https://daily.example/é#c", "https://daily.example/%C3%A9#c"),
        ("http://[2001:db8::1]:80/[é]", "http://[2001:db8::1]:80/%5B%C3%A9%5D"),
        ("urn:x:\ufffea\x7f", "urn:x:a"),
        ("urn:x://[2001:db8::1]/", "urn:x://%5B2001:db8::1%5D/"),
        ("https://daily.example/a b#c", "urn:uuid:6cc542e8-e3b9-5b04-8416-d89e33408350"),
    ],
)
def test_an_identifier_stays_what_it_is(found: str, shown: str) -> None:
    assert border.iri(found) == shown


def test_what_is_no_identifier_gets_one_of_its_own() -> None:
    made = [border.iri(found) for found in ("4711", "4712", "file:///srv/1", "", "\ud800x")]
    assert len(set(made)) == 5
    assert all(each.startswith("urn:uuid:") for each in made)


@pytest.mark.parametrize(
    ("name", "url", "shown"),
    [
        ("Audio/MPEG; codecs=x", "https://daily.example/1", "audio/mpeg"),
        ("", "https://daily.example/a.MP3?x=1.png", "audio/mpeg"),
        ("mp3", "https://daily.example/1.mp3", "audio/mpeg"),
        ("", "https://daily.example/", "application/octet-stream"),
    ],
)
def test_every_enclosure_has_a_media_type(name: str, url: str, shown: str) -> None:
    assert border.media_type(name, url) == shown


def test_bodies_keep_no_address_that_is_relative_or_local() -> None:
    shown = border.body('<p><a href="/x">a</a><a href="file:///etc">b</a><a href="https://x.example/">c</a></p>')
    assert "/x" not in shown.replace("https://x.example/", "")
    assert "file:" not in shown
    assert "https://x.example/" in shown


BAD = "\x01a\ufffe\n b "
FAR = "https://Daily.example/a b"
NEAR = "https://daily.example/a%20b"


def bad_item(**changes: Any) -> Item:
    given = {
        "id": "no IRI", "url": FAR, "title": BAD, "summary": BAD, "html": f"{BAD}<script>x</script>",
        "origin": Origin(id="no IRI", title=BAD, feed_url=FAR, site_url="javascript:x", rights=BAD),
        "authors": (Person(name=BAD, url=FAR), Person(name="\x01")), "categories": (BAD, "a b", "\x01"),
        "language": "RU_ru", "image": FAR, "comments": FAR, "rights": BAD, "license": FAR,
        "enclosures": (Enclosure(url=FAR, type=" Audio/MPEG ; x", length=-1, title=BAD), Enclosure(url="file:///x")),
        "links": (Link(rel="via", href=FAR, title=BAD, handle=BAD), Link(rel="via", href="data:x")),
        "credits": (Credit(role="photographer", name=BAD, agency=BAD), Credit(role="agency", name="\x01")),
    }  # fmt: skip
    return make_item(**given | changes)


def test_of_an_item_nothing_passes_as_it_came() -> None:
    id_, link = border.iri("no IRI"), Link(rel="via", href=NEAR, title="a b", handle="a b")
    assert border.item(bad_item()) == make_item(
        id=id_, url=NEAR, title="a b", summary="a\n b", html="a\n b",
        origin=Origin(id=id_, title="a b", feed_url=NEAR, rights="a b"),
        authors=(Person(name="a b", url=NEAR),), categories=("a b",), language="ru-RU",
        image=NEAR, comments=NEAR, rights="a b", license=NEAR,
        enclosures=(Enclosure(url=NEAR, type="audio/mpeg", title="a b"),), links=(link,),
        credits=(Credit(role="photographer", name="a b", agency="a b"),),
    )  # fmt: skip
    long = "<p>word</p>" * 5_000
    assert border.item(bad_item(html=f"{long}<script>x</script>")).html == long


def test_of_a_document_nothing_passes_as_it_came() -> None:
    given = {"id": "no IRI", "title": BAD, "description": BAD, "url": FAR, "feed_url": FAR, "language": "RU_ru"}
    given |= {"older_url": FAR, "newer_url": FAR, "current_url": FAR}
    links = (Link(rel="me", href=FAR, title=BAD),)
    gone = (Tombstone(id="no IRI", gone_at=MOMENT.replace(microsecond=1)),)
    id_ = border.iri("no IRI")
    shown: Document = border.document(make_document(bad_item(), profiles=links, gone=gone, **given))
    expected = {name: NEAR for name in given if name.endswith("url")}
    expected |= {"id": id_, "title": "a b", "description": "a\n b", "language": "ru-RU"}
    assert shown == make_document(
        border.item(bad_item()), profiles=(Link(rel="me", href=NEAR, title="a b"),),
        gone=(Tombstone(id=id_, gone_at=MOMENT),), **expected,
    )  # fmt: skip


def test_what_must_be_there_is_there() -> None:
    bare = make_document(id="no IRI", title="\x01", description=" ", url="file:///x", feed_url="")
    shown = border.document(bare)
    assert (shown.title, shown.description) == ("all", "all")
    assert shown.url == shown.feed_url == shown.id == border.iri("no IRI")
    item = border.item(make_item(title="", origin=Origin(id="no IRI", title="\x01")))
    assert (item.title, item.origin.title) == (f"{shown.id}, 2026-03-05T13:00:00Z", shown.id)
