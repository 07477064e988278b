"""Doors to the network for the tests of this room, and a host that speaks TLS."""

import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.door import SETTINGS, Door
from support.origin import Origin
from syndicator.fetch import lookup
from syndicator.fetch.transfer import Transfer
from syndicator.model.noun import replace

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"


@pytest.fixture
def open_door(tmp_path: Path) -> Iterator[Callable[..., Door]]:
    """Doors with settings changed as asked."""
    transfers: list[Transfer] = []

    def make(**changes: object) -> Door:
        settings = replace(SETTINGS, **changes)
        transfers.append(Transfer(settings, files_root=tmp_path, user_agent="syndicator-tests/1"))
        return Door(transfers[-1])

    yield make
    for transfer in transfers:
        transfer.stop()


@pytest.fixture
def door(open_door: Callable[..., Door]) -> Door:
    return open_door()


@pytest.fixture
def silent_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Look-ups of names that begin with "silent" hang until this is called; each other name is loopback."""
    over = threading.Event()
    monkeypatch.setattr(
        lookup, "_addresses", lambda host: [] if host.startswith("silent") and over.wait(10) else ["127.0.0.1"]
    )
    yield over.set
    over.set()


@pytest.fixture
def secure_origin() -> Iterator[Origin]:
    """Its certificate is vouched for by itself alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    host = Origin(context)
    yield host
    host.close()
