"""What the kernel saw: whom the program connects to."""

import re
import sys

import pytest

from support.programs import call
from support.service import free_port, stories, write_config

pytestmark = pytest.mark.system

FEED = b'<rss version="2.0"><channel><title>t</title><item><title>a</title><guid>1</guid></item></channel></rss>'
CONNECT = re.compile(r"connect\(\d+, \{sa_family=AF_(\w+)(?:, sun_path=@?\"([^\"]*)\")?(?:.*htons\((\d+)\))?(.*)")


def test_it_connects_to_its_sources_and_to_nobody_else(tmp_path, origin) -> None:
    config = write_config(tmp_path, free_port(), sources__one=f'[[source]]\nurl = "{origin.serve("/feed", FEED)}"\n')
    trace = tmp_path / "trace.txt"
    proxy = f"http://127.0.0.1:{free_port()}"
    call(
        "strace", "-f", "-e", "trace=connect", "-e", "signal=none", "-o", trace,
        sys.executable, "-m", "syndicator", "once", "--config", config,
        http_proxy=proxy, HTTP_PROXY=proxy, ALL_PROXY=proxy,
    )  # fmt: skip
    assert len(stories(config)) == 1
    made = [CONNECT.search(line) for line in trace.read_text().splitlines() if " connect(" in line]
    assert all(made), trace.read_text()
    told = {(it[1], it[2] or it[3]) for it in made if it}
    local = {path for family, path in told if family == "UNIX"}
    assert str(tmp_path / "var" / "control.sock") in local
    assert {family for family, _ in told} == {"UNIX", "INET"}
    assert {port for family, port in told if family == "INET"} == {str(origin.port)}
    assert all(it[4].startswith(', sin_addr=inet_addr("127.0.0.1")') for it in made if it and it[1] == "INET")
