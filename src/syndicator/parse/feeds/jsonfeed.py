"""Read JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, get_args

from syndicator.model.article import Enclosure, Entry, Origin, Person
from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Parsed
from syndicator.model.social import Credit, CreditRole, LinkOwner, SocialLink
from syndicator.model.state import FeedInfo
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds import hubs, nodes
from syndicator.parse.feeds.authors import person
from syndicator.parse.feeds.constructs import length
from syndicator.parse.feeds.entries import MAX_ENTRIES, MAX_INHERITED, inheriting, people, text_or_none
from syndicator.parse.feeds.feed_social import EVIDENCE, of_people
from syndicator.parse.feeds.lenient_json import dumped, load
from syndicator.parse.feeds.paging import near
from syndicator.parse.feeds.seen import Seen, Written, read_new
from syndicator.social.platforms import PRESENT, TELLING, match
from syndicator.text.characters import one_line
from syndicator.text.json_paths import explain, text_of

Object = dict[str, Any]

"""A JSON object."""

_MOST_LINKS = 100
"""The most social links that are read of a feed or of an item."""
_MOST_WORTH = 0.9
"""The greatest confidence of a social link, whatever the feed says of it; also that of a link with no valid one."""


class _Feed(Noun):
    """What items inherit from their feed.

    Attributes:
        base: The base of relative addresses.
        language: The language of items that name none.
        authors: The authors of items that name none.
        social: Accounts that the feed names.
    """

    base: str
    language: str
    authors: tuple[Person, ...]
    social: tuple[SocialLink, ...]


def read(text: str, url: str, known: Seen | None = None) -> Parsed:
    """Read a JSON Feed.

    Args:
        text: The document.
        url: Its address on the web; empty: it has none.
        known: Items that need not be read again.

    Raises:
        Unreadable: The document is no JSON, or no JSON Feed.
    """
    document, warnings, truncated = load(text)
    version = _string(document, "version") if isinstance(document, dict) else ""
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(document, dict) or ("jsonfeed.org/" not in version and not isinstance(items, list)):
        raise Unreadable(
            FailureKind.NO_FEED,
            "The body is JSON, but not a JSON Feed, which has a version and a list of items:"
            f" {explain(document, (), 'it')}.",
            'Use the address of the site\'s feed, or say what in it is an article, with kind = "json" and select.',
        )
    if "jsonfeed.org/" not in version:
        warnings += ("The JSON Feed does not say its version.",)
    if not isinstance(items, list):
        warnings += ("The JSON Feed has no list of items.",)
    info = _info(document, url)
    base = info.site_url or url
    authors = _authors(document, base)[:MAX_INHERITED]
    feed = _Feed(base=base, language=info.language, authors=authors, social=info.social)
    listed = (items if isinstance(items, list) else [])[: MAX_ENTRIES + 1]
    objects = ((item, raw) for item in listed if isinstance(item, dict) and (raw := dumped(item)))
    entries = read_new(objects, lambda item, written: _read_item(item, written, feed), feed, known)
    if len(entries) < len(listed):
        warnings += (
            f"Items that are not objects, or are nested too deeply, were left out: {len(listed) - len(entries)}.",
        )
    older = near(_address(document, "next_url", url), url)
    return Parsed(info=info, entries=entries, warnings=warnings, truncated=truncated, older=older)


def _info(document: Object, url: str) -> FeedInfo:
    """Read what a feed says of itself; `url` is the base of its addresses."""
    site = _address(document, "home_page_url", url)
    return FeedInfo(
        title=_line(document, "title"),
        site_url=site,
        description=_line(document, "description"),
        language=_string(document, "language")[: nodes.LONGEST_LINE],
        id=_string(document, "feed_url"),
        social=_social(document, site or url, "publisher"),
        hubs=hubs.of_json(document, url),
        topic=_address(document, "feed_url", url),
    )


def _read_item(item: Object, written: Written, feed: _Feed) -> Entry:
    url = _address(item, "url", feed.base)
    start = url or feed.base
    html = text_or_none(_string(item, "content_html"), start, html=True)
    files = tuple(_attachments(item, start))
    pictures = [_address(item, name, start) for name in ("image", "banner_image")]
    pictures += [file.url for file in files if file.type.startswith("image/")]
    authors = _authors(item, feed.base)
    entry = Entry(
        key="",
        guid=_string(item, "id"),
        url=url or nodes.web(_string(item, "id"), ""),
        external_url=_address(item, "external_url", feed.base),
        title=text_or_none(_string(item, "title"), html=False),
        summary=text_or_none(_string(item, "summary"), html=False),
        content=html or text_or_none(_string(item, "content_text"), html=False),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        authors=authors,
        categories=nodes.unique(_tags(item)),
        language=_string(item, "language") or feed.language,
        images=nodes.unique(pictures),
        enclosures=files,
        social=nodes.unique(
            (*_social(item, start, "article"), *of_people(authors or feed.authors, "authors"), *feed.social)
        ),
        raw=written.raw,
        written=written.digest,
    )
    entry = inheriting(entry, feed.authors)
    return _extended(entry, item, start) if "_syndicator" in item else entry


def _extended(entry: Entry, item: Object, base: str) -> Entry:
    """Complete an item by our extension `_syndicator`: its origin, comments, rights and credits.

    Feeds that this program publishes have it.
    """
    ours = next(_objects(item, "_syndicator"), {})
    source, rights = next(_objects(ours, "source"), {}), next(_objects(ours, "rights"), {})
    url, feed_url = _address(source, "url", base), _address(source, "feed_url", base)
    title = _line(source, "title")
    credited = tuple(
        Credit(role=role, name=_line(it, "name"), agency=_line(it, "agency"))
        for it in islice(_objects(ours, "credits"), MAX_INHERITED)
        for role in get_args(CreditRole)
        if role == it.get("role")
    )
    return replace(
        entry,
        origin=Origin(id="", title=title, feed_url=feed_url, site_url="" if url == feed_url else url),
        comments=_address(ours, "comments", base),
        rights=_line(rights, "notice"),
        credits=credited,
    )


def _line(item: Object, name: str) -> str:
    return one_line(_string(item, name))[: nodes.LONGEST_LINE]


def _string(item: Object, name: str) -> str:
    return text_of(item.get(name))


def _address(item: Object, name: str, base: str) -> str:
    """Give the absolute address in a member, or empty."""
    value = item.get(name)
    return nodes.web(value, base) if isinstance(value, str) else ""


def _objects(item: Object, name: str, *, text: str = "") -> Iterator[Object]:
    """Give the objects in a member that is a list; a lone value counts as a list of one.

    Args:
        item: The object that has the member.
        name: The member's name.
        text: The name of the only member of an object that is made of a text; empty: texts are left out.
    """
    value = item.get(name)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each
        elif text and isinstance(each, str):
            yield {text: each}


def _authors(item: Object, base: str) -> tuple[Person, ...]:
    """Read `authors` (1.1), else `author` (1.0); an author may be an object or only a name."""
    found = []
    for author in [*_objects(item, "authors", text="name")] or _objects(item, "author", text="name"):
        written = _string(author, "url")[: nodes.LONGEST_LINE]
        email = written.removeprefix("mailto:") if written.startswith("mailto:") else ""
        if said := person(one_line(_string(author, "name"))) or person(email or written):
            url = nodes.web(written, base) or said.url
            found.append(Person(name=said.name, url=url, email=email or said.email))
    return people(found)


def _social(item: Object, base: str, owner: LinkOwner) -> tuple[SocialLink, ...]:
    """Read the social links in the extension `_syndicator`, in which this program publishes them.

    The platform and kind of each are looked up anew; its confidence is as given, if that is at most `_MOST_WORTH`.
    """
    extension = item.get("_syndicator")
    found = []
    for each in [*_objects(extension, "social")][:_MOST_LINKS] if isinstance(extension, dict) else ():
        link, confidence = match(_address(each, "url", base)), each.get("confidence")
        if link is None or link.kind not in TELLING:
            continue
        worth = confidence if isinstance(confidence, int | float) and 0 <= confidence <= _MOST_WORTH else _MOST_WORTH
        found.append(
            replace(
                link,
                owner="publisher" if link.kind in PRESENT else owner,
                label=_line(each, "label") or link.label,
                confidence=float(worth),
                evidence=EVIDENCE,
                locator="_syndicator",
            )
        )
    return tuple(found)


def _tags(item: Object) -> Iterator[str]:
    """Read the tags: texts, numbers (often years) or objects with a name; a lone tag often stands without a list."""
    tags = item.get("tags")
    for tag in tags if isinstance(tags, list) else [tags]:
        yield one_line(_string(tag if isinstance(tag, dict) else {"name": tag}, "name"))


def _attachments(item: Object, base: str) -> Iterator[Enclosure]:
    for attachment in _objects(item, "attachments"):
        if url := _address(attachment, "url", base):
            size = _string(attachment, "size_in_bytes").partition(".")[0]
            yield Enclosure(
                url=url,
                type=_string(attachment, "mime_type").lower(),
                length=length(size),
                title=one_line(_string(attachment, "title")),
            )
