"""Turns frozen dataclasses into the plain data of a JSON file and back, and refuses data of
another shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Kinds = Mapping[str, type]
SIMPLE = (NoneType, bool, int, float, str)


class WrongShape(ValueError):
    """Plain data that is not what the dataclass says; the message names the place."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.reason, self.place = reason, place

    def within(self, step: str) -> WrongShape:
        """The same, seen from one step further out."""
        return WrongShape(self.reason, f"{step}{self.place}")


def to_plain(value: object) -> Plain:
    """A dataclass as a dict of its fields, a tuple as a list; a class with a ``kind`` names it.

    Raises WrongShape for what JSON cannot hold, such as a day or a set.
    """
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        return {"kind": value.kind, **plain} if hasattr(value, "kind") else plain
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise WrongShape(f"{type(value).__name__} is no plain data")


def from_plain(shape: type[T], value: object, kinds: Mapping[type, Kinds] | None = None) -> T:
    """An object of a dataclass from plain data; ``kinds`` gives per base class the classes by
    ``kind``.

    A field that is missing gets its default. Raises WrongShape for a field that is unknown, is
    missing without a default, or holds something else than its type.
    """
    try:
        built = _build(shape, value, kinds or {})
    except WrongShape as wrong:
        raise wrong.within(shape.__name__) from None
    assert isinstance(built, shape)
    return built


def _build(shape: object, value: object, kinds: Mapping[type, Kinds]) -> object:
    """A value of any type that a field can have."""
    if type(value) is shape and shape in SIMPLE:
        return value
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is UnionType:
        return _build_union(arguments, value, kinds)
    if origin is tuple and isinstance(value, list):
        return tuple(_build_items(arguments[0], enumerate(value), kinds))
    if origin is dict and isinstance(value, dict):
        return dict(zip(value, _build_items(arguments[1], value.items(), kinds), strict=True))
    if isinstance(shape, type) and isinstance(value, dict):
        return _build_object(shape, value, kinds)
    if shape is float and type(value) is int:
        return value
    raise WrongShape(f"{type(value).__name__} where {shape} belongs")


def _build_items(
    shape: object, items: Iterable[tuple[object, object]], kinds: Mapping[type, Kinds]
) -> Iterator[object]:
    """The members of a list or dict, each with its number or key."""
    for key, item in items:
        try:
            yield _build(shape, item, kinds)
        except WrongShape as wrong:
            raise wrong.within(f"[{key}]") from None


def _build_union(shapes: tuple[object, ...], value: object, kinds: Mapping[type, Kinds]) -> object:
    """The value by the only member that is no None; None where there is none."""
    if value is None and NoneType in shapes:
        return None
    (shape,) = (member for member in shapes if member is not NoneType)
    return _build(shape, value, kinds)


def _build_object(shape: type, value: dict[str, object], kinds: Mapping[type, Kinds]) -> object:
    """An object of a dataclass, or of the one of its kinds that the value names."""
    if shape in kinds:
        kind = str(value.get("kind", ""))
        if kind not in kinds[shape]:
            raise WrongShape(f"unknown kind {kind!r}")
        shape = kinds[shape][kind]
        value = {name: item for name, item in value.items() if name != "kind"}
    if not is_dataclass(shape):
        raise WrongShape(f"a dict where {shape.__name__} belongs")
    hints, required = _fields(shape)
    if not required <= value.keys() <= hints.keys():
        unknown, missing = sorted(value.keys() - hints.keys()), sorted(required - value.keys())
        raise WrongShape(f"unknown {unknown}, missing {missing}")
    built = {}
    for name, item in value.items():
        try:
            built[name] = _build(hints[name], item, kinds)
        except WrongShape as wrong:
            raise wrong.within(f".{name}") from None
    return shape(**built)


@cache
def _fields(shape: type) -> tuple[dict[str, object], frozenset[str]]:
    """The type of each field of a dataclass by its name, and the names of those without default."""
    hints = get_type_hints(shape)
    known = [field for field in fields(shape) if field.init]
    required = frozenset(
        field.name
        for field in known
        if field.default is MISSING and field.default_factory is MISSING
    )
    return {field.name: hints[field.name] for field in known}, required
