"""A small plan is shared: two keepers, steps, who brings what, and states with their days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.dreams.actions import plan_work, plans
from knooppunt.dreams.actions.plan_work import AlreadyDone, Bringer
from knooppunt.dreams.models import Plan, PlanPartner, PlanPerson, PlanPledge, PlanStep
from knooppunt.dreams.permits import FEATURES, permits
from knooppunt.dreams.plan_demo import load_example_plans
from knooppunt.dreams.tasks import daily
from knooppunt.dreams.tests import make_plans
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def kitchen(noord: Area) -> Organisation:
    return make_register.organisation("De Keuken", areas=[noord])


@pytest.fixture
def party(garden: Organisation, kitchen: Organisation, noord: Area) -> Plan:
    return make_plans.plan(garden, kitchen, area=noord)


def test_a_host_starts_a_plan_and_the_other_keeper_is_asked(
    garden: Organisation,
    kitchen: Organisation,
    noord: Area,
    host: User,
    as_user: Callable[[User], Client],
) -> None:
    client = as_user(host)
    said = {
        "title": "Een straatfeest",
        "why": "Buren leren elkaar kennen.",
        "kind": "party",
        "area": noord.pk,
        "keeper": garden.pk,
        "second_keeper": "De Keuken",
        "cost": "1.250,50",
        "funds": "200",
    }
    page = client.post("/plannen/nieuw/", said, follow=True)
    text = page.content.decode()
    plan = Plan.objects.get()
    assert "Een straatfeest" in text and "gevraagd, nog geen antwoord" in text
    assert (plan.cost_cents, plan.funds_cents, plan.missing_cents) == (125_050, 20_000, 105_050)
    assert "Nog nodig: €\u00a01.050,50." in text
    assert "Er is nog 1 trekker nodig" in text
    assert [row.organisation.name for row in plan.partners.keepers()] == ["De Tuin"]
    # Strangers do not read whom it was asked of.
    stranger = Client().get(plan.get_absolute_url()).content.decode()
    assert "De Tuin" in stranger and "De Keuken" not in stranger


def test_the_same_organisation_twice_is_refused_beside_the_field(
    garden: Organisation, noord: Area, host: User, as_user: Callable[[User], Client]
) -> None:
    said = {
        "title": "Een feest",
        "why": "Leuk.",
        "kind": "party",
        "area": noord.pk,
        "keeper": garden.pk,
        "second_keeper": "De Tuin",
    }
    answer = as_user(host).post("/plannen/nieuw/", said)
    assert answer.status_code == 400
    assert "Kies een andere organisatie dan de eerste." in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_plan_does_not_begin_without_two_keepers_and_the_database_agrees(
    garden: Organisation,
) -> None:
    plan = make_plans.plan(garden)
    with pytest.raises(ValidationError, match="twee trekkers"):
        plans.move_on(SYSTEM, plan, "busy")
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(state="busy")
    plan.refresh_from_db()
    assert plan.state == "plan"


def test_one_organisation_has_one_row(party: Plan, garden: Organisation) -> None:
    with pytest.raises(ValidationError, match="De Tuin staat er al bij"):
        plans.add_partner(SYSTEM, party, garden)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanPartner.objects.create(plan=party, organisation=garden)


def test_a_running_plan_keeps_two_keepers_and_hands_over_in_one_tap(
    party: Plan, garden: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    plans.move_on(SYSTEM, party, "busy")
    mine = party.partners.get(organisation=garden)
    with pytest.raises(ValidationError, match="Geef het eerst over"):
        plans.end_keeping(SYSTEM, mine)
    with pytest.raises(ValidationError, match="Geef het eerst over"):
        plans.leave(SYSTEM, mine)
    choir = plans.add_partner(SYSTEM, party, make_register.organisation("Het Koor"))
    address = f"{party.get_absolute_url()}organisatie/{choir.pk}/"
    assert "Geef het trekken over aan Het Koor" in (
        as_user(host).get(party.get_absolute_url()).content.decode()
    )
    as_user(host).post(address, {"act": "geef-over"})
    keepers = {row.organisation.name for row in party.partners.keepers()}
    assert keepers == {"De Keuken", "Het Koor"}
    assert party.partners.get(organisation=garden).role == "partner"


def test_only_who_speaks_for_the_asked_organisation_answers(
    party: Plan,
    garden: Organisation,
    weaver: User,
    host: User,
    zuid: Area,
    as_user: Callable[[User], Client],
) -> None:
    council = make_register.organisation("De Gemeente", role="institution", areas=[zuid])
    asked = plans.add_partner(Actor(host), party, council, part="de vergunning")
    assert asked.agreed_on is None
    address = f"{party.get_absolute_url()}organisatie/{asked.pk}/"
    assert as_user(host).post(address, {"act": "ja"}).status_code == 404
    answer = as_user(weaver).post(address, {"act": "ja"}, follow=True).content.decode()
    assert "Fijn dat jullie meedoen." in answer
    page = Client().get(party.get_absolute_url()).content.decode()
    assert "De Gemeente" in page and "de vergunning" in page and "instelling" in page


def test_the_road_of_a_plan_is_dated_and_stands_as_of_a_day(party: Plan, time_machine: Any) -> None:
    Plan.objects.filter(pk=party.pk).update(listed_on=date(2026, 3, 1))
    party.moments.update(on=date(2026, 3, 1))
    time_machine.move_to("2026-04-01 10:00:00", tick=False)
    plans.move_on(SYSTEM, party, "busy")
    time_machine.move_to("2026-06-01 10:00:00", tick=False)
    plans.move_on(SYSTEM, party, "done")
    rows = Plan.objects
    assert rows.open_on(date(2026, 2, 28)).count() == 0
    assert rows.open_on(date(2026, 5, 31)).count() == 1
    assert rows.open_on(date(2026, 6, 1)).count() == 0
    assert rows.done_on(date(2026, 6, 1)).count() == 1
    with pytest.raises(ValidationError, match="al verder"):
        plans.move_on(SYSTEM, party, "plan")
    page = Client().get(party.get_absolute_url()).content.decode()
    assert "1 april 2026" in page and "1 juni 2026" in page


def test_a_plan_stops_with_what_was_learned_and_can_be_taken_up_again(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(host), f"{party.get_absolute_url()}stop/"
    assert client.post(address, {"went_badly": "", "went_well": ""}).status_code == 400
    page = client.post(
        address, {"went_badly": "Geen vergunning.", "went_well": "De muziek."}, follow=True
    ).content.decode()
    assert "Geen vergunning." in page and "De muziek." in page
    client.post(f"{party.get_absolute_url()}staat/", {"state": "plan"})
    party.refresh_from_db()
    assert (party.state, party.went_badly) == ("plan", "Geen vergunning.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=party.pk).update(state="stopped", went_badly="")


def test_a_step_is_ticked_off_once(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    step = make_plans.step(party, partner=party.partners.first())
    stale = PlanStep.objects.get(pk=step.pk)
    plan_work.tick_off(SYSTEM, step)
    with pytest.raises(AlreadyDone, match="Iemand was je net voor"):
        plan_work.tick_off(SYSTEM, stale)
    address = f"{party.get_absolute_url()}stap/{step.pk}/klaar/"
    client = as_user(host)
    assert "Iemand was je net voor" in client.post(address, follow=True).content.decode()
    client.post(address, {"again": "1"})
    step.refresh_from_db()
    assert step.done_on is None and step.done_via == ""


def test_a_step_on_a_day_that_is_past_is_refused_beside_the_field(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    address = f"{party.get_absolute_url()}stap/"
    answer = as_user(host).post(address, {"text": "Bellen", "who": "", "due_on": "2020-01-01"})
    assert answer.status_code == 400 and "Deze dag is al voorbij." in answer.content.decode()


def test_six_cakes_of_which_four_are_promised_lack_two(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    cakes = make_plans.item(party, "taarten", 6)
    garden = party.partners.first()
    plan_work.pledge(SYSTEM, cakes, 4, Bringer(partner=garden), "a")
    page = as_user(host).get(party.get_absolute_url()).content.decode()
    assert "6 taarten" in page and "nog 2" in page
    with pytest.raises(ValidationError, match="Er zijn er nog 2 nodig"):
        plan_work.pledge(SYSTEM, cakes, 3, Bringer(), "b")
    plan_work.pledge(SYSTEM, cakes, 2, Bringer(), "c")
    assert plan_work.pledge(SYSTEM, cakes, 2, Bringer(), "c").number == 2  # the same form twice
    with pytest.raises(ValidationError, match="al genoeg van"):
        plan_work.pledge(SYSTEM, cakes, 1, Bringer(), "d")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanPledge.objects.create(item=cakes, number=1, form_key="e")
    assert sum(row.number for row in cakes.pledges.all()) == 6


def test_a_first_name_needs_a_yes_and_goes_without_a_trace(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(host), f"{party.get_absolute_url()}buur/"
    assert client.post(address, {"first_name": "Zonnetje", "part": ""}).status_code == 400
    client.post(address, {"first_name": "Zonnetje", "part": "taart", "has_agreed": "on"})
    person = party.people.get()
    step = make_plans.step(party, person=person)
    assert "Zonnetje" in Client().get(party.get_absolute_url()).content.decode()
    client.post(f"{address}{person.pk}/weg/")
    step.refresh_from_db()
    assert step.person is None
    assert "Zonnetje" not in str(list(TrailEntry.objects.values_list("changes", "target_label")))


def test_the_weaver_of_another_wijk_reads_and_does_not_change(
    party: Plan, weaver: User, as_user: Callable[[User], Client]
) -> None:
    client, page = as_user(weaver), party.get_absolute_url()
    assert client.get(page).status_code == 200
    assert client.post(f"{page}staat/", {"state": "busy"}).status_code == 403
    assert TrailEntry.objects.filter(is_refused=True).exists()


def test_what_a_keeper_does_is_a_sign_of_life(
    party: Plan, garden: Organisation, host: User, time_machine: Any
) -> None:
    PlanPartner.objects.update(last_sign_on=date(2026, 1, 1))
    PlanPartner.objects.update(listed_on=date(2026, 1, 1))
    today = timezone.localdate()
    assert PlanPartner.objects.silent(today).count() == 2
    plan_work.add_step(Actor(host), party, {"text": "Bellen"})
    assert [row.organisation.name for row in PlanPartner.objects.silent(today)] == ["De Keuken"]


def test_an_empty_list_says_how_to_begin(
    terms: None, stranger: Client, host: User, as_user: Callable[[User], Client]
) -> None:
    assert "Er is nog geen plan." in stranger.get("/plannen/").content.decode()
    assert "/plannen/nieuw/" in as_user(host).get("/plannen/").content.decode()
    assert "haal een keuze weg" in stranger.get("/plannen/?staat=done").content.decode().lower()


def test_first_names_go_when_their_time_is_over(
    party: Plan, garden: Organisation, time_machine: Any
) -> None:
    time_machine.move_to("2030-03-01 10:00:00", tick=False)
    person = plans.add_person(SYSTEM, party, "Zonnetje")
    cakes = make_plans.item(party)
    promise = plan_work.pledge(SYSTEM, cakes, 1, Bringer(first_name="Zonnetje"), "a")
    plans.move_on(SYSTEM, party, "busy")
    plans.move_on(SYSTEM, party, "done")
    for day, names in (("2030-03-30", 2), ("2030-04-01", 1), ("2031-02-28", 1), ("2031-03-02", 0)):
        time_machine.move_to(f"{day} 10:00:00", tick=False)
        daily()
        left = PlanPledge.objects.filter(pk=promise.pk, first_name="Zonnetje").count()
        assert (day, left + PlanPerson.objects.filter(pk=person.pk).count()) == (day, names)


def test_what_to_look_after_follows_from_what_belongs_to_the_plan(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    client, page = as_user(host), party.get_absolute_url()
    assert "Waar je aan moet denken" not in client.get(page).content.decode()
    plans.change_plan(SYSTEM, party, {"features": ["music"]})
    text = client.get(page).content.decode()
    assert "Auteurswet" in text and "Dit is geen juridisch advies." in text
    assert "Alcoholwet" not in text
    client.post(f"{page}geregeld/", {"key": "music-rights"})
    client.post(f"{page}geregeld/", {"key": "music-rights"})
    assert party.permits.get().key == "music-rights"
    client.post(f"{page}geregeld/", {"key": "music-rights", "again": "1"})
    assert not party.permits.exists()
    assert client.post(f"{page}geregeld/", {"key": "alcohol"}).status_code == 404


def test_every_thing_to_look_after_has_words_a_source_and_a_feature() -> None:
    rows = permits()
    assert len({row.key for row in rows}) == len(rows)
    for row in rows:
        assert {language for language, _text in row.texts} == {"nl", "en"}, row.key
        assert row.source.startswith("https://") and row.source_name
        assert row.features and set(row.features) <= set(FEATURES), row.key
    assert {feature for row in rows for feature in row.features} == set(FEATURES)


def test_the_example_shows_plans_in_several_states_marked_as_invented(
    noord: Area, tmp_path: Path, settings: Any
) -> None:
    make_register.organisation("De Lange Tafel")
    make_register.organisation("De Straat")
    (tmp_path / "plans.toml").write_text(
        '[[plans]]\ntitle = "Feest"\nwhy = "Leuk."\nkind = "party"\narea = "noord"\n'
        'days_ago = 90\nkeepers = ["De Lange Tafel", "De Straat", "Onbekend"]\n'
        'steps = [{ text = "Muziek", is_done = true }]\n'
        'items = [{ text = "taarten", amount = 6, promised = 4 }]\n'
        "states = { busy = 60, done = 40, celebrated = 38 }\n"
        'came = 10\nstory = "Mooi."\nwent_well = "Veel."\nwent_badly = "Niets."\n',
        encoding="utf-8",
    )
    settings.COALITION = replace(settings.COALITION, example=tmp_path / "organisations.csv")
    load_example_plans()
    plan = Plan.objects.get()
    assert plan.is_example and plan.state == "celebrated" and plan.partners.count() == 2
    assert [moment.state for moment in plan.moments.all()] == ["plan", "busy", "done", "celebrated"]
    assert "voorbeeld" in Client().get(plan.get_absolute_url()).content.decode()


def test_who_begins_a_like_plan_reads_what_others_learned(
    party: Plan, garden: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    plans.move_on(SYSTEM, party, "stopped", {"went_badly": "Te laat gevraagd."})
    like, other = make_plans.plan(garden), make_plans.plan(garden, kind="green")
    assert "Te laat gevraagd." in as_user(host).get(like.get_absolute_url()).content.decode()
    assert "Te laat gevraagd." not in as_user(host).get(other.get_absolute_url()).content.decode()
