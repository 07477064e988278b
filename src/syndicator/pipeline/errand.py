"""A request on its way: what it is for, and what it met."""

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
"""Pages of older entries that are asked for in one poll."""
MOST_TRIES = 6
"""Polls that ask for such pages which cannot be had."""
MOST_STRANGE = 3
"""Polls in a row that find nothing known in them: the source's ids and addresses are new each time, not its entries."""


@dataclass(slots=True)
class Errand:
    """A request on its way, with what it is for.

    Attributes:
        source: On whose behalf.
        wish: For an article page, what wished it.
        attempts: How often that page was asked for before.
        is_page: Whether the source has turned out to be a page.
        validators: Of the body that we have …
        answered: … and what stands for the address that gave them; empty: any may have.
        addresses: Where it was sent.
        moved_to: Where permanent redirects have led so far …
        strays: … unless a temporary one came in between.
        answer: What the last exchange said, beside its body.
        began: When it was taken in.
        since: The oldest of the moments at which its newest entries had appeared that came before any that are missing,
            in seconds since 1970; 0: unknown.
        lookback: What is known to be missing.
        missing: What is, where a page could not be had in this poll; None: none was asked for in vain.
        so_far: What was read of it, while the entries before these are asked for …
        pages: … and how often that was done.
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
        """What tells it from others under way: source, and entry for an article page."""
        return (self.source.id, self.wish.entry.key if self.wish else "")

    @property
    def is_for_people(self) -> bool:
        """Whether it asks for a page: `robots.txt` has a say."""
        return self.wish is not None or self.is_page or self.source.kind in {"page", "telegram"}

    @property
    def expected(self) -> Source:
        """The source as it has proven to be: where a feed was, a page is a notice or an advertisement, and no news."""
        if self.source.kind == "auto" and self.wish is None and self.answered and not self.is_page:
            return replace(self.source, kind="feed")
        return self.source

    def validators_for(self, url: str) -> Validators:
        """What makes a request there conditional: one address's validators mean nothing to another."""
        is_theirs = self.so_far is None and self.answered in {"", address_mark(url)}
        return self.validators if is_theirs else Validators()

    def request(self, url: str, validators: Validators = Validators()) -> Request:
        """What is asked there for it: credentials and fields of the source's go to its own origin alone."""
        source = self.source
        own = origin_of(url) == origin_of(source.url)  # as over redirects: never in clear what was given for https
        return Request(
            source_id=source.id,
            url=url,
            validators=validators,
            authorization=authorization(source.auth, source.url) if own else "",
            headers=source.headers if own else (),
            entry_key=self.name[1],
        )

    def further(self, outcome: Outcome) -> Request | None:
        """What is asked for next, where entries before those that were read may be missing; `whole` adds what comes."""
        if not isinstance(outcome, Fresh) or not outcome.older or outcome.failure or self.pages >= MOST_PAGES:
            return None
        if outcome.older in self.addresses or self.lookback.strange >= MOST_STRANGE:
            return None
        self.so_far, self.pages = outcome, self.pages + 1
        return self.request(outcome.older)

    def whole(self, outcome: Outcome) -> Outcome:
        """An outcome, with what was read before it; where nothing came of going on, that is all there is for now.

        A page for people is no page of a feed. One whose entries all are older than the newest that were known holds
        nothing that came since, but what its source gave other ids when it moved, or had before it was subscribed to.
        """
        before, self.so_far = self.so_far, None
        if before is None:
            return outcome
        if not isinstance(outcome, Fresh) or outcome.is_page != before.is_page:
            return self._without_older(before, outcome)
        return before if newest(outcome) < self.since else with_older(before, outcome)

    def _without_older(self, before: Fresh, outcome: Outcome) -> Fresh:
        """What was read before a page that could not be had: the next polls look for it again.

        Such a poll must read its document, whatever that says: so no validators are kept.
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
        """What is known to be missing after a poll that came to this."""
        if self.missing is not None:
            return replace(self.missing, strange=self.lookback.strange)
        has_gap = isinstance(outcome, Fresh) and outcome.has_gap
        return Lookback(strange=self.lookback.strange + (self.pages > 0)) if has_gap else Lookback()

    def redirected(self, status: int, url: str) -> None:
        """Take note of a hop."""
        if self.so_far is not None:
            return
        self.strays = self.strays or status not in PERMANENT
        if not self.strays:
            self.moved_to = url

    def ends(self, request: Request, answer: Response | Failed, debt: Debt | None, now: datetime) -> None:
        """Take note of what its last exchange said, beside its body.

        Args:
            request: What was asked.
            answer: What came.
            debt: What the host demands with it, or None.
            now: The step's time.
        """
        if isinstance(answer, Response) and self.so_far is None:
            fresh_for = freshness(answer, now) or 0.0
            self.answer = Answer(
                url=request.url, status=answer.status, fresh_for=fresh_for, moved_to=self.moved_to, debt=debt
            )


def verdict_on(request: Request, answer: Response | Failed, now: datetime) -> Request | Response | Failed:
    """What an exchange came to: a body (or 304), a failure, or the next hop of a redirect."""
    if isinstance(answer, Response) and answer.status in STATUSES:
        return follow(request, answer)
    return judge(answer, now) if isinstance(answer, Response) else answer
