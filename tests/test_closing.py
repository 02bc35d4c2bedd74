"""Closing an organisation asks what becomes of everything below it, does it in one act, and
undoes it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity, Organiser
from knooppunt.core.audit.row_changes import ChangedSince
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.decisions.actions import meetings, proposals, votes
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions import care, closing
from knooppunt.directory.models import Membership, Organisation, Place, PlaceRole, ProblemReport
from knooppunt.directory.tests import make
from knooppunt.help.models import Notice
from knooppunt.help.tests.make import need
from knooppunt.people.models import User
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
Log = Callable[[User], Client]
PAGE = "/beheer/organisaties/de-tuin/stopt/"


@pytest.fixture
def kitchen(garden: Organisation) -> Organisation:
    """Another organisation in the same network."""
    other = make.organisation("De Keuken", kind="groenplek", areas=list(garden.areas.all()))
    make.network("De Groene Ring", [garden, other], since=date(2026, 1, 1))
    return other


@pytest.fixture
def below(
    garden: Organisation, garden_place: Place, gardening: Activity, kitchen: Organisation
) -> dict[str, Any]:
    """One of everything that hangs below the garden."""
    proposal = make_decisions.proposal()
    coming = make_decisions.meeting(starts=timezone.now() + timedelta(days=9))
    return {
        "place": garden_place,
        "activity": gardening,
        "notice": need(garden, "Twee spades"),
        "voter": make_decisions.voter(proposal, garden),
        "mandate": make_decisions.mandate(garden, since=date(2026, 1, 1)),
        "point": make_voice.point(organisation=garden),
        "membership": Membership.objects.get(organisation=garden),
        "item": meetings.add_item(SYSTEM, coming, {"title": "Meer groen", "organisation": garden}),
    }


def form_for(below: dict[str, Any], choices: dict[str, str], successor: str = "") -> dict[str, Any]:
    """What a browser sends: a choice for each kind of thing, and who takes over where that is
    asked.
    """
    rows = {
        "places": PlaceRole.objects.get(place=below["place"], until__isnull=True).pk,
        "activities": Organiser.objects.get(activity=below["activity"]).pk,
        "notices": below["notice"].pk,
        "votes": below["voter"].pk,
        "points": below["point"].pk,
        "agenda_items": below["item"].pk,
    }
    data: dict[str, Any] = {"last_day": timezone.localdate().isoformat()}
    for key, choice in choices.items():
        data[f"choice-{key}-{rows[key]}"] = choice
        data[f"successor-{key}-{rows[key]}"] = successor if choice == "move" else ""
    return data


ENDS = {
    "places": "close",
    "activities": "end",
    "notices": "withdraw",
    "votes": "leave",
    "points": "stay",
    "agenda_items": "stay",
}
MOVES = dict.fromkeys(("places", "activities", "notices", "points", "agenda_items"), "move") | {
    "votes": "stay"
}
UNKNOWN = dict.fromkeys(ENDS, "unknown")


def test_the_page_names_everything_below_and_chooses_nothing_by_itself(
    below: dict[str, Any], coordinator: User, as_user: Log
) -> None:
    page = as_user(coordinator).get(PAGE).content.decode()
    for words in (
        "Tuinochtend",
        "Twee spades",
        "We gaan samen koken",
        "Een bankje",
        "Meer groen",
        "De Groene Ring",
        "Welzijnsdeal",
    ):
        assert words in page, words
    assert page.count('type="radio"') > 10 and "checked" not in page


def test_without_an_answer_nothing_changes(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    answer = as_user(coordinator).post(PAGE, form_for(below, {"places": "close"}))
    assert answer.status_code == 400 and "Weet ik niet" in answer.content.decode()
    garden.refresh_from_db()
    assert garden.until is None and not Place.objects.filter(until__isnull=False).exists()
    with pytest.raises(ValidationError):
        closing.close(SYSTEM, garden, timezone.localdate(), {})


def test_everything_can_end_on_the_same_day(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    today = timezone.localdate()
    as_user(coordinator).post(PAGE, form_for(below, ENDS))
    for name in ("place", "activity", "membership", "mandate"):
        below[name].refresh_from_db()
        assert below[name].until == today, name
    below["notice"].refresh_from_db()
    below["voter"].refresh_from_db()
    garden.refresh_from_db()
    assert below["notice"].state == Notice.State.WITHDRAWN and below["voter"].left_on == today
    assert garden.until == today and not closing.below(garden, today)[1:]  # the signature informs
    assert below["voter"].proposal.voters.count() == 1


def test_another_organisation_takes_over(
    below: dict[str, Any],
    garden: Organisation,
    kitchen: Organisation,
    coordinator: User,
    as_user: Log,
) -> None:
    today = timezone.localdate()
    as_user(coordinator).post(PAGE, form_for(below, MOVES, "de keuken"))
    role = PlaceRole.objects.get(organisation=kitchen)
    assert (role.place, role.role, role.since) == (
        below["place"],
        "hosts",
        today + timedelta(days=1),
    )
    organiser = Organiser.objects.get(organisation=kitchen)
    # Whether the kitchen works with volunteers is another question, so it is asked and not copied.
    assert organiser.since == today + timedelta(days=1) and organiser.group == ""
    below["notice"].refresh_from_db()
    below["point"].refresh_from_db()
    below["item"].refresh_from_db()
    assert below["notice"].organisation == kitchen == below["point"].organisation
    assert below["item"].organisation == kitchen
    assert "De Keuken" in [str(row) for row in below["activity"].organisers.all()]


def test_who_does_not_know_finds_it_on_the_worklist(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log, time_machine: Any
) -> None:
    desk = as_user(coordinator)
    desk.post(PAGE, form_for(below, UNKNOWN))
    assert PAGE in desk.get("/beheer/werk/gestopt/").content.decode()
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)
    alone = desk.get("/beheer/werk/zonder-organisator/").content.decode()
    assert "Tuinochtend" in alone
    page = Client().get(below["activity"].get_absolute_url()).content.decode()
    assert "is gestopt. Wie het nu doet, is niet bekend" in page
    # What was decided later goes off the list; the second answer does not touch the first.
    form = form_for(below, ENDS) | {"last_day": garden.listed_on.isoformat()}
    desk.post(PAGE, form)
    assert PAGE not in desk.get("/beheer/werk/gestopt/").content.decode()


@pytest.mark.parametrize("choices", [ENDS, MOVES, UNKNOWN], ids=["ends", "moves", "unknown"])
def test_one_press_puts_everything_back(
    below: dict[str, Any],
    garden: Organisation,
    kitchen: Organisation,
    coordinator: User,
    as_user: Log,
    choices: dict[str, str],
) -> None:
    def state() -> list[Any]:
        rows = [*below.values(), garden, *PlaceRole.objects.all(), *Organiser.objects.all()]
        fields = ("until", "organisation_id", "state", "left_on", "status", "search_text")
        found: list[Any] = []
        for row in rows:
            row.refresh_from_db()
            found.append([str(row), *(getattr(row, name, None) for name in fields)])
        return [found, below["activity"].occurrences.count()]

    before, desk = state(), as_user(coordinator)
    desk.post(PAGE, form_for(below, choices, "De Keuken"))
    assert before != state()
    line = closing.last_closing(garden)
    assert line is not None
    assert "Maak ongedaan" in desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}{line.pk}/ongedaan/")
    assert state() == before
    assert closing.last_closing(garden) is None
    assert (
        "stoppen ongedaan gemaakt"
        in desk.get("/beheer/organisaties/de-tuin/geschiedenis/").content.decode()
    )


def test_what_was_changed_since_is_not_put_back(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    desk = as_user(coordinator)
    desk.post(PAGE, form_for(below, ENDS))
    line = closing.last_closing(garden)
    assert line is not None
    Place.objects.update(until=date(2026, 6, 30))
    with pytest.raises(ChangedSince):
        closing.undo(SYSTEM, line)
    page = desk.post(f"{PAGE}{line.pk}/ongedaan/", follow=True).content.decode()
    assert "kan niet meer in één keer" in page
    garden.refresh_from_db()
    assert garden.until == timezone.localdate()


def test_a_vote_that_was_cast_counts_or_not_as_was_decided(
    below: dict[str, Any], garden: Organisation, host: User, coordinator: User, as_user: Log
) -> None:
    voter, desk = below["voter"], as_user(coordinator)
    votes.vote(Actor(host), voter, ["consent"])
    desk.post(PAGE, form_for(below, ENDS))
    assert proposals.counted(voter.proposal)["cast"] == 0
    line = closing.last_closing(garden)
    assert line is not None and "consent" not in str(line.details)
    assert "Delegate" not in str(
        line.details
    )  # her name is erased elsewhere, so it may not stand here
    closing.undo(SYSTEM, line)
    assert proposals.counted(voter.proposal)["cast"] == 1
    desk.post(PAGE, form_for(below, ENDS | {"votes": "stay"}))
    assert proposals.counted(voter.proposal)["cast"] == 1


def test_a_closed_vote_is_not_counted_anew_by_undoing(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    as_user(coordinator).post(PAGE, form_for(below, ENDS))
    proposals.close_proposal(SYSTEM, below["voter"].proposal)
    line = closing.last_closing(garden)
    assert line is not None
    with pytest.raises(ChangedSince):
        closing.undo(SYSTEM, line)


def test_a_note_that_says_it_stopped_leads_to_the_page_and_is_settled_by_it(
    garden: Organisation, coordinator: User, as_user: Log
) -> None:
    report = care.report_problem(SYSTEM, garden, "De deur is dicht.", "jan@example.org", True)
    desk, address = as_user(coordinator), f"{PAGE}?melding={report.pk}"
    assert "is gestopt" in desk.get("/beheer/werk/gemeld/").content.decode()
    assert address in desk.get("/beheer/werk/gemeld/").content.decode()
    page = desk.get(address).content.decode()
    assert "De deur is dicht." in page and "Er hoort niets meer bij" in page
    desk.post(PAGE, {"last_day": "2026-06-30", "melding": report.pk})
    report.refresh_from_db()
    garden.refresh_from_db()
    assert (garden.until, report.state) == (date(2026, 6, 30), "solved")
    line = closing.last_closing(garden)
    assert line is not None and "jan@example.org" not in str(line.details)
    closing.undo(SYSTEM, line)
    assert ProblemReport.objects.get().state == "open"


def test_the_edit_form_leads_to_the_page_and_writes_no_day_by_itself(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    form = {
        "name": "De Tuin",
        "role": "initiative",
        "until": "2026-06-30",
        "website": "https://tuin.example/",
    }
    answer = as_user(coordinator).post("/beheer/organisaties/de-tuin/", form)
    assert answer["Location"] == f"{PAGE}?op=2026-06-30"
    garden.refresh_from_db()
    assert garden.until is None and garden.website == "https://tuin.example/"


def test_taking_it_out_of_the_register_asks_first(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    desk = as_user(coordinator)
    answer = desk.post("/beheer/organisaties/de-tuin/staat/", {"state": "archived"})
    assert answer["Location"] == PAGE
    desk.post(PAGE, form_for(below, UNKNOWN))
    desk.post("/beheer/organisaties/de-tuin/staat/", {"state": "archived"})
    garden.refresh_from_db()
    assert garden.state == "archived"


def test_a_list_that_ends_an_organisation_puts_it_on_the_worklist(
    below: dict[str, Any],
    coordinator: User,
    as_user: Log,
    knooppunt: Callable[..., int],
    tmp_path: Path,
) -> None:
    sheet = tmp_path / "lijst.csv"
    sheet.write_text("naam;einddatum\nDe Tuin;30-06-2026\n", encoding="utf-8")
    knooppunt("import", "directory", str(sheet))
    assert Organisation.objects.get(name="De Tuin").until == date(2026, 6, 30)
    desk = as_user(coordinator)
    assert PAGE in desk.get("/beheer/werk/gestopt/").content.decode()
    assert "Tuinochtend" in desk.get(PAGE).content.decode()


def test_a_host_gives_nothing_to_an_organisation_that_she_does_not_keep(
    below: dict[str, Any], garden: Organisation, host: User, as_user: Log
) -> None:
    answer = as_user(host).post(PAGE, form_for(below, MOVES, "De Keuken"))
    assert answer.status_code == 400
    assert "Je mag niet voor De Keuken spreken" in answer.content.decode()
    garden.refresh_from_db()
    assert garden.until is None


def test_an_unclear_name_is_asked_once_more(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    answer = as_user(coordinator).post(PAGE, form_for(below, MOVES, "keuken"))
    assert answer.status_code == 400 and "Welke bedoel je?" in answer.content.decode()


def test_one_answer_can_be_for_all_of_a_kind(
    below: dict[str, Any], garden: Organisation, coordinator: User, as_user: Log
) -> None:
    need(garden, "Drie spades")
    form = form_for(below, ENDS | {"notices": ""}) | {"choice-notices": "withdraw"}
    as_user(coordinator).post(PAGE, form)
    assert set(Notice.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_refused(
    garden: Organisation, coordinator: User, as_user: Log, day: str
) -> None:
    assert as_user(coordinator).post(PAGE, {"last_day": day}).status_code == 400
    garden.refresh_from_db()
    assert garden.until is None


def test_an_organisation_that_will_stop_is_not_said_to_have_stopped(
    garden: Organisation, coordinator: User, as_user: Log
) -> None:
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    page = as_user(coordinator).post(PAGE, {"last_day": later}, follow=True).content.decode()
    assert "De Tuin stopt op" in page and "De Tuin is gestopt" not in page


def test_another_last_day_is_only_for_who_undoes_the_first(
    garden: Organisation, coordinator: User, as_user: Log
) -> None:
    desk = as_user(coordinator)
    desk.post(PAGE, {"last_day": "2026-06-30"})
    answer = desk.post(PAGE, {"last_day": "2026-07-31"})
    assert answer.status_code == 400 and "30 juni 2026" in answer.content.decode()
    line = closing.last_closing(garden)
    assert line
    for _time in range(2):
        page = desk.post(f"{PAGE}{line.pk}/ongedaan/", follow=True).content.decode()
    assert "Dit is al ongedaan gemaakt." in page
    garden.refresh_from_db()
    assert garden.until is None
