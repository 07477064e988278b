"""Forgeries: count calls at hubs' callbacks without a valid signature; they are ignored, but the operator is told.

Otherwise nobody would know why the news of a hub that signs wrongly never arrive. Anybody else may send such calls too,
as often as they like, so the operator is told at most once an hour for each source.
"""

from collections import Counter
from collections.abc import Mapping

from syndicator.model.lease import Lease
from syndicator.text.characters import one_line
from syndicator.text.counting import counted

REST = 3600.0
"""Least number of seconds between two sentences about one source."""


class Forgeries:
    """The calls without a valid signature.

    Attributes:
        total: Number of such calls since the process began.
    """

    def __init__(self) -> None:
        self.total = 0
        self._new: Counter[str] = Counter()
        self._told_at: dict[str, float] = {}

    def note(self, source_id: str, times: int) -> None:
        """Count calls for a source.

        This may be called from any thread, without a lock, so that a call that comes at the same moment may be missed.
        """
        self.total += times
        self._new[source_id] += times

    def tell(self, leases: Mapping[str, Lease], monotonic: float) -> list[str]:
        """Return sentences for the operator, at most one an hour for each source.

        Args:
            leases: The leases with hubs, by the source's id.
            monotonic: The step's time, in monotonic seconds.
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
