"""Errand: one poll of a source, or one fetch of an article page, from its first request to its outcome."""

from dataclasses import dataclass
from datetime import datetime

from syndicator.fetch.auth import authorization
from syndicator.fetch.caching import freshness, judge
from syndicator.fetch.redirects import PERMANENT, STATUSES, follow
from syndicator.model.manners import Debt, Lookback
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Outcome, Wish
from syndicator.model.source import Source
from syndicator.model.web import Request, Response, Validators
from syndicator.pipeline.lessons import Answer, address_mark
from syndicator.pipeline.older import newest, with_older
from syndicator.pipeline.robots import origin_of
from syndicator.text.counting import counted
from syndicator.text.secrets import looks_private, without_secrets

MOST_PAGES = 10
"""The most pages of older entries that are requested in one poll."""
MOST_TRIES = 6
"""The most polls in a row that request older pages which cannot be fetched."""
MOST_STRANGE = 3
"""Number of polls in a row that find nothing known in older pages, after which no more are requested.

Then it is not the source's entries that are new each time, but their ids and addresses."""


@dataclass(slots=True)
class Errand:
    """A poll of a source, or a fetch of an article page, that is under way.

    Attributes:
        source: The source that is polled, or to which the article page belongs.
        wish: For an article page, the wish that asked for it; None for a poll.
        attempts: How often this article page was requested before.
        is_page: Whether the source has turned out to be a page.
        validators: The validators of the body that we have.
        answered: Digest of the address that gave these validators; empty: it is not known, so they are sent to any.
        addresses: The addresses that were requested so far and have answered or failed.
        moved_to: The address to which permanent redirects have led so far, before any temporary one.
        strays: Whether a temporary redirect was followed.
        answer: What the last exchange said, apart from its body.
        began: When the poll began; None for an article page.
        since: The oldest of the moments at which the source's newest entries had appeared, of those that came before
            any entries that are missing; in seconds since 1970; 0: unknown.
        lookback: What was known to be missing before this poll.
        missing: What is known to be missing after an older page could not be fetched in this poll; None: no older page
            was requested in vain.
        so_far: What was read of the source in this poll, while its older entries are requested; None otherwise.
        pages: How many older pages were requested in this poll.
    """

    source: Source
    wish: Wish | None = None
    attempts: int = 0
    is_page: bool = False
    validators: Validators = Validators()
    answered: str = ""
    addresses: tuple[str, ...] = ()
    moved_to: str = ""
    strays: bool = False
    answer: Answer = Answer()
    began: datetime | None = None
    since: int = 0
    lookback: Lookback = Lookback()
    missing: Lookback | None = None
    so_far: Fresh | None = None
    pages: int = 0

    @property
    def name(self) -> tuple[str, str]:
        """What identifies an errand under way: the source's id, and for an article page its entry's key, else empty."""
        return (self.source.id, self.wish.entry.key if self.wish else "")

    @property
    def is_for_people(self) -> bool:
        """Whether it requests a page, so that `robots.txt` applies."""
        return self.wish is not None or self.is_page or self.source.kind in {"page", "telegram"}

    @property
    def expected(self) -> Source:
        """The source, with the kind that it has proven to be.

        Where a source of the kind "auto" has given a feed, a page in its place is a notice or an advertisement, and not
        news.
        """
        if self.source.kind == "auto" and self.wish is None and self.answered and not self.is_page:
            return replace(self.source, kind="feed")
        return self.source

    def validators_for(self, url: str) -> Validators:
        """Return the validators for a conditional request; none if another address gave ours, or for an older page."""
        is_theirs = self.so_far is None and self.answered in {"", address_mark(url)}
        return self.validators if is_theirs else Validators()

    def request(self, url: str, validators: Validators = Validators()) -> Request:
        """Return the errand's request to an address; the source's credentials and headers go to its own origin only."""
        source = self.source
        # As with redirects. An origin includes the scheme, so what was given for https: is never sent unencrypted.
        own = origin_of(url) == origin_of(source.url)
        return Request(
            source_id=source.id,
            url=url,
            validators=validators,
            authorization=authorization(source.auth, source.url) if own else "",
            headers=source.headers if own else (),
            entry_key=self.name[1],
        )

    def further(self, outcome: Outcome) -> Request | None:
        """Return the request for the feed's next older page, if entries may be missing; None: it is not needed.

        What was read so far is kept, and `whole` adds it to what comes.
        """
        if not isinstance(outcome, Fresh) or not outcome.older or outcome.failure or self.pages >= MOST_PAGES:
            return None
        if outcome.older in self.addresses or self.lookback.strange >= MOST_STRANGE:
            return None
        self.so_far, self.pages = outcome, self.pages + 1
        return self.request(outcome.older)

    def whole(self, outcome: Outcome) -> Outcome:
        """Return an outcome together with what was read before it in this poll.

        Only what was read before counts if the older page could not be fetched, or is an HTML page instead of a page of
        the feed, or if all its entries are older than the newest entries that were known. In this last case it holds
        nothing that came since: its entries are new to us only because the source gave them other ids when it moved, or
        because they are from before it was subscribed to.
        """
        before, self.so_far = self.so_far, None
        if before is None:
            return outcome
        if not isinstance(outcome, Fresh) or outcome.is_page != before.is_page:
            return self._without_older(before, outcome)
        return before if newest(outcome) < self.since else with_older(before, outcome)

    def _without_older(self, before: Fresh, outcome: Outcome) -> Fresh:
        """Return what was read before an older page that could not be fetched, and let the next polls try it again.

        Until then no validators and no body hash are kept: the next polls must read the document even if it has not
        changed. After `MOST_TRIES` polls a warning is given instead.
        """
        lookback, tries = self.lookback, self.lookback.tries + 1
        self.missing = Lookback()
        if tries < MOST_TRIES:
            since = lookback.since or self.began
            self.missing = Lookback(since=since, moment=self.since, tries=tries)
            return replace(before, validators=Validators(), body_hash=b"")
        why = f" {outcome.failure.message}" if isinstance(outcome, Failed) else ""
        page = without_secrets(before.older) if looks_private(before.older) else before.older
        lost = f"Older entries may be missing: {page} could not be fetched in {counted(tries, 'poll')}.{why}"
        return replace(before, warnings=(*before.warnings, lost))

    def looked_back(self, outcome: Outcome) -> Lookback:
        """Return what is known to be missing after a poll with this outcome."""
        if self.missing is not None:
            return replace(self.missing, strange=self.lookback.strange)
        has_gap = isinstance(outcome, Fresh) and outcome.has_gap
        return Lookback(strange=self.lookback.strange + (self.pages > 0)) if has_gap else Lookback()

    def redirected(self, status: int, url: str) -> None:
        """Note a redirect.

        Args:
            status: Its status code, which tells whether it is permanent.
            url: The address to which it leads.
        """
        if self.so_far is not None:
            return
        self.strays = self.strays or status not in PERMANENT
        if not self.strays:
            self.moved_to = url

    def ends(self, request: Request, answer: Response | Failed, debt: Debt | None, now: datetime) -> None:
        """Note what the errand's last exchange said, apart from its body.

        Args:
            request: What was requested.
            answer: What came.
            debt: The host's demand to be left alone, if this answer has one, or None.
            now: The step's time.
        """
        if isinstance(answer, Response) and self.so_far is None:
            fresh_for = freshness(answer, now) or 0.0
            self.answer = Answer(
                url=request.url, status=answer.status, fresh_for=fresh_for, moved_to=self.moved_to, debt=debt
            )


def verdict_on(request: Request, answer: Response | Failed, now: datetime) -> Request | Response | Failed:
    """Return what an exchange came to: an answer with a body (or 304), a failure, or the next request of a redirect."""
    if isinstance(answer, Response) and answer.status in STATUSES:
        return follow(request, answer)
    return judge(answer, now) if isinstance(answer, Response) else answer
