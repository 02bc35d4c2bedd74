"""Answers to dreams: each has a last day, each is heard by who gave an address, each can be taken
back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.registry import figure_registry
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.dreams import figures
from knooppunt.dreams.actions import answers, dreams, links, participants
from knooppunt.dreams.models import Answer, Dream, Participant, Plan
from knooppunt.dreams.tests import make
from knooppunt.dreams.worklist import worklist
from knooppunt.people.models import User
from knooppunt.voice.models import Signal
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_each_answer_sets_the_next_day_until_the_end(garden_place: Place) -> None:
    dream = make.dream()
    assert dream.answer_by == TODAY() + timedelta(days=30)
    again = TODAY() + timedelta(days=90)
    answers.answer(SYSTEM, dream, "not_now", {"text": "Geen geld.", "look_again_on": again})
    assert dream.answer_by == again
    answers.answer(SYSTEM, dream, "talk", {"text": "Koffie, woensdag om tien uur."})
    assert dream.answer_by == TODAY() + timedelta(days=30)
    last = answers.answer(SYSTEM, dream, "exists", {"place": garden_place})
    assert dream.answer_by is None and last.due_on == TODAY() + timedelta(days=30)
    answers.take_back(SYSTEM, last)
    dream.refresh_from_db()
    assert dream.answer_by == last.due_on and dream.answers.count() == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("talk", {}),
        ("not_now", {"text": "Later."}),
        ("not_now", {"text": "Later.", "look_again_on": "today"}),
        ("exists", {"text": "Ergens."}),
        ("joined", {}),
    ],
)
def test_an_answer_without_what_it_needs_is_refused(kind: str, values: dict[str, Any]) -> None:
    dream = make.dream()
    given = {name: TODAY() if value == "today" else value for name, value in values.items()}
    with pytest.raises(ValidationError):
        answers.answer(SYSTEM, dream, kind, given)
    assert not dream.answers.exists() and dream.answer_by


def test_a_matter_of_the_city_becomes_a_signal_or_joins_a_point(noord: Area) -> None:
    answers.answer(SYSTEM, make.dream("Meer licht in het park", area=noord), "city", {})
    signal = Signal.objects.get()
    assert (signal.text, signal.area, signal.state) == ("Meer licht in het park", noord, "new")
    point = make_voice.point()
    answers.answer(SYSTEM, make.dream("Een bankje"), "city", {"point": point})
    assert point.signals.get().text == "Een bankje"


def test_who_gave_an_address_hears_it_once(mailoutbox: list[Any]) -> None:
    dream = make.dream(reply_email="zegger@example.org")
    links.confirm(dream)
    make.neighbour(dream, "buur@example.org")
    make.neighbour(dream, "zegger@example.org")
    participants.join_as_person(SYSTEM, dream, {"email": "nooit-ja@example.org"})
    mailoutbox.clear()
    answers.answer(SYSTEM, dream, "talk", {"text": "Koffie?"})
    assert sorted(mail.to[0] for mail in mailoutbox) == ["buur@example.org", "zegger@example.org"]
    assert "Koffie?" in mailoutbox[0].body and "/dromen/stop/" in mailoutbox[0].body


def test_dreaming_along_counts_after_one_yes_and_stays_as_a_number(
    stranger: Client, mailoutbox: list[Any]
) -> None:
    dream = make.dream()
    participants.join_as_person(
        SYSTEM, dream, {"email": "Buur@Example.org", "kinds": ["hands", "onzin", "room"]}
    )
    row = Participant.objects.get()
    assert row.kinds == ["hands", "room"] and not row.confirmed_on and len(mailoutbox) == 1
    assert "1 buur" not in stranger.get(dream.get_absolute_url()).content.decode()
    stranger.post(links.yes_path(row))
    participants.join_as_person(SYSTEM, dream, {"email": "buur@example.org", "kinds": ["money"]})
    row.refresh_from_db()
    assert row.kinds == ["hands", "room"] and len(mailoutbox) == 1, "a stranger changes nothing"
    assert "1 buur" in stranger.get(dream.get_absolute_url()).content.decode()
    stranger.post(links.stop_path(row))
    row.refresh_from_db()
    assert row.left_on and not (row.email or row.first_name or row.text)
    assert "1 buur" not in stranger.get(dream.get_absolute_url()).content.decode()


def test_an_address_without_a_yes_is_erased(time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    participants.join_as_person(SYSTEM, make.dream(), {"email": "buur@example.org"})
    assert participants.forget_unconfirmed() == 0
    time_machine.shift(timedelta(days=16))
    assert participants.forget_unconfirmed() == 1 and not Participant.objects.exists()


def test_an_organisation_dreams_along_by_who_represents_it(
    garden: Organisation, host: User, weaver: User
) -> None:
    dream = make.dream()
    with pytest.raises(ValidationError, match="vertegenwoordigt"):
        participants.join_as_organisation(Actor(weaver), dream, garden, ["room"])
    participants.join_as_organisation(Actor(host), dream, garden, ["room"])
    row = participants.join_as_organisation(Actor(host), dream, garden, ["tools"])
    assert Participant.objects.count() == 1 and row.kinds == ["tools"]
    links.leave(Actor(host), row)
    assert not Participant.objects.standing().exists()
    participants.join_as_organisation(Actor(host), dream, garden, ["hands"])
    assert Participant.objects.standing().get().kinds == ["hands"]


def test_nobody_is_lost_when_dreams_join(stranger: Client) -> None:
    first, second = make.dream("Samen eten"), make.dream("Een lange tafel")
    make.neighbour(first, "een@example.org")
    make.neighbour(second, "twee@example.org")
    answers.answer(SYSTEM, second, "joined", {"other": first})
    assert "2 buren" in stranger.get(first.get_absolute_url()).content.decode()
    answers.take_back(SYSTEM, second.answers.get())
    second.refresh_from_db()
    assert second.joined_to is None and second.answer_by
    assert "1 buur" in stranger.get(first.get_absolute_url()).content.decode()


def test_figures_say_what_was_said_answered_and_who_waited_too_long(
    noord: Area, garden: Organisation, host: User, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    begin = TODAY()
    in_time, late = make.dream("Een", area=noord), make.dream("Twee", area=noord)
    make.dream("Drie", is_public=False)
    participants.join_as_organisation(Actor(host), in_time, garden, ["room", "hands"])
    make.neighbour(late)
    answers.answer(SYSTEM, in_time, "talk", {"text": "Koffie?"})
    time_machine.shift(timedelta(days=31))
    day = TODAY()
    late.refresh_from_db()
    in_time.refresh_from_db()
    values = {key: figure_registry.get_figure(key, day, None) for key in figures_by_key()}
    numbers = {key: figure.value(day) for key, figure in values.items() if figure}
    assert numbers == {
        "dreams": 3,
        "dreams_answered": 50,
        "dreams_late": 2,
        "dream_people": 1,
        "dream_organisations": 1,
        "dream_helps": 2,
    }
    answers.answer(SYSTEM, late, "talk", {"text": "Toch nog."})
    assert figures.late(day).count() == 1
    time_machine.shift(timedelta(days=1))
    assert figures.late(TODAY()).count() == 1 and figures.late(day).count() == 1
    assert figures.late(begin).count() == 0 and figures.said(begin, noord).count() == 2


def figures_by_key() -> list[str]:
    """The keys of the figures of dreams."""
    return [figure.key for figure in figures.FIGURES]


def test_words_that_nobody_read_stand_on_no_list() -> None:
    make.dream("Een geheim", is_public=False)
    (figure,) = [figure for figure in figures.FIGURES if figure.key == "dreams"]
    (item,) = figure.items(TODAY())
    assert "geheim" not in item.name and item.address == ""


def test_a_weaver_reads_those_of_her_wijk_and_sees_late_ones_first(
    noord: Area, zuid: Area, weaver: User, host: User, as_user: Any
) -> None:
    elsewhere = make.dream("In Noord", is_public=False, area=noord)
    own = make.dream("In Zuid", is_public=False, area=zuid)
    client = as_user(weaver)
    assert client.get(f"/beheer/dromen/{elsewhere.pk}/").status_code == 404
    assert client.get(f"/beheer/dromen/{own.pk}/").status_code == 200
    assert [work.number for work in worklist(weaver) if work.key == "dromen"] == [1]
    assert [work.key for work in worklist(host)] == ["droomtafels"]
    answer = client.post(f"/beheer/dromen/{own.pk}/op-de-muur/")
    assert answer["Location"] == "/beheer/dromen/"


def test_ten_dreams_of_a_table_are_in_after_two_pages(
    garden: Organisation, host: User, coordinator: User, as_user: Any
) -> None:
    client = as_user(host)
    answer = client.post(
        "/beheer/dromen/tafel/", {"held_on": TODAY().isoformat(), "organisation": garden.pk}
    )
    page = answer["Location"]
    for _turn in range(2):
        rows = {f"form-{number}-text": f"Droom {number}" for number in range(5)}
        client.post(page, rows | {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "0"})
    assert Dream.objects.filter(channel="table", organisation=garden).count() == 10
    assert not Dream.objects.public().exists(), "a host does not read them first"
    client.post(f"{page}klaar/")
    assert "is klaar" in client.get(page).content.decode()
    too_late = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": "Nog een"}
    client.post(page, too_late)
    assert Dream.objects.count() == 10
    page_of_coordinator = as_user(coordinator).get(page)
    assert page_of_coordinator.status_code == 200


def test_an_ended_organisation_dreams_along_no_more(
    garden: Organisation, host: User, stranger: Client
) -> None:
    dream = make.dream()
    participants.join_as_organisation(Actor(host), dream, garden, ["room"])
    assert "De Tuin" in stranger.get(dream.get_absolute_url()).content.decode()
    Organisation.objects.filter(pk=garden.pk).update(until=TODAY() - timedelta(days=1))
    page_cache.forget()
    assert "De Tuin" not in stranger.get(dream.get_absolute_url()).content.decode()
    assert not figures.organisations(TODAY()).exists()


def test_kinds_of_answers_that_end_are_known() -> None:
    assert {kind for kind in Answer.Kind if kind not in Answer.FINAL} == {"talk", "not_now"}
    assert dreams.answer_day(TODAY()) > TODAY()


def test_a_dream_becomes_a_plan_and_keeps_its_people(
    noord: Area, garden: Organisation, host: User, as_user: Any, mailoutbox: list[Any]
) -> None:
    kitchen = make_register.organisation("De Keuken")
    dream = make.dream("Samen eten op straat")
    make.neighbour(dream, "buur@example.org")
    participants.add_organisation(SYSTEM, dream, kitchen, ["room"])
    client, address = as_user(host), f"/plannen/nieuw/?droom={dream.pk}"
    assert "Samen eten op straat" in client.get(address).content.decode()
    mailoutbox.clear()
    said = {
        "title": "Straatdiner",
        "why": "Samen eten",
        "kind": "meal",
        "keeper": garden.pk,
        "area": noord.pk,
    }
    answer = client.post(address, said)
    plan = Plan.objects.get()
    assert answer["Location"] == plan.get_absolute_url() and plan.dream == dream
    asked = plan.partners.get(organisation=kitchen)
    assert asked.agreed_on is None and asked.part == "een ruimte"
    dream.refresh_from_db()
    assert dream.answer_by is None and dream.answers.get().kind == "plan"
    assert [mail.to for mail in mailoutbox] == [["buur@example.org"]]
    assert "Straatdiner" in client.get(dream.get_absolute_url()).content.decode()
