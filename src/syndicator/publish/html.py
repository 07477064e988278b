"""The pages for people: the newest stories, and a landing page for each feed.

They need no script, load nothing from other hosts (a publisher's picture would tell the publisher who reads here), and
take their style from `style.css` beside the index, so that the server's content security policy can forbid all else.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from syndicator.model.document import Document
from syndicator.model.settings import Channel, Site
from syndicator.publish import FORMATS, border
from syndicator.text.language import normal_tag
from syndicator.text.moments import rfc3339

if TYPE_CHECKING:
    from jinja2 import Environment

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "skip": "Skip to the stories",
        "newest": "Newest stories",
        "feeds": "Subscribe",
        "feeds_help": "Copy an address into a feed reader.",
        "sources": "Sources",
        "sources_list": "All sources, as OPML",
        "publishers": "Publishers’ channels, with the evidence",
        "also_in": "also in",
        "none": "No stories yet. They appear as soon as a source has been read.",
        "none_fits": "No story matches this feed yet. The first ones that do will appear here.",
        "back": "All feeds",
        "older": "Older stories",
        "newer": "Newer stories",
        "archive": "From the archive",
        "footer": "Headlines and excerpts belong to their publishers; every title leads to the original.",
    },
    "ru": {
        "skip": "К новостям",
        "newest": "Свежие новости",
        "feeds": "Подписаться",
        "feeds_help": "Скопируйте адрес в программу для чтения лент.",
        "sources": "Источники",
        "sources_list": "Все источники в OPML",
        "publishers": "Каналы изданий и откуда они известны",
        "also_in": "также в",
        "none": "Новостей пока нет. Они появятся, как только будет прочитан первый источник.",
        "none_fits": "Новостей для этой ленты пока нет. Подходящие появятся здесь, как только придут.",
        "back": "Все ленты",
        "older": "Более ранние новости",
        "newer": "Более поздние новости",
        "archive": "Из архива",
        "footer": "Заголовки и выдержки принадлежат изданиям; каждый заголовок ведёт к оригиналу.",
    },
}
"""The words of the pages themselves, by language."""

_NO_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({})

_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}


def render_index(
    site: Site,
    document: Document,
    channels: Sequence[tuple[Channel, Mapping[str, str]]],
    sources: Sequence[tuple[str, str]],
) -> bytes:
    """Render the front page.

    Args:
        site: The site, with its name and address.
        document: The newest stories.
        channels: The feeds to subscribe to: each channel with the path of every format, from the site's root.
        sources: Title and page of each source; a page without an http or https address is left out.

    Returns:
        HTML in UTF-8.
    """
    feeds = [
        (
            border.line(it.title or site.title),
            border.address(f"{site.base_url}feeds/{it.id}"),
            feed_addresses(site, paths),
        )
        for it, paths in channels
    ]
    pages = [(border.line(title), border.address(url)) for title, url in sources]
    return render("index.html", site, document, page=site.base_url, feeds=feeds, sources=pages)


def render_landing(site: Site, document: Document, formats: Mapping[str, str]) -> bytes:
    """Render the page that presents one feed, or one document of its archive, to people.

    Args:
        site: The site, with its name and address.
        document: The feed; its `feed_url` is the address of this page.
        formats: The path of each format, from the site's root.

    Returns:
        HTML in UTF-8.
    """
    feeds = [(border.line(document.title), document.url, feed_addresses(site, formats))]
    root = "../../" if document.current_url else "../"
    return render("landing.html", site, document, page=document.feed_url, feeds=feeds, root=root)


def render_style() -> bytes:
    """The style sheet of all pages."""
    return Path(__file__).with_name("templates").joinpath("style.css").read_bytes()


def feed_addresses(site: Site, paths: Mapping[str, str]) -> list[dict[str, str]]:
    """Title, media type and full address of each format, for people to copy and for programs to discover."""
    return [
        {
            "title": FORMATS[name].title,
            "type": FORMATS[name].media_type,
            "url": border.address(site.base_url + path.lstrip("/")),
        }
        for name, path in paths.items()
    ]


def render(
    template: str, site: Site, document: Document, words: Mapping[str, Mapping[str, str]] = _NO_WORDS, **more: Any
) -> bytes:
    """Render a page in the language of its document.

    Args:
        template: The name of the template's file.
        site: The site, with its name and address.
        document: The document that the page presents.
        words: The page's own words beside `WORDS`, by language.
        more: Further variables of the template.
    """
    language = our_language(document.language)
    page = _environment().get_template(template)
    text = page.render(
        site=border.line(site.title),
        document=border.document(document),
        language=language,
        words={**WORDS[language], **words.get(language, {})},
        machine_time=rfc3339,
        human_time=lambda moment: _human_time(moment, language),
        human_date=lambda moment: _human_date(moment, language),
        **more,
    )
    return text.encode()


def our_language(tag: str) -> str:
    """The language of our pages, Russian or English, that suits readers of the language with this tag."""
    return "ru" if normal_tag(tag).partition("-")[0] == "ru" else "en"


def _human_time(moment: datetime, language: str) -> str:
    """A time for people, in one zone for all readers: a page without scripts cannot know a reader's zone."""
    return f"{_human_date(moment, language)}, {moment:%H:%M} UTC"


def _human_date(moment: datetime, language: str) -> str:
    return f"{moment.day} {_MONTHS[language][moment.month - 1]} {moment.year}"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # a poll without news has no page

    loader = PackageLoader("syndicator.publish")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
