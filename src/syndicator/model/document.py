"""A feed before any format: what every output format renders."""

from datetime import datetime
from typing import Literal

from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.noun import Noun
from syndicator.model.social import Credit

Mode = Literal["nothing", "headline", "excerpt", "full"]
"""How much of an article is shown: title, link and names; an excerpt beside them; or everything."""


class Link(Noun):
    """A link of an item or a feed (RFC 4287, section 4.2.7).

    Attributes:
        rel: What it is to the item: `via`, `related`, `replies`, `me`.
        href: Where it leads.
        type: Media type, or empty.
        title: For people, or empty.
        platform: Of a link to a social platform, its id; empty: it is none.
        kind: Likewise, what is there: profile, post, discussion.
        owner: Likewise, whose it is.
        handle: Likewise, the account's name, or empty.
        confidence: Likewise, how sure all that is, 0 to 1.
    """

    rel: str
    href: str
    type: str = ""
    title: str = ""
    platform: str = ""
    kind: str = ""
    owner: str = ""
    handle: str = ""
    confidence: float = 0.0


class Item(Noun):
    """One story as it is published; the source's `republish` setting has been applied.

    Attributes:
        id: IRI, for ever the same.
        url: The original article; empty: none that a reader could open.
        title: Plain text, never empty.
        summary: Plain text, possibly empty.
        html: Sanitised body, possibly empty.
        published: In UTC.
        updated: In UTC, never before `published`.
        origin: Who published the lead: its source, or where that took it from.
        authors: In order.
        categories: In order.
        language: BCP 47 tag, or empty.
        image: The leading picture, or empty.
        enclosures: In order.
        links: `via` for each further copy, with its source's title; `related`, `replies`, …
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        credits: Photographers, agencies.
        mode: How much of it is shown: "headline", "excerpt" or "full".
        license: Address of its licence, or empty.
        tdm: Whether its text is reserved from mining (TDMRep); None: nothing is said.
        sponsored: Whether it is an advertisement, and says so.
        until: When it is to disappear; None: never.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    origin: Origin
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    links: tuple[Link, ...] = ()
    comments: str = ""
    rights: str = ""
    credits: tuple[Credit, ...] = ()
    mode: Mode = "excerpt"
    license: str = ""
    tdm: bool | None = None
    sponsored: bool = False
    until: datetime | None = None


class Tombstone(Noun):
    """An item that was published, and is no more (RFC 6721).

    Attributes:
        id: The item's.
        gone_at: When it was withdrawn, or became part of another.
    """

    id: str
    gone_at: datetime


class Document(Noun):
    """A feed.

    Attributes:
        id: IRI, for ever the same.
        channel: The channel's id, for file names.
        title: Plain text.
        description: Plain text, never empty.
        url: Its landing page.
        feed_url: Its own address in the format that is rendered; `for_format` sets it.
        updated: When its newest item came or changed: from data, so that equal data give equal bytes.
        items: The newest first.
        language: BCP 47 tag when all items share one, else empty.
        gone: Items that were here, the latest first; formats that cannot say so leave them out.
        profiles: Of a feed of one source, where its publisher is.
        older_url: The archive document with what came before, in the same format (RFC 5005, section 4); empty: none.
        newer_url: Of an archive document, the one that was made next, in the same format; empty: none.
        current_url: Of an archive document, the feed that it belongs to, in the same format; empty: this is the feed.
        hubs: Addresses of hubs (WebSub) where one can ask to be told of its changes.
    """

    id: str
    channel: str
    title: str
    description: str
    url: str
    feed_url: str
    updated: datetime
    items: tuple[Item, ...]
    language: str = ""
    gone: tuple[Tombstone, ...] = ()
    profiles: tuple[Link, ...] = ()
    older_url: str = ""
    newer_url: str = ""
    current_url: str = ""
    hubs: tuple[str, ...] = ()

    @property
    def until(self) -> datetime | None:
        """When the first of its items is to disappear; None: none is."""
        return min((item.until for item in self.items if item.until), default=None)

    @property
    def reserved(self) -> bool:
        """Whether it holds an item whose text is reserved from mining: then so is the whole."""
        return any(item.tdm for item in self.items)
