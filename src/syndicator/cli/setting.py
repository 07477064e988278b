"""The one moment of configuration: the vocabulary from the rooms' tables, the files, the environment's secrets."""

import os
from collections.abc import Callable
from pathlib import Path

from syndicator import config as room
from syndicator.clock import Clock
from syndicator.daemon.duty import DutyCycle
from syndicator.model.settings import Config
from syndicator.model.source import KINDS
from syndicator.publish import FORMATS
from syndicator.store import complaint

_SPARING = 20.0
"""A look at the files takes one part of so many of the time at most: there may be thousands."""


def load(folder: Path, *, asks: bool = True, serves: bool = False, home: Path | None = None) -> Config:
    """Read the configuration.

    Args:
        folder: With the files.
        asks: Whether somebody will be asked for something; else the environment may lack the secrets for that.
        serves: Whether the operator will be asked who he is; likewise.
        home: The folder whose place it is to take; None: it is in its place.

    Raises:
        ConfigError: With every mistake in it.
    """
    return room.load(folder, _vocabulary(), environment=os.environ if asks else None, serves=serves, home=home)


def database(folder: Path) -> Path | None:
    """Where the database lies, though the configuration has mistakes; None: that cannot be made out.

    Raises:
        ConfigError: There is no configuration at all.
    """
    return room.database(folder, _vocabulary())


def watched(folder: Path, clock: Clock, taken: Callable[[Config], None]) -> tuple[Config, Callable[[], Config | None]]:
    """The configuration, and what gives a changed one once it is quiet, else None.

    Args:
        folder: With the files.
        clock: For the quiet second.
        taken: Told of each configuration that is given.

    Raises:
        ConfigError: With every mistake in it; so does what is returned, which leaves the last good one in force, tries
            again now and then, and says the same of the same files but once.
    """
    watch = room.Watch(folder)

    def take() -> Config:
        config = load(folder, serves=True)
        watch.follow(config)
        taken(config)
        return config

    told: tuple[str, object] = ("", None)
    cycle = DutyCycle(_SPARING)

    def look() -> Config | None:
        nonlocal told
        if not cycle.is_time(began := clock.monotonic()):
            return None
        has_changed = watch.changed(began)
        cycle.ran(began, clock.monotonic())
        if not has_changed:
            return None
        try:
            return take()
        except Exception as error:
            watch.doubt(clock.monotonic())  # a file that could not be read for a moment leaves no trace when it can be
            before, told = told, (str(error), watch.state)
            if told == before:
                return None
            raise

    return take(), look


def _vocabulary() -> room.Vocabulary:
    return room.Vocabulary(kinds=KINDS, formats=tuple(FORMATS), check_match=complaint)
