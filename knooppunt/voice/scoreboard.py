"""A fair scoreboard of commitments: how many were made, kept, partly kept, broken, too early to
say, and not looked at yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.decisions.models import Body
from knooppunt.directory.models import Area
from knooppunt.voice.models import Commitment, StatusEntry
from knooppunt.voice.queries.commitments import SETTLED

UNSAID = "unsaid"


@dataclass(frozen=True)
class Score:
    """How the public commitments stood on a day: how many were made, and how many of each
    status; ``late`` are past their date.
    """

    day: date
    made: int
    numbers: dict[str, int]
    late: int

    @property
    def kept(self) -> int:
        """Those that were kept."""
        return self.numbers["kept"]

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Each status with its name and number, in a fixed order."""
        names = {**dict(StatusEntry.Status.choices), UNSAID: _("nog niet bekeken")}
        return [(key, str(name), self.numbers[key]) for key, name in names.items()]


def commitments(day: date, area: Any = None, body: Body | None = None) -> Any:
    """The public commitments made by a day, each with its status on that day."""
    rows = Commitment.objects.visible_on(day)
    rows = rows.in_areas(Area.objects.below(area)) if area else rows
    return rows.filter(body=body) if body else rows


def score(day: date, area: Any = None, body: Body | None = None) -> Score:
    """The scoreboard on a day, of everything, of a wijk or of a body."""
    rows = list(commitments(day, area, body).values_list("status", "due_on"))
    keys = [*StatusEntry.Status.values, UNSAID]
    numbers = {key: sum((status or UNSAID) == key for status, _due in rows) for key in keys}
    late = sum(due is not None and due < day and status not in SETTLED for status, due in rows)
    return Score(day, len(rows), numbers, late)


def with_status(rows: Any, status: str) -> Any:
    """Those with one status; ``unsaid`` are those of which nobody said anything."""
    return rows.filter(status__isnull=True) if status == UNSAID else rows.filter(status=status)
