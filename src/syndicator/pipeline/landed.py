"""Landed: an errand that has ended, with its outcome, and the report of what this brought."""

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
"""The most articles of one body that are written in one transaction, so that no other source waits for thousands."""


class Landed(Noun):
    """An errand that has ended, with its outcome, which is not or only in part written yet.

    Attributes:
        errand: The errand.
        outcome: Its outcome, without the articles that are written already.
        report: What the articles brought that are written already; None: none is.
        published: The dates of the new ones among these; None for each without a date.
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
        """What came of the request, for the report."""
        answer = self.errand.answer
        match self.outcome:
            case Failed():
                return "failed" if answer.url or not answer.debt else "put_off"
            case Unchanged():
                return "not_modified" if answer.status == 304 else "same"
        return "read"

    def begun(self) -> "Report":
        """Return the report of what it has brought so far, for the caller to complete."""
        if self.report is not None:
            return copy(self.report)
        source, wish = self.errand.source, self.errand.wish
        url = source.url if wish is None else wish.url
        shown = "" if source.private else url
        return Report(source_id=source.id, result=self.result, page=wish is not None, url=shown)


@dataclass(slots=True, kw_only=True)
class Report:
    """What one errand brought, for logs and progress.

    Attributes:
        source_id: The id of its source.
        result: What came of the request.
        page: Whether it was for an article page.
        url: The address of the page, or of the source; empty if the source is private.
        new: Number of stories opened.
        joined: Number of articles that became copies in stories that were known.
        updated: Number of articles that have changed in a way that matters to subscribers.
        deleted: Number of copies that their source has deleted.
        merged: Number of stories that were merged into another one.
        borrowed: Number of new articles with an id of another site that is, or was, the public id of another story.
        wished: Number of article pages to be requested.
        keyed_by: How the source's entries are told apart from now on; None: that has not changed.
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
