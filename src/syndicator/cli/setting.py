"""Setting: load the configuration from its files, the vocabulary of the other packages, and the environment's secrets.

The packages below this one read neither configuration files by themselves nor the environment.
"""

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
"""Looking at the files, of which there may be thousands, takes at most one part in this many of the time."""


def load(folder: Path, *, asks: bool = True, serves: bool = False, home: Path | None = None) -> Config:
    """Read the configuration.

    Args:
        folder: The folder with the files.
        asks: Whether requests may be sent; if not, the environment may lack the secrets for them.
        serves: Whether the operator's pages may be served; if not, the environment may lack the operator's password.
        home: The folder that this one is to replace; None: it is in its final place.

    Raises:
        ConfigError: The configuration has mistakes, of which the error names every one.
    """
    return room.load(folder, _vocabulary(), environment=os.environ if asks else None, serves=serves, home=home)


def database(folder: Path) -> Path | None:
    """Return where the database is, even if the configuration has mistakes; None: that cannot be found out.

    Raises:
        ConfigError: There is no configuration at all.
    """
    return room.database(folder, _vocabulary())


def watched(folder: Path, clock: Clock, taken: Callable[[Config], None]) -> tuple[Config, Callable[[], Config | None]]:
    """Load the configuration, and watch its files.

    Args:
        folder: The folder with the files.
        clock: The clock by which changes are waited for to be complete.
        taken: Called with each configuration that is returned.

    Returns:
        The configuration, and a function that returns the new configuration after a change is complete, else None. If
        the new one has mistakes, the function raises, the last good one stays in force, and the files are read again
        now and then; the same error of the same files is raised only once.

    Raises:
        ConfigError: The configuration has mistakes, of which the error names every one.
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
            watch.doubt(clock.monotonic())  # read again later: if a file becomes readable, no change shows
            before, told = told, (str(error), watch.state)
            if told == before:
                return None
            raise

    return take(), look


def _vocabulary() -> room.Vocabulary:
    return room.Vocabulary(kinds=KINDS, formats=tuple(FORMATS), check_match=complaint)
