"""What a published file was made from, and for how long it is current."""

from datetime import timedelta

import pytest

from support.builders import MOMENT, make_document, make_item
from syndicator.pipeline.fingerprints import fingerprint, is_current, is_reserved, next_change, until

PRINT = b"0123456789abcdef"
SOON = MOMENT + timedelta(hours=1)


def test_a_file_holds_as_long_as_what_it_is_made_from() -> None:
    known = fingerprint(PRINT, make_document(make_item()))
    assert known == PRINT
    assert is_current(known, PRINT, MOMENT)
    assert not is_current(known, b"f" * 16, MOMENT)
    assert not is_current(None, PRINT, MOMENT)


def test_or_until_something_in_it_is_to_disappear() -> None:
    known = fingerprint(
        PRINT, make_document(make_item(until=SOON), make_item(until=SOON + timedelta(days=1)), make_item())
    )
    assert until(known) == SOON
    assert is_current(known, PRINT, SOON)
    assert not is_current(known, PRINT, SOON + timedelta(seconds=1))
    assert next_change([PRINT, known, fingerprint(PRINT, make_document(make_item(until=MOMENT)))]) == MOMENT
    assert next_change([PRINT]) is None


@pytest.mark.parametrize(("tdm", "expected"), [(True, True), (False, False), (None, False)])
def test_a_file_is_reserved_when_an_item_in_it_is(tdm: bool | None, expected: bool) -> None:
    known = fingerprint(PRINT, make_document(make_item(), make_item(tdm=tdm)))
    assert is_reserved(known) == expected
    assert until(known) is None
    assert is_current(known, PRINT, MOMENT)
