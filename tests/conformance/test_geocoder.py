"""Recorded answers of the national address service are read as they came."""

from __future__ import annotations

import pytest

from knooppunt.kit import geocoding
from tests.conformance.test_ical import ASSETS

RECORDED = ASSETS / "geo" / "pdok-locatieserver"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers in {ASSETS}")


def test_addresses_come_with_longitude_first() -> None:
    for name in ("free.json", "lookup.json"):
        [spot] = geocoding.read_answer((RECORDED / name).read_bytes())
        assert 5.1 < spot.point[0] < 5.14 and 52.06 < spot.point[1] < 52.09 and spot.is_address


def test_an_error_and_suggestions_without_points_give_nothing() -> None:
    with pytest.raises(geocoding.NoAnswer):
        geocoding.read_answer((RECORDED / "error.json").read_bytes())
    assert geocoding.read_answer((RECORDED / "suggest.json").read_bytes()) == []
