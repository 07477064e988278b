"""What has landed: an exchange that is over and read, and a report of what it brought."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from syndicator.model.failure import Failure
from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed, Fresh, Outcome, Unchanged
from syndicator.model.overview import Result
from syndicator.model.state import KeyedBy
from syndicator.pipeline.errand import Errand

PART = 100
"""Articles of one body that are written in one transaction, so that nobody waits for thousands."""


class Landed(Noun):
    """An exchange that is over and read.

    Attributes:
        errand: What it was for, and what it met.
        outcome: What it came to.
        report: What its first articles brought, if they are written already …
        published: … and the dates of those that were new.
    """

    errand: Errand
    outcome: Outcome
    report: "Report | None" = None
    published: tuple[datetime | None, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it has so many articles that they are written in parts."""
        return isinstance(self.outcome, Fresh) and len(self.outcome.articles) > PART

    @property
    def result(self) -> Result:
        """What came of the request."""
        answer = self.errand.answer
        match self.outcome:
            case Failed():
                return "failed" if answer.url or not answer.debt else "put_off"
            case Unchanged():
                return "not_modified" if answer.status == 304 else "same"
        return "read"

    def begun(self) -> "Report":
        """What it has brought so far: a report to be gone on with."""
        if self.report is not None:
            return copy(self.report)
        source, wish = self.errand.source, self.errand.wish
        url = source.url if wish is None else wish.url
        shown = "" if source.private else url
        return Report(source_id=source.id, result=self.result, page=wish is not None, url=shown)


@dataclass(slots=True, kw_only=True)
class Report:
    """What one exchange brought, for logs and progress.

    Attributes:
        source_id: On whose behalf.
        result: What came of the request.
        page: Whether it was an article page.
        url: The address of the page, or of the source; empty where that is private.
        new: Stories opened.
        joined: Copies of stories that were known.
        updated: Articles changed so that a reader should care.
        deleted: Copies that their source has deleted.
        merged: Stories that turned out to be one that was known.
        borrowed: New articles with ids of another site that another source has given its own.
        wished: Article pages to be asked for.
        keyed_by: What tells the source's entries apart from now on, if that has changed.
        failure: Why it gave nothing, or None.
        warnings: What the reader repaired or left out.
    """

    source_id: str
    result: Result = "read"
    page: bool = False
    url: str = ""
    new: int = 0
    joined: int = 0
    updated: int = 0
    deleted: int = 0
    merged: int = 0
    borrowed: int = 0
    wished: int = 0
    keyed_by: KeyedBy | None = None
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()
