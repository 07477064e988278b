"""An article on its way: `Entry` as found, `Article` normalized, `Story` with all its copies."""

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
        url: Absolute.
        type: Media type, or empty.
        length: Bytes, or None when unknown.
        title: Plain text, or empty.
    """

    url: str
    type: str = ""
    length: int | None = None
    title: str = ""


class Origin(Noun):
    """The feed that an item comes from (RSS `source`, `atom:source`).

    Attributes:
        id: An IRI that names the feed; of an entry as it was found, whatever stands there, or empty.
        title: Its name for people.
        feed_url: Its address; empty: unknown, or a private source's or a file.
        is_feed: Whether that is a feed, and no page, sitemap or channel that is read instead.
        site_url: Its page for people; empty: unknown.
        rights: Its copyright line, or empty.
    """

    id: str
    title: str
    feed_url: str = ""
    is_feed: bool = True
    site_url: str = ""
    rights: str = ""


class Text(Noun):
    """A piece of text and how it is to be read.

    Attributes:
        value: As found, with entities of the outer document resolved.
        html: Whether it is markup, or plain text.
        base: Address that its relative links start from; empty: the document's.
    """

    value: str
    html: bool = True
    base: str = ""

    @classmethod
    def plain(cls, value: str) -> "Text | None":
        """A plain text; None for an empty one."""
        return cls(value=value, html=False) if value else None


class Entry(Noun, unshown=("raw", "written", "found")):
    """An entry as its source has it: nothing cleaned, nothing guessed.

    Attributes:
        key: What identifies it inside its source: the guid, else its link, else a hash of what it says.
        guid: The source's own id (RSS `guid`, Atom `id`, JSON Feed `id`, RDF `about`); empty: none.
        url: Permalink, absolute, as the source gave it; empty: none.
        canonical: What an article page names as its canonical address; empty: none.
        external_url: The page a link blog's entry is about (JSON Feed `external_url`, Atom `rel=related`); empty: none.
        title: None: the entry has none.
        summary: A teaser, or None.
        content: The body, or None.
        published: As written; empty: none.
        updated: As written; empty: none.
        authors: In order.
        categories: In order, as written.
        section: The rubric («Экономика Москвы»), or empty.
        language: BCP 47 tag in force (xml:lang, JSON Feed `language`, HTML lang); empty: none.
        images: Absolute addresses, the leading picture first.
        enclosures: In order.
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        origin: The feed that it says it was taken from; None: it says nothing of that.
        social: Links to profiles and posts that the entry declares.
        credits: That the entry declares in fields of its own.
        raw: The entry's own bytes (XML element, JSON object), for replay.
        terms: What it declares of how it may be used.
        written: Digest of those bytes, and of what it inherits from its document (`parse.feeds.seen`); empty: unknown.
        found: Its `found_hash`, if it is known as it is written: then nothing is read of it but its key.
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
    """An entry, normalized: clean, canonical, in UTC, with footer and credits apart, and with its likeness keys.

    Attributes:
        source_id: Where it comes from.
        key: What identifies it inside its source (`Entry.key`).
        guid: The source's own id; empty: none.
        url: As the source gave it; empty: none.
        canonical_url: WHATWG-normalized, tracking parameters off; empty: none.
        claimed: Whether `canonical_url` belongs to somebody else: its registrable domain is not the source's, or a
            page's `rel=canonical` left its own. A claim joins only with other evidence, and never leads.
        external_url: The page that the article is about, when that is not itself; empty: none.
        title: Plain text, one line; empty: none.
        html: The body, sanitised, without footer and credit lines; empty: none.
        text: The same as plain text, a line for each block.
        own: The text without what is not the story's own in it; None: that is all of it.
        summary: Plain text teaser of the source itself; empty: none.
        published: In UTC; None: the source names none that can be read.
        updated: In UTC; None: likewise.
        published_raw: The date as written.
        whole_day: Whether that names a day alone, or its first moment: `published` is its beginning.
        authors: In order.
        categories: In order, without repeats.
        section: The rubric, or empty.
        language: BCP 47 tag; empty: unknown.
        images: Absolute addresses.
        enclosures: In order.
        comments: Address of the discussion, or empty.
        rights: Copyright line, or empty.
        origin: Who published it, where its source took it from another's feed; None: the source itself.
        social: Profiles, posts and labels that it shows.
        credits: Photographers, agencies.
        removed: What was cut from the body.
        found_hash: Of the entry as found, but for its id: an equal one needs no second look (`text.keys.found`).
        url_key: Likeness: digest of the canonical address's identity; empty: it identifies nothing.
        text_key: Likeness: digest of what it says, folded; empty: too short to identify anything.
        title_key: Likeness: digest of the folded title; empty: no title.
        paragraphs: Digests of the paragraphs that its source may repeat (`social.boilerplate.counted`).
        sketch: Likeness: of the words of what it says (`text.likeness`); empty: too few to tell anything.
        raw: The entry's own bytes.
        terms: What it declares of how it may be used.
        sponsored: Whether a line of it says that it is paid for: `erid`, «На правах рекламы», "Sponsored content".
        flagged: Whether so much of its body looked like furniture that nothing was taken out.
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
        """What it is known by."""
        return self.source_id, self.key

    @property
    def said(self) -> str:
        """The text by which it is compared with others."""
        return self.text if self.own is None else self.own


class Copy(Noun, uncompared=("number", "key")):
    """One source's copy of a story.

    Attributes:
        source_id: Who has it.
        url: As that source gave it; empty: none.
        canonical_url: Normalized; empty: none.
        guid: That source's own id; empty: none.
        first_seen: When we first saw it there.
        reason: The layer that joined it to the story: "first", "url", "post", "text", "near", "join" (the operator's
            word), "split" (likewise: it opened its story).
        number: The store's, of the article.
        key: What identifies it inside its source.
        detail: What the layer had measured, as JSON; empty: nothing.
        hidden: Whether its page must not be named in public, or not for ever.
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
        """What it is known by."""
        return self.source_id, self.key


class Story(Noun):
    """What a subscriber sees: one item, whoever carried it.

    Attributes:
        id: The store's number.
        guid: The public id: an IRI, kept for ever.
        lead: The copy whose words are published.
        copies: Every copy, the lead's included, by first sight.
        first_seen: When its first copy arrived.
        sort_at: What it is ordered by: the date that its first copy came with, but never later than its arrival. A
            day alone counts as its arrival, or its end, if it came by the next day.
        updated: When title, text, link or enclosures last changed in substance.
    """

    id: int
    guid: str
    lead: Article
    copies: tuple[Copy, ...]
    first_seen: datetime
    sort_at: datetime
    updated: datetime
