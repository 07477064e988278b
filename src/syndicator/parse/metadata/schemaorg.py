"""Read values and types of schema.org that JSON-LD and microdata share."""

import re
from collections.abc import Iterable, Iterator

from syndicator.model.article import Person
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.social import platforms
from syndicator.text.people import split_names

_ARTICLES = ("article", "posting", "report")
"""How the names of types end that are kinds of Article."""
_LISTED = frozenset({"", "thing", "creativework", "webpage", "videoobject", "liveblogposting", "recipe", "event"})
"""Types beside articles that a list of news may hold; empty: no type is given."""
_ORGANIZATIONS = ("organization", "corporation", "station", "website", "newspaper", "localbusiness")
"""How the names of types end that publish something."""
_SECTION = re.compile(r"[^\W\d_][^\d.!?:;|/<>@]{1,59}")
"""The name of a section: 2 to 60 characters without digits and marks of a sentence."""
_HOME = re.compile(
    r"(?:на\s+)?главн(?:ая|ую)(?:\s+страница)?|home(?:\s?page)?|start(?:seite)?|accueil|in[ií]cio|portada|página\s+(?:inicial|"
    r"principal)|strona\s+główna|головна|naslovna|ballina|ana\s?sayfa|αρχική|pagina\s+iniziale|首页|首頁|ホーム|홈",
    re.IGNORECASE,
)
"""What front pages are called in links to them."""


def type_name(value: str) -> str:
    """Give a type's bare name in lower case: `newsarticle` for `http://schema.org/NewsArticle`."""
    return value.strip().rstrip("/").replace(":", "/").rpartition("/")[2].lower()


def is_article(name: str) -> bool:
    """Whether a type is an Article or one of its kinds: NewsArticle, BlogPosting, Report."""
    return name.endswith(_ARTICLES) and name != "jobposting"


def is_listed(name: str) -> bool:
    """Whether a list's member of that type may be news; a product or an organisation is not."""
    return name in _LISTED or is_article(name)


def is_organization(name: str) -> bool:
    """Whether a type is a publisher: an Organization, a NewsMediaOrganization, a RadioStation, a WebSite."""
    return name.endswith(_ORGANIZATIONS)


def is_section(line: str) -> bool:
    """Whether a line above a headline can be its `articleSection`: a few words, neither a date nor a sentence."""
    return _SECTION.fullmatch(line) is not None


def is_home(line: str) -> bool:
    """Whether a line is a name of the front page, which is the first step of every breadcrumb, and no section."""
    return _HOME.fullmatch(line.strip()) is not None


def keywords(words: Iterable[str]) -> tuple[str, ...]:
    """Give the keywords; a text may hold several, with commas between them."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def persons(told: Iterable[tuple[str, str]]) -> tuple[Person, ...]:
    """Give people, each once, of lines of names with an address; that of a line with several names is dropped."""
    found: dict[str, Person] = {}
    for line, url in told:
        names = split_names(line)
        for name in names:
            found.setdefault(name, Person(name=name, url=url if len(names) == 1 else ""))
    return tuple(found.values())


def publisher_profiles(addresses: Iterable[str], evidence: str) -> Iterator[SocialLink]:
    """Give those of a publisher's declared addresses (`sameAs`) that are profiles on a known platform."""
    for address in addresses:
        link = platforms.match(address)
        if link is not None and link.kind == "profile":
            yield replace(link, owner="publisher", confidence=0.95, evidence=evidence)
