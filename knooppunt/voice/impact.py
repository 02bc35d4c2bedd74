"""Who is hit by a threat, from the register: organisations, places, activities and volunteers,
each as a number with its list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity, Organiser
from knooppunt.core.database.valid_time import not_over
from knooppunt.core.labels import Label
from knooppunt.core.registry.figures import shown
from knooppunt.directory.models import Organisation, Place, PlaceRole, VolunteerStatement
from knooppunt.voice.models import Cut, LedgerLine


@dataclass(frozen=True)
class Struck:
    """One number of what is hit: its key, title, definition, the number (None when nobody knows
    it), and the rows behind it.
    """

    key: str
    title: Label
    definition: Label
    number: int | None
    rows: list[Any]

    @property
    def shown(self) -> str:
        """The number as people read it; a stripe for one that is not known."""
        return shown(self.number)


def organisations(cut: Cut) -> Any:
    """The public organisations that are hit; those that had ended when it was announced are not."""
    there = not_over(cut.announced_on)
    return Organisation.objects.public().filter(there, pk__in=cut.hits.values("organisation"))


def struck(cut: Cut, day: date) -> list[Struck]:
    """What is hit, as the register knew it on a day."""
    who = organisations(cut)
    hosts = PlaceRole.objects.visible_on(day).filter(
        role="hosts", organisation__in=who.values("pk")
    )
    places = list(Place.objects.visible_on(day).filter(pk__in=hosts.values("place")))
    organised = Organiser.objects.visible_on(day).filter(organisation__in=who.values("pk"))
    activities = list(
        Activity.objects.visible_on(day).coming_back().filter(pk__in=organised.values("activity"))
    )
    statements = list(
        VolunteerStatement.objects.latest_on(day)
        .filter(organisation__in=who.values("pk"))
        .select_related("organisation")
    )
    listed = list(who)
    return [
        Struck(
            "organisations",
            _("organisaties"),
            _("Organisaties op de lijst van wie geraakt wordt."),
            len(listed),
            listed,
        ),
        Struck(
            "places",
            _("plekken"),
            _("Plekken waarvan een van deze organisaties gastheer is."),
            len(places),
            places,
        ),
        Struck(
            "activities",
            _("activiteiten die terugkomen"),
            _("Reeksen in de agenda die een van deze organisaties (mede) organiseert."),
            len(activities),
            activities,
        ),
        Struck(
            "volunteers",
            _("vrijwilligers"),
            _(
                "De som van wat deze organisaties zelf het laatst opgaven. Zonder opgave telt een "
                "organisatie niet mee."
            ),
            sum(row.number for row in statements) if statements else None,
            statements,
        ),
    ]


def ledger(cut: Cut) -> dict[str, int | None]:
    """In whole euros: what was proposed to be cut, what was restored, and what is left; None for
    what no source tells.

    An amount of 0 is known. ``is_least`` and ``is_least_restored`` are 1 where some of the amounts
    are not.
    """
    lines = list(cut.lines.values_list("kind", "amount"))
    known = {
        kind: [amount for of, amount in lines if of == kind and amount is not None]
        for kind in LedgerLine.Kind.values
    }
    open_kinds = {kind for kind, amount in lines if amount is None}
    sums = {kind: sum(amounts) for kind, amounts in known.items()}
    proposed = sums["proposed"] if known["proposed"] else None
    is_told = known["restored"] or LedgerLine.Kind.RESTORED not in open_kinds
    restored = sums["restored"] if is_told else None
    return {
        "proposed": proposed,
        "has_lines": int(bool(lines)),
        "has_restored": int(any(kind == LedgerLine.Kind.RESTORED for kind, _amount in lines)),
        "is_least": int(LedgerLine.Kind.PROPOSED in open_kinds),
        "is_least_restored": int(LedgerLine.Kind.RESTORED in open_kinds),
        "restored": restored,
        "left": None
        if open_kinds or proposed is None
        else max(0, sums["proposed"] - sums["restored"]),
    }
