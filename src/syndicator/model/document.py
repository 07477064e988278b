"""A feed to be published, independent of formats: what every output format renders."""

from datetime import datetime
from typing import Literal

from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.noun import Noun
from syndicator.model.social import Credit

Mode = Literal["nothing", "headline", "excerpt", "full"]
"""How much of an article is shown.

`nothing`: it is left out. `headline`: title, link and names. `excerpt`: these and an excerpt. `full`: everything.
"""


class Link(Noun):
    """A link of an item or a feed (RFC 4287, section 4.2.7).

    Attributes:
        rel: Its relation to the item or feed: `via`, `related`, `replies`, `me`.
        href: The address that it leads to.
        type: Media type, or empty.
        title: Title for people, or empty.
        platform: The id of the social platform that it leads to; empty if it leads to none, and then the fields below
            are unset.
        kind: What is there: profile, post, discussion.
        owner: Whose it is.
        handle: The account's name, or empty.
        confidence: How sure all that is, from 0 to 1.
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
        id: IRI that never changes.
        url: Address of the original article; empty if there is none that a reader could open.
        title: Plain text, never empty.
        summary: Plain text, possibly empty.
        html: Sanitised body, possibly empty.
        published: Date of publication, in UTC.
        updated: Date of the last change, in UTC, never before `published`.
        origin: The feed that published the leading copy: its source, or the feed that this source took it from.
        authors: The authors, in order.
        categories: The categories, in order.
        language: BCP 47 tag, or empty.
        image: The leading picture, or empty.
        enclosures: The enclosures, in order.
        links: A `via` link for each further copy, titled with its source's name; `related`, `replies`, …
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        credits: Who made its pictures and videos.
        mode: How much of it is shown: "headline", "excerpt" or "full".
        license: Address of its licence, or empty.
        tdm: Whether its text is reserved from text and data mining (TDMRep); None if nothing is said.
        sponsored: Whether it says that it is an advertisement.
        until: When it is to disappear; None means never.
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
    """An item that was published and has been withdrawn (RFC 6721).

    Attributes:
        id: The item's id.
        gone_at: When it was withdrawn, or became part of another item.
    """

    id: str
    gone_at: datetime


class Document(Noun):
    """A feed to be published.

    Attributes:
        id: IRI that never changes.
        channel: The channel's id, for file names.
        title: Plain text.
        description: Plain text, never empty.
        url: Address of its web page.
        feed_url: Its own address in the format that is rendered; `for_format` sets it.
        updated: When its newest item came or changed; taken from the data, so that equal data give equal bytes.
        items: The items, the newest first.
        language: BCP 47 tag if all items share one language, else empty.
        gone: Items that were in it, the one withdrawn last first; formats without a means to say so leave them out.
        profiles: For a feed of one source, links to its publisher's profiles.
        older_url: Address of the archive document with the preceding items, in the same format (RFC 5005, section 4);
            or empty.
        newer_url: For an archive document, the address of the one made after it, in the same format; or empty.
        current_url: For an archive document, the address of the feed that it belongs to, in the same format; empty if
            this document is that feed.
        hubs: Addresses of WebSub hubs at which one can subscribe to its changes.
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
        """When the first of its items is to disappear; None if none is."""
        return min((item.until for item in self.items if item.until), default=None)

    @property
    def reserved(self) -> bool:
        """Whether the whole document is reserved from mining: it is if the text of one of its items is."""
        return any(item.tdm for item in self.items)
