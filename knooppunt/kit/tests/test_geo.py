"""Points are read in whatever order and notation people use, and fall in the right outline."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knooppunt.kit import geo

SQUARE = [[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.1], [4.0, 52.0]]
HOLE = [[4.04, 52.04], [4.06, 52.04], [4.06, 52.06], [4.04, 52.06], [4.04, 52.04]]
HERE = (4.0, 51.9, 4.1, 52.1)
# Corners on whole numbers and points on halves: a point never lies on a corner's height.
CORNERS = st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=3, max_size=9)
HALVES = st.integers(-9, 8).map(lambda number: number + 0.5)


def _winding(point: geo.Point, ring: geo.Ring) -> float:
    """The second method: how far one turns around, in whole turns, when one watches the ring
    from the point.
    """
    total = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        one, other = (
            math.atan2(y1 - point[1], x1 - point[0]),
            math.atan2(y2 - point[1], x2 - point[0]),
        )
        total += math.remainder(other - one, math.tau)
    return total / math.tau


def _touches(point: geo.Point, ring: geo.Ring) -> bool:
    """True if the point lies on a line of the ring."""
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        on_line = (x2 - x1) * (point[1] - y1) == (y2 - y1) * (point[0] - x1)
        if (
            on_line
            and min(x1, x2) <= point[0] <= max(x1, x2)
            and min(y1, y2) <= point[1] <= max(y1, y2)
        ):
            return True
    return False


@given(CORNERS, HALVES, HALVES)
def test_a_point_is_inside_when_the_ring_turns_around_it_an_odd_number_of_times(
    corners: list[tuple[int, int]], x: float, y: float
) -> None:
    ring = [[float(east), float(north)] for east, north in corners]
    assume(not _touches((x, y), ring))
    assert geo.in_ring((x, y), ring) == (round(_winding((x, y), ring)) % 2 == 1)


def test_a_hole_is_not_part_of_an_outline() -> None:
    outline = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    assert geo.contains(outline, (4.01, 52.01))
    assert not geo.contains(outline, (4.05, 52.05))


def test_one_of_several_parts_is_enough() -> None:
    outline = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[x + 1, y] for x, y in SQUARE]]]}
    assert geo.contains(outline, (5.05, 52.05)) and not geo.contains(outline, (4.5, 52.05))
    assert geo.box(outline) == (4.0, 52.0, 5.1, 52.1)


@pytest.mark.parametrize(
    "outline",
    [
        {},
        {"type": "Point", "coordinates": [4, 52]},
        {"type": "Polygon", "coordinates": [[[90000, 435000]]]},
        {"type": "Polygon"},
    ],
)
def test_an_outline_that_is_not_in_degrees_is_refused(outline: dict[str, object]) -> None:
    with pytest.raises(geo.BadOutline):
        geo.box(outline)


def test_an_outline_with_text_for_numbers_is_refused() -> None:
    with pytest.raises(geo.BadOutline):
        geo.box({"type": "Polygon", "coordinates": [[["4.0", "52.0"]]]})


@pytest.mark.parametrize(
    "cell",
    [
        "51.9, 4.4",
        "51,9 4,4",
        "51,9; 4,4",
        "51,9, 4,4",
        "(51.9, 4.4)",
        "51.9/4.4",
        "51.9,4.4",
        "[51.9 | 4.4]",
        "51,9,4,4",
    ],
)
def test_two_numbers_are_read_from_one_cell(cell: str) -> None:
    assert geo.parse_pair(cell) == (51.9, 4.4)


def test_the_notation_of_a_map_program_is_read() -> None:
    assert geo.parse_pair("POINT (4.4 51.9)") == (4.4, 51.9)


@pytest.mark.parametrize(
    "cell", ["", "Marconiplein", "51.9", "51.9, 4.4, 3", "90000, 435000", "nan, inf"]
)
def test_what_is_no_point_is_not_guessed(cell: str) -> None:
    assert geo.parse_pair(cell) is None


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [("51.9", 51.9), ("51,9", 51.9), (" 4° ", 4.0), ("-0,1", -0.1), ("51,9 N", 51.9)],
)
def test_degrees_are_read_with_point_and_comma(cell: str, degrees: float) -> None:
    assert geo.parse_degree(cell) == degrees


@pytest.mark.parametrize("cell", ["", "noord", "435000", "nan", "inf", "1e3"])
def test_what_is_no_number_of_degrees_is_not_guessed(cell: str) -> None:
    assert geo.parse_degree(cell) is None


def test_the_order_that_falls_in_our_own_city_wins() -> None:
    assert geo.ordered(52.0, 4.05, HERE) == geo.ordered(4.05, 52.0, HERE) == (4.05, 52.0)


def test_without_a_city_latitude_comes_first_unless_that_cannot_be() -> None:
    assert geo.ordered(52.0, 4.05, None) == (4.05, 52.0)
    assert geo.ordered(120.0, 4.0, None) == (120.0, 4.0)
    assert geo.ordered(500.0, 500.0, HERE) is None


@given(st.floats(4.0, 4.1), st.floats(51.9, 52.1))
def test_both_orders_of_a_point_here_mean_the_same_point(lon: float, lat: float) -> None:
    assert geo.ordered(lat, lon, HERE) == geo.ordered(lon, lat, HERE) == (lon, lat)


def test_a_distance_in_metres() -> None:
    assert geo.metres((4.0, 52.0), (4.0, 52.001)) == pytest.approx(111.2, abs=0.5)
    assert geo.metres((4.0, 52.0), (4.001, 52.0)) == pytest.approx(68.5, abs=0.5)


def test_the_middle_of_an_outline_is_where_it_would_balance() -> None:
    square = {
        "type": "Polygon",
        "coordinates": [[[4.0, 52.0], [4.2, 52.0], [4.2, 52.2], [4.0, 52.2], [4.0, 52.0]]],
    }
    assert geo.middle(square) == pytest.approx((4.1, 52.1))
    wedge = {
        "type": "MultiPolygon",
        "coordinates": [[[[0, 0], [3, 0], [0, 3], [0, 0]]], [[[9, 9], [9.1, 9], [9, 9.1], [9, 9]]]],
    }
    assert geo.middle(wedge) == pytest.approx((1.0, 1.0))
    line = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [4.2, 52.0], [4.0, 52.0]]]}
    assert geo.middle(line) == pytest.approx((4.1, 52.0))
