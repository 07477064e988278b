"""What a noun is: a value of named fields with slots, equal to another of equal fields, which nobody changes.

`dataclasses` can make the same, with `frozen`, in seven times the time: some 150 of them were a third of the start of a
command, and each object took three times as long to make. So what forbids to change a noun is the type checker, which
takes the decorator for what it says (PEP 681), and no code of each class.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

Kind = TypeVar("Kind", bound=type)


@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def noun(kind: Kind) -> Kind: ...
@overload
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def noun(*, kw_only: bool = True) -> Callable[[Kind], Kind]: ...
def noun(kind: Any = None, *, kw_only: bool = True) -> Any:
    """Make a class a noun: a dataclass that is compared, hashed, shown and pickled by its fields.

    Args:
        kind: The class, with annotations.
        kw_only: Whether its fields must be named when one is made.
    """
    if kind is None:
        return lambda kind: noun(kind) if kw_only else _noun(kind, kw_only=False)
    return _noun(kind, kw_only=True)


def _noun(kind: type, *, kw_only: bool) -> type:
    made: type = dataclass(eq=False, repr=False, slots=True, kw_only=kw_only)(kind)
    names = [it.name for it in fields(made)]
    fillers = [vars(made)[name].__set__ for name in names]
    state = _values_of(names)
    compared = _values_of([it.name for it in fields(made) if it.compare])
    shown = [it.name for it in fields(made) if it.repr]

    def equals(self: Any, other: object) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: Any) -> int:
        return hash(compared(self))

    def show(self: Any) -> str:
        return f"{made.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def get(self: Any) -> tuple[Any, ...]:
        return state(self)

    def restore(self: Any, values: tuple[Any, ...]) -> None:
        for fill, value in zip(fillers, values, strict=True):
            fill(self, value)

    for name, method in {
        "__eq__": equals,
        "__hash__": digest,
        "__repr__": show,
        "__getstate__": get,
        "__setstate__": restore,
    }.items():
        if name not in vars(kind):
            setattr(made, name, method)
    return made


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives an object's attributes of these names."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda it: tuple(getattr(it, name) for name in names)
