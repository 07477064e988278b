"""Two sources in a network in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.simulation import A, B, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    yield made
    made.pump.store.close()
