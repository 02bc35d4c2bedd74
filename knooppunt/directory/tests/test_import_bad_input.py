"""Whatever stands in a list, no row stops another, nothing is lost silently and nothing
personal becomes public.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.directory.importing.codes import CODES, message
from knooppunt.directory.models import ContactPoint, Organisation, Place
from knooppunt.directory.tests.make import network, organisation, read_in, write_csv
from knooppunt.kit.findings import Finding
from knooppunt.kit.tables import UnreadableFile
from knooppunt.kit.tests.make import write_xlsx

pytestmark = pytest.mark.django_db
HEADER = [
    "naam",
    "soort",
    "thema",
    "koepel",
    "wijk",
    "adres",
    "lat",
    "lon",
    "website",
    "e-mail",
    "telefoon",
    "contactpersoon",
    "omschrijving",
    "talen",
    "doelgroep",
    "openingstijden",
    "rolstoel",
    "vrijwilligers",
    "sinds",
    "tot",
    "kvk",
    "eigen",
]
CELLS = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30
) | st.sampled_from(
    [
        "²",
        "=1+1",
        "<b>x</b>",
        "52,05",
        "4.05",
        "ma 9-17",
        "06 12345678",
        "a@b.nl",
        "www.a.nl",
        "x" * 300,
        "-",
        "2024-07-01",
        "٣",
    ]
)


def _codes(findings: list[Finding], line: int | None = None) -> set[str]:
    codes = {finding.code for finding in findings if finding.code and line in (None, finding.line)}
    assert codes <= CODES.keys()
    return codes


def _one(tmp_path: Path, **cells: str) -> tuple[Organisation, list[Finding]]:
    """Read in a list of one row; the words are column and cell."""
    header = ["naam", *(name.replace("_", " ") for name in cells)]
    _report, findings = read_in(
        write_csv(tmp_path / "list.csv", header, ["De Tuin", *cells.values()])
    )
    return Organisation.objects.get(name="De Tuin"), findings


# What is odd in a row.


def test_a_row_without_a_name_is_an_error_and_the_next_comes_in(
    tmp_path: Path, terms: None
) -> None:
    _report, findings = read_in(
        write_csv(
            tmp_path / "a.csv", ["naam", "wijk"], ["", "Noord"], ["\u200b", "Zuid"], ["Tuin", ""]
        )
    )
    assert (
        _codes(findings, 2) == _codes(findings, 3) == {"empty_name"}
        and Organisation.objects.get().name == "Tuin"
    )


@pytest.mark.parametrize("name", ["lange naam " * 28, "x" * 300, "A " + "x" * 298])
def test_a_long_name_is_cut_and_kept_whole(tmp_path: Path, terms: None, name: str) -> None:
    path = write_csv(tmp_path / "a.csv", ["naam"], [name])
    _report, findings = read_in(path)
    one = Organisation.objects.get()
    assert _codes(findings) == {"long_name"} and one.kept["name"] == name.strip()
    assert 150 < len(one.name) <= 200
    assert read_in(path)[0].counts["unchanged"] == 1


def test_a_name_that_grows_when_it_is_compared_is_recognised_again(
    tmp_path: Path, terms: None
) -> None:
    path = write_csv(tmp_path / "a.csv", ["naam"], ["ﬁ" * 150])
    read_in(path)
    assert read_in(path)[0].counts["unchanged"] == 1


def test_markup_is_taken_out_and_reported(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, omschrijving="<p>Soep</p><script>alert(1)</script>")
    assert one.description == "Soep" and _codes(findings) == {"markup_removed"}


def test_a_mail_address_between_angle_brackets_is_not_lost(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, email="De Tuin <info@tuin.example>")
    assert [row.value for row in one.contact_points.all()] == ["info@tuin.example"] and not _codes(
        findings
    )


def test_a_formula_comes_in_as_text_and_is_reported(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, omschrijving="=HYPERLINK(1)", telefoon="+31 10 1234567")
    assert one.description == "=HYPERLINK(1)" and _codes(findings) == {"formula_cell"}


def test_rows_that_are_too_short_or_too_long_come_in_and_nothing_is_lost(
    tmp_path: Path, terms: None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "naam,wijk,omschrijving\nEen\nTwee,Noord,soep,extra,meer\nDrie,Zuid,brood,,\n",
        encoding="utf-8",
    )
    _report, findings = read_in(path)
    assert [_codes(findings, line) for line in (2, 3, 4)] == [{"short_row"}, {"long_row"}, set()]
    assert "extra" in str(Organisation.objects.get(name="Twee").kept) and "meer" in str(
        Organisation.objects.get(name="Twee").kept
    )


def test_empty_cells_at_the_end_of_a_spreadsheet_row_are_no_finding(
    tmp_path: Path, terms: None
) -> None:
    _report, findings = read_in(
        write_xlsx(
            tmp_path / "a.xlsx",
            ["naam", "wijk", "kvk"],
            ["Tuin", "Noord"],
            ["Park", "Zuid", 12345678],
        )
    )
    assert not _codes(findings) and Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "header", [["naam", "kleur", "kleur"], ["naam", "", ""], ["naam", "Kleur", "kleur "]]
)
def test_columns_of_the_same_or_no_name_are_all_kept_and_named(
    tmp_path: Path, terms: None, header: list[str]
) -> None:
    _report, findings = read_in(
        write_csv(tmp_path / "a.csv", [*header, "wijk"], ["De Tuin", "rood", "blauw", "Noord"])
    )
    kept = str(Organisation.objects.get().kept)
    assert "rood" in kept and "blauw" in kept and "kept_unmapped" in _codes(findings)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("vrijwilligers", "veel", "bad_number"),
        ("vrijwilligers", "12²", "bad_number"),
        ("sinds", "ooit", "bad_date"),
        ("openingstijden", "op afspraak", "hours_by_appointment"),
        ("rolstoel", "misschien", "bad_yes_no"),
        ("rol", "held", "unknown_role"),
        ("talen", "Klingon", "unknown_language"),
        ("thema", "schaken", "unknown_theme"),
        ("telefoon", "bel aan", "bad_phone"),
        ("email", "vraag het", "bad_email"),
        ("omschrijving", "x" * 21_000, "long_text"),
    ],
)
def test_a_cell_that_is_not_understood_is_reported_and_the_row_comes_in(
    tmp_path: Path, terms: None, column: str, cell: str, code: str
) -> None:
    assert _codes(_one(tmp_path, **{column: cell})[1]) == {code}


def test_a_network_with_a_very_long_name_stops_nothing(tmp_path: Path, terms: None) -> None:
    rows = [["Een", "verhaal " * 40], ["Twee", "Bond"]]
    _report, findings = read_in(write_csv(tmp_path / "a.csv", ["naam", "koepel"], *rows))
    assert Organisation.objects.get(name="Twee").memberships.exists() and "new_network" in _codes(
        findings
    )


def test_a_row_that_the_database_refuses_stops_no_other(tmp_path: Path, terms: None) -> None:
    path = tmp_path / "a.csv"
    read_in(
        write_csv(
            path,
            ["id", "naam", "tot"],
            ["1", "Tuin", ""],
            ["2", "Park", "2020-01-01"],
            ["3", "Zaal", ""],
        )
    )
    rows = [
        ["1", "Tuin", "Dijk 1", "", "Bond"],
        ["2", "Park", "", "2024-01-01", ""],
        ["3", "Zaal", "Dijk 3", "", ""],
    ]
    report, findings = read_in(write_csv(path, ["id", "naam", "adres", "sinds", "koepel"], *rows))
    assert (report.counts["updated"], report.counts["error"]) == (2, 1) and "failed_row" in _codes(
        findings, 3
    )
    assert set(Place.objects.values_list("street", flat=True)) == {"Dijk 1", "Dijk 3"}


def test_a_quote_that_is_never_closed_loses_no_rows_silently(tmp_path: Path, terms: None) -> None:
    path = tmp_path / "a.csv"
    path.write_text('naam,wijk\nEen,Noord\n"Twee,Zuid\nDrie,Noord\nVier,Zuid\n', encoding="utf-8")
    with suppress(UnreadableFile):
        _report, findings = read_in(path)
        assert {finding.line for finding in findings} >= {2, 3, 4, 5}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=3)
)
def test_no_cells_whatever_stop_an_import(
    tmp_path: Path, terms: None, rows: list[list[str]]
) -> None:
    path = write_csv(tmp_path / "any.csv", HEADER, *rows)
    _report, findings = read_in(path)
    assert not {"failed_row"} & _codes(findings)
    outcomes = [one.line for one in findings if not one.code or one.code == "empty_name"]
    assert (
        len(outcomes)
        == len(set(outcomes))
        == sum(any(cell.strip() for cell in row) for row in rows)
    )


# What is personal.


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("telefoon", "06 12345678"),
        ("email", "jan.jansen@mail.example"),
        ("contactpersoon", "Jan Jansen"),
        ("omschrijving", "Bel Jan: 06-12345678"),
        ("opmerking", "Bel Jan: 06-12345678"),
        ("openingstijden", "Bel 06-12345678"),
        ("website", "jan.jansen@mail.example"),
        ("doelgroep", "bel 06-12345678"),
        ("adres", "Dijk 1 (06-12345678)"),
    ],
)
def test_what_is_personal_is_on_no_public_page_and_reported(
    tmp_path: Path, terms: None, stranger: Client, column: str, cell: str
) -> None:
    one, findings = _one(tmp_path, **{"wijk": "Noord", "soort": "groenplek", column: cell})
    pages = [record.get_absolute_url() for record in (one, Place.objects.get())]
    shown = "".join(stranger.get(page).content.decode() for page in pages)
    for secret in ("12345678", "+31612345678", "12 34 56 78", "jan.jansen", "Jan Jansen"):
        assert secret not in shown
    assert _codes(findings) & {"personal_data", "bad_website"}


def test_the_number_and_address_of_an_organisation_are_public(tmp_path: Path, terms: None) -> None:
    _tuin, findings = _one(tmp_path, telefoon="010 1234567", email="info@tuin.example")
    assert set(ContactPoint.objects.public().values_list("value", flat=True)) == {
        "+31101234567",
        "info@tuin.example",
    }
    assert not _codes(findings)


# Files that cannot be read.


def _damaged_halfway() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for name in ["naam", *(f"Tuin {number}" for number in range(3000))]:
        book.active.append([name])
    book.save(out)
    with zipfile.ZipFile(out) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:100_000] + b"<<<"
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as pack:
        for name, raw in parts.items():
            pack.writestr(name, raw)
    return broken.getvalue()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7 naam",
        b"PK\x03\x04 naam",
        b"naam\x00\nTuin\n",
        b"wijk,adres\nNoord,Dijk 1\n",
        _damaged_halfway(),
        b"naam,wijk\n" + b"Tuin,Noord\n" * 9000 + b'Park,"' + b"x" * 1_100_000 + b'"\n',
    ],
    ids=["empty", "pdf", "damaged", "nul", "no names", "damaged halfway", "endless cell"],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    tmp_path: Path, terms: None, raw: bytes
) -> None:
    organisation("Was er al")
    path = tmp_path / ("a.xlsx" if raw.startswith(b"PK") else "a.csv")
    path.write_bytes(raw)
    with pytest.raises(UnreadableFile):
        read_in(path)
    assert (
        Organisation.objects.count() == 1
        and not Organisation.objects.filter(missing_since__isnull=False).exists()
    )


# The sentences.


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_sentence_that_takes_any_value(code: str) -> None:
    assert message(code, value="100% 'raak' %s", derived="a", stated="b", why="c", line=3)


def test_a_known_network_is_not_made_again(tmp_path: Path, terms: None) -> None:
    bond = network("Bond")
    assert _one(tmp_path, koepel="BOND")[0].memberships.get().network == bond
