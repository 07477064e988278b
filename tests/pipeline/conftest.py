"""Two sources in a network in memory; readers in processes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.simulation import A, B, World
from syndicator.pipeline.engines import ENGINES, Engine


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    yield made
    made.pump.store.close()


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = ENGINES["processes"]()
    vars(made.quick)["_wall_seconds"] = vars(made.slow)["_wall_seconds"] = 90.0  # the machine may be busy
    yield made
    made.shutdown()
