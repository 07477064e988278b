from pathlib import Path

import pytest

from support.feeds import cases, expected, read, shown, stored
from syndicator.model.article import Person


@pytest.mark.parametrize("path", cases("rss"))
def test_rss_is_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


def test_raw_bytes_can_be_read_again_alone() -> None:
    parsed = read(
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:title>Ё</dc:title></item></channel></rss>'
    )
    (entry,) = parsed.entries
    (again,) = read(b"<rss><channel>" + entry.raw + b"</channel></rss>").entries
    assert again == entry


def test_a_link_in_a_feed_read_from_a_file_never_leads_to_a_file() -> None:
    items = (
        "<item><title>a</title><link>/a</link></item><item><title>b</title><link>file:///etc/passwd</link></item>"
        "<item><title>c</title><link>c.html</link><enclosure url='x.mp3' type='audio/mpeg'/></item>"
    )
    local = "file:///srv/config/samples/x.xml"
    with_site = read(f"<rss><channel><link>https://site.example/news/</link>{items}</channel></rss>", url=local)
    assert [entry.url for entry in with_site.entries] == [
        "https://site.example/a",
        "",
        "https://site.example/news/c.html",
    ]
    assert with_site.entries[2].enclosures[0].url == "https://site.example/news/x.mp3"
    without = read(f"<rss><channel><link>/</link>{items}</channel></rss>", url=local)
    assert [entry.url for entry in without.entries] == ["", "", ""]
    assert without.info.site_url == ""
    assert "file:" not in repr(without.entries)


def test_a_remote_feed_names_no_file() -> None:
    parsed = read(
        "<rss xml:base='file:///etc/'><channel><link>file:///</link><image><url>file:///x.png</url></image>"
        "<item><title>a</title><link>passwd</link><guid>file:///etc/passwd</guid><comments>file:///c</comments>"
        "<enclosure url='file:///etc/shadow' type='image/png'/></item></channel></rss>"
    )
    (entry,) = parsed.entries
    assert entry.url == "https://origin.example/feeds/passwd"
    assert (entry.enclosures, entry.images, entry.comments) == ((), (), "")
    assert parsed.info.site_url == ""


def test_items_are_found_beside_the_channel_and_without_one() -> None:
    beside = read("<rss><channel><title>t</title></channel><item><title>a</title></item></rss>")
    assert len(beside.entries) == 1
    alone = read("<channel><title>t</title><item><title>a</title></item></channel>")
    assert (alone.info.title, len(alone.entries)) == ("t", 1)


def test_upper_case_elements_are_read() -> None:
    parsed = read(
        "<RSS><CHANNEL><TITLE>t</TITLE><ITEM><TITLE>a</TITLE><LINK>http://a.example/</LINK></ITEM></CHANNEL></RSS>"
    )
    assert parsed.info.title == "t"
    assert parsed.entries[0].url == "http://a.example/"


def test_an_author_as_atom_writes_one_is_understood() -> None:
    parsed = read(
        "<rss><channel><item><author><name>N</name><email>n@a.example</email></author></item>"
        "<item><title>t</title><author><name>N</name><email>n@a.example</email></author></item></channel></rss>"
    )
    assert [it.authors for it in parsed.entries] == [(Person(name="N", email="n@a.example"),)] * 2


def test_a_feed_without_items_is_a_feed() -> None:
    parsed = read("<rss version='2.0'><channel><title>t</title></channel></rss>")
    assert (parsed.info.title, parsed.entries, parsed.warnings) == ("t", (), ())
