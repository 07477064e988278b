"""What the operator subscribes to, and what is remembered of it between polls."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NewType

from syndicator.model.manners import Hints, Pace
from syndicator.model.noun import Noun, field
from syndicator.model.social import SocialLink
from syndicator.model.web import Validators

Republish = Literal["headline", "excerpt", "licensed", "full"]
"""How much of a source's articles is published: the title; an excerpt, too; that, or everything where the article's own
licence lets anybody republish it; or everything. What a page forbids counts before that (`publish.terms`)."""


class Auth(Noun, unshown=("password", "bearer")):
    """Credentials of a private source: user and password (RFC 7617), or a bearer token (RFC 6750)."""

    username: str = ""
    password: str = ""
    bearer: str = ""


Selector = NewType("Selector", str)
"""A CSS selector; empty: none."""
JsonPath = NewType("JsonPath", str)
"""A path into JSON (`text.json_paths`); empty: where it starts."""
JsonTemplate = NewType("JsonTemplate", str)
"""A path into JSON, or a text with such in braces; empty: none."""


class Select(Noun):
    """Options of the kind `page`: CSS selectors, each inside the element that `item` selects.

    Attributes:
        item: Every listed article; empty: found by JSON-LD or microdata.
        link: The element whose `href` is the article's address; empty: the first link.
        title: The element whose text is the headline; empty: the link's text.
        date: The element with the date, in `datetime`, `content` or text.
        summary: The element with the teaser.
        image: The element whose `src` is the picture.
        follow: The same as the source's.
    """

    item: Selector = Selector("")
    link: Selector = Selector("")
    title: Selector = Selector("")
    date: Selector = Selector("")
    summary: Selector = Selector("")
    image: Selector = Selector("")
    follow: bool = False


class JsonPaths(Noun):
    """Options of the kind `json`: where in the document its articles are, and where in each of them what it says.

    Attributes:
        item: The articles: each element of a list, or each object, that it leads to; empty: the document is that.
        id: What the site tells its articles apart by.
        link: The article's address, absolute or relative to the document's.
        title: The headline, text or HTML.
        date: When it was published, in any form that feeds have, or as Unix time.
        summary: The teaser, text or HTML.
        content: The body, text or HTML; of several, one after the other.
        author: Names of its authors.
        image: Addresses of its pictures.
        tags: What it is filed under.
    """

    item: JsonPath = JsonPath("")
    id: JsonTemplate = JsonTemplate("")
    link: JsonTemplate = JsonTemplate("")
    title: JsonTemplate = JsonTemplate("")
    date: JsonTemplate = JsonTemplate("")
    summary: JsonTemplate = JsonTemplate("")
    content: JsonTemplate = JsonTemplate("")
    author: JsonTemplate = JsonTemplate("")
    image: JsonTemplate = JsonTemplate("")
    tags: JsonTemplate = JsonTemplate("")


KINDS: Mapping[str, type[Noun] | None] = MappingProxyType(
    {
        "auto": None,
        "feed": None,
        "page": Select,
        "json": JsonPaths,
        "list": None,
        "sitemap": None,
        "telegram": None,
    }
)
"""What a source can be, each with the noun of its own settings, or None; `parse.KINDS` says how each is read."""


class Source(Noun, unshown=("url", "headers")):
    """One address that articles (or, for a list, further sources) come from.

    Attributes:
        id: Unique, for commands, logs and outputs: lower-case letters, digits, `-`, `_` and `.`.
        url: Absolute `http:`, `https:` or `file:` address; it may hold secrets when `private` is set.
        kind: A name from `KINDS`.
        title: What the operator calls it; empty: the feed's own title.
        tags: For channels to select by.
        language: BCP 47 tag for entries that name none; empty: guessed from the script.
        timezone: IANA zone for dates that name none.
        republish: How much of its articles may be published.
        interval: Seconds between polls, or None for its own rhythm within the schedule.
        priority: Of its copies for the lead of a story, before those of sources with less.
        keep_lines: Paragraphs that are part of its stories, whatever the rules say.
        drop_lines: Paragraphs that never are.
        private: Whether the address must not be seen in any output, log or error.
        auth: Credentials, or None.
        headers: Further fields of requests, name and value, for its own host alone.
        select: Options of the kind `page`, or None.
        paths: Options of the kind `json`, or None; written as `select`, too.
        follow: Whether to ask for the pages of its articles, too.
        social: Addresses of its publisher's profiles, as the operator declares them.
        social_deny: Keys or addresses of links that are not its publisher's, whatever its articles show.
        owned: Whether the operator owns its profiles, so that `rel="me"` may be said of them.
        parent: The list that named this source; empty: the configuration.
    """

    id: str
    url: str
    kind: str = "auto"
    title: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    timezone: str = "UTC"
    republish: Republish = "excerpt"
    interval: float | None = None
    priority: int = 0
    keep_lines: tuple[str, ...] = ()
    drop_lines: tuple[str, ...] = ()
    private: bool = False
    auth: Auth | None = None
    headers: tuple[tuple[str, str], ...] = ()
    select: Select | None = None
    paths: JsonPaths | None = None
    follow: bool = False
    social: tuple[str, ...] = ()
    social_deny: tuple[str, ...] = ()
    owned: bool = False
    parent: str = ""


class FailureKind(StrEnum):
    """Why a poll gave nothing; one kind for each remedy."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    FORBIDDEN = "forbidden"  # an address inside a private network
    REDIRECT = "redirect"
    STATUS = "status"
    GONE = "gone"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    FILE = "file"
    NO_FEED = "no-feed"
    NO_PREVIEW = "no-preview"  # a channel that only its platform's own programs show
    MALFORMED = "malformed"
    EMPTY = "empty"
    STALLED = "stalled"  # reading it exceeded a limit
    BUSY = "busy"  # the host asked to be left alone for a while
    ROBOTS = "robots"  # the site's robots.txt keeps programs away from the page
    BUG = "bug"


