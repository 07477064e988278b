"""`Noun`, the base of all model classes: an immutable value with named fields, equal to another with equal fields.

A noun is a struct of [msgspec](https://jcristharif.com/msgspec/). msgspec creates a class in a tenth of the time that
`dataclasses` takes (there are some 130 classes, and each command loads them), and code in C creates, compares and
pickles the objects and turns them into JSON.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, dataclass_transform

import msgspec
from msgspec import convert
from msgspec.json import encode
from msgspec.structs import asdict, fields, force_setattr, replace

__all__ = ["Noun", "asdict", "convert", "encode", "field", "fields", "force_setattr", "names", "replace"]

field = msgspec.field
"""Declares a field whose default is made by a function (`default_factory`)."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class _Kind(msgspec.StructMeta):
    """The metaclass of nouns, with class options that msgspec does not have.

    Args:
        kw_only: Whether the fields must be named when an object is created. Only the type checker enforces this,
            because an object whose fields may also be given by position is unpickled four times as fast.
        unshown: Names of fields that `repr` leaves out: secrets, and values that are too long to read.
        uncompared: Names of fields that equality and hash ignore.
    """

    def __new__(
        mcs,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        kw_only: bool = True,  # noqa: ARG004  # see above
        unshown: tuple[str, ...] = (),
        uncompared: tuple[str, ...] = (),
        **options: Any,
    ) -> type:
        made: Any = super().__new__(mcs, name, bases, namespace, eq=not uncompared, **options)
        if unshown:
            made.__repr__, made.__rich_repr__ = _showing([it for it in made.__struct_fields__ if it not in unshown])
        if uncompared:
            counting = attrgetter(*(it for it in made.__struct_fields__ if it not in uncompared))
            made.__eq__, made.__ne__, made.__hash__ = _comparing(counting)
        return made  # type: ignore[no-any-return]  # `Any`, for its methods are set


class Noun(msgspec.Struct, metaclass=_Kind, frozen=True, omit_defaults=True):
    """The base of all nouns. Its fields are annotations; they must be named unless the class says `kw_only=False`."""


def names(kind: type[Noun] | Noun) -> tuple[str, ...]:
    """Return the names of a noun's fields, in order."""
    return kind.__struct_fields__


def _showing(names: list[str]) -> tuple[Callable[[Any], str], Callable[[Any], Iterator[tuple[str, Any]]]]:
    def pairs(self: Any) -> Iterator[tuple[str, Any]]:
        return ((name, getattr(self, name)) for name in names)

    def show(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs(self))})"

    return show, pairs


def _comparing(
    counting: Callable[[Any], object],
) -> tuple[Callable[..., Any], Callable[..., Any], Callable[[Any], int]]:
    def equals(self: Any, other: object) -> Any:
        return counting(self) == counting(other) if type(other) is type(self) else NotImplemented

    def differs(self: Any, other: object) -> Any:
        return counting(self) != counting(other) if type(other) is type(self) else NotImplemented

    return equals, differs, lambda self: hash(counting(self))
