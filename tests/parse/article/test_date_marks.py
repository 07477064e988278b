"""Which elements hold a date, and which date it is. The whole byline: test_byline.py."""

import pytest
from lxml.html import fromstring

from syndicator.parse.article.date_marks import (
    LINE,
    MARKED,
    PUBLISHING,
    Mark,
    date_mark,
    is_changed,
    is_published,
    says_changed,
    says_published,
)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<time datetime='2022-04-25'>Monday</time>", Mark(MARKED, "2022-04-25")),
        ("<time pubdate>25 April 2022</time>", Mark(PUBLISHING)),
        ("<time class='entry-date'>25 April 2022</time>", Mark(PUBLISHING)),
        ("<span property='dc:date' content='2022-04-25'>Monday</span>", Mark(PUBLISHING, "2022-04-25")),
        ("<span itemprop='datePublished' content='2022-04-25'>Monday</span>", Mark(PUBLISHING, "2022-04-25")),
        ("<abbr class='published' title='2022-04-25'>Monday</abbr>", Mark(PUBLISHING, "2022-04-25")),
        ("<span class='published'>25 April 2022</span>", Mark(MARKED)),
        ("<p class='dateline'>25 April 2022</p>", Mark(MARKED)),
        ("<p class='date' data-published='2022-04-25'>Monday</p>", Mark(MARKED, "2022-04-25")),
        ("<p class='date'><time datetime='2022-04-25'>Monday</time></p>", Mark(MARKED, "2022-04-25")),
        ("<p>25 April 2022</p>", Mark(LINE)),
        ("<p>Monday</p>", None),
        ("<p><b>25 April 2022</b></p>", None),
        ("<p class='candidate'>Anna Roe</p>", None),
    ],
)
def test_a_date_is_told_by_a_mark_a_class_or_a_line(element: str, expected: Mark | None) -> None:
    assert date_mark(fromstring(element), is_near=True) == expected


def test_far_from_the_headline_a_line_must_say_what_it_tells() -> None:
    assert date_mark(fromstring("<p>25 April 2022</p>"), is_near=False) is None
    assert date_mark(fromstring("<p>Опубликовано: 25 апреля 2022</p>"), is_near=False) == Mark(LINE)
    assert date_mark(fromstring("<p class='date'>25 April 2022</p>"), is_near=False) == Mark(MARKED)


def test_publishing_and_change_are_told_apart_by_class_and_by_words() -> None:
    assert is_published(fromstring("<p class='post-date'>x</p>"))
    assert not is_published(fromstring("<p class='unpublished'>x</p>"))
    assert is_changed(fromstring("<p class='date updated'>x</p>"))
    assert not is_changed(fromstring("<p class='outdated'>x</p>"))
    assert says_published("Published on ")
    assert says_published("Дата публикации: ")
    assert not says_published("Published by Anna Roe, who was born in London on ")
    assert says_changed("Zuletzt aktualisiert: ")
    assert not says_changed("Updated guidance was expected by ")


@pytest.mark.parametrize(
    ("before", "after", "is_change"),
    [
        ("Dieser Artikel wurde am ", " aktualisiert.", True),
        ("(Der Beitrag wurde am ", " geändert)", True),
        ("Dit artikel is op ", " bijgewerkt", True),
        ("Dieser Artikel wurde am ", " veröffentlicht.", False),
        ("Veröffentlicht am ", " Aktualisiert: 26.04.2022", False),
        ("Veröffentlicht am ", ", aktualisiert am 26.04.2022", False),
    ],
)
def test_a_verb_behind_the_date_tells_a_change_if_its_sentence_ends_there(
    before: str, after: str, is_change: bool
) -> None:
    assert says_changed(before, after) is is_change
