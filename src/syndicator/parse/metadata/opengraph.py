"""Read a page's head and headings: Open Graph (https://ogp.me/), `meta`, `title`, `h1`, `html lang`."""

import re
from collections.abc import Iterable
from functools import cached_property

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person, Text
from syndicator.model.state import FeedInfo
from syndicator.parse.decoding.tree import Page, words
from syndicator.parse.metadata.publishing_date import is_whole
from syndicator.parse.metadata.schemaorg import is_section
from syndicator.parse.metadata.steps import sections
from syndicator.parse.metadata.title_lines import folded_line, in_furniture, title_line
from syndicator.social.platforms import host_of
from syndicator.text.characters import one_line
from syndicator.text.markup import plain
from syndicator.text.people import is_nobody, split_names

_MOST_VALUES = 100
"""The most values of one name that are read."""
_SHORTEST_HEADING = 12
"""The fewest characters of a heading smaller than `h1`, or of a part of the title, that may be the headline."""
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
    *("datepublished", "og:datepublished", "rnews:datepublished", "mediator_published_time", "parsely-pub-date"),
    *("sailthru.date", "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "vr:published_time"),
    *("publishdate", "publish_date", "publish-date", "published_at", "published_time", "pubdate", "pub_date"),
    *("publicationdate", "originalpublicationdate", "publisheddate", "dcsext.articlefirstpublished"),
    *("article_date_original", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created"),
    *("dc.date.published", "dc.date.publication", "article.published", "article:publicationdate"),
    *("dc.issued", "dc.created", "og:pubdate", "og:publish_date", "og:regdate", "article:published_date"),
    *("publish_time", "published_date", "published-date", "date_published", "publication_date", "dateposted"),
    *("dcterms.date", "dc.date", "citation_publication_date", "citation_date", "weibo:article:create_at", "date"),
    *("bt:pubdate", "article.created", "article_created", "analyticsattributes.articledate", "article:post_date"),
    *("date_created", "datecreated", "created", "displaydate", "ptime", "nv:date", "apub:time"),
)
"""Names of `meta` elements with the date of publishing, the most trusted first."""
_MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified"),
    *("article_date_updated", "dcterms.modified", "dc.date.modified", "dc.modified", "article:modified"),
    *("article:modified_date", "modified_time", "updated_time", "lastmodified", "last-modified", "lastmod"),
)
"""Names of `meta` elements with the date of the last change, the most trusted first."""
_AUTHORS = (
    *("article:author", "author", "parsely-author", "sailthru.author", "article_author", "og:author"),
    *("mediator_author", "dcterms.creator", "dc.creator", "citation_author", "byl", "byline"),
)
"""Names of `meta` elements with authors, the most trusted first."""
_TITLES = ("twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title")
"""Names of `meta` elements with the headline that are asked after `og:title`, the most trusted first."""
_SUMMARIES = ("og:description", "description", "twitter:description", "sailthru.description", "dc.description")
"""Names of `meta` elements with a summary, the most trusted first."""
_IMAGES = (
    *("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"),
    *("parsely-image-url", "sailthru.image.full", "image", "thumbnail"),
)
"""Names of `meta` elements with the address of a picture, the most trusted first."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
"""Elements that may hold the headline together with a kicker."""
_DUBLIN_CORE = re.compile(r"^(dc|dcterms):")
"""The prefix of Dublin Core's names as RDFa writes it, with a colon; HTML writes it with a dot."""
_PARTS = re.compile(r"\s+[|–—·•:»«-]+\s+|\s*[|_]\s*|--")
"""What parts the headline of a title from the site's name.

It is only for text whose spaces are single: in a long row of spaces it takes quadratic time.
"""
_AUTHOR_LABELS = frozenset({"written by", "by", "author", "автор", "verfasst von", "écrit par", "escrito por"})
"""Values of `twitter:label1` and `twitter:label2` that say that the data beside it are the author."""


