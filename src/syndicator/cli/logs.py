"""Logs: plain lines on standard error, for a terminal, a pipe or a journal, with all secrets redacted."""

import logging
import sys

from syndicator.model.settings import Config
from syndicator.pipeline.redaction import secrets_of
from syndicator.text.secrets import redact


class Redacting(logging.Formatter):
    """A formatter that redacts the secrets of all private sources in each line.

    Attributes:
        secrets: The texts to be redacted.
    """

    secrets: tuple[str, ...] = ()

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line, without secrets."""
        line = super().format(record)
        return redact(line, self.secrets) if self.secrets else line


_formatter = Redacting("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
"""The one formatter of the log, to which `hide` gives the secrets."""


def hide(config: Config) -> None:
    """Redact the secrets of this configuration's sources in every line from now on."""
    _formatter.secrets = tuple(secret for source in config.sources for secret in secrets_of(source))


def start() -> None:
    """Log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter)
    logging.getLogger().addHandler(handler)
    logging.getLogger("syndicator").setLevel(logging.INFO)
