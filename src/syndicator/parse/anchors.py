"""What the links of a page show, each by where it stands: rows of icons, subscription lines, share bars, prose.

The publisher's are those that stand where a site shows its own: in header and footer, in a row of icons, in a line that
calls to subscribe. What the body tells, quotes or embeds is somebody else's, whatever its host.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from syndicator.model.social import LinkOwner, SocialLink
from syndicator.parse.declared import is_default, place
from syndicator.parse.region import Region
from syndicator.parse.tree import Page, words
from syndicator.parse.zones import Zone, Zones
from syndicator.social.lines import split_footer
from syndicator.social.platforms import host_of, letters_left, match, tidy
from syndicator.text.blocks import Block
from syndicator.text.urls import absolute

MOST_ASKED = 2_000
"""Links that the platform table is asked about: the first and the last of a page."""
MOST_SPOTS = 400
"""Links to platforms that are looked at more closely, likewise."""

_LINE, _ICON, _INTENT, _OTHERS = 0.85, 0.75, 0.7, 0.5
_INLINE = frozenset(
    "a abbr amp-img b bdi cite code em font i img ins mark noscript picture q s small source span strong sub sup svg "
    "time u use wbr".split()
)
_MOST_SIBLINGS = 60
_MOST_DEPTH = 20
_LONGEST_LINE = 1_000
_MOST_INSIDE = 150  # elements of a row
_STRICT, _LOOSE = 3, 14  # letters of a label beside the platform's name
_ROW = 60  # letters in a row, likewise
_ANCESTORS = 6
_SAME = 3  # profiles on one platform, beside each other: a list of somebody else's
_MAKERS = re.compile(
    r"(?<!\w)(?:дизайн|разработ\w*|созда\w*|сделан\w*|верстка|тема|design\w*|develop\w*|made|built|powered|theme|by|"
    r"партн[её]р\w*|partners?|друзья|friends|hosted)(?!\w)",
    re.IGNORECASE,
)
_DISCUSS = re.compile(r"(?:обсуди|обсужд|комментир|discuss|comment|join\s+the\s+conversation)", re.IGNORECASE)
_REST = Block("· " * 1_000)
"""What a line stands above when it is classified alone: a body, of which it is a small part."""
_EMBEDDED = ("data-telegram-post", "data-instgrm-permalink", "data-href", "data-url", "src", "cite")
_ADDRESS_OF = {"data-telegram-post": "https://t.me/{}"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A link to a platform where it stands."""

    element: HtmlElement
    number: int
    link: SocialLink


