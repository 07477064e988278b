"""The kinds `feed` and `auto`: what a body is taken for, and what is said of one that cannot be read."""

import time

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.feeds import DATA, RIVER, read, response, source
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.state import SourceMemory
from syndicator.parse import Unreadable, parse
from syndicator.parse.digest import found_hash
from syndicator.parse.feeds.seen import seen
from syndicator.text.characters import one_line
from syndicator.text.markup import plain

OFFER = (
    "<html><head><link rel=alternate type='application/rss+xml; charset=utf-8' href='/rss'>"
    "<link rel='alternate home' type=application/feed+json href='feed.json'>"
    "<link rel=alternate type=application/json href='/wp-json'><link rel=alternate hreflang=en href='/en'>"
    "<link rel=alternate type=application/rss+xml href='javascript:x'></head><body>x"
)


@pytest.mark.parametrize("kind", ["auto", "feed"])
@pytest.mark.parametrize(
    ("body", "failure", "says"),
    [
        ("", FailureKind.EMPTY, "empty"),
        (" \n\0", FailureKind.EMPTY, "empty"),
        ("Not found", FailureKind.NO_FEED, "neither"),
        (
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
            FailureKind.NO_FEED,
            "sitemap",
        ),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", FailureKind.NO_FEED, "SVG"),
        ("<soap:Envelope xmlns:soap='x'/>", FailureKind.NO_FEED, "<envelope>"),
        ("<opml version='2.0'/>", FailureKind.NO_FEED, "OPML"),
        ("[1]", FailureKind.NO_FEED, "JSON"),
        ("<rss", FailureKind.MALFORMED, "XML"),
        ("<rss><chan", FailureKind.MALFORMED, "Nothing could be read"),
        (OFFER, FailureKind.NO_FEED, "https://origin.example/rss, https://origin.example/feeds/feed.json."),
    ],
)
def test_a_body_that_is_no_feed_says_what_it_is(kind: str, body: str, failure: FailureKind, says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body, kind)
    assert caught.value.kind is failure
    assert says in caught.value.message
    assert caught.value.remedy


def test_an_empty_feed_is_a_feed_though_a_prefix_was_not_declared() -> None:
    parsed = read("<!-- ours --><?x y?><rss><channel><itunes:type>serial</itunes:type></channel></rss>", "feed")
    assert parsed.entries == ()
    assert len(parsed.warnings) == 1
    assert "itunes" in parsed.warnings[0]


def test_a_page_is_no_feed_when_a_feed_is_wanted() -> None:
    with pytest.raises(Unreadable, match="HTML page") as failure:
        read("<html><p>x</p></html>", "feed")
    assert failure.value.kind is FailureKind.NO_FEED


def test_which_page_stands_in_a_feed_s_place_is_told_and_its_own_address_is_no_remedy() -> None:
    own = '<link rel="alternate" type="application/rss+xml" href="https://origin.example/feed">'
    page = f"<html><head><title> Back\n soon </title>{own}</head><body>We are moving.</body></html>"
    at_home = source("feed", url="https://origin.example/feed")
    with pytest.raises(Unreadable, match="an HTML page, “Back soon”, and it offers no feed") as failure:
        parse(response(page), at_home)
    assert "If this continues" in failure.value.remedy
    with pytest.raises(Unreadable, match="an HTML page, “Back soon”, which offers https:"):
        parse(response(page, url="https://origin.example/"), replace(at_home, url="https://origin.example/"))
    with pytest.raises(Unreadable, match="an HTML page, and"):
        parse(response(page), replace(at_home, private=True))


def test_a_page_is_read_as_a_page_when_anything_will_do() -> None:
    page = (DATA / "pages" / "jsonld-graph.html").read_bytes()
    assert len(read(page, "auto").entries) == 1
    assert read(page, "auto") == read(page, "page")


def test_a_private_page_keeps_the_feeds_it_offers_to_itself() -> None:
    with pytest.raises(Unreadable) as failure:
        parse(response(OFFER), source("feed", private=True))
    assert "origin.example" not in str(failure.value)


@pytest.mark.parametrize("label", ["text/html", "application/json", "image/png", ""])
def test_headers_do_not_decide(label: str) -> None:
    assert len(read("<rss><channel><item><title>a</title></item></channel></rss>", content_type=label).entries) == 1


RSS_ENTRIES = """<rss><channel><title>t</title><itunes:author>E</itunes:author><copyright>c</copyright>
<item><author>A</author></item><item><category>c</category></item><item><comments>https://a.example/c</comments></item>
<item><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item><item> <other/></item></channel></rss>"""
ATOM_ENTRIES = """<feed xmlns="http://www.w3.org/2005/Atom"><rights>c</rights><author><name>E</name></author>
<entry><author><name>A</name></author></entry><entry><category term="c"/></entry><entry><rights>A</rights></entry>
<entry><updated>2026-11-02T10:00:00Z</updated></entry><entry/></feed>"""
JSON_ITEMS = """{"version": "https://jsonfeed.org/version/1.1", "authors": [{"name": "E"}], "items": [
{"authors": [{"name": "A"}]}, {"tags": ["c"]}, {"date_published": "2026-11-02T10:00:00Z"},
{"tags": ["d"], "date_modified": "2026-11-03T10:00:00Z"}, {"id": ""}]}"""


