"""The same list twice changes nothing; a later version changes what differs and leaves people's
own work alone.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions.details import set_contacts
from knooppunt.directory.actions.merge import merge
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Identifier, Membership, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.directory.tests.make import read_in, write_csv
from knooppunt.kit.findings import Finding

pytestmark = pytest.mark.django_db
HEADER = ["naam", "wijk", "adres", "website", "telefoon", "koepel", "omschrijving", "coördinaten"]
ROWS = [
    [
        "De Tuin",
        "Noord",
        "Dijk 1",
        "https://tuin.example/",
        "010 1234567",
        "Bond",
        "Soep",
        "52.05, 4.05",
    ],
    ["Speeltuin", "Noord", "", "", "", "", "Wip", ""],
    ["Speeltuin", "Zuid", "", "", "", "Bond", "Glijbaan", "51.95, 4.05"],
    ["Zonder wijk", "", "", "www.zonder.example", "06 12345678", "", "", ""],
]


def _list(tmp_path: Path, rows: list[list[str]], header: list[str] | None = None) -> Path:
    return write_csv(tmp_path / "list.csv", header or HEADER, *rows)


def _in(tmp_path: Path, rows: list[list[str]], header: list[str] | None = None) -> Counter[str]:
    """Read a version of the list in; gives how many rows were created, updated, unchanged or
    failed.
    """
    counts = read_in(_list(tmp_path, rows, header))[0].counts
    return Counter({key: number for key, number in counts.items() if key != "warning" and number})


def _picture() -> list[object]:
    """Everything the register holds, to compare before and after."""
    records = [
        list(model.objects.order_by("pk").values())
        for model in (Organisation, Place, Membership, Identifier)
    ]
    return [*records, TrailEntry.objects.count()]


def _missing(findings: list[Finding]) -> list[str]:
    return [finding.record for finding in findings if finding.code == "missing_from_file"]


@pytest.mark.parametrize("rows", [ROWS, [*ROWS, *ROWS], [*ROWS, ROWS[0], ROWS[0]]])
def test_the_same_list_twice_changes_nothing(
    tmp_path: Path, terms: None, rows: list[list[str]]
) -> None:
    assert _in(tmp_path, rows)["created"] == len({tuple(row) for row in rows})
    before = _picture()
    assert _in(tmp_path, rows) == {"unchanged": len(rows)}
    assert _picture() == before


def test_the_order_of_rows_and_columns_does_not_matter(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, ROWS)
    before = _picture()
    assert _in(tmp_path, [row[::-1] for row in ROWS[::-1]], HEADER[::-1]) == {"unchanged": 4}
    assert _picture() == before


def test_rows_that_say_little_are_recognised_in_another_order_too(
    tmp_path: Path, terms: None
) -> None:
    rows = [["Speeltuin", "Noord"], ["Speeltuin", ""]]
    _in(tmp_path, rows, ["naam", "wijk"])
    assert _in(tmp_path, rows[::-1], ["naam", "wijk"]) == {"unchanged": 2}


def test_a_later_version_changes_what_differs(tmp_path: Path, zuid: Area) -> None:
    _in(tmp_path, ROWS)
    later = [
        [
            "De Tuin",
            "Zuid",
            "Dijk 1",
            "https://tuin.example/",
            "010 7654321",
            "Bond",
            "Brood",
            "51.95, 4.05",
        ],
        *ROWS[1:],
    ]
    assert _in(tmp_path, later) == {"updated": 1, "unchanged": 3}
    one, place = Organisation.objects.get(name="De Tuin"), Place.objects.get(name="De Tuin")
    assert one.description == "Brood" and list(one.areas.all()) == [zuid] and place.area == zuid
    assert [row.value for row in one.contact_points.filter(type="phone")] == ["+31107654321"]


@pytest.mark.parametrize(("column", "cell"), [(2, "Kade 9"), (3, "https://nieuw.example/")])
def test_a_new_address_or_website_does_not_make_a_second_record(
    tmp_path: Path, terms: None, column: int, cell: str
) -> None:
    rows = [
        ["De Tuin", "Noord", "Dijk 1", "", "", "", "", ""],
        ["Park", "Zuid", "", "https://p.example/", "", "", "", ""],
    ]
    _in(tmp_path, rows)
    row = rows[column - 2]
    row[column] = cell
    assert _in(tmp_path, rows) == {"updated": 1, "unchanged": 1}


@pytest.mark.parametrize("cell", ["2b", "4"])
def test_a_new_house_number_reaches_the_place(tmp_path: Path, terms: None, cell: str) -> None:
    header = ["id", "naam", "straat", "huisnummer"]
    _in(tmp_path, [["7", "De Tuin", "Dijk", "2"]], header)
    _in(tmp_path, [["7", "De Tuin", "Dijk", cell]], header)
    assert Place.objects.get().street == f"Dijk {cell}"


def test_a_later_confirmation_reaches_the_record(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, [["De Tuin", "2024-01-01"]], ["naam", "laatst bevestigd"])
    _in(tmp_path, [["De Tuin", "2025-01-01"]], ["naam", "laatst bevestigd"])
    assert str(Organisation.objects.get().confirmed_on) == "2025-01-01"


def test_an_own_number_recognises_a_record_under_a_new_name(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, [["A7", "De Tuin"], ["A8", "Park"]], ["id", "naam"])
    assert _in(tmp_path, [["A8", "Park"], ["A7", "De Grote Tuin"]], ["id", "naam"]) == {
        "updated": 1,
        "unchanged": 1,
    }
    assert set(Organisation.objects.values_list("name", flat=True)) == {"De Grote Tuin", "Park"}


def test_a_place_takes_the_new_name_of_its_list(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, [["A7", "De Tuin", "Dijk 1"]], ["id", "naam", "adres"])
    _in(tmp_path, [["A7", "De Grote Tuin", "Dijk 1"]], ["id", "naam", "adres"])
    assert Place.objects.get().name == "De Grote Tuin"


@pytest.mark.parametrize(
    ("column", "before", "after"), [("wijk", "Noord", "Zuid"), ("thema", "Armoede", "Eenzaamheid")]
)
def test_a_list_of_wijken_or_themes_may_change(
    tmp_path: Path, terms: None, column: str, before: str, after: str
) -> None:
    _in(tmp_path, [["A7", "De Tuin", before]], ["id", "naam", column])
    assert _in(tmp_path, [["A7", "De Tuin", after]], ["id", "naam", column]) == {"updated": 1}
    one = Organisation.objects.get()
    assert [str(row) for row in (one.areas if column == "wijk" else one.themes).all()] == [after]


@pytest.mark.parametrize("name", ["1600", "true", "[1]", "Infinity", "010"])
def test_a_name_that_looks_like_a_number_does_not_stop_later_imports(
    tmp_path: Path, terms: None, name: str
) -> None:
    _in(tmp_path, [[name], ["Park"]], ["naam"])
    assert _in(tmp_path, [[name], ["Park"]], ["naam"]) == {"unchanged": 2}


def test_running_row_numbers_are_no_own_numbers(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, [["1", "De Tuin"], ["2", "Park"], ["3", "Zaal"]], ["nr", "naam"])
    slugs = dict(Organisation.objects.values_list("name", "slug"))
    later = [["1", "Atelier"], ["2", "De Tuin"], ["3", "Park"], ["4", "Zaal"]]
    assert _in(tmp_path, later, ["nr", "naam"])["created"] == 1
    assert slugs.items() <= dict(Organisation.objects.values_list("name", "slug")).items()


def test_two_branches_may_share_a_chamber_of_commerce_number(tmp_path: Path, terms: None) -> None:
    rows = [["12345678", "Tuin Noord"], ["12345678", "Tuin Zuid"]]
    _in(tmp_path, rows, ["kvk", "naam"])
    before = dict(Organisation.objects.values_list("pk", "name"))
    assert _in(tmp_path, rows[::-1], ["kvk", "naam"]) == {"unchanged": 2}
    assert dict(Organisation.objects.values_list("pk", "name")) == before


def test_the_same_own_number_on_two_rows_is_reported_every_time(
    tmp_path: Path, terms: None
) -> None:
    path = _list(tmp_path, [["7", "De Tuin"], ["7", "Park"]], ["id", "naam"])
    for _time in range(2):
        _report, findings = read_in(path)
        assert [finding.line for finding in findings if finding.code == "duplicate_identifier"] == [
            3
        ]


def test_a_column_that_is_missing_empties_nothing(tmp_path: Path, terms: None) -> None:
    _in(tmp_path, ROWS)
    before = _picture()
    narrow = [row[:2] + row[3:4] for row in ROWS]
    assert _in(tmp_path, narrow, ["naam", "wijk", "website"]) == {"unchanged": 4}
    assert _picture() == before


@pytest.mark.parametrize(
    "values",
    [
        {"name": "De Grote Tuin"},
        {"descriptions": {"nl": "Van hand"}},
        {"website": "https://hand.example/"},
    ],
)
def test_what_a_person_corrected_stays(
    tmp_path: Path, terms: None, values: dict[str, object]
) -> None:
    rows = [["De Tuin", "Noord", "", "https://tuin.example/", "", "", "Soep", ""], *ROWS[1:]]
    _in(tmp_path, rows)
    change(SYSTEM, Organisation.objects.get(name="De Tuin"), values)
    before = _picture()
    assert _in(tmp_path, rows) == {"unchanged": 4}
    assert _picture() == before


def test_an_address_that_a_person_corrected_stays(tmp_path: Path, terms: None) -> None:
    rows = [["De Tuin", "Noord", "Dijk 1", "", "", "", "", ""]]
    _in(tmp_path, rows)
    change(SYSTEM, Place.objects.get(), {"street": "Dijk 1a"})
    assert _in(tmp_path, rows) == {"unchanged": 1}
    assert Place.objects.get().street == "Dijk 1a"


def test_a_cell_that_the_list_empties_does_not_wipe_a_correction(
    tmp_path: Path, terms: None
) -> None:
    _in(tmp_path, [["7", "De Tuin", "oud"]], ["id", "naam", "opmerking"])
    change(SYSTEM, Organisation.objects.get(), {"note": "van hand"})
    _in(tmp_path, [["7", "De Tuin", ""]], ["id", "naam", "opmerking"])
    assert Organisation.objects.get().note == "van hand"


def test_a_number_that_a_person_added_survives_a_new_one_in_the_list(
    tmp_path: Path, terms: None
) -> None:
    _in(tmp_path, [["De Tuin", "010 1234567"]], ["naam", "telefoon"])
    one = Organisation.objects.get()
    listed = ("phone", "+31101234567", "", "public")
    set_contacts(SYSTEM, one, [listed, ("phone", "+31109999999", "keuken", "public")])
    _in(tmp_path, [["De Tuin", "010 7654321"]], ["naam", "telefoon"])
    assert set(one.contact_points.values_list("value", flat=True)) == {
        "+31107654321",
        "+31109999999",
    }


def test_rows_that_vanished_are_listed_and_stay(tmp_path: Path, terms: None) -> None:
    by_hand = make.organisation("Van hand")
    _in(tmp_path, ROWS)
    _report, findings = read_in(_list(tmp_path, ROWS[1:]))
    assert (
        _missing(findings) == ["de-tuin"] and Organisation.objects.get(slug="de-tuin").missing_since
    )
    assert by_hand.is_public and Organisation.objects.count() == 6
    _report, findings = read_in(_list(tmp_path, ROWS))
    assert (
        _missing(findings) == [] and Organisation.objects.get(slug="de-tuin").missing_since is None
    )


def test_in_a_long_list_too_a_row_that_returns_is_missing_no_longer(
    tmp_path: Path, terms: None
) -> None:
    rows = [[f"Groep {number}"] for number in range(1000)]
    _in(tmp_path, rows, ["naam"])
    _in(tmp_path, rows[:500], ["naam"])
    _in(tmp_path, rows, ["naam"])
    assert not Organisation.objects.filter(missing_since__isnull=False).exists()


def test_an_import_that_was_stopped_halfway_is_finished_by_the_next(
    tmp_path: Path, terms: None
) -> None:
    def stop(done: int, counts: Counter[str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_in(_list(tmp_path, ROWS), progress=stop)
    assert _in(tmp_path, ROWS)["unchanged"] == 4
    assert Membership.objects.count() == 2


def test_what_a_person_merged_does_not_come_back(tmp_path: Path, terms: None) -> None:
    header = ["naam", "netwerk", "website"]
    rows = [["De Tuin", "Groene Kring", "https://tuin.example"], ["De Kade", "Groene Kring", ""]]
    _in(tmp_path, rows, header)
    ring, garden = make.network("Het Groene Netwerk"), make.organisation("Buurttuin aan het Pad")
    merge(SYSTEM, ring, Organisation.objects.get(name="Groene Kring"), {})
    merge(SYSTEM, garden, Organisation.objects.get(name="De Tuin"), {})
    before = _picture()
    counts = _in(tmp_path, rows, header)
    assert (counts["created"], counts["unchanged"], counts["warning"]) == (0, 2, 0)
    assert _picture() == before
    assert set(Membership.objects.values_list("organisation__name", "network__name")) == {
        ("Buurttuin aan het Pad", "Het Groene Netwerk"),
        ("De Kade", "Het Groene Netwerk"),
    }
    rows[0][2] = "https://anders.example"
    _report, findings = read_in(_list(tmp_path, rows, header))
    assert {one.code for one in findings if one.line == 2} == {"", "merged_row"}
    assert Organisation.objects.get(pk=garden.pk).website != "https://anders.example"
