"""What is erased for good is asked once more, with a list of what goes; weavers erase only what is of their own area."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from knooppunt.agenda.actions import activities
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.core.models import TrailEntry
from knooppunt.core.trail import SYSTEM
from knooppunt.directory.models import Area, ContactPoint, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from knooppunt.voice.models import Signal
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
    assert as_user(weaver).post(address, form | SURE).status_code in (403, 404)
    page = as_user(host).post(address, form).content.decode()
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
