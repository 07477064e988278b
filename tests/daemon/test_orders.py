"""What the server process is told: what to serve, and when to end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from support.simulation import make_config
from syndicator.daemon.orders import Orders
from syndicator.model.noun import replace
from syndicator.model.source import Auth
from syndicator.publish import border


def test_answers_name_feeds_and_hubs_as_the_feeds_do(tmp_path: Path) -> None:
    config = make_config(tmp_path)
    site = replace(
        config.site, base_url="https://новости.example/a|b[c]%zz/", hubs=("https://hub.example/?a=|", "https://a{b/")
    )
    told = Orders.of(replace(config, site=site))
    assert told.base_url == border.address(site.base_url + "feeds/all.rss").removesuffix("feeds/all.rss")
    assert told.hubs == ("https://hub.example/?a=%7C",)


def test_it_serves_what_it_was_told_to_by_whoever_started_it(tmp_path: Path) -> None:
    told = Orders(
        "Новости",
        tmp_path / os.fsdecode(b"\xff public"),
        tmp_path / "status.json",
        "::1",
        8008,
        "http://x.example/",
        ("https://hub.example/",),
        Auth(username="анна", password="s3cret"),
        tmp_path / os.fsdecode(b"\xff control.sock"),
        "0f" * 32,
        True,
    )
    assert "s3cret" not in repr(told)
    assert "0f0f" not in repr(told)
    code = "import sys; from syndicator.daemon.orders import receive; sys.stdout.buffer.write(receive().written())"
    done = subprocess.run(
        [sys.executable, "-c", code], input=told.written(), capture_output=True, check=True, timeout=30
    )
    assert Orders.read(done.stdout) == told


def test_the_key_of_hubs_goes_only_where_they_call(tmp_path: Path) -> None:
    config, key = make_config(tmp_path), b"\x01" * 32
    pushed = replace(config, serve=replace(config.serve, push=True))
    assert Orders.of(config, key).push == ""
    assert Orders.of(pushed).push == "", "a server that stands alone has nobody to hand calls on to"
    told = Orders.of(pushed, key)
    assert (bytes.fromhex(told.push), told.control) == (key, config.paths.control)
    assert told != Orders.of(config, key), "so the server is started anew"


def test_our_hub_is_where_there_is_a_daemon_behind_it_and_feeds_lead_to_it_first(tmp_path: Path) -> None:
    config = make_config(tmp_path)
    ours = replace(
        config,
        site=replace(config.site, own_hub="https://новости.example/hub", hubs=("https://hub.example/",)),
        serve=replace(config.serve, hub=True),
    )
    assert not Orders.of(config, b"key").hub
    assert not Orders.of(ours).hub
    told = Orders.of(ours, b"key")
    assert told.hub
    assert told.hubs == (border.address(ours.site.own_hub), "https://hub.example/")


def test_a_child_that_was_told_nothing_leaves_quietly() -> None:
    code = "from syndicator.daemon.orders import receive; receive()"
    done = subprocess.run([sys.executable, "-c", code], input=b'{"ti', capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_child_ends_when_its_parents_pipe_does() -> None:
    code = "from syndicator.daemon.orders import end_with_parent; end_with_parent(); import time; time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == -signal.SIGTERM
