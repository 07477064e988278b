"""A configuration under a service at work: a change is taken, and what kept one from being read may pass."""

import itertools
from pathlib import Path

import pytest

from syndicator.cli import setting
from syndicator.config import Watch
from syndicator.errors import ConfigError
from syndicator.model.settings import Config


class Clock:
    time = 0.0

    def now(self) -> object:
        raise AssertionError("the quiet second is none of the day's")

    def monotonic(self) -> float:
        return self.time


@pytest.fixture
def main(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "syndicator.toml"
    path.parent.mkdir()
    path.write_text('[site]\ntitle = "one"')
    return path


class Service:
    def __init__(self, main: Path) -> None:
        self.clock, self.hidden = Clock(), []
        self.config, self.reload = setting.watched(main.parent, self.clock, self.hidden.append)

    def looks(self, until: float) -> list[str]:
        """The titles of what was taken, and what was told, up to a time."""
        found = []
        while self.clock.time < until:
            self.clock.time += 0.25
            try:
                taken = self.reload()
            except (ConfigError, OSError) as error:
                found.append(str(error).rpartition(": ")[2])
            else:
                found += [taken.site.title] if taken else []
        return found


def test_a_change_is_taken_and_its_secrets_are_known(main: Path) -> None:
    service = Service(main)
    main.write_text('[site]\ntitle = "another"')
    assert service.looks(60) == ["another"]
    assert [it.site.title for it in service.hidden] == ["one", "another"]


def test_what_could_not_be_read_for_a_moment_is_read_later(main: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hindered(folder: Path, **how: bool) -> Config:
        if service.clock.time < 15:
            raise OSError("too many files")
        return load(folder, **how)

    service, load = Service(main), setting.load
    monkeypatch.setattr(setting, "load", hindered)
    main.write_text('[site]\ntitle = "another"')
    assert service.looks(60) == ["too many files", "another"]


def test_looking_takes_a_twentieth_of_the_time_however_many_files_there_are(
    main: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(main)
    looks, changed = [], Watch.changed

    def slow(watch: Watch, monotonic: float) -> bool:
        looks.append(monotonic)
        service.clock.time += 0.125
        return changed(watch, monotonic)

    monkeypatch.setattr(Watch, "changed", slow)
    assert service.looks(9) == []
    assert len(looks) == 4
    assert all(later - earlier >= 2.5 for earlier, later in itertools.pairwise(looks))
    main.write_text('[site]\ntitle = "another"')
    assert service.looks(20) == ["another"]


def test_a_mistake_is_told_at_each_change_and_only_then(main: Path) -> None:
    service = Service(main)
    main.write_text("[site]\ntitle = 1")
    assert service.looks(60) == ["expected text in quotes"]
    main.write_text("[site]\ntitle = 1 ")
    assert service.looks(120) == ["expected text in quotes"]
    main.write_text('[site]\ntitle = "mended"')
    assert service.looks(180) == ["mended"]
