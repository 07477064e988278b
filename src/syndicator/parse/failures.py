"""The error of a body that gives no entries; the pipeline makes a `Failure` of it."""

from syndicator.errors import ParseError
from syndicator.model.failure import FailureKind


class Unreadable(ParseError):  # noqa: N818 - it reads as what it says of the body
    """A body is not what its source should be.

    Args:
        kind: Its class: `NO_FEED`, `NO_PREVIEW`, `MALFORMED`, `EMPTY` or `TOO_LARGE`.
        message: What the body is instead; it names no address of a private source.
        remedy: What the operator can do.
    """

    def __init__(self, kind: FailureKind, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.kind = kind

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[FailureKind, str, str]]:
        """Pickle with all three arguments: a reader process raises it, another one catches it."""
        return (Unreadable, (self.kind, self.message, self.remedy))