def spots(page: Page, elements: Sequence[HtmlElement], site: str) -> list[Spot]:
    """All links to platforms, in document order; those to the page's own host are not asked about."""
    asked: list[tuple[int, HtmlElement, str]] = []
    for number, element in enumerate(elements):
        if element.tag in {"a", "area"} and (href := element.get("href")) and ("//" in href or ":" in href[:8]):
            href = href.strip()
            if not _is_own(href, site):
                asked.append((number, element, href))
    if len(asked) > MOST_ASKED:
        asked = asked[: MOST_ASKED // 2] + asked[-MOST_ASKED // 2 :]
    known: dict[str, SocialLink | None] = {}
    found = []
    here = page.canonical or page.url
    for number, element, href in asked:
        if href not in known:
            known[href] = match(absolute(href, page.base) or href, page_url=here)
        link = known[href]
        if link is not None and link.kind != "other" and link.url.startswith("http"):
            found.append(Spot(element, number, link))
    return found if len(found) <= MOST_SPOTS else found[: MOST_SPOTS // 2] + found[-MOST_SPOTS // 2 :]


def _is_own(href: str, site: str) -> bool:
    """Whether an address is on the page's own host, told at a glance."""
    host = href.partition("//")[2].partition("/")[0].lower()
    host = host.removeprefix("www.")
    return bool(site) and (host == site or host.endswith(f".{site}"))


class Reader:
    """Reads the links of one page.

    Args:
        page: The page.
        region: Where the body stands among its elements.
        site: The page's host.
        names: What the publisher calls itself.
        authors: The authors' names.
        declared: Who the page says the publisher is.
    """

    def __init__(
        self,
        page: Page,
        region: Region,
        *,
        site: str,
        names: Iterable[str],
        authors: Sequence[str],
        declared: Iterable[SocialLink] = (),
    ) -> None:
        self._page, self._region, self._site = page, region, site
        self._label = site.rpartition(".")[0].rpartition(".")[2]
        self._names = tuple(dict.fromkeys(filter(None, (*names, site, self._label))))
        self._zones = Zones(region.around, authors)
        self._spots = spots(page, region.elements, site)
        self._embeds = [it for it in enumerate(region.elements) if it[1].tag in _FRAMES or _is_embed(it[1])]
        self._rows = self._find_rows()
        self._trusted: dict[str, set[str]] = defaultdict(set)
        for link in declared:
            if link.owner == "publisher" and link.kind == "profile" and link.platform != "site":
                self._trusted[link.platform].add(link.handle)

    def read(self) -> Iterator[SocialLink]:
        """What each link shows, in document order; those of rows that stand anywhere come last."""
        loose: list[tuple[Spot, SocialLink]] = []
        for spot in self._spots:
            link = self._judge(spot)
            if link is None:
                continue
            if link.owner == "publisher" and link.evidence == "icon row" and link.kind == "profile":
                loose.append((spot, link))
                continue
            if link.owner == "publisher" and link.kind == "profile":
                self._trusted[link.platform].add(link.handle)
            yield link
        yield from self._settled(loose)
        yield from self._embedded()

    def _settled(self, loose: list[tuple[Spot, SocialLink]]) -> Iterator[SocialLink]:
        """Rows that stand neither in header nor footer: the publisher's unless those show other accounts."""
        handles: dict[str, set[str]] = defaultdict(set)
        for _, link in loose:
            handles[link.platform].add(link.handle)
        for spot, link in loose:
            trusted = self._trusted.get(link.platform, set())
            if link.handle in trusted or (not trusted and len(handles[link.platform]) < _SAME):
                yield link
            else:
                yield self._third(spot, "prose")

    # -- one link

    def _judge(self, spot: Spot) -> SocialLink | None:
        link, zone = spot.link, self._zones.of(spot.element)
        where = place(spot.element)
        if link.kind == "share":
            return replace(link, owner="article", evidence="share bar", confidence=_ICON, locator=where)
        if is_default(link, self._label):
            return None
        if zone in {Zone.QUOTED, Zone.COMMENTS}:
            return self._third(spot, "embed" if zone is Zone.QUOTED else "comment")
        rel = (spot.element.get("rel") or "").lower().split()
        if "me" in rel:
            owner: LinkOwner = "author" if zone is Zone.AUTHOR else "publisher"
            return replace(link, owner=owner, evidence="rel=me", confidence=0.95, locator=where)
        line, anchors = self._line(spot.element)
        in_body = self._region.holds(spot.number)
        if self._calls(line, anchors):
            return replace(link, owner="publisher", evidence="subscription line", confidence=_LINE, locator=where)
        label = self._label_of(spot, line)
        rest = self._letters(label or line, link)
        if zone is Zone.AUTHOR or "author" in rel or (not in_body and self._zones.is_by_author(spot.element)):
            if rest > _LOOSE and "author" not in rel:
                return self._third(spot, "prose")
            return replace(link, owner="author", evidence="author box", confidence=_ICON, locator=where)
        if in_body:
            return self._third(spot, "prose")
        if link.kind in {"post", "discussion"}:
            return self._of_the_article(spot, line, where)
        return self._of_the_site(spot, zone, line, rest, where)

    def _of_the_article(self, spot: Spot, line: str, where: str) -> SocialLink:
        """A post outside of the body: where the article is discussed, if the line says so; else anybody's."""
        link = spot.link
        if link.kind == "discussion" or _DISCUSS.search(line[:200]):
            return replace(
                link, kind="discussion", owner="article", evidence="discussion link", confidence=_ICON, locator=where
            )
        return self._third(spot, "prose")

    def _of_the_site(self, spot: Spot, zone: Zone | None, line: str, rest: int, where: str) -> SocialLink:
        """A profile outside of the body: the publisher's, if nothing but the platform's name stands beside it."""
        link = spot.link
        around = self._letters(line, link)
        in_row = self._rows.get(spot.number, False)
        is_alike = self._is_alike(link.handle)
        is_site = zone in {Zone.HEADER, Zone.FOOTER}
        is_maker = _MAKERS.search(line[:200]) is not None and not is_alike
        allowed = _LOOSE if in_row or is_site else _STRICT
        if is_maker or (rest > allowed and not is_alike) or (around > 3 * _LOOSE and not in_row):
            return self._third(spot, "prose")
        if zone is Zone.HEADER or zone is Zone.FOOTER:
            evidence = f"{zone.value} link"
        elif in_row or rest <= _STRICT or is_alike:
            evidence = "icon row"
        else:
            return self._third(spot, "prose")
        confidence = _INTENT if "/intent/" in (spot.element.get("href") or "") else _ICON
        return replace(link, owner="publisher", evidence=evidence, confidence=confidence, locator=where)

    def _third(self, spot: Spot, evidence: str) -> SocialLink:
        return replace(
            spot.link, owner="third_party", evidence=evidence, confidence=_OTHERS, locator=place(spot.element)
        )

    # -- what stands around it

    def _line(self, element: HtmlElement) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The line of running text that an element stands in, with its links: up to a block or a line break."""
        branch = element
        for up in islice(element.iterancestors(), _MOST_DEPTH):
            if up.tag not in _INLINE:
                break
            branch = up
        parent = branch.getparent()
        opening = (parent.text or "") if parent is not None else ""
        before: list[HtmlElement] = []
        for it in islice(branch.itersiblings(preceding=True), _MOST_SIBLINGS):
            if it.tag not in _INLINE:
                opening = it.tail or ""
                break
            before.append(it)
        inline = [*reversed(before), branch]
        inline += takewhile(lambda it: it.tag in _INLINE, islice(branch.itersiblings(), _MOST_SIBLINGS))
        text = tidy("".join([opening, *(f"{words(it)}{it.tail or ''}" for it in inline)])[:_LONGEST_LINE])
        found = islice((it for each in inline for it in each.iter("a") if it.get("href")), _MOST_SIBLINGS)
        return text, tuple((words(it), absolute(it.get("href"), self._page.base)) for it in found)

    def _calls(self, line: str, anchors: tuple[tuple[str, str], ...]) -> bool:
        """Whether the line calls to subscribe to the publisher: by the rules that clean bodies."""
        if not line:
            return False
        split = split_footer((Block(line, links=anchors), _REST), names=self._names)
        return any(it.line_class == "subscribe" for it in split.removed)

    def _label_of(self, spot: Spot, line: str) -> str:
        """What the link is called: its words, else what it tells those who do not see its icon."""
        element = spot.element
        text = tidy(words(element))
        if text or line:
            return text
        told = [element.get("aria-label"), element.get("title")]
        told += [it.get("alt") or it.get("aria-label") for it in islice(element.iter("img", "svg"), 3)]
        return next((tidy(it) for it in told if it and it.strip()), "")

    def _letters(self, text: str, link: SocialLink) -> int:
        if not text:
            return 0
        return letters_left(text[:300], (*self._names, link.handle, f"@{link.handle}", host_of(link.url)))

    def _is_alike(self, handle: str) -> bool:
        """Whether an account is called as the site is: «nsnfm» on nsn.fm, `thedailycourier` on dailycourier.example."""
        own = "".join(filter(str.isalnum, handle.casefold()))
        site = "".join(filter(str.isalnum, self._label.casefold()))
        whole = "".join(filter(str.isalnum, self._site.casefold()))
        if len(own) < 3 or len(site) < 3:
            return False
        return own in whole or (len(site) > 3 and site in own) or own.startswith(site)

    def _find_rows(self) -> dict[int, bool]:
        """Whether each link stands in a row: links to several platforms, and hardly a word besides."""
        members: dict[HtmlElement, list[Spot]] = defaultdict(list)
        for spot in self._spots:
            if spot.link.kind == "share":
                continue
            for ancestor in islice(spot.element.iterancestors(), _ANCESTORS):
                members[ancestor].append(spot)
        rows: dict[int, bool] = {}
        verdicts: dict[HtmlElement, bool] = {}
        for spot in self._spots:
            for ancestor in islice(spot.element.iterancestors(), _ANCESTORS):
                if len({it.link.platform for it in members[ancestor]}) < 2:
                    continue
                if ancestor not in verdicts:
                    verdicts[ancestor] = self._is_row(ancestor, members[ancestor])
                rows[spot.number] = verdicts[ancestor]
                break
        return rows

    def _is_row(self, holder: HtmlElement, members: list[Spot]) -> bool:
        if next(islice(holder.iter(), _MOST_INSIDE, None), None) is not None:
            return False
        handles: dict[str, set[str]] = defaultdict(set)
        for it in members:
            handles[it.link.platform].add(it.link.handle)
        if any(len(it) >= _SAME for it in handles.values()):
            return False
        return letters_left(tidy(words(holder))[:1_000], self._names) <= _ROW

    # -- what is embedded

    def _embedded(self) -> Iterator[SocialLink]:
        """Posts and players that the page embeds, and the widget that shows the publisher's own page."""
        for number, element in self._embeds[:MOST_SPOTS]:
            for name in _EMBEDDED:
                value = element.get(name)
                if not value:
                    continue
                link = match(absolute(_ADDRESS_OF.get(name, "{}").format(value.strip()), self._page.base))
                if link is None or link.kind in {"share", "other"}:
                    continue
                is_own = link.kind == "profile" and not self._region.holds(number) and not is_default(link, self._label)
                if is_own and self._zones.of(element) not in {Zone.QUOTED, Zone.COMMENTS, Zone.AUTHOR}:
                    trusted = self._trusted.get(link.platform)
                    if not trusted or link.handle in trusted:
                        yield replace(
                            link, owner="publisher", evidence="widget", confidence=_ICON, locator=place(element)
                        )
                        break
                yield replace(link, owner="third_party", evidence="embed", confidence=_OTHERS, locator=place(element))
                break


_FRAMES = frozenset({"iframe", "amp-iframe", "embed", "blockquote"})


def _is_embed(element: HtmlElement) -> bool:
    if element.tag == "script":
        return element.get("data-telegram-post") is not None
    return element.tag == "div" and element.get("data-href") is not None
