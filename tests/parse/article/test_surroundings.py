"""Whose what stands round a headline is. The whole byline: test_byline.py."""

import pytest
from lxml.html import HtmlElement

from support.pages import opened
from syndicator.parse.article.surroundings import Surroundings, is_near

LONG = "<p>" + "Trams stood still in the old town all day. " * 3 + "</p>"


def placed(body: str) -> tuple[Surroundings, HtmlElement, int]:
    """The surroundings of the page's headline, and the element `id="it"` with its offset."""
    page = opened(f"<title>Trams</title><body>{body}", "https://courier.example/tram")
    place = Surroundings(page, page.root.find(".//h1"))
    return place, *next((element, offset) for offset, element in place.around() if element.get("id") == "it")


@pytest.mark.parametrize(
    ("body", "is_furniture"),
    [
        ("<h1>Trams</h1><p id='it'>x</p>", False),
        ("<h1>Trams</h1><nav><p id='it'>x</p></nav>", True),
        ("<h1>Trams</h1><div class='comments'><p id='it'>x</p></div>", True),
        ("<h1>Trams</h1><div id='sidebar'><p id='it'>x</p></div>", True),
        ("<h1>Trams</h1><div class='RelatedPosts'><p id='it'>x</p></div>", True),
        ("<h1>Trams</h1><aside><p id='it'>x</p></aside>", True),
        ("<div class='widget'><h1>Trams</h1><p id='it'>x</p></div>", False),
        ("<article><h1>Trams</h1><p id='it'>x</p></article>", False),
        ("<h1>Trams</h1><article><p id='it'>x</p></article>", False),
        ("<article><h1>Trams</h1></article><article><p id='it'>x</p></article>", True),
    ],
)
def test_menus_comments_and_other_articles_are_furniture(body: str, *, is_furniture: bool) -> None:
    place, element, _ = placed(body)
    assert place.is_furniture(element) is is_furniture


def test_an_aside_may_be_taken_for_none() -> None:
    place, element, _ = placed("<aside><p id='it'>x</p></aside><h1>Trams</h1>")
    assert place.is_furniture(element)
    assert not place.is_furniture(element, aside=False)


@pytest.mark.parametrize(
    ("body", "is_attached"),
    [
        ("<h1>Trams</h1><footer><p id='it'>x</p></footer>", True),
        ("<h1>Trams</h1><div><footer><p id='it'>x</p></footer></div>", False),
        ("<footer><p id='it'>x</p></footer><h1>Trams</h1>", False),
        ("<aside><p id='it'>x</p></aside><h1>Trams</h1>", True),
        ("<article><h1>Trams</h1><aside><p id='it'>x</p></aside></article>", True),
        (f"<article><h1>Trams</h1><aside><p id='it'>x</p>{LONG}{LONG}</aside></article>", False),
        ("<h1>Trams</h1>" + "<b>x</b>" * 50 + "<footer><p id='it'>x</p></footer>", False),
    ],
)
def test_a_footer_below_the_headline_and_a_little_aside_are_the_headlines_own(body: str, *, is_attached: bool) -> None:
    place, element, offset = placed(body)
    assert place.is_attached(element, offset) is is_attached


def test_what_stands_beside_a_linked_heading_is_that_articles() -> None:
    place, element, _ = placed("<h1>Trams</h1><div><a href='/b'><h2>Ferries</h2></a><p id='it'>x</p></div>")
    assert place.is_cards(element)
    place, element, _ = placed("<h1>Trams</h1><div><h2>Ferries</h2><p id='it'>x</p></div>")
    assert not place.is_cards(element)


def test_an_offset_tells_how_far_from_the_headline_and_how_low_in_the_text_an_element_stands() -> None:
    place, _, offset = placed("<p id='it'>x</p><h1>Trams</h1>")
    assert (offset, is_near(offset), place.is_low(offset)) == (-1, True, False)
    place, _, offset = placed(f"<h1>Trams</h1>{LONG * 3}<p id='it'>x</p>")
    assert (offset, is_near(offset), place.is_low(offset)) == (4, True, True)
    _, _, offset = placed("<h1>Trams</h1>" + "<b>x</b>" * 100 + "<p id='it'>x</p>")
    assert (offset, is_near(offset)) == (101, False)


def test_without_a_headline_the_first_long_text_stands_for_it() -> None:
    _, _, offset = placed(f"<div><b>x</b></div>{LONG}<p id='it'>x</p>")
    assert offset == 1
