"""The kinds `feed` and `auto`, whose body decides which reader reads it; and `page`, with the feeds that a page offers.

A feed is RSS, RDF Site Summary, Atom or JSON Feed.
"""

from collections import Counter

from lxml import etree

from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Parsed, Wish
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_xml
from syndicator.parse.decoding.sniff import Shape, Sniffed, sniff
from syndicator.parse.decoding.xml import tree
from syndicator.parse.digest import found_hash
from syndicator.parse.discover import head
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds import atom, jsonfeed, nodes, rdf, rss
from syndicator.parse.feeds.entries import MAX_ENTRIES, distinct
from syndicator.parse.feeds.hubs import announced
from syndicator.parse.feeds.seen import Seen
from syndicator.text.keys import NOWHERE, where
from syndicator.text.urls import canonical, registrable_domain, web

_NAMESPACES = {"feed": "http://www.w3.org/2005/Atom", "entry": "http://www.w3.org/2005/Atom"}
"""The namespace of a format's elements, by the local name of the root; a format without one is left out."""
_ENTRIES = frozenset({"item", "entry"})
"""Local names of the elements that are entries, in lower case."""
_WHAT = {
    "urlset": "a sitemap",
    "sitemapindex": "an index of sitemaps",
    "svg": "an SVG picture",
    "error": "an error message in XML",
}
"""What a failure calls an XML document that is no feed, by the local name of its root."""


def parse(response: Response, source: Source, known: Seen | None = None) -> Parsed:
    """Read a feed: RSS, RDF Site Summary, Atom or JSON Feed; entries that are `known` are not read again.

    Raises:
        Unreadable: The body is empty, too broken, or no feed; the message says what it is, and which feeds it offers if
            it is a page.
    """
    return _read(sniff(response.body), response, source, known)


def auto(response: Response, source: Source, known: Seen | None = None) -> Parsed:
    """Read a page if the body is HTML, else a feed, whose entries that are `known` are not read again.

    Raises:
        Unreadable: The body is neither a feed nor a page that could be read.
    """
    sniffed = sniff(response.body)
    if sniffed.shape is not Shape.HTML:
        return _read(sniffed, response, source, known)
    from syndicator.parse import page  # noqa: PLC0415 - pages need libraries that feeds can do without

    try:
        return _of_page(page.parse(response, source), response)
    except Unreadable as failure:
        if offer := _offer(response, source):
            raise offer from failure
        raise


def page(response: Response, source: Source) -> Parsed:
    """Read a page: an article, or a list of articles.

    Raises:
        Unreadable: The page is neither, or a selector matches nothing; the remedy names the feeds that the page offers.
    """
    from syndicator.parse.page import parse as parse_page  # noqa: PLC0415 - feeds can do without its libraries

    if sniff(response.body).shape in {Shape.XML_FEED, Shape.JSON}:
        raise Unreadable(FailureKind.NO_FEED, "The body is a feed, not a page.", 'Remove kind = "page".')
    try:
        return _of_page(parse_page(response, source), response)
    except Unreadable as failure:
        if offer := _offer(response, source):
            raise Unreadable(failure.kind, failure.message, f"{failure.remedy} {offer}") from failure
        raise


def _read(sniffed: Sniffed, response: Response, source: Source, known: Seen | None) -> Parsed:
    match sniffed.shape:
        case Shape.BLANK:
            raise Unreadable(FailureKind.EMPTY, "The body is empty.", "Open the address in a browser.")
        case Shape.XML_FEED:
            return followed(finished(_read_xml(response, known), response), source)
        case Shape.JSON:
            text = decode_xml(response.body, response.content_type)
            return followed(finished(jsonfeed.read(text, web_url(response), known), response), source)
        case Shape.OPML:
            raise Unreadable(
                FailureKind.NO_FEED,
                "The body is a subscription list (OPML), not a feed.",
                "Write it under [[list]] instead of [[source]].",
            )
        case Shape.HTML:
            raise _no_feed(response, source)
        case Shape.OTHER_XML:
            raise _other_xml(sniffed.root)
        case Shape.OTHER:
            raise Unreadable(
                FailureKind.NO_FEED, "The body is neither a feed nor a page.", "Open the address in a browser."
            )


def _of_page(parsed: Parsed, response: Response) -> Parsed:
    return replace(parsed, info=announced(parsed.info, response), is_page=True)


