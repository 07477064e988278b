"""What a page says of how its words may be used: not an agreement, only its declarations, as data."""

from syndicator.model.noun import Noun


class Rights(Noun):
    """A page's own terms, from its head and from the answer's fields. An empty one declares nothing, and is false.

    Attributes:
        robots: Directives for every robot and for ours (`meta name=robots`, `X-Robots-Tag`), in lower case, without
            those that have a value: `noindex`, `nosnippet`, `noarchive`, `noimageindex`, …
        max_snippet: Characters that may be quoted (`max-snippet`): the smallest that is named; 0: none; None: no limit.
        unavailable_after: When it is to disappear, as written; empty: never.
        tdm: Whether text and data mining is reserved (TDMRep: 1 or 0); None: not said.
        license: Address of the licence (RFC 4946, HTML `rel=license`), or empty.
    """

    robots: tuple[str, ...] = ()
    max_snippet: int | None = None
    unavailable_after: str = ""
    tdm: bool | None = None
    license: str = ""

    def __bool__(self) -> bool:
        return self != NO_TERMS

    @property
    def hides(self) -> bool:
        """Whether what it is said of must not be named in public, or not for ever."""
        return bool({"noindex", "none"} & {*self.robots} or self.unavailable_after)


NO_TERMS = Rights()
"""Nothing is declared."""
