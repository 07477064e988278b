from collections.abc import Sequence

import pytest

from support.pages import opened
from syndicator.parse.proposing.details import (
    date_of,
    image_of,
    is_below_date,
    opens_with_date,
    summary_of,
    tells_date,
)
from syndicator.parse.proposing.inside import Block

TEXT = "What happened there in the night {0}, and why it matters to us all."


def blocks(item: str) -> Sequence[Block]:
    page = opened("".join(f"<li>{item.format(it)}</li>" for it in range(1, 5)))
    return [Block(it, {}) for it in page.root.xpath("//li")]


@pytest.mark.parametrize(
    ("item", "selector"),
    [
        ("<h2>A {0}</h2><i class='when'>1{0}.03.2026</i>", "i.when"),
        ("<h2>A {0}</h2><div class='meta'>By Bo <span class='newsdate'>March {0}, 2026</span></div>", ".newsdate"),
        ("<h2>A {0}</h2><small>1{0} марта</small>", "small"),
        ("<h2>A {0}</h2><span class='clock'>1{0}:40</span>", ".clock"),
        ("<h2>A {0}</h2><time datetime='2026-03-1{0}'>today</time><i>1{0}.03.2026</i>", "time"),
        ("<h2>May {0}, 2026</h2>", ""),
        ("<h2>A {0}</h2><i class='price'>1{0} Euro</i>", ""),
    ],
)
def test_the_date_is_what_says_a_day_and_hardly_more(item: str, selector: str) -> None:
    assert date_of(blocks(item), "h2")[0] == selector


def test_the_part_of_the_blocks_that_are_dated_is_told() -> None:
    some = [*blocks("<h2>A {0}</h2><i>1{0}.03.2026</i>")[:3], *blocks("<h2>A {0}</h2>")[:1]]
    assert date_of(some, "h2")[1] == 0.75


def test_lines_and_what_stands_below_a_date_are_dated() -> None:
    assert all(map(opens_with_date, blocks("1{0}.03.2026 — <a href='/'>A headline</a>")))
    assert not any(map(opens_with_date, blocks("Part {0} — <a href='/'>A headline</a>")))
    (below,) = opened("<dl><dt>12.03.2026</dt><dd>A headline</dd></dl>").root.xpath("//dd")
    assert is_below_date(below)
    (below,) = opened("<dl><dt>A term</dt><dd>A headline</dd></dl>").root.xpath("//dd")
    assert not is_below_date(below)


def test_a_long_text_with_a_date_in_it_is_none() -> None:
    (text,) = opened(f"<p>{TEXT} 12.03.2026").root.xpath("//p")
    assert not tells_date(text, text.text)


def test_the_teaser_is_a_sentence_beside_headline_and_date() -> None:
    item = f"<h2>A {{0}}</h2><i class='date'>1{{0}}.03.2026</i><div class='lead'>{TEXT}</div><p>short {{0}}</p>"
    assert summary_of(blocks(item), "h2", ".date") == (".lead", 1.0)
    byline = "<h2>A {0}</h2><p class='by'>By somebody <i>on the 1{0}th of March 2026, 12:3{0}</i></p>"
    assert summary_of(blocks(byline), "h2", "i") == ("", 0.0)
    bare = "<div class='text'><h2>A headline of the council and the harbour {0}</h2></div>"
    assert summary_of(blocks(bare), "h2", "") == ("", 0.0)
    same = "<h2>A {0}</h2><p>Please subscribe to our letter, which comes each week.</p>"
    assert summary_of(blocks(same), "h2", "") == ("", 0.0)


def test_the_picture_is_another_in_each_block() -> None:
    assert image_of(blocks("<img data-src='/{0}.jpg' src='data:,'>")) == ("img", 1.0)
    assert image_of(blocks("<img src='/icon.png'>")) == ("", 0.0)
