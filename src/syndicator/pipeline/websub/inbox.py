"""What hubs say at their callbacks: taken from any thread, and kept until it has been written down."""

from collections.abc import Iterator, Mapping

from syndicator.model.lease import Call
from syndicator.pipeline.websub.forgeries import Forgeries

CALLS = 200
"""Of hubs that are seen to in one step: each may be written down, and whoever else writes waits meanwhile."""


class Inbox:
    """Calls of hubs that are still to be seen to.

    Args:
        forgeries: Counts calls that prove nothing.
    """

    def __init__(self, forgeries: Forgeries) -> None:
        self._forgeries = forgeries
        self._sources: Mapping[str, str] | None = None
        self._calls: dict[tuple[str, str], Call] = {}  # the last of each mode at each token: a flood takes no room

    def expect(self, sources: Mapping[str, str] | None) -> None:
        """Take calls for these sources alone, by the token that stands for each; None: it is not known for which."""
        self._sources = sources

    def put(self, call: Call) -> bool | None:
        """Take what a hub says.

        Returns:
            Whether we have to do with it; None: that is not known yet, and after a "no" a hub would not come back.
        """
        if self._sources is None:
            return None
        if (source_id := self._sources.get(call.token)) is None:
            return False
        if call.mode == "forged":
            self._forgeries.note(source_id, call.times)
            return True
        self._calls[call.token, call.mode] = call
        return True

    def calls(self) -> Iterator[tuple[str, Call]]:
        """What was said, each with its source's id; one that is not gone on from is there the next time."""
        for key in list(self._calls)[:CALLS]:
            call = self._calls[key]
            if source_id := (self._sources or {}).get(call.token):
                yield source_id, call
            if self._calls.get(key) is call:  # else something newer was said meanwhile
                del self._calls[key]
