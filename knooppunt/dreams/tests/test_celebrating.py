"""A plan ends in a party that is told: a day, how many came, a story, photos with leave, thanks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.dreams.actions import plan_ties, plans
from knooppunt.dreams.models import Plan, PlanPartner
from knooppunt.dreams.plan_figures import FIGURES_OF_PLANS
from knooppunt.dreams.tests import make_plans
from knooppunt.people.models import User
from knooppunt.report.models import Story

pytestmark = pytest.mark.django_db
STORY = "Iedereen kwam. Er was muziek. Volgend jaar weer."


@pytest.fixture
def party(garden: Organisation, noord: Area) -> Plan:
    """A plan that is done."""
    plan = make_plans.plan(garden, make_register.organisation("De Keuken"), area=noord)
    plans.move_on(SYSTEM, plan, "busy")
    return plans.move_on(SYSTEM, plan, "done")


def celebrated(client: Client, plan: Plan, **said: Any) -> Any:
    """Tell how it was."""
    form = {
        "celebrated_on": timezone.localdate().isoformat(),
        "came": "120",
        "story": STORY,
        "went_well": "De muziek.",
        "went_badly": "Te weinig stoelen.",
        **said,
    }
    return client.post(f"{plan.get_absolute_url()}vier/", form, follow=True)


def photo(size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    raw = BytesIO()
    Image.new("RGB", size, "orange").save(raw, "JPEG")
    return SimpleUploadedFile("feest.jpg", raw.getvalue(), "image/jpeg")


def test_it_is_told_with_thanks_and_offered_to_the_report(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    plans.add_person(SYSTEM, party, "Zonnetje")
    celebrated(as_user(host), party, may_tell="on")
    page = Client().get(party.get_absolute_url()).content.decode()
    assert "er kwamen 120 mensen" in page and STORY in page
    assert "De Keuken" in page and "Zonnetje" in page and "Te weinig stoelen." in page
    story = Story.objects.get()
    assert (story.text, story.state, story.area) == (STORY, Story.State.NEW, party.area)
    # Mending the story does not offer it twice.
    celebrated(as_user(host), party, came="130", may_tell="on")
    assert Story.objects.count() == 1
    party.refresh_from_db()
    assert party.came == 130 and party.moments.filter(state="celebrated").count() == 1


def test_a_day_that_is_still_to_come_is_refused_and_nothing_is_lost(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = celebrated(as_user(host), party, celebrated_on=tomorrow.isoformat())
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Deze dag moet nog komen. Vier het eerst." in page and STORY in page


def test_a_photo_needs_a_yes_of_everybody_and_is_drawn_anew(
    party: Plan, host: User, as_user: Callable[[User], Client]
) -> None:
    client, address = as_user(host), f"{party.get_absolute_url()}foto/"
    assert client.get(address).status_code == 404  # not celebrated yet
    celebrated(client, party)
    said = {"alt": "Buren aan een lange tafel"}
    assert client.post(address, {**said, "photo": photo()}).status_code == 400
    bad = SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg")
    refused = client.post(address, {**said, "photo": bad, "has_agreed": "on"})
    assert refused.status_code == 400 and "geen foto die we kunnen lezen" in (
        refused.content.decode()
    )
    client.post(address, {**said, "photo": photo(), "has_agreed": "on"})
    row = party.photos.get()
    shown = Client().get(f"{address}{row.pk}.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    assert "Buren aan een lange tafel" in Client().get(party.get_absolute_url()).content.decode()
    client.post(f"{address}{row.pk}/weg/")
    assert not party.photos.exists()


def test_the_numbers_are_those_of_their_lists_on_each_day(
    party: Plan, host: User, as_user: Callable[[User], Client], noord: Area, zuid: Area
) -> None:
    figures = {figure.key: figure for figure in FIGURES_OF_PLANS}
    today = timezone.localdate()

    def count(key: str, area: Area | None = None, day: date = today) -> int:
        return len(figures[key].items(day, area))

    make_plans.plan(title="Een moestuin")
    assert (count("plans"), count("plans_done"), count("plans_celebrated")) == (1, 1, 0)
    celebrated(as_user(host), party)
    assert (count("plans_done", noord), count("plans_celebrated", noord)) == (1, 1)
    assert count("plans_celebrated", zuid) == 0
    assert count("plans_done", day=date(2020, 1, 1)) == 0


def test_parties_of_the_area_stand_on_one_printable_list(
    party: Plan, garden_place: Place, stranger: Client, time_machine: Any
) -> None:
    assert "Er staat nog geen feest" in stranger.get("/plannen/feesten/").content.decode()
    said = {
        "starts_on": timezone.localdate(),
        "starts_at": timezone.now().time().replace(hour=15, minute=0),
        "minutes": 60,
        "place": garden_place,
    }
    plan_ties.add_date(SYSTEM, party, said)
    assert "Een straatfeest" in stranger.get("/plannen/feesten/").content.decode()
    assert "Een straatfeest" in stranger.get("/plannen/feesten/?wijk=noord").content.decode()
    assert "Een straatfeest" not in stranger.get("/plannen/feesten/?wijk=zuid").content.decode()


def test_who_was_asked_and_who_was_silent_finds_that_on_the_desk(
    garden: Organisation, host: User, as_user: Callable[[User], Client], time_machine: Any
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    plan = make_plans.plan(make_register.organisation("De Keuken"))
    PlanPartner.objects.create(plan=plan, organisation=garden)
    client = as_user(host)
    desk = client.get("/beheer/").content.decode()
    assert "De Tuin: doen jullie mee met ‘Een straatfeest’?" in desk
    row = plan.partners.get(organisation=garden)
    client.post(f"{plan.get_absolute_url()}organisatie/{row.pk}/", {"act": "ja"})
    plans.make_keeper(SYSTEM, PlanPartner.objects.get(pk=row.pk))
    assert "nog door?" not in client.get("/beheer/").content.decode()
    time_machine.move_to("2030-04-15 10:00:00", tick=False)
    assert "De Tuin: gaat ‘Een straatfeest’ nog door?" in client.get("/beheer/").content.decode()
    client.post(f"{plan.get_absolute_url()}organisatie/{row.pk}/", {"act": "gaat-door"})
    assert "nog door?" not in client.get("/beheer/").content.decode()


def test_who_came_in_the_register_later_is_thanked_for_a_party_of_before(party: Plan) -> None:
    party.moments.update(on=date(2020, 5, 1))
    page = Client().get(party.get_absolute_url()).content.decode()
    assert "De Tuin" in page and "De Keuken" in page
