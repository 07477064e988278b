"""Selectors proposed for a page that a poll could not read: for whoever looks at a source before it is one."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from syndicator.model.outcome import Proposal, Reading
from syndicator.pipeline.engines import WALL_SECONDS, Engine


class Watched(Executor):
    """A lane of readers, with the last document of a source that it was given.

    Args:
        lane: Where the reading runs.
    """

    def __init__(self, lane: Executor) -> None:
        self._lane = lane
        self.document: Reading | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it in the lane."""
        for readings in args:
            if isinstance(readings, tuple):
                self.document = next((it for it in readings if it.wish is None), self.document)
        return self._lane.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the lane."""
        self._lane.shutdown(wait, cancel_futures=cancel_futures)


def propose(engine: Engine, reading: Reading) -> tuple[Proposal, ...] | None:
    """What a page's shape proposes, found by a reader, within its limits; nothing where these are too narrow.

    None: nothing was looked for, since it is no page or offers a feed.
    """
    try:
        found: tuple[Proposal, ...] | None = engine.slow.submit(_propose, reading).result(timeout=WALL_SECONDS)
    except Exception:  # noqa: BLE001  # whatever a page does to a reader, its poll has told what is wrong with it
        return ()
    return found


def _propose(reading: Reading) -> tuple[Proposal, ...] | None:
    from syndicator.parse.proposal import is_wanted, proposals  # noqa: PLC0415  # a poll never needs it

    wanted = is_wanted(reading.response, reading.source)
    return proposals(reading.response, reading.source) if wanted else None
