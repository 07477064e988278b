"""Cut off document type declarations (XML 1.0, section 2.8), and expand their entities where that is harmless."""

import re

_FIRST = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<[A-Za-z_]|(?P<doctype><!DOCTYPE\b)", re.IGNORECASE | re.DOTALL
)
"""A comment or instruction, the first element, or the document type, which can only stand before that element."""
_LIMIT = 256 * 1024
"""Characters of a declaration in which its end is looked for."""
_PART = re.compile(r"""[\[\]>]|"[^"]*+"|'[^']*+'|<!--""")
"""What counts to find a declaration's end: brackets, its end, a literal in quotes, the beginning of a comment."""
_DECLARATION = re.compile(r"""<!ENTITY\s+([\w.:-]{1,64})\s+(?:"([^"]*+)"|'([^']*+)'|[^%])""")
"""The declaration of an entity: its name, and its value in double or single quotes; none, if it is external."""
_PLAIN = re.compile(r"[^&%<]{0,1000}|&#[0-9a-zA-Z]{1,8};")
"""A value that is only text, or only one character's reference: it can be expanded without harm."""
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([\w.:-]{1,64});", re.DOTALL)
"""A reference to an entity, or a CDATA section, in which references do not count."""
_ROOM = 1_000_000
"""The most characters that the expanded entities of one document may have, together."""


def without_doctype(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut off the document type that stands before the root, with its internal subset.

    References to entities that the subset declares as plain text are expanded. Entities that refer to other entities,
    or to files, are not: attacks are made of them (exponential expansion, reading local files).

    Args:
        text: The document, without its XML declaration.

    Returns:
        The rest of the document, and warnings.
    """
    found = next((it for it in _FIRST.finditer(text) if not it[0].startswith(("<!--", "<?"))), None)
    if not found or not found["doctype"]:
        return text, ()
    end = _end(text, found.end())
    plain, others = _declared(text[found.end() : end])
    rest = text[: found.start()] + text[end:]
    warnings = ("Entities that the document declares were not expanded.",) if others else ()
    return (_expanded(rest, plain) if plain else rest), warnings


def _end(text: str, start: int) -> int:
    """Find where the declaration ends; if it never does, give `start`."""
    position, brackets = start, 0
    while part := _PART.search(text, position, start + _LIMIT):
        position = part.end()
        match part[0]:
            case "[":
                brackets += 1
            case "]":
                brackets -= 1
            case "<!--":
                position = max(text.find("-->", position), position)
            case ">" if brackets <= 0:
                return position
    return start


def _declared(subset: str) -> tuple[dict[str, str], bool]:
    """Read the entities that are plain text, by the first declaration of each; and whether there are others."""
    plain: dict[str, str] = {}
    others = False
    for name, double, single in _DECLARATION.findall(subset):
        value = double or single
        if value and _PLAIN.fullmatch(value):
            plain.setdefault(name, value)
        else:
            others = True
    return plain, others


def _expanded(text: str, entities: dict[str, str]) -> str:
    """Expand references, up to `_ROOM` characters in all; CDATA sections stay as they are."""
    room = _ROOM

    def resolve(reference: re.Match[str]) -> str:
        nonlocal room
        value = entities.get(reference[1] or "")
        if value is None or len(value) > room:
            return reference[0]
        room -= len(value)
        return value

    return _REFERENCE.sub(resolve, text)
