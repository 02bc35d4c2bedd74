"""Builders for the tests of the register: a record with only what the test is about."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from PIL import Image

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry.list_kinds import Reading
from knooppunt.directory.actions.links import assign_place, join_network
from knooppunt.directory.actions.records import create
from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.run import run_import
from knooppunt.directory.models import Kind, Organisation, Place
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Finding, Report
from knooppunt.people.models import User


def organisation(name: str, kind: str = "", **values: Any) -> Organisation:
    """An organisation; ``kind`` by its slug."""
    if kind:
        values["kind"] = Kind.objects.get(slug=kind)
    return create(SYSTEM, Organisation, {"name": name, **values})


def network(name: str, members: list[Organisation] | None = None, **values: Any) -> Organisation:
    """A network with members."""
    made = organisation(name, role="network", **values)
    for member in members or []:
        join_network(SYSTEM, member, made)
    return made


def place(name: str, host: Organisation | None = None, **values: Any) -> Place:
    """A place, hosted by an organisation or by nobody."""
    made = create(SYSTEM, Place, {"name": name, **values})
    if host:
        assign_place(SYSTEM, host, made)
    return made


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A photo file of one colour, so many pixels wide and high."""
    out = io.BytesIO()
    Image.new(mode, size, "green").save(out, kind)
    return out.getvalue()


def second_factor(user: User) -> None:
    """Give somebody a second factor, without a telephone."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})


FILE_OPTIONS = ("name", "mapping", "sheet", "header_row")


def write_csv(
    path: Path, header: list[str], *rows: list[str], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """A spreadsheet as somebody saved it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def read_in(path: Path, **options: Any) -> tuple[Report, list[Finding]]:
    """Import a spreadsheet; gives the report and every finding in it, the rows' outcomes
    included.
    """
    findings: list[Finding] = []
    report = Report()
    plain = report.add

    def keep(finding: Finding) -> None:
        findings.append(finding)
        plain(finding)

    report.add = keep  # type: ignore[method-assign]
    chosen = {name: options.pop(name) for name in FILE_OPTIONS if name in options}
    run_import(Reading(ListFile(path, COLUMNS, **chosen), SYSTEM, **options), report)
    return report, findings
