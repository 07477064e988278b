"""Every element of Atom and Dublin Core in every format that may borrow it, under a prefix of no meaning."""

from collections.abc import Iterator
from typing import Any

from support.corpus import Case

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_CHANNEL = "<channel><title>Site</title>{feed}"
HOSTS = {
    "RSS 2.0": f'<rss version="2.0"{{ns}}>{_CHANNEL}<item>{{entry}}</item></channel></rss>',
    "RSS 0.91": '<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    f'<rss version="0.91"{{ns}}>{_CHANNEL}<item>{{entry}}</item></channel></rss>',
    "RSS 1.0": f'<rdf:RDF {_RDF} xmlns="http://purl.org/rss/1.0/"{{ns}}>{_CHANNEL}</channel><item>{{entry}}</item></rdf:RDF>',
    "RSS 0.90": f'<rdf:RDF {_RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"{{ns}}>{_CHANNEL}</channel>'
    "<item>{entry}</item></rdf:RDF>",
    "Atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"{ns}><title>Site</title>{feed}<entry>{entry}</entry></feed>',
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"{ns}><title>Site</title>{feed}'
    "<entry>{entry}</entry></feed>",
}
_ATOM = {
    "title": ("<x:title>T</x:title>", {"title": "T"}),
    "content": ("<x:content>B</x:content>", {"body": "B"}),
    "summary": ("<x:summary>B</x:summary>", {"body": "B"}),
    "id": ("<x:id>urn:1</x:id>", {"id": "urn:1"}),
    "link": ('<x:link rel="alternate" href="https://site.example/1"/>', {"link": "https://site.example/1"}),
    "author": ("<x:author><x:name>Ann</x:name></x:author>", {"authors": ["Ann"]}),
    "enclosure": ('<x:link rel="enclosure" href="https://site.example/f"/>', {"files": ["https://site.example/f"]}),
}
_DATE, _MOMENT = "2026-11-26T09:00:00Z", {"date": "2026-11-26T09:00:00Z"}
_DUBLIN = {
    "title": ("<x:title>T</x:title>", {"title": "T"}),
    "description": ("<x:description>B</x:description>", {"body": "B"}),
    "date": (f"<x:date>{_DATE}</x:date>", _MOMENT),
    "creator": ("<x:creator>Ann</x:creator>", {"authors": ["Ann"]}),
    "subject": ("<x:subject>News</x:subject>", {"categories": ["News"]}),
    "language": ("<x:language>de</x:language>", {"language": "de"}),
    "rights": ("<x:rights>R</x:rights>", {"rights": "R"}),
}
ENTRIES: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "http://purl.org/atom/ns#": _ATOM
    | {it: (f"<x:{it}>{_DATE}</x:{it}>", _MOMENT) for it in ("issued", "modified", "created")}
    | {"copyright": ("<x:copyright>R</x:copyright>", {"rights": "R"})},
    "http://www.w3.org/2005/Atom": _ATOM
    | {it: (f"<x:{it}>{_DATE}</x:{it}>", _MOMENT) for it in ("published", "updated")}
    | {
        "category": ('<x:category term="News"/>', {"categories": ["News"]}),
        "rights": ("<x:rights>R</x:rights>", {"rights": "R"}),
    },
    "http://purl.org/dc/elements/1.0/": _DUBLIN,
    "http://purl.org/dc/elements/1.1/": _DUBLIN,
}
_OF_ATOM = {
    "link": ('<x:link href="https://site.example/"/>', {"link": "https://site.example/"}),
    "id": ("<x:id>urn:s</x:id>", {"id": "urn:s"}),
}
_OF_DUBLIN = {
    "description": ("<x:description>D</x:description>", {"description": "D"}),
    "language": ("<x:language>de</x:language>", {"language": "de"}),
    "rights": ("<x:rights>R</x:rights>", {"rights": "R"}),
}
FEEDS: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "http://purl.org/atom/ns#": _OF_ATOM
    | {
        "tagline": ("<x:tagline>D</x:tagline>", {"description": "D"}),
        "copyright": ("<x:copyright>R</x:copyright>", {"rights": "R"}),
    },
    "http://www.w3.org/2005/Atom": _OF_ATOM
    | {
        "subtitle": ("<x:subtitle>D</x:subtitle>", {"description": "D"}),
        "rights": ("<x:rights>R</x:rights>", {"rights": "R"}),
    },
    "http://purl.org/dc/elements/1.0/": _OF_DUBLIN,
    "http://purl.org/dc/elements/1.1/": _OF_DUBLIN,
}
_SPEAKS = {"title", "body", "id", "link", "files"}


def borrowed() -> Iterator[Case]:
    """A case for each host and element: of an entry, then of a feed."""
    for host, frame in HOSTS.items():
        for address, elements in ENTRIES.items():
            for name, (markup, wanted) in elements.items():
                own, said = ("", {}) if _SPEAKS & wanted.keys() else ("<title>T</title>", {"title": "T"})
                body = _filled(frame, address, "", own + markup)
                yield Case(f"{name} of {address} in {host}", "well-formed", body, [said | wanted])
        for address, parts in FEEDS.items():
            for name, (markup, wanted) in parts.items():
                body = _filled(frame, address, markup, "<title>T</title>")
                yield Case(
                    f"{name} of {address} in the feed, {host}", "well-formed", body, [{"title": "T"}], info=wanted
                )


def _filled(frame: str, address: str, feed: str, entry: str) -> bytes:
    return frame.format(ns=f' xmlns:x="{address}"', feed=feed, entry=entry).encode()
