"""Who publishes: sites on domains of their own, each with its habits, and the feeds that they write."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from json import dumps

from .lexicon import table

ROLES = {"plain": 6, "framed": 4, "sister": 3, "aggregator": 2, "partner": 1, "service": 2, "blog": 2}
"""How many sources of each sort a language has: two languages have 40.

    plain       gives whole texts and nothing else
    framed      puts paragraphs of its own before and behind every text; two have one publisher and its long footer
    sister      another feed of a plain source, on the same site
    aggregator  links the articles of others, with their headlines
    partner     has no feed: a page that lists pages, each of which says whose article it is (rel=canonical)
    service     weather, rates, results
    blog        writes about articles: one in JSON Feed, one in RSS
"""
_SITES = {
    "ru": "kurier vestnik utro zvezda prostor gorod reporter obzor sreda panorama golos fakel rassvet".split(),
    "en": "herald tribune courier gazette observer chronicle mercury echo dispatch bulletin argus sentinel".split(),
}
_NAMES = {
    "ru": "Курьер Вестник Утро Звезда Простор Город Репортёр Обзор Среда Панорама Голос Факел Рассвет".split(),
    "en": [it.title() for it in _SITES["en"]],
}


@dataclass(frozen=True)
class Source:
    """A feed.

    Attributes:
        id: Ours.
        language: Its code.
        role: A key of `ROLES`.
        host: Where it is published.
        name: Of its site.
        format: "rss", "content" (RSS with content:encoded), "atom", "json" or "page".
        guids: "address", "number", "tag" or "urn".
        header: Before each of its texts.
        footer: Behind each.
    """

    id: str
    language: str
    role: str
    host: str
    name: str
    format: str
    guids: str
    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where the feed is."""
        return f"https://{self.host}/{'feed' if self.role != 'sister' else 'rubric/feed'}"


@dataclass(frozen=True)
class Entry:
    """What a source shows, and the truth about it.

    Attributes:
        source: Who shows it.
        guid: Its id there.
        url: Its link.
        title: Plain text.
        html: The body.
        date: As the source says.
        poll: From which poll on it is shown.
        story: Entries with an equal one are one story.
        kind: What is measured by it.
        family: Entries that were made together.
        external_url: JSON Feed's, or empty.
        canonical: What the page at `url` gives for its address, or empty.
    """

    source: Source
    guid: str
    url: str
    title: str
    html: str = field(repr=False)
    date: datetime
    poll: int
    story: str
    kind: str
    family: str
    external_url: str = ""
    canonical: str = ""

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from all others: an update of it has the same."""
        return self.source.id, self.guid


def sources(code: str, seed: int) -> dict[str, list[Source]]:
    """A language's sources by role."""
    dice = random.Random(f"{seed} {code} sources")
    found: dict[str, list[Source]] = {}
    number = 0
    for role, count in ROLES.items():
        found[role] = []
        for it in range(count):
            if role == "sister":
                model = found["plain"][it]
                host, name = model.host, model.name
            else:
                place = number % len(_SITES[code])
                host = f"{_SITES[code][place]}{number // len(_SITES[code]) or ''}-{code}.example"
                name = _NAMES[code][place]
                number += 1
            shape = dice.choice(("rss", "content", "content", "atom"))
            shape = {"blog": ("json", "rss"), "partner": ("page",)}.get(role, [shape] * count)[it]
            header, footer = _frame(code, name, it, dice) if role == "framed" else ((), ())
            guids = "address" if shape == "page" else dice.choice(("address", "number", "tag", "urn"))
            found[role].append(Source(f"{code}-{role}-{it}", code, role, host, name, shape, guids, header, footer))
    return found


def _frame(code: str, name: str, number: int, dice: random.Random) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One to four paragraphs. The first two sources have the same publisher, and its four."""
    words = table("frames")[code]
    if number < 2:
        return (), tuple(it.format(site="Media Group") for it in words["footers"][:4])
    header = dice.sample(words["headers"], dice.randint(0, 1))
    footer = dice.sample(words["footers"], dice.randint(1, 3))
    return tuple(it.format(site=name) for it in header), tuple(it.format(site=name) for it in footer)


def render(source: Source, entries: list[Entry], mark: str = "") -> bytes:
    """The feed with these entries, as its publisher writes it; `mark` makes the bytes others, not what they say."""
    if source.format == "json":
        items = [
            {"id": it.guid, "url": it.url, "title": it.title, "content_html": it.html}
            | {"date_published": it.date.isoformat()}
            | ({"external_url": it.external_url} if it.external_url else {})
            for it in entries
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": source.name, "_mark": mark, "items": items}
        return dumps(feed | {"home_page_url": f"https://{source.host}/"}, ensure_ascii=False).encode()
    if source.format == "page":
        return _listing(source, entries, mark).encode()
    if source.format == "atom":
        return _atom(source, entries, mark).encode()
    items_text = "".join(_item(source, it) for it in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><!--{mark}-->'
        f"<title>{escape(source.name)}</title><link>https://{source.host}/</link><language>{source.language}</language>"
        f"{items_text}</channel></rss>"
    ).encode()


def _item(source: Source, entry: Entry) -> str:
    body = f"<description>{escape(entry.html)}</description>"
    if source.format == "content":
        body = f"<content:encoded><![CDATA[{entry.html}]]></content:encoded>"
    permanent = "true" if entry.guid == entry.url else "false"
    return (
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>"
        f'<guid isPermaLink="{permanent}">{escape(entry.guid)}</guid>'
        f"<pubDate>{format_datetime(entry.date)}</pubDate>{body}</item>"
    )


def _atom(source: Source, entries: list[Entry], mark: str) -> str:
    items = "".join(
        f'<entry><title>{escape(it.title)}</title><link href="{escape(it.url)}"/><id>{escape(it.guid)}</id>'
        f"<published>{it.date.isoformat()}</published><updated>{it.date.isoformat()}</updated>"
        f'<content type="html">{escape(it.html)}</content></entry>'
        for it in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{source.language}">'
        f"<!--{mark}--><title>{escape(source.name)}</title><id>https://{source.host}/</id>"
        f'<link href="https://{source.host}/"/>{items}</feed>'
    )


def _listing(source: Source, entries: list[Entry], mark: str) -> str:
    items = "".join(
        f'<li><a href="{escape(it.url)}">{escape(it.title)}</a> <time datetime="{it.date.isoformat()}"></time></li>'
        for it in entries
    )
    return (
        f'<!DOCTYPE html><html lang="{source.language}"><head><meta charset="utf-8">'
        f"<title>{escape(source.name)}</title></head><body><!--{mark}--><h1>{escape(source.name)}</h1><ul>{items}</ul></body></html>"
    )


def page(entry: Entry) -> bytes:
    """The article page of an entry."""
    title, canonical = escape(entry.title), escape(entry.canonical or entry.url)
    return (
        f'<!DOCTYPE html><html lang="{entry.source.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{canonical}"><meta property="og:type" content="article">'
        f"</head><body><article><h1>{title}</h1>"
        f'<time datetime="{entry.date.isoformat()}"></time>{entry.html}</article></body></html>'
    ).encode()
