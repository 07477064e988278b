"""The parts of a page."""

import pytest

from support.evidence import said
from syndicator.parse.publishers import zones
from syndicator.parse.publishers.zones import Zone, Zones


def zone(markup: str) -> Zone | None:
    root = said(markup).page.root
    return Zones(frozenset(), ()).of(next(root.iter("i")))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<footer><p><i></i></p></footer>", Zone.FOOTER),
        ('<div class="site-footer"><i></i></div>', Zone.FOOTER),
        ('<div role="contentinfo"><i></i></div>', Zone.FOOTER),
        ("<article><footer><i></i></footer></article>", None),
        ("<nav><i></i></nav>", Zone.HEADER),
        ('<div id="siteHeader"><i></i></div>', Zone.HEADER),
        ('<div class="entry-header"><i></i></div>', None),
        ('<div class="_9headerx"><i></i></div>', None),
        ("<aside><i></i></aside>", Zone.ASIDE),
        ('<div class="author-bio"><nav><i></i></nav></div>', Zone.AUTHOR),
        ('<ol class="comment-list"><li><div class="comment-author"><i></i></div></ol>', Zone.COMMENTS),
        ('<blockquote class="x"><footer><i></i></footer></blockquote>', Zone.QUOTED),
        ('<div class="twitter-tweet"><i></i></div>', Zone.QUOTED),
        ("<div><i></i></div>", None),
    ],
)
def test_a_place_is_told_by_tags_roles_and_words(markup: str, expected: Zone | None) -> None:
    assert zone(markup) is expected


def test_what_holds_the_body_is_no_zone() -> None:
    root = said('<div class="header-wrap"><p><i></i></p></div>').page.root
    assert Zones(frozenset([next(root.iter("div"))]), ()).of(next(root.iter("i"))) is None


def test_a_big_element_that_calls_itself_an_authors_is_a_page() -> None:
    assert zone('<div class="author">' + "<b></b>" * 100 + "<i></i></div>") is None


def test_a_box_is_read_once_however_many_authors_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def words(element: object) -> str:
        read.append(element)
        return "nobody"

    monkeypatch.setattr(zones, "words", words)
    root = said("<div><p><i></i></p></div>" * 30).page.root
    authors = Zones(frozenset(), [f"Jane Doe {number}" for number in range(1_000)])
    assert not any(authors.is_by_author(it) for it in root.iter("i"))
    assert 0 < len(read) <= 2 * 2 * 30


def test_only_the_first_of_many_authors_are_looked_for() -> None:
    authors = Zones(frozenset(), [f"Jane Doe {number}." for number in range(1_000)])
    assert authors.names_author("By Jane Doe 7.")
    assert not authors.names_author("By Jane Doe 700.")
