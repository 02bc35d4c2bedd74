"""Puts the same finding of many rows together, so that a person reads it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knooppunt.kit.findings import Finding

SHOWN = 5


@dataclass
class FindingGroup:
    """What was found in a field, and where: each row with its line and name."""

    message: str
    field: str
    suggestion: str
    rows: list[str]

    @property
    def shown(self) -> str:
        """The first rows."""
        return "; ".join(self.rows[:SHOWN])

    @property
    def more(self) -> int:
        """How many rows there are besides."""
        return max(len(self.rows) - SHOWN, 0)


def group_findings(findings: Iterable[Finding]) -> list[FindingGroup]:
    """The findings in order, those that say the same of the same field as one."""
    groups: dict[tuple[str, str, str], FindingGroup] = {}
    for finding in findings:
        key = (finding.message, finding.field, finding.suggestion)
        group = groups.setdefault(key, FindingGroup(*key, rows=[]))
        row = f"{finding.place} {finding.name or finding.record}".strip()
        if row:
            group.rows.append(row)
    return list(groups.values())
