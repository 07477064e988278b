"""Read the line of text in which a link stands: whom it calls to subscribe to, and what else it says."""

import re
from collections.abc import Iterable
from itertools import islice, takewhile

from lxml.html import HtmlElement

from syndicator.model.social import SocialLink
from syndicator.parse.decoding.tree import words
from syndicator.parse.publishers.own_accounts import OwnAccounts
from syndicator.social.calls import speaks_of_author
from syndicator.social.labels import letters_left, tidy, words_left
from syndicator.social.lines import split_footer
from syndicator.social.naming import MINE, OURS, naming
from syndicator.text.blocks import Block
from syndicator.text.urls import absolute

_INLINE = frozenset(
    "a abbr amp-img b bdi cite code em font i img ins mark noscript picture q s small source span strong sub sup svg "
    "time u use wbr".split()
)
"""Elements that stand in a line of text and do not end it; `br` does."""
_MOST_SIBLINGS = 60
"""The most elements before a link, and behind it, that are counted to its line."""
_LONGEST = 1_000
"""The most characters of a line that are read."""
_MOST_LINKS = 60
"""The most links of a line that are read."""
_INVITES = re.compile(
    r"(?:подпис|следите|читайте|смотрите|присоединя|вступ|follow|subscribe|join|like|folge)", re.IGNORECASE
)
"""The beginnings of words with which a call to subscribe opens."""
_REST = Block("· " * 1_000)
"""A block of filler that is put below a line which is classified alone, so that the line is a small part of a body."""


def line_of(element: HtmlElement) -> tuple[str, list[HtmlElement]]:
    """Give the line of text in which an element stands, and the line's elements in order.

    The line reaches, on both sides, to a line break or to an element that is not inline.
    """
    *_, branch = element, *takewhile(_is_inline, element.iterancestors())
    parent = branch.getparent()
    opening = (parent.text or "") if parent is not None else ""
    before: list[HtmlElement] = []
    for it in islice(branch.itersiblings(preceding=True), _MOST_SIBLINGS):
        if not _is_inline(it):
            opening = it.tail or ""
            break
        before.append(it)
    inline = [*reversed(before), branch, *takewhile(_is_inline, islice(branch.itersiblings(), _MOST_SIBLINGS))]
    text = tidy("".join([opening, *(f"{words(it)}{it.tail or ' '}" for it in inline)])[:_LONGEST])
    return text, inline


def _is_inline(element: HtmlElement) -> bool:
    return element.tag in _INLINE


class LinkLines:
    """Judges the lines in which links stand on one publisher's page.

    Args:
        site: The page's host.
        names: The publisher's names.
        base: The base of relative addresses.
        accounts: The publisher's accounts.

    Attributes:
        names: The publisher's names, with the site's host and label.
    """

    def __init__(self, site: str, names: Iterable[str], *, base: str, accounts: OwnAccounts) -> None:
        self._site, self._base, self._accounts = site, base, accounts
        self._called = tuple(dict.fromkeys(filter(None, names)))
        self._naming = naming(self._called, site)
        self.names = self._naming.names
        self._counted: dict[str, int] = {}

    def calls(self, line: str, inline: list[HtmlElement]) -> bool:
        """Whether a line calls the reader to the publisher's accounts, by the rules that remove such lines from bodies.

        A call that these rules take for the text's author's does not count. A line that has nothing but labels of
        accounts counts only if an author speaks in it («Мой канал»); whose the accounts are, the caller decides.

        Args:
            line: The line.
            inline: Its elements, whose links count.
        """
        found = islice((it for each in inline for it in each.iter("a") if it.get("href")), _MOST_LINKS)
        anchors = tuple((words(it), absolute(it.get("href") or "", self._base)) for it in found)
        split = split_footer(
            (Block(line, links=anchors), _REST),
            site_url=f"https://{self._site}/",
            names=self._called,
            known=self._accounts.keys,
        )
        return any(
            (it.line_class == "subscribe" and it.rule != "author")
            or (it.line_class == "social_bar" and speaks_of_author(line))
            for it in split.removed
        )

    def invites(self, line: str) -> bool:
        """Whether a line opens as a call to subscribe does, whomever it names."""
        return _INVITES.match(line) is not None

    def calls_to_others(self, line: str, link: SocialLink) -> bool:
        """Whether a line calls to subscribe to somebody whom it names."""
        if not _INVITES.match(line):
            return False
        left = words_left(line.partition(" ")[2], self.names)
        return not self._naming.is_ours(line, [it for it in left if it[0].isupper()], [link.handle])

    def speaks_of_us(self, line: str, link: SocialLink) -> bool:
        """Whether a line of the body speaks of the publisher or its writer: by name, "our", "my", or an account.

        It must, to be the publisher's call, because a body may also recommend other people's accounts.
        """
        return (
            self._naming.is_named_in(line)
            or OURS.search(line) is not None
            or MINE.search(line) is not None
            or self._naming.is_own(link.handle)
            or self._accounts.knows(link)
        )

    def letters(self, text: str, link: SocialLink) -> int:
        """Count the letters of a text that are no platform's label, filler word, or name of publisher or account.

        Only the first 300 characters are read.
        """
        if not text:
            return 0
        rest = self._naming.unnamed(text[:300]).casefold()
        if link.handle and (handle := link.handle.casefold()) in rest:
            rest = re.sub(rf"(?<!\w){re.escape(handle)}(?!\w)", " ", rest)
        if rest not in self._counted:
            self._counted[rest] = letters_left(rest)
        return self._counted[rest]
