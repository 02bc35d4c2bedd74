"""A list or calendar that is sent in on the site: kept, looked at, and read in by the worker;
each host for her own.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.commands import COMMANDS
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.uploads import calendar, event, other_host, read_run, sheet, upload
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.tasks import run_import
from knooppunt.directory.actions.merge import merge
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
LISTS = "/beheer/agenda-inlezen/"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _host(as_user: AsUser, name: str) -> tuple[Client, Organisation]:
    """A host of a new organisation, and that organisation."""
    organisation = make.organisation(name)
    mail = f"{organisation.slug}@example.org"
    return as_user(other_host(organisation, mail)), organisation


def _run(client: Client) -> tuple[ImportRun, str]:
    """The list that came in last, and its page."""
    run = ImportRun.objects.latest("pk")
    return run, f"{LISTS}{run.pk}/"


def test_a_list_is_kept_looked_at_and_read_in_by_the_worker(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    path = sheet(
        tmp_path, "naam,wanneer,Kleur", "Soep,elke dinsdag 10-12,rood", name="Agenda 1.csv"
    )
    answer = upload(host, path, organisation=organisation.pk)
    run, address = _run(host)
    assert answer.status_code == 302 and answer["Location"] == address
    page = _page(host, address)
    assert "bijvoorbeeld: Soep" in page and "bijvoorbeeld: rood" in page and "Van Soepclub" in page
    assert not Activity.objects.exists()
    columns = {"column_0": "name", "column_1": "when", "column_2": "note"}
    assert host.post(address, columns)["Location"] == f"{address}#woorden"
    ImportRun.objects.update(state="queued")
    assert 'http-equiv="refresh"' in _page(host, address)
    run_import.call(run.pk)
    assert "De lijst is ingelezen" in _page(host, address)
    activity = Activity.objects.get()
    assert (activity.name, activity.note) == ("Soep", "rood")
    assert activity.organisers.get().organisation == organisation and activity.is_open_to_all
    report = host.get(f"{address}verslag.csv")
    assert b"created" in b"".join(report.streaming_content)  # type: ignore[attr-defined]
    # The next list of this name is read as this one, and doubles nothing.
    upload(
        host,
        sheet(tmp_path, "naam,wanneer,Kleur", "Soep,elke dinsdag 10-12,rood", name="Agenda 2.csv"),
        organisation=organisation.pk,
    )
    again, _address = _run(host)
    assert again.source == ImportSource.objects.get()
    assert again.mapping["Kleur"] == "note"
    assert read_run(host, again).counts == {"unchanged": 1}


def test_the_sheet_and_the_row_of_headings_are_chosen_from_what_the_file_holds(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "agenda.xlsx"
    book.remove(book.active)
    for month in ("januari", "februari"):
        page = book.create_sheet(month)
        page.append(["wanneer", "naam"])
        page.append(["voorbeeld", "zo vul je het in"])
        page.append(["naam", "wanneer"])
        page.append([f"Soep in {month}", f"10 {month} 2027 12-14"])
    book.save(path)
    host, organisation = _host(as_user, "Soepclub")
    upload(host, path, organisation=organisation.pk)
    run, address = _run(host)
    shown = _page(host, address)
    assert "alleen februari" in shown and "regel 3: naam, wanneer" in shown
    host.post(f"{address}bladen/", {"sheet": "februari", "header_row": "3"})
    read_run(host, run)
    rows = Activity.objects.values_list("name", "starts_on")
    assert {name: str(day) for name, day in rows} == {"Soep in februari": "2027-02-10"}


@pytest.mark.parametrize("chosen", [{"header_row": "900"}, {"sheet": "maart"}])
def test_a_row_or_sheet_that_is_not_there_is_refused_with_a_sentence(
    as_user: AsUser, tmp_path: Path, terms: None, chosen: dict[str, str]
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    book, path = openpyxl.Workbook(), tmp_path / "agenda.xlsx"
    for month in ("januari", "februari"):
        page = book.create_sheet(month)
        page.append(["naam", "wanneer"])
        page.append(["Soep", f"10 {month} 2027 12-14"])
    book.save(path)
    upload(host, path, organisation=organisation.pk)
    run, address = _run(host)
    answer = host.post(f"{address}bladen/", chosen, follow=True)
    assert "Kies één van de" in answer.content.decode()
    run.refresh_from_db()
    assert (run.sheet, run.header_row) == ("", 0)


def test_the_same_finding_of_many_rows_is_read_once(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    rows = [f"Soep {number};elke dinsdag 10-12;Het Zaaltje" for number in range(8)]
    upload(host, sheet(tmp_path, "naam;wanneer;plek", *rows), organisation=organisation.pk)
    run, address = _run(host)
    told = "De plek “Het Zaaltje” staat niet in het register"
    for _time in range(2):
        page = _page(host, address)
        assert page.count(told) == 1 and "8 regels" in page and "en nog 3" in page
        assert "2 Soep 0; 3 Soep 1" in page
        read_run(host, run)


def test_a_list_that_broke_off_is_begun_again_and_doubles_nothing(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    path = sheet(tmp_path, "naam;wanneer", "Soep;elke dinsdag 10-12", "Thee;elke vrijdag 10-12")
    upload(host, path, organisation=organisation.pk)
    run, address = _run(host)
    read_run(host, run)
    long_ago = timezone.now() - timedelta(minutes=3)
    ImportRun.objects.update(state="running", touched_at=long_ago)
    assert "Het inlezen is onderbroken" in _page(host, address)
    assert read_run(host, run).counts == {"unchanged": 2} and Activity.objects.count() == 2


def test_a_calendar_is_looked_at_first_and_then_read_in(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    upload(host, calendar(tmp_path, event("a", rule, name="Soep")), organisation=organisation.pk)
    run, address = _run(host)
    page = _page(host, address)
    assert "<strong>1</strong>nieuw" in page and "De kolommen" not in page
    assert not Activity.objects.exists() and run.source is None
    for part in ("bladen", "woorden"):
        assert host.post(f"{address}{part}/").status_code == 404
    assert read_run(host, run).counts == {"created": 1}
    assert Activity.objects.get().is_open_to_all and not ImportSource.objects.exists()
    assert read_run(host, run).counts == {"unchanged": 1}


def test_a_host_sees_and_continues_only_her_own_lists(
    as_user: AsUser, tmp_path: Path, terms: None, coordinator: User
) -> None:
    one, soup = _host(as_user, "Soepclub")
    other, bread = _host(as_user, "Broodclub")
    path = sheet(tmp_path, "naam,wanneer", "Koken,elke dinsdag 10-12", name="activiteiten.xlsx.csv")
    upload(one, path, organisation=soup.pk)
    run, address = _run(one)
    read_run(one, run)
    source = ImportSource.objects.get()
    assert upload(other, path, organisation=soup.pk).status_code == 400
    upload(other, path, organisation=bread.pk)
    second, _address = _run(other)
    read_run(other, second)
    # Two lists of one name: two sources, and each host sees her own.
    assert ImportSource.objects.count() == 2 and Activity.objects.count() == 2
    pages = [
        address,
        f"{address}verslag.csv",
        f"{address}kolommen.toml",
        f"{LISTS}bron/{source.pk}/",
    ]
    assert [other.get(page).status_code for page in pages] == [404] * 4
    assert [one.get(page).status_code for page in pages] == [200] * 4
    for part in ("start", "bladen", "woorden"):
        assert other.post(f"{address}{part}/").status_code == 404
    assert address not in _page(other, LISTS) and address in _page(one, LISTS)
    everybody = as_user(coordinator)
    assert [everybody.get(page).status_code for page in pages] == [200] * 4
    assert "Soepclub" in _page(everybody, LISTS) and "Broodclub" in _page(everybody, LISTS)


def test_who_keeps_the_organisation_no_longer_has_no_say_over_its_list(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    upload(
        host,
        sheet(tmp_path, "naam,wanneer", "Soep,elke dinsdag 10-12"),
        organisation=organisation.pk,
    )
    run, address = _run(host)
    organisation.representations.all().delete()
    assert host.get(address).status_code == 404
    run_import.call(run.pk)
    assert not Activity.objects.get().is_open_to_all


def test_a_list_of_an_account_that_is_gone_is_a_proposal(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    upload(
        host,
        sheet(tmp_path, "naam,wanneer", "Soep,elke dinsdag 10-12"),
        organisation=organisation.pk,
    )
    run, _address = _run(host)
    ImportRun.objects.update(started_by=None)
    run_import.call(run.pk)
    assert Activity.objects.get().state == "draft"


def test_the_lists_of_an_organisation_follow_it_when_it_is_merged(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    path = sheet(tmp_path, "naam,wanneer", "Soep,elke dinsdag 10-12")
    upload(host, path, organisation=organisation.pk)
    first, address = _run(host)
    read_run(host, first)
    kept = make.organisation("Soepclub Noord")
    merge(SYSTEM, kept, organisation, {})
    assert host.get(address).status_code == 200
    upload(host, path, organisation=kept.pk)
    second, _address = _run(host)
    first.refresh_from_db()
    assert second.source == first.source
    assert read_run(host, second).state == "done"


def test_an_earlier_list_of_somebody_else_is_not_read_as(
    as_user: AsUser, tmp_path: Path, terms: None, coordinator: User
) -> None:
    host, soup = _host(as_user, "Soepclub")
    path = sheet(tmp_path, "naam,wanneer", "Soep,elke dinsdag 10-12")
    upload(host, path, organisation=soup.pk)
    read_run(host, ImportRun.objects.get())
    source = ImportSource.objects.get()
    bread = make.organisation("Broodclub")
    answer = upload(as_user(coordinator), path, organisation=bread.pk, source=source.pk)
    assert answer.status_code == 400 and "van een andere organisatie" in answer.content.decode()


def test_a_coordinator_reads_in_what_is_of_nobody_in_particular(
    as_user: AsUser, tmp_path: Path, terms: None, coordinator: User
) -> None:
    path = sheet(tmp_path, "naam,wanneer,organisator", "Soep,elke dinsdag 10-12,De buren")
    client = as_user(coordinator)
    upload(client, path)
    read_run(client, ImportRun.objects.get())
    assert Activity.objects.get().is_open_to_all
    host, _organisation = _host(as_user, "Soepclub")
    assert "Kies van wie" in upload(host, path).content.decode()


def _command(*words: str) -> int:
    options = argparse.ArgumentParser()
    command = next(command for command in COMMANDS if command.name == "import agenda")
    command.configure(options)
    return command.run(options.parse_args(words))


def test_the_command_reads_as_a_source_says(
    as_user: AsUser, tmp_path: Path, terms: None, capsys: pytest.CaptureFixture[str]
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    path = sheet(tmp_path, "Iets,wanneer", "Soep,elke dinsdag 10-12", name="soep.csv")
    upload(host, path, organisation=organisation.pk)
    _kept, address = _run(host)
    host.post(address, {"column_0": "name", "column_1": "when"})
    other = sheet(tmp_path, "Iets,wanneer", "Brood,elke woensdag 10-12", name="heel anders.csv")
    slug = organisation.slug
    assert _command(str(other), "--organiser", slug, "--source", "soep.csv") == 0
    assert Activity.objects.get().name == "Brood"
    assert _command(str(other), "--source", "soep.csv") == 2
    assert "--source" in capsys.readouterr().err
    assert _command(str(calendar(tmp_path, event("a")))) == 0
    assert Activity.objects.count() == 2


@pytest.mark.parametrize("name", ["oud.xls", "lijst.ods"])
def test_a_wrong_file_is_told_what_to_do(
    as_user: AsUser, tmp_path: Path, terms: None, name: str
) -> None:
    host, organisation = _host(as_user, "Soepclub")
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    answer = upload(host, path, organisation=organisation.pk)
    assert answer.status_code == 400 and ".xlsx of .csv" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_list_whose_file_is_gone_says_so_and_is_not_begun(
    coordinator: User, as_user: Callable[[User], Client]
) -> None:
    run = ImportRun.objects.create(kind="agenda", name="weg.csv", started_by=coordinator)
    client, address = as_user(coordinator), f"/beheer/agenda-inlezen/{run.pk}/"
    gone = "Het bestand staat er niet meer"
    assert gone in client.get(address).content.decode()
    assert gone in client.post(f"{address}start/", follow=True).content.decode()
    assert client.post(f"{address}woorden/").status_code == 404
    run.refresh_from_db()
    assert run.state == ImportRun.State.UPLOADED
