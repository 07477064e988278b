"""What a row of links or names stands below, and whom that names: «Мы в соцсетях:», «Музыкант в соцсетях»."""

import re
from collections.abc import Iterable

from syndicator.social.labels import letters_left
from syndicator.social.naming import OURS
from syndicator.social.wording import CALL, HINT

_LONGEST = 60  # characters
_TELLS = re.compile(r"[:：]$|соцсет|социальн|social|канал|channel|подпи[сш]|follow|ссылк|links", re.IGNORECASE)
_SAYING = (
    *("читайте", "смотрите", "слушайте", "поделиться", "обсудить", "где"),
    *("connect", "find", "keep in touch", "share"),
)
"""What headings of rows say beside the words of a line."""
_STRICT = 3  # letters of a heading that names nobody


def as_heading(text: str, *, is_marked: bool) -> str:
    """The text, if it is one under which something may stand, and no sentence of the story; else nothing.

    Args:
        text: On one line.
        is_marked: Whether it is marked as a heading.
    """
    if len(text) > _LONGEST:
        return ""
    return text if is_marked or (_TELLS.search(text) and not text.endswith((".", "…"))) else ""


def names_somebody(heading: str, names: Iterable[str]) -> bool:
    """Whether a heading names somebody else than the publisher, of these names."""
    if not heading or OURS.search(heading):
        return False
    call = CALL.match(heading) or HINT.match(heading)  # «Следите за музыкантом»
    return letters_left(heading[call.end() if call else 0 :], (*names, *_SAYING)) > _STRICT
