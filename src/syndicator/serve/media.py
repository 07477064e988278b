"""The kinds of file that are served, by suffix, and where feeds lead to. No other file exists for a client."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from syndicator.model.noun import Noun, replace

DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'; sandbox"
"""For whatever is no page of ours: a feed holds other people's words, and must not run as a document of our origin."""

PAGE_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For pages: our own style sheet and icon; nothing of other hosts, no scripts, forms or frames."""


class Kind(Noun):
    """What a client is told about a file.

    Attributes:
        media_type: Value of `Content-Type`.
        policy: Value of `Content-Security-Policy`.
        shared: Whether scripts of any origin may read it: so a reader that lives in a browser can subscribe.
        is_feed: Whether it is a feed.
        links: Header fields that say where it leads.
    """

    media_type: bytes
    policy: bytes = DATA_POLICY
    shared: bool = True
    is_feed: bool = False
    links: tuple[tuple[bytes, bytes], ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        ".html": Kind(media_type=b"text/html; charset=utf-8", policy=PAGE_POLICY, shared=False),
        ".css": Kind(media_type=b"text/css; charset=utf-8", shared=False),
        ".rss": Kind(media_type=b"application/rss+xml; charset=utf-8", is_feed=True),
        ".atom": Kind(media_type=b"application/atom+xml; charset=utf-8", is_feed=True),
        ".json": Kind(media_type=b"application/json"),  # RFC 8259, section 11: it has no charset parameter
        ".jsonld": Kind(media_type=b"application/ld+json"),
        ".opml": Kind(media_type=b"text/x-opml; charset=utf-8"),
    }
)
"""The table that a new suffix joins."""

_JSON_SCHEMA = Kind(media_type=b"application/schema+json")
_JSON_FEED = Kind(media_type=b"application/feed+json", is_feed=True)


def kind_of(name: str) -> Kind | None:
    """The kind of the file `name`, a path below the published folder; None: it is not served.

    JSON below `feeds/`, and the feed of events, is JSON Feed, whose media type is its own (JSON Feed 1.1, "Discovery").
    """
    suffix = PurePosixPath(name).suffix
    if name.endswith(".schema.json"):
        return _JSON_SCHEMA
    is_feed = suffix == ".json" and (name.startswith("feeds/") or name == "social-events.json")
    return _JSON_FEED if is_feed else KINDS.get(suffix)


class Links(Noun, kw_only=False):
    """Where header fields of feeds lead: to the hubs where one can ask to be told of their changes, and to themselves.

    WebSub, section 4; RFC 8288.

    Attributes:
        base_url: Where subscribers reach the published files, in ASCII.
        hubs: Addresses of hubs, likewise; none: feeds lead nowhere.
    """

    base_url: str = ""
    hubs: tuple[str, ...] = ()

    def kind_of(self, name: str) -> Kind | None:
        """The kind of a file (`media.kind_of`), with its links; an archive document never changes, and has none."""
        kind = kind_of(name)
        if kind is None or not kind.is_feed or not self.hubs or name.count("/") > 1:
            return kind
        places = [*((hub, "hub") for hub in self.hubs), (self.base_url + name, "self")]
        return replace(kind, links=tuple((b"link", f'<{href}>; rel="{rel}"'.encode("ascii")) for href, rel in places))


NO_LINKS = Links()
