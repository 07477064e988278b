"""Proposing: find selectors to propose for a page that a poll could not read, while the operator tries a source."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from syndicator.model.outcome import Proposal, Reading
from syndicator.pipeline.engines import WALL_SECONDS, Engine


class Watched(Executor):
    """An executor that remembers the last document of a source that it was given to read.

    Args:
        lane: The executor of the readers, where reading runs.

    Attributes:
        document: The last reading of a source's own document, not of an article page; None: there was none yet.
    """

    def __init__(self, lane: Executor) -> None:
        self._lane = lane
        self.document: Reading | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the call in the lane, and remember the document among its arguments."""
        for readings in args:
            if isinstance(readings, tuple):
                self.document = next((it for it in readings if it.wish is None), self.document)
        return self._lane.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the lane."""
        self._lane.shutdown(wait, cancel_futures=cancel_futures)


def propose(engine: Engine, reading: Reading) -> tuple[Proposal, ...] | None:
    """Let a reader propose selectors for a page from its structure, within the slow reader's limits.

    Args:
        engine: Where reading runs.
        reading: The page.

    Returns:
        What is proposed; empty if nothing was found, or reading exceeded a limit or failed. None if nothing was looked
        for, because the document is not a page or offers a feed.
    """
    try:
        found: tuple[Proposal, ...] | None = engine.slow.submit(_propose, reading).result(timeout=WALL_SECONDS)
    except Exception:  # noqa: BLE001  # the page's poll has told already what is wrong with it
        return ()
    return found


def _propose(reading: Reading) -> tuple[Proposal, ...] | None:
    from syndicator.parse.proposal import is_wanted, proposals  # noqa: PLC0415  # no poll needs it

    wanted = is_wanted(reading.response, reading.source)
    return proposals(reading.response, reading.source) if wanted else None
