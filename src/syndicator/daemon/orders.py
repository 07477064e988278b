"""What the daemon tells the server process on its standard input: what to serve, and when to end.

The first line is the orders. When the daemon ends, the pipe closes, and the server must end, too.
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
    """What the server process serves.

    It gets this from the daemon, not from the configuration files, which may have a mistake when it is started again.
    """

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
        """Make the orders that a configuration demands.

        With `key`, which proves the calls of hubs, the server accepts such calls and requests to our own hub. Without
        it there is no daemon behind the server, and so neither.
        """
        site, paths, serve = config.site, config.paths, config.serve
        base_url = border.address(site.base_url)  # written as in the feeds
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
        """Return the orders as a line of JSON."""
        operator = self.operator and asdict(self.operator)
        return json.dumps({**asdict(self), "operator": operator}, default=os.fspath).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Return the orders from a line that `written` made."""
        told = json.loads(line)
        paths = {name: Path(told[name]) for name in ("public", "status", "control")}
        operator = told["operator"] and Auth(**told["operator"])
        return cls(**{**told, **paths, "hubs": tuple(told["hubs"]), "operator": operator})


def receive() -> Orders:
    """In the server process: read the orders; end the process if the daemon has died before sending them."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 4096)
        if not piece:
            leave(ExitCode.OK)
        line += piece
    return Orders.read(line)


def end_with_parent() -> None:
    """In the server process: wait for the daemon's end, then send ourselves SIGTERM; to be run in a thread."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
