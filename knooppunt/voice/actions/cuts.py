"""Writes down what threatens, who is hit, when it is decided, and what was proposed and
restored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.directory.models import Organisation
from knooppunt.voice.models import Cut, Hit, LedgerLine, Moment


def save_cut(actor: Actor, cut: Cut, values: dict[str, Any]) -> Cut:
    """Write down or change a threat.

    Raises ValidationError for a number of visitors without a source.
    """
    if values.get("visitors") and not values.get("visitors_source"):
        raise ValidationError({"visitors_source": _("Waar komt dit aantal vandaan?")})
    with transaction.atomic():
        # Who writes down a threat that was struck, means that it is there after all.
        saved: Cut = save_with_audit(
            actor, cut, {**values, "mistake_on": None, "mistake_reason": ""}
        )
        trail.record(actor, "cut", cut.point, {})
    return saved


def add_hits(actor: Actor, cut: Cut, organisations: Iterable[Organisation]) -> int:
    """Write down who is hit; who is there already stays as it is. Gives how many came in."""
    rows = [Hit(cut=cut, organisation=one) for one in organisations]
    with transaction.atomic():
        before = cut.hits.count()
        Hit.objects.bulk_create(rows, ignore_conflicts=True)
        made = cut.hits.count() - before
        trail.record(actor, "hit", cut.point, {"number": (before, before + made)})
    return made


def add_line(actor: Actor, cut: Cut, values: dict[str, Any]) -> LedgerLine:
    """Put a line in the ledger. Raises ValidationError without a source or for a day to come."""
    _check_line(values)
    with transaction.atomic():
        made: LedgerLine = save_with_audit(actor, LedgerLine(cut=cut), values)
        trail.record(actor, "ledger", cut.point, {made.what: (None, made.amount)})
    return made


def _check_line(values: dict[str, Any]) -> None:
    if not values.get("source"):
        raise ValidationError({"source": _("Waar staat dit?")})
    refuse_future(values["on"], "on")


def change_line(actor: Actor, line: LedgerLine, values: dict[str, Any]) -> None:
    """Correct a line of the ledger.

    Raises ValidationError without a source or for a day to come.
    """
    _check_line(values)
    save_with_audit(actor, line, values, "correct")


def add_moment(actor: Actor, cut: Cut, values: dict[str, Any]) -> Moment:
    """Put a day on the calendar of decisions."""
    with transaction.atomic():
        made: Moment = save_with_audit(actor, Moment(cut=cut), values)
        trail.record(actor, "moment", cut.point, {made.text: (None, made.on)})
    return made
