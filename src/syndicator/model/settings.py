"""The operator's configuration, as the program sees it: frozen, complete, every default filled in."""

import ipaddress
from pathlib import Path

from syndicator.model.noun import Noun
from syndicator.model.source import Auth, Republish, Source

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Site(Noun):
    """How the outputs present themselves.

    Attributes:
        title: Name of the whole.
        base_url: Where subscribers reach it; ends with a slash.
        social_confidence: How sure it must be, from 0 to 1, that a link is its publisher's, to be published.
        republish: How much is published of articles whose source or list does not say.
        hubs: Addresses of hubs (WebSub) that are told when a feed changes, and that feeds lead to.
        own_hub: Of our own, to which feeds lead, too; empty: there is none.
    """

    title: str = "Syndicator"
    base_url: str = "http://127.0.0.1:8008/"
    social_confidence: float = 0.6
    republish: Republish = "excerpt"
    hubs: tuple[str, ...] = ()
    own_hub: str = ""

    @property
    def all_hubs(self) -> tuple[str, ...]:
        """Where subscribers may ask to be told."""
        return (self.own_hub, *self.hubs) if self.own_hub else self.hubs


BESIDE_STORE = ("control.sock", "operator", "status.json", "status.new", "syndicator.lock")
"""Names of what the program keeps beside the database, and replaces."""


class Paths(Noun):
    """Where things are kept; absolute.

    Attributes:
        store: The database; the control socket, the lock, the status file and the operator's pages lie beside it.
        public: The folder of published files.
    """

    store: Path
    public: Path

    @property
    def control(self) -> Path:
        """The socket that the daemon takes requests of commands on."""
        return self.store.with_name("control.sock")

    @property
    def status(self) -> Path:
        """What the daemon writes each second, for health checks."""
        return self.store.with_name("status.json")

    @property
    def unfinished(self) -> Path:
        """The next status, while it is written; what a service that was killed leaves of it is worth nothing."""
        return self.store.with_name("status.new")

    @property
    def operator(self) -> Path:
        """The folder with the operator's pages."""
        return self.store.with_name("operator")


class FetchSettings(Noun, unshown=("proxy",)):
    """How sources are asked.

    Attributes:
        contact: Address of a page about this service, for the User-Agent; empty: none.
        concurrency: Requests in flight at most.
        host_spacing: Seconds from the end of one request to a host to the start of the next.
        allow_networks: Private networks that may be reached all the same.
        proxy: Address of the HTTP proxy that requests go through, with user and password if it wants them; empty: none.
        timeout: Seconds for a whole exchange, redirects included.
        connect_timeout: Seconds for look-up, connect and TLS.
        max_body: Bytes of a body, as sent and as decoded.
    """

    contact: str = ""
    concurrency: int = 256
    host_spacing: float = 1.0
    allow_networks: tuple[Network, ...] = ()
    proxy: str = ""
    timeout: float = 60.0
    connect_timeout: float = 5.0
    max_body: int = 16 * 1024 * 1024


class Schedule(Noun):
    """When sources are polled; seconds.

    Attributes:
        interval: For sources that set none, until their own rhythm is known.
        min_interval: Never sooner, whatever a source says.
        max_interval: Never later, but for what a host demands.
    """

    interval: float = 1800.0
    min_interval: float = 300.0
    max_interval: float = 86400.0


class Keep(Noun):
    """How long what was read is remembered.

    Attributes:
        stories: Seconds since a story came, or was changed last, after which it is forgotten where nothing shows it any
            more; None: never.
    """

    stories: float | None = None


class ServeSettings(Noun):
    """Where the outputs are served.

    Attributes:
        host: Address to listen on.
        port: TCP port.
        operator: Who may see the operator's pages; None: nobody, and there are none.
        push: Whether hubs (WebSub) of sources are asked to call here when there are news.
        hub: Whether there is a hub of our own, which tells subscribers when a feed changes.
        hub_networks: Private networks in which it may call them all the same.
    """

    host: str = "127.0.0.1"
    port: int = 8008
    operator: Auth | None = None
    push: bool = False
    hub: bool = False
    hub_networks: tuple[Network, ...] = ()


class Channel(Noun):
    """A published feed: which stories, how many, in which formats.

    Attributes:
        id: For its addresses: lower-case letters, digits, `-`, `_`.
        title: For people; empty: the site's title.
        description: For people; empty: made from the title.
        tags: A story is in when one of its sources has one of these; empty: any.
        sources: Or when one of its sources is one of these; empty: any.
        languages: And when its language is one of these (`ru` takes `ru-RU`, too); empty: any.
        match: And when it matches this SQLite full-text query; empty: any.
        exclude: And not when it matches this one; empty: none is left out.
        limit: Stories at most; with an archive, the feed shows beyond them what came late.
        archive: So many older ones stay within reach, in archive documents (RFC 5005); 0: none.
        formats: Names from `syndicator.publish.FORMATS`.
        inline_profiles: Whether each item links to its publisher's profiles; of a feed of one source the feed does.
    """

    id: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    match: str = ""
    exclude: str = ""
    limit: int = 200
    archive: int = 0
    formats: tuple[str, ...] = ("rss", "atom", "json")
    inline_profiles: bool = False


class Config(Noun):
    """Everything the operator decided.

    Attributes:
        root: The folder with the files; `file:` sources lie below it.
        site: Names and addresses of the outputs.
        paths: Database and published files.
        fetch: How sources are asked.
        schedule: When.
        serve: Where the outputs are served.
        sources: Including subscription lists (kind `list`).
        channels: At least one.
        keep: How long stories are remembered.
        warnings: What can be taken, but is hardly what the operator wants: each with its file and line, in a sentence.
    """

    root: Path
    site: Site
    paths: Paths
    fetch: FetchSettings
    schedule: Schedule
    serve: ServeSettings
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    keep: Keep = Keep()
    warnings: tuple[str, ...] = ()