@pytest.mark.parametrize("body", [RSS_ENTRIES, ATOM_ENTRIES, JSON_ITEMS], ids=["rss", "atom", "json"])
def test_an_entry_is_one_that_says_anything_by_itself(body: str) -> None:
    """What it inherits from its feed, it does not say."""
    parsed = read(body)
    assert len({it.key for it in parsed.entries}) == 4
    assert [it.name for each in parsed.entries for it in each.authors] == ["A", "E", "E", "E"]
    assert "Empty entries were left out: 1." in parsed.warnings


def test_only_the_first_ten_thousand_entries_are_read() -> None:
    items = "".join(f"<item><guid isPermaLink='false'>{number}</guid></item>" for number in range(10_005))
    parsed = read(f"<rss><channel>{items}</channel></rss>")
    assert len(parsed.entries) == 10_000
    assert parsed.warnings == ("Only the first 10000 entries were read.",)


MEGABYTE = 1_000_000
START = "<rss><channel><title>t</title><item><title>x</title>"


@pytest.mark.parametrize(
    "body",
    [
        START + "<" * MEGABYTE,
        START + "&" * MEGABYTE,
        START + "]]>" * (MEGABYTE // 3),
        START + "<![CDATA[" * (MEGABYTE // 9),
        START + "<!--" * (MEGABYTE // 4),
        START + "<?" * (MEGABYTE // 2),
        START + "<a b='" * (MEGABYTE // 6),
        START + "<a></b>" * (MEGABYTE // 7),
        START + "<a>" * 250 + "</b>" * (MEGABYTE // 4),
        START + "&lol;" * (MEGABYTE // 5),
        START + "<author>" + "(" * MEGABYTE,
        START + "<link>" + "../" * (MEGABYTE // 3),
        START + "\0" * MEGABYTE,
        "<rss><channel>" + "<item><title>x</title>" * 40_000,
        "<rss>" + "<a>" * 100_000 + "</a>" * 100_000 + "</rss>",
        "<rss " + " ".join(f'a{number}="1"' for number in range(100_000)) + "/>",
        "<rss " + " ".join(f"a{number}=1" for number in range(100_000)) + "/>",
        "<rss a='" + "x" * 11_000_000 + "'/>",
        "<!DOCTYPE rss [" + "[" * MEGABYTE + "<rss/>",
        "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * (MEGABYTE // 15) + "]><rss/>",
        " " * MEGABYTE + "<rss>" + " " * MEGABYTE,
        '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000,
        '{"a":"' + "\\" * MEGABYTE,
        b"\xff\xfe" + b"<\0" * MEGABYTE,
        b"<rss>" + b"\xe0" * MEGABYTE,
    ],
    ids=lambda body: repr(body[:8] + body[-30:-20]),
)
def test_a_hostile_body_ends_quickly_in_an_answer(body: str | bytes) -> None:
    for kind in ("feed", "list"):
        started = time.process_time()
        try:
            read(body, kind)
        except Unreadable as failure:
            assert failure.message  # noqa: PT017 - either answer will do
        assert time.process_time() - started < 2


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"<rss>", b"<feed>", b"<rdf:RDF>", b"{", b"<opml>", b"<rss><item>", b"<rss><item><guid>1</guid></item>"]
    ),
)
def test_any_bytes_are_read_or_refused(tail: bytes, head: bytes) -> None:
    for kind in ("feed", "list"):
        try:
            parsed = read(head + tail, kind)
        except Unreadable:
            continue
        assert all(entry.key for entry in parsed.entries)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_feed_damaged_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    path = data.draw(
        st.sampled_from([DATA / "rss" / "extensions.xml", DATA / "atom" / "10.xml", DATA / "json" / "11.feed"])
    )
    body = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b"&", b">", b'"', b":"])
        )
    try:
        parsed = read(bytes(body), "feed")
    except Unreadable:
        return
    for entry in parsed.entries:
        assert entry.key
        assert entry.raw
        for url in (
            entry.url,
            entry.comments,
            entry.external_url,
            *entry.images,
            *(file.url for file in entry.enclosures),
        ):
            assert url.startswith(("http:", "https:")) or not url


NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
TITLES = [
    "Plain",
    "AT&amp;T",
    "<![CDATA[A & B]]>",
    "<![CDATA[<b>x</b> y]]>",
    "&lt;i&gt;x&lt;/i&gt;",
    "Ёж",
    " a \n b ",
    "x<![CDATA[y]]>z",
]
LINKS = [
    "<link>http://a.example/1</link>",
    "<link> http://a.example/?a=1&amp;b=2\n</link>",
    "",
    '<atom:link href="http://a.example/2"/>',
]
GUIDS = [
    "<guid>http://a.example/g</guid>",
    "<guid isPermaLink='false'>id</guid>",
    "",
    "<guid isPermaLink='false'>http://a.example/g</guid>",
]
DATES = ["<pubDate>Mon, 25 Apr 2022 12:00:00 GMT</pubDate>", "<dc:date>2022-04-25</dc:date>", ""]
BODIES = [
    "<description>Text</description>",
    "<description>&lt;p&gt;x&lt;/p&gt;</description><content:encoded><![CDATA[<p>c</p>]]></content:encoded>",
    "<description><p>inline</p></description>",
    "",
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_another_reader_sees_the_same(data: st.DataObject) -> None:
    parts = [data.draw(st.sampled_from(choices)) for choices in (LINKS, GUIDS, DATES, BODIES)]
    parts.append(f"<title>{data.draw(st.sampled_from(TITLES))}</title><dc:creator>C</dc:creator><category>c</category>")
    item = "".join(data.draw(st.permutations(parts)))
    feed = f'<rss version="2.0" {NAMESPACES}><channel><title>t</title><item>{item}</item></channel></rss>'
    (ours,) = read(feed).entries
    (theirs,) = feedparser.parse(feed.encode(), sanitize_html=False).entries
    assert ours.title is not None
    assert one_line(plain(ours.title.value)) == one_line(plain(theirs.title))
    assert (ours.guid, ours.url) == (theirs.get("id", ""), theirs.get("link", ""))
    assert ours.published == (dict.get(theirs, "published") or dict.get(theirs, "updated", ""))
    assert (ours.authors[0].name, *ours.categories) == (theirs.author, *(tag.term for tag in theirs.tags))
    body = ours.content or ours.summary
    told = theirs.content[0].value if "content" in theirs else theirs.get("summary", "")
    assert plain(body.value if body else "") == plain(told)


def item(link: str) -> str:
    return f"<item><title>T</title><link>{link}</link><guid isPermaLink='false'>{link} g</guid></item>"


def test_pages_of_a_feeds_entries_are_wished_when_the_operator_wants_them() -> None:
    links = ["https://origin.example/1?utm_source=rss", "/2", "https://elsewhere.example/3"]
    body = f"<rss><channel>{''.join(map(item, links))}<item><title>No link</title></item></channel></rss>"
    parsed = parse(response(body), source(follow=True))
    assert [it.url for it in parsed.wishes] == [links[0], "https://origin.example/2", links[2]]
    assert [it.entry for it in parsed.wishes] == list(parsed.entries[:3])
    assert all(it.of_feed for it in parsed.wishes)
    assert parse(response(body), source()).wishes == ()


def test_an_address_that_is_no_articles_page_is_not_wished() -> None:
    links = [
        "https://origin.example/",
        "/all",
        "http://origin.example/all?utm_source=x",
        "file:///etc/passwd",
        "/live#1",
        "/live#2",
        "/1",
    ]
    parsed = parse(response(f"<rss><channel>{''.join(map(item, links))}</channel></rss>"), source(follow=True))
    assert [it.url for it in parsed.wishes] == ["https://origin.example/1"]


def test_an_address_that_known_entries_show_is_no_page_of_a_new_one() -> None:
    def shown(*ids: int) -> bytes:
        items = (
            f"<item><title>T{it}</title><link>/live</link><guid isPermaLink='false'>g{it}</guid></item>" for it in ids
        )
        return f"<rss><channel>{''.join(items)}</channel></rss>".encode()

    empty = SourceMemory()
    first = parse(response(shown(1, 2)), source(), seen(empty)).entries
    memory = replace(empty, entries={it.key: found_hash(it) for it in first})
    parsed = parse(response(shown(3, 2, 1)), source(follow=True), seen(memory))
    assert [it.url for it in parsed.entries] == ["https://origin.example/live", "", ""], "two are not read again"
    assert parsed.wishes == ()


def test_a_file_of_an_entry_is_no_page() -> None:
    file = "<enclosure url='/1.mp3' type='audio/mpeg' length='1'/>"
    items = "".join(item(link).replace("</item>", f"{file}</item>") for link in ("/1.mp3", "/1"))
    parsed = parse(response(f"<rss><channel>{items}</channel></rss>"), source(follow=True))
    assert [it.url for it in parsed.wishes] == ["https://origin.example/1"]


def test_a_feed_in_a_file_leads_nowhere_and_says_so() -> None:
    body = f"<rss><channel>{item('https://a.example/1')}</channel></rss>"
    parsed = parse(response(body, url="file:///feed.xml"), source(url="file:///feed.xml", follow=True))
    assert (len(parsed.entries), parsed.wishes) == (1, ())
    assert "may lead only to files" in parsed.warnings[-1]


def test_a_page_that_is_none_says_what_is_there_in_its_place() -> None:
    with pytest.raises(Unreadable, match="a feed, not a page"):
        read(RIVER, "page")
    offers = '<link rel="alternate" type="application/rss+xml" href="/rss"><p>Nothing.</p>'
    with pytest.raises(Unreadable, match="neither an article nor a list") as failure:
        read(f"<html><head>{offers}</html>", "page")
    assert "https://origin.example/rss" in failure.value.remedy
