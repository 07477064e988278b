from datetime import timedelta
from pathlib import Path

import feedparser
from lxml import etree

from support.builders import MOMENT, make_document, make_item
from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.document import Document, Item, Link, Tombstone
from syndicator.model.noun import replace
from syndicator.publish.atom import render_atom

NAMES = {"a": "http://www.w3.org/2005/Atom", "m": "http://search.yahoo.com/mrss/"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))


def entry_of(item: Item) -> etree._Element:
    root = etree.fromstring(render_atom(make_document(item)))
    assert SCHEMA.validate(root), SCHEMA.error_log
    (entry,) = root.findall("a:entry", NAMES)
    return entry


def links_of(element: etree._Element) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in element.findall("a:link", NAMES)]  # type: ignore[arg-type]


def feed_of(document: Document) -> etree._Element:
    return etree.fromstring(render_atom(document))


def test_the_feed_says_who_and_where_it_is() -> None:
    root = feed_of(make_document(language="ru", feed_url="http://127.0.0.1:8008/feeds/all.atom"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert root.findtext("a:id", "", NAMES) == "http://127.0.0.1:8008/feeds/all"
    assert root.findtext("a:updated", "", NAMES) == "2026-03-05T14:00:00+00:00"
    assert root.findtext("a:author/a:name", "", NAMES) == "Syndicator"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert [link["rel"] for link in links_of(root)] == ["self", "alternate"]


def test_links_keep_their_relation_type_length_and_title() -> None:
    entry = entry_of(
        make_item(
            links=(
                Link(rel="via", href="https://other.example/1", type="text/html", title="Other"),
                Link(rel="related", href="https://report.example/"),
            ),
            enclosures=(
                Enclosure(url="https://daily.example/1.mp3", type="audio/mpeg", length=7, title="Listen"),
                Enclosure(url="https://daily.example/2.bin"),
            ),
        )
    )
    assert links_of(entry) == [
        {"rel": "alternate", "type": "text/html", "href": "https://daily.example/2026/river"},
        {"rel": "via", "type": "text/html", "href": "https://other.example/1", "title": "Other"},
        {"rel": "related", "href": "https://report.example/"},
        {
            "rel": "enclosure",
            "type": "audio/mpeg",
            "length": "7",
            "href": "https://daily.example/1.mp3",
            "title": "Listen",
        },
        {"rel": "enclosure", "type": "application/octet-stream", "href": "https://daily.example/2.bin"},
    ]


def test_a_copy_at_the_items_own_address_is_no_further_link() -> None:
    item = make_item()
    same = Link(rel="via", href=item.url, type="text/html", title="Other")
    about = Link(rel="related", href=item.url)
    entry = entry_of(replace(item, links=(same, about)))
    assert [link["rel"] for link in links_of(entry)] == ["alternate", "related"]


def test_the_source_keeps_id_title_date_links_and_rights() -> None:
    origin = Origin(
        id="tag:daily.example,2020:feed",
        title="The Daily",
        feed_url="https://daily.example/rss.xml",
        site_url="https://daily.example/",
        rights="© The Daily",
    )
    source = entry_of(make_item(origin=origin, updated=MOMENT)).find("a:source", NAMES)
    assert source is not None
    texts = [source.findtext(f"a:{name}", "", NAMES) for name in ("id", "title", "updated", "rights")]
    assert texts == ["tag:daily.example,2020:feed", "The Daily", "2026-03-05T14:00:00Z", "© The Daily"]
    assert [link["href"] for link in links_of(source)] == ["https://daily.example/rss.xml", "https://daily.example/"]
    assert source.findtext("a:author/a:name", "", NAMES) == "The Daily"


def test_a_page_that_is_read_is_no_feed_of_its_own() -> None:
    address = "https://town.example/news"
    origin = Origin(id=address, title="Town", feed_url=address, is_feed=False, site_url=address)
    source = entry_of(make_item(origin=origin)).find("a:source", NAMES)
    assert source is not None
    assert links_of(source) == [{"rel": "alternate", "type": "text/html", "href": address}]


def test_an_excerpt_is_a_summary_of_type_text() -> None:
    entry = entry_of(make_item(summary="1 < 2 & <b>"))
    summary = entry.find("a:summary", NAMES)
    assert summary is not None
    assert (summary.get("type"), summary.text) == ("text", "1 < 2 & <b>")
    assert entry.find("a:content", NAMES) is None


def test_a_full_body_is_content_of_type_html() -> None:
    content = entry_of(make_item(html="<p>Long</p>")).find("a:content", NAMES)
    assert content is not None
    assert (content.get("type"), content.text) == ("html", "<p>Long</p>")


def test_an_entry_without_a_link_has_content() -> None:
    for item, text in ((make_item(url=""), make_item().summary), (make_item(url="", summary=""), make_item().title)):
        entry = entry_of(item)
        content = entry.find("a:content", NAMES)
        assert content is not None
        assert (content.get("type"), content.text) == ("text", text)
        assert links_of(entry) == []


def test_a_story_is_never_updated_before_it_is_published() -> None:
    entry = entry_of(make_item(published=MOMENT, updated=MOMENT - timedelta(days=1)))
    assert entry.findtext("a:published", "", NAMES) == entry.findtext("a:updated", "", NAMES)


def test_authors_keep_name_and_page_but_no_mail_address() -> None:
    people = (Person(name="Анна", url="https://daily.example/anna", email="anna@example.org"), Person(name=" "))
    entry = entry_of(make_item(authors=people))
    assert [[child.text for child in author] for author in entry.findall("a:author", NAMES)] == [
        ["Анна", "https://daily.example/anna"]
    ]


def test_a_reader_sees_each_entry_with_its_language() -> None:
    xml = render_atom(make_document(make_item(title="Ёлки & палки", language="ru")))
    parsed = feedparser.parse(xml)
    assert parsed.bozo == 0
    assert (parsed.entries[0].title, parsed.entries[0].title_detail.language) == ("Ёлки & палки", "ru")


def test_what_is_no_more_is_told_with_its_id_and_since_when() -> None:
    gone = (Tombstone(id="urn:x:1", gone_at=MOMENT), Tombstone(id="no IRI", gone_at=MOMENT - timedelta(days=1)))
    root = feed_of(make_document(make_item(), gone=gone))
    assert SCHEMA.validate(root), SCHEMA.error_log
    found = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert [(it.get("ref", "")[:9], it.get("when")) for it in found] == [
        ("urn:x:1", "2026-03-05T14:00:00Z"),
        ("urn:uuid:", "2026-03-04T14:00:00Z"),
    ]
    assert feedparser.parse(etree.tostring(root)).bozo == 0


HISTORY = {**NAMES, "fh": "http://purl.org/syndication/history/1.0"}


def test_a_feed_leads_to_its_archive() -> None:
    root = feed_of(make_document(make_item(), older_url="http://127.0.0.1:8008/feeds/all/7.atom"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert [(link["rel"], link["href"]) for link in links_of(root)][2:] == [
        ("prev-archive", "http://127.0.0.1:8008/feeds/all/7.atom"),
        ("next", "http://127.0.0.1:8008/feeds/all/7.atom"),
    ]
    assert root.find("fh:archive", HISTORY) is None


def test_a_feed_leads_to_where_one_is_told_of_its_changes() -> None:
    root = feed_of(make_document(make_item(), hubs=("https://hub.example/?a=1&b=2", "https://хаб.example/")))
    assert SCHEMA.validate(root), SCHEMA.error_log
    found = [link["href"] for link in links_of(root) if link["rel"] == "hub"]
    assert found == ["https://hub.example/?a=1&b=2", "https://xn--80ac2d.example/"]


def test_an_archive_document_says_that_it_is_one_and_of_which_feed() -> None:
    feed = "http://127.0.0.1:8008/feeds/all"
    places = {"feed_url": f"{feed}/1.atom", "current_url": f"{feed}.atom", "newer_url": f"{feed}/2.atom"}
    root = feed_of(make_document(make_item(), **places))
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert root.find("fh:archive", HISTORY) is not None
    assert [(link["rel"], link["href"]) for link in links_of(root)] == [
        ("self", f"{feed}/1.atom"),
        ("alternate", feed),
        ("current", f"{feed}.atom"),
        ("next-archive", f"{feed}/2.atom"),
        ("previous", f"{feed}/2.atom"),
    ]
    assert root.findtext("a:id", "", NAMES) == feed
