"""Judge the links of a page to platforms by where they stand: rows of icons, subscription lines, share bars, prose.

A link is the publisher's if it stands where a site shows its own accounts: in the header or footer, in a row of icons,
in a line that calls to subscribe. A link in the body, in a quotation or an embed is somebody else's, whatever its host.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.parse.article.region import Region
from syndicator.parse.decoding.tree import Page, tokens
from syndicator.parse.publishers.declared import is_default
from syndicator.parse.publishers.icon_rows import NO_ROW, SAME, IconRows
from syndicator.parse.publishers.link_lines import LinkLines, line_of
from syndicator.parse.publishers.own_accounts import OwnAccounts
from syndicator.parse.publishers.spots import Spot, called, embedded, interesting, is_syndication, shown, spots, third
from syndicator.parse.publishers.zones import Zone, Zones
from syndicator.social.calls import speaks_of_author
from syndicator.social.naming import folded, is_alike
from syndicator.social.openings import may_be_furniture
from syndicator.social.platforms import DISCUSSED
from syndicator.social.wording import DISCUSS

_ME, _LINE, _ICON, _INTENT = 0.95, 0.85, 0.75, 0.7
"""Confidence of links, from 0 to 1.

It is that of a link with its own mark (`rel=me`, `u-syndication`), of one in a line that calls to subscribe, of an icon
and of most other links, and of a profile that is linked by its follow button (`/intent/`).
"""
_STRICT, _LOOSE = 3, 14
"""The most letters that may stand beside the platform's name in a label or line: by a strict, and by a loose rule.

Names of the publisher and filler words are not counted (`LinkLines.letters`).
"""
_ROW = 60
"""The most letters beside the platforms' names in a row of links that is not in the element with the body."""
_MAKERS = re.compile(
    r"(?<!\w)(?:дизайн|разработ\w*|созда\w*|сделан\w*|верстка|тема|design\w*|develop\w*|made|built|powered|theme|by|"
    r"партн[её]р\w*|partners?|друзья|friends|hosted|источник\w*|source|via|фото|photo|автор\w*|цитата|"
    r"по\s+вопросам|enquir(?:y|ies)|inquir(?:y|ies))(?!\w)",
    re.IGNORECASE,
)
"""Words in a link's line that say whose it is instead: the site's maker, a partner, a source, who answers enquiries."""
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:партн[её]р|друз|дружеств|издани[яй](?!\w)|холдинг|медиагрупп|групп[аы]\s+компаний|спонсор|клиент|коллег|"
    r"рекоменду|разработ|friends|partners?(?!\w)|sponsor|clients|holding|sister|blogroll|recommend|publications|"
    r"our\s+(?:titles|brands))",
    re.IGNORECASE,
)
"""Words, or beginnings of words, in a row's heading that say that the links below it are others', even in a footer."""
_OTHERS_ZONES = frozenset({Zone.QUOTED, Zone.COMMENTS, Zone.AUTHOR})
"""Zones in which a platform's widget is not the publisher's."""


