"""The error for a value that is refused, and suggestions of what was probably meant.

The message never repeats the value, because it may be or contain the secret address of a private source. The file and
line tell the operator which value is meant.
"""

import difflib
from collections.abc import Iterable
from functools import lru_cache


class MisfitError(ValueError):
    """A value, or a name, that is refused.

    Args:
        message: What was expected, for the operator; never the value itself.
        keys: The path to the mistake inside the value: indexes and names of settings.
        word: The word that the operator wrote, if it is to be compared with `choices`; it is not shown.
        choices: The valid names.
    """

    def __init__(self, message: str, *, keys: tuple[str | int, ...] = (), word: str = "", choices: Iterable[str] = ()):
        super().__init__(message)
        self.message = message
        self.keys = keys
        self.word = word
        self.choices = tuple(choices)


@lru_cache(maxsize=64)
def nearest(word: str, choices: tuple[str, ...]) -> str:
    """The choice that a mistyped word probably means; empty if there is none.

    Typing mistakes are rare in the first letter: if it differs, the rest must be more similar. A word that is only the
    beginning of a single choice means that choice.
    """
    word = word[:64].casefold()
    folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word, folded)
    found = [choice for choice in found if choice[:1] == word[:1]] or difflib.get_close_matches(
        word, found, cutoff=0.75
    )
    if not found and len(word) > 1:
        longer = [choice for choice in folded if choice.startswith(word)]
        found = longer if len(longer) == 1 else []
    return folded[found[0]] if found else ""


def enumerate_choices(choices: Iterable[str]) -> str:
    """The choices in words: `"rss", "atom" or "json"`."""
    return either(f'"{choice}"' for choice in choices)


def either(words: Iterable[str]) -> str:
    """The words joined, without quotes: `a, b or c`."""
    several = list(words)
    return " or ".join(filter(None, (", ".join(several[:-1]), *several[-1:])))
