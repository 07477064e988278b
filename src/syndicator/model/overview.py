"""The state of the service, for its operator: each source, what is wrong and since when, and what was counted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

Status = Literal["ok", "new", "silent", "drifted", "waiting", "failing", "removed"]
"""The status of a source; `pipeline.health.Health` says what each means."""
FaultKind = Literal["failing", "drifted", "silent", "moved", "network", "hub", "configuration"]
"""The kind of a trouble; `Trouble` says what each means."""
Result = Literal["read", "not_modified", "same", "failed", "put_off"]
"""The result of a request.

`read`: a body was read. `not_modified`: the answer was 304. `same`: it had the bytes that we already have. `failed`: it
failed. `put_off`: it was not sent for the time being.
"""

DELAYS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds: the upper bounds of the buckets in which delays are counted; a last bucket has no bound."""


class Trouble(Noun):
    """Something that is wrong.

    Attributes:
        kind: `failing`, `drifted`, `silent`, `moved`: a source is. `network`: no source can be reached. `hub`: a hub
            does not accept our notifications. `configuration`: it has a mistake, and the one before stays in force.
        subject: The source's id or the hub's address; empty for the service itself.
        message: What happened, in a sentence.
        remedy: What to do, or empty.
    """

    kind: FaultKind
    subject: str
    message: str
    remedy: str = ""


class Fault(Noun):
    """A trouble that was recorded.

    Attributes:
        number: Its place in the order in which faults began or ended in this database.
        trouble: The trouble as it was when it began.
        began: When it was first seen.
        ended: When it was seen to be over; None if it is not.
    """

    number: int
    trouble: Trouble
    began: datetime
    ended: datetime | None = None


class Standing(Noun):
    """The state of a source.

    Attributes:
        source_id: The source's id.
        title: Its name for people.
        site_url: Address of its site for people; empty if unknown or private.
        status: The status that `pipeline.health` finds.
        message: What happened, for people, or empty.
        remedy: What to do, or empty.
        hub: Sentences that say whether its hub announces its news; empty if it has no hub.
        articles: How many of its articles are stored.
        failures: How many polls failed in a row.
        succeeded_at: When a poll last gave a readable body, or 304; None if none ever did.
        next_try: When it is polled next; None means never.
    """

    source_id: str
    title: str
    status: Status
    site_url: str = ""
    message: str = ""
    remedy: str = ""
    hub: tuple[str, ...] = ()
    articles: int = 0
    failures: int = 0
    succeeded_at: datetime | None = None
    next_try: datetime | None = None


class Counts(Noun):
    """What was counted since the process began.

    Attributes:
        began: When the process began.
        polls: Numbers of polls of feeds and other sources, by result.
        pages: Numbers of requests for article pages, by result.
        changes: Numbers of articles by what became of them: new, copy, changed, deleted, merged.
        delays: For each bound in `DELAYS`, how many changes were published within so many seconds; then the number of
            all.
        delay: The sum of all these delays, in seconds.
        forged: Number of calls to our callbacks for hubs that were not signed as agreed.
        bugs: Number of unexpected exceptions.
    """

    began: datetime
    polls: Mapping[Result, int]
    pages: Mapping[Result, int]
    changes: Mapping[str, int]
    delays: tuple[int, ...] = (0,) * (len(DELAYS) + 1)
    delay: float = 0.0
    forged: int = 0
    bugs: int = 0


class Service(Noun):
    """The state of the process.

    Attributes:
        counts: What was counted since the process began.
        hubs: For each hub by address, what is wrong with it, or empty if it accepts our notifications. A hub of which
            nothing is known is left out.
        complaints: What keeps the service from its work, as sentences.
        mistakes: What is wrong with the configuration in the files, or empty.
        under_way: Number of exchanges and readings under way.
        subscribers: How many subscribers our own hub has, and how many of these do not accept what they are sent.
    """

    counts: Counts
    hubs: Mapping[str, str]
    complaints: tuple[str, ...] = ()
    mistakes: str = ""
    under_way: int = 0
    subscribers: tuple[int, int] = (0, 0)


class Overview(Noun):
    """The state of the whole service at one moment.

    Attributes:
        at: The moment.
        service: The state of the process.
        standings: The state of each source that is polled.
        faults: The faults that began or ended most recently, the latest first.
        open_faults: All faults that are not over.
        database: Size of the database's files in bytes.
    """

    at: datetime
    service: Service
    standings: tuple[Standing, ...]
    faults: tuple[Fault, ...]
    open_faults: tuple[Fault, ...] = ()
    database: int = 0
