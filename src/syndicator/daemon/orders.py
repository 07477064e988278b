"""What the server process is told by the daemon, on its standard input: what to serve, and when to end.

The first line of it is the orders; the pipe's end is the daemon's.
"""

import json
import os
import signal
from pathlib import Path
from typing import Self

from syndicator.daemon.ending import leave
from syndicator.errors import ExitCode
from syndicator.model.noun import Noun, asdict
from syndicator.model.settings import Config
from syndicator.model.source import Auth
from syndicator.publish import border


class Orders(Noun, kw_only=False, unshown=("operator", "push")):
    """What the server serves: told by the daemon, for the files may hold a mistake when it is started again."""

    title: str
    public: Path
    status: Path
    host: str
    port: int
    base_url: str = ""
    hubs: tuple[str, ...] = ()
    operator: Auth | None = None
    control: Path = Path()
    push: str = ""
    hub: bool = False

    @classmethod
    def of(cls, config: Config, key: bytes = b"") -> Self:
        """What the configuration wants; with the key that proves the calls of hubs, these are taken, too.

        Without it there is no daemon behind the server, and so no hub.
        """
        site, paths, serve = config.site, config.paths, config.serve
        base_url = border.address(site.base_url)  # as in the feeds
        hubs = tuple(filter(None, map(border.address, site.all_hubs)))
        return cls(
            title=site.title,
            public=paths.public,
            status=paths.status,
            host=serve.host,
            port=serve.port,
            base_url=base_url,
            hubs=hubs,
            operator=serve.operator,
            control=paths.control,
            push=key.hex() if serve.push else "",
            hub=serve.hub and bool(key),
        )

    def written(self) -> bytes:
        """The orders as a line of JSON."""
        operator = self.operator and asdict(self.operator)
        return json.dumps({**asdict(self), "operator": operator}, default=os.fspath).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The orders that such a line holds."""
        told = json.loads(line)
        paths = {name: Path(told[name]) for name in ("public", "status", "control")}
        operator = told["operator"] and Auth(**told["operator"])
        return cls(**{**told, **paths, "hubs": tuple(told["hubs"]), "operator": operator})


def receive() -> Orders:
    """In the server's process: the orders that it is started with; it ends where the daemon died before."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 4096)
        if not piece:
            leave(ExitCode.OK)
        line += piece
    return Orders.read(line)


def end_with_parent() -> None:
    """In the server's process: wait for the daemon's end, then ask ourselves to stop. Meant for a thread."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
