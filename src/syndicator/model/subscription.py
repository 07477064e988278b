"""Subscriptions at our own WebSub hub, which sends changed feeds to subscribers for a limited time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

HUB = "hub"
"""The path of our own hub, relative to the site's `base_url`."""


class SubscriptionRequest(Noun, unshown=("callback", "secret")):
    """A request to our hub, before the hub has verified it at the callback.

    Attributes:
        mode: Whether to begin or to end the subscription.
        name: Name of the published file.
        callback: The callback's absolute address, without a fragment; it may be a secret of the subscriber.
        secret: The secret with which each delivery is to be signed; empty if it is not to be signed.
        seconds: The lease that is asked for, in seconds; 0 if the request does not say.
    """

    mode: Literal["subscribe", "unsubscribe"]
    name: str
    callback: str
    secret: str = ""
    seconds: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Callback and file: a later request with the same key replaces this one (WebSub, section 5.1)."""
        return self.callback, self.name


class Subscription(Noun, unshown=("callback", "secret")):
    """A subscription that was verified at its callback.

    Attributes:
        callback: The callback's absolute address.
        name: Name of the published file.
        secret: The secret with which each delivery is signed; empty if it is not signed.
        until: When the lease ends.
        told: Digest of the bytes that the subscriber has.
    """

    callback: str
    name: str
    secret: str
    until: datetime
    told: bytes

    @property
    def key(self) -> tuple[str, str]:
        """Callback and file, as in `SubscriptionRequest.key`."""
        return self.callback, self.name
