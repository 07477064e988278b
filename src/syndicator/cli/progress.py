"""Progress: show how far a long command is, in a line on a terminal, and sum up what it has done."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from syndicator.cli.printing import local_of
from syndicator.pipeline.health import DISTRUST, name_of_page
from syndicator.pipeline.landed import Report
from syndicator.text.counting import counted

_NEW = ("new story", "new stories")
_MERGED = ("story turned out to be another that was", "stories turned out to be others that were")
_DELETED = ("copy was", "copies were")
_NEVER = "every source is gone for good"


class Progress:
    """A context manager that shows reports as they come, if standard error is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        """Prepare the line, which is shown in the context.

        Args:
            quiet: Whether to show nothing, because a script reads the output.
        """
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
        """Count these reports, and show the sums."""
        self._polled += len(reports)
        self._new += sum(report.new for report in reports)
        if self._status and reports:
            self._status.update(
                f"Polling… {counted(self._polled, 'answer')}, {counted(self._new, *_NEW)}; last {reports[-1].source_id}"
            )


def summary(
    reports: Sequence[dict[str, Any]],
    changed: Sequence[str],
    soonest: Mapping[str, str | None] | None = None,
    forgotten: int = 0,
) -> list[str]:
    """Sum up a run in lines for people: first the failures with their remedies, then the sums.

    Args:
        reports: The report of each poll and each article page.
        changed: Names of the files that were published.
        soonest: The `source` that is due next and when it is `due` (None: never); None: there is no source.
        forgotten: How many old stories were deleted.
    """
    sums: Counter[str] = Counter()
    lines = []
    for report in reports:
        sums["pages" if report["page"] else "sources"] += 1
        for name in ("new", "joined", "updated", "merged", "deleted"):
            sums[name] += report[name]
        if report.get("keyed_by"):
            lines.append(f"{report['source_id']}: {DISTRUST[report['keyed_by']]}")
        if failure := report["failure"]:
            sums["failed"] += 1
            what = f"{name_of_page(report['url'])}: " if report["page"] else ""
            lines.append(f"{report['source_id']}: {what}{failure['message']} {failure['remedy']}".rstrip())
    lines.append(_came_to(sums) if reports else _nothing_due(soonest))
    lines.append(f"Published {counted(len(changed), 'file')}." if changed else "The published files are up to date.")
    if forgotten:
        lines.append(f"Forgot {counted(forgotten, 'old story', 'old stories')}, as set in [keep] stories.")
    return lines


def _came_to(sums: Mapping[str, int]) -> str:
    pages = f" and {counted(sums['pages'], 'article page')}" if sums["pages"] else ""
    news, copies = counted(sums["new"], *_NEW), counted(sums["joined"], "further copy", "further copies")
    return (
        f"Polled {counted(sums['sources'], 'source')}{pages}: {news}, {copies}, "
        f"{sums['updated']} changed, {sums['failed']} failed."
        + (f" {counted(sums['merged'], *_MERGED)} known." if sums["merged"] else "")
        + (f" {counted(sums['deleted'], *_DELETED)} deleted at the source." if sums["deleted"] else "")
    )


def _nothing_due(soonest: Mapping[str, str | None] | None) -> str:
    if soonest is None:
        return "Nothing was polled: there is no source."
    due = soonest["due"]
    why = f"the next is {soonest['source']}, at {local_of(due)}" if due else _NEVER
    return f"Nothing is due: {why}. `syndicator once --all` polls every source now."
