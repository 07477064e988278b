"""An article in its three stages: `Entry` as found, `Article` normalized, `Story` with all its copies."""

from datetime import datetime

from syndicator.model.decision import Identity
from syndicator.model.noun import Noun
from syndicator.model.rights import NO_TERMS, Rights
from syndicator.model.social import Credit, RemovedLine, SocialLink


class Person(Noun):
    """An author (RFC 4287, section 3.2)."""

    name: str
    url: str = ""
    email: str = ""


class Enclosure(Noun):
    """A file that belongs to an article (RSS `enclosure`, Atom `rel=enclosure`, JSON Feed `attachments`).

    Attributes:
        url: Absolute address.
        type: Media type, or empty.
        length: Size in bytes; None when unknown.
        title: Plain text, or empty.
    """

    url: str
    type: str = ""
    length: int | None = None
    title: str = ""


class Origin(Noun):
    """The feed that an item comes from (RSS `source`, `atom:source`).

    Attributes:
        id: An IRI that identifies the feed. In an `Entry`, as found: whatever the feed says, or empty.
        title: The feed's name for people.
        feed_url: The feed's address; empty if it is unknown, a private source's, or a file.
        is_feed: Whether `feed_url` is a feed, not a page, sitemap or channel that is read in place of one.
        site_url: Address of the web page that the feed belongs to; empty if unknown.
        rights: The feed's copyright line, or empty.
    """

    id: str
    title: str
    feed_url: str = ""
    is_feed: bool = True
    site_url: str = ""
    rights: str = ""


class Text(Noun):
    """A piece of text, and whether it is plain text or HTML.

    Attributes:
        value: The text as found, with entities of the outer document resolved.
        html: Whether it is HTML; if not, it is plain text.
        base: Base address of its relative links; empty means the document's.
    """

    value: str
    html: bool = True
    base: str = ""

    @classmethod
    def plain(cls, value: str) -> "Text | None":
        """Make a plain text; return None for an empty string."""
        return cls(value=value, html=False) if value else None


class Entry(Noun, unshown=("raw", "written", "found")):
    """An entry as its source has it: nothing is cleaned or guessed.

    Attributes:
        key: What identifies it inside its source: the guid, else its link, else a hash of what it says.
        guid: The source's own id (RSS `guid`, Atom `id`, JSON Feed `id`, RDF `about`); empty if it has none.
        url: Permalink, absolute, as the source gave it; empty if it has none.
        canonical: The canonical address that an article page names; empty if it names none.
        external_url: The page that a link blog's entry is about (JSON Feed `external_url`, Atom `rel=related`), or
            empty.
        title: The title, or None.
        summary: A teaser, or None.
        content: The body, or None.
        published: The date of publication as written, or empty.
        updated: The date of the last change as written, or empty.
        authors: The authors, in the entry's order.
        categories: The categories as written, in the entry's order.
        section: The section of the site («Экономика Москвы»), or empty.
        language: BCP 47 tag in force (xml:lang, JSON Feed `language`, HTML lang), or empty.
        images: Absolute addresses, the leading picture first.
        enclosures: The enclosures, in the entry's order.
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        origin: The feed that it says it was taken from; None if it says nothing of that.
        social: Links to profiles and posts that the entry declares.
        credits: Credits that the entry declares in fields of its own.
        raw: The entry's own bytes (XML element, JSON object), for replay.
        terms: What it declares of how it may be used.
        written: Digest of `raw` and of what the entry inherits from its document (`parse.feeds.seen`); empty if
            unknown.
        found: The `found_hash` of a known entry whose bytes have not changed; then no field but `key` is read. Else
            empty.
    """

    key: str
    guid: str = ""
    url: str = ""
    canonical: str = ""
    external_url: str = ""
    title: Text | None = None
    summary: Text | None = None
    content: Text | None = None
    published: str = ""
    updated: str = ""
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    images: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""
    rights: str = ""
    origin: Origin | None = None
    social: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    raw: bytes = b""
    terms: Rights = NO_TERMS
    written: bytes = b""
    found: bytes = b""


