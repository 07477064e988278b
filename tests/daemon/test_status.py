"""The status file: whole or not at all, and a full disk is no bug."""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from support.builders import MOMENT
from syndicator.daemon.status import file_at, write_status
from syndicator.errors import ConfigError, Problem, StoreError
from syndicator.pipeline.pump import Pump


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "status.json"


def pump_at(path: Path) -> Pump:
    config = SimpleNamespace(paths=SimpleNamespace(status=path, unfinished=path.with_suffix(".new")))
    store = SimpleNamespace(revision=lambda: 7)
    return cast("Pump", SimpleNamespace(config=config, store=store, sources=[1, 2], busy=0))


def test_it_says_when_it_was_written_and_what_is_wrong(path: Path) -> None:
    write_status(pump_at(path), MOMENT, complaints=["The disk is full."], mistakes="a.toml:1: No.", bugs=0)
    found = json.loads(path.read_bytes())
    assert (found["at"], found["ok"], found["complaints"]) == (MOMENT.isoformat(), False, ["The disk is full."])
    assert found["configuration"] == "a.toml:1: No."
    assert [it.name for it in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_named_may_have_any_name(path: Path) -> None:
    problem = Problem(file=Path(os.fsdecode(b"\xff.toml")), line=1, where="", message="No.")
    mistakes = str(ConfigError((problem,)))
    write_status(pump_at(path), MOMENT, complaints=[str(StoreError("\udcff is damaged."))], mistakes=mistakes, bugs=0)
    found = json.loads(path.read_bytes())
    assert (found["configuration"], found["complaints"]) == (r"\udcff.toml:1: No.", [r"\udcff is damaged."])


@pytest.mark.parametrize("mistakes", ["", "a.toml:1: No. " * 9])
def test_where_there_is_no_room_for_another_the_old_one_says_that_not_all_is_well(path: Path, mistakes: str) -> None:
    write_status(pump_at(path), MOMENT, complaints=[], mistakes="a.toml:1: No.", bugs=0)
    path.with_suffix(".new").mkdir()  # as good as a full disk
    with pytest.raises(StoreError, match=r"status\.json cannot be written"):
        write_status(pump_at(path), MOMENT, complaints=["The disk is full."], mistakes=mistakes, bugs=0)
    found = json.loads(path.read_bytes())
    assert (found["ok"], found["complaints"], found["configuration"]) == (False, ["The disk is full."], mistakes)


def test_where_it_cannot_be_written_the_operator_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match=r"status\.json cannot be written .*free space"):
        write_status(pump_at(path), MOMENT, complaints=[], mistakes="a.toml:1: No.", bugs=0)
    assert [it.name for it in path.parent.iterdir()] == [path.name], "nothing half written is left"


def test_a_file_is_told_from_another_that_takes_its_name(path: Path) -> None:
    assert file_at(path) is None
    path.touch()
    before = file_at(path)
    path.write_text("changed")
    assert file_at(path) == before is not None
    other = path.with_suffix(".new")
    other.touch()
    other.replace(path)
    assert file_at(path) != before
