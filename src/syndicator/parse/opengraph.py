"""What a page's head and headings say of it: Open Graph (https://ogp.me/), `meta`, `title`, `h1`, `html lang`."""

from collections.abc import Iterable

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person, Text
from syndicator.model.source import FeedInfo
from syndicator.parse.schemaorg import is_section
from syndicator.parse.tree import Page, words
from syndicator.text.markup import one_line

_MOST_VALUES = 100
_SEPARATORS = "|-–—·•:/"


class Head:
    """The head of a page, read once.

    Args:
        page: The page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._metas: dict[str, list[str]] = {}
        for meta in page.root.xpath("//meta[@content][@property or @name]"):
            name = (meta.get("property") or meta.get("name") or "").strip().lower()
            if content := (meta.get("content") or "").strip():
                self._metas.setdefault(name, []).append(content)

    def all(self, *names: str) -> list[str]:
        """The values of these properties, in the order of the names."""
        return [value for name in names for value in self._metas.get(name, ())]

    def first(self, *names: str) -> str:
        """The first of them, or an empty string."""
        return next(iter(self.all(*names)), "")

    @property
    def site_name(self) -> str:
        """The publication's name; empty: not said."""
        return self.first("og:site_name", "application-name")

    @property
    def language(self) -> str:
        """The document's language as written: `html lang`, else `og:locale`."""
        declared = self._page.root.get("lang") or self._page.root.get("xml:lang") or self.first("og:locale")
        return declared.strip().replace("_", "-")

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself one article."""
        return self.first("og:type").lower() == "article"

    def info(self, *, private: bool) -> FeedInfo:
        """What the page says of its site; a private page's own address is not for showing."""
        page = self._page
        icons = page.root.xpath("//link[@href][contains(concat(' ', normalize-space(@rel), ' '), ' icon ')]/@href")
        return FeedInfo(
            title=self.site_name or self._title(),
            site_url=page.canonical if page.local or private else page.url,
            description=self.first("og:description", "description"),
            language=self.language,
            icon=page.asset(str(icons[0])) if icons else "",
        )

    def article(self) -> Entry:
        """What it says of the article, as far as it says it."""
        page = self._page
        heading = self._heading()
        title = (
            (words(heading) if heading is not None else "") or self.first("og:title", "twitter:title") or self._title()
        )
        summary = self.first("og:description", "description", "twitter:description")
        authors = self.all("article:author", "author")[:_MOST_VALUES]
        images = self.all("og:image", "og:image:url", "twitter:image")[:_MOST_VALUES]
        return Entry(
            key="",
            title=Text(value=title, html=False) if title else None,
            summary=Text(value=summary, html=False) if summary else None,
            published=self.first("article:published_time", "og:article:published_time"),
            updated=self.first("article:modified_time", "og:updated_time"),
            authors=tuple(Person(name=name) for name in authors if "://" not in name),  # some give a profile's address
            categories=tuple(self.all("article:tag")[:_MOST_VALUES]),
            section=self.first("article:section") or self._rubric(),
            language=self.language,
            images=tuple(filter(None, map(page.asset, images))),
            rights=self.first("copyright", "dcterms.rights"),
        )

    def _heading(self) -> HtmlElement | None:
        """The one `h1` that is not the site's name; of several, the one that the title begins with."""
        headings = [it for it in self._page.root.xpath("//h1")[:20] if words(it) not in {"", self.site_name}]
        titles = (*self.all("og:title"), self._title())
        fitting = (it for it in headings if any(title.startswith(words(it)) for title in titles))
        return headings[0] if len(headings) == 1 else next(fitting, None)

    def _rubric(self) -> str:
        """A line of a few words right above the heading: how papers print the section."""
        heading = self._heading()
        line = heading.getprevious() if heading is not None else None
        if line is None or line.tag not in {"a", "div", "p", "span"} or len(line.xpath("descendant-or-self::a")) > 1:
            return ""
        text = words(line)
        is_author = line.xpath("descendant-or-self::*[@rel='author' or contains(@itemprop, 'author')]")
        return text if is_section(text) and text != self.site_name and not is_author else ""

    def _title(self) -> str:
        titles = self._page.root.xpath("//head/title")
        return one_line(titles[0].text or "") if titles else ""


def without_site(title: str, names: Iterable[str]) -> str:
    """A headline without the site's name behind it: «Заголовок | НСН» is «Заголовок»."""
    for name in filter(None, names):
        if title.casefold().endswith(name.casefold()):
            headline, separator = title[: -len(name)].rstrip()[:-1], title[: -len(name)].rstrip()[-1:]
            if separator in _SEPARATORS and headline != headline.rstrip():
                return headline.rstrip()
    return title
