"""The operator's TOML files as one frozen `Config`: `load` reads them, `Watch` notices that they have changed."""

from syndicator.config.load import database, load
from syndicator.config.schema import Vocabulary
from syndicator.config.starter import write_starter
from syndicator.config.watch import Watch

__all__ = ["Vocabulary", "Watch", "database", "load", "write_starter"]
