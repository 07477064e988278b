"""Border: the last check of everything that is published, so that every reader can parse it, whatever a source sent.

Each renderer passes its document through `document` first. After that, text contains no character that XML 1.0 forbids,
every address is an absolute http or https URI, every language a BCP 47 tag, every enclosure has a media type, and the
markup of a body is sanitised again. Passing a document twice changes nothing.
"""

import html
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import urlsplit

from syndicator.model.article import Enclosure, Origin, Person
from syndicator.model.document import Document, Item, Link
from syndicator.model.noun import replace
from syndicator.model.social import Credit
from syndicator.text.characters import legal, one_line
from syndicator.text.iris import is_iri, quoted, uri
from syndicator.text.language import normal_tag
from syndicator.text.moments import rfc3339
from syndicator.text.sanitiser import clean
from syndicator.text.urls import absolute

Value = TypeVar("Value")

MEDIA_TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
"""Media types by the suffix of a file's name.

The standard library's `mimetypes` differ between machines, and so would the published bytes.
"""

_SHORT = 20_000  # the most characters of markup in an item that is cached
_UNKNOWN_TYPE = "application/octet-stream"
_PLANE_ENDS = "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
_NONCHARACTER = re.compile(f"[\ufdd0-\ufdef{_PLANE_ENDS}]")
_AUTHORITY = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:\[\]-]+")  # browsers accept hosts that no URI may have
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)


def text(value: str) -> str:
    """The text without characters that XML 1.0 forbids (section 2.2), and without noncharacters."""
    return _NONCHARACTER.sub("", legal(value).replace("\r\n", "\n").replace("\r", "\n"))


def line(value: str) -> str:
    """The text on one line, without characters that XML 1.0 forbids, and without noncharacters."""
    return one_line(text(value))


@lru_cache(maxsize=4096)  # the same address stands in every format, and often
def address(url: str) -> str:
    """The absolute http or https URI (RFC 3986) of an address, without user and password; empty if there is none."""
    scheme, _, rest = absolute(url).partition("://")
    if scheme not in {"http", "https"}:
        return ""
    main, mark, fragment = rest.partition("#")
    authority, _, path = main.partition("/")
    host = authority.rpartition("@")[2]
    return f"{scheme}://{host}/{quoted(path)}{mark}{quoted(fragment)}" if _AUTHORITY.fullmatch(host) else ""


def iri(value: str) -> str:
    """An identifier as a URI: itself if it can be published as it is, else a hash of it (RFC 9562, section 5.5)."""
    if not is_iri(value):
        return uuid.uuid5(uuid.NAMESPACE_URL, text(value)).urn
    return uri(text(value))


def media_type(name: str, url: str) -> str:
    """The declared media type if valid, else the one by the file name in `url`, else `application/octet-stream`."""
    name = name.partition(";")[0].strip().lower()
    if _MEDIA_TYPE.fullmatch(name):
        return name
    return MEDIA_TYPES.get(PurePosixPath(urlsplit(url).path).suffix.lower(), _UNKNOWN_TYPE)


def is_picture(enclosure: Enclosure) -> bool:
    """Whether an enclosure is published as a picture, by its media type as `media_type` gives it."""
    return media_type(enclosure.type, enclosure.url).startswith("image/")


def filled(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields that have a value; empty ones are left out."""
    return {name: value for name, value in fields.items() if value}


def as_html(plain: str) -> str:
    """Plain text, escaped for an element that is read as HTML (RSS `description`)."""
    return html.escape(plain, quote=False)


def document(found: Document) -> Document:
    """The document in the form in which it may be published; see the head of this file."""
    title = line(found.title) or found.channel
    url = address(found.url) or iri(found.id)
    return replace(
        found,
        id=iri(found.id),
        title=title,
        description=text(found.description).strip() or title,
        url=url,
        feed_url=address(found.feed_url) or url,
        updated=_whole_second(found.updated),
        items=tuple(item(each) for each in found.items),
        language=normal_tag(found.language),
        gone=tuple(replace(it, id=iri(it.id), gone_at=_whole_second(it.gone_at)) for it in found.gone),
        profiles=_links(found.profiles),
        older_url=address(found.older_url),
        newer_url=address(found.newer_url),
        current_url=address(found.current_url),
        hubs=tuple(filter(None, map(address, found.hubs))),
    )


def item(found: Item) -> Item:
    """An item in the form in which it may be published."""
    return _item(found) if len(found.html) <= _SHORT else _item.__wrapped__(found)


@lru_cache(maxsize=512)  # the same items go into every format, and again with the next change
def _item(found: Item) -> Item:
    published = _whole_second(found.published)
    origin = _origin(found.origin)
    title = line(found.title) or f"{origin.title}, {rfc3339(published)}"
    url = address(found.url)
    return replace(
        found,
        id=iri(found.id),
        url=url,
        title=title,
        summary=text(found.summary).strip(),
        html=body(found.html),
        published=published,
        updated=max(_whole_second(found.updated), published),
        origin=origin,
        authors=tuple(Person(name=line(each.name), url=address(each.url)) for each in found.authors if line(each.name)),
        categories=tuple(dict.fromkeys(filter(None, map(line, found.categories)))),
        language=normal_tag(found.language),
        image=address(found.image),
        enclosures=tuple(_enclosure(each) for each in found.enclosures if address(each.url)),
        links=_links(found.links),
        comments=address(found.comments),
        rights=line(found.rights),
        license=address(found.license),
        credits=tuple(_credit(each) for each in found.credits if line(each.name or each.agency)),
    )


def body(found: str) -> str:
    """A body in the form in which it may be published: without active markup, with absolute web addresses only.

    It was sanitised when it was read, but perhaps long ago and by weaker rules.
    """
    return text(clean(text(found))).strip()


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _origin(found: Origin) -> Origin:
    return replace(
        found,
        id=iri(found.id),
        title=line(found.title) or iri(found.id),
        feed_url=address(found.feed_url),
        site_url=address(found.site_url),
        rights=line(found.rights),
    )


def _links(found: Iterable[Link]) -> tuple[Link, ...]:
    """The links in the form in which they may be published, without those that have no valid address."""
    links = (replace(link, href=address(link.href), title=line(link.title), handle=line(link.handle)) for link in found)
    return tuple(link for link in links if link.href)


def _enclosure(found: Enclosure) -> Enclosure:
    url = address(found.url)
    length = found.length if found.length and found.length > 0 else None
    return Enclosure(url=url, type=media_type(found.type, url), length=length, title=line(found.title))


def _credit(found: Credit) -> Credit:
    return replace(found, name=line(found.name), agency=line(found.agency))
