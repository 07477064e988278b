from pathlib import Path

import pytest

from support.feeds import cases, expected, read, shown, stored

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


@pytest.mark.parametrize("path", cases("atom"))
def test_atom_is_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


def test_an_entry_inside_content_is_no_entry_of_the_feed() -> None:
    parsed = read(
        f"<feed {ATOM}><title>t</title><entry><id>urn:1</id><title>a</title>"
        "<content type='application/atom+xml'><feed><entry><id>urn:2</id></entry></feed></content></entry></feed>"
    )
    assert [entry.guid for entry in parsed.entries] == ["urn:1"]


def test_a_feed_read_from_a_file_starts_its_links_from_its_site() -> None:
    entry = "<entry><id>urn:1</id><title>a</title><link href='a.html'/></entry>"
    local = "file:///srv/x.atom"
    site = read(f"<feed {ATOM}><link href='https://site.example/b/'/>{entry}</feed>", url=local)
    assert site.entries[0].url == "https://site.example/b/a.html"
    own = read(f"<feed {ATOM}><link rel='self' href='https://site.example/f/x.atom'/>{entry}</feed>", url=local)
    assert own.entries[0].url == "https://site.example/f/a.html"
    nowhere = read(f"<feed {ATOM}>{entry}</feed>", url=local)
    assert nowhere.entries[0].url == ""


def test_relative_bases_add_up() -> None:
    parsed = read(
        f"<feed {ATOM} xml:base='/a/'><entry xml:base='b/'><id>urn:1</id><link href='x'/>"
        "<content type='xhtml' xml:base='c/'><div xmlns='http://www.w3.org/1999/xhtml' xml:base='d/'>"
        "<p xml:base='e/'><a href='y'>y</a></p><a href='z'>z</a></div></content></entry></feed>"
    )
    (entry,) = parsed.entries
    assert entry.url == "https://origin.example/a/b/x"
    assert entry.content is not None
    assert entry.content.base == "https://origin.example/a/b/c/d/"
    assert entry.content.value == '<p><a href="https://origin.example/a/b/c/d/e/y">y</a></p><a href="z">z</a>'


def test_an_entry_left_open_does_not_swallow_the_next() -> None:
    parsed = read(f"<feed {ATOM}><entry><id>urn:1</id><entry><id>urn:2</id></entry></feed>")
    assert [entry.guid for entry in parsed.entries] == ["urn:1", "urn:2"]


def test_extensions_stand_in_atom_too() -> None:
    parsed = read(
        f"<feed {ATOM} xmlns:media='http://search.yahoo.com/mrss/'><entry><id>urn:1</id><media:group>"
        "<media:thumbnail url='https://i.example/1.jpg'/><media:description>d</media:description></media:group></entry></feed>"
    )
    (entry,) = parsed.entries
    assert entry.images == ("https://i.example/1.jpg",)
    assert entry.summary is not None
    assert entry.summary.value == "d"
