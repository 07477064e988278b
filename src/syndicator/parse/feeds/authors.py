"""Authors as RSS writes them: a line each, with a mail address or a page beside the name."""

import re
from collections.abc import Iterable

from lxml import etree

from syndicator.model.article import Person
from syndicator.parse.feeds import nodes

CREATORS = ("dc:creator", "dc:author")
"""Elements of Dublin Core that name who made something."""
_MORE = re.compile("[<&@/]")
"""Where a line has none of these, it is a name, as most are."""
_CONTACT = re.compile(
    r"(?:[<(\[] ?|(?<!\S))"
    r"(?:(?:mailto:)?([^\s<>()\[\]@,;]{1,64}@[^\s<>()\[\]@,;?]{1,255})(?:\?[^\s<>()\[\]]*)?|(https?://[^\s<>()\[\],;]+))"
    r" ?[>)\]]?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@[\w.-]+\s+(?=[^\W\d_])")
"""A name on a forum, before one's own: `@jane Jane Doe`."""
_TAG = re.compile(r"</?(?:(br|div|p)|a|b|em|font|i|small|span|strong|u)(?:\s[^<>=]*+=[^<>]*+|\s?/?)>", re.IGNORECASE)
_APART = ' ",;:|/–—-'
"""What parts a name from an address."""
_BRACKETS = {"(": ")", "<": ">", "[": "]"}


def person(text: str) -> Person | None:
    """Read an author: "mail (Name)", "Name <mail>", "Name (page)", or one of these alone.

    What is escaped once too often is resolved; markup goes. A line with several addresses of one kind names several
    people, and is left as it is.
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
    """A name that stands in brackets alone, without them."""
    inner = name[1:-1]
    is_one = _BRACKETS.get(name[:1]) == name[-1:] and inner.find(name[-1:]) >= inner.find(name[:1])
    return inner.strip() if is_one else name
