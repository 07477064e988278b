"""Naming: what to say when somebody names a source by an id that does not exist, for example misspelt."""

from collections.abc import Iterable

from syndicator.config.misfit import nearest
from syndicator.errors import UsageError


def no_source(word: str, known: Iterable[str]) -> UsageError:
    """Return the error for an id that no source has.

    Args:
        word: What was written.
        known: The ids of all sources.
    """
    return UsageError(f"There is no source “{word}”.", f"{guess(word, known)}`syndicator sources` lists them.")


def guess(word: str, known: Iterable[str]) -> str:
    """Return a question that names the id that was probably meant, with a space at its end; empty: none is similar."""
    meant = nearest(word, tuple(known))
    return f"Did you mean “{meant}”? " if meant else ""
