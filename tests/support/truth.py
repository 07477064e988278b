"""Sources that grow and overlap, and know the truth: which entry was said when, and which of them are one story."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import pairwise

from support.origin import Asked, Origin, Step, answer
from syndicator.text.keys import body_hash

SOURCES = ("alpha", "beta", "gamma", "pages")
GROWTH = (
    ("alpha", "own", "own"),
    ("alpha", "both", "both in one"),
    ("beta", "both", "both in other"),
    ("beta", "same-b", "same"),
    ("gamma", "same-c", "same"),
    ("alpha", "page-a", "page in short"),
    ("pages", "page-a", "page in full"),
    ("pages", "page-b", "second page"),
)
"""Source, address and text of what a growth adds: five stories, three of them in two sources."""
WORDS = "bridge river market winter council harbour lantern orchard letter engine valley window garden thunder".split()


@dataclass(frozen=True)
class Entry:
    """What a source says.

    Attributes:
        source: Which.
        url: Its address, and its key there.
        story: What it is a copy of.
        born: The revision that shows it first.
        title: Its headline.
        text: Its body.
    """

    source: str
    url: str
    story: str
    born: int
    title: str
    text: str


class Truth:
    """An RSS, an Atom and a JSON feed, and a listing with article pages behind it, which never drop an entry.

    The oldest entry of `gamma` is edited by each growth.
    """

    def __init__(self, origin: Origin) -> None:
        self.entries: list[Entry] = []
        self.revision = 0
        self.asked = 0
        self.pages = 0
        self._origin = origin
        self._bodies: dict[str, tuple[str, bytes]] = {}
        self._revisions: dict[bytes, int] = {}
        for source in SOURCES:
            origin.on(f"/{source}", partial(self._feed, source))
        self.grow()

    @property
    def tables(self) -> str:
        """The sources as a configuration has them."""
        feeds = [f'[[source]]\nid = "{it}"\nurl = "{self._origin.url(f"/{it}")}"\n' for it in SOURCES]
        select = 'select = { item = "article", link = "a", title = "h2", follow = true }'
        return "".join(feeds) + f'kind = "page"\n{select}\n'

    def grow(self) -> None:
        """More entries, all at once."""
        revision = self.revision + 1
        for source, name, text in GROWTH:
            url, title = self._origin.url(f"/{name}/{revision}"), f"{name} {revision}"
            story = f"{name.partition('-')[0] if name[-1] != 'b' or source == 'beta' else name} {revision}"
            entry = Entry(source, url, story, revision, title, prose(text, revision))
            self.entries.append(entry)
            if source == "pages":
                self._origin.on(f"/{name}/{revision}", partial(self._page, entry))
        bodies = {source: body(revision, self.of(source)).encode() for source, body in BODIES.items()}
        self._revisions |= {body_hash(body): revision for body in bodies.values()}
        self._bodies = {source: (f'"{revision}"', body) for source, body in bodies.items()}
        self.revision = revision

    def of(self, source: str, revision: int = 10**9) -> list[Entry]:
        """What a source had said by a revision, the oldest first."""
        return [it for it in self.entries if it.source == source and it.born <= revision]

    def seen(self, etag: str, digest: bytes) -> int:
        """The revision of a source that these validators stand for; 0: none."""
        return max(int(etag.strip('"') or 0), self._revisions.get(digest, 0))

    def _feed(self, source: str, asked: Asked) -> Sequence[Step]:
        self.asked += 1
        etag, body = self._bodies[source]
        if asked.field("if-none-match") == etag:
            return answer(b"", f"ETag: {etag}", status="304 Not Modified")
        return answer(body, f"ETag: {etag}")

    def _page(self, entry: Entry, _: Asked) -> Sequence[Step]:
        self.pages += 1
        head = '<html><head><meta property="og:type" content="article"></head>'
        body = f"<body><article><h1>{entry.title}</h1><p>{entry.text}</p></article></body></html>"
        return answer((head + body).encode(), "Content-Type: text/html")


def edited(revision: int) -> str:
    """What a revision has for the title of the oldest entry of `gamma`."""
    return f"same-c 1, edition {revision}"


def prose(*seed: object) -> str:
    """A paragraph that no other seed gives."""
    digest = blake2b(repr(seed).encode(), digest_size=60).digest()
    pairs = pairwise(digest)
    return " ".join(WORDS[one % len(WORDS)] + WORDS[other % len(WORDS)][:4] for one, other in pairs).capitalize() + "."


def _alpha(_: int, entries: list[Entry]) -> str:
    tags = (("title", "title"), ("link", "url"), ("guid", "url"), ("description", "text"))
    said = ("".join(f"<{tag}>{getattr(it, name)}</{tag}>" for tag, name in tags) for it in entries)
    items = "".join(f"<item>{it}</item>" for it in said)
    return f'<rss version="2.0"><channel><title>alpha</title>{items}</channel></rss>'


def _beta(_: int, entries: list[Entry]) -> str:
    items = (
        f'<entry><title>{it.title}</title><id>{it.url}</id><link href="{it.url}"/><content>{it.text}</content></entry>'
        for it in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>beta</title><id>urn:beta</id>{"".join(items)}</feed>'


def _gamma(revision: int, entries: list[Entry]) -> str:
    items = [{"id": it.url, "url": it.url, "title": it.title, "content_text": it.text} for it in entries]
    items[0]["title"] = edited(revision)
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "gamma", "items": items})


def _pages(_: int, entries: list[Entry]) -> str:
    items = "".join(f'<article><h2>{it.title}</h2><a href="{it.url}">read</a></article>' for it in entries)
    return f"<html><head><title>pages</title></head><body>{items}</body></html>"


BODIES = {"alpha": _alpha, "beta": _beta, "gamma": _gamma, "pages": _pages}
