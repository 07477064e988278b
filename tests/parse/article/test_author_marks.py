"""Which elements name an author. The whole byline: test_byline.py."""

import pytest
from lxml.html import fromstring

from syndicator.parse.article.author_marks import (
    LINKED,
    TOLD,
    author_rank,
    leads_to_author,
    names_photographer,
    opening,
)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<a rel='author' href='/x'>Anna Roe</a>", 0),
        ("<span itemprop='author'>Anna Roe</span>", 0),
        ("<h4 class='writer-name'>Anna Roe</h4>", 1),
        ("<span class='auteur'>Anna Roe</span>", 1),
        ("<span id='author-name'>Anna Roe</span>", 1),
        ("<p class='x7f3' data-testid='byline-name'>Anna Roe</p>", 1),
        ("<p data-component='Byline'>Anna Roe</p>", 1),
        ("<author>Anna Roe</author>", 1),
        ("<div class='submitted'>Submitted by Anna Roe</div>", 1),
        ("<p id='coauthored'>Anna Roe</p>", None),
        ("<a href='/author/anna-roe'>Anna Roe</a>", LINKED),
        ("<a href='/by/anna-roe'>Anna Roe</a>", LINKED),
        ("<a href='https://courier.example/about/editors/anna-roe/'>Anna Roe</a>", LINKED),
        ("<span>By <a href='/x'>Anna Roe</a></span>", TOLD),
        ("<p>Par Anna Roe</p>", TOLD),
        ("<p>di Anna Roe</p>", TOLD),
        ("<p>Av Anna Roe</p>", TOLD),
        ("<p>Penulis : Anna Roe</p>", TOLD),
        ("<p>Oleh Anna Roe</p>", None),
        ("<p>Yazar: Anna Roe</p>", TOLD),
        ("<p>Автор: Анна Роу</p>", TOLD),
        ("<span>作者：王小雨</span>", TOLD),
        ("<a href='/authors/'>All authors</a>", None),
        ("<p>By the sea, where the wind never rests, the harbour master waits for the first ferry of May.</p>", None),
        ("<p class='writers-block'>Anna Roe</p>", None),
    ],
)
def test_an_author_is_told_by_a_mark_a_class_an_address_or_a_line(element: str, expected: int | None) -> None:
    assert author_rank(fromstring(element), is_near=True) == expected


def test_far_from_the_headline_only_marks_and_labels_count() -> None:
    assert author_rank(fromstring("<a href='/author/anna-roe'>Anna Roe</a>"), is_near=False) is None
    assert author_rank(fromstring("<p>By Anna Roe</p>"), is_near=False) is None
    assert author_rank(fromstring("<p>Текст: Анна Роу</p>"), is_near=False) == TOLD


def test_a_links_address_is_surely_an_authors_only_if_it_says_so() -> None:
    assert leads_to_author(fromstring("<a href='/contributor/anna-roe'>Anna Roe</a>"))
    assert not leads_to_author(fromstring("<a href='/user/anna-roe'>Anna Roe</a>"))
    assert not leads_to_author(fromstring("<a href='/authors/'>Authors</a>"))


def test_who_made_a_picture_is_told_from_who_wrote_a_text() -> None:
    assert names_photographer("Photograph by Anna Roe")
    assert names_photographer("Фото: Анна Роу")
    assert not names_photographer("By Anna Roe, photographer")
    assert not names_photographer("Maria Fotopoulos")
    assert not names_photographer("Fotopoulos Maria")


def test_a_line_ends_where_it_breaks() -> None:
    assert opening(fromstring("<p>By <b>Anna Roe</b><br>London</p>")) == "By Anna Roe"
