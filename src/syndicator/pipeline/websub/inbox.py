"""Inbox: the queue of hubs' calls at our callbacks, filled from any thread; a call is kept until it was handled."""

from collections.abc import Iterator, Mapping

from syndicator.model.lease import Call
from syndicator.pipeline.websub.forgeries import Forgeries

CALLS = 200
"""The most calls that are handled in one step, because each may be stored, and all other writing waits meanwhile."""


class Inbox:
    """The calls of hubs that were not handled yet.

    Args:
        forgeries: Counts the calls without a valid signature.
    """

    def __init__(self, forgeries: Forgeries) -> None:
        self._forgeries = forgeries
        self._sources: Mapping[str, str] | None = None
        # only the last for each token and mode, so that many calls take no more memory
        self._calls: dict[tuple[str, str], Call] = {}

    def expect(self, sources: Mapping[str, str] | None) -> None:
        """Set the sources for which calls are accepted, by the token of each; None: they are not known now."""
        self._sources = sources

    def put(self, call: Call) -> bool | None:
        """Accept a hub's call.

        Returns:
            Whether the call is for one of our sources. None: the sources are not known yet; the hub must not get a "no"
            then, because it would not call again.
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
        """Iterate over the calls, each with its source's id.

        A call is removed only when the next one is asked for. So one that could not be handled comes again at the next
        time.
        """
        for key in list(self._calls)[:CALLS]:
            call = self._calls[key]
            if source_id := (self._sources or {}).get(call.token):
                yield source_id, call
            if self._calls.get(key) is call:  # otherwise a newer call came meanwhile
                del self._calls[key]
