"""The report of an import names what each line is about, in the language of whoever began it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from knooppunt.core.imports import runs
from knooppunt.core.models import ImportRun
from knooppunt.core.tasks import run_import
from knooppunt.directory.list_kind import REGISTER_LISTS
from knooppunt.directory.tests.make import read_in, write_csv
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def test_every_line_about_a_row_says_what_the_row_calls_it(tmp_path: Path, terms: None) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        ["naam", "adres", "sinds"],
        ["De Tuin", "Pad 1", "ooit"],
        ["", "Kade 2", "2020"],
    )
    _report, findings = read_in(path)
    told = {(finding.code, finding.name) for finding in findings if finding.line > 1}
    assert told == {("", "De Tuin"), ("bad_date", "De Tuin"), ("empty_name", "Kade 2 | 2020")}


def test_the_worker_writes_the_report_in_the_language_of_whoever_began_it(
    tmp_path: Path, terms: None, coordinator: User
) -> None:
    upload = SimpleUploadedFile("a.csv", b"naam,soort,sinds\nDe Tuin,vliegveld,ooit\n")
    with translation.override("en"):
        run = runs.receive(REGISTER_LISTS, coordinator, upload)
    with translation.override("nl"):
        run_import.call(run.pk)
    run.refresh_from_db()
    told = {(one["field"], one["message"]) for one in run.findings}
    assert ("since", "“ooit” is not a date.") in told
    with run.report.open("rt") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows} == {"De Tuin"}


def test_whoever_begins_an_import_chooses_its_language(
    terms: None, coordinator: User, client: Client
) -> None:
    run = runs.receive(REGISTER_LISTS, coordinator, SimpleUploadedFile("a.csv", b"naam\nDe Tuin\n"))
    client.force_login(coordinator)

    client.post(f"/en/beheer/lijsten/{run.pk}/start/")
    run.refresh_from_db()
    assert run.language == "en" and run.state != ImportRun.State.UPLOADED
