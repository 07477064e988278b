"""The operator's word, as a command: with a daemon at work, and without."""

import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from support.echo import PROSE
from support.gathering import gather
from support.origin import Origin
from support.service import Service, command, free_port, until, write_config
from syndicator.errors import ExitCode

Run = Callable[..., "subprocess.CompletedProcess[str]"]

RIVER = "http://127.0.0.1/river"
LAKE = "http://127.0.0.1/lake"


def rss(title: str, **stories: str) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><guid>urn:x:{title}:{name}</guid>"
        f"<description>{name} {PROSE}{link}</description></item>"
        for name, link in stories.items()
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def config(tmp_path: Path, origin: Origin, port: int) -> Path:
    """Two sources: both have the river, one has the lake."""
    daily = origin.serve("/daily", rss("Daily", river=RIVER, lake=LAKE))
    other = origin.serve("/other", rss("Other", flood=RIVER))
    sources = f'[[source]]\nid = "daily"\nurl = "{daily}"\n[[source]]\nid = "other"\nurl = "{other}"\n'
    return write_config(tmp_path, port, sources__all=sources)


@pytest.fixture
def run(config: Path) -> Run:
    return partial(command, config)


def stories(run: Run) -> list[tuple[str, list[str]]]:
    """Each story's public id and its sources, the oldest story first."""
    rows = [json.loads(line) for line in run("stories", "--json").stdout.splitlines()]
    return [
        (row["id"], sorted(copy["source"] for copy in row["copies"]))
        for row in sorted(rows, key=lambda row: int(row["number"]))
    ]


def feed(config: Path) -> str:
    return next(config.parent.rglob("all.atom")).read_text()


def test_split_and_join_are_done_published_told_and_listed(run: Run, config: Path) -> None:
    gather(config, everything=True)
    before = stories(run)
    assert sorted(sources for _, sources in before) == [["daily"], ["daily", "other"]]
    said = run("split", RIVER, "other")
    assert said.returncode == ExitCode.OK, said.stderr
    assert "It is now a story of its own" in said.stdout
    undo = said.stdout.splitlines()[-1].removeprefix("To undo it: syndicator ").split()
    assert len(stories(run)) == 3
    assert feed(config).count("<entry") == 3
    assert "never one story: " in run("decisions").stdout
    assert run("once", "--all").returncode == ExitCode.OK
    assert len(stories(run)) == 3, "a poll does not undo it"

    joined = run(*undo)
    assert joined.returncode == ExitCode.OK, joined.stderr
    assert f"The other story was {undo[2]} (flood; " in joined.stdout
    assert stories(run) == before
    assert feed(config).count("<entry") == 2
    (row,) = (json.loads(line) for line in run("decisions", "--json").stdout.splitlines())
    assert row["verdict"] == "join"
    assert {it["source"] for it in row["articles"]} == {"daily", "other"}


def test_a_running_daemon_does_it(run: Run, config: Path) -> None:
    service = Service(config)
    try:
        until((config.parent / "var" / "control.sock").exists)
        run("once", "--all")
        said = run("join", RIVER, LAKE)
        assert said.returncode == ExitCode.OK, said.stderr
        assert [sources for _, sources in stories(run)] == [["daily", "daily", "other"]]
        assert feed(config).count("<entry") == 1, "what it changed is published when it ends"
        assert "joined: story 1; urn:" in service.log.read_text()
        wrong = run("split", RIVER, "nobody")
        assert wrong.returncode == ExitCode.USAGE
        assert "matches no copy of story" in wrong.stderr
        done = json.loads(run("split", RIVER, "other", "--json").stdout)
        assert [sorted(done), done["story"]["number"]] == [["split", "story"], 1]
        number = done["split"]["number"]
        assert f"split: a copy of story 1 is now story {number}" in service.log.read_text()
        run("boilerplate", "daily", "--deny", "Buy an  elephant! " + "Now. " * 40)
        (line,) = [it for it in service.log.read_text().splitlines() if "elephant" in it]
        assert "daily: the paragraph “Buy an elephant! Now. Now." in line
        assert line.endswith("Now.…” is never part of its stories: your decision")
    finally:
        service.process.kill()
        service.process.wait()
        until(lambda: not service.family(), 5)


def test_nothing_decided_is_said_so(run: Run) -> None:
    assert "There are no decisions yet" in run("decisions").stdout
    assert run("decisions", "--json").stdout == ""


def test_a_script_gets_what_was_done_as_data(run: Run, config: Path) -> None:
    gather(config, everything=True)
    done = json.loads(run("split", RIVER, "other", "--json").stdout)
    assert done["story"] != done["split"]
    assert all(it.keys() == {"number", "guid", "title"} for it in done.values())
    undone = json.loads(run("join", done["story"]["number"], done["split"]["number"], "--json").stdout)
    assert undone == {"story": done["story"], "absorbed": done["split"]["guid"]}
    assert json.loads(run("publish", "--json").stdout) == {"changed": []}
