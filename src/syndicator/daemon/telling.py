"""What the log tells of the daemon's work."""

import logging
import traceback
from collections.abc import Iterable

from syndicator.pipeline.health import DISTRUST, page_told
from syndicator.pipeline.landed import Report
from syndicator.text.counting import counted

log = logging.getLogger("syndicator")


def warn(warnings: Iterable[str]) -> None:
    """What the configuration has that can be taken, but is hardly meant."""
    for warning in warnings:
        log.warning("%s", warning)


def say(report: Report) -> None:
    """A line in the log for what an exchange brought, and one for why not all; nothing for nothing new."""
    for warning in report.warnings:
        log.debug("%s: %s", report.source_id, warning)  # `syndicator sources` shows it
    if report.keyed_by is not None:
        log.warning("%s: %s", report.source_id, DISTRUST[report.keyed_by])
    if report.failure is not None:
        what = f"{page_told(report.url)}: " if report.page else ""
        log.warning("%s: %s%s %s", report.source_id, what, report.failure.message, report.failure.remedy)
        if report.failure.detail:
            log.error("%s", report.failure.detail)
    parts = (
        (report.new, "new", "new"),
        (report.joined, "copy", "copies"),
        (report.updated, "changed", "changed"),
        (report.merged, "merged", "merged"),
        (report.deleted, "deleted", "deleted"),
        (report.wished, "page to ask", "pages to ask"),
    )
    if news := [counted(*part) for part in parts if part[0]]:
        log.info("%s: %s", report.source_id, ", ".join(news))


def told(error: BaseException) -> str:
    """A bug, to be reported; not in the exception's words, which may quote what nobody is to see."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"A bug in syndicator; please report it: {type(error).__name__}\n{frames}".rstrip()
