"""Bytes to entries: every kind of source is one line in `KINDS`."""

from collections.abc import Callable

from syndicator.model.noun import Noun
from syndicator.model.outcome import Parsed
from syndicator.model.source import JsonPaths, Select, Source
from syndicator.model.web import Response
from syndicator.parse import any_json, feed, lists, sitemap
from syndicator.parse.decoding.packed import unpacked
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds.seen import Seen

__all__ = ["KINDS", "Kind", "Unreadable", "parse"]


class Kind(Noun, kw_only=False):
    """A kind of source.

    Attributes:
        parse: Reads a body of it, but for what is known; raises `Unreadable`.
        options: The noun of its own settings, or None.
    """

    parse: Callable[[Response, Source, Seen | None], Parsed]
    options: type[Noun] | None = None


def _whole(parse: Callable[[Response, Source], Parsed], options: type[Noun] | None = None) -> Kind:
    """A kind that reads everything each time."""
    return Kind(lambda response, source, _known: parse(response, source), options)


def _telegram(response: Response, source: Source) -> Parsed:
    from syndicator.parse import telegram  # noqa: PLC0415 - pages need libraries that feeds can do without

    return telegram.parse(response, source)


KINDS: dict[str, Kind] = {
    "auto": Kind(feed.auto),
    "feed": Kind(feed.parse),
    "page": _whole(feed.page, Select),
    "json": Kind(any_json.parse, JsonPaths),
    "list": _whole(lists.parse),
    "sitemap": _whole(sitemap.parse),
    "telegram": _whole(_telegram),
}
"""What a source can be; the names are those of `Source.kind`."""


def parse(response: Response, source: Source, known: Seen | None = None) -> Parsed:
    """Read a body as its source's kind.

    Args:
        response: A complete body.
        source: Its kind, and what it is called in failures.
        known: Entries that need not be read again; None: all are read.

    Raises:
        Unreadable: The body is empty, broken or something else; the message says what, the remedy what to do.
    """
    return KINDS[source.kind].parse(unpacked(response), source, known)
