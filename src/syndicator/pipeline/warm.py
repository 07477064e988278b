"""Imported by the process that readers are forked from: what each of them would otherwise load for itself."""

import gc
import sys
from types import TracebackType

from syndicator.parse import page
from syndicator.pipeline import read
from syndicator.social import labels
from syndicator.text.urls import registrable_domain

__all__ = ["page", "read"]


def _complain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What a reader says that could not begin; nothing, when its daemon has ended meanwhile, and its queues with it."""
    if not (isinstance(error, FileNotFoundError) and error.filename is None):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _complain
labels.prepare()
registrable_domain("https://www.example.co.uk/")
gc.freeze()  # nobody looks for circles in it any more, also not at this process's own end
