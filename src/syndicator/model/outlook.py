"""What another configuration would change, told before it is taken."""

from collections.abc import Mapping
from typing import Literal

from syndicator.model.noun import Noun, field
from syndicator.model.source import Source


class Setting(Noun):
    """A setting that is another than before.

    Attributes:
        name: As it is written, with its table where it stands in one: "tags", "site.title".
        before: Its value, which JSON can hold.
        after: Likewise.
        shown: Whether the values are known, and may be seen; else they are None.
    """

    name: str
    before: object = None
    after: object = None
    shown: bool = True


class SourceChange(Noun):
    """What becomes of a source.

    Attributes:
        change: It is new; rests, since nothing names it any more; is polled again after it rested; or is another.
        source: As it would be; one that rests, as it was.
        articles: How many of it are stored.
        settings: What is other than before.
        was: The id of a source that would rest and is asked in the very same way: this one begins anew; empty: none.
    """

    change: Literal["add", "rest", "return", "change"]
    source: Source
    articles: int = 0
    settings: tuple[Setting, ...] = ()
    was: str = ""


class PublishedItem(Noun):
    """A story as a published feed shows it.

    Attributes:
        title: Plain text.
        mode: How much of it is shown: "headline", "excerpt" or "full"; empty: the format does not say.
        digest: Of all that is said of it.
    """

    title: str
    mode: str = ""
    digest: bytes = b""


class PublishedFeed(Noun):
    """What a published feed shows.

    Attributes:
        head: What it says of itself, by the settings that decide it.
        items: Its stories by id, in their order.
    """

    head: Mapping[str, object]
    items: Mapping[str, PublishedItem] = field(default_factory=dict)


class ChannelChange(Noun):
    """What becomes of a channel.

    Attributes:
        change: It is new; ends, so that its files are removed; or is another.
        id: Its own.
        title: For people.
        stories: How many its feed would show; one that ends, shows.
        gains: Stories that its feed would show at once, and does not now: id and title, the newest first.
        loses: Stories that it shows, and would show no more; likewise.
        otherwise: How many it would show in other words, or at greater or lesser length.
        modes: Of these, how many would be shown in another mode, by the modes before and after.
        appears: Names of files that would be new.
        vanishes: Names of files that would be removed.
        settings: What is other than before.
        unread: Whether what it shows now could not be read, so that nobody can tell gains and losses.
    """

    change: Literal["add", "end", "change"]
    id: str
    title: str
    stories: int
    gains: tuple[tuple[str, str], ...] = ()
    loses: tuple[tuple[str, str], ...] = ()
    otherwise: int = 0
    modes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    appears: tuple[str, ...] = ()
    vanishes: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    unread: bool = False


class Outlook(Noun):
    """All of it.

    Attributes:
        sources: Of which something becomes.
        channels: Likewise.
        settings: Of all else, with their tables.
    """

    sources: tuple[SourceChange, ...] = ()
    channels: tuple[ChannelChange, ...] = ()
    settings: tuple[Setting, ...] = ()
