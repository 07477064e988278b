"""What decides when a source may be polled again: what it says, what it did, and what its host demands."""

from datetime import UTC, datetime

from syndicator.model.noun import Noun

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The due time of a source that is no longer polled by itself: no clock reaches it, and no clock change moves it."""


class Hints(Noun):
    """How often a feed is worth polling, as it says itself.

    Attributes:
        ttl: Seconds that it may be cached (RSS 2.0, `<ttl>`); 0 if it does not say.
        period: Seconds between its updates (RSS 1.0 Syndication module); 0 if it does not say.
        base: The moment from which its updates are counted, or None.
        skip_hours: Hours of the day, in GMT, in which it need not be polled.
        skip_days: Days of the week on which it need not be polled; Monday is 0.
    """

    ttl: float = 0.0
    period: float = 0.0
    base: datetime | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


class Move(Noun, unshown=("url",)):
    """A new address that permanent redirects name, until they have named it often and long enough to be believed.

    Attributes:
        url: Absolute address.
        since: When it was first named.
        times: How many polls in a row named it.
    """

    url: str
    since: datetime
    times: int = 1


class Lookback(Noun):
    """What is remembered of the search for entries that came and left the feed between two polls (`pipeline.errand`).

    Attributes:
        since: When a poll found that entries may be missing which no poll could get since; None if none are missing.
        moment: The oldest of the moments at which the newest entries that were known then had appeared, in seconds
            since 1970; 0 if unknown.
        tries: How many polls in a row could not get the missing entries.
        strange: How many polls in a row requested older pages and found nothing in them that was known.
    """

    since: datetime | None = None
    moment: int = 0
    tries: int = 0
    strange: int = 0


class Pace(Noun, unshown=("address",)):
    """What is remembered of a source to decide when it is polled, and where.

    Attributes:
        since: When a poll first gave a body; None if none did, or if that was before this was recorded.
        moments: When its newest entries appeared, in seconds since 1970, oldest first.
        hints: What it last said itself.
        repeats: How many times in a row it sent the whole of a body that we had, instead of a 304.
        rewrites: How many polls in a row found nearly all its entries changed, under the same ids.
        borrowed: A score from 0 to 20 that rises by 1 for each new entry whose id is of another source, at another
            site, and falls by 1 for each other new entry.
        stalls: How many times reading it exceeded a limit since a poll last succeeded.
        failing_since: When the first of its failures in a row happened, or None.
        answered: Digest, in hexadecimal digits, of the address that gave the last body; its validators hold for that
            address only.
        move: The new address that its redirects name, or None.
        address: The address that has replaced its configured one, or empty.
        is_page: Whether it is a page, although the configuration does not say so; then its site's `robots.txt` applies.
        lookback: The search for entries that appeared and left the feed between two polls.
        told_until: When the subscription at its hub ends; None if there is no hub, or no subscription.
        expecting: How many of its next polls are to look for news that its hub has announced.
        kept: A score that rises by 1 when news that the hub announced were found, and falls by 1 when there were news
            that it had not announced.
        why: What its next poll waits for, in words for people.
        by_schedule: Whether that is an interval which the operator's schedule bounds, and nothing else.
    """

    since: datetime | None = None
    moments: tuple[int, ...] = ()
    hints: Hints = Hints()
    repeats: int = 0
    rewrites: int = 0
    borrowed: int = 0
    stalls: int = 0
    failing_since: datetime | None = None
    answered: str = ""
    move: Move | None = None
    address: str = ""
    is_page: bool = False
    lookback: Lookback = Lookback()
    told_until: datetime | None = None
    expecting: int = 0
    kept: int = 0
    why: str = ""
    by_schedule: bool = False


class Debt(Noun):
    """A host's demand (429, 503) that none of its sources and pages is requested before a certain time.

    Attributes:
        host: The host's name, with the port where one is written.
        since: When it was demanded.
        until: The earliest time for the next request.
        times: How many times in a row it was demanded; 0 if the host demanded nothing, but said that its quota is used
            up.
        message: What the host said, in words for people.
    """

    host: str
    since: datetime
    until: datetime
    times: int = 1
    message: str = ""


class Robots(Noun):
    """What is known of an origin's `robots.txt` (RFC 9309).

    Attributes:
        origin: Scheme, host and port.
        until: When the file is to be requested anew.
        text: Its text; empty means that everything is allowed.
        unreachable: Whether there was no answer, so that no page of the origin is requested for now.
    """

    origin: str
    until: datetime
    text: str = ""
    unreachable: bool = False
