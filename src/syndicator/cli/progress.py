"""What a long command shows: a living line on a terminal, plain lines in a pipe."""

import sys
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from syndicator.pipeline.health import DISTRUST, page_told
from syndicator.pipeline.record import Report
from syndicator.text.counting import counted

_NEW = ("new story", "new stories")


class Progress:
    """A context in which reports are shown as they come."""

    def __init__(self, *, quiet: bool) -> None:
        """Args: quiet: show nothing, a script is reading."""
        self._status: Any = None
        self._polled = 0
        self._new = 0
        if not quiet and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("Polling…")

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def tell(self, reports: Sequence[Report]) -> None:
        """Show what has come."""
        self._polled += len(reports)
        self._new += sum(report.new for report in reports)
        if self._status and reports:
            self._status.update(
                f"Polling… {counted(self._polled, 'answer')}, {counted(self._new, *_NEW)}; last {reports[-1].source_id}"
            )


def summary(reports: Sequence[dict[str, Any]], changed: Sequence[str]) -> list[str]:
    """What a run came to, for people, in lines: the failures with their remedies, then the sums."""
    sums: Counter[str] = Counter()
    lines = []
    for report in reports:
        sums["pages" if report["page"] else "sources"] += 1
        for name in ("new", "joined", "updated", "merged"):
            sums[name] += report[name]
        if report.get("keyed_by"):
            lines.append(f"{report['source_id']}: {DISTRUST[report['keyed_by']]}")
        if failure := report["failure"]:
            sums["failed"] += 1
            what = f"{page_told(report['url'])}: " if report["page"] else ""
            lines.append(f"{report['source_id']}: {what}{failure['message']} {failure['remedy']}".rstrip())
    pages = f" and {counted(sums['pages'], 'article page')}" if sums["pages"] else ""
    news, copies = counted(sums["new"], *_NEW), counted(sums["joined"], "further copy", "further copies")
    lines.append(
        f"Polled {counted(sums['sources'], 'source')}{pages}: {news}, {copies}, "
        f"{sums['updated']} changed, {sums['failed']} failed."
        + (f" {sums['merged']} stories turned out to be others that were known." if sums["merged"] else "")
    )
    lines.append(f"Published {counted(len(changed), 'file')}." if changed else "The published files are up to date.")
    return lines
