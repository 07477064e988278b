"""What a source shows is known again by its keys."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.store import shown


@given(keys=st.sets(st.text()), other=st.text())
def test_what_was_shown_is_known_again_and_nothing_else(keys: set[str], other: str) -> None:
    names = shown.unpack(shown.pack(keys))
    assert names == {shown.name(key) for key in keys}
    assert len(names) == len(keys)
    assert (shown.name(other) in names) == (other in keys)
