"""Warm: load, in the server process that readers are forked from, what each reader would otherwise load by itself."""

import gc
import sys
from types import TracebackType

from syndicator.parse import page
from syndicator.pipeline import read
from syndicator.social import labels
from syndicator.text.urls import registrable_domain

__all__ = ["page", "read"]


def _complain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print why a reader could not start; nothing if only its daemon, and so its queues, have ended meanwhile."""
    if not (isinstance(error, FileNotFoundError) and error.filename is None):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _complain
labels.prepare()
registrable_domain("https://www.example.co.uk/")
gc.freeze()  # the collector no longer looks for cycles in what is loaded, also not when this process ends
