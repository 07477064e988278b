"""A validator of RSS 2.0 with the Best Practices Profile: a check for each numbered rule of `rss_profile.toml`."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
CREATOR = f"{DC}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"

REQUIRED = ["title", "link", "description"]
CHANNEL_ONCE = [
    *REQUIRED,
    *("language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs"),
    *("cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays"),
]
ITEM_ONCE = [*REQUIRED, "author", "comments", "guid", "pubDate", "source"]
KNOWN = {
    "channel": {*CHANNEL_ONCE, "category", "item"},
    "item": {*ITEM_ONCE, "category", "enclosure"},
    "image": {"url", "title", "link", "width", "height", "description"},
}
PLAIN = re.compile(rb"<(title|category|source|copyright|generator)(?:\s[^>]*)?>(.*?)</\1>", re.DOTALL)
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
MAILBOX = re.compile(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+ \([^()]+\)")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]+")
DC_ONCE = [f"{DC}{name}" for name in ("title", "description", "date", "language", "rights", "source", "type", "format")]
HISTORY = {"current", "first", "last", "next", "previous", "next-archive", "prev-archive"}
MEDIUMS = {None, "image", "audio", "video", "document", "executable"}
ROLES = {None, "photographer", "illustrator", "camera operator"}  # of those on the list of `urn:ebu`, which we use
ACTING = {"script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "link", "meta", "base"}
WEEK = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

Element = etree._Element
Check = Callable[[Element, bytes], bool]
"""Whether a document, as a tree and as bytes, keeps a rule."""


def violations(xml: bytes) -> list[str]:
    """The numbers of the rules that a document breaks, in order; "1" alone when it cannot be parsed."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return ["1"]
    return [number for number, check in CHECKS.items() if not check(root, xml)]


def is_uri(value: str | None, *schemes: str) -> bool:
    """Whether it is an absolute URI, of one of the schemes if some are given."""
    if not value or not URI.fullmatch(value):
        return False
    parts = urlsplit(value)
    return parts.scheme in schemes and bool(parts.netloc) if schemes else bool(parts.netloc or parts.path)


def is_date(value: str | None) -> bool:
    """Whether it is a date of RFC 822 with a year of four digits and the right day of the week."""
    if not value or not DATE.fullmatch(value):
        return False
    moment: datetime = parsedate_to_datetime(value)
    return f"{moment:%a}" == value[:3]


def relative_links(markup: str | None) -> list[str]:
    """Addresses in HTML that are not absolute."""
    if not markup or "<" not in markup:
        return []
    found = html.fragment_fromstring(markup, create_parent="div").iterlinks()
    return [link for _, _, link, _ in found if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link)]


def _channel(root: Element) -> Element:
    found = root.find("channel")
    return root if found is None else found


def _items(root: Element) -> Iterator[Element]:
    return _channel(root).iterchildren("item")


def _texts(root: Element, *paths: str) -> list[str | None]:
    return [element.text for path in paths for element in root.findall(path)]


def _once(parent: Element, names: list[str]) -> bool:
    counts = Counter(child.tag for child in parent)
    return all(counts[name] <= 1 for name in names)


def _all_known(root: Element, _: bytes) -> bool:
    return all(
        child.tag in KNOWN[parent.tag]
        for parent in root.iter(*KNOWN)
        for child in parent.iterchildren(tag=etree.Element)
        if "{" not in child.tag
    )


def _items_last(root: Element, _: bytes) -> bool:
    tags = [child.tag for child in _channel(root)]
    return "item" not in tags or set(tags[tags.index("item") :]) == {"item"}


def _hexadecimal(_: Element, xml: bytes) -> bool:
    head = re.search(rb"<description>(.*?)</description>", xml, re.DOTALL)
    texts = [text for _, text in PLAIN.findall(xml)] + ([head[1]] if head else [])
    return not any(re.search(rb"&(amp|lt|#\d)|<!\[CDATA\[", text) for text in texts)


def _self_link(root: Element, _: bytes) -> bool:
    links = [link for link in _channel(root).findall(f"{ATOM}link") if link.get("rel") == "self"]
    return (
        len(links) == 1
        and is_uri(links[0].get("href"), "http", "https")
        and (links[0].get("type") == "application/rss+xml")
    )


def _guids_unique(root: Element, _: bytes) -> bool:
    guids = [item.findtext("guid") for item in _items(root)]
    return all(guid and guid.strip() for guid in guids) and len(set(guids)) == len(guids)


def _permalinks(root: Element, _: bytes) -> bool:
    return all(
        guid.get("isPermaLink", "true") == "false" or is_uri(guid.text, "http", "https")
        for guid in root.iter("guid")
        if guid.get("isPermaLink", "true") in {"true", "false"}
    )


def _enclosures(root: Element, _: bytes) -> bool:
    return all(
        is_uri(each.get("url"), "http", "https")
        and re.fullmatch(r"\d+", each.get("length", ""))
        and MEDIA_TYPE.fullmatch(each.get("type", ""))
        for each in root.iter("enclosure")
    )


def _description_first(root: Element, _: bytes) -> bool:
    for item in _items(root):
        tags = [child.tag for child in item]
        if CONTENT in tags and ("description" not in tags or tags.index("description") > tags.index(CONTENT)):
            return False
    return True


