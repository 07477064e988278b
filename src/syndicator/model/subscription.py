"""Subscribers that our own hub (WebSub) tells of feeds' changes, for a time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

HUB = "hub"
"""Where our own hub is, below the site's `base_url`."""


class SubscriptionRequest(Noun, unshown=("callback", "secret")):
    """What somebody asks of our hub; nobody knows yet whether it is whom he names.

    Attributes:
        mode: Whether to be told, or to be told no more.
        name: Of the published file.
        callback: Where; absolute, without a fragment, and whoever knows it may hold it for a secret.
        secret: With which each call is to be signed; empty: it is not.
        seconds: For how long he would be told; 0: he does not say.
    """

    mode: Literal["subscribe", "unsubscribe"]
    name: str
    callback: str
    secret: str = ""
    seconds: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What a later one replaces: WebSub knows a subscription by its topic and its callback (section 5.1)."""
        return self.callback, self.name


class Subscription(Noun, unshown=("callback", "secret")):
    """Somebody who has said, at his callback, that he wants to be told.

    Attributes:
        callback: Where.
        name: Of the published file.
        secret: With which each call is signed; empty: it is not.
        until: How long.
        told: The digest of the bytes that he has.
    """

    callback: str
    name: str
    secret: str
    until: datetime
    told: bytes

    @property
    def key(self) -> tuple[str, str]:
        """As `SubscriptionRequest` has it."""
        return self.callback, self.name
