"""Keepers change, merge, undo and put back; every change is told in words and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions import care, details
from knooppunt.directory.actions.merge import merge, undo_merge
from knooppunt.directory.actions.records import change
from knooppunt.directory.actions.revert import revert
from knooppunt.directory.models import Area, DuplicateCandidate, Organisation, Place, Theme
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def form(**values: Any) -> dict[str, Any]:
    return {"name": "De Tuin", "role": "initiative", **values}


def test_a_host_changes_her_own_record(
    garden: Organisation, host: User, as_user: LogIn, noord: Area
) -> None:
    client = as_user(host)
    answer = client.post(
        f"/beheer/organisaties/{garden.slug}/",
        form(
            name="De Groene Tuin",
            website="www.tuin.example",
            description_nl="<b>Kom</b> langs",
            areas=[noord.pk],
        ),
    )
    assert answer.status_code == 302
    garden.refresh_from_db()
    assert (garden.name, garden.website, garden.description) == (
        "De Groene Tuin",
        "https://www.tuin.example/",
        "Kom langs",
    )
    assert garden.slug == "de-tuin"


def test_a_wrong_form_keeps_what_was_typed(
    garden: Organisation, host: User, as_user: LogIn
) -> None:
    answer = as_user(host).post(
        f"/beheer/organisaties/{garden.slug}/",
        form(website="geen adres", description_nl="Mijn verhaal"),
    )
    page = answer.content.decode()
    assert answer.status_code == 400 and "Mijn verhaal" in page and "geen webadres" in page


def test_every_change_is_told_in_words_and_can_be_put_back(
    garden: Organisation, coordinator: User, as_user: LogIn, zuid: Area
) -> None:
    themes = [Theme.objects.get(slug="armoede")]
    change(
        SYSTEM,
        garden,
        {"name": "Anders", "areas": [zuid], "themes": themes, "descriptions": {"nl": "Nieuw"}},
    )
    client = as_user(coordinator)
    page = client.get(f"/beheer/organisaties/{garden.slug}/geschiedenis/").content.decode()
    assert (
        "<del>De Tuin</del>" in page and "<ins>Anders</ins>" in page and "<del>Noord</del>" in page
    )
    line = trail.of(garden).filter(verb="change").get()
    client.post(f"/beheer/organisaties/{garden.slug}/geschiedenis/{line.pk}/terug/")
    garden.refresh_from_db()
    assert (garden.name, garden.descriptions, [str(area) for area in garden.areas.all()]) == (
        "De Tuin",
        {},
        ["Noord"],
    )
    assert not garden.themes.exists()


def test_the_trail_hides_what_is_not_public(garden: Organisation) -> None:
    details.set_contacts(
        SYSTEM,
        garden,
        [("phone", "+31612345678", "", "keepers"), ("email", "info@tuin.example", "", "public")],
    )
    told = str(list(TrailEntry.objects.values_list("changes", flat=True)))
    assert "+31612345678" not in told and "info@tuin.example" in told


def test_two_records_become_one_and_two_again(
    garden: Organisation, garden_place: Place, noord: Area, zuid: Area
) -> None:
    double = make.organisation(
        "De Tuin in Noord", areas=[zuid], descriptions={"nl": "Beter verteld"}
    )
    network = make.network("Groen", [garden, double])
    other = make.network("Samen", [double])
    details.state_volunteers(SYSTEM, double, 7)
    care.flag_duplicates([(garden.pk, double.pk, "name")])
    line = merge(
        SYSTEM, garden, double, {"descriptions": double.descriptions, "areas": [noord, zuid]}
    )
    garden.refresh_from_db()
    assert garden.description == "Beter verteld" and garden.areas.count() == 2
    assert {row.network for row in garden.memberships.all()} == {network, other}
    assert garden.volunteer_statements.get().number == 7
    assert DuplicateCandidate.objects.get().state == "merged"
    assert (
        Client().get("/initiatieven/de-tuin-in-noord/").headers["Location"]
        == garden.get_absolute_url()
    )
    undo_merge(SYSTEM, line)
    for record in (garden, double):
        record.refresh_from_db()
    assert (garden.descriptions, garden.areas.count(), double.state) == ({}, 1, "public")
    assert {row.network for row in double.memberships.all()} == {network, other}
    assert not garden.volunteer_statements.exists() and double.volunteer_statements.exists()


def test_the_merge_page_compares_and_merges(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    make.organisation("Tuin De", website="https://tuin.example/")
    client = as_user(coordinator)
    assert (
        "https://tuin.example/"
        in client.get("/beheer/samenvoegen/de-tuin/tuin-de/").content.decode()
    )
    client.post("/beheer/samenvoegen/de-tuin/tuin-de/", {"website": "right", "areas": "both"})
    garden.refresh_from_db()
    assert garden.website == "https://tuin.example/" and garden.areas.count() == 1
    revert(SYSTEM, trail.of(garden).get(verb="merge"))
    assert Organisation.objects.get(slug="tuin-de").state == "public"


def test_a_weaver_changes_her_own_wijk_only(
    weaver: User, as_user: LogIn, zuid: Area, garden: Organisation
) -> None:
    mine = make.organisation("Zuidbank", areas=[zuid])
    client = as_user(weaver)
    assert (
        client.post(
            f"/beheer/organisaties/{mine.slug}/", form(name="Zuiderbank", areas=[zuid.pk])
        ).status_code
        == 302
    )
    assert (
        client.post(f"/beheer/organisaties/{garden.slug}/", form(name="Gekaapt")).status_code == 403
    )
    assert TrailEntry.objects.filter(is_refused=True, target_id=garden.pk).exists()


def test_a_host_cannot_take_over_somebody_elses_place(
    host: User, as_user: LogIn, garden: Organisation, noord: Area
) -> None:
    make.place("Andermans huis", host=make.organisation("Ander"))
    client = as_user(host)
    client.post(
        f"/beheer/organisaties/{garden.slug}/plek/", {"place": "Andermans huis", "role": "hosts"}
    )
    assert not garden.place_roles.exists()
    client.post(
        f"/beheer/organisaties/{garden.slug}/plek/", {"place": "Andermans huis", "role": "uses"}
    )
    assert garden.place_roles.get().role == "uses"


def test_a_representation_that_ended_opens_nothing(
    host: User, as_user: LogIn, garden: Organisation, coordinator: User
) -> None:
    row = garden.representations.get()
    as_user(coordinator).post(f"/beheer/vertegenwoordiger/{row.pk}/einde/")
    assert as_user(host).get(f"/beheer/organisaties/{garden.slug}/").status_code == 403


def test_somebody_reports_what_is_wrong_and_her_address_is_erased(
    garden: Organisation, stranger: Client, coordinator: User, as_user: LogIn, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00:00", tick=False)
    page = stranger.get("/meld/organisaties/de-tuin/").content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    sent = {
        "text": "De deur is dicht",
        "reply_address": "0612345678",
        "moment": moment,
        "nickname": "",
    }
    assert (
        stranger.post("/meld/organisaties/de-tuin/", sent).status_code == 400
    )  # within two seconds: a robot
    time_machine.move_to("2026-03-02 10:01:00", tick=False)
    assert (
        stranger.post("/meld/organisaties/de-tuin/", {**sent, "nickname": "robot"}).status_code
        == 400
    )
    assert stranger.post("/meld/organisaties/de-tuin/", sent).status_code == 200
    report = garden.problem_reports.get()
    client = as_user(coordinator)
    assert "De deur is dicht" in client.get("/beheer/").content.decode()
    client.post(f"/beheer/melding/{report.pk}/", {"state": "solved"})
    report.refresh_from_db()
    assert (report.state, report.reply_address) == ("solved", "")


def test_a_flood_of_reports_is_stopped(
    garden: Organisation, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00:00", tick=False)
    moment = (
        stranger.get("/meld/organisaties/de-tuin/")
        .content.decode()
        .split('name="moment" value="')[1]
        .split('"')[0]
    )
    time_machine.move_to("2026-03-02 10:00:30", tick=False)
    codes = [
        stranger.post("/meld/organisaties/de-tuin/", {"text": "x", "moment": moment}).status_code
        for _ in range(11)
    ]
    assert codes == [200] * 10 + [400]


def test_a_place_shows_its_photo_with_words(
    garden_place: Place, coordinator: User, as_user: LogIn, stranger: Client
) -> None:
    upload = SimpleUploadedFile("tuin.png", make.picture((40, 30)))
    as_user(coordinator).post(
        "/beheer/plekken/de-tuin/foto/", {"photo": upload, "alt": "Een hek met bloemen"}
    )
    assert 'alt="Een hek met bloemen"' in stranger.get("/plekken/de-tuin/").content.decode()
    answer = stranger.get("/plekken/de-tuin/foto.jpg")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/jpeg"


def test_a_photo_comes_in_the_width_of_the_screen(
    garden_place: Place, coordinator: User, as_user: LogIn, stranger: Client
) -> None:
    upload = SimpleUploadedFile("tuin.png", make.picture((900, 600)))
    as_user(coordinator).post(
        "/beheer/plekken/de-tuin/foto/", {"photo": upload, "alt": "Een hek met bloemen"}
    )
    assert "foto.jpg?breed=640 640w" in stranger.get("/plekken/").content.decode()
    small = stranger.get("/plekken/de-tuin/foto.jpg?breed=320")
    assert small.headers["Content-Type"] == "image/webp"
    with Image.open(BytesIO(small.content)) as image:
        assert image.format == "WEBP" and image.size == (320, 213)
    other = stranger.get("/plekken/de-tuin/foto.jpg?breed=99999", follow=True)
    assert other.headers["Content-Type"] == "image/jpeg"
