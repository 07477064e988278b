"""Sources as bytes: RSS, Atom, RDF, JSON Feed, and pages with a list in JSON-LD."""

import html
import json
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from corpus.breakage import broken
from corpus.stories import Entry, Source, Story
from corpus.words import LANGUAGES

_MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_PLAIN = str.maketrans({"—": "-", "«": '"', "»": '"', "…": "..."})

TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "page": "text/html",
}


def render(source: Source) -> bytes:
    """The source's document as it is now."""
    text = broken(_WRITERS[source.format](source), source.breakage)
    if source.encoding == "koi8-r":
        text = text.translate(_PLAIN)  # what it has no signs for
    encoding = "windows-1251" if source.breakage == "label" else source.encoding
    return text.encode(encoding, "xmlcharrefreplace")


def media_type(source: Source) -> str:
    """Content-Type: half of those that are not UTF-8 say there, too, what they are."""
    says = source.encoding != "utf-8" and source.number % 2
    return TYPES[source.format] + (f"; charset={source.encoding}" if says else "")


def body(story: Story) -> str:
    """The whole article as HTML."""
    parts = [f'<figure><img src="{story.image}" alt="" width="640" height="360"/></figure>'] if story.image else []
    for number, paragraph in enumerate(story.paragraphs):
        first, _, rest = html.escape(paragraph, quote=False).partition(" ")
        match number % 6:
            case 1:
                address = f"https://example.org/{story.number}?a=1&amp;b=2"
                parts.append(f'<p><a href="{address}" rel="tag">{first}</a> {rest}</p>')
            case 2:
                parts.append(f'<p style="margin: 0"><strong>{first}</strong> {rest}</p>')
            case 4:
                parts.append(f"<blockquote><p>{first} {rest}</p></blockquote>")
            case 5:
                parts.append(f"<ul><li>{first} {rest}</li></ul>")
            case _:
                parts.append(f"<p>{first} {rest}</p>")
    if story.number % 25 == 0:
        parts.append(f'<script>count("{story.number}")</script>')
    if story.number % 10 == 0:
        parts.append(f'<img src="https://px.example/{story.number}.gif" width="1" height="1" alt="" onload="seen()"/>')
    return "\n".join(parts)


def _body(source: Source, entry: Entry) -> str:
    footer = LANGUAGES[source.language].footer.format(site=f"channel{source.number}") if source.footer else ""
    return body(entry.story) + footer


def _teaser(entry: Entry) -> str:
    return entry.story.paragraphs[0]


def _markup(source: Source, text: str) -> str:
    """HTML inside XML."""
    return f"<![CDATA[{text}]]>" if source.cdata and source.breakage != "entity" else escape(text)


def _date(source: Source, date: datetime, *, mail: bool = False) -> str:
    """As the source writes dates; empty: it writes none."""
    if source.dates == "none":
        return ""
    if source.dates == "sloppy":
        return (f"{date.day} {_MONTHS[date.month - 1]} {date:%Y, %H:%M}", f"{date:%d.%m.%Y %H:%M}")[source.number % 2]
    return format_datetime(date) if mail else f"{date:%Y-%m-%dT%H:%M:%SZ}"


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{text}</{name}>\n" if text else ""


def _declaration(source: Source) -> str:
    return f'<?xml version="1.0" encoding="{source.encoding}"?>\n'


def _rss(source: Source) -> str:
    home = f"https://{source.site}/"
    items = "".join(_rss_item(source, entry) for entry in source.entries)
    return (
        f"{_declaration(source)}"
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f"<title>{escape(source.title)}</title>\n<link>{home}</link>\n<description>{escape(source.title)}</description>\n"
        f"<language>{source.language}</language>\n<generator>benchmark</generator>\n{items}</channel>\n</rss>\n"
    )


def _rss_item(source: Source, entry: Entry) -> str:
    story = entry.story
    media = f'<enclosure url="{story.image}" type="image/jpeg" length="12345"/>\n' if story.image else ""
    permanent = f' isPermaLink="{"true" if entry.guid == entry.url else "false"}"'
    return (
        f"<item>\n<title>{_markup(source, html.escape(story.title, quote=False))}</title>\n"
        f"<link>{escape(entry.url)}</link>\n{_element('guid', escape(entry.guid), permanent)}"
        f"{_element('pubDate', _date(source, entry.date, mail=True))}<dc:creator>{escape(story.author)}</dc:creator>\n"
        f"{''.join(_element('category', escape(tag)) for tag in story.tags)}"
        f"<description>{_markup(source, f'<p>{html.escape(_teaser(entry), quote=False)}</p>')}</description>\n"
        f"{_element('content:encoded', _markup(source, _body(source, entry)) if source.full else '')}{media}</item>\n"
    )


