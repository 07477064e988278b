"""Find a feed's older entries: on its next page (RFC 5005, section 3), or in an archive document (section 4)."""

from collections.abc import Iterable

from syndicator.parse.feeds.constructs import Link
from syndicator.text.urls import authority

_RELATIONS = ("prev-archive", "next")
"""Relations of links to older entries, the preferred one first."""


def older_of(links: Iterable[Link], url: str) -> str:
    """Give the address of the document with a feed's next older entries; empty: there is none on the feed's host.

    Args:
        links: The feed's links.
        url: The document's address; empty: it has none.
    """
    found = {link.rel: link.url for link in reversed([*links]) if link.rel in _RELATIONS}
    return next((it for name in _RELATIONS if (it := near(found.get(name, ""), url))), "")


def near(address: str, url: str) -> str:
    """Give an address, without fragment, if it differs from `url`, but has its scheme and host; else empty."""
    there, here = (it.partition("#")[0] for it in (address, url))
    is_near = bool(there) and there != here and authority(there) == authority(here)
    return there if is_near and there.partition(":")[0] == here.partition(":")[0] else ""
