"""Words for addresses: a title, or a host and path, in lower-case ASCII."""

import re
import unicodedata

_LONGEST = 60  # the most characters of a slug
_MARKS = re.compile("[\u0300-\u036f]+")
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэёіїєґўјђћøłđı", "abvgdeziyklmnoprstufhyeeiiegujdcoldi", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
    | {"љ": "lj", "њ": "nj", "џ": "dz", "æ": "ae", "œ": "oe"}
)


def slug(text: str) -> str:
    """A title, or a host and path, as lower-case ASCII words joined by `-`, of at most 60 characters.

    Cyrillic is transliterated and accents are dropped; a script that has no such rule is written in Punycode
    (RFC 3492), so that two titles differ here as well. Empty only if the text has neither letter nor digit.
    """
    folded = unicodedata.normalize("NFKC", text[: 8 * _LONGEST]).casefold().translate(_LATIN)
    words = re.findall("[a-z0-9]+", _MARKS.sub("", unicodedata.normalize("NFKD", folded)))
    if not words:
        letters = "".join(c for c in folded if c.isalnum())[:_LONGEST]
        words = re.findall("[a-z0-9]+", letters.encode("punycode").decode("ascii")) if letters else []
    return "-".join(words)[:_LONGEST].rstrip("-")
