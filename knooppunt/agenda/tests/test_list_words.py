"""Words of a list of activities that nobody knows: asked once per source, and read so from then
on.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.actions import activities
from knooppunt.agenda.commands import COMMANDS
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.uploads import other_host, read_run, sheet, upload
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import ImportRun, ImportSource, ImportWord
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
LISTS = "/beheer/agenda-inlezen/"
HEADER = "naam;wanneer;organisator;klasse;plek;wijk;soort;thema;taal"
ROW = (
    "Soep;elke dinsdag 10-12;De Buurtjes;ons eigen volk;Het "
    "Zaaltje;Zuudje;pannetje;glitter;straattaal"
)
ROW_OF_KNOWN = "Thee;elke vrijdag 10-12;;;;;;;"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)


@pytest.fixture
def desk(as_user: AsUser, coordinator: User) -> Client:
    return as_user(coordinator)


def _field(page: str, word: str) -> str:
    """The name of the choice that asks about a word."""
    before = page.split(f"<strong>{word}</strong>")[0]
    return before.rsplit('for="id_', 1)[1].split('"')[0]


def _answer(client: Client, address: str, **given: str) -> Any:
    """Answer words on a page: a choice, or a name behind an @."""
    page = client.get(address).content.decode()
    answers = {}
    for word, answer in given.items():
        choice = _field(page, word.replace("_", " "))
        name = choice.replace("answer", "name")
        answers |= {name: answer[1:]} if answer.startswith("@") else {choice: answer}
    part = "" if "/bron/" in address else "woorden/"
    return client.post(f"{address}{part}", answers)


def _latest() -> tuple[ImportRun, str]:
    run = ImportRun.objects.latest("pk")
    return run, f"{LISTS}{run.pk}/"


def test_every_kind_of_word_is_asked_and_what_is_answered_is_read_so(
    zuid: Area, desk: Client, tmp_path: Path
) -> None:
    buren, zaal = make.organisation("De Buren"), make.place("De Zaal")
    path = sheet(tmp_path, HEADER, ROW, ROW_OF_KNOWN)
    upload(desk, path)
    run, address = _latest()
    page = desk.get(address).content.decode()
    words = ROW.split(";")[2:]
    assert [word for word in words if f"<strong>{word}</strong>" not in page] == []
    assert "De Buren" in page and '<datalist id="names-place">' in page
    answer = _answer(
        desk,
        address,
        De_Buurtjes="@De Buren",
        ons_eigen_volk="=local",
        Het_Zaaltje="@De Zaal",
        Zuudje=f"={zuid.slug}",
        pannetje="=groen",
        glitter="=armoede",
        straattaal="=nl",
    )
    assert answer["Location"] == f"{address}#woorden"
    assert "Wat is dit bij ons?" not in desk.get(address).content.decode()
    read_run(desk, run)
    activity = Activity.objects.get(name="Soep")
    organiser = activity.organisers.get()
    assert (organiser.organisation, organiser.group) == (buren, "local")
    assert [venue.place for venue in activity.venues.all()] == [zaal]
    assert activity.kind.slug == "groen" and activity.languages == ["nl"]  # type: ignore[union-attr]
    assert [theme.slug for theme in activity.themes.all()] == ["armoede"]
    assert activity.location == "Het Zaaltje" and run.findings == []
    # The next list of this source knows them, and the command too.
    other = sheet(tmp_path, HEADER, ROW.replace("Soep", "Stamppot"), name="b.csv")
    options = argparse.ArgumentParser()
    command = next(command for command in COMMANDS if command.name == "import agenda")
    command.configure(options)
    name = ImportSource.objects.get().name
    assert command.run(options.parse_args([str(other), "--source", name])) == 0
    assert Activity.objects.get(name="Stamppot").organisers.get().organisation == buren


def test_a_word_answered_after_reading_fills_in_the_same_list(
    terms: None, desk: Client, tmp_path: Path
) -> None:
    buren = make.organisation("De Buren")
    upload(desk, sheet(tmp_path, HEADER, ROW))
    run, address = _latest()
    assert read_run(desk, run).counts["created"] == 1
    activity = Activity.objects.get()
    assert activity.organisers.get().name == "De Buurtjes" and activity.categories
    _answer(desk, address, De_Buurtjes="@De Buren", ons_eigen_volk="=local", pannetje="=groen")
    assert read_run(desk, run).counts["updated"] == 1
    activity.refresh_from_db()
    organiser = activity.organisers.get()
    assert (organiser.organisation, organiser.group) == (buren, "local")
    assert activity.kind.slug == "groen"  # type: ignore[union-attr]
    assert read_run(desk, run).counts["unchanged"] == 1
    # Taken back, it is a name again, and asked again.
    source = ImportSource.objects.get()
    _answer(desk, f"{LISTS}bron/{source.pk}/", De_Buurtjes="")
    page = desk.get(f"{LISTS}bron/{source.pk}/").content.decode()
    choice = _field(page, "De Buurtjes")
    desk.post(f"{LISTS}bron/{source.pk}/", {choice: "", choice.replace("answer", "name"): ""})
    assert not ImportWord.objects.filter(field="organiser").exists()
    read_run(desk, run)
    assert activity.organisers.get().name == "De Buurtjes"


def test_what_a_person_changed_is_left_alone_by_an_answer(
    terms: None, desk: Client, tmp_path: Path, coordinator: User
) -> None:
    make.organisation("De Buren")
    own = make.organisation("De Soepclub")
    upload(desk, sheet(tmp_path, HEADER, ROW))
    run, address = _latest()
    read_run(desk, run)
    activity = Activity.objects.get()
    who = [activities.Organising(own, "", "paid")]
    activities.change(Actor(coordinator), activity, {"organisers": who})
    _answer(desk, address, De_Buurtjes="@De Buren", pannetje="=groen")
    read_run(desk, run)
    activity.refresh_from_db()
    assert activity.organisers.get().organisation == own
    assert activity.kind.slug == "groen"  # type: ignore[union-attr]


def test_what_stays_text_or_is_left_out_is_asked_no_more(
    terms: None, desk: Client, tmp_path: Path
) -> None:
    upload(desk, sheet(tmp_path, HEADER, ROW))
    run, address = _latest()
    _answer(
        desk,
        address,
        De_Buurtjes="text",
        ons_eigen_volk="skip",
        Het_Zaaltje="skip",
        Zuudje="text",
        pannetje="text",
        glitter="skip",
        straattaal="text",
    )
    read_run(desk, run)
    activity = Activity.objects.get()
    assert run.findings == [] and activity.organisers.get().name == "De Buurtjes"
    assert activity.categories == ["pannetje"] and activity.location == ""
    assert activity.kept == {"area": "Zuudje", "languages": "straattaal"}


def test_a_word_of_more_places_is_asked_which(terms: None, desk: Client, tmp_path: Path) -> None:
    first, second = make.place("De Zaal"), make.place("De Zaal")
    upload(desk, sheet(tmp_path, HEADER, ROW))
    run, address = _latest()
    answer = _answer(desk, address, Het_Zaaltje="@De Zaal", glitter="=armoede")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert first.slug in page and second.slug in page
    # What she answered beside it is not lost.
    assert 'value="=armoede" selected' in page and not ImportWord.objects.exists()
    _answer(desk, address, Het_Zaaltje=f"@{second.slug}")
    read_run(desk, run)
    assert [venue.place for venue in Activity.objects.get().venues.all()] == [second]


def test_a_host_who_answers_after_reading_puts_her_own_proposal_in_the_agenda(
    terms: None, as_user: AsUser, tmp_path: Path, coordinator: User
) -> None:
    organisation = make.organisation("Soepclub")
    host = as_user(other_host(organisation))
    upload(host, sheet(tmp_path, HEADER, ROW), organisation=organisation.pk)
    run, address = _latest()
    read_run(host, run)
    activity = Activity.objects.get()
    assert activity.state == "draft"
    _answer(host, address, De_Buurtjes="@Soepclub")
    assert read_run(host, run).counts["updated"] == 1
    activity.refresh_from_db()
    assert activity.is_open_to_all
    assert activity.organisers.get().organisation == organisation
    # What somebody took out of the agenda is not put back by a list.
    activities.show(Actor(coordinator), activity, "draft")
    _answer(host, f"{LISTS}bron/{ImportSource.objects.get().pk}/", De_Buurtjes="text")
    read_run(host, run)
    activity.refresh_from_db()
    assert activity.state == "draft"


def test_a_host_answers_for_her_own_list_and_what_becomes_of_another_waits(
    terms: None, as_user: AsUser, tmp_path: Path
) -> None:
    clients, organisations = [], []
    for name in ("Soepclub", "Broodclub"):
        organisation: Organisation = make.organisation(name)
        clients.append(as_user(other_host(organisation, f"{organisation.slug}@example.org")))
        organisations.append(organisation)
        upload(clients[-1], sheet(tmp_path, HEADER, ROW), organisation=organisation.pk)
    first, second = ImportRun.objects.order_by("pk")
    address = f"{LISTS}{first.pk}/"
    _answer(clients[0], address, De_Buurtjes="@Soepclub", pannetje="=groen")
    assert "pannetje" in clients[1].get(f"{LISTS}{second.pk}/").content.decode()
    assert clients[1].post(f"{address}woorden/", {}).status_code == 404
    source = ImportSource.objects.get()
    assert clients[1].post(f"{LISTS}bron/{source.pk}/", {"answer_0": ""}).status_code == 404
    read_run(clients[0], first)
    assert Activity.objects.get().is_open_to_all
    _answer(clients[0], f"{LISTS}bron/{source.pk}/", De_Buurtjes="@Broodclub")
    read_run(clients[0], first)
    activity = Activity.objects.get()
    assert activity.organisers.as_of(activity.listed_on).get().organisation == organisations[1]
    assert activity.state == "draft"
