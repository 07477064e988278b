"""What a process works with, as the configuration wants it: its doors to the network, and the pump."""

import resource
from contextlib import suppress

from syndicator import __version__
from syndicator.errors import UsageError, too_few_files
from syndicator.fetch.transfer import Transfer
from syndicator.model.noun import replace
from syndicator.model.settings import Config, FetchSettings
from syndicator.pipeline.engines import Engine
from syndicator.pipeline.pump import Pump
from syndicator.publish.files import sweep
from syndicator.store import Store

_CALLBACK = 10.0
"""Seconds that a subscriber of our hub has to answer …"""
_WORD = 64 * 1024
"""… and bytes of what is read of that."""
_LEAST_FILES = 128
"""Open files: the database, the lock, the doors, readers and their pipes, and some connections each way."""


def transport(config: Config) -> Transfer:
    """The door to the network, as the configuration wants it."""
    return _transfer(config, config.fetch)


def hub_transport(config: Config) -> Transfer:
    """The door to our own hub's subscribers: anybody may name an address, so sources' private networks stay shut."""
    settings = replace(config.fetch, allow_networks=config.serve.hub_networks, timeout=_CALLBACK, max_body=_WORD)
    return _transfer(config, settings)


def _transfer(config: Config, settings: FetchSettings) -> Transfer:
    """One honest name, with a page about this service where the operator has given one."""
    contact = f" (+{config.fetch.contact})" if config.fetch.contact else ""
    return Transfer(settings, files_root=config.root, user_agent=f"syndicator/{__version__}{contact}")


def pump(store: Store, config: Config, engine: Engine) -> Pump:
    """A pump over the real network, with as many open files as that may need, and no leftovers of one that was killed.

    Raises:
        LockedError: Another writer publishes into that folder.
        PublishError: The folder may not be looked at.
        UsageError: There may be too few open files.
    """
    public = config.paths.public
    store.claim(public)  # what others write there is no leftover
    sweep(public)  # first, for it explains what looking for others below would only raise
    for folder in (public / ".well-known", public / "feeds", *public.glob("feeds/*/"), config.paths.operator):
        sweep(folder)
    with suppress(OSError):
        config.paths.unfinished.unlink()
    _open_as_many_files_as_allowed()
    return Pump(store=store, transport=transport(config), engine=engine, config=config)


def _open_as_many_files_as_allowed() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < _LEAST_FILES:
        raise UsageError(too_few_files(most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
