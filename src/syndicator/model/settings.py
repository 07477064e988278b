"""The operator's configuration as the program sees it: immutable, complete, with all defaults filled in."""

import ipaddress
from pathlib import Path

from syndicator.model.noun import Noun
from syndicator.model.source import Auth, Republish, Source

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
"""A range of IP addresses."""


class Site(Noun):
    """How the outputs present themselves.

    Attributes:
        title: Name of the whole site.
        base_url: Address at which subscribers reach it; ends with a slash.
        social_confidence: How sure it must be, from 0 to 1, that a link is its publisher's, for the link to be
            published.
        republish: How much is published of articles for whose source nothing else is set.
        hubs: Addresses of WebSub hubs that are notified when a feed changes, and that feeds name.
        own_hub: Address of our own hub, which feeds name, too; empty if there is none.
    """

    title: str = "Syndicator"
    base_url: str = "http://127.0.0.1:8008/"
    social_confidence: float = 0.6
    republish: Republish = "excerpt"
    hubs: tuple[str, ...] = ()
    own_hub: str = ""

    @property
    def all_hubs(self) -> tuple[str, ...]:
        """Addresses of all hubs at which subscribers may subscribe to changes."""
        return (self.own_hub, *self.hubs) if self.own_hub else self.hubs


BESIDE_STORE = ("control.sock", "operator", "status.json", "status.new", "syndicator.lock")
"""Names of the files and folders that the program keeps beside the database, and replaces."""


class Paths(Noun):
    """Where files are kept; all paths are absolute.

    Attributes:
        store: The database; the control socket, the lock, the status file and the operator's pages lie beside it.
        public: The folder of published files.
    """

    store: Path
    public: Path

    @property
    def control(self) -> Path:
        """The control socket, on which the daemon accepts requests of commands."""
        return self.store.with_name("control.sock")

    @property
    def status(self) -> Path:
        """The status file, which the daemon writes each second, for health checks."""
        return self.store.with_name("status.json")

    @property
    def unfinished(self) -> Path:
        """The next status file while it is written; one that a killed service left behind is worthless."""
        return self.store.with_name("status.new")

    @property
    def operator(self) -> Path:
        """The folder with the operator's pages."""
        return self.store.with_name("operator")


class FetchSettings(Noun, unshown=("proxy",)):
    """Settings of requests to sources.

    Attributes:
        contact: Address of a page about this service, for the `User-Agent` field; empty if there is none.
        concurrency: The most requests that are in flight at once.
        host_spacing: Seconds from the end of one request to a host to the start of the next.
        allow_networks: Private networks in which addresses may be requested although they are private.
        proxy: Address of the HTTP proxy for all requests, with user and password if it needs them; empty if there is
            none.
        timeout: The most seconds that a whole exchange may take, redirects included.
        connect_timeout: The most seconds that name look-up, connection and TLS handshake may take together.
        max_body: The most bytes that a body may have, both as sent and as decoded.
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
    """When sources are polled; all values are seconds.

    Attributes:
        interval: Interval between polls of a source that sets none, until its own rhythm is known.
        min_interval: The shortest interval between polls, whatever a source says.
        max_interval: The longest interval between polls, unless a host demands a longer one.
    """

    interval: float = 1800.0
    min_interval: float = 300.0
    max_interval: float = 86400.0


class Keep(Noun):
    """How long stories are kept.

    Attributes:
        stories: Seconds after a story came, or last changed, after which it is deleted if nothing shows it any more;
            None means never.
    """

    stories: float | None = None


class ServeSettings(Noun):
    """Where the outputs are served, and which parts of WebSub are used.

    Attributes:
        host: Address to listen on.
        port: TCP port to listen on.
        operator: Credentials for the operator's pages; None if there are no such pages.
        push: Whether to subscribe at the WebSub hubs of sources, which then call us when there is news.
        hub: Whether to run a WebSub hub of our own, which sends changed feeds to subscribers.
        hub_networks: Private networks in which our own hub may call subscribers although they are private.
    """

    host: str = "127.0.0.1"
    port: int = 8008
    operator: Auth | None = None
    push: bool = False
    hub: bool = False
    hub_networks: tuple[Network, ...] = ()


class Channel(Noun):
    """A published feed: which stories it has, how many, and in which formats.

    Attributes:
        id: Unique name for its addresses: lower-case letters, digits, `-`, `_`.
        title: Title for people; empty means the site's title.
        description: Description for people; empty means one that is made from the title.
        tags: A story is included if one of its sources has one of these tags, or is named in `sources`.
        sources: Ids of sources whose stories are included, too; if this and `tags` are empty, all stories are included.
        languages: Restricts the feed to stories in these languages (`ru` includes `ru-RU`); empty means any language.
        match: Restricts the feed to stories that match this SQLite full-text query; empty means no restriction.
        exclude: Leaves out stories that match this SQLite full-text query; empty means that none is left out.
        limit: The most stories in the feed; with an archive, the feed also shows stories beyond them that came late.
        archive: How many older stories are kept in archive documents (RFC 5005); 0 means none.
        formats: Names from `syndicator.publish.FORMATS`.
        inline_profiles: Whether each item links to its publisher's profiles; in a feed of one source, the feed itself
            does.
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
        root: The folder with the configuration files; `file:` sources lie below it.
        site: Names and addresses of the outputs.
        paths: Where the database and the published files are.
        fetch: Settings of requests to sources.
        schedule: When sources are polled.
        serve: Where the outputs are served.
        sources: The configured sources, including subscription lists (kind `list`).
        channels: The channels, at least one.
        keep: How long stories are kept.
        warnings: What is valid, but hardly what the operator wants; each is a sentence with its file and line.
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
