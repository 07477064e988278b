"""The kind `list`: subscription lists, in OPML 1.0 to 2.0, or in plain text with one address on each line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from lxml import etree

from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Parsed
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_xml
from syndicator.parse.decoding.sniff import Shape, sniff
from syndicator.parse.decoding.xml import tree
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds import nodes
from syndicator.social.previews import preview
from syndicator.text.characters import one_line
from syndicator.text.markup import plain
from syndicator.text.secrets import looks_private
from syndicator.text.slugs import slug
from syndicator.text.urls import absolute

MAX_BYTES = 1024 * 1024
"""The most bytes of a list's body; a longer one is refused."""
MAX_SOURCES = 5000
"""The most sources that are taken from one list; those that come after them are left out."""

_TOLD = 5
"""The most entries that the warning about left-out ones names."""
_AROUND = "\ufeff\0 \t\r\n"
"""Characters around a list, and around its lines, that mean nothing."""
_OPEN = frozenset({"outline", "body"})
"""Elements one of which is open where a list is cut off."""
_WHAT = {
    Shape.XML_FEED: "a feed",
    Shape.JSON: "a JSON document",
    Shape.HTML: "an HTML page",
    Shape.OTHER_XML: "an XML document of another kind",
}
"""What a failure calls a body that is not a list."""


class _Listed(Noun, kw_only=False):
    """A subscription as the list has it.

    Attributes:
        url: The feed's address as written.
        title: Its title.
        tags: Tags made of its folders.
        line: The number of its line in plain text; 0 in OPML.
    """

    url: str
    title: str = ""
    tags: tuple[str, ...] = ()
    line: int = 0


def parse(response: Response, source: Source) -> Parsed:
    """Read a subscription list.

    Every source inherits tags, language, time zone, interval and the right to republish from the list's own entry in
    the configuration, but no credentials. A list can name only `http:` and `https:` addresses, and lists inside it are
    not followed.

    Raises:
        Unreadable: The list is empty, too long, broken, or something else.
    """
    if len(response.body) > MAX_BYTES:
        raise Unreadable(
            FailureKind.TOO_LARGE, f"The list is larger than {MAX_BYTES // 1024} KiB.", "Split it into several lists."
        )
    shape = sniff(response.body).shape
    whole = decode_xml(response.body, response.content_type)
    text = whole.strip(_AROUND)
    if not text:
        raise Unreadable(FailureKind.EMPTY, "The list is empty.", "Open the address in a browser.")
    truncated = False
    if shape is Shape.OPML:
        document = tree(text)
        truncated = not _OPEN.isdisjoint(it.lower() for it in document.cut)
        listed, warnings = list(_outlines(document.root)), list(document.warnings)
        info = FeedInfo(title=_title(document.root))
    elif shape is Shape.OTHER or not text.startswith(("<", "{", "[")):
        listed, warnings, info = list(_lines(whole)), [], FeedInfo()
    else:
        raise Unreadable(
            FailureKind.NO_FEED,
            f"The body is {_WHAT[shape]}, not a subscription list.",
            "The sources that it named before stay. Open the address in a browser; if it is meant as a source, write"
            " it under [[source]].",
        )
    named, doubts = _addresses(listed, tells=not source.private)
    if not named:
        raise Unreadable(FailureKind.EMPTY, " ".join(["The list names no feed.", *doubts]), "Check its address.")
    if len(named) > MAX_SOURCES:
        doubts.append(f"Only the first {MAX_SOURCES} of {len(named)} feeds were taken.")
    sources = tuple(_sources(named[:MAX_SOURCES], source))
    return Parsed(info=info, sources=sources, warnings=(*warnings, *doubts), truncated=truncated)


