from datetime import UTC, datetime

from support.microformats import entry, found, read, source
from syndicator.model.article import Enclosure
from syndicator.parse.normalize import normalize

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_link_that_says_something_else_is_not_the_entrys() -> None:
    for said in ('class="u-syndication"', 'class="u-photo"', 'class="u-bookmark-of"', 'rel="tag"'):
        link = f'<a {said} href="/x">x</a>'
        assert found(entry("/a") + entry("/b") + f'<div class="h-entry">Text. {link}</div>') == ["/a", "/b"]


def test_an_empty_date_takes_nothing_from_a_line() -> None:
    line = '<li class="h-entry"><time class="dt-published" datetime="2026-03-01"></time> <a href="/b">Weirs</a></li>'
    (_, weirs) = read(entry("/a") + line).entries
    assert weirs.title is not None
    assert weirs.title.value == "Weirs"


def test_the_authors_link_is_not_the_entrys() -> None:
    for link in (
        '<a class="p-author h-card" href="/bo">Bo</a>',
        '<a class="h-card" href="/bo">Bo</a>',
        '<a rel="author" href="/bo">Bo</a>',
    ):
        assert found(entry("/a") + entry("/b") + f'<div class="h-entry">Text by {link}</div>') == ["/a", "/b"]
        assert found(entry("/a") + f'<div class="h-entry"><a href="/b">Text</a> by {link}</div>') == ["/a", "/b"]


def test_an_address_in_an_authors_name_is_no_part_of_it() -> None:
    author = '<a class="p-author" href="/ann">Ann Lee &lt;ann@site.example&gt;</a>'
    entry_ = f'<div class="h-entry"><a class="u-url" href="/a">A</a>{author}</div>'
    (only,) = read(f'<div class="h-feed">{entry_}</div>').entries
    (found_author,) = only.authors
    assert (found_author.name, found_author.email) == ("Ann Lee", "ann@site.example")
    assert found_author.url.endswith("/ann")


def test_a_name_in_a_heading_is_a_headline_though_the_text_begins_with_it() -> None:
    def title(name: str, text: str) -> str:
        (only,) = read(
            f'<div class="h-feed"><div class="h-entry"><a class="u-url" href="/a"></a>{name}{text}</div></div>'
        ).entries
        return only.title.value if only.title else ""

    text = '<div class="e-content">Rain again, and the dog is glad of it.</div>'
    assert title('<span class="p-name">Rain again</span>', text) == ""
    assert title('<h2 class="p-name">Rain again</h2>', text) == "Rain again"
    assert title('<span class="p-name">The dog</span>', text) == "The dog"
    assert title('<span class="p-name">The dog</span>', "") == "The dog"


def test_the_headline_is_that_link_to_the_entry_which_is_a_heading_whichever_comes_first() -> None:
    for mark in ("", 'rel="bookmark"'):
        heading = f'<h2><a href="/b" {mark}>Weirs</a></h2><p class="entry-content">Text.'
        block = f'<div class="hentry"><a href="/b" rel="bookmark">12 March</a>{heading}</div>'
        (_, weirs) = read(entry("/a") + block).entries
        assert weirs.title is not None
        assert weirs.title.value == "Weirs"


def test_scripts_in_a_text_are_taken_out_as_in_any() -> None:
    text = (
        '<div class="e-content"><p onclick="x()">Text.<script>alert(1)</script><a href="javascript:x()">y</a></p></div>'
    )
    parsed = read(entry("/a", text) + entry("/b"))
    html = normalize(parsed.entries[0], source(), parsed.info, NOW).html
    assert "Text." in html
    assert not any(it in html for it in ("onclick", "alert", "javascript"))


def test_a_film_has_its_type_from_where_it_says_it() -> None:
    film = '<video class="u-video"><source src="/v.webm" type="video/webm"></video>'
    assert read(entry("/a", film) + entry("/b")).entries[0].enclosures == (
        Enclosure(url="https://indie.example/v.webm", type="video/webm"),
    )
