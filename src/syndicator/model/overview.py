"""How the service is doing, for its operator: each source, what is wrong and since when, and what was counted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

Status = Literal["ok", "new", "silent", "drifted", "waiting", "failing", "removed"]
FaultKind = Literal["failing", "drifted", "silent", "moved", "network", "hub", "configuration"]
Result = Literal["read", "not_modified", "same", "failed", "put_off"]
"""What came of a request: a body was read, 304, the bytes that are known, nothing, or it was not sent for the time."""

DELAYS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds: the upper bounds by which delays are counted, beside none."""


class Trouble(Noun):
    """What is wrong.

    Attributes:
        kind: `failing`, `drifted`, `silent`, `moved`: of a source; `network`: none can be reached; `hub`: one
            does not take what it is told; `configuration`: it has a mistake, and the one before stays in force.
        subject: The source's id, or the hub's address; empty: the service itself.
        message: What happened, in a sentence.
        remedy: What to do, or empty.
    """

    kind: FaultKind
    subject: str
    message: str
    remedy: str = ""


class Fault(Noun):
    """A trouble that was noted.

    Attributes:
        number: Its place among all that began, or were over, in this database.
        trouble: As it was when it began.
        began: When it was seen first.
        ended: When it was seen to be over, or None.
    """

    number: int
    trouble: Trouble
    began: datetime
    ended: datetime | None = None


class Standing(Noun):
    """How a source is doing.

    Attributes:
        source_id: Whose.
        title: Its name for people.
        site_url: Its page for people; empty: unknown, or private.
        status: As `pipeline.health` has it.
        message: What happened, for people, or empty.
        remedy: What to do, or empty.
        hub: Whether its hub tells of its news, in sentences; empty: there is none.
        articles: How many of it are stored.
        failures: Polls that failed, in a row.
        succeeded_at: The last poll that gave something readable, or 304; None: none did.
        next_try: When it is polled next; None: never.
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
        began: When that was.
        polls: Of feeds and other sources, by result.
        pages: Of article pages, likewise.
        changes: Articles by what became of them: new, copy, changed, deleted, merged.
        delays: How many changes took at most so many seconds to be published, for each of `DELAYS`, and then all.
        delay: Seconds that all these took together.
        forged: Calls to the callbacks for hubs that were not signed as agreed.
        bugs: Unexpected exceptions.
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
    """How the process is doing.

    Attributes:
        counts: Since the process began.
        hubs: What is wrong with each, or empty: it takes what it is told. One of which nothing is known is left out.
        complaints: What keeps the service from its work, as sentences.
        mistakes: What is wrong with the configuration that lies there, or empty.
        under_way: Exchanges and readings.
        subscribers: How many our own hub tells of changes, and how many of these do not take what they are sent.
    """

    counts: Counts
    hubs: Mapping[str, str]
    complaints: tuple[str, ...] = ()
    mistakes: str = ""
    under_way: int = 0
    subscribers: tuple[int, int] = (0, 0)


class Overview(Noun):
    """All of it.

    Attributes:
        at: When it was so.
        service: The process.
        standings: Each source that is polled.
        faults: Those that began, or were over, last; the latest first.
        open_faults: All that are not over.
        database: Bytes of the database's files.
    """

    at: datetime
    service: Service
    standings: tuple[Standing, ...]
    faults: tuple[Fault, ...]
    open_faults: tuple[Fault, ...] = ()
    database: int = 0
