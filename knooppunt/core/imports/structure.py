"""Says how a file as a whole was read: the sheets, rows and columns taken, and those not."""

from __future__ import annotations

from collections.abc import Callable

from knooppunt.kit.columns import Columns
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import Table

Message = Callable[..., str]


def report_structure(table: Table, columns: Columns, report: Report, message: Message) -> None:
    """Name sheets not read, what stands above the header, a double header, odd columns."""
    report.sheets = tuple(sheet.name for sheet in table.sheets)
    for name in table.unread:
        code = "sheet_hidden" if name in table.hidden else "sheet_not_read"
        report.add(Finding(0, "warning", name, code, message(code, value=name)))
    heading = table.heading
    if heading.above:
        words = message("above_header", value=heading.first, number=heading.above)
        report.add(Finding(heading.first, "warning", "", "above_header", words))
    if heading.is_double:
        names = ", ".join(name for name in heading.names if name)
        words = message("two_headers", value=names)
        report.add(Finding(heading.first, "warning", "", "two_headers", words))
    for number in columns.guessed:
        words = message("guessed_column", value=columns.fields[number])
        report.add(Finding(1, "warning", columns.header[number], "guessed_column", words))
    for name in columns.unmapped:
        report.add(Finding(1, "warning", name, "kept_unmapped", message("kept_unmapped")))
