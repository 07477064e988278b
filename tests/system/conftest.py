"""What is shared: the shipped samples, published and served."""

from collections.abc import Iterator

import pytest

from support.service import Service, command, free_port, stories, until
from support.shipped import Samples, copy_of_shipped

BACK = '[[channel]]\nid = "back"\ntitle = "Со страницами"\nlimit = 10\narchive = 100\n'
"""A channel with an archive: the samples are more than it shows."""


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    port = free_port()
    config = copy_of_shipped(tmp_path_factory.mktemp("samples"), port)
    for file in (config / "sources").iterdir():
        if file.name != "samples.toml":
            file.unlink()
    (config / "channels" / "back.toml").write_text(BACK)
    done = command(config, "once")
    assert " 0 failed" in done.stdout, done.stdout + done.stderr
    service = Service(config)
    try:
        until(lambda: service.get("/", port)[0] == 200)
        yield Samples(port, config, service, stories(config))
    finally:
        service.stop()
