"""Create what the daemon works with, as the configuration demands: transports to the network, and the pump."""

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
"""The most seconds that a subscriber of our hub may take to answer."""
_WORD = 64 * 1024
"""The most bytes of such an answer that are read."""
_LEAST_FILES = 128
"""The least limit of open files: database, lock, sockets, readers with their pipes, some connections each way."""


def transport(config: Config) -> Transfer:
    """Create the transport for sources and their hubs."""
    return _transfer(config, config.fetch)


def hub_transport(config: Config) -> Transfer:
    """Create the transport for our own hub's subscribers.

    It does not reach the private networks that are allowed for sources, because anybody may name a callback address.
    """
    settings = replace(config.fetch, allow_networks=config.serve.hub_networks, timeout=_CALLBACK, max_body=_WORD)
    return _transfer(config, settings)


def _transfer(config: Config, settings: FetchSettings) -> Transfer:
    """Create a transport whose user agent names this program and, if there is one, a page about this service."""
    contact = f" (+{config.fetch.contact})" if config.fetch.contact else ""
    return Transfer(settings, files_root=config.root, user_agent=f"syndicator/{__version__}{contact}")


def pump(store: Store, config: Config, engine: Engine) -> Pump:
    """Create a pump for the real network; raise the limit of open files, and delete what a killed daemon left behind.

    Raises:
        LockedError: Another process publishes into the public folder.
        PublishError: The public folder cannot be read.
        UsageError: The limit of open files is too low.
    """
    public = config.paths.public
    store.claim(public)  # first, so that no file there is one that another process is writing
    sweep(public)  # before the others, since it explains errors that `glob` below would only raise
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
