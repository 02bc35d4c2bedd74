"""A coalition tells its history: what happened years ago is entered with its day, corrected, struck
as a mistake and put back.

The figures of days before, between and after have the right values at each moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import figure_registry
from knooppunt.decisions.models import ActionItem, AgendaItem, Body, Decision, Meeting
from knooppunt.directory.models import Organisation
from knooppunt.people.models import User
from knooppunt.voice.models import Commitment, LedgerLine, Point, StatusEntry, Step

pytestmark = pytest.mark.django_db
SOURCE = "https://raad.example/verslag"
MAY_23, OCTOBER_23, FEBRUARY_24, MAY_24, MARCH_25, JUNE_25, TODAY = (
    date(2023, 5, 1),
    date(2023, 10, 5),
    date(2024, 2, 1),
    date(2024, 5, 1),
    date(2025, 3, 4),
    date(2025, 6, 1),
    date(2026, 11, 24),
)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)


def number(key: str, day: date) -> int | None:
    """A figure on a day."""
    figure = figure_registry.get_figure(key, day, None)
    assert figure is not None
    return figure.value(day)


def send(desk: Client, address: str, **values: Any) -> None:
    """Fill in a form; it is taken."""
    answer = desk.post(address, values)
    errors = answer.context["form"].errors if answer.status_code == 400 else ""
    assert answer.status_code == 302, (address, errors)


def strike(desk: Client, kind: str, record: Any) -> None:
    """Mark a record as a mistake."""
    send(desk, f"/vergissing/{kind}/{record.pk}/", reason="Dubbel opgeschreven.")


def put_back(desk: Client, kind: str, record: Any) -> None:
    """Put a struck record back."""
    send(desk, f"/vergissing/{kind}/{record.pk}/terug/")


@pytest.fixture
def desk(coordinator: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(coordinator)


@pytest.fixture
def meeting(desk: Client, garden: Organisation) -> Meeting:
    """A meeting of last year, written down today: agenda, what came of it, presence, minutes,
    decision and action.
    """
    send(desk, "/wie-beslist/nieuw/", name="Klankbordgroep", kind="sounding")
    body = Body.objects.get()
    send(
        desk,
        "/overleg/nieuw/",
        kind="sounding",
        body=body.pk,
        title="Voorjaar",
        starts="2025-03-04T19:30",
        is_public="on",
    )
    row = Meeting.objects.get()
    page = row.get_absolute_url()
    send(desk, f"{page}agendapunt/", title="De sleutel van de zaal", kind="decide")
    item = AgendaItem.objects.get()
    send(desk, f"{page}agendapunt/{item.pk}/", outcome="We delen de sleutel.")
    send(desk, f"{page}aanwezig/", organisation=garden.pk, heads=2)
    send(desk, f"{page}verslag/", minutes="Er waren twee mensen.")
    send(
        desk, f"{page}besluit/", title="We delen de sleutel", decided_on="2025-03-04", item=item.pk
    )
    send(
        desk, f"{page}actie/", text="Sleutel laten maken", owner="beheerder", listed_on="2025-03-04"
    )
    return row


@pytest.fixture
def point(desk: Client) -> Point:
    """A point that is carried since 2023, with a step of then; it is shared after it was
    brought in.
    """
    send(
        desk,
        "/punten/nieuw/",
        title="Een bankje bij de tuin",
        ask="Zet er een bankje.",
        listed_on="2023-05-01",
    )
    row = Point.objects.get()
    page = row.get_absolute_url()
    send(desk, f"{page}stap/", stage="submitted", on="2023-10-05", source_url=SOURCE)
    send(desk, f"{page}deel/")
    return row


@pytest.fixture
def promise(desk: Client, point: Point) -> Commitment:
    """A promise of 2024 about the point, kept in 2025."""
    send(
        desk,
        "/toezeggingen/nieuw/",
        text="We geven € 4.000.",
        office="wethouder Groen",
        said_on="2024-02-01",
        due_on="2025-01-01",
        source_url=SOURCE,
        point=point.pk,
        is_public="on",
    )
    row = Commitment.objects.get()
    send(
        desk,
        f"{row.get_absolute_url()}stand/",
        status="kept",
        on="2025-06-01",
        text="Het staat er.",
    )
    return row


def test_a_meeting_of_last_year_has_its_agenda_minutes_decision_and_action(
    desk: Client, meeting: Meeting
) -> None:
    page = Client().get(meeting.get_absolute_url()).content.decode()
    for words in (
        "De sleutel van de zaal",
        "We delen de sleutel.",
        "Er waren twee mensen.",
        "De Tuin",
        "Sleutel laten maken",
    ):
        assert words in page
    before, after = date(2025, 3, 3), MARCH_25
    assert [number(key, before) for key in ("meetings", "decisions", "action_items")] == [0, 0, 0]
    assert [number(key, after) for key in ("meetings", "decisions", "action_items")] == [1, 1, 1]


def test_an_action_of_last_year_is_closed_on_its_own_day(desk: Client, meeting: Meeting) -> None:
    item = ActionItem.objects.get()
    early = desk.post(item.get_absolute_url(), {"result": "Gedaan.", "closed_on": "2025-03-03"})
    assert early.status_code == 400
    send(desk, item.get_absolute_url(), result="Gedaan.", closed_on="2025-04-01")
    assert (
        number("action_items", date(2025, 3, 31)),
        number("action_items", date(2025, 4, 1)),
    ) == (1, 0)
    send(
        desk,
        f"/verbeter/actie/{item.pk}/",
        text=item.text,
        owner=item.owner,
        listed_on="2025-03-04",
        closed_on="2025-05-01",
        result="Gedaan.",
    )
    assert (number("action_items", date(2025, 4, 1)), number("action_items", date(2025, 5, 1))) == (
        1,
        0,
    )


def test_a_decision_is_entered_outside_a_meeting_with_its_day_and_struck(desk: Client) -> None:
    send(
        desk,
        "/besluiten/nieuw/",
        title="We worden een vereniging",
        decided_on="2022-09-01",
        is_public="on",
    )
    decision = Decision.objects.get()
    assert decision.meeting is None
    assert (number("decisions", date(2022, 8, 31)), number("decisions", TODAY)) == (0, 1)
    send(
        desk,
        f"/verbeter/besluit/{decision.pk}/",
        title="We worden een vereniging",
        decided_on="2022-10-01",
        ended_on="2024-01-01",
        is_public="on",
    )
    assert [number("decisions", day) for day in (date(2022, 10, 1), date(2023, 12, 31), TODAY)] == [
        1,
        1,
        0,
    ]
    strike(desk, "besluit", decision)
    assert number("decisions", date(2023, 1, 1)) == 0
    assert Client().get(decision.get_absolute_url()).status_code == 404
    assert "Dubbel opgeschreven." in desk.get(decision.get_absolute_url()).content.decode()
    assert "vereniging" not in Client().get("/besluiten.csv").content.decode()
    put_back(desk, "besluit", decision)
    assert number("decisions", date(2023, 1, 1)) == 1


def test_a_decision_goes_only_to_a_meeting_that_she_keeps(
    meeting: Meeting, weaver: User, as_user: Callable[[User], Client]
) -> None:
    desk = as_user(weaver)
    values = {"title": "We verhuizen", "decided_on": "2025-03-04", "is_public": "on"}
    refused = desk.post("/besluiten/nieuw/", {**values, "meeting": meeting.pk})
    assert refused.status_code == 400 and "houd jij niet bij" in refused.content.decode()
    send(desk, "/besluiten/nieuw/", **values)
    assert Decision.objects.get(title="We verhuizen").meeting is None


def test_a_decision_of_a_closed_meeting_stays_closed_when_corrected(
    desk: Client, meeting: Meeting
) -> None:
    decision = Decision.objects.get()
    Meeting.objects.update(is_public=False)
    send(
        desk,
        f"/verbeter/besluit/{decision.pk}/",
        title="We delen de sleutels",
        decided_on="2025-03-04",
        meeting=meeting.pk,
        is_public="on",
    )
    assert not Decision.objects.get().is_public


def test_a_meeting_is_struck_only_when_nothing_leans_on_it(desk: Client, meeting: Meeting) -> None:
    refused = desk.post(f"/vergissing/overleg/{meeting.pk}/", {"reason": "Was er niet."})
    assert refused.status_code == 400 and "We delen de sleutel" in refused.content.decode()
    strike(desk, "besluit", Decision.objects.get())
    strike(desk, "overleg", meeting)
    assert (number("meetings", TODAY), number("action_items", TODAY)) == (0, 0)
    assert Client().get(meeting.get_absolute_url()).status_code == 404
    assert desk.get(meeting.get_absolute_url()).status_code == 200
    assert desk.get(f"{meeting.get_absolute_url()}wijzig/").status_code == 404
    put_back(desk, "overleg", meeting)
    assert (number("meetings", TODAY), number("action_items", TODAY)) == (1, 1)


def test_a_point_carried_since_years_is_where_its_last_step_says(
    desk: Client, point: Point
) -> None:
    assert [number("points", day) for day in (date(2023, 4, 30), MAY_23, TODAY)] == [0, 1, 1]
    assert [
        number("points_asked", day) for day in (MAY_23, date(2023, 10, 4), OCTOBER_23, TODAY)
    ] == [0, 0, 1, 1]
    assert (
        Point.objects.as_of(TODAY).get().stage == "submitted"
    )  # shared later, and not put back to "shared"


def test_a_point_that_is_shared_before_its_history_is_told_is_as_far_as_that_history(
    desk: Client,
) -> None:
    send(
        desk,
        "/punten/nieuw/",
        title="Een heg bij de tuin",
        ask="Plant een heg.",
        listed_on="2023-05-01",
    )
    row = Point.objects.get()
    send(desk, f"{row.get_absolute_url()}deel/")
    send(
        desk,
        f"{row.get_absolute_url()}stap/",
        stage="done",
        on="2024-02-01",
        source_url=SOURCE,
    )
    assert [number("points_done", day) for day in (OCTOBER_23, FEBRUARY_24, TODAY)] == [0, 1, 1]
    page = Client().get(row.get_absolute_url()).content.decode()
    assert page.split('aria-current="step"')[1].split("</li>")[0].count("Uitgevoerd") == 1


def test_a_wrong_day_of_a_step_is_corrected_and_the_step_struck_and_put_back(
    desk: Client, point: Point
) -> None:
    step = Step.objects.get(stage="submitted")
    send(desk, f"/verbeter/stap/{step.pk}/", stage="submitted", on="2023-12-01", source_url=SOURCE)
    assert [number("points_asked", day) for day in (OCTOBER_23, date(2023, 12, 1))] == [0, 1]
    line = TrailEntry.objects.get(verb="correct", target_type="step")
    assert line.changes["on"] == ["2023-10-05", "2023-12-01"]
    strike(desk, "stap", step)
    assert number("points_asked", TODAY) == 0
    assert Point.objects.as_of(TODAY).get().stage == "collected"
    assert (
        "Ingebracht"
        not in Client().get(point.get_absolute_url()).content.decode().split("Stap voor stap")[1]
    )
    assert "Dubbel opgeschreven." not in Client().get(point.get_absolute_url()).content.decode()
    assert "Dubbel opgeschreven." in desk.get(point.get_absolute_url()).content.decode()
    put_back(desk, "stap", step)
    assert [number("points_asked", day) for day in (OCTOBER_23, date(2023, 12, 1))] == [0, 1]


def test_the_day_since_which_a_point_is_carried_is_corrected(desk: Client, point: Point) -> None:
    late = desk.post(
        f"{point.get_absolute_url()}wijzig/",
        {"title": point.title, "ask": point.ask, "listed_on": "2023-11-01"},
    )
    assert late.status_code == 400  # it was brought in before that
    send(
        desk,
        f"{point.get_absolute_url()}wijzig/",
        title=point.title,
        ask=point.ask,
        listed_on="2022-01-01",
    )
    assert (number("points", date(2021, 12, 31)), number("points", date(2022, 1, 1))) == (0, 1)
    assert Step.objects.get(stage="collected").on == date(2022, 1, 1)


def test_a_promise_of_2024_kept_in_2025_counts_on_its_own_days(
    desk: Client, point: Point, promise: Commitment
) -> None:
    days = (date(2024, 1, 31), FEBRUARY_24, date(2025, 1, 2), JUNE_25, TODAY)
    assert [number("commitments", day) for day in days] == [0, 1, 1, 1, 1]
    assert [number("commitments_kept", day) for day in days] == [0, 0, 0, 1, 1]
    assert [number("commitments_late", day) for day in days] == [0, 0, 1, 0, 0]
    assert [number("points_agreed", day) for day in days] == [0, 1, 1, 1, 1]
    entry = StatusEntry.objects.get()
    send(
        desk,
        f"/verbeter/stand/{entry.pk}/",
        status="partly",
        on="2025-07-01",
        text="De helft staat er.",
    )
    assert [number("commitments_partly", day) for day in (JUNE_25, date(2025, 7, 1))] == [0, 1]
    assert number("commitments_kept", TODAY) == 0
    strike(desk, "stand", entry)
    assert (number("commitments_partly", TODAY), number("commitments_late", TODAY)) == (0, 1)
    put_back(desk, "stand", entry)
    assert (number("commitments_partly", TODAY), number("commitments_late", TODAY)) == (1, 0)


def test_a_struck_promise_takes_its_step_along_and_brings_it_back(
    desk: Client, point: Point, promise: Commitment
) -> None:
    send(
        desk,
        f"{promise.get_absolute_url()}wijzig/",
        text="We geven € 40.000.",
        office="wethouder Groen",
        said_on="2024-03-01",
        due_on="2025-01-01",
        source_url=SOURCE,
        point=point.pk,
        is_public="on",
    )
    assert [number("points_agreed", day) for day in (FEBRUARY_24, date(2024, 3, 1))] == [0, 1]
    line = TrailEntry.objects.get(verb="change", target_type="commitment")
    assert line.changes["text"] == ["We geven € 4.000.", "We geven € 40.000."]
    strike(desk, "toezegging", promise)
    assert [number(key, TODAY) for key in ("commitments", "commitments_kept", "points_agreed")] == [
        0,
        0,
        0,
    ]
    stranger = Client()
    assert stranger.get(promise.get_absolute_url()).status_code == 404
    for address in (
        "/toezeggingen/",
        "/toezeggingen.csv",
        point.get_absolute_url(),
        f"{point.get_absolute_url()}spreken/",
    ):
        assert "40.000" not in stranger.get(address).content.decode()
    put_back(desk, "toezegging", promise)
    assert [number(key, TODAY) for key in ("commitments", "commitments_kept", "points_agreed")] == [
        1,
        1,
        1,
    ]


def test_a_wrong_amount_is_corrected_and_struck(desk: Client, point: Point) -> None:
    page = f"/bezuinigingen/{point.slug}/"
    send(
        desk,
        f"{point.get_absolute_url()}dreiging/",
        kind="cut",
        announced_on="2024-04-01",
        source="Voorjaarsnota",
    )
    send(
        desk,
        f"{page}bedrag/",
        kind="proposed",
        what="Subsidie",
        amount="4000",
        on="2024-05-01",
        source="Voorjaarsnota",
    )
    line = LedgerLine.objects.get()
    assert [number("cut_proposed", day) for day in (date(2024, 4, 30), MAY_24)] == [0, 4000]
    send(
        desk,
        f"/verbeter/bedrag/{line.pk}/",
        kind="proposed",
        what="Subsidie",
        amount="40000",
        on="2024-06-01",
        source="Voorjaarsnota",
    )
    assert [number("cut_proposed", day) for day in (MAY_24, date(2024, 6, 1), TODAY)] == [
        0,
        40000,
        40000,
    ]
    assert "€\u00a040.000" in Client().get(page).content.decode()
    strike(desk, "bedrag", line)
    assert number("cut_proposed", TODAY) == 0
    assert "40.000" not in Client().get(page).content.decode()
    put_back(desk, "bedrag", line)
    assert number("cut_proposed", TODAY) == 40000


def test_a_step_that_follows_a_promise_is_corrected_at_the_promise(
    desk: Client, promise: Commitment
) -> None:
    step = Step.objects.get(stage="promised")
    refused = desk.post(f"/vergissing/stap/{step.pk}/", {"reason": "Klopt niet."})
    assert refused.status_code == 400 and "volgt vanzelf" in refused.content.decode()
    assert (
        f"/vergissing/stap/{step.pk}/"
        not in desk.get(step.point.get_absolute_url()).content.decode()
    )


def test_nobody_else_corrects_or_reads_what_was_struck(
    desk: Client, promise: Commitment, weaver: User, host: User, as_user: Callable[[User], Client]
) -> None:
    for user in (weaver, host):
        assert (
            as_user(user).get(f"/verbeter/stand/{StatusEntry.objects.get().pk}/").status_code == 403
        )
    strike(desk, "toezegging", promise)
    for user in (weaver, host):
        client = as_user(user)
        assert client.get(promise.get_absolute_url()).status_code == 404
        assert client.post(f"/vergissing/toezegging/{promise.pk}/terug/").status_code == 404
    assert (
        Client().post(f"/vergissing/toezegging/{promise.pk}/terug/").status_code == 302
    )  # to log in
    assert Commitment.with_mistakes.get().is_mistake
    assert desk.post("/vergissing/toezegging/999999/", {"reason": "x"}).status_code == 404
    assert desk.post("/vergissing/onzin/1/", {"reason": "x"}).status_code == 404


def test_a_mistake_needs_a_reason_and_a_day_to_come_is_refused(desk: Client, point: Point) -> None:
    step = Step.objects.get(stage="submitted")
    assert desk.post(f"/vergissing/stap/{step.pk}/", {"reason": " "}).status_code == 400
    tomorrow = desk.post(
        f"/verbeter/stap/{step.pk}/",
        {"stage": "submitted", "on": "2026-11-25", "source_url": SOURCE},
    )
    assert tomorrow.status_code == 400
    assert (
        desk.post("/besluiten/nieuw/", {"title": "Later", "decided_on": "2026-11-25"}).status_code
        == 400
    )
    assert timezone.localdate() == TODAY
