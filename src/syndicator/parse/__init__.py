"""Read the body of a source into entries: `KINDS` has a line for each kind of source."""

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
        parse: Reads a body of that kind, without the entries that are known; raises `Unreadable`.
        options: The noun that holds the settings of that kind alone; None: it has none.
    """

    parse: Callable[[Response, Source, Seen | None], Parsed]
    options: type[Noun] | None = None


def _whole(parse: Callable[[Response, Source], Parsed], options: type[Noun] | None = None) -> Kind:
    """Make a kind whose parser ignores what is known, and reads every entry each time."""
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
"""The kinds of sources, by the names that `Source.kind` has."""


def parse(response: Response, source: Source, known: Seen | None = None) -> Parsed:
    """Read a body as the kind of its source wants it.

    Args:
        response: The answer, with its complete body.
        source: The source: its `kind` selects the parser, its other settings are options of that.
        known: Entries that need not be read again; None: all are read.

    Raises:
        Unreadable: The body is empty, broken or something else; the message says what, the remedy what to do.
    """
    return KINDS[source.kind].parse(unpacked(response), source, known)
