"""Says how a file as a whole was read: which sheets and rows were taken, and which were not."""

from __future__ import annotations

from collections.abc import Callable

from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import Table


def report_structure(table: Table, report: Report, message: Callable[..., str]) -> None:
    """Name the sheets that are not read, what stands above the header, and a header of two rows."""
    report.sheets = tuple(sheet.name for sheet in table.sheets)
    for name in table.unread:
        words = message("sheet_not_read", value=name)
        report.add(Finding(0, "warning", name, "sheet_not_read", words))
    heading = table.heading
    if heading.above:
        words = message("above_header", value=heading.first, number=heading.above)
        report.add(Finding(heading.first, "warning", "", "above_header", words))
    if heading.is_double:
        names = ", ".join(name for name in heading.names if name)
        words = message("two_headers", value=names)
        report.add(Finding(heading.first, "warning", "", "two_headers", words))
