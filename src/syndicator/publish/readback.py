"""Read a published feed back from its file: this is what its subscribers have, whatever it was made from."""

from collections.abc import Iterator
from typing import Any

import orjson
from lxml import etree

from syndicator.model.outlook import PublishedFeed, PublishedItem
from syndicator.text.keys import digest

_ATOM = "{http://www.w3.org/2005/Atom}"


def shown(suffix: str, data: bytes) -> PublishedFeed | None:
    """Read what a published feed shows.

    Args:
        suffix: The suffix of its file: ".rss", ".atom" or ".json".
        data: The content of the file.

    Returns:
        The feed; None if the file is no feed that this program has written.
    """
    try:
        if suffix == ".json":
            return _json(orjson.loads(data))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
        if root.tag == f"{_ATOM}feed":
            return _atom(root)
        return _rss(root[0]) if root.tag == "rss" else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, etree.XMLSyntaxError):
        return None


def _json(feed: dict[str, Any]) -> PublishedFeed:
    head = {
        "title": feed["title"],
        "description": feed.get("description", ""),
        "address": feed["feed_url"],
        "hubs": [it["url"] for it in feed.get("hubs", ())],
    }
    return PublishedFeed(head=head, items=dict(map(_item, feed["items"])))


def _item(item: dict[str, Any]) -> tuple[str, PublishedItem]:
    mode = item.get("_syndicator", {}).get("rights", {}).get("mode", "")
    return str(item["id"]), PublishedItem(title=str(item["title"]), mode=str(mode), digest=digest(orjson.dumps(item)))


def _rss(channel: etree._Element) -> PublishedFeed:
    return PublishedFeed(
        head=_head(channel, "title", "description"),
        items={_text(it, "guid"): _entry(it, "title") for it in channel.iterchildren("item")},
    )


def _atom(feed: etree._Element) -> PublishedFeed:
    return PublishedFeed(
        head=_head(feed, f"{_ATOM}title", f"{_ATOM}subtitle"),
        items={_text(it, f"{_ATOM}id"): _entry(it, f"{_ATOM}title") for it in feed.iterchildren(f"{_ATOM}entry")},
    )


def _head(feed: etree._Element, title: str, description: str) -> dict[str, object]:
    return {
        "title": _text(feed, title),
        "description": _text(feed, description),
        "address": next(_links(feed, "self"), ""),
        "hubs": [*_links(feed, "hub")],
    }


def _links(feed: etree._Element, rel: str) -> Iterator[str]:
    return (it.get("href", "") for it in feed.iterchildren(f"{_ATOM}link") if it.get("rel") == rel)


def _text(element: etree._Element, tag: str) -> str:
    return element.findtext(tag) or ""


def _entry(element: etree._Element, title: str) -> PublishedItem:
    """An item by its element, without the namespaces that the document declares for other elements."""
    canonical = etree.tostring(element, method="c14n", exclusive=True)
    return PublishedItem(title=_text(element, title), digest=digest(canonical))
