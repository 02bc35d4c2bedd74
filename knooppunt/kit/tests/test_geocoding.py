"""The address service is asked in its own way, and whatever it answers leads to a point or a
clear reason.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from knooppunt.kit import geocoding
from knooppunt.kit.fetching import NotFetched

SERVICE = "https://adressen.example/free"


def answer(**more: object) -> bytes:
    one = {
        "type": "adres",
        "weergavenaam": "Tuinstraat 1, 3000AA Klein",
        "postcode": "3000AA",
        "centroide_ll": "POINT(4.05 52.05)",
        **more,
    }
    return json.dumps({"response": {"docs": [one]}}).encode()


def test_an_address_gives_its_point_longitude_first() -> None:
    asked: list[str] = []
    [spot] = geocoding.look_up(
        SERVICE, "Tuinstraat  1,\n3000 AA", lambda url: asked.append(url) or answer()
    )  # type: ignore[func-returns-value]
    assert spot.point == (4.05, 52.05) and spot.is_address and spot.postcode == "3000AA"
    assert parse_qs(urlsplit(asked[0]).query)["q"] == ["Tuinstraat 1, 3000 AA"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"response": 3}',
        b'{"response": {"docs": 5}}',
        b'{"response": {"docs": ["x"]}}',
        b"\xff",
    ],
)
def test_an_answer_that_is_none_says_so(data: bytes) -> None:
    with pytest.raises(geocoding.NoAnswer):
        geocoding.read_answer(data)


@pytest.mark.parametrize("point", ["", "POINT(x y)", "POINT(400 95)", None])
def test_a_spot_without_a_point_is_left_out(point: object) -> None:
    assert geocoding.read_answer(answer(centroide_ll=point)) == []


def test_a_service_that_is_silent_says_so() -> None:
    def silent(url: str) -> bytes:
        raise NotFetched("time_limit")

    with pytest.raises(geocoding.NoAnswer, match="time_limit"):
        geocoding.look_up(SERVICE, "Tuinstraat 1", silent)
