"""Where an entry was taken from, as each format says it."""

import pytest

from support.feeds import read
from syndicator.model.article import Origin

ITEM = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    "<title>Planet</title><link>https://planet.example/</link><item><title>A</title>{}</item></channel></rss>"
)
ENTRY = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><id>urn:p</id>'
    "<entry><id>urn:1</id><title>A</title>{}</entry></feed>"
)
FEED = Origin(id="", title="НСН", feed_url="https://nsn.example/rss?a=1")
SITE = Origin(id="", title="НСН", site_url="https://nsn.example/")
BOTH = Origin(id="urn:o", title="НСН & Co", feed_url="https://nsn.example/a.atom", site_url="https://nsn.example/n")
LINKS = '<link rel="self" href="https://nsn.example/a.atom"/><link href="https://nsn.example/n"/>'


@pytest.mark.parametrize(
    ("document", "origin"),
    [
        (ITEM.format('<source url="https://nsn.example/rss?a=1">НСН</source>'), FEED),
        (ITEM.format('<source url="https://nsn.example/"> НСН </source>'), SITE),
        (ITEM.format('<source url="https://nsn.example"/>'), Origin(id="", title="", site_url="https://nsn.example/")),
        (ITEM.format('<source/><source url="x:y">НСН</source>'), Origin(id="", title="НСН")),
        (ITEM.format("<dc:publisher>НСН</dc:publisher>"), None),
        (ITEM.format("<atom:source><atom:title>НСН</atom:title></atom:source>"), Origin(id="", title="НСН")),
        (ITEM.format("<source/><dc:publisher/>"), None),
        (ITEM.format(""), None),
        (ENTRY.format(f"<source><id>urn:o</id><title type='html'>НСН &amp;amp; Co</title>{LINKS}</source>"), BOTH),
        (ENTRY.format("<source/><source><id>urn:o</id></source>"), Origin(id="urn:o", title="")),
        (ENTRY.format("<source/>"), None),
    ],
)
def test_an_entry_says_what_it_was_taken_from(document: str, origin: Origin | None) -> None:
    (entry,) = read(document).entries
    assert entry.origin == origin


def test_a_name_without_end_is_cut_and_such_an_address_is_none() -> None:
    (entry,) = read(ITEM.format('<source url="https://nsn.example/{0}">{0}</source>'.format("x" * 100_000))).entries
    assert entry.origin == Origin(id="", title="x" * 1000)
