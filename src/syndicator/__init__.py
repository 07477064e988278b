"""syndicator: many news sources in, one deduplicated set of feeds out."""

__version__ = "0.1.0"
