"""What a source shows is known again by its keys."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.store import shown


@given(keys=st.sets(st.text()), other=st.text())
def test_what_was_shown_is_known_again_and_nothing_else(keys: set[str], other: str) -> None:
    packed = shown.pack(keys)
    assert all(shown.has(packed, shown.name(key)) for key in keys)
    assert len(packed) == 8 * len(keys)
    assert shown.has(packed, shown.name(other)) == (other in keys)
