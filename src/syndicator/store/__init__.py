"""The database: one writer, any number of readers."""

from syndicator.store.arrivals import Arrival
from syndicator.store.decisions import Decisions
from syndicator.store.door import is_there
from syndicator.store.forgetting import Held
from syndicator.store.queries import complaint
from syndicator.store.recording import Recording
from syndicator.store.replaying import Change, Paper
from syndicator.store.search import from_words
from syndicator.store.store import Store

__all__ = [
    "Arrival",
    "Change",
    "Decisions",
    "Held",
    "Paper",
    "Recording",
    "Store",
    "complaint",
    "from_words",
    "is_there",
]
