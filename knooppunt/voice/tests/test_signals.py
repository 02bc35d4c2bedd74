"""Signals of residents: said without account, read by few, erased with their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User
from knooppunt.voice.actions import points, signals
from knooppunt.voice.models import Evidence, Signal
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_a_resident_says_something_without_account_and_sees_what_became_of_it(
    noord: Area, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    page = stranger.get("/signaal/").content.decode()
    made = page.split('name="moment" value="')[1].split('"')[0]
    time_machine.shift(5)
    answer = stranger.post(
        "/signaal/",
        {
            "moment": made,
            "text": "<b>Geen bankje</b> <script>x</script>",
            "reply_via": "email",
            "area": noord.pk,
        },
    )
    assert (
        answer.status_code == 400
        and "Naar welk adres" in answer.content.decode()
        and "Geen bankje" in answer.content.decode()
    )
    answer = stranger.post(
        "/signaal/",
        {
            "moment": made,
            "text": "<b>Geen bankje</b> <script>x</script>",
            "reply_via": "none",
            "area": noord.pk,
        },
    )
    said = Signal.objects.get()
    assert (
        said.text == "Geen bankje" and said.code in answer.content.decode() and not answer.cookies
    )
    status = stranger.get(
        said.get_absolute_url().lower().replace("/signaal/", "/signaal/")
    ).content.decode()
    assert "goed aangekomen" in status and "Geen bankje" not in status
    signals.join(SYSTEM, said, make.point())
    assert (
        "Een bankje bij de tuin" in stranger.get(said.get_absolute_url() + "?na").content.decode()
    )
    signals.lay_aside(SYSTEM, said, "Dit hoort bij de woningcorporatie.")
    page_cache.forget()
    assert "woningcorporatie" in stranger.get(said.get_absolute_url() + "?nog").content.decode()
    assert stranger.get("/signaal/XXX-XXXX/").status_code == 404


def test_many_signals_from_one_address_are_slowed_down(stranger: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 10:05:00", tick=False)  # all within one hour of the clock
    made = (
        stranger.get("/signaal/").content.decode().split('name="moment" value="')[1].split('"')[0]
    )
    time_machine.shift(5)
    found = [
        stranger.post(
            "/signaal/", {"moment": made, "text": f"Nummer {n}", "reply_via": "none"}
        ).status_code
        for n in range(12)
    ]
    assert found == [200] * 10 + [400] * 2 and Signal.objects.count() == 10


def test_a_signal_raises_no_stamp_for_the_pages_of_others(stranger: Client, noord: Area) -> None:
    make.point()
    before = stranger.get("/punten/").headers["ETag"]
    make.signal(area=noord)
    assert stranger.get("/punten/", HTTP_IF_NONE_MATCH=before).status_code == 304


def test_a_weaver_reads_only_the_signals_of_her_wijken(
    noord: Area, zuid: Area, weaver: User, as_user: Callable[[User], Client]
) -> None:
    make.signal("Uit Noord", area=noord)
    make.signal("Uit Zuid", area=zuid)
    make.signal("Van ergens")
    page = as_user(weaver).get("/beheer/signalen/").content.decode()
    assert "Uit Zuid" in page and "Van ergens" in page and "Uit Noord" not in page


def test_a_signal_is_erased_with_its_words() -> None:
    said = make.signal("Buurman Jansen drinkt.")
    signals.erase(SYSTEM, said)
    assert not Signal.objects.exists() and "Jansen" not in repr(list(TrailEntry.objects.values()))


def test_a_number_of_the_site_becomes_a_signal_and_bears_a_point_out(
    garden: Organisation, noord: Area, stranger: Client
) -> None:
    said = signals.from_figure(SYSTEM, "initiatives", TODAY(), noord, "Zo weinig.")
    assert said.text == "Initiatieven: 1 (Noord). Zo weinig." and said.figure_value == 1
    one = make.point()
    points.add_figure(SYSTEM, one, "initiatives", TODAY(), noord)
    make_register.organisation("Nog een", areas=[noord])
    assert Evidence.objects.get().value == 1  # as it was counted on its day
    page = stranger.get(one.get_absolute_url()).content.decode()
    assert f'href="/cijfers/initiatives/?op={TODAY():%Y-%m-%d}&amp;wijk=noord"' in page
    with pytest.raises(ValidationError):
        points.add_figure(SYSTEM, one, "onzin", TODAY(), None)


def test_who_weaves_only_a_network_reads_no_signals_of_residents(
    noord: Area, garden: Organisation, as_user: Callable[[User], Client]
) -> None:
    user = User.objects.create_user("network@example.org")
    make_register.network("De Ring", [garden]).weavers.create(user=user, since=TODAY())
    said = make.signal("Uit Noord", area=noord)
    desk = as_user(user)
    assert (
        "Uit Noord" not in desk.get("/beheer/signalen/").content.decode()
        and "Uit Noord" not in desk.get("/beheer/").content.decode()
    )
    assert "Uit Noord" not in desk.get(f"/punten/nieuw/?signaal={said.pk}").content.decode()
    assert (
        desk.get(f"/beheer/signalen/{said.pk}/").status_code == 404
        and desk.post(f"/beheer/signalen/{said.pk}/wis/").status_code == 404
    )