class Reader:
    """Reads the links of one page.

    Args:
        page: The page.
        region: Where the body stands among the page's elements.
        site: The page's host.
        names: The publisher's names.
        authors: The authors' names.
        declared: The accounts that the page declares to be the publisher's.
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
        self._accounts = OwnAccounts(site, declared)
        self._lines = LinkLines(site, names, base=page.base, accounts=self._accounts)
        own = {*map(folded, self._lines.names)}
        people = [it for it in authors if folded(it) not in own and not is_alike(it, site)]
        self._people = {*map(folded, people)}
        self._zones = Zones(region.around, people)
        anchors, self._embeds = interesting(region.elements)
        self._spots = spots(page, anchors, site)
        self._named: set[int] = set()  # links in header and footer that are called more than their platform
        self._rows = IconRows(self._spots, self._lines.names)

    def read(self) -> Iterator[SocialLink]:
        """Give each link, and each embed, as a piece of evidence.

        Links in the body are judged last, because the accounts in header and footer tell whose a call in the body is.
        Profiles in icon rows, and those in header and footer with a label of their own, are decided on when all others
        are known (`OwnAccounts.settled`). So the order is: other links in document order, these profiles, embeds.
        """
        loose: list[tuple[Spot, SocialLink]] = []
        found: list[tuple[int, SocialLink]] = []
        for spot in sorted(self._spots, key=lambda it: self._region.holds(it.number)):
            link = self._judge(spot)
            if link is None:
                continue
            if link.owner == "publisher" and link.kind == "profile":
                if link.evidence == "icon row" or spot.number in self._named:
                    loose.append((spot, link))
                    continue
                self._accounts.add(link)
            found.append((spot.number, link))
        yield from (link for _, link in sorted(found, key=lambda it: it[0]))
        for (spot, link), is_own in zip(loose, self._accounts.settled([it for _, it in loose]), strict=True):
            yield link if is_own else third(spot, "prose")
        yield from embedded(self._embeds, self._is_open, self._page.base)

    def _is_open(self, number: int, element: HtmlElement, link: SocialLink) -> bool:
        """Whether a widget may be the publisher's: it stands in no place of others, and its account fits those known.

        Args:
            number: The number of its element in document order.
            element: Its element.
            link: The profile that it shows.
        """
        if self._region.holds(number) or is_default(link, self._site) or self._zones.of(element) in _OTHERS_ZONES:
            return False
        return self._accounts.allows(link)

    # -- one link

    def _judge(self, spot: Spot) -> SocialLink | None:
        """Tell whose a link is, by the first rule that applies; None: it is an example that came with a theme."""
        link = spot.link
        if link.kind == "share":
            return shown(spot, "article", "share bar", _ICON)
        if is_default(link, self._site):
            return None
        zone = self._zones.of(spot.element)
        if zone in {Zone.QUOTED, Zone.COMMENTS}:
            return third(spot, "embed" if zone is Zone.QUOTED else "comment")
        rel = tokens(spot.element, "rel")
        if marked := self._marked(spot, zone, rel):
            return marked
        line, inline = line_of(spot.element)
        in_body = self._region.holds(spot.number) and not self._ends_body(spot, line)
        if call := self._called_to(spot, line, inline, in_body=in_body):
            return call
        if "author" in rel:
            return shown(spot, "author", "rel=author", _ICON)
        is_noted = self._notes_author(line, inline, link)
        is_author = zone is Zone.AUTHOR or is_noted or (not in_body and self._zones.is_by_author(spot.element))
        if is_author and not self._accounts.knows(link):
            is_box = is_noted or self._beside(spot, line) <= _LOOSE
            return shown(spot, "author", "author box", _ICON) if is_box else third(spot, "prose")
        if in_body:
            return third(spot, "prose")
        if link.kind in DISCUSSED:
            return self._of_the_article(spot, line)
        return self._of_the_site(spot, zone, line)

    def _called_to(self, spot: Spot, line: str, inline: list[HtmlElement], *, in_body: bool) -> SocialLink | None:
        """Judge a link in a line that calls to subscribe: it is the publisher's, or the author's who speaks there.

        Args:
            spot: The link.
            line: The line of text in which it stands.
            inline: The line's elements.
            in_body: Whether it stands in the body, where the line must also speak of the publisher.

        Returns:
            The link as evidence; None: the line is no such call.
        """
        link = spot.link
        if not line or link.kind in DISCUSSED or not may_be_furniture(line):
            return None
        if (in_body and not self._lines.speaks_of_us(line, link)) or not self._lines.calls(line, inline):
            return None
        is_own = self._accounts.knows(link) or not speaks_of_author(line)
        return shown(spot, "publisher" if is_own else "author", "subscription line", _LINE)

    def _marked(self, spot: Spot, zone: Zone | None, rel: Sequence[str]) -> SocialLink | None:
        """Judge a link by its own mark: `rel=me`, or a copy of the article (`u-syndication`); None: none that counts.

        In the body, `rel=me` counts only with an account that is known to be the publisher's, or in an author's box.
        """
        if "me" in rel and zone is Zone.AUTHOR:
            return shown(spot, "author", "rel=me", _ME)
        if "me" in rel and not (self._region.holds(spot.number) and not self._accounts.knows(spot.link)):
            return shown(spot, "publisher", "rel=me", _ME)
        if spot.link.kind == "post" and zone is not Zone.ASIDE and is_syndication(spot.element):
            return shown(spot, "article", "syndication", _ME)
        return None

    def _of_the_article(self, spot: Spot, line: str) -> SocialLink:
        """Judge a post outside of the body: the article is discussed there if the address or line says so.

        Otherwise it may be anybody's.
        """
        if spot.link.kind == "discussion" or DISCUSS.search(line[:200]):
            return replace(shown(spot, "article", "discussion link", _ICON), kind="discussion")
        return third(spot, "prose")

    def _of_the_site(self, spot: Spot, zone: Zone | None, line: str) -> SocialLink:
        """Judge a profile outside of the body: the publisher's, if little but the platform's name stands beside it."""
        is_like = is_alike(spot.link.handle, self._site)
        if self._is_of_others(spot, line, is_like=is_like):
            return third(spot, "prose")
        if zone is Zone.HEADER or zone is Zone.FOOTER:
            is_own, evidence = self._fits_frame(spot, line, is_like=is_like), f"{zone.value} link"
            if is_own and self._beside(spot, line):
                self._named.add(spot.number)
        else:
            is_own, evidence = self._fits_page(spot, line, is_like=is_like), "icon row"
        if not is_own:
            return third(spot, "prose")
        confidence = _INTENT if "/intent/" in (spot.element.get("href") or "") else _ICON
        return shown(spot, "publisher", evidence, confidence)

    def _fits_frame(self, spot: Spot, line: str, *, is_like: bool) -> bool:
        """Whether a profile in the page's header or footer is the site's, by how little is written beside it.

        A label may be longer if the account is called like the site, and a line if the link stands in a row.
        """
        if self._beside(spot, line) > _LOOSE and not is_like:
            return False
        return self._lines.letters(line, spot.link) <= 3 * _LOOSE or self._is_in_row(spot)

    def _fits_page(self, spot: Spot, line: str, *, is_like: bool) -> bool:
        """Whether a profile outside of header and footer is the site's: in a row, called like the site, or alone."""
        if self._is_of_the_story(spot):
            return False
        is_inside = self._is_inside(spot)
        around = self._lines.letters(line, spot.link)
        letters = max(self._beside(spot, line), around)
        if self._is_in_row(spot):
            return is_like or letters <= (_STRICT if is_inside else _LOOSE)
        if is_like:
            return around <= (3 * _LOOSE if self._lines.invites(line) else _LOOSE)
        return letters <= _STRICT and not is_inside

    def _is_of_others(self, spot: Spot, line: str, *, is_like: bool) -> bool:
        """Whether the words around a link say that it belongs to the site's maker, a partner, or anybody else.

        If the account is called like the site (`is_like`), only a call that names somebody else counts.
        """
        if self._lines.calls_to_others(line, spot.link):
            return True
        is_maker = _MAKERS.search(line[:200]) or _OF_OTHERS.search(self._rows.heading(spot))
        return not is_like and is_maker is not None

    def _is_of_the_story(self, spot: Spot) -> bool:
        """Whether a link may belong to somebody whom the story is about.

        It may if the heading above its row names somebody, unless the account is known to be the publisher's; or if it
        stands behind the body's beginning in the element that holds the body, and nothing proves it to be the site's.
        """
        if self._rows.is_of_somebody(spot) and not self._accounts.knows(spot.link):
            return True
        return spot.number > self._region.first and self._is_inside(spot) and not self._is_proven(spot)

    def _is_inside(self, spot: Spot) -> bool:
        """Whether a link stands in the element that holds the body, though not in the body itself."""
        holder = self._region.holder
        return holder is not None and holder in spot.element.iterancestors()

    def _is_in_row(self, spot: Spot) -> bool:
        """Whether a link stands in a row of links to platforms with few letters beside them, fewer beside the body."""
        return self._rows.letters(spot) <= (_LOOSE if self._is_inside(spot) else _ROW)

    def _ends_body(self, spot: Spot, line: str) -> bool:
        """Whether a link that is counted to the body stands behind its last words, in a row of links without text.

        Below a heading that names somebody, only an account that is known to be the publisher's does.
        """
        if (
            spot.number <= self._region.last_text
            or self._lines.letters(line, spot.link)
            or self._rows.letters(spot) >= NO_ROW
        ):
            return False
        return self._accounts.knows(spot.link) or not self._rows.is_of_somebody(spot)

    def _is_proven(self, spot: Spot) -> bool:
        """Whether a link is surely the site's: its account is known to be the publisher's, or its row a site's."""
        return self._accounts.knows(spot.link) or self._rows.is_of_a_site(spot)

    # -- what stands around it

    def _beside(self, spot: Spot, line: str) -> int:
        """Count the letters beside the platform's name in a link's label; if it has no label, in its line."""
        return self._lines.letters(called(spot) or line, spot.link)

    def _notes_author(self, line: str, inline: list[HtmlElement], link: SocialLink) -> bool:
        """Whether an account is called like an author of the article, or its line is a note that names an author.

        A line with more than `SAME` links is a list, and no such note.
        """
        is_list = sum(1 for each in inline for _ in each.iter("a")) > SAME
        return folded(link.handle) in self._people or (not is_list and self._zones.names_author(line))
