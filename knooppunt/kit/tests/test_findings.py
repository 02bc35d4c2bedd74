"""The report of an import can be opened in a spreadsheet, has one line per finding and counts
them all.
"""

from __future__ import annotations

import csv
from pathlib import Path

from knooppunt.kit.findings import COLUMNS, Finding, Report


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_columns_are_those_that_were_promised() -> None:
    assert ",".join(COLUMNS) == "line,outcome,field,code,message,suggestion,record,name"


def test_every_finding_is_a_line_of_the_file(tmp_path: Path) -> None:
    with Report(tmp_path / "out.csv") as report:
        report.add(Finding(2, "created", record="de-tuin"))
        report.add(
            Finding(
                2,
                "warning",
                "area",
                "unknown_area",
                "De wijk, nee\nnee",
                "bedoel je Noord?",
                "de-tuin",
            )
        )
    rows = _read(tmp_path / "out.csv")
    assert [row["outcome"] for row in rows] == ["created", "warning"]
    assert rows[1]["message"] == "De wijk, nee\nnee" and rows[1]["line"] == "2"


def test_a_finding_about_the_whole_file_has_no_line_number(tmp_path: Path) -> None:
    with Report(tmp_path / "out.csv") as report:
        report.add(Finding(0, "warning", "", "missing_from_file", "weg", record="de-tuin"))
    assert _read(tmp_path / "out.csv")[0]["line"] == ""


def test_no_cell_of_the_report_runs_as_a_formula(tmp_path: Path) -> None:
    with Report(tmp_path / "out.csv") as report:
        report.add(Finding(2, "warning", "=cmd()", "formula_cell", "@x", "-1+1", "+a"))
    row = _read(tmp_path / "out.csv")[0]
    assert (row["field"], row["message"], row["suggestion"], row["record"]) == (
        "'=cmd()",
        "'@x",
        "'-1+1",
        "'+a",
    )


def test_all_findings_are_counted_but_only_some_are_kept_for_the_screen() -> None:
    with Report(keep=3) as report:
        for line in range(2, 12):
            report.add(Finding(line, "created"))
            report.add(Finding(line, "warning", "area", "unknown_area"))
    assert report.counts == {"created": 10, "warning": 10}
    assert report.codes == {"unknown_area": 10}
    assert [finding.line for finding in report.first] == [2, 3, 4]


def test_what_was_found_is_in_the_file_before_the_import_ends(tmp_path: Path) -> None:
    with Report(tmp_path / "out.csv") as report:
        report.add(Finding(2, "created"))
        report.flush()
        assert len(_read(tmp_path / "out.csv")) == 1
