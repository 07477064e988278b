"""What a page declares of how its content may be used; as data, for this is no agreement."""

from syndicator.model.noun import Noun


class Rights(Noun):
    """A page's declarations, from its head and from the response's header fields; false if it declares nothing.

    Attributes:
        robots: Directives for all robots and for ours (`meta name=robots`, `X-Robots-Tag`), in lower case, without
            those that have a value: `noindex`, `nosnippet`, `noarchive`, `noimageindex`, …
        max_snippet: Number of characters that may be quoted (`max-snippet`); the smallest one, if several are named. 0
            means none, None means that there is no limit.
        unavailable_after: The date after which the page must disappear, as written; empty means never.
        tdm: Whether text and data mining is reserved (TDMRep: 1 or 0); None if the page does not say.
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
        """Whether the page must not be named in public, or not for ever."""
        return bool({"noindex", "none"} & {*self.robots} or self.unavailable_after)


NO_TERMS = Rights()
"""The value for a page that declares nothing."""
