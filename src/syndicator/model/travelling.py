"""How a noun travels to another process: thousands of articles do, with each poll that brings much."""

from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Noun = TypeVar("Noun")


def travels(kind: type[Noun]) -> type[Noun]:
    """Let a frozen dataclass with slots, of two fields or more, be pickled in half the time.

    What `dataclasses` gives it for that looks at the definition of each field again with each object. Here the slots
    are read and filled as they are, once their names are known.
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # a dataclass, as it says above
    state, slots = attrgetter(*names), [vars(kind)[name].__set__ for name in names]

    def getstate(self: Noun) -> Any:
        return state(self)

    def setstate(self: Noun, values: Any) -> None:
        for fill, value in zip(slots, values, strict=True):
            fill(self, value)

    kind.__getstate__ = getstate  # type: ignore[assignment, method-assign]
    kind.__setstate__ = setstate  # type: ignore[attr-defined]
    return kind
