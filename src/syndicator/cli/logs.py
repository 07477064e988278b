"""The log, for a terminal, a pipe or a journal: plain lines on standard error, no secret in any."""

import logging
import sys

from syndicator.model.settings import Config
from syndicator.pipeline.veil import secrets_of
from syndicator.text.secrets import redact


class Redacting(logging.Formatter):
    """Formats a line, and takes every private source's secrets out of it, whatever brought them there."""

    secrets: tuple[str, ...] = ()

    def format(self, record: logging.LogRecord) -> str:
        """The finished line."""
        line = super().format(record)
        return redact(line, self.secrets) if self.secrets else line


_formatter = Redacting("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")


def hide(config: Config) -> None:
    """From now on, take this configuration's secrets out of every line."""
    _formatter.secrets = tuple(secret for source in config.sources for secret in secrets_of(source))


def start() -> None:
    """Log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter)
    logging.getLogger().addHandler(handler)
    logging.getLogger("syndicator").setLevel(logging.INFO)