def _dublin_core(root: Element, _: bytes) -> bool:
    return all(LANGUAGE.fullmatch(tag or "") for tag in _texts(root, f".//{DC}language")) and all(
        _once(item, DC_ONCE) for item in _items(root)
    )


def _atom_links(root: Element, _: bytes) -> bool:
    return all(
        MEDIA_TYPE.fullmatch(link.get("type", "a/b"))
        and link.get("title", "x").strip()
        and link.get("length", "0").isdigit()
        and (link.getparent() is _channel(root) or link.get("rel") not in HISTORY)
        for link in root.iter(f"{ATOM}link")
    )


def _media(root: Element, _: bytes) -> bool:
    return all(
        is_uri(each.get("url"), "http", "https")
        and MEDIA_TYPE.fullmatch(each.get("type", "a/b"))
        and re.fullmatch(r"[1-9]\d*", each.get("fileSize", "1"))
        and each.get("medium") in MEDIUMS
        for each in root.iter(f"{MEDIA}content")
    ) and all(each.get("role") in ROLES and (each.text or "").strip() for each in root.iter(f"{MEDIA}credit"))


def _nothing_acts(root: Element, _: bytes) -> bool:
    bodies = [body for body in _texts(root, ".//item/description", f".//{CONTENT}") if body and "<" in body]
    found = [tag for body in bodies for tag in html.fragment_fromstring(body, create_parent="div").iter(etree.Element)]
    return ACTING.isdisjoint(tag.tag for tag in found) and not any(
        name == "style" or name.startswith("on") for tag in found for name in tag.attrib
    )


def _image_matches(root: Element, _: bytes) -> bool:
    channel, image = _channel(root), root.find("channel/image")
    return image is None or all(image.findtext(name) == channel.findtext(name) for name in ("title", "link"))


CHECKS: dict[str, Check] = {
    "1": lambda _, xml: xml.startswith((b'<?xml version="1.0" encoding="UTF-8"?>', b"<rss")),
    "2": lambda root, _: root.tag == "rss" and root.get("version") == "2.0",
    "3": lambda root, _: [child.tag for child in root] == ["channel"],
    "4": _all_known,
    "5": lambda root, _: all((_channel(root).findtext(name) or "").strip() for name in REQUIRED),
    "6": lambda root, _: _once(_channel(root), CHANNEL_ONCE),
    "7": _items_last,
    "8": _hexadecimal,
    "9": lambda root, _: all(map(is_date, _texts(root, ".//pubDate", ".//lastBuildDate"))),
    "10": lambda root, _: all(
        is_uri(url, "http", "https") for url in _texts(root, ".//link", ".//comments", ".//docs")
    ),
    "11": lambda root, _: all(LANGUAGE.fullmatch(tag or "") for tag in _texts(root, "channel/language")),
    "12": _self_link,
    "13": lambda root, _: all((text or "").strip() for text in _texts(root, ".//generator", ".//category")),
    "14": lambda root, _: all(
        (item.findtext("title") or item.findtext("description") or "").strip() for item in _items(root)
    ),
    "15": lambda root, _: all(_once(item, ITEM_ONCE) for item in _items(root)),
    "16": _guids_unique,
    "17": lambda root, _: all(guid.get("isPermaLink", "true") in {"true", "false"} for guid in root.iter("guid")),
    "18": _permalinks,
    "19": lambda root, _: all(
        MAILBOX.fullmatch(text or "") for text in _texts(root, ".//author", ".//managingEditor", ".//webMaster")
    ),
    "20": _enclosures,
    "21": lambda root, _: all(len(item.findall("enclosure")) <= 1 for item in _items(root)),
    "22": lambda root, _: all(
        is_uri(source.get("url"), "http", "https") and (source.text or "").strip() for source in root.iter("source")
    ),
    "23": lambda root, _: not any(map(relative_links, _texts(root, ".//item/description"))),
    "24": _description_first,
    "25": lambda root, _: not any(map(relative_links, _texts(root, f".//{CONTENT}"))),
    "26": lambda root, _: (
        not any(item.find("author") is not None and item.find(CREATOR) is not None for item in _items(root))
    ),
    "27": lambda root, _: all(is_uri(link.get("href")) and link.get("rel", "x") for link in root.iter(f"{ATOM}link")),
    "28": lambda root, _: all(re.fullmatch(r"[1-9]\d*", text or "") for text in _texts(root, "channel/ttl")),
    "29": lambda root, _: all(
        re.fullmatch(r"1?\d|2[0-3]", text or "") for text in _texts(root, "channel/skipHours/hour")
    ),
    "30": lambda root, _: WEEK.issuperset(_texts(root, "channel/skipDays/day")),
    "31": lambda root, _: root.find("channel/textInput") is None,
    "32": _image_matches,
    "33": lambda root, _: not re.search("[\x7f-\x9f\ufffe\uffff]", "".join(root.itertext())),
    "34": lambda root, _: (
        not any(
            "<" in (text or "") and re.search(r"</?[a-z]+[ />]", text or "")
            for text in _texts(root, "channel/title", "channel/description", "channel/copyright")
        )
    ),
    "35": _dublin_core,
    "36": _atom_links,
    "37": _media,
    "38": _nothing_acts,
}
