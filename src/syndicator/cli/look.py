"""Look: open the database for reading and find the sources that are polled. Nothing here takes the lock."""

from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.streams import complain
from syndicator.errors import ConfigError, UsageError
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.pipeline.roster import all_sources
from syndicator.store import Store, is_there


def open_store(config: Config) -> Store | None:
    """Open the database for reading; None: there is none yet."""
    return Store.read(config.paths.store) if is_there(config.paths.store) else None


def open_stories(config: Config) -> Store:
    """Open the database for reading.

    Raises:
        UsageError: There is no database yet.
    """
    store = open_store(config)
    if store is None:
        raise UsageError("There are no stories yet.", "Run `syndicator once` or `syndicator run` first.")
    return store


def sources_and_store(folder: Path) -> tuple[dict[str, Source], Store | None]:
    """Return the sources that are polled, by id, and the database for reading; None: there is no database yet.

    While the configuration has mistakes, the daemon continues with the former one. So the sources that the database
    holds to be polled are returned then, and the mistakes are printed.

    Raises:
        ConfigError: The configuration has mistakes, and there is no database, or it cannot be found out where it is.
    """
    try:
        config = setting.load(folder, asks=False)
    except ConfigError as error:
        path = setting.database(folder)
        if path is None or not is_there(path):
            raise
        complain(f"{error}\nShown below is the state before these mistakes:")
        store = Store.read(path)
        active = store.active()
        return {it: source for it, source in store.sources().items() if it in active}, store
    opened = open_store(config)
    return sources_of(config, opened), opened


def sources_of(config: Config, store: Store | None) -> dict[str, Source]:
    """Return the sources that are polled, by id: the configured ones, and those that lists name."""
    return {it.id: it for it in all_sources(config.sources, store.listed() if store else [])}
