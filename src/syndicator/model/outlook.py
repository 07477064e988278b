"""What another configuration would change, shown before it is applied."""

from collections.abc import Mapping
from typing import Literal

from syndicator.model.noun import Noun, field
from syndicator.model.source import Source


class Setting(Noun):
    """A setting that has changed.

    Attributes:
        name: Its name as it is written, with its table if it has one: "tags", "site.title".
        before: Its value before, which JSON can hold.
        after: Its value after the change, which JSON can hold.
        shown: Whether the values are known and may be shown; if not, they are None.
    """

    name: str
    before: object = None
    after: object = None
    shown: bool = True


class SourceChange(Noun):
    """What another configuration would change of a source.

    Attributes:
        change: `add`: it is new. `rest`: it is no longer polled, since nothing names it any more. `return`: it is
            polled again after it rested. `change`: its settings change.
        source: The source as it would be; for `rest`, as it was.
        articles: How many of its articles are stored.
        settings: The settings that change.
        was: The id of a source that would rest and is requested in exactly the same way, whose articles this new one
            does not take over; else empty.
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
        mode: How much of it is shown: "headline", "excerpt" or "full"; empty if the format does not say.
        digest: Digest of everything that the feed says of it.
    """

    title: str
    mode: str = ""
    digest: bytes = b""


class PublishedFeed(Noun):
    """What a published feed shows.

    Attributes:
        head: What the feed says of itself, by the names of the settings that decide it.
        items: Its stories by id, in the feed's order.
    """

    head: Mapping[str, object]
    items: Mapping[str, PublishedItem] = field(default_factory=dict)


class ChannelChange(Noun):
    """What another configuration would change of a channel.

    Attributes:
        change: `add`: it is new. `end`: it ends, so that its files are removed. `change`: it changes.
        id: The channel's id.
        title: Its title for people.
        stories: How many stories its feed would show; for `end`, how many it shows now.
        gains: Stories that its feed would show at once and does not show now: id and title, the newest first.
        loses: Stories that its feed shows now and would no longer show: id and title, the newest first.
        otherwise: How many stories it would show in other words, or at greater or lesser length.
        modes: How many of these would be shown in another mode, by pairs of the modes before and after.
        appears: Names of files that would be new.
        vanishes: Names of files that would be removed.
        settings: The settings that change.
        unread: Whether the feed that it publishes now could not be read, so that `gains` and `loses` are unknown.
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
    """Everything that another configuration would change.

    Attributes:
        sources: The changes of sources.
        channels: The changes of channels.
        settings: All other settings that change, named with their tables.
    """

    sources: tuple[SourceChange, ...] = ()
    channels: tuple[ChannelChange, ...] = ()
    settings: tuple[Setting, ...] = ()
