"""Facts are numbers with their list; what is not known is no zero, and what came less what went
is the difference.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knooppunt.core.registry.figures import Item, shown, total
from knooppunt.core.reporting.facts import Facts, Scope
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.kit.periods import parse_period

pytestmark = pytest.mark.django_db
PERIOD = parse_period("2026-1")


def facts(**more: object) -> Facts:
    return Facts(PERIOD, areas={area.slug: area for area in Area.objects.doors()}, **more)  # type: ignore[arg-type]


@pytest.fixture
def world(noord: Area, zuid: Area) -> Organisation:
    """Two long known, one that came and one that went; the network of the first two grew."""
    tuin, keuken = (
        make.organisation("De Tuin", areas=[noord]),
        make.organisation("De Keuken", areas=[noord]),
    )
    nieuw, oud = (
        make.organisation("De Nieuwe", areas=[zuid]),
        make.organisation("De Oude", areas=[zuid]),
    )
    ring = make.network("De Ring", [tuin, keuken])
    Organisation.objects.update(listed_on=date(2025, 3, 1))
    Organisation.objects.filter(pk=nieuw.pk).update(listed_on=date(2026, 2, 1))
    Organisation.objects.filter(pk=oud.pk).update(until=date(2026, 3, 1))
    keuken.memberships.update(since=date(2026, 4, 1))
    return ring


def test_then_and_new_less_gone_is_now(world: Organisation) -> None:
    found = facts()
    assert (
        found.value("organisations@2025-12-31"),
        found.value("organisations.new"),
        found.value("organisations.gone"),
        found.value("organisations"),
    ) == (4, 1, 1, 4)
    assert [item.name for item in found.items("organisations.new")] == ["De Nieuwe"] and [
        item.name for item in found.items("organisations.gone")
    ] == ["De Oude"]
    assert (
        found.value("members:de-ring@2025-12-31"),
        found.value("members:de-ring"),
        found.value("members:de-ring.new"),
    ) == (1, 2, 1)


def test_a_number_can_be_asked_of_one_wijk_and_of_one_network(world: Organisation) -> None:
    found = facts()
    assert (
        found.value("organisations~noord"),
        found.value("organisations~zuid"),
        found.value("organisations~nergens"),
    ) == (2, 1, None)
    assert facts(scope=Scope(area=Area.objects.get(slug="noord"))).value("organisations") == 2
    ring = facts(scope=Scope(network=world))
    assert (
        ring.value("organisations"),
        ring.value("organisations@2025-12-31"),
        ring.value("members"),
    ) == (2, 1, 2)
    assert ring.value("commitments") is None and ring.value("networks") == 0


def test_before_counting_began_there_is_no_number(world: Organisation) -> None:
    found = facts()
    assert (
        found.value("organisations@2024-12-31") is None
        and not found.has("organisations@2025-02-28")
        and found.has("organisations@2025-03-01")
    )
    early = Facts(parse_period("2025-1"))
    assert early.value("organisations") == 4 and early.value("organisations.new") is None
    with pytest.raises(KeyError):
        early.say("organisations.new")


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "x",
        "organisations.old",
        "organisations@2026-02-30",
        "organisations@2026-07-01",
        "organisations~",
        "../etc",
        "members:",
    ],
)
def test_a_mark_that_says_nothing_has_no_number(world: Organisation, mark: str) -> None:
    assert facts().value(mark) is None


def test_while_a_period_runs_is_counted_until_a_day(world: Organisation) -> None:
    found = facts(until=date(2026, 1, 31))
    assert (
        found.value("organisations") == 4
        and found.value("organisations.new") == 0
        and found.value("organisations@2026-02-02") is None
    )


def test_a_list_makes_its_number() -> None:
    rows = [Item(1, "a", "", 0.5, whole=1), Item(2, "b", "", 0.25, whole=1)]
    assert (
        total("share", rows) == 38
        and total("share", []) is None
        and total("number", [Item(1, "a", "", 3), Item(2, "b", "")]) == 4
    )
    assert (shown(1200), shown(63, "share"), shown(500000, "euro"), shown(None)) == (
        "1.200",
        "63%",
        "€\u00a0500.000",
        "–",
    )


def test_lists_are_counted_once(world: Organisation, django_assert_max_num_queries: object) -> None:
    found = facts()
    found.value("organisations.new")
    with django_assert_max_num_queries(0):  # type: ignore[operator]
        assert (
            found.value("organisations") == 4
            and found.value(f"organisations@{PERIOD.since - timedelta(days=1)}") == 4
        )
