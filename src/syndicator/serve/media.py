"""The kinds of files that are served, by suffix, and the links in header fields of feeds; no other file is served."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from syndicator.model.noun import Noun, replace

DATA_POLICY = b"default-src 'none'; frame-ancestors 'none'; sandbox"
"""The content security policy for everything except our pages.

A feed contains other people's text, and must not be run as a document of our origin.
"""

PAGE_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The content security policy for pages: our own style sheet and icon; no other hosts, scripts, forms or frames."""


class Kind(Noun):
    """A kind of file, by what its header fields say.

    Attributes:
        media_type: The value of `Content-Type`.
        policy: The value of `Content-Security-Policy`.
        shared: Whether scripts of any origin may read it, so that feed readers that run in a browser can subscribe.
        is_feed: Whether it is a feed.
        links: The header fields with its links to hubs and to itself.
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
"""The kinds of files by suffix; a new suffix is added here."""

_JSON_SCHEMA = Kind(media_type=b"application/schema+json")
_JSON_FEED = Kind(media_type=b"application/feed+json", is_feed=True)


def kind_of(name: str) -> Kind | None:
    """The kind of the file `name`, a path below the published folder; None if it is not served.

    JSON below `feeds/`, and the feed of events, is JSON Feed, whose media type is its own (JSON Feed 1.1, "Discovery").
    """
    suffix = PurePosixPath(name).suffix
    if name.endswith(".schema.json"):
        return _JSON_SCHEMA
    is_feed = suffix == ".json" and (name.startswith("feeds/") or name == "social-events.json")
    return _JSON_FEED if is_feed else KINDS.get(suffix)


class Links(Noun, kw_only=False):
    """The links in the header fields of feeds: to hubs, at which programs subscribe to changes, and to themselves.

    They follow WebSub, section 4, and RFC 8288.

    Attributes:
        base_url: The address at which subscribers reach the published files, in ASCII.
        hubs: The addresses of hubs, in ASCII; without any, feeds have no links.
    """

    base_url: str = ""
    hubs: tuple[str, ...] = ()

    def kind_of(self, name: str) -> Kind | None:
        """The kind of a file (`media.kind_of`), with its links; archive documents, which never change, have none."""
        kind = kind_of(name)
        if kind is None or not kind.is_feed or not self.hubs or name.count("/") > 1:
            return kind
        places = [*((hub, "hub") for hub in self.hubs), (self.base_url + name, "self")]
        return replace(kind, links=tuple((b"link", f'<{href}>; rel="{rel}"'.encode("ascii")) for href, rel in places))


NO_LINKS = Links()