class Failure(Noun):
    """What went wrong, for the operator.

    Attributes:
        kind: Its class.
        message: One sentence; it names no address of a private source.
        remedy: What the operator can do.
        status: The HTTP status, or 0.
        retry_after: Seconds the host asked us to wait (RFC 9110, section 10.2.3), or None.
        detail: For a bug, its traceback.
        warnings: What was repaired or left out of a body that was read as far as it went.
    """

    kind: FailureKind
    message: str
    remedy: str = ""
    status: int = 0
    retry_after: float | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()


class FeedInfo(Noun):
    """What a feed or page says of itself.

    Attributes:
        title: Plain text.
        site_url: The page for people.
        description: Plain text.
        language: BCP 47 tag, or empty.
        icon: Address of a small picture.
        rights: Copyright line.
        id: The feed's own identifier (RFC 4287, section 4.2.6), or empty.
        hints: How often it is worth asking.
        social: Where the publisher is present, as it says itself: a piece of evidence each.
        hubs: Addresses of hubs (WebSub) that tell of its news.
        topic: The address that these know it by; empty: it does not say, or has none.
    """

    title: str = ""
    site_url: str = ""
    description: str = ""
    language: str = ""
    icon: str = ""
    rights: str = ""
    id: str = ""
    hints: Hints = Hints()
    social: tuple[SocialLink, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""


class KeyedBy(StrEnum):
    """What tells a source's entries apart, in the order of trust: who proves that one is worthless, gets the next."""

    GUID = "guid"  # what its ids say; where there is none, its link
    LINK = "link"  # its ids are new at every poll
    CONTENT = "content"  # its links, too


class Habits(Noun):
    """What a source's newest articles had when they came, and how much its newest documents showed; the oldest first.

    Attributes:
        titled: For each article, whether it had a title.
        dated: Likewise, a date.
        worded: Likewise, more than a few words.
        sizes: For each document that was read, how many entries it showed.
    """

    titled: tuple[bool, ...] = ()
    dated: tuple[bool, ...] = ()
    worded: tuple[bool, ...] = ()
    sizes: tuple[int, ...] = ()


class SourceState(Noun):
    """What the store remembers of a source between polls.

    Attributes:
        source_id: Whose.
        due_at: When it is to be polled next.
        polled_at: The last poll; None: never.
        succeeded_at: The last poll that gave a readable body, or 304.
        validators: Of the last body that was read and stored whole.
        body_hash: Of that body.
        failures: How many polls failed in a row.
        failure: The last one, while `failures` > 0.
        info: What it said of itself.
        warnings: What its last reading repaired or left out.
        articles: How many of its articles are stored.
        pace: What decides when and where it is polled.
        keyed_by: What tells its entries apart.
        boilerplate: How many paragraphs are taken for its boilerplate.
        habits: What its newest articles and documents were like.
    """

    source_id: str
    due_at: datetime
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    validators: Validators = Validators()
    body_hash: bytes = b""
    failures: int = 0
    failure: Failure | None = None
    info: FeedInfo = FeedInfo()
    warnings: tuple[str, ...] = ()
    articles: int = 0
    pace: Pace = Pace()
    keyed_by: KeyedBy = KeyedBy.GUID
    boilerplate: int = 0
    habits: Habits = Habits()


class Boilerplate(Noun):
    """Paragraphs of a source that are not its stories', by digest (`social.boilerplate.digest`).

    Attributes:
        aside: So many of its stories have them that they leave the text by which stories are compared.
        cut: Of these, the ones that leave the published text as well.
        allowed: The operator says that they are part of the story.
        denied: The operator says that they never are.
    """

    aside: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()


NO_BOILERPLATE = Boilerplate()


class SourceMemory(Noun):
    """What a reader must know of a source, beside the body: a reader has no store.

    Attributes:
        body_hash: Of the last body that was stored whole; an equal one is not parsed.
        entries: The key of each known entry, with the hash of what was found of it: an equal one is not normalized.
        keyed_by: What tells its entries apart.
        churn: How much its last polls argued for trusting less than that (`dedup.churn`).
        boilerplate: Paragraphs that it repeats.
        newer: Keys of known entries that came after some that are missing: these are sought behind them.
    """

    body_hash: bytes = b""
    entries: Mapping[str, bytes] = field(default_factory=dict)
    keyed_by: KeyedBy = KeyedBy.GUID
    churn: int = 0
    boilerplate: Boilerplate = NO_BOILERPLATE
    newer: frozenset[str] = frozenset()
