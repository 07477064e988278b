"""The database: one writer, any number of readers."""

from syndicator.store.door import Lock
from syndicator.store.recording import Recording
from syndicator.store.search import complaint, from_words
from syndicator.store.store import Store

__all__ = ["Lock", "Recording", "Store", "complaint", "from_words"]