class Article(Noun, unshown=("raw",)):
    """A normalized entry: sanitised, with canonical address, dates in UTC, and footer and credits apart from its body.

    Attributes:
        source_id: The id of the source that it comes from.
        key: What identifies it inside its source (`Entry.key`).
        guid: The source's own id; empty if it has none.
        url: Its address as the source gave it; empty if it has none.
        canonical_url: Its address, normalized by the WHATWG URL standard and without tracking parameters; or empty.
        claimed: Whether `canonical_url` belongs to somebody else: its registrable domain is not the source's, or a
            page's `rel=canonical` leads to another domain than the page's. A claimed address joins stories only with
            other evidence, and never leads one.
        external_url: The page that the article is about, when that is not its own; else empty.
        title: Plain text, one line; or empty.
        html: The body, sanitised, without footer and credit lines; or empty.
        text: The body as plain text, a line for each block.
        own: The part of `text` that is the story's own, without what the source repeats; None if that is all of it.
        summary: The source's own teaser, as plain text.
        published: The date of publication, in UTC; None if the source names none that can be read.
        updated: The date of the last change, in UTC; None if the source names none that can be read.
        published_raw: The date of publication as written.
        whole_day: Whether that date names only a day, or a day's first moment; `published` is then the beginning of the
            day.
        authors: The authors, in the entry's order.
        categories: The categories, in the entry's order, without repeats.
        section: The section of the site, or empty.
        language: BCP 47 tag; empty if unknown.
        images: Absolute addresses.
        enclosures: The enclosures, in the entry's order.
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        origin: The feed that published it, if its source took it from another's; None if the source itself published
            it.
        social: Profiles, posts and labels that it shows.
        credits: Who made its pictures and videos.
        removed: Paragraphs that were cut from the body.
        found_hash: Hash of the entry as found, except its id; an entry with an equal hash is unchanged
            (`text.keys.found`).
        url_key: Likeness key: digest of what identifies the canonical address; empty if it identifies nothing.
        text_key: Likeness key: digest of its folded text; empty if that is too short to identify anything.
        title_key: Likeness key: digest of its folded title; empty if it has no title.
        paragraphs: Digests of the paragraphs that its source may repeat (`social.boilerplate.counted`).
        sketch: Likeness key: sketch of the words of its text (`text.likeness`); empty if there are too few to tell
            anything.
        raw: The entry's own bytes.
        terms: What it declares of how it may be used.
        sponsored: Whether a line of it says that it is paid for: `erid`, «На правах рекламы», "Sponsored content".
        flagged: Whether so much of its body looked like boilerplate that nothing was removed.
    """

    source_id: str
    key: str
    guid: str = ""
    url: str = ""
    canonical_url: str = ""
    claimed: bool = False
    external_url: str = ""
    title: str = ""
    html: str = ""
    text: str = ""
    own: str | None = None
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    published_raw: str = ""
    whole_day: bool = False
    authors: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    images: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""
    rights: str = ""
    origin: Origin | None = None
    social: tuple[SocialLink, ...] = ()
    credits: tuple[Credit, ...] = ()
    removed: tuple[RemovedLine, ...] = ()
    found_hash: bytes = b""
    url_key: bytes = b""
    text_key: bytes = b""
    title_key: bytes = b""
    paragraphs: tuple[int, ...] = ()
    sketch: bytes = b""
    raw: bytes = b""
    terms: Rights = NO_TERMS
    sponsored: bool = False
    flagged: bool = False

    @property
    def identity(self) -> Identity:
        """Its source's id and its key, by which it is known."""
        return self.source_id, self.key

    @property
    def said(self) -> str:
        """The text by which it is compared with other articles."""
        return self.text if self.own is None else self.own


class Copy(Noun, uncompared=("number", "key")):
    """One source's copy of a story.

    Attributes:
        source_id: The id of the source that has it.
        url: Its address as that source gave it, or empty.
        canonical_url: Its normalized address, or empty.
        guid: That source's own id of it, or empty.
        first_seen: When we first saw it there.
        reason: The layer that joined it to the story: "first", "url", "post", "text", "near"; "join" or "split" when
            the operator joined it or made it a story of its own.
        number: The article's number in the store.
        key: What identifies it inside its source.
        detail: What the layer measured, as JSON; empty if it measured nothing.
        hidden: Whether its page must not be named in public, or not for ever (`Rights.hides`).
    """

    source_id: str
    url: str
    canonical_url: str
    guid: str
    first_seen: datetime
    reason: str
    number: int = 0
    key: str = ""
    detail: str = ""
    hidden: bool = False

    @property
    def identity(self) -> Identity:
        """Its source's id and its key, by which it is known."""
        return self.source_id, self.key


class Story(Noun):
    """What a subscriber sees as one item, however many sources carry it.

    Attributes:
        id: The story's number in the store.
        guid: The public id: an IRI that never changes.
        lead: The article of the leading copy, whose words are published.
        copies: Every copy, the leading one included, in the order in which they were first seen.
        first_seen: When its first copy arrived.
        sort_at: The date by which stories are ordered: the date that its first copy named, but never later than that
            copy's arrival. A date that names only a day counts as the arrival, or as the day's end if the copy arrived
            by the next day.
        updated: When title, text, link or enclosures last changed in substance.
    """

    id: int
    guid: str
    lead: Article
    copies: tuple[Copy, ...]
    first_seen: datetime
    sort_at: datetime
    updated: datetime
