"""Read authors as RSS writes them: each in a line, with a mail address or a page's address beside the name."""

import re
from collections.abc import Iterable

from lxml import etree

from syndicator.model.article import Person
from syndicator.parse.feeds import nodes

CREATORS = ("dc:creator", "dc:author")
"""Elements of Dublin Core that name an author."""
_MORE = re.compile("[<&@/]")
"""A sign that a line is more than a name; most lines have none of these."""
_CONTACT = re.compile(
    r"(?:[<(\[] ?|(?<!\S))"
    r"(?:(?:mailto:)?([^\s<>()\[\]@,;]{1,64}@[^\s<>()\[\]@,;?]{1,255})(?:\?[^\s<>()\[\]]*)?|(https?://[^\s<>()\[\],;]+))"
    r" ?[>)\]]?",
    re.IGNORECASE,
)
"""A mail address (first group) or the address of a page (second), with the brackets around it."""
_HANDLE = re.compile(r"@[\w.-]+\s+(?=[^\W\d_])")
"""A user name before the real name: `@jane Jane Doe`."""
_TAG = re.compile(r"</?(?:(br|div|p)|a|b|em|font|i|small|span|strong|u)(?:\s[^<>=]*+=[^<>]*+|\s?/?)>", re.IGNORECASE)
"""An HTML tag; the group is the name of one that breaks the line."""
_APART = ' ",;:|/–—-'
"""Signs that part a name from an address."""
_BRACKETS = {"(": ")", "<": ">", "[": "]"}
"""The closing bracket for each opening one."""


def person(text: str) -> Person | None:
    """Read an author: "mail (Name)", "Name <mail>", "Name (page)", or one of these alone.

    Text that was escaped once too often is unescaped, and tags are removed. A line with several mail addresses, or
    several pages, names several people, and becomes the name as it is.

    Returns:
        The author; None: the text names nobody.
    """
    text = " ".join(text[: nodes.LONGEST_LINE].split())
    if not _MORE.search(text):
        return Person(name=text) if text else None
    text = " ".join(_TAG.sub(lambda tag: " " if tag[1] else "", nodes.unescaped(text)).split())
    contacts = _CONTACT.findall(text)
    mails, pages = (list(filter(None, (it[kind] for it in contacts))) for kind in (0, 1))
    text = _HANDLE.sub("", text, count=1) if text[0:1] == "@" else text
    if len(mails) > 1 or len(pages) > 1:
        return Person(name=text)
    email, page = "".join(mails), "".join(pages)
    name = _unwrapped(" ".join(_CONTACT.sub(" ", text).split()).strip(_APART)) if contacts else text
    name = name or email or page
    return Person(name=name, url=nodes.web(page, ""), email=email) if name else None


def persons(elements: Iterable[etree._Element]) -> tuple[Person, ...]:
    """Read the authors that elements name."""
    return tuple(found for element in elements if (found := person(nodes.text(element))))


def _unwrapped(name: str) -> str:
    """Remove brackets that enclose the whole name."""
    inner = name[1:-1]
    is_one = _BRACKETS.get(name[:1]) == name[-1:] and inner.find(name[-1:]) >= inner.find(name[:1])
    return inner.strip() if is_one else name
