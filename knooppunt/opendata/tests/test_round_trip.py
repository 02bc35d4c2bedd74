"""What leaves the house comes back the same: open data into an empty site, and a backup onto an
empty machine.
"""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.backup import archive
from knooppunt.core.backup.restore import NotEmpty, restore
from knooppunt.core.backup.verification import FORMAT, DamagedBackup
from knooppunt.core.mail import outbox
from knooppunt.core.models import MailSent, TrailEntry
from knooppunt.directory.actions import care, details
from knooppunt.directory.actions.confirm import confirm
from knooppunt.directory.importing.register import UnreadableRegister, take_in
from knooppunt.directory.models import (
    Area,
    ContactPoint,
    Membership,
    Organisation,
    Place,
    ProblemReport,
)
from knooppunt.directory.tests import make
from knooppunt.kit.text import defused, refused
from knooppunt.opendata import exports
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(garden: Organisation, garden_place: Place, zuid: Area) -> None:
    """A register with something in every table, and something private in it."""
    network = make.network(
        "=SOM(Groen; Ring)",
        [garden],
        descriptions={"nl": "Regel 1\nRegel 2, met komma", "en": "Hello"},
    )
    make.network("Top", [network], since=date(2010, 1, 1), until=date(2030, 1, 1))
    details.set_contacts(
        SYSTEM,
        garden,
        [
            ("phone", "+31612345678", "", "keepers"),
            ("email", "info@tuin.example", "balie", "public"),
        ],
    )
    details.set_identifier(SYSTEM, garden, "kvk", "12345678")
    details.set_hours(SYSTEM, garden_place, [(0, time(10), time(12), "")])
    details.state_volunteers(SYSTEM, garden, 12, date(2026, 1, 1), "opgave")
    confirm(SYSTEM, garden, "visit", date(2026, 2, 1))
    make.place("Alleen", street="Straat 1", areas=[zuid], languages=["nl", "tr"], has_toilet=False)
    care.set_state(SYSTEM, make.organisation("Geheim"), "draft")


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def empty() -> None:
    Membership.objects.all().delete()
    Organisation.objects.all().delete()
    Place.objects.all().delete()


def test_export_into_an_empty_site_gives_the_same_public_records(
    register: None, tmp_path: Path
) -> None:
    exports.write_all(tmp_path / "first")
    empty()
    take_in(SYSTEM, tmp_path / "first" / "register.json")
    exports.write_all(tmp_path / "second")
    assert files(tmp_path / "second") == files(tmp_path / "first")
    assert not any(take_in(SYSTEM, tmp_path / "first" / "register.json").values())


def test_the_list_of_organisations_comes_back_as_a_spreadsheet_too(
    register: None, tmp_path: Path
) -> None:
    exports.write_all(tmp_path / "first")
    before = sorted(
        Organisation.objects.public().values_list(
            "slug", "name", "role", "kind", "descriptions", "website", "since", "until"
        )
    )
    links = sorted(Membership.objects.values_list("organisation__slug", "network__slug"))
    empty()
    report, _findings = make.read_in(tmp_path / "first" / "organisations.csv")
    assert report.counts["error"] == 0
    assert (
        sorted(
            Organisation.objects.values_list(
                "slug", "name", "role", "kind", "descriptions", "website", "since", "until"
            )
        )
        == before
    )
    assert sorted(Membership.objects.values_list("organisation__slug", "network__slug")) == links
    assert Place.objects.get(slug="de-tuin").point == (4.05, 52.05)


def test_nothing_private_leaves_the_house(register: None, tmp_path: Path) -> None:
    exports.write_all(tmp_path)
    everything = "".join(files(tmp_path).values())
    assert "+31612345678" not in everything and "Geheim" not in everything
    assert "info@tuin.example" in everything


def test_no_cell_runs_as_a_formula(register: None, tmp_path: Path) -> None:
    make.organisation("=1+1")
    exports.write_all(tmp_path)
    cells = {
        cell
        for path in tmp_path.glob("*.csv")
        for row in csv.reader(path.open(encoding="utf-8-sig"))
        for cell in row
    }
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))] == []


