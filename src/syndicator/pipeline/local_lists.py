"""Read subscription lists in local files, to show what a configuration means before it is in force."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from syndicator.fetch.files import read_file
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Outcome, Reading
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.state import SourceMemory
from syndicator.model.web import Request, Response
from syndicator.pipeline.redaction import redacted, redacted_response, scrubbed
from syndicator.text.urls import local_path


def local_lists(draft: Config, home: Path | None, now: datetime) -> Iterator[tuple[str, tuple[Source, ...]]]:
    """Iterate over the lists in local files that can be read: the id of each, with the sources that it names now.

    Args:
        draft: The configuration with the lists.
        home: The absolute path of the folder in force, which the draft's folder is to replace; None: the draft is there
            already.
        now: The time, for the reader.
    """
    for source, outcome in _outcomes(draft, home, now):
        if isinstance(outcome, Fresh):
            yield source.id, outcome.sources


def list_doubts(config: Config, now: datetime) -> Iterator[str]:
    """Iterate over what is wrong with lists in local files, each after its file's path (or a private list's id).

    Of a file that cannot be opened, the configuration's own warnings tell.
    """
    for source, outcome in _outcomes(config, None, now):
        name = source.id if source.private else local_path(source.url)
        if isinstance(outcome, Fresh):
            yield from (f"{name}: {warning}" for warning in outcome.warnings)
        elif outcome.failure.kind != FailureKind.FILE:
            yield f"{name}: {outcome.failure.message} {outcome.failure.remedy}".rstrip()


def _outcomes(draft: Config, home: Path | None, now: datetime) -> Iterator[tuple[Source, Fresh | Failed]]:
    """Iterate over the lists in local files, each with what reading it gave; for the arguments see `local_lists`."""
    for source in draft.sources:
        if source.kind != "list" or not source.url.startswith("file:"):
            continue
        from syndicator.pipeline.read import read  # noqa: PLC0415  # few configurations have such a list

        request = Request(source_id=source.id, url=_here(source.url, draft.root, home))
        outcome: Outcome | Response = read_file(request, draft.root, draft.fetch.max_body)
        if isinstance(outcome, Response):
            response = redacted_response(replace(outcome, url=source.url), source)
            outcome = read(Reading(response=response, source=redacted(source), memory=SourceMemory(), now=now))
        if isinstance(outcome := scrubbed(outcome, source), Fresh | Failed):
            yield source, outcome


def _here(url: str, root: Path, home: Path | None) -> str:
    """Return the address at which a file of the draft is now, while the draft is not in its final place."""
    path = local_path(url)
    return url if home is None or home not in path.parents else (root / path.relative_to(home)).as_uri()
