from datetime import timedelta

import orjson
import pytest

from support.builders import MOMENT, make_document, make_item
from syndicator.pipeline.holding import holds, next_change, noted, render_tdmrep, reserved, until

PRINT = b"0123456789abcdef"
SOON = MOMENT + timedelta(hours=1)


def test_a_file_holds_as_long_as_what_it_is_made_from() -> None:
    known = noted(PRINT, make_document(make_item()))
    assert known == PRINT
    assert holds(known, PRINT, MOMENT)
    assert not holds(known, b"f" * 16, MOMENT)
    assert not holds(None, PRINT, MOMENT)


def test_or_until_something_in_it_is_to_disappear() -> None:
    known = noted(PRINT, make_document(make_item(until=SOON), make_item(until=SOON + timedelta(days=1)), make_item()))
    assert until(known) == SOON
    assert holds(known, PRINT, SOON)
    assert not holds(known, PRINT, SOON + timedelta(seconds=1))
    assert next_change([PRINT, known, noted(PRINT, make_document(make_item(until=MOMENT)))]) == MOMENT
    assert next_change([PRINT]) is None


@pytest.mark.parametrize(("tdm", "is_reserved"), [(True, True), (False, False), (None, False)])
def test_a_file_is_reserved_when_an_item_in_it_is(tdm: bool | None, is_reserved: bool) -> None:
    known = noted(PRINT, make_document(make_item(), make_item(tdm=tdm)))
    assert reserved(known) == is_reserved
    assert until(known) is None
    assert holds(known, PRINT, MOMENT)


def test_reserved_files_are_listed_by_the_addresses_they_are_served_at() -> None:
    known = noted(PRINT, make_document(make_item(tdm=True)))
    names = ("feeds/all.rss", "feeds/all.html", "index.html")
    rules = orjson.loads(render_tdmrep("https://news.example/sub/", dict.fromkeys(names, known) | {"a.rss": PRINT}))
    assert {it["tdm-reservation"] for it in rules} == {1}
    assert [it["location"] for it in rules] == ["/sub/feeds/all$", "/sub/feeds/all.rss", "/sub/$"]
