"""The accounts that a page shows to be its publisher's: what it declares, and more with each link that is read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from syndicator.model.social import SocialLink
from syndicator.parse.publishers.icon_rows import SAME
from syndicator.social.naming import is_alike
from syndicator.social.platforms import key

_KIN = 4
"""The number of first characters that the handles of one publisher's accounts on one platform share."""


class OwnAccounts:
    """The accounts that are known to be the publisher's, as far as the page has been read.

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
        """Record an account as the publisher's."""
        self._handles[link.platform].add(link.handle)
        self.keys.add(key(link))

    def has(self, link: SocialLink) -> bool:
        """Whether an account is recorded as the publisher's, or is called exactly as one on another platform is.

        The second counts only if no account is recorded on its own platform, and if the handle can identify somebody:
        it is longer than `_KIN` characters, and no number.
        """
        if link.handle in self._handles.get(link.platform, ()):
            return True
        is_name = len(link.handle) > _KIN and not link.handle.isdecimal()
        return (
            is_name and link.platform not in self._handles and any(link.handle in it for it in self._handles.values())
        )

    def knows(self, link: SocialLink) -> bool:
        """Whether an account is the publisher's wherever it stands: by `has`, or because it is called like the site."""
        return self.has(link) or is_alike(link.handle, self._site)

    def allows(self, link: SocialLink) -> bool:
        """Whether an account may be the publisher's: by `has`, or because none is recorded on its platform."""
        return link.platform not in self._handles or self.has(link)

    def settled(self, links: Sequence[SocialLink]) -> list[bool]:
        """Tell for each account in an icon row, or with a label of its own, whether it is the publisher's.

        Those that are called like the site are, and are recorded. If accounts are recorded on its platform, another one
        must begin as one of these does («news», «news_sport»). If none is, there must be fewer than `SAME` there.

        Args:
            links: All these accounts.

        Returns:
            A verdict for each of them, in the same order.
        """
        handles: dict[str, set[str]] = defaultdict(set)
        for link in links:
            handles[link.platform].add(link.handle)
            if is_alike(link.handle, self._site):
                self._handles[link.platform].add(link.handle)
        return [self._is_kin(link, len(handles[link.platform])) for link in links]

    def _is_kin(self, link: SocialLink, count: int) -> bool:
        """Whether an account is the publisher's; `count` is how many `settled` was asked about on its platform."""
        own = self._handles.get(link.platform, set())
        return (
            link.handle in own
            or any(link.handle[:_KIN] == it[:_KIN] for it in own)
            or is_alike(link.handle, self._site)
            or (not own and count < SAME)
        )
