"""Deduplication: which articles are one story. The functions are pure, and each decision has its reason."""

from syndicator.dedup.churn import keys, linked, proven, returning
from syndicator.dedup.compared import content
from syndicator.dedup.exact import substance
from syndicator.dedup.lead import bid, leader, takes_lead
from syndicator.dedup.merging import merges, merges_near
from syndicator.dedup.near import compare
from syndicator.dedup.place import Alike, Match, alike, is_another, matches, moved, place, place_near
from syndicator.dedup.posts import says_little

__all__ = [
    "Alike",
    "Match",
    "alike",
    "bid",
    "compare",
    "content",
    "is_another",
    "keys",
    "leader",
    "linked",
    "matches",
    "merges",
    "merges_near",
    "moved",
    "place",
    "place_near",
    "proven",
    "returning",
    "says_little",
    "substance",
    "takes_lead",
]