def _read_xml(response: Response, known: Seen | None) -> Parsed:
    """Read an XML feed, without the entry in which the document is cut off: half an entry is worse than none."""
    document = tree(decode_xml(response.body, response.content_type))
    root, url = document.root, web_url(response)
    local = nodes.local(root.tag)
    _adopt(root, _NAMESPACES.get(local, ""))
    truncated = any(name.rpartition(":")[2].lower() in _ENTRIES for name in document.cut[1:])
    if truncated:
        _drop_last_entry(root)
    match local:
        case "rss" | "channel":
            parsed = rss.read(root, url, known)
        case "rdf":
            parsed = rdf.read(root, url, known)
        case "feed" | "entry":
            parsed = atom.read(root, url, known)
        case _:
            raise _other_xml(local)
    is_mended = document.warnings[1:]  # one warning alone: only prefixes were not declared, so nothing can be missing
    if is_mended and not parsed.entries and parsed.info == FeedInfo():
        raise Unreadable(
            FailureKind.MALFORMED,
            f"Nothing could be read from the feed. {document.warnings[0]}",
            "Report it to the publisher.",
        )
    return replace(parsed, warnings=document.warnings, truncated=truncated)


def _drop_last_entry(root: etree._Element) -> None:
    entries = [it for it in root.iter(*(f"{{*}}{name}" for name in _ENTRIES)) if it is not root]
    if entries and (parent := entries[-1].getparent()) is not None:
        parent.remove(entries[-1])


def _other_xml(root: str) -> Unreadable:
    what = _WHAT.get(root, f"an XML document of another kind (<{root}>)")
    remedy = 'Set kind = "sitemap".' if root in {"urlset", "sitemapindex"} else "Use the feed's address."
    return Unreadable(FailureKind.NO_FEED, f"The body is {what}, not a feed.", remedy)


def _adopt(root: etree._Element, namespace: str) -> None:
    """Give the root's elements their format's namespace, where the document declares none or an unknown one.

    Args:
        root: The root of the document.
        namespace: The format's namespace; empty: its elements have none.
    """
    address = root.tag.rpartition("}")[0]
    written, name = root.prefix, nodes.name(root.tag)
    if not namespace and (":" not in name or name.startswith("rdf:")) and name[0] != "{":
        return
    if namespace and name.startswith("atom:"):
        address = ""  # `atom:` is Atom's: only elements without a namespace need it; .NET writes them with xmlns=""
    for element in root.iter(f"{address}}}*" if address else "{}*"):
        local = element.tag.rpartition("}")[2]
        if ":" not in local and (namespace or element.prefix == written):  # for example `rss` with Atom's namespace
            element.tag = f"{{{namespace}}}{local}" if namespace else local


def web_url(response: Response) -> str:
    """Give the web address of the document; empty for a file, so that no link in its feed leads to a file."""
    return nodes.web(response.url, "")


def finished(parsed: Parsed, response: Response) -> Parsed:
    """Keep the first `MAX_ENTRIES` entries, give each a key of its own, and add the hubs that header fields name."""
    warnings = parsed.warnings
    if len(parsed.entries) > MAX_ENTRIES:
        warnings += (f"Only the first {MAX_ENTRIES} entries were read.",)
    entries, doubts = distinct(parsed.entries[:MAX_ENTRIES])
    info = announced(parsed.info, response)
    return replace(parsed, info=info, entries=entries, warnings=warnings + doubts)


def followed(parsed: Parsed, source: Source) -> Parsed:
    """Add wishes for the pages of a feed's entries, if the source wants them followed.

    An address that several entries share is not an entry's page, so it is not wished for. Neither is a file that the
    entry attaches.
    """
    if not source.follow:
        return parsed
    if source.url.startswith("file:"):
        return replace(
            parsed, warnings=(*parsed.warnings, "No page is followed: a file source may lead only to files.")
        )
    pages = [where(found_hash(it)) for it in parsed.entries]  # the hash is all that is given of a known entry
    entries = Counter(pages)
    homes = {registrable_domain(source.url), registrable_domain(parsed.info.site_url)}
    wished = tuple(
        Wish(url=it.url, entry=it, of_feed=True, elsewhere=registrable_domain(it.url) not in homes)
        for it, page in zip(parsed.entries, pages, strict=True)
        if web(it.url) and page != NOWHERE and entries[page] == 1 and it.url not in {file.url for file in it.enclosures}
    )
    return replace(parsed, wishes=wished)


def _no_feed(response: Response, source: Source) -> Unreadable:
    """Give the failure that says which page stands in place of a feed: often a notice, or an advertisement."""
    return _offer(response, source) or Unreadable(
        FailureKind.NO_FEED,
        f"The body is {_called(head(response).title, source)}, and it offers no feed.",
        'If this continues, look for a feed on the site, or read the page itself with kind = "page".',
    )


def _offer(response: Response, source: Source) -> Unreadable | None:
    """Give the failure that names the feeds that a page offers; None: it offers none but its own address."""
    here = {canonical(response.url), canonical(source.url)}
    title, feeds = head(response)
    feeds = tuple(it for it in feeds if canonical(it) not in here)
    if not feeds:
        return None
    named = "a feed" if source.private else ", ".join(feeds)
    return Unreadable(
        FailureKind.NO_FEED,
        f"The body is {_called(title, source)}, which offers {named}.",
        "Use that address as the source's url.",
    )


def _called(title: str, source: Source) -> str:
    return "an HTML page" if source.private or not title else f"an HTML page, “{title}”"