class Head:
    """The head of a page, read once.

    Args:
        page: The page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._metas: dict[str, list[str]] = {}
        for meta in page.root.xpath("//meta[@content][@property or @name]"):
            name = _DUBLIN_CORE.sub(r"\1.", (meta.get("property") or meta.get("name") or "").strip().lower())
            if content := (meta.get("content") or "").strip():
                self._metas.setdefault(name, []).append(content)

    def all(self, *names: str) -> list[str]:
        """Give all values of these `meta` names, in the order of the names."""
        return [value for name in names for value in self._metas.get(name, ())]

    def first(self, *names: str) -> str:
        """Give the first value of these `meta` names, or an empty string."""
        return next(iter(self.all(*names)), "")

    @property
    def site_name(self) -> str:
        """The publication's name; empty: the head does not say it."""
        return self.first("og:site_name", "application-name")

    @property
    def host(self) -> str:
        """The page's host on the web, without `www.` and its like, which is the name of some sites."""
        return host_of(self._page.canonical or self._page.url)

    @property
    def language(self) -> str:
        """The document's language as written: `html lang`, else `og:locale`."""
        declared = self._page.root.get("lang") or self._page.root.get("xml:lang") or self.first("og:locale")
        return declared.strip().replace("_", "-")

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself one article."""
        return self.first("og:type").lower() == "article" or bool(self.first("article:published_time"))

    def info(self, *, private: bool) -> FeedInfo:
        """Give what the page says of its site; of a private page or a file, only the canonical address is given."""
        page = self._page
        return FeedInfo(
            title=self.site_name or self._title(),
            site_url=page.canonical if page.local or private else page.url,
            description=self.first("og:description", "description"),
            language=self.language,
        )

    def article(self) -> Entry:
        """Give what head and headings say of the article."""
        page = self._page
        title = self.headline or self.first("og:title", *_TITLES) or _first_part(self._title())
        images = self.all(*_IMAGES)[:_MOST_VALUES]
        return Entry(
            key="",
            title=Text.plain(title),
            summary=Text.plain(self.first(*_SUMMARIES)),
            published=self._date(_PUBLISHED),
            updated=self._date(_MODIFIED),
            authors=tuple(Person(name=name) for name in self._authors()),
            categories=tuple(self.all("article:tag")[:_MOST_VALUES]),
            section=self.first("article:section") or self._rubric() or self._path(),
            language=self.language,
            images=tuple(filter(None, map(page.asset, images))),
            rights=self.first("copyright", "dcterms.rights"),
        )

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The element with the headline; None: there is none.

        It is an `h1` with which a title of the page begins, else a smaller heading with which one begins, else the only
        `h1`, or the first one in an `article` or `main`, else a line with which the page's title begins. A heading that
        is the site's name is passed over.
        """
        found = self._heading()
        return title_line(self._page.root, self._title()) if found is None else found

    def _heading(self) -> HtmlElement | None:
        """Find the heading element with the headline, by the rules of `heading`; None: there is none."""
        root = self._page.root
        headings = [it for it in root.xpath("//h1")[:20] if not self._is_site(words(it))]
        fitting = [it for it in headings if self.is_titled(words(it))]
        if fitting:
            return next(filter(_is_inside, fitting), fitting[0])
        names = "//h2 | //h3" if headings else "//h2 | //h3 | //h4"
        smaller = (it for it in root.xpath(names)[:50] if len(words(it)) >= _SHORTEST_HEADING)
        fits = next((it for it in smaller if self.is_titled(words(it)) and not in_furniture(it)), None)
        if fits is not None or len(headings) == 1:
            return headings[0] if fits is None else fits
        return next(filter(_is_inside, headings), None)

    @cached_property
    def headline(self) -> str:
        """The words of `heading`; if these hold the title for sharing beside a kicker or subtitle, only that; or empty.

        The title for sharing is `og:title` or `twitter:title`.
        """
        if self.heading is None:
            return ""
        line = words(self.heading)
        folded, parts = folded_line(line), {folded_line(words(it)) for it in self.heading}
        for title in self.all("og:title", "twitter:title"):
            told = folded_line(title)
            is_under = folded.startswith(f"{told} ") and folded.removeprefix(told).strip() in parts
            if len(title) >= _SHORTEST_HEADING and (is_under or folded.endswith(f" {told}")):
                return one_line(title)
        return line

    def is_titled(self, line: str) -> bool:
        """Whether a title of the page begins with a line: a title for sharing if there is one, else the `title`."""
        folded = folded_line(line)
        titles = self.all("og:title", "twitter:title") or [self._title()]
        return bool(folded) and any(
            folded_line(title).startswith(folded) or _is_part(folded, title) for title in titles
        )

    def shows(self, line: str) -> bool:
        """Whether a heading of the page is a line."""
        folded = folded_line(line)
        return any(folded_line(words(it)) == folded for it in self._page.root.xpath("//h1 | //h2 | //h3")[:50])

    def _is_site(self, line: str) -> bool:
        """Whether a heading is empty or the name of the site, which stands behind the headline in the title."""
        title, folded = folded_line(self._title()), folded_line(line)
        is_behind = title.endswith(folded) and 2 * len(folded) < len(title)
        return not folded or folded == folded_line(self.site_name) or is_behind

    def _date(self, names: Iterable[str]) -> str:
        return next((it for it in self.all(*names) if is_whole(it)), "")

    def _authors(self) -> list[str]:
        """Give the authors' names in the head; addresses of profiles and the site's name are left out."""
        labels = (self.first(f"twitter:label{number}").casefold().rstrip(":") for number in (1, 2))
        told = [self.first(f"twitter:data{number}") for number, it in enumerate(labels, 1) if it in _AUTHOR_LABELS]
        for name in _AUTHORS:
            values = [it for it in self.all(name)[:_MOST_VALUES] if "://" not in it and not self._is_nobody(it)]
            if names := list(dict.fromkeys(each for value in values for each in split_names(_bare(value)))):
                return names
        return [each for value in told for each in split_names(value)]

    def _is_nobody(self, name: str) -> bool:
        return name == self.site_name or is_nobody(name)

    def _rubric(self) -> str:
        """Give the line of a few words right above the heading, where papers print the section; or empty."""
        heading = self.heading
        line = heading.getprevious() if heading is not None else None
        if heading is not None and heading.getparent() is not None and heading.getparent().tag in _HEADINGS:
            return ""  # the line above is a kicker: it stands in the heading that holds the headline
        if line is None or line.tag not in {"a", "div", "p", "span"} or len(line.xpath("descendant-or-self::a")) > 1:
            return ""
        text = words(line)
        address = next((it.get("href") or "#" for it in line.iter("a")), "")
        if address and (address.startswith("#") or not self._page.link(address)):
            return ""  # a link to this page, such as «Skip to the content», or a button
        is_author = line.xpath("descendant-or-self::*[@rel='author' or contains(@itemprop, 'author')]")
        return text if is_section(text) and text != self.site_name and not is_author else ""

    def _path(self) -> str:
        """Give the section by the links that lead to it, such as a breadcrumb; or empty."""
        if self.heading is None:
            return ""
        found = sections(self._page, self.heading)
        return next((it for it in found if it != self.site_name and not self.is_titled(it)), "")

    def _title(self) -> str:
        titles = self._page.root.xpath("//head/title | //body/title")
        return one_line(titles[0].text or "") if titles else ""


def _bare(name: str) -> str:
    """Remove the tags that some put round the names."""
    return plain(name) if "<" in name else name


def _first_part(title: str) -> str:
    """Give the first part of a `title` if it is more than half of that, else all of it: the site's name is unknown."""
    part = _PARTS.split(title, maxsplit=1)[0]
    return part if len(part) >= _SHORTEST_HEADING and 2 * len(part) > len(title) else title


def _is_part(line: str, title: str) -> bool:
    """Whether a folded line is more than half of a title, with only the site's name before it: «Site | Headline»."""
    return [folded_line(it) for it in _PARTS.split(one_line(title))][1:] == [line] and 2 * len(line) > len(title)


def _is_inside(element: HtmlElement) -> bool:
    return any(it.tag in {"article", "main"} for it in element.iterancestors())
