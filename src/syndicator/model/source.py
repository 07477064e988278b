"""What the operator subscribes to: sources, and the options of each kind."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NewType

from syndicator.model.noun import Noun

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

    @property
    def follows(self) -> bool:
        """Whether the pages of its articles are asked for, wherever the operator has written it."""
        return self.follow or (self.select is not None and self.select.follow)
