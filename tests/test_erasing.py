"""What is erased for good is asked once more, with a list of what goes; weavers erase only what
is of their own area.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.actions import activities
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.decisions.actions import mandates
from knooppunt.decisions.models import Proposal
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions import details
from knooppunt.directory.models import Area, ContactPoint, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from knooppunt.voice.actions import points
from knooppunt.voice.models import Point, Signal
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
Log = Callable[[User], Client]
SURE = {"sure": "1"}


def test_an_account_is_erased_after_a_second_yes(
    host: User, coordinator: User, as_user: Log
) -> None:
    desk, address = as_user(coordinator), f"/beheer/mensen/{host.pk}/wis/"
    page = desk.post(address).content.decode()
    assert "host@example.org" in page and "Vertegenwoordigt De Tuin" in page
    assert User.objects.filter(pk=host.pk).exists()
    desk.post(address, SURE)
    assert not User.objects.filter(pk=host.pk).exists()


def test_a_contact_point_is_erased_after_a_second_yes(
    garden: Organisation, host: User, as_user: Log
) -> None:
    point = ContactPoint.objects.create(organisation=garden, type="phone", value="010 1234567")
    address = f"/beheer/organisaties/{garden.slug}/contact/{point.pk}/weg/"
    assert "010 1234567" in as_user(host).post(address).content.decode()
    assert ContactPoint.objects.exists()
    as_user(host).post(address, SURE)
    assert not ContactPoint.objects.exists()


def test_days_with_other_hours_are_erased_after_a_second_yes(
    garden_place: Place, host: User, as_user: Log
) -> None:
    row = details.add_exception(
        SYSTEM, garden_place, date(2026, 12, 24), date(2026, 12, 27), reason="Kerst"
    )
    address = f"/beheer/plekken/{garden_place.slug}/afwijkend/{row.pk}/weg/"
    page = as_user(host).post(address).content.decode()
    assert "24 december 2026 – 27 december 2026" in page and "Kerst" in page
    assert garden_place.exceptions.exists()
    as_user(host).post(address, SURE)
    assert not garden_place.exceptions.exists()


def test_a_signal_is_erased_by_the_weaver_of_its_wijk_after_a_second_yes(
    noord: Area, zuid: Area, weaver: User, as_user: Log
) -> None:
    desk = as_user(weaver)
    nowhere = make_voice.signal("Van nergens")
    own = make_voice.signal("Uit Zuid", area=zuid)
    refused = desk.post(f"/beheer/signalen/{nowhere.pk}/wis/", SURE)
    assert refused.status_code == 403
    assert TrailEntry.objects.filter(is_refused=True, actor=weaver).exists()
    assert "Wis dit signaal" not in desk.get(f"/beheer/signalen/{nowhere.pk}/").content.decode()
    assert "Uit Zuid" in desk.post(f"/beheer/signalen/{own.pk}/wis/").content.decode()
    assert Signal.objects.count() == 2
    desk.post(f"/beheer/signalen/{own.pk}/wis/", SURE)
    assert list(Signal.objects.all()) == [nowhere]


def test_an_activity_is_erased_by_its_organiser_after_a_second_yes(
    gardening: Activity, host: User, weaver: User, as_user: Log
) -> None:
    activities.show(SYSTEM, gardening, "archived")
    address, form = f"{gardening.get_absolute_url()}staat/", {"state": "erase"}
    assert as_user(weaver).post(address, form | SURE).status_code == 404
    page = " ".join(as_user(host).post(address, form).content.decode().split())
    assert "Tuinochtend" in page and 'name="state" value="erase"' in page
    assert Activity.objects.exists()
    as_user(host).post(address, form | SURE)
    assert not Activity.objects.exists()


def test_a_weaver_erases_no_activity_that_is_partly_elsewhere(
    garden: Organisation, garden_place: Place, zuid: Area, weaver: User, as_user: Log
) -> None:
    hall = make.place("De Zaal", longitude=4.05, latitude=51.95)
    here = make_agenda.activity("In Zuid", place=hall, organiser=garden)
    both = make_agenda.activity("In beide", place=garden_place, organiser=garden)
    both.areas.add(zuid)
    for one, status in ((both, 403), (here, 302)):
        activities.show(SYSTEM, one, "archived")
        answer = as_user(weaver).post(
            f"{one.get_absolute_url()}staat/", {"state": "erase", "sure": "1"}
        )
        assert answer.status_code == status, one
    assert [one.name for one in Activity.objects.all()] == ["In beide"]


def test_an_activity_shows_the_button_only_to_who_may_erase_it(
    garden: Organisation, garden_place: Place, zuid: Area, weaver: User, host: User, as_user: Log
) -> None:
    both = make_agenda.activity("In beide", place=garden_place, organiser=garden)
    both.areas.add(zuid)
    activities.show(SYSTEM, both, "archived")
    pages = [as_user(user).get(both.get_absolute_url()).content.decode() for user in (weaver, host)]
    assert ["Wis voorgoed" in page for page in pages] == [False, True]


def tell_story(point: Point) -> Any:
    """A story at a point."""
    values = {
        "text": "Ik kan nergens zitten.",
        "consent_on": point.listed_on,
        "consent_until": None,
    }
    return points.add_story(SYSTEM, point, values)


def parts_of_points(garden: Organisation) -> dict[str, str]:
    """The addresses at which a part of a point or delegate is erased, by what the question
    names.
    """
    point = make_voice.point()
    story = tell_story(point)
    speaker = make_decisions.mandate(garden).delegate
    hat = mandates.declare_hat(SYSTEM, speaker, {"text": "Zit in de raad"})
    return {
        "Ik kan nergens zitten.": f"{point.get_absolute_url()}bewijs/{story.pk}/weg/",
        "Zit in de raad": f"{speaker.get_absolute_url()}pet/{hat.pk}/weg/",
    }


def test_parts_of_points_and_delegates_ask_once_more(
    garden: Organisation, coordinator: User, as_user: Log
) -> None:
    desk = as_user(coordinator)
    for words, address in parts_of_points(garden).items():
        asked = desk.post(address)
        assert asked.status_code == 200 and words in asked.content.decode(), address
        assert desk.post(address, SURE).status_code == 302, address
        assert desk.post(address, SURE).status_code == 404, address
    point = Point.objects.get(title="Een bankje bij de tuin")
    assert not point.evidence.exists()


def test_a_weaver_erases_no_story_of_a_point_that_is_also_about_another_wijk(
    noord: Area, zuid: Area, weaver: User, as_user: Log
) -> None:
    desk = as_user(weaver)
    for areas, status in (([noord, zuid], 403), ([zuid], 302)):
        point = make_voice.point(f"Over {len(areas)}", areas=areas)
        story = tell_story(point)
        can_erase = "Haal weg" in desk.get(point.get_absolute_url()).content.decode()
        answer = desk.post(f"{point.get_absolute_url()}bewijs/{story.pk}/weg/", SURE)
        assert (answer.status_code, can_erase) == (status, status == 302)


def test_taking_a_proposal_back_asks_once_more(
    garden: Organisation, coordinator: User, as_user: Log
) -> None:
    one = make_decisions.proposal(is_open=False, entered_by=coordinator)
    desk, address = as_user(coordinator), f"{one.get_absolute_url()}trek-in/"
    assert one.title in desk.post(address).content.decode()
    assert Proposal.objects.exists()
    desk.post(address, SURE)
    assert not Proposal.objects.exists()
