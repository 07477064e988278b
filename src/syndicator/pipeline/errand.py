"""A request on its way: what it is for, and what it met."""

from dataclasses import dataclass
from datetime import datetime

from syndicator.fetch.caching import freshness, judge
from syndicator.fetch.redirects import PERMANENT, STATUSES, follow
from syndicator.model.manners import Debt
from syndicator.model.outcome import Failed, Wish
from syndicator.model.source import Source
from syndicator.model.web import Request, Response, Validators
from syndicator.pipeline.lessons import Answer, address_mark


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

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from others under way: source, and entry for an article page."""
        return (self.source.id, self.wish.entry.key if self.wish else "")

    @property
    def is_for_people(self) -> bool:
        """Whether it asks for a page: `robots.txt` has a say."""
        return self.wish is not None or self.is_page or self.source.kind in {"page", "telegram"}

    def validators_for(self, url: str) -> Validators:
        """What makes a request there conditional: one address's validators mean nothing to another."""
        return self.validators if self.answered in {"", address_mark(url)} else Validators()

    def redirected(self, status: int, url: str) -> None:
        """Take note of a hop."""
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
        if isinstance(answer, Response):
            fresh_for = freshness(answer, now) or 0.0
            self.answer = Answer(
                url=request.url, status=answer.status, fresh_for=fresh_for, moved_to=self.moved_to, debt=debt
            )


def verdict_on(request: Request, answer: Response | Failed, now: datetime) -> Request | Response | Failed:
    """What an exchange came to: a body (or 304), a failure, or the next hop of a redirect."""
    if isinstance(answer, Response) and answer.status in STATUSES:
        return follow(request, answer)
    return judge(answer, now) if isinstance(answer, Response) else answer
