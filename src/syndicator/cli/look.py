"""What commands look at: the database, if there is one, and what is polled. Nothing here takes the lock."""

from pathlib import Path

from syndicator.cli import setting
from syndicator.cli.streams import complain
from syndicator.errors import ConfigError, UsageError
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.pipeline.roster import all_sources
from syndicator.store import Store, is_there


def open_store(config: Config) -> Store | None:
    """The database, to look at; None: there is none yet."""
    return Store.read(config.paths.store) if is_there(config.paths.store) else None


def open_stories(config: Config) -> Store:
    """The database, to look at.

    Raises:
        UsageError: There is none yet.
    """
    store = open_store(config)
    if store is None:
        raise UsageError("There are no stories yet.", "Run `syndicator once` or `syndicator run` first.")
    return store


def sources_and_store(folder: Path) -> tuple[dict[str, Source], Store | None]:
    """What is polled, by id, and the database, if there is one.

    While the configuration has mistakes the daemon goes on with what it was before: so that is what is looked at.

    Raises:
        ConfigError: There is nothing stored to look at, or it cannot be made out where.
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
    """The sources that are polled, by id: configured ones, and those that lists name."""
    return {it.id: it for it in all_sources(config.sources, store.listed() if store else [])}
