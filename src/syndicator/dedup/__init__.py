"""Which articles are one story: pure decisions, each with its reason."""

from syndicator.dedup.exact import substance
from syndicator.dedup.place import place

__all__ = ["place", "substance"]
