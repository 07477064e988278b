"""Which tests stay together when processes share them out, as in `make test`: the rest go to one that is free.

A plugin of pytest (tests/conftest.py names it), asked only where pytest-xdist runs the tests.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

CLOCK = (
    "tests/fetch/test_exchange.py",
    "tests/fetch/test_transfer.py",
    "tests/serve/test_clients.py",
    "tests/serve/test_loop.py",
    "tests/serve/test_wire.py",
    "tests/test_crash.py",
    "tests/test_hosts.py",
    "tests/test_walk.py",
)
"""They hold something to seconds of the wall clock, and would hold up each other."""
WHOLE = ("tests/test_docs.py", "tests/test_secrets.py")
"""What all tests of the file look at is made once."""
TOGETHER = dict.fromkeys(CLOCK, "clock") | {file: file for file in WHOLE}


class Sharing(LoadScopeScheduling):
    """Hands out a group as one; the groups, being the largest, come first."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    return Sharing(config, log)
