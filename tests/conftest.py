"""What every test may use."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for `support`: tests are found by path, not imported as a package

from support.origin import Origin
from support.readymade import new_databases

pytest_plugins = ["pytester", "support.noskips", "support.sharing"]

# How long an example takes is the machine's affair. New examples are looked for at the desk, not where a change lands.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

# Behind nohup, or in the background of a script, these are ignored, and so would the programs that tests start and end.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    gc.freeze()  # fifteen thousand tests stay to the end: no look for circles needs to pass through them


@pytest.fixture(scope="session", autouse=True)
def _databases() -> Iterator[None]:
    with new_databases():
        yield


@pytest.fixture
def origin() -> Iterator[Origin]:
    """A scripted host on loopback."""
    host = Origin()
    yield host
    host.close()


@pytest.fixture
def short_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that may be TMPDIR: multiprocessing binds sockets in it, whose paths have at most 107 bytes."""
    return tmp_path_factory.mktemp("t")