def _atom(source: Source) -> str:
    entries = "".join(_atom_entry(source, entry) for entry in source.entries)
    return (
        f'{_declaration(source)}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{source.language}">\n'
        f"<title>{escape(source.title)}</title>\n<id>tag:{source.site},2026:feed</id>\n"
        f'<link rel="alternate" type="text/html" href="https://{source.site}/"/>\n'
        f"<updated>{source.entries[0].date:%Y-%m-%dT%H:%M:%SZ}</updated>\n{entries}</feed>\n"
    )


def _atom_entry(source: Source, entry: Entry) -> str:
    story, date = entry.story, _date(source, entry.date)
    content = ""
    if source.full and source.number % 5 == 0 and "<script" not in body(story):
        inside = f'<div xmlns="http://www.w3.org/1999/xhtml">{_body(source, entry)}</div>'
        content = _element("content", inside, ' type="xhtml"')
    elif source.full:
        content = _element("content", _markup(source, _body(source, entry)), ' type="html"')
    return (
        f'<entry>\n<title type="html">{_markup(source, html.escape(story.title, quote=False))}</title>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>\n{_element("id", escape(entry.guid))}'
        f"{_element('published', date)}{_element('updated', date)}"
        f"<author><name>{escape(story.author)}</name></author>\n"
        f"{''.join(f'<category term={quoteattr(tag)}/>' for tag in story.tags)}"
        f'<summary type="html">{_markup(source, html.escape(_teaser(entry), quote=False))}</summary>\n'
        f"{content}</entry>\n"
    )


def _rdf(source: Source) -> str:
    home = f"https://{source.site}/"
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(entry.url)}/>\n" for entry in source.entries)
    items = "".join(
        f"<item rdf:about={quoteattr(entry.url)}>\n<title>{escape(entry.story.title)}</title>\n"
        f"<link>{escape(entry.url)}</link>\n{_element('dc:date', _date(source, entry.date))}"
        f"<dc:creator>{escape(entry.story.author)}</dc:creator>\n"
        f"<description>{escape(_teaser(entry))}</description>\n"
        f"{_element('content:encoded', _markup(source, _body(source, entry)) if source.full else '')}</item>\n"
        for entry in source.entries
    )
    return (
        f'{_declaration(source)}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f"<channel rdf:about={quoteattr(home)}>\n<title>{escape(source.title)}</title>\n<link>{home}</link>\n"
        f"<description>{escape(source.title)}</description>\n<items><rdf:Seq>\n{listed}</rdf:Seq></items>\n</channel>\n"
        f"{items}</rdf:RDF>\n"
    )


def _json(source: Source) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "home_page_url": f"https://{source.site}/",
        "language": source.language,
        "items": [_json_item(source, entry) for entry in source.entries],
    }
    return json.dumps(feed, ensure_ascii=source.number % 2 == 0, indent=1 if source.number % 3 else None)


def _json_item(source: Source, entry: Entry) -> dict[str, object]:
    story = entry.story
    item = {
        "id": entry.guid or entry.url,
        "url": entry.url,
        "title": story.title,
        "date_published": _date(source, entry.date),
        "authors": [{"name": story.author}],
        "tags": story.tags,
        "image": story.image,
        "content_html": _body(source, entry) if source.full else "",
        "content_text": "" if source.full else _teaser(entry),
    }
    return {key: value for key, value in item.items() if value}


def _page(source: Source) -> str:
    title, home = html.escape(source.title), f"https://{source.site}/"
    listed = [
        {"@type": "ListItem", "position": number, "item": _news_article(source, entry)}
        for number, entry in enumerate(source.entries, start=1)
    ]
    data = json.dumps(
        {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": listed}, ensure_ascii=False
    )
    sections = "".join(f'<li><a href="/section/{number}">{number}</a></li>' for number in range(20))
    cards = "".join(
        f'<article class="card"><h2><a href="{html.escape(entry.url)}">{html.escape(entry.story.title)}</a></h2>\n'
        f"<time>{entry.date:%d.%m.%Y}</time><p>{html.escape(_teaser(entry))}</p><br></article>\n"
        for entry in source.entries
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{source.language}"><head><meta charset="{source.encoding}">\n'
        f"<title>{title}</title>\n"
        f'<meta property="og:type" content="website"><meta property="og:site_name" content="{title}">\n'
        f'<link rel="canonical" href="{home}">\n'
        f'<script type="application/ld+json">{data}</script></head>\n'
        f"<body><header><nav><ul>{sections}</ul></nav></header>\n<main>\n{cards}</main>\n"
        "<footer>&copy; &nbsp; 2026</footer></body></html>\n"
    )


def _news_article(source: Source, entry: Entry) -> dict[str, object]:
    story = entry.story
    article = {
        "@type": "NewsArticle",
        "headline": story.title,
        "url": entry.url,
        "datePublished": _date(source, entry.date),
        "author": {"@type": "Person", "name": story.author},
        "description": _teaser(entry),
        "image": story.image,
    }
    return {key: value for key, value in article.items() if value}


_WRITERS: dict[str, Callable[[Source], str]] = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json, "page": _page}
