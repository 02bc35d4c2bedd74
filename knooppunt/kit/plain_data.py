"""Turns frozen dataclasses into the plain data of a JSON file and back, and refuses data of another shape."""

from __future__ import annotations

from collections.abc import Mapping
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
    """An object of a dataclass from plain data; ``kinds`` gives per base class the classes by ``kind``.

    A field that is missing gets its default. Raises WrongShape for a field that is unknown, is
    missing without a default, or holds something else than its type.
    """
    built = _build(shape, value, kinds or {}, shape.__name__)
    assert isinstance(built, shape)
    return built


def _build(shape: object, value: object, kinds: Mapping[type, Kinds], place: str) -> object:
    """A value of any type that a field can have."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is UnionType:
        return _build_union(arguments, value, kinds, place)
    if origin is tuple and isinstance(value, list):
        return tuple(
            _build(arguments[0], item, kinds, f"{place}[{number}]")
            for number, item in enumerate(value)
        )
    if origin is dict and isinstance(value, dict):
        return {
            key: _build(arguments[1], item, kinds, f"{place}[{key}]") for key, item in value.items()
        }
    if isinstance(shape, type) and isinstance(value, dict):
        return _build_object(shape, value, kinds, place)
    if isinstance(shape, type) and shape in SIMPLE and _is_a(shape, value):
        return value
    raise WrongShape(f"{place}: {type(value).__name__} where {shape} belongs")


def _is_a(shape: type, value: object) -> bool:
    """True for a value of a simple type; a whole number is a number, True is no number."""
    if isinstance(value, bool):
        return shape is bool
    return isinstance(value, (int, float) if shape is float else shape)


def _build_union(
    shapes: tuple[object, ...], value: object, kinds: Mapping[type, Kinds], place: str
) -> object:
    """The value by the only member that is no None; None where there is none."""
    if value is None and NoneType in shapes:
        return None
    (shape,) = (member for member in shapes if member is not NoneType)
    return _build(shape, value, kinds, place)


def _build_object(
    shape: type, value: dict[str, object], kinds: Mapping[type, Kinds], place: str
) -> object:
    """An object of a dataclass, or of the one of its kinds that the value names."""
    if shape in kinds:
        kind = str(value.get("kind", ""))
        if kind not in kinds[shape]:
            raise WrongShape(f"{place}: unknown kind {kind!r}")
        shape = kinds[shape][kind]
        value = {name: item for name, item in value.items() if name != "kind"}
    if not is_dataclass(shape):
        raise WrongShape(f"{place}: a dict where {shape.__name__} belongs")
    hints = _hints(shape)
    known = {field.name: field for field in fields(shape)}
    unknown = sorted(value.keys() - known.keys())
    missing = sorted(
        name
        for name, field in known.items()
        if name not in value and field.default is MISSING and field.default_factory is MISSING
    )
    if unknown or missing:
        raise WrongShape(f"{place}: unknown {unknown}, missing {missing}")
    return shape(
        **{
            name: _build(hints[name], item, kinds, f"{place}.{name}")
            for name, item in value.items()
        }
    )


@cache
def _hints(shape: type) -> dict[str, object]:
    return dict(get_type_hints(shape))
