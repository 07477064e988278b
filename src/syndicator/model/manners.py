"""What decides when a source may be asked again: what it says, what it did, and what its host demands."""

from datetime import UTC, datetime

from syndicator.model.noun import Noun

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When a source is due that is asked no more by itself: a moment that no clock reaches, and that moves with none."""


class Hints(Noun):
    """How often a feed says that it is worth asking.

    Attributes:
        ttl: Seconds that it may be kept (RSS 2.0, `<ttl>`); 0: it does not say.
        period: Seconds between its updates (RSS 1.0 Syndication module); 0: it does not say.
        base: When its updates are counted from, or None.
        skip_hours: Hours of the day, in GMT, in which it need not be asked.
        skip_days: The same for days of the week; Monday is 0.
    """

    ttl: float = 0.0
    period: float = 0.0
    base: datetime | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


class Move(Noun, unshown=("url",)):
    """A new address that permanent redirects name, until they have been believed.

    Attributes:
        url: Absolute.
        since: When it was first named.
        times: How often in a row; 0: it has not demanded it, but said that it grants nothing more for a while.
    """

    url: str
    since: datetime
    times: int = 1


class Lookback(Noun):
    """What is remembered of the search for entries that came while nobody asked (`pipeline.errand`).

    Attributes:
        since: When a poll found that some may be missing, which could not be had since; None: none are.
        moment: For these, the oldest of the moments at which the newest entries that were known then had appeared.
        tries: How many polls could not have them, in a row.
        strange: How many polls in a row looked through older pages, and saw nothing that was known.
    """

    since: datetime | None = None
    moment: int = 0
    tries: int = 0
    strange: int = 0


class Pace(Noun, unshown=("address",)):
    """What is remembered of a source to decide when it is polled, and where.

    Attributes:
        since: The first poll that gave a body; None: there was none, or it was before this was noted.
        moments: When its newest entries appeared, in seconds since 1970, oldest first.
        hints: What it last said itself.
        repeats: How often in a row it sent the whole of a body that we had, instead of a 304.
        rewrites: How often in a row nearly all its entries were others than before, under the same ids.
        borrowed: By how many more of its newest entries had ids of another source's, at another site, than had not: 0
            to 20.
        stalls: How often reading it exceeded a limit since it last went well.
        failing_since: Its first failure in a row, or None.
        answered: Digest of the address that gave the last body, in hexadecimal digits: its validators are for no other.
        move: The new address that its redirects name, or None.
        address: The address that has taken the place of its own, or empty.
        is_page: Whether it is a page, though nobody said so: its site's `robots.txt` has a say from then on.
        lookback: What came while nobody asked, and could not be had.
        told_until: How long its hub tells of its news; None: there is none, or it does not.
        expecting: How many of its next polls are to look for news that its hub has announced.
        kept: How often its hub told of news that were there, less how often there were news without a word from it.
        why: What its next poll waits for, for people.
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
    """A host's demand to be left alone (429, 503): none of its sources and pages is asked for before.

    Attributes:
        host: Name, and port where one is written.
        since: When it was demanded.
        until: The earliest time for the next request.
        times: How often in a row.
        message: What the host said, for people.
    """

    host: str
    since: datetime
    until: datetime
    times: int = 1
    message: str = ""


class Robots(Noun):
    """What an origin's `robots.txt` came to (RFC 9309).

    Attributes:
        origin: Scheme, host and port.
        until: When it is to be asked for anew.
        text: What was found there; empty: everything is allowed.
        unreachable: Whether there was no answer, so that nothing is asked for now.
    """

    origin: str
    until: datetime
    text: str = ""
    unreachable: bool = False
