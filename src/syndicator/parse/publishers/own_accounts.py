"""The accounts that a page shows to be its publisher's: what it declares, and more with each link that is read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from syndicator.model.social import SocialLink
from syndicator.parse.publishers.icon_rows import SAME
from syndicator.social.naming import is_alike
from syndicator.social.platforms import key

_KIN = 4
"""The number of first letters by which accounts of one publisher are alike."""


class OwnAccounts:
    """The publisher's accounts, as far as a page is read.

    Args:
        site: The page's host.
        declared: The accounts that the page declares to be the publisher's.

    Attributes:
        keys: The keys of the accounts, as `social.platforms.key` gives them.
    """

    def __init__(self, site: str, declared: Iterable[SocialLink] = ()) -> None:
        self._site = site
        self._handles: dict[str, set[str]] = defaultdict(set)  # by platform
        self.keys: set[str] = set()
        for link in declared:
            if link.owner == "publisher" and link.kind == "profile" and link.platform != "site":
                self.add(link)

    def add(self, link: SocialLink) -> None:
        """Take an account for the publisher's."""
        self._handles[link.platform].add(link.handle)
        self.keys.add(key(link))

    def has(self, link: SocialLink) -> bool:
        """Whether an account is shown elsewhere to be the publisher's, or is called as one on another platform is."""
        if link.handle in self._handles.get(link.platform, ()):
            return True
        is_name = len(link.handle) > _KIN and not link.handle.isdecimal()
        return (
            is_name and link.platform not in self._handles and any(link.handle in it for it in self._handles.values())
        )

    def knows(self, link: SocialLink) -> bool:
        """Whether an account is the publisher's also in the body: it is declared, shown, or called as the site."""
        return self.has(link) or is_alike(link.handle, self._site)

    def allows(self, link: SocialLink) -> bool:
        """Whether an account may be the publisher's: it shows this one on its platform, or none there."""
        return link.platform not in self._handles or self.has(link)

    def settled(self, links: Sequence[SocialLink]) -> list[bool]:
        """Tell for each account in an icon row, or with a label of its own, whether it is the publisher's.

        If others are known on its platform, it must be called nearly as one of these («news», «news_sport»). If none is
        known there, it must not be one of `SAME` or more, unless it is called as the site.
        """
        handles: dict[str, set[str]] = defaultdict(set)
        for link in links:
            handles[link.platform].add(link.handle)
            if is_alike(link.handle, self._site):
                self._handles[link.platform].add(link.handle)
        return [self._is_kin(link, len(handles[link.platform])) for link in links]

    def _is_kin(self, link: SocialLink, count: int) -> bool:
        own = self._handles.get(link.platform, set())
        return (
            link.handle in own
            or any(link.handle[:_KIN] == it[:_KIN] for it in own)
            or is_alike(link.handle, self._site)
            or (not own and count < SAME)
        )
