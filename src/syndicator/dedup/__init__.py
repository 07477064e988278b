"""Which articles are one story: pure decisions, each with its reason."""

from syndicator.dedup.churn import keys, linked, proven, returning
from syndicator.dedup.exact import substance
from syndicator.dedup.place import is_another, moved, place, place_near

__all__ = ["is_another", "keys", "linked", "moved", "place", "place_near", "proven", "returning", "substance"]
