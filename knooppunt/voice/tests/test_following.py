"""What is written down once moves its point on its own day, and sums say what is known and what
is not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry import figure_registry
from knooppunt.core.reporting.facts import Facts, joined
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.kit.periods import Period
from knooppunt.voice import impact
from knooppunt.voice.actions import agreements, commitments, cuts
from knooppunt.voice.models import Point, Step
from knooppunt.voice.scoreboard import score
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)


def number(key: str, day: date) -> int | None:
    """A figure on a day."""
    figure = figure_registry.get_figure(key, day, None)
    assert figure is not None
    return figure.value(day)


def stages(point: Point) -> list[tuple[str, date]]:
    """The steps of a point after it was collected and shared, in the order of their days."""
    return [
        (step.stage, step.on) for step in point.steps.exclude(stage__in=("collected", "shared"))
    ]


def test_a_step_told_afterwards_counts_from_its_own_day() -> None:
    point = make.point()
    make.step(point, "submitted", on=MARCH)
    assert (number("points", date(2026, 2, 28)), number("points", MARCH)) == (0, 1)
    assert (number("points_asked", date(2026, 2, 28)), number("points_asked", MARCH)) == (0, 1)


def test_a_landing_moves_its_point_on_the_day_of_signing() -> None:
    point, deal = make.point(), make.agreement()
    clause = make.clause(deal)
    agreements.land(SYSTEM, clause, {"point": point, "extent": "whole", "quote": "een bankje"})
    assert stages(point) == []
    agreements.save_agreement(SYSTEM, deal, {"signed_on": APRIL})
    assert stages(point) == [("agreed", APRIL)]
    assert (number("points_agreed", MARCH), number("points_agreed", APRIL)) == (0, 1)
    agreements.save_agreement(SYSTEM, deal, {"signed_on": MAY})
    assert stages(point) == [("agreed", MAY)] and number("points_agreed", APRIL) == 0


@pytest.mark.parametrize(
    ("extent", "state", "stage"),
    [
        ("whole", "done", "done"),
        ("partly", "done", "partly"),
        ("whole", "partly", "partly"),
        ("whole", "dropped", "not_done"),
    ],
)
def test_the_state_of_a_clause_moves_the_points_that_landed_in_it(
    extent: str, state: str, stage: str
) -> None:
    point, deal = make.point(), make.agreement(signed_on=APRIL)
    clause = make.clause(deal)
    agreements.land(SYSTEM, clause, {"point": point, "extent": extent, "quote": "een bankje"})
    agreements.say_state(SYSTEM, clause, {"state": state, "on": JUNE, "text": "Het staat er."})
    assert stages(point) == [("agreed", APRIL), (stage, JUNE)]
    assert Point.objects.as_of(MAY).get().stage == "agreed"
    assert Point.objects.as_of(JUNE).get().stage == stage


def test_a_landing_written_down_later_takes_what_the_clause_did_along() -> None:
    point, clause = make.point(), make.clause(make.agreement(signed_on=APRIL))
    agreements.say_state(SYSTEM, clause, {"state": "done", "on": JUNE, "text": "Het staat er."})
    agreements.land(SYSTEM, clause, {"point": point, "extent": "whole", "quote": "een bankje"})
    assert stages(point) == [("agreed", APRIL), ("done", JUNE)]


def test_a_promise_moves_its_point_and_changes_along() -> None:
    point, other = make.point(), make.point("Een prullenbak")
    promise = make.commitment(point=point, said_on=MARCH)
    assert stages(point) == [("promised", MARCH)] and number("points_agreed", MARCH) == 1
    again = {"office": "wethouder", "said_on": APRIL, "source_url": make.SOURCE, "point": other}
    commitments.save_commitment(SYSTEM, promise, again)
    assert stages(point) == [] and stages(other) == [("promised", APRIL)]
    commitments.save_commitment(SYSTEM, promise, again | {"is_public": False})
    assert stages(other) == []


def test_what_was_written_down_by_hand_as_well_is_not_there_twice() -> None:
    point = make.point()
    make.step(point, "promised", on=MARCH, text="Zoals we het hoorden.")
    make.commitment(point=point, said_on=MARCH)
    assert Step.objects.get(stage="promised").text == "Zoals we het hoorden."


def test_a_promise_kept_in_part_is_not_unknown_after_its_day() -> None:
    promise = make.commitment(said_on=MARCH, due_on=APRIL)
    assert (number("commitments_late", MAY), score(MAY).late) == (1, 1)
    said = {"status": "partly", "on": APRIL, "text": "Een van de twee."}
    commitments.say_status(SYSTEM, promise, said)
    assert (number("commitments_late", MAY), score(MAY).late) == (0, 0)
    assert number("commitments_partly", MAY) == 1


def lines(point: Point, *amounts: tuple[str, int | None]) -> dict[str, int | None]:
    """The ledger of a threat with these lines."""
    threat = make.cut(point)
    for kind, amount in amounts:
        line = {"kind": kind, "what": "subsidie", "amount": amount, "on": MARCH, "source": "nota"}
        cuts.add_line(SYSTEM, threat, line)
    return impact.ledger(threat)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([("proposed", 500), ("restored", 0)], "Teruggedraaid: € 0. Er blijft"),
        ([("proposed", 500), ("restored", 0), ("restored", None)], "Teruggedraaid: ten minste € 0"),
        ([("proposed", 500), ("restored", None)], "hoeveel staat niet in de bron"),
        ([("proposed", 500)], "Nog niets teruggedraaid"),
        ([("proposed", None)], "het bedrag is niet bekend"),
        ([("proposed", 0)], "Voorgesteld te schrappen: € 0."),
        ([("proposed", 500), ("proposed", None)], "ten minste € 500"),
    ],
)
def test_nothing_is_an_amount_and_unknown_is_not(
    amounts: list[tuple[str, int | None]], words: str, stranger: Client
) -> None:
    point = make.point()
    lines(point, *amounts)
    text = " ".join(stranger.get(point.cut.get_absolute_url()).content.decode().split())
    assert words.removesuffix(" Er blijft") in text.replace("\u00a0", " ")


def test_volunteers_of_whom_nobody_gave_a_number_are_not_none(
    garden: Organisation, stranger: Client
) -> None:
    threat = make.cut(make.point(), [garden])
    numbers = {row.key: row.number for row in impact.struck(threat, timezone.localdate())}
    assert numbers["volunteers"] is None and numbers["places"] == 0
    page = " ".join(stranger.get(threat.get_absolute_url()).content.decode().split())
    assert '<strong>–</strong><span class="unit">vrijwilligers</span>' in page
    assert "Geen van deze organisaties gaf een aantal op." in page


def test_a_threat_of_which_nobody_wrote_who_it_hits_says_so(
    garden: Organisation, stranger: Client
) -> None:
    point = make.point()
    threat = make.cut(point)
    text = stranger.get(threat.get_absolute_url()).content.decode()
    assert "nog niet opgeschreven" in text and "<strong>0</strong>" not in text
    assert "nog niet opgeschreven wie het raakt" in stranger.get("/bezuinigingen/").content.decode()
    cuts.add_hits(SYSTEM, threat, [garden])
    text = stranger.get(threat.get_absolute_url()).content.decode()
    assert "nog niet opgeschreven" not in text and "<strong>1</strong>" in text


def test_those_with_as_many_are_all_named() -> None:
    make_register.network("Molenveld", [make_register.organisation("A")])
    make_register.network("Oude Kade", [make_register.organisation("B")])
    make_register.network("Leeg")
    facts = Facts(Period(date(2026, 7, 1), date(2026, 12, 31)), until=date(2026, 11, 24))
    leaders = facts.highest(["members:molenveld", "members:oude-kade", "members:leeg"])
    assert leaders == ["members:molenveld", "members:oude-kade"]
    assert facts.highest(["members:leeg"]) == []
    assert joined(["A"]) == "A" and joined(["A", "B", "C"]) == "A, B en C"


def test_volunteers_of_institutions_are_not_in_the_sum_and_the_definition_says_so() -> None:
    for name, role in (("A", "initiative"), ("B", "network"), ("C", "institution")):
        record = make_register.organisation(name, role=role)
        record.volunteer_statements.create(number=10, on=date(2026, 11, 1))
    figure = figure_registry.get_figure("volunteers", date(2026, 11, 24), None)
    assert figure is not None and figure.value(date(2026, 11, 24)) == 20
    assert "instellingen tellen niet mee" in str(figure.definition)