def _outlines(root: etree._Element) -> Iterator[_Listed]:
    """Read the outlines that have an address, with the folders around them as tags.

    Outlines in a comment (`isComment`) are left out. A list inside the list, or a bookmark, has an empty address.
    """
    folders: list[tuple[str, ...]] = []
    commented = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("{*}outline", "{*}Outline", "{*}OUTLINE")):
        said = {key.lower(): value.strip() for key, value in element.attrib.items()}
        comment = said.get("iscomment", "").lower() == "true"
        if event == "end":
            commented -= comment
            folders.pop()
            continue
        commented += comment
        title = one_line(plain(said.get("text") or said.get("title", "")))
        url = said.get("xmlurl") or said.get("url", "")
        folders.append((slug(title),) if title and not url else ())
        if commented or not url:
            continue
        if "xmlurl" not in said and said.get("type", "").lower() not in {"rss", "atom", "feed"}:
            url = ""  # a list inside the list, or a bookmark: counted among what is left out
        categories = (slug(part) for part in said.get("category", "").replace("/", ",").split(","))
        tags = nodes.unique([*(tag for folder in folders for tag in folder), *categories])
        yield _Listed(url=url, title=title, tags=tags)


def _title(root: etree._Element) -> str:
    heads = (child for child in root if nodes.name(child.tag) == "head")
    return next((one_line(nodes.first(nodes.children(head), "title")) for head in heads), "")


def _lines(text: str) -> Iterator[_Listed]:
    """Read plain text: each line has an address, and perhaps a title behind it; `#` begins a comment line."""
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip(_AROUND)
        if line and not line.startswith("#"):
            url, *title = line.split(None, 1)
            yield _Listed(url=url, title=one_line(title[0]) if title else "", line=number)


def _addresses(listed: Iterable[_Listed], *, tells: bool) -> tuple[list[_Listed], list[str]]:
    """Give each web address once, absolute, with the tags of all its repetitions; and warnings about the rest.

    Args:
        listed: The subscriptions as written.
        tells: Whether warnings may name titles; a title that holds an address is never named.
    """
    found: dict[str, _Listed] = {}
    files, others = 0, list[_Listed]()
    for each in listed:
        written = each.url
        if written[:5].lower() == "feed:":  # an old URI scheme for feeds: feed://host/path, or feed:https://host/path
            written = written[5:] if written[5:9].lower() == "http" else f"http:{written[5:]}"
        url = absolute(written)
        if not url.startswith(("http:", "https:")):
            files += url.startswith("file:")
            others += [] if url else [each]
            continue
        known = found.get(url, each)
        found[url] = _Listed(url, known.title or each.title, nodes.unique([*known.tags, *each.tags]))
    doubts = []
    if files:
        doubts.append(f"Files were left out, as a list may only name web addresses: {files}.")
    if others:
        named = [it for it in (_name(each, tells=tells) for each in others) if it][:_TOLD]
        names = f" ({', '.join([*named, '…'] if len(named) < len(others) else named)})" if named else ""
        doubts.append(f"Entries without the http: or https: address of a feed were left out: {len(others)}{names}.")
    return list(found.values()), doubts


def _name(listed: _Listed, *, tells: bool) -> str:
    """What a warning calls an entry; empty if it must not, or cannot, be named."""
    if listed.line:
        return f"line {listed.line}"
    return f"“{listed.title}”" if tells and listed.title and "://" not in listed.title else ""


def _sources(named: list[_Listed], parent: Source) -> Iterator[Source]:
    """Make a source of each subscription; where addresses would give the same id, a digest is added to each of them."""
    ids = [_id(each.url, parent) for each in named]
    times = Counter(ids)
    for each, own in zip(named, ids, strict=True):
        channel = preview(each.url)
        yield replace(
            parent,
            id=own if times[own] == 1 else f"{own}-{_digest(each.url)}",
            url=channel or each.url,
            kind="telegram" if channel else "auto",
            title="" if _is_private(each.url, parent) and "://" in unquote(each.title) else each.title,
            tags=nodes.unique([*parent.tags, *each.tags]),
            private=_is_private(each.url, parent),
            auth=None,
            select=None,
            parent=parent.id,
        )


def _is_private(url: str, parent: Source) -> bool:
    """Whether a source is private: its address looks so, or its list is private: then addresses are often personal."""
    return parent.private or looks_private(url)


def _id(url: str, parent: Source) -> str:
    if _is_private(url, parent):
        return f"private-{_digest(url)}"
    parts = urlsplit(url)
    return slug(f"{parts.hostname or ''}{parts.path}")


def _digest(url: str) -> str:
    return blake2b(url.encode("utf-8", "replace"), digest_size=3).hexdigest()
