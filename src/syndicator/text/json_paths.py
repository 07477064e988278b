"""Paths into JSON, such as `data.items`, `media.0.url` or `tags.*.name`, and text templates that contain paths.

A path is a JSONPath (RFC 9535) that only descends: names, indexes, and `*` for all members or elements at a place. So
`$.media[0]['url']` is a path, too. The `$` may be left out, as in FreshRSS, and an index may be written as a name.
Paths that search (`..`), filter (`[?…]`) or slice (`[1:3]`) are not allowed: no place on the way is looked at twice, so
the cost of a path is bounded by the size of the document.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from syndicator.text.characters import one_line

_EXAMPLES = 'such as "data.items", "media.0.url" or "tags.*.name"'
_LONGEST = 1_000  # the most characters of a path
_MOST_KEYS = 20  # the most keys of an object that `explain` names
_LONGEST_KEY = 40  # the most characters of a key that `explain` shows
_STEP = re.compile(
    r"""\.(?P<name>[^\s.,/|?()\[\]{}*"'\\]++)|(?P<all>\.\*|\[\*\])|\[(?P<index>-?[0-9]{1,9})\]|\[(?P<quoted>"[^"\\]*+"|'[^'\\]*+')\]"""
)
_INDEX = re.compile(r"-?[0-9]{1,9}")
_PART = re.compile(r"\{([^{}]*+)\}")


class Step(NamedTuple):
    """One step of a path.

    Attributes:
        name: The name of an object's member; empty if the step leads to all members or elements.
        place: The index of a list's element, counted from its end if negative; None if the step is no index.
        is_all: Whether the step leads to all members or elements.
    """

    name: str
    place: int | None
    is_all: bool = False


Path = tuple[Step, ...]


@lru_cache(maxsize=1024)
def path(written: str) -> Path:
    """Read a path; one without steps, `$` or an empty text, leads to the place where it starts.

    Raises:
        ValueError: The text is no path; the message says what was expected, and does not repeat the text.
    """
    if len(written) > _LONGEST:
        raise ValueError(f"expected a path of at most {_LONGEST} characters")
    inner = written.removeprefix("$") if written == "$" or written.startswith(("$.", "$[")) else written
    text = f".{inner}" if inner and inner[0] not in ".[" else inner
    if inner == written and inner.startswith("."):
        raise ValueError(f"expected a path {_EXAMPLES}, with no point before it")
    steps, position = list[Step](), 0
    while position < len(text):
        if not (found := _STEP.match(text, position)):
            place = position + len(written) - len(text) + 1
            raise ValueError(f"expected a path {_EXAMPLES}; from its character {max(place, 1)} on it is none")
        steps.append(_step(found))
        position = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["all"]:
        return Step("", None, is_all=True)
    name = found["name"] or found["index"] or found["quoted"][1:-1]
    return Step(name, int(name) if _INDEX.fullmatch(name) else None)


@lru_cache(maxsize=1024)
def template(written: str) -> tuple[str | Path, ...]:
    """Read a template: a path, or a text with paths in braces (`https://town.example/news/{slug}`).

    Returns:
        The texts and the paths in order; nothing for an empty text.

    Raises:
        ValueError: The text is neither; the message says what was expected, and does not repeat the text.
    """
    if "{" not in written and "}" not in written:
        return (path(written),) if written else ()
    pieces = _PART.split(written)
    if any("{" in it or "}" in it for it in pieces[::2]):
        raise ValueError("expected a path, or a text with paths in braces; here a brace lacks its other one")
    if not all(map(str.strip, pieces[1::2])):
        raise ValueError('expected a path in the braces, such as "{slug}"; the item itself is "{$}"')
    both = (path(it.strip()) if place % 2 else it for place, it in enumerate(pieces))
    return tuple(it for it in both if it != "")


def find(document: object, steps: Path) -> list[Any]:
    """All values that a path leads to, in order; none if the document lacks a place on the way."""
    found = [document]
    for step in steps:
        found = [it for value in found for it in _inside(value, step)]
    return found


def texts(document: object, parts: tuple[str | Path, ...], most: int) -> Iterator[str]:
    """The texts that a template gives, at most `most`; empty texts, `null`, true and false are left out.

    A path gives each text and number that it leads to, and the elements of a list one by one. A text with paths in
    braces gives one text, with the first value of each path; none if one of them has no value.
    """
    if len(parts) == 1 and not isinstance(parts[0], str):
        yield from islice(filter(None, map(text_of, _flat(find(document, parts[0])))), most)
        return
    pieces = [it if isinstance(it, str) else next(texts(document, (it,), 1), "") for it in parts]
    if pieces and all(pieces):
        yield "".join(pieces)


def leads_to_text(document: object, steps: Path) -> bool:
    """Whether a path leads to a place for a text, which may be empty now: not an object, and not a list of objects."""
    found = find(document, steps)
    return any(it == [] for it in found) or any(not isinstance(it, dict | list) for it in _flat(found))


def explain(document: object, steps: Path, root: str) -> str:
    """Say in words where the document stops following a path and what it has there, or what stands at the path's end.

    Args:
        document: The value at which the path starts.
        steps: The path.
        root: The words for the document.
    """
    at, value = root, document
    walked: list[str] = []
    for step in steps:
        if not (inside := list(islice(_inside(value, step), 1))):
            break
        walked.append("*" if step.is_all else step.name)
        at, value = f'"{".".join(walked)}"', inside[0]
    return f"{at} {_described(value)}"


def _inside(value: object, step: Step) -> Iterator[Any]:
    """The values one step further."""
    if isinstance(value, dict):
        if step.is_all:
            yield from value.values()
        elif step.name in value:
            yield value[step.name]
    elif isinstance(value, list):
        if step.is_all:
            yield from value
        elif step.place is not None and -len(value) <= step.place < len(value):
            yield value[step.place]


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def text_of(value: object) -> str:
    """A text, or a number (as ids often are) as text; empty for anything else: APIs write `false` for nothing, too."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _described(value: object) -> str:
    match value:
        case {}:
            return f"has {_keys(value)}" if value else "is an empty object"
        case list():
            return f"is a list of {len(value)}" if value else "is an empty list"
        case str():
            return "is a text" if value.strip() else "is an empty text"
        case None:
            return "is null"
        case bool():
            return "is true" if value else "is false"
        case _:
            return "is a number"


def _keys(value: Mapping[str, object]) -> str:
    names = [one_line(it[: 2 * _LONGEST_KEY])[:_LONGEST_KEY] or '""' for it in islice(value, _MOST_KEYS)]
    return ", ".join(names) + (f" and {len(value) - _MOST_KEYS} more" if len(value) > _MOST_KEYS else "")
