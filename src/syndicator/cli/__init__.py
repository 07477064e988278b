"""The command: the only room that reads its words, the environment and the real clock."""

from syndicator.cli.app import main

__all__ = ["main"]
