"""A figure is the count of its list, on any day and in any wijk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry import figure_registry
from knooppunt.directory.actions.confirm import confirm
from knooppunt.directory.actions.details import state_volunteers
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def value(key: str, day: date | None = None, area: Any = None) -> int:
    day = day or TODAY()
    figure = figure_registry.get_figure(key, day, area)
    assert figure is not None
    number = figure.value(day, area)
    assert number == sum(item.amount for item in figure.items(day, area))
    return number


def test_every_figure_equals_its_list(
    garden: Organisation, garden_place: Place, noord: Area, zuid: Area
) -> None:
    make.network("Groen", [garden])
    make.organisation("Gemeente", role="institution", areas=[zuid])
    assert [
        value(key) for key in ("networks", "organisations", "initiatives", "places", "members")
    ] == [1, 3, 1, 1, 1]
    assert [value("initiatives", area=area) for area in (noord, zuid)] == [1, 0]
    assert value("members:groen") == 1


def test_what_began_later_or_ended_is_not_counted(noord: Area) -> None:
    make.organisation("Vroeger", since=date(2010, 1, 1), until=date(2020, 12, 31))
    make.organisation("Later", since=date(2030, 1, 1))
    make.organisation("Onbekend begin", listed_on=date(2024, 5, 1))
    counted = [
        value("organisations", day)
        for day in (
            date(2009, 1, 1),
            date(2015, 1, 1),
            date(2021, 1, 1),
            date(2024, 5, 1),
            date(2030, 1, 1),
        )
    ]
    assert counted == [0, 1, 0, 1, 2]


def test_volunteers_are_the_latest_statement_of_each(garden: Organisation) -> None:
    other = make.organisation("Zwijgt")
    for number, day in ((5, date(2024, 1, 1)), (9, date(2025, 1, 1))):
        state_volunteers(SYSTEM, garden, number, day, "opgave")
    Organisation.objects.update(listed_on=date(2023, 1, 1))
    assert [
        value("volunteers", day) for day in (date(2023, 6, 1), date(2024, 6, 1), date(2025, 6, 1))
    ] == [0, 5, 9]
    figure = figure_registry.get_figure("volunteers", TODAY())
    assert figure and figure.gaps and list(figure.gaps(TODAY(), None)) == [other]


def test_an_organisation_in_two_wijken_counts_in_both_and_once_in_total(
    noord: Area, zuid: Area
) -> None:
    make.organisation("Overal", areas=[noord, zuid])
    assert [value("organisations", area=area) for area in (noord, zuid, None)] == [1, 1, 1]


def test_confirmed_organisations_of_an_earlier_day_stay_countable(garden: Organisation) -> None:
    Organisation.objects.update(listed_on=date(2024, 1, 1))
    for day in (date(2025, 1, 10), date(2026, 1, 10)):
        confirm(SYSTEM, garden, "phone", day)
    assert [
        value("confirmed", day)
        for day in (date(2025, 1, 9), date(2025, 3, 1), date(2025, 12, 1), date(2026, 2, 1))
    ] == [0, 1, 0, 1]


def test_freshness_turns_over_after_180_days(garden: Organisation) -> None:
    confirm(SYSTEM, garden, "visit", date(2026, 1, 1))
    due = Organisation.objects.filter(pk=garden.pk)
    assert not due.due(date(2026, 6, 29)).exists()  # 179 days later
    assert due.due(date(2026, 7, 1)).exists()  # 181 days later


def test_the_command_tells_the_same_as_the_page(
    garden: Organisation, capsys: Any, stranger: Client, knooppunt: Callable[..., int]
) -> None:
    assert knooppunt("figures", "--json", "--area", "noord") == 0
    told = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(told["initiatives"]) == {
        "key",
        "title",
        "definition",
        "unit",
        "on",
        "area",
        "value",
        "example_value",
        "items",
    }
    assert (
        told["initiatives"]["value"] == 1 and told["initiatives"]["items"][0]["name"] == "De Tuin"
    )
    page = stranger.get("/cijfers/initiatives/?wijk=noord").content.decode()
    assert "De Tuin" in page and '<p class="big">1</p>' in page


def test_the_list_behind_a_figure_runs_no_formula(stranger: Client, noord: Area) -> None:
    make.organisation("=HYPERLINK(1)")
    text = stranger.get("/cijfers/organisations.csv").content.decode()
    assert "'=HYPERLINK(1)" in text and ",=HYPERLINK" not in text


@pytest.mark.parametrize("address", ["/cijfers/nee/", "/cijfers/members:nee/", "/cijfers/nee.csv"])
def test_an_unknown_figure_is_not_there(address: str, stranger: Client, terms: None) -> None:
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["op=gisteren", "op=2026-02-31", "wijk=nergens", "pagina=x", "op=%00"]
)
def test_odd_input_gives_a_page(query: str, stranger: Client, garden: Organisation) -> None:
    for address in (
        "/cijfers/",
        "/cijfers/initiatives/",
        "/initiatieven/",
        "/plekken/",
        garden.get_absolute_url(),
    ):
        assert stranger.get(f"{address}?{query}").status_code == 200
