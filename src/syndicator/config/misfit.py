"""How a value is refused, and what was probably meant.

No refusal repeats the value: it may be, or hold, the secret address of a private source. File and line tell the
operator which one is meant.
"""

import difflib
from collections.abc import Iterable
from functools import lru_cache


class MisfitError(ValueError):
    """A value, or a name, that cannot be taken.

    Args:
        message: What was expected, for the operator; never the value itself.
        keys: Where inside the value the fault lies: an index, the name of a setting.
        word: What the operator wrote, if it is to be compared with `choices`; it is not shown.
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
    """The choice that the word is probably a slip of, or an empty string.

    A slip seldom hits the first letter: where it differs, the rest must be closer. Who writes only a beginning means
    the one choice that goes on from there.
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
    """The same, as they are: `a, b or c`."""
    several = list(words)
    return " or ".join(filter(None, (", ".join(several[:-1]), *several[-1:])))
