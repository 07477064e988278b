"""Sources, to which the operator subscribes, and the options of each kind of source."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NewType

from syndicator.model.noun import Noun

Republish = Literal["headline", "excerpt", "licensed", "full"]
"""How much of a source's articles is published.

`headline`: the title. `excerpt`: the title and an excerpt. `licensed`: everything if the article's own licence lets
anybody republish it, else the title and an excerpt. `full`: everything. What a page forbids takes precedence over this
setting (`publish.terms`).
"""


class Auth(Noun, unshown=("password", "bearer")):
    """Credentials of a private source: user and password (RFC 7617), or a bearer token (RFC 6750)."""

    username: str = ""
    password: str = ""
    bearer: str = ""


Selector = NewType("Selector", str)
"""A CSS selector; empty means that there is none."""
JsonPath = NewType("JsonPath", str)
"""A path into JSON (`text.json_paths`); empty means the value at which it starts."""
JsonTemplate = NewType("JsonTemplate", str)
"""A path into JSON, or a text that contains such paths in braces; empty means that there is none."""


class Select(Noun):
    """Options of the kind `page`: CSS selectors; all but `item` apply inside an element that `item` selects.

    Attributes:
        item: Selects the element of each listed article; if empty, articles are found by JSON-LD or microdata.
        link: The element whose `href` is the article's address; empty means the first link.
        title: The element whose text is the headline; empty means the link's text.
        date: The element with the date, in its `datetime` or `content` attribute or its text.
        summary: The element with the teaser.
        image: The element whose `src` is the picture.
        follow: Whether to request the articles' pages, too; means the same as `Source.follow`.
    """

    item: Selector = Selector("")
    link: Selector = Selector("")
    title: Selector = Selector("")
    date: Selector = Selector("")
    summary: Selector = Selector("")
    image: Selector = Selector("")
    follow: bool = False


class JsonPaths(Noun):
    """Options of the kind `json`: where the document has its articles, and where each article has its fields.

    Attributes:
        item: Path to the articles: each element of a list, or each object, that it leads to is an article; empty means
            that the document itself is that list or object.
        id: The site's own identifier of the article.
        link: The article's address, absolute or relative to the document's.
        title: The headline, text or HTML.
        date: When it was published, in any form that feeds have, or as Unix time.
        summary: The teaser, text or HTML.
        content: The body, text or HTML; several values are put one after the other.
        author: Names of its authors.
        image: Addresses of its pictures.
        tags: Its categories.
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
"""The kinds of sources, each with the noun of its own options, or None; `parse.KINDS` says how each kind is read."""


class Source(Noun, unshown=("url", "headers")):
    """An address from which articles come or, for a list, further sources.

    Attributes:
        id: Unique name for commands, logs and outputs: lower-case letters, digits, `-`, `_` and `.`.
        url: Absolute `http:`, `https:` or `file:` address; it may hold secrets when `private` is set.
        kind: A name from `KINDS`.
        title: The operator's name for it; empty means the feed's own title.
        tags: Labels by which channels select it.
        language: BCP 47 tag for entries that name no language; empty means that it is guessed from the script.
        timezone: IANA zone for dates that name no zone.
        republish: How much of its articles may be published.
        interval: Seconds between polls; None lets the source's own rhythm decide, within the schedule.
        priority: A copy from a source with a higher number leads its story before copies from sources with lower
            numbers.
        keep_lines: Paragraphs that are part of its stories, whatever the rules say.
        drop_lines: Paragraphs that are never part of its stories.
        private: Whether the address must not appear in any output, log or error.
        auth: Credentials, or None.
        headers: Further header fields of requests, as name and value; they are sent to its own origin only.
        select: Options of the kind `page`, or None.
        paths: Options of the kind `json`, or None; the configuration names them `select`, too.
        follow: Whether to request the pages of its articles, too.
        social: Addresses of its publisher's profiles, as the operator declares them.
        social_deny: Keys or addresses of links that are not its publisher's, whatever its articles show.
        owned: Whether the operator owns its profiles, so that outputs may mark them with `rel="me"`.
        parent: The id of the list that named this source; empty if the configuration named it.
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
        """Whether the pages of its articles are requested: `follow` may stand at the source or in `select`."""
        return self.follow or (self.select is not None and self.select.follow)
