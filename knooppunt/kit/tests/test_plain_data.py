"""Dataclasses become plain data and come back as they were; other shapes are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest

from knooppunt.kit.plain_data import WrongShape, from_plain, to_plain


class Shape:
    """The base of two kinds."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Circle(Shape):
    kind: ClassVar[str] = "circle"
    radius: float


@dataclass(frozen=True)
class Square(Shape):
    kind: ClassVar[str] = "square"
    side: int
    label: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    shapes: tuple[Shape, ...]
    known: dict[str, Square]
    area: str | None = None
    is_wide: bool = False


KINDS = {Shape: {"circle": Circle, "square": Square}}
SHEET = Sheet("Blad", (Circle(1.5), Square(2)), {"a": Square(3, "drie")})


def test_it_comes_back_as_it_was() -> None:
    plain = to_plain(SHEET)
    assert plain == {
        "title": "Blad",
        "shapes": [
            {"kind": "circle", "radius": 1.5},
            {"kind": "square", "side": 2, "label": ""},
        ],
        "known": {"a": {"kind": "square", "side": 3, "label": "drie"}},
        "area": None,
        "is_wide": False,
    }
    known = {"a": {"side": 3, "label": "drie"}}
    assert isinstance(plain, dict)
    assert from_plain(Sheet, {**plain, "known": known}, KINDS) == SHEET


def test_what_is_missing_gets_its_default() -> None:
    sheet = from_plain(Sheet, {"title": "Blad", "shapes": [], "known": {}})
    assert sheet == Sheet("Blad", (), {})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": 3}, "Sheet.title: int where"),
        ({"title": None}, "Sheet.title: NoneType where"),
        ({"is_wide": 1}, "Sheet.is_wide: int where"),
        ({"area": 1}, "Sheet.area: int where"),
        ({"shapes": {}}, "Sheet.shapes: dict where"),
        ({"shapes": [{"kind": "cube"}]}, r"Sheet.shapes\[0\]: unknown kind 'cube'"),
        ({"shapes": [{"kind": "circle", "radius": True}]}, r"Sheet.shapes\[0\].radius: bool where"),
        (
            {"shapes": [{"kind": "circle"}]},
            r"Sheet.shapes\[0\]: unknown \[\], missing \['radius'\]",
        ),
        (
            {"known": {"a": {"side": 1, "size": 2}}},
            r"Sheet.known\[a\]: unknown \['size'\], missing",
        ),
        ({"known": []}, "Sheet.known: list where"),
        ({"title": {}}, "Sheet.title: a dict where str belongs"),
    ],
)
def test_another_shape_is_refused_with_its_place(change: dict[str, object], message: str) -> None:
    with pytest.raises(WrongShape, match=message):
        from_plain(Sheet, {"title": "Blad", "shapes": [], "known": {}} | change, KINDS)


def test_a_whole_number_is_a_number() -> None:
    assert from_plain(Circle, {"radius": 2}) == Circle(2)


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(WrongShape, match="date is no plain data"):
        to_plain({"day": date(2026, 1, 1)})
