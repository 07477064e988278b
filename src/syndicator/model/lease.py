"""Hubs (WebSub) that have promised to tell of sources' news, for a time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun


class Offer(Noun):
    """What a source says of being told of.

    Attributes:
        hub: The address of the hub that is asked.
        topic: By which it knows the source.
    """

    hub: str
    topic: str


class Lease(Noun, unshown=("callback",)):
    """How it stands with a source's hub.

    Attributes:
        source_id: Whose news.
        offer: Who tells of them, and by which name.
        callback: Where it is to call, as it was told.
        again_at: When it is asked (once more).
        until: How long it tells; None: it does not.
        asked: Whether it has taken what it was asked last, and is still to see whether we meant it.
        failures: How often in a row nothing came of asking.
        message: Why, for people; empty: nothing is wrong.
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
    """What a hub says at a callback, whose token proves that it is one.

    Attributes:
        token: Of which subscription.
        mode: `subscribe`, `unsubscribe`: whether that is wanted; `denied`: it tells no more; `news`: there are some;
            `forged`: that was not signed as it should be.
        seconds: For how long it would tell; 0: it does not say.
        reason: Why it tells no more.
        times: How often it came, for those that are told of together.
    """

    token: str
    mode: Literal["subscribe", "unsubscribe", "denied", "news", "forged"]
    seconds: int = 0
    reason: str = ""
    times: int = 1
