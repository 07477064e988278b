"""Sources as people name them: by their ids, and with slips."""

from collections.abc import Iterable

from syndicator.config.misfit import nearest
from syndicator.errors import UsageError


def no_source(word: str, known: Iterable[str]) -> UsageError:
    """What to say of an id that no source has, where these are the ids of all."""
    return UsageError(f"There is no source “{word}”.", f"{guess(word, known)}`syndicator sources` lists them.")


def guess(word: str, known: Iterable[str]) -> str:
    """Which of these ids was probably meant, as a question with a space behind it; empty: none is near."""
    meant = nearest(word, tuple(known))
    return f"Did you mean “{meant}”? " if meant else ""
