"""The headings above rows of links or names, and whom they name: «Мы в соцсетях:», «Музыкант в соцсетях»."""

import re
from collections.abc import Iterable

from syndicator.social.labels import letters_left
from syndicator.social.naming import OURS
from syndicator.social.wording import CALL, HINT

_LONGEST = 60  # the most characters of a heading
_TELLS = re.compile(r"[:：]$|соцсет|социальн|social|канал|channel|подпи[сш]|follow|ссылк|links", re.IGNORECASE)
_SAYING = (
    *("читайте", "смотрите", "слушайте", "поделиться", "обсудить", "где"),
    *("connect", "find", "keep in touch", "share"),
)
"""Words of headings that name nobody, beside the filler words of any line."""
_STRICT = 3  # the most letters that may be left of a heading that names nobody


def as_heading(text: str, *, is_marked: bool) -> str:
    """The text if it may be a heading of what follows, and is no sentence of the story; else an empty string.

    Args:
        text: The text, on one line.
        is_marked: Whether the markup says that it is a heading.
    """
    if len(text) > _LONGEST:
        return ""
    return text if is_marked or (_TELLS.search(text) and not text.endswith((".", "…"))) else ""


def names_somebody(heading: str, names: Iterable[str]) -> bool:
    """Whether a heading names somebody other than the publisher, whose names are given."""
    if not heading or OURS.search(heading):
        return False
    call = CALL.match(heading) or HINT.match(heading)  # «Следите за музыкантом»
    return letters_left(heading[call.end() if call else 0 :], (*names, *_SAYING)) > _STRICT
