"""How documents are broken in the wild, such that a person would still find every entry in them."""

import re
from collections.abc import Callable

_TITLE_SPACE = re.compile(r"(<title[^>]*>[^<\s]+) ")


def broken(text: str, way: str) -> str:
    """The document, broken in this way; an empty way leaves it whole. `label` is in the bytes, and made there."""
    return _WAYS[way](text) if way in _WAYS else text


def _ampersand(text: str) -> str:
    """In titles and addresses, as it comes from a database."""
    return text.replace(" &amp; ", " & ").replace("&amp;utm_", "&utm_")


def _entity(text: str) -> str:
    """One of HTML's, which XML does not know."""
    return _TITLE_SPACE.sub(r"\1&nbsp;", text)


def _junk(text: str) -> str:
    """What a script says before the document begins."""
    return f"\n<br />\n<b>Warning</b>: session_start(): headers already sent in feed.php on line 3<br />\n{text}"


def _control(text: str) -> str:
    """What a word processor left."""
    return text.replace("</title>", "\x0b</title>")


def _prefix(text: str) -> str:
    """Namespaces that nobody declared."""
    return text.replace(' xmlns:content="http://purl.org/rss/1.0/modules/content/"', "").replace(
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""
    )


def _cut(text: str) -> str:
    """The end is missing, after the last entry."""
    return text.removesuffix("</channel>\n</rss>\n")


def _quotes(text: str) -> str:
    """Attributes without them."""
    return re.sub(r'isPermaLink="(\w+)"', r"isPermaLink=\1", text).replace('type="image/jpeg"', "type=image/jpeg")


_WAYS: dict[str, Callable[[str], str]] = {
    "ampersand": _ampersand,
    "entity": _entity,
    "junk": _junk,
    "control": _control,
    "prefix": _prefix,
    "cut": _cut,
    "quotes": _quotes,
}
