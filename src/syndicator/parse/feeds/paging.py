"""Where a feed's older entries are: in the next page (RFC 5005, section 3), or an archive document (section 4)."""

from collections.abc import Iterable

from syndicator.parse.feeds.constructs import Link
from syndicator.text.urls import authority

_RELATIONS = ("prev-archive", "next")


def older_of(links: Iterable[Link], url: str) -> str:
    """The address of the entries that come before a feed's oldest; empty: there is none on its own host.

    Args:
        links: The feed's.
        url: Where the document lies; empty: nowhere.
    """
    found = {link.rel: link.url for link in reversed([*links]) if link.rel in _RELATIONS}
    return next((it for name in _RELATIONS if (it := near(found.get(name, ""), url))), "")


def near(address: str, url: str) -> str:
    """An address, if it is another one on the host of `url`, asked in the same manner; else empty."""
    there, here = (it.partition("#")[0] for it in (address, url))
    is_near = bool(there) and there != here and authority(there) == authority(here)
    return there if is_near and there.partition(":")[0] == here.partition(":")[0] else ""
