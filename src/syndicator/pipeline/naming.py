"""Sources as people name them: by their ids, and with slips."""

from collections.abc import Iterable

from syndicator.config.misfit import nearest
from syndicator.errors import UsageError


def no_source(word: str, known: Iterable[str]) -> UsageError:
    """What to say of an id that no source has, where these are the ids of all."""
    meant = nearest(word, tuple(known))
    guess = f"Did you mean “{meant}”? " if meant else ""
    return UsageError(f"There is no source “{word}”.", f"{guess}`syndicator sources` lists them.")
