"""Log messages about the daemon's work."""

import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence

from syndicator.model.settings import Paths
from syndicator.pipeline.health import DISTRUST, name_of_page
from syndicator.pipeline.landed import Report
from syndicator.text.counting import counted

log = logging.getLogger("syndicator")

_NAMED = 50
"""The most published files that one log line names."""


def log_warnings(warnings: Iterable[str]) -> None:
    """Log warnings about the configuration."""
    for warning in warnings:
        log.warning("%s", warning)


def moves(before: Paths, after: Paths) -> Iterator[str]:
    """Say what changed paths of the database and the published files mean to the running service."""
    if after.store != before.store:
        yield (
            f"[paths] store takes effect at the next start; until then it stays {before.store}. Commands already look"
            " in the new place: stop the service, move the database there if its stories are to be kept, and start it."
        )
    if after.public != before.public:
        yield f"[paths] public: the files in {before.public} stay there, but are no longer updated."


def renames(renamed: Mapping[str, str]) -> Iterator[str]:
    """Say what a changed id means to a source; `renamed` has the old id of each new one."""
    for new, old in renamed.items():
        yield (
            f"{new} counts as a new source, although it has the address of {old}: the articles of {old}, and your"
            f' decisions about them, stay with {old}. To continue {old}, write id = "{old}".'
        )


def log_report(report: Report) -> None:
    """Log what an exchange brought, and why it failed, if it did; log nothing if there is nothing new."""
    for warning in report.warnings:
        log.debug("%s: %s", report.source_id, warning)  # `syndicator sources` shows it
    if report.keyed_by is not None:
        log.warning("%s: %s", report.source_id, DISTRUST[report.keyed_by])
    if report.failure is not None:
        what = f"{name_of_page(report.url)}: " if report.page else ""
        log.warning("%s: %s%s %s", report.source_id, what, report.failure.message, report.failure.remedy)
        if report.failure.detail:
            log.error("%s", report.failure.detail)
    parts = (
        (report.new, "new", "new"),
        (report.joined, "copy", "copies"),
        (report.updated, "changed", "changed"),
        (report.merged, "merged", "merged"),
        (report.deleted, "deleted", "deleted"),
        (report.wished, "page to request", "pages to request"),
    )
    if news := [counted(*part) for part in parts if part[0]]:
        log.info("%s: %s", report.source_id, ", ".join(news))


def log_published(names: Sequence[str]) -> None:
    """Log the files that changed, by name; of very many, as when a long archive is made anew, only the first."""
    rest = len(names) - _NAMED
    more = f" and {counted(rest, 'further file')}" if rest > 0 else ""
    log.info("published %s%s", ", ".join(names[:_NAMED]), more)


def bug_report(error: BaseException) -> str:
    """Describe a bug to be reported, without the exception's message, which may quote secrets."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"A bug in syndicator; please report it: {type(error).__name__}\n{frames}".rstrip()
