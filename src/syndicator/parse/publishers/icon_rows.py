"""Recognise rows of links to several platforms: icons or names beside each other, with hardly a word.

The heading above such a row may say whose it is: «Мы в соцсетях:», «Музыкант в соцсетях», «Наши друзья».
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import is_bigger, words
from syndicator.parse.publishers.spots import Spot
from syndicator.social.headings import as_heading, names_somebody
from syndicator.social.labels import letters_left, tidy
from syndicator.social.naming import OURS

NO_ROW = 1_000_000
"""What `IconRows.letters` gives for a link that stands in no row: more letters than any row may have."""
SAME = 3
"""With so many accounts on one platform, or more, a row is a list of other people's accounts."""

_MOST_INSIDE = 150
"""The most elements of a row, and of an element whose words may be its heading."""
_LONGEST = 400
"""The most characters of a row's text."""
_ANCESTORS = 6
"""How many of a link's ancestors, from its parent on, may be its row, and how far up a heading is looked for."""
_MANY = 3
"""With so many platforms, or more, a row can only be a site's."""
_ABOVE = 60
"""The last characters before a row in which a word such as «наш» says that the row is the publisher's."""
_MOST_STEPS = 60
"""The most elements between a link and the heading of its row."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 b strong dt legend caption summary label".split())
"""Elements that mark their words as a heading."""
_MATES = frozenset("a span i svg img br li p div dd td b strong".split())
"""Elements that hold other links of the same row, so that the search for its heading goes on before them."""
_LETTER = re.compile(r"[^\W\d_]")
"""A letter of any script."""
_END = "end"
"""What `RowHeadings._told` gives instead of a tag where the search for a heading ends without one."""


class IconRows:
    """The rows of links on one page: a row is the innermost element around a link with links to several platforms.

    Args:
        spots: The page's links to platforms; links that share the article are not counted.
        names: The publisher's names.
    """

    def __init__(self, spots: Iterable[Spot], names: Sequence[str]) -> None:
        self._names = names
        self._members: dict[HtmlElement, list[Spot]] = defaultdict(list)
        for spot in spots:
            if spot.link.kind != "share":
                for ancestor in islice(spot.element.iterancestors(), _ANCESTORS):
                    self._members[ancestor].append(spot)
        self._letters: dict[HtmlElement, int] = {}
        self._names_somebody: dict[str, bool] = {}
        self._shown: dict[HtmlElement, set[str]] = {}
        self._headings = RowHeadings(self._members)

    def letters(self, spot: Spot) -> int:
        """Count the letters beside labels in a link's row.

        Returns:
            The number; `NO_ROW` if the link stands in no row, or if the row is too long, or a list of others' accounts.
        """
        holder = next(self._holders(spot), None)
        if holder is None:
            return NO_ROW
        if holder not in self._letters:
            self._letters[holder] = self._beside(holder)
        return self._letters[holder]

    def is_of_somebody(self, spot: Spot) -> bool:
        """Whether a link stands below a heading that names somebody else: «Музыкант в соцсетях»."""
        heading = self.heading(spot)
        if heading not in self._names_somebody:
            self._names_somebody[heading] = names_somebody(heading, self._names)
        return self._names_somebody[heading]

    def is_of_a_site(self, spot: Spot) -> bool:
        """Whether a link's row can only be a site's.

        It has no text, or links to `_MANY` platforms, or says in it or right above it that it is ours; and its heading
        names nobody else.
        """
        holder = next(self._holders(spot), None)
        if holder is None or self.is_of_somebody(spot):
            return False
        text, above = words(holder), holder.getprevious()
        if not text or len(self._platforms(holder)) >= _MANY:
            return True
        said = text if above is None else f"{words(above)[-_ABOVE:]} {text}"
        return OURS.search(said.casefold()) is not None

    def heading(self, spot: Spot) -> str:
        """Give the heading above a link's row, such as «Мы в соцсетях:»; an empty string if there is none."""
        return self._headings.above(spot.element)

    def _holders(self, spot: Spot) -> Iterator[HtmlElement]:
        """The elements round a link that hold links to several platforms, the innermost first."""
        ancestors = islice(spot.element.iterancestors(), _ANCESTORS)
        return (it for it in ancestors if len(self._platforms(it)) > 1)

    def _platforms(self, holder: HtmlElement) -> set[str]:
        """Give the ids of the platforms to which an element holds links."""
        if holder not in self._shown:
            self._shown[holder] = {it.link.platform for it in self._members.get(holder, ())}
        return self._shown[holder]

    def _beside(self, holder: HtmlElement) -> int:
        """Count the letters beside labels in a row; `NO_ROW`: it is too long, or a list of others' accounts."""
        handles: dict[str, set[str]] = defaultdict(set)
        for it in self._members[holder]:
            handles[it.link.platform].add(it.link.handle)
        is_list = any(len(it) >= SAME for it in handles.values())
        if is_list or is_bigger(holder, _MOST_INSIDE):
            return NO_ROW
        text = tidy(words(holder))
        return letters_left(text, self._names) if len(text) <= _LONGEST else NO_ROW


class RowHeadings:
    """The headings of one page's rows, each element looked at once.

    Args:
        holders: The elements that hold links to platforms.
    """

    def __init__(self, holders: Collection[HtmlElement]) -> None:
        self._holders = holders
        self._known: dict[HtmlElement, str] = {}

    def above(self, element: HtmlElement) -> str:
        """Give the heading, or the short line, above the row of a link; an empty string if there is none.

        The search goes backwards from the link, over what belongs to the same row, and up to its ancestors.
        """
        path: list[HtmlElement] = []
        found, up = "", 0
        while len(path) < _MOST_STEPS and up <= _ANCESTORS:
            if element in self._known:
                found = self._known[element]
                break
            path.append(element)
            before = element.getprevious()
            if before is None:
                parent, up = element.getparent(), up + 1
                if parent is None or parent.tag in {"body", "html"}:
                    break
                element = parent
                text, tag = element.text or "", ""
            else:
                element = before
                text, tag = self._told(before)
            if _LETTER.search(text):
                found = as_heading(tidy(text), is_marked=tag in _HEADINGS)
                break
            if tag == _END:
                break
        self._known |= dict.fromkeys(path, found)
        return found

    def _told(self, element: HtmlElement) -> tuple[str, str]:
        """Give the words that stand directly behind an element, or else in it.

        Args:
            element: An element before a link.

        Returns:
            The words, and the element's tag if they stand in it. Without words, the search for a heading goes on before
            the element, which belongs to the same row; but it ends there if `_END` stands in the tag's place.
        """
        if _LETTER.search(element.tail or ""):
            return element.tail or "", ""
        if element.tag == "a" or element in self._holders:
            return "", "" if element.tag in _MATES else _END
        if is_bigger(element, _MOST_INSIDE):
            return "", _END
        return words(element), element.tag
