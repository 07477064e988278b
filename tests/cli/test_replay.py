"""`replay`: shown first, done when that is wanted, also while a daemon runs."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from support.arrivals import arrive, article, opened, stories_of
from support.builders import MOMENT
from support.service import Service, command, free_port, until, write_config
from syndicator.cli.replay import replay
from syndicator.errors import ExitCode
from syndicator.model.noun import replace
from syndicator.pipeline.decisions import join
from syndicator.pipeline.replay import Progress, replayed
from syndicator.store import Paper, Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]

A = replace(article("a", url="river", title="Старое"), url_key=b"", text_key=b"")
"""As rules of before would have keyed it."""
B = article("b", url="river", title="Новое")
STRANGER = replace(article("c", text="other", title="Чужое"), url_key=B.url_key)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Three articles, placed by other rules: two stories that are one by those of today, with a stranger in it."""
    sources = "".join(f'[[source]]\nid = "{it}"\nurl = "file:{it}.xml"\n' for it in "abc")
    config = write_config(tmp_path, free_port(), sources__all=sources)
    with opened(tmp_path / "var" / "syndicator.db", *"abc") as store:
        arrive(store, A, B, STRANGER)
    return config


@pytest.fixture
def database(config: Path) -> Path:
    return config.parent / "var" / "syndicator.db"


@pytest.fixture
def run(config: Path) -> Run:
    return partial(command, config)


def told(database: Path) -> list[list[str]]:
    with closing(Store.read(database)) as store:
        return [copies for _, copies in stories_of(store)]


def test_the_difference_is_told_and_nothing_changed_without_apply(run: Run, database: Path) -> None:
    before = told(database)
    said = run("replay")
    assert said.returncode == ExitCode.OK, said.stderr
    assert "merge  “Новое” (story 2, urn:uuid:" in said.stdout
    assert "becomes part of “Старое” (story 1," in said.stdout
    assert "split  1 copy leaves “Новое”" in said.stdout
    assert "c, Чужое" in said.stdout
    assert "3 articles placed by today's rules: 2 changes." in said.stdout
    assert "syndicator replay --apply" in said.stdout
    assert told(database) == before == [["a"], ["b", "c"]]
    rows = [json.loads(line) for line in run("replay", "--json").stdout.splitlines()]
    assert [row["change"] for row in rows] == ["merge", "split"]


def test_apply_does_it_and_a_second_time_finds_nothing_to_do(run: Run, database: Path) -> None:
    said = run("replay", "--apply")
    assert said.returncode == ExitCode.OK, said.stderr
    assert "Done: 1 story merged, 1 opened" in said.stdout
    assert told(database) == [["a", "b"], ["c"]]
    assert "0 changes." in run("replay").stdout


def test_a_running_daemon_does_it(run: Run, config: Path, database: Path) -> None:
    service = Service(config)
    try:
        until((database.parent / "control.sock").exists)
        said = run("replay", "--apply")
        assert "Done: 1 story merged, 1 opened" in said.stdout, said.stderr
        assert told(database) == [["a", "b"], ["c"]]
    finally:
        service.process.kill()
        service.process.wait()
        until(lambda: not service.family(), 5)


def test_where_nothing_is_stored_it_is_said_what_to_do(run: Run, database: Path) -> None:
    database.unlink()
    said = run("replay")
    assert said.returncode == ExitCode.USAGE
    assert "syndicator once" in said.stderr


def test_a_priority_is_seen_as_soon_as_it_is_configured(run: Run, config: Path, database: Path) -> None:
    sources = config / "sources" / "all.toml"
    sources.write_text(sources.read_text().replace('id = "c"', 'id = "c"\npriority = 5'))
    said = run("replay").stdout
    assert "is led by c's copy" in said
    assert "and 1 story would get another lead" in said
    (row,) = (it for it in map(json.loads, run("replay", "--json").stdout.splitlines()) if it["change"] == "lead")
    assert (row["story"], row["articles"], row["into"]) == (2, [3], None)
    assert told(database) == [["a"], ["b", "c"]]


def test_a_story_that_is_gone_when_the_difference_is_told_is_passed_over(
    config: Path, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As when a daemon merges two stories while a long look goes on."""

    @contextmanager
    def interrupted(store: Store, progress: Progress) -> Iterator[Paper]:
        with replayed(store, progress) as paper:
            with closing(Store.write(database)) as writer:
                join(writer, "1", "2", MOMENT)
            yield paper

    monkeypatch.setattr("syndicator.cli.replay.replayed", interrupted)
    replay(config, apply=False, json=False)
    assert "placed by today's rules: 0 changes" in capsys.readouterr().out