def test_every_column_is_explained(register: None, tmp_path: Path) -> None:
    exports.write_all(tmp_path)
    told = {
        table["table"]: [column["name"] for column in table["columns"]]
        for table in json.loads((tmp_path / "dictionary.json").read_text())
    }
    raw = json.loads((tmp_path / "register.json").read_text())["tables"]
    assert {name: list(rows[0]) for name, rows in raw.items() if rows} == {
        name: told[name] for name, rows in raw.items() if rows
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "knooppunt-register-1"}',
        '{"format": "knooppunt-register-1", "tables": {"areas": [{}]}}',
    ],
)
def test_a_broken_register_changes_nothing(text: str, tmp_path: Path, garden: Organisation) -> None:
    (tmp_path / "register.json").write_text(text)
    with pytest.raises(UnreadableRegister):
        take_in(SYSTEM, tmp_path / "register.json")
    assert Organisation.objects.count() == 1


@given(st.text(max_size=20))
def test_a_defused_cell_comes_back_as_it_was(cell: str) -> None:
    assert refused(defused(cell)) == cell


KEPT = (User, Organisation, Place, Membership, ContactPoint, ProblemReport, TrailEntry, MailSent)


def every_row() -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables that a backup must put back, by the name of the table."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}


def test_a_backup_puts_everything_back(
    register: None, coordinator: User, tmp_path: Path, settings: Any
) -> None:
    ProblemReport.objects.create(organisation=Organisation.objects.earliest("pk"), text="Let op")
    MailSent.objects.create(
        address_hash=outbox.address_hash("a@example.org"), kind="confirm", sent_on=date(2026, 1, 1)
    )
    before = every_row()
    photo = Path(settings.MEDIA_ROOT) / "photos" / "x.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"picture")
    archive.write(tmp_path / "site.zip")
    photo.unlink()
    with pytest.raises(NotEmpty):
        restore(tmp_path / "site.zip")
    for model in reversed(KEPT):
        model.objects.all().delete()
    restore(tmp_path / "site.zip")
    assert every_row() == before
    assert photo.read_bytes() == b"picture"
    assert make.organisation("Nieuw na het terugzetten").pk


def test_a_damaged_backup_is_refused_and_changes_nothing(register: None, tmp_path: Path) -> None:
    good = tmp_path / "site.zip"
    archive.write(good)
    raw = good.read_bytes()
    with zipfile.ZipFile(good) as pack:
        # A byte of the packed organisations; one in a header that nobody reads damages nothing.
        part = pack.getinfo("tables/directory.organisation.jsonl")
        spot = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    for name, data in {
        "cut": raw[: len(raw) // 2],
        "flipped": raw[:spot] + bytes([raw[spot] ^ 1]) + raw[spot + 1 :],
        "empty": b"",
        "text": b"hello",
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DamagedBackup):
            restore(tmp_path / name)
    assert Organisation.objects.filter(slug="de-tuin").exists()


def test_a_backup_that_wants_to_write_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("media/../../evil", "x")
        pack.writestr("manifest.json", json.dumps({"format": FORMAT, "sums": {}, "counts": {}}))
    with pytest.raises(DamagedBackup):
        restore(path)


def test_the_description_for_machines_changes_only_on_purpose(stranger: Client) -> None:
    kept = json.loads((Path(__file__).parent / "openapi.json").read_text())
    served = stranger.get("/open/openapi.json").json()
    assert served["paths"].keys() == kept["paths"].keys()
    columns = {
        name: schema["properties"]["rows"]["items"]["required"]
        for name, schema in served["components"]["schemas"].items()
    }
    assert columns == {
        name: schema["properties"]["rows"]["items"]["required"]
        for name, schema in kept["components"]["schemas"].items()
    }


def test_the_pages_of_open_data_answer_what_the_description_says(
    register: None, stranger: Client
) -> None:
    described = stranger.get("/open/openapi.json").json()
    for address in described["paths"]:
        assert stranger.get(address).status_code == 200, address
    rows = stranger.get("/open/organisations.json").json()["rows"]
    assert (
        list(rows[0])
        == described["components"]["schemas"]["organisations"]["properties"]["rows"]["items"][
            "required"
        ]
    )
    assert stranger.get("/open/nee.csv").status_code == 404
