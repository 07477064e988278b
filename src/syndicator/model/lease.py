"""Our subscriptions at WebSub hubs, which announce sources' news for a limited time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun


class Offer(Noun):
    """The hub and the topic at which a source offers to announce its news.

    Attributes:
        hub: The address of the hub.
        topic: The address by which the hub knows the source's feed.
    """

    hub: str
    topic: str


class Lease(Noun, unshown=("callback",)):
    """The state of our subscription at a source's hub.

    Attributes:
        source_id: The id of the source whose news the hub announces.
        offer: The hub and the topic.
        callback: The callback address that the hub was given.
        again_at: When the hub is to be asked, or asked again, for the subscription.
        until: When the subscription ends; None if there is none.
        asked: Whether a request for the subscription was sent that the hub has not yet verified at the callback.
        failures: How many requests for the subscription failed in a row.
        message: Why they failed, for people; empty if nothing is wrong.
    """

    source_id: str
    offer: Offer
    callback: str
    again_at: datetime
    until: datetime | None = None
    asked: bool = False
    failures: int = 0
    message: str = ""


class Call(Noun, unshown=("token",)):
    """A call of a hub to one of our callbacks; the token in the callback's address proves that it comes from a hub.

    Attributes:
        token: Names the subscription.
        mode: `subscribe` and `unsubscribe`: the hub verifies that we want that. `denied`: it ends or refuses the
            subscription. `news`: it announces news. `forged`: such an announcement was not signed as it should be.
        seconds: The lease that the hub would grant, in seconds; 0 if it does not say.
        reason: Why it denies the subscription.
        times: How many equal calls this one stands for.
    """

    token: str
    mode: Literal["subscribe", "unsubscribe", "denied", "news", "forged"]
    seconds: int = 0
    reason: str = ""
    times: int = 1
