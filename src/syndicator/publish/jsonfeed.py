"""Write feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

import orjson

from syndicator.model.article import Enclosure, Origin
from syndicator.model.document import Document, Item, Link
from syndicator.publish import border
from syndicator.text.moments import rfc3339


def render_json(document: Document) -> bytes:
    """The document as JSON Feed 1.1.

    Data for which the specification has no field stands in `_syndicator`: the source, the further copies, the credits
    and the social links (docs/outputs.md).

    Args:
        document: What to publish; `feed_url` is where these bytes will be found.

    Returns:
        JSON in UTF-8, keys in the order of the specification.
    """
    document = border.document(document)
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": document.url,
        "feed_url": document.current_url or document.feed_url,  # the address of the subscription, also in an archive
        "description": document.description,
        "next_url": document.older_url,
        "language": document.language,
        "hubs": [{"type": "WebSub", "url": url} for url in document.hubs],
    }
    if document.profiles:
        head["_syndicator"] = {"social": [social_link(link) for link in document.profiles]}
    feed = border.filled(head) | {"items": [_item(item) for item in document.items]}
    return orjson.dumps(feed, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _item(item: Item) -> dict[str, Any]:
    body = {"content_html": item.html} if item.html else {"content_text": item.summary or item.title}
    about = next((link.href for link in item.links if link.rel == "related" and not link.platform), "")
    return border.filled(
        {
            "id": item.id,
            "url": item.url if item.url != about else "",
            "external_url": about,
            "title": item.title,
            **body,
            "summary": item.summary,
            "image": item.image,
            "date_published": rfc3339(item.published),
            "date_modified": rfc3339(item.updated),
            "authors": [border.filled({"name": author.name, "url": author.url}) for author in item.authors],
            "tags": list(item.categories),
            "language": item.language,
            "attachments": [_attachment(enclosure) for enclosure in item.enclosures],
            "_syndicator": _extension(item),
        }
    )


def _attachment(enclosure: Enclosure) -> dict[str, Any]:
    return border.filled(
        {
            "url": enclosure.url,
            "mime_type": enclosure.type,
            "title": enclosure.title,
            "size_in_bytes": enclosure.length,
        }
    )


def _extension(item: Item) -> dict[str, Any]:
    social = [link for link in item.links if link.platform]
    return border.filled(
        {
            "source": _source(item.origin),
            "also_in": [{"title": link.title, "url": link.href} for link in item.links if link.rel == "via"],
            "comments": item.comments,
            "rights": _rights(item),
            "sponsored": item.sponsored,
            "credits": [
                border.filled({"role": credit.role, "name": credit.name, "agency": credit.agency})
                for credit in item.credits
            ],
            "social": [social_link(link) for link in social if link.kind != "discussion"],
            "discussion": [social_link(link) for link in social if link.kind == "discussion"],
        }
    )


def _source(origin: Origin) -> dict[str, Any]:
    feed_url = origin.feed_url if origin.is_feed else ""
    return border.filled({"title": origin.title, "url": origin.feed_url or origin.site_url, "feed_url": feed_url})


def social_link(link: Link) -> dict[str, Any]:
    """The JSON object for a link to a social platform."""
    return border.filled(
        {
            "platform": link.platform,
            "kind": link.kind,
            "owner": link.owner,
            "handle": link.handle,
            "url": link.href,
            "label": link.title,
            "confidence": round(link.confidence, 2),
        }
    )


def _rights(item: Item) -> dict[str, Any]:
    """The fields that say how much of an item is shown, and what its publisher says about its use."""
    said: dict[str, Any] = {"mode": item.mode, "notice": item.rights or item.origin.rights, "license": item.license}
    return border.filled(said) | ({} if item.tdm is None else {"tdm": int(item.tdm)})
