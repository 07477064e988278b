"""A source to be shown things."""

from collections.abc import Iterator

import pytest

from support.identity import Feed, polled


@pytest.fixture
def feed() -> Iterator[Feed]:
    with polled() as made:
        yield made
