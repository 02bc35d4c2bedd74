"""Steps are ticked off and things brought by a signed link, without an account, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.dreams.actions import plan_links, plans
from knooppunt.dreams.models import Plan, PlanItem, PlanStep
from knooppunt.dreams.tests import make_plans
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(garden: Organisation, noord: Area) -> Plan:
    return make_plans.plan(garden, make_register.organisation("De Keuken"), area=noord)


@pytest.fixture
def step(party: Plan) -> PlanStep:
    return make_plans.step(party, "Vergunning vragen")


@pytest.fixture
def cakes(party: Plan) -> PlanItem:
    return make_plans.item(party, "taarten", 3)


def test_opening_the_link_changes_nothing_and_the_button_ticks_off_once(
    step: PlanStep, stranger: Client
) -> None:
    address = f"/plan-stap/{plan_links.step_link(step)}/"
    page = stranger.get(address)
    assert page.status_code == 200 and not page.cookies
    step.refresh_from_db()
    assert step.done_on is None
    assert "Dank je wel." in stranger.post(address).content.decode()
    step.refresh_from_db()
    assert step.done_on and step.done_via == "link"
    again = Client().post(address).content.decode()
    assert (
        "Iemand was je net voor: dit is al afgevinkt." in again
        and "<button" not in (again.split("<main")[1].split("</main>")[0])
    )


def test_a_withdrawn_forged_or_old_link_says_so(
    step: PlanStep,
    stranger: Client,
    host: User,
    as_user: Callable[[User], Client],
    time_machine: Any,
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    address = f"/plan-stap/{plan_links.step_link(step)}/"
    keeper, give = as_user(host), f"{step.plan.get_absolute_url()}stap/{step.pk}/link/"
    assert plan_links.step_link(step) in keeper.get(give).content.decode()
    keeper.post(give)
    for link in (address, "/plan-stap/bedacht/"):
        for answer in (stranger.get(link), stranger.post(link)):
            assert answer.status_code == 410
            assert "Deze link werkt niet meer" in answer.content.decode()
    step.refresh_from_db()
    assert step.done_on is None
    fresh = f"/plan-stap/{plan_links.step_link(step)}/"
    assert stranger.get(fresh).status_code == 200
    time_machine.move_to("2030-05-04 10:00:00", tick=False)
    assert stranger.get(fresh).status_code == 410


def test_a_link_of_a_plan_that_is_over_says_so(step: PlanStep, stranger: Client) -> None:
    plans.move_on(SYSTEM, step.plan, "stopped", {"went_badly": "Regen."})
    assert stranger.post(f"/plan-stap/{plan_links.step_link(step)}/").status_code == 410
    assert stranger.get(f"/plan-brengt/{plan_links.bring_link(step.plan)}/").status_code == 410


def sent(client: Client, address: str, time_machine: Any, item: PlanItem, **said: Any) -> Any:
    """Open the list, wait as a person does, and send the form."""
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    page = client.get(address).content.decode()
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("moment", "form_key")
    }
    time_machine.move_to("2030-03-04 10:01:00", tick=False)
    form = {"item": item.pk, "number": 2, "first_name": "", "nickname": "", **hidden, **said}
    return form, client.post(address, form)


def test_two_people_with_one_link_do_not_bring_the_same(
    cakes: PlanItem, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    address = f"/plan-brengt/{plan_links.bring_link(cakes.plan)}/"
    form, first = sent(stranger, address, time_machine, cakes)
    assert "Je brengt mee: 2 taarten." in first.content.decode()
    # The same form once more is the same promise.
    assert stranger.post(address, form).status_code == 200
    assert cakes.pledges.count() == 1
    _form, second = sent(Client(), address, time_machine, cakes)
    assert second.status_code == 400
    assert "Er is er nog 1 nodig. Vul een kleiner aantal in." in second.content.decode()
    _form, third = sent(Client(), address, time_machine, cakes, number=1)
    assert third.status_code == 200
    page = Client().get(address).content.decode()
    assert "Alles is er al. Kom gewoon mee vieren." in page
    late = Client().post(address, {**form, "form_key": "x", "number": 1})
    assert late.status_code == 400 and "hier is al genoeg van" in late.content.decode()


def test_a_first_name_stands_on_the_list_only_with_a_yes_and_can_be_taken_back(
    cakes: PlanItem, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    address = f"/plan-brengt/{plan_links.bring_link(cakes.plan)}/"
    _form, refused = sent(stranger, address, time_machine, cakes, first_name="Zonnetje")
    assert refused.status_code == 400 and 'value="Zonnetje"' in refused.content.decode()
    _form, taken = sent(
        stranger, address, time_machine, cakes, first_name="Zonnetje", has_agreed="on"
    )
    plan_page = cakes.plan.get_absolute_url()
    assert "Zonnetje" in Client().get(plan_page).content.decode()
    back = (
        "/plan-brengt-niet/" + taken.content.decode().split("/plan-brengt-niet/")[1].split('"')[0]
    )
    assert stranger.get(back).status_code == 200 and cakes.pledges.count() == 1
    assert "Het staat weer open" in stranger.post(back).content.decode()
    assert cakes.pledges.count() == 0 and stranger.get(back).status_code == 410
