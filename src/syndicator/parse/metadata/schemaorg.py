"""The words of schema.org that JSON-LD and microdata share."""

import re
from collections.abc import Iterable, Iterator

from syndicator.model.article import Person
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.social import platforms
from syndicator.text.people import split_names

_ARTICLES = ("article", "posting", "report")
_LISTED = frozenset({"", "thing", "creativework", "webpage", "videoobject", "liveblogposting", "recipe", "event"})
_ORGANIZATIONS = ("organization", "corporation", "station", "website", "newspaper", "localbusiness")
_SECTION = re.compile(r"[^\W\d_][^\d.!?:;|/<>@]{1,59}")

_HOME = re.compile(
    r"(?:на\s+)?главн(?:ая|ую)(?:\s+страница)?|home(?:\s?page)?|start(?:seite)?|accueil|in[ií]cio|portada|página\s+(?:inicial|"
    r"principal)|strona\s+główna|головна|naslovna|ballina|ana\s?sayfa|αρχική|pagina\s+iniziale|首页|首頁|ホーム|홈",
    re.IGNORECASE,
)


def type_name(value: str) -> str:
    """A type's bare name in lower case: `http://schema.org/NewsArticle` and `schema:NewsArticle` are `newsarticle`."""
    return value.strip().rstrip("/").replace(":", "/").rpartition("/")[2].lower()


def is_article(name: str) -> bool:
    """Whether a type is an Article or one of its kinds: NewsArticle, BlogPosting, Report."""
    return name.endswith(_ARTICLES) and name != "jobposting"


def is_listed(name: str) -> bool:
    """Whether a list's element of that type may be news: a product or an organisation is not."""
    return name in _LISTED or is_article(name)


def is_organization(name: str) -> bool:
    """Whether a type is one that publishes: an Organization, a NewsMediaOrganization, a RadioStation, a WebSite."""
    return name.endswith(_ORGANIZATIONS)


def is_section(line: str) -> bool:
    """Whether a line above a headline can be its `articleSection`: a few words, neither a date nor a sentence."""
    return _SECTION.fullmatch(line) is not None


def is_home(line: str) -> bool:
    """Whether it is what the front page is called: the first step of every path, and no section."""
    return _HOME.fullmatch(line.strip()) is not None


def keywords(words: Iterable[str]) -> tuple[str, ...]:
    """Keywords, also where several stand in one, between commas."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def persons(told: Iterable[tuple[str, str]]) -> tuple[Person, ...]:
    """People, each once, by lines of names with an address; that of a line with several names is nobody's."""
    found: dict[str, Person] = {}
    for line, url in told:
        names = split_names(line)
        for name in names:
            found.setdefault(name, Person(name=name, url=url if len(names) == 1 else ""))
    return tuple(found.values())


def publisher_profiles(addresses: Iterable[str], evidence: str) -> Iterator[SocialLink]:
    """Those of a publisher's declared addresses (`sameAs`) that are profiles on a platform we know."""
    for address in addresses:
        link = platforms.match(address)
        if link is not None and link.kind == "profile":
            yield replace(link, owner="publisher", confidence=0.95, evidence=evidence)
