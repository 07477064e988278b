"""Whatever a source put into a document, each output is one that a strict reader takes, and says the same."""

import json
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from support import rss_rules
from support.builders import make_document, make_item
from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.document import Document, Item, Link
from syndicator.model.settings import Channel, Site
from syndicator.model.social import Credit
from syndicator.publish import FORMATS, border, files
from syndicator.publish.html import render_index, render_landing

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON = jsonschema.Draft202012Validator(
    json.loads((SCHEMAS / "jsonfeed-1.1.schema.json").read_text(encoding="utf-8")),
)

NASTY = [
    "",
    " ",
    "]]>",
    "<![CDATA[x]]>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&amp; & &#x26; &nbsp; &bogus;",
    "AT&T <b>bold</b> 1 < 2 > 0",
    "\x00\x01\x08\x0b\x1f\x7f\x85\x9f",
    "\ud800 \udfff \ud83d",
    "\ufffe\uffff\ufdd0\ufdd1\U0001ffff",
    "\u202eright to left\u202c עברית العربية",
    "ё Ё «кавычки» № — …",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "line\r\nline\rline\u2028line",
    "{{ 7 * 7 }} {% raw %}",
    "<p>open <b>never closed",
    '<a href="/relative">x</a><img src="1.png"><a href="file:///etc/passwd">y</a><a href="javascript:x">z</a>',
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
]
ADDRESSES = [
    "",
    "/relative",
    "//host/path",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://user:secret@daily.example/",
    "HTTPS://Daily.Example:443/a b|c^`{}[]?q=%zz&x=<>\"'#ф#g",
    "https://новости.рф/статья",
    "https://daily.example/\ud800\x00\n",
    "https://[::1]/x",
    "https://",
    "urn:isbn:1",
    "https://daily.example/2026/river",
]

words = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=60), st.lists(st.sampled_from(NASTY), max_size=4).map("".join)
)
addresses = st.one_of(st.sampled_from(ADDRESSES), st.text(max_size=30).map("https://daily.example/".__add__))
times = st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001

origins = st.builds(Origin, id=words, title=words, feed_url=addresses, site_url=addresses, rights=words)
social = st.builds(
    Link,
    rel=st.sampled_from(["related", "replies", "me"]),
    href=addresses,
    title=words,
    platform=st.sampled_from(["telegram", "fediverse", "x"]),
    kind=st.sampled_from(["profile", "post", "discussion"]),
    owner=st.sampled_from(["publisher", "article"]),
    handle=words,
    confidence=st.floats(0, 1),
)
items = st.builds(
    Item,
    id=st.uuids().map(lambda it: it.urn),
    url=addresses,
    title=words,
    summary=words,
    html=words,
    published=times,
    updated=times,
    origin=origins,
    authors=st.lists(st.builds(Person, name=words, url=addresses, email=words), max_size=2).map(tuple),
    categories=st.lists(words, max_size=3).map(tuple),
    language=st.sampled_from(["", "ru", "en-GB", "ru_RU", "none of these", "\x00"]),
    image=addresses,
    enclosures=st.lists(
        st.builds(Enclosure, url=addresses, type=words, length=st.none() | st.integers(-1, 9), title=words), max_size=3
    ).map(tuple),
    links=st.lists(
        st.builds(
            Link, rel=st.sampled_from(["via", "related", "replies"]), href=addresses, type=st.just(""), title=words
        )
        | social,
        max_size=4,
    ).map(tuple),
    comments=addresses,
    rights=words,
    credits=st.lists(st.builds(Credit, role=st.just("photographer"), name=words, agency=words), max_size=2).map(tuple),
)
documents = st.builds(
    lambda found, title, description, language, profiles: make_document(
        *found, title=title, description=description, language=language, profiles=tuple(profiles)
    ),
    st.lists(items, max_size=3, unique_by=lambda it: it.id),
    words,
    words,
    st.sampled_from(["", "ru", "??"]),
    st.lists(social, max_size=2),
)
modest = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@modest
@given(documents)
def test_rss_keeps_every_rule(document: Document) -> None:
    data = FORMATS["rss"].render(document)
    files.check("rss", data)
    assert set(rss_rules.violations(data)) <= {"34"}  # that a title speaks of markup is its own affair
    parsed = feedparser.parse(data)
    assert parsed.bozo == 0
    assert len(parsed.entries) == len(document.items)


@modest
@given(documents)
def test_atom_passes_the_grammar_of_the_rfc(document: Document) -> None:
    data = FORMATS["atom"].render(document)
    files.check("atom", data)
    root = etree.fromstring(data)
    assert ATOM.validate(root), ATOM.error_log
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert not root.xpath("a:entry[not(a:content) and not(a:link[@rel='alternate'])]", namespaces=names)
    parsed = feedparser.parse(data)
    assert parsed.bozo == 0
    assert [entry.id for entry in parsed.entries] == [item.id for item in document.items]


@modest
@given(documents)
def test_json_passes_the_schema(document: Document) -> None:
    data = FORMATS["json"].render(document)
    files.check("json", data)
    feed = json.loads(data)
    JSON.validate(feed)
    assert [item["id"] for item in feed["items"]] == [item.id for item in document.items]


@modest
@given(documents)
def test_pages_hold_no_script_and_no_foreign_address(document: Document) -> None:
    for data in (
        render_index(
            Site(),
            document,
            [(Channel(id="all", title=document.title), {"rss": "/feeds/all.rss"})],
            [(document.title, "javascript:x")],
        ),
        render_landing(Site(), document, {"atom": "/feeds/all.atom"}),
    ):
        files.check("html", data)
        root = html.document_fromstring(data.decode())
        assert not root.xpath("//script|//img|//iframe|//@style|//*[@*[starts-with(name(), 'on')]]")
        (icon,) = root.xpath("/html/head/link[@rel='icon']")
        assert icon.get("href").startswith("data:image/svg+xml,")
        icon.drop_tree()
        for _, _, link, _ in root.iterlinks():
            assert link.startswith(("http://", "https://", "#", "style.css", "../", "sources.opml", "social"))
        assert len(root.xpath("//article")) == len(document.items)


@modest
@given(documents)
def test_no_address_is_that_of_a_file_or_holds_a_password(document: Document) -> None:
    for name in ("rss", "atom"):
        root = etree.fromstring(FORMATS[name].render(document))
        for value in [*root.xpath("//@*"), *root.xpath("//text()")]:
            assert not value.startswith("file:")
            assert "user:secret@" not in value
        bodies = root.xpath("//*[local-name()='encoded']/text()") + root.xpath("//*[@type='html']/text()")
        assert not any('"file:' in body for body in bodies)


@modest
@given(documents)
def test_passing_the_border_twice_changes_nothing(document: Document) -> None:
    once = border.document(document)
    assert border.document(once) == once


def test_long_strings_pass() -> None:
    long = "слово " * 20_000
    document = make_document(make_item(title=long, summary=long, html=f"<p>{long}</p>", categories=(long,)))
    for name, form in FORMATS.items():
        data = form.render(document)
        files.check(name, data)
        assert feedparser.parse(data).bozo == 0 or name == "json"
    assert json.loads(FORMATS["json"].render(document))["items"][0]["summary"] == long.strip()
