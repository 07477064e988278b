"""The corpus of feeds: documents that we wrote, each with what a reader should get from it.

A case names what it shows, and a document or the part of one that matters: `items` stand in an RSS channel, `entries`
in an Atom feed, `rdf` in an RDF document. What it expects are the core fields of every entry, all of them, and of the
others those that it names. A case of class "broken" is damaged; the rest is well-formed.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.feeds import response, source
from syndicator.model.article import Article
from syndicator.model.state import FeedInfo
from syndicator.parse import Unreadable, parse
from syndicator.parse.normalize import normalize

FOLDER = Path(__file__).parent.parent / "parse" / "corpus"
URL = "https://site.example/feed.xml"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CORE = ("title", "link", "id", "date", "body")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "atom": "http://www.w3.org/2005/Atom",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "http://search.yahoo.com/mrss/",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
        "source": "http://source.scripting.com/",
        "thr": "http://purl.org/syndication/thread/1.0",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "yandex": "http://news.yandex.ru",
    }.items()
)
WRAPPERS = {
    "items": HEAD + f'<rss version="2.0" {NAMESPACES}><channel><title>Site</title><link>https://site.example/</link>'
    "<description>All of it</description>\n{}\n</channel></rss>\n",
    "entries": HEAD + f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}><title>Site</title>'
    '<id>urn:site</id><updated>2026-11-26T09:00:00Z</updated><link href="https://site.example/"/>\n{}\n</feed>\n',
    "old": HEAD + '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Site</title>'
    '<link rel="alternate" type="text/html" href="https://site.example/"/>\n{}\n</feed>\n',
    "rdf": HEAD + f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {NAMESPACES} '
    'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://site.example/"><title>Site</title>'
    "<link>https://site.example/</link><description>All of it</description></channel>\n{}\n</rdf:RDF>\n",
    "feed": "{}",
}


@dataclass(frozen=True)
class Case:
    """A document and its truth.

    Attributes:
        name: What it shows, after its file or its generator.
        group: "well-formed" or "broken".
        body: As it would be received.
        expected: A dictionary for each entry: the core fields, absent ones being empty, and others; None: whatever.
        info: What the feed says of itself, as far as it matters.
        content_type: The header.
        differs: The row of the table in docs/reading.md that says why feedparser reads something else; or empty.
    """

    name: str
    group: str
    body: bytes
    expected: list[dict[str, Any] | None]
    info: dict[str, str] = field(default_factory=dict)
    content_type: str = ""
    differs: str = ""


def written() -> list[Case]:
    """Every case that stands in a file."""
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in document["case"]:
        (wrapper,) = WRAPPERS.keys() & table.keys()
        yield Case(
            name=f"{path.stem}: {table['name']}",
            group=document["group"],
            body=WRAPPERS[wrapper]
            .replace("{}", table[wrapper])
            .encode(table.get("encoding", "utf-8"), "surrogatepass"),
            expected=table["expect"],
            info=table.get("info", {}),
            content_type=table.get("content_type", ""),
            differs=table.get("differs", document.get("differs", "")),
        )


def mistakes(case: Case) -> list[str]:
    """What our reader gets wrong of a case, a line for each; none: it is right."""
    from_here = source("feed", url=URL)
    try:
        parsed = parse(response(case.body, url=URL, content_type=case.content_type), from_here)
    except Unreadable as failure:
        return [f"not read: {failure}"]
    articles = [normalize(entry, from_here, parsed.info, NOW) for entry in parsed.entries]
    said = [f"{name}: {_feed(parsed.info)[name]!r}, not {value!r}" for name, value in case.info.items()]
    wrong = [line for line in said if _feed(parsed.info)[line.partition(":")[0]] != case.info[line.partition(":")[0]]]
    return wrong + differences([_shown(article) for article in articles], case.expected)


def differences(found: list[dict[str, Any]], expected: list[dict[str, Any] | None]) -> list[str]:
    """A line for each field of each entry that is not as expected."""
    if len(found) != len(expected):
        return [f"{len(found)} entries, not {len(expected)}: {[entry['title'] for entry in found]}"]
    return [
        f"entry {place}, {name}: {entry[name]!r}, not {wanted.get(name, '')!r}"
        for place, (entry, wanted) in enumerate(zip(found, expected, strict=True))
        if wanted is not None
        for name in (*CORE, *(name for name in wanted if name not in CORE))
        if entry[name] != wanted.get(name, "")
    ]


def _feed(info: FeedInfo) -> dict[str, str]:
    names = ("title", "description", "language", "rights", "id")
    return {"link": info.site_url, **{name: getattr(info, name) for name in names}}


def _shown(article: Article) -> dict[str, Any]:
    """An article in the words of the corpus."""
    moment = article.published or article.updated
    return {
        "title": article.title,
        "link": article.url,
        "id": article.guid,
        "date": moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "",
        "body": article.text,
        "html": article.html,
        "summary": article.summary,
        "updated": article.updated.strftime("%Y-%m-%dT%H:%M:%SZ") if article.updated else "",
        "authors": [person.name for person in article.authors],
        "mails": [person.email for person in article.authors],
        "pages": [person.url for person in article.authors],
        "categories": list(article.categories),
        "files": [file.url for file in article.enclosures],
        "types": [file.type for file in article.enclosures],
        "lengths": [file.length or 0 for file in article.enclosures],
        "images": list(article.images),
        "comments": article.comments,
        "rights": article.rights,
        "language": article.language,
        "about": article.external_url,
        "accounts": [f"{link.label}: {link.handle}" for link in article.social],
    }
