"""Calls at the callbacks of hubs that are not signed as was agreed: nothing happens by them, but the operator is told.

A hub that signs wrongly tells of nothing, and nobody would know why; somebody else may try, as often as he likes.
"""

from collections import Counter
from collections.abc import Mapping

from syndicator.model.lease import Lease
from syndicator.text.characters import one_line
from syndicator.text.counting import counted

REST = 3600.0
"""Seconds between two sentences about one source."""


class Forgeries:
    """What came of late.

    Attributes:
        total: Calls since the process began.
    """

    def __init__(self) -> None:
        self.total = 0
        self._new: Counter[str] = Counter()
        self._told_at: dict[str, float] = {}

    def note(self, source_id: str, times: int) -> None:
        """So many calls for a source; from any thread, so that one that comes at the same moment may be left out."""
        self.total += times
        self._new[source_id] += times

    def tell(self, leases: Mapping[str, Lease], monotonic: float) -> list[str]:
        """Sentences for the operator, once an hour for each source.

        Args:
            leases: How it stands with the hubs of sources, by the source's id.
            monotonic: The step's time.
        """
        if not self._new:
            return []
        self._told_at = {it: at for it, at in self._told_at.items() if monotonic - at < REST}
        new, self._new = self._new, Counter()
        due = [it for it in new if it in leases and it not in self._told_at]
        self._told_at |= dict.fromkeys(due, monotonic)
        self._new.update({it: times for it, times in new.items() if it in leases and it not in due})
        return [_sentence(leases[it], new[it]) for it in due]


def _sentence(lease: Lease, times: int) -> str:
    hub, calls = lease.offer.hub, counted(times, "call")
    return one_line(
        f"{calls} for {lease.source_id} had a wrong signature, or none, and were ignored: its hub {hub} does not sign"
        " as agreed, or somebody else knows the callback."
    )
