"""The numbers of the voice: what was asked, how far it is, what was promised and kept, what was
cut and restored.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit import mistakes
from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.figures import members_of
from knooppunt.directory.models import Area, Organisation
from knooppunt.voice.models import (
    Commitment,
    CoSignature,
    LedgerLine,
    PaperSupport,
    Point,
    Signal,
    Step,
    Support,
)
from knooppunt.voice.models.points import Stage
from knooppunt.voice.scoreboard import commitments

AFTER_ASKING = [stage for stage in Stage.values if stage not in (Stage.COLLECTED, Stage.SHARED)]


def points(day: date, area: Any = None, stages: tuple[str, ...] = ()) -> Any:
    """The public points of a day; with ``stages`` those that had taken one of these steps."""
    rows = Point.objects.visible_on(day).select_related("body")
    rows = rows.reached(stages, day) if stages else rows
    return rows.in_areas(Area.objects.below(area)) if area else rows


def standing(day: date, area: Any = None, stages: tuple[str, ...] = ()) -> QuerySet[Any]:
    """The public points whose last step on a day is one of these."""
    return points(day, area).at(stages)


def promised(day: date, area: Any = None, status: str = "") -> QuerySet[Any]:
    """The public commitments made by a day; with a status those that stood like that."""
    rows = commitments(day, area).select_related("term__post__body", "body")
    return rows.filter(status=status) if status else rows


def late(day: date, area: Any = None) -> QuerySet[Any]:
    """The commitments past their date on a day of which nobody said that they were kept or
    broken.
    """
    return commitments(day, area).overdue(day).select_related("term__post__body", "body")


def signed(day: date, area: Any = None) -> QuerySet[Any]:
    """The organisations whose signature stood under a public point on a day, each once;
    ``is_invented`` when one of its signatures is.
    """
    rows = CoSignature.objects.as_of(day).filter(point__is_public=True)
    invented = rows.filter(organisation=OuterRef("pk"), point__is_example=True)
    found = Organisation.objects.public().filter(pk__in=rows.values("organisation"))
    found = found.annotate(is_invented=Exists(invented))
    return found.in_areas(Area.objects.below(area), day) if area else found


def signals(day: date, area: Any = None) -> QuerySet[Any]:
    """The signals received by a day."""
    rows = Signal.objects.filter(received_on__lte=day).select_related("area", "point")
    return rows.filter(area__in=Area.objects.below(area)) if area else rows


def ledger(day: date, area: Any = None, kind: str = "proposed") -> QuerySet[Any]:
    """The lines of the ledgers of public threats by a day, of one kind, with an amount."""
    rows = LedgerLine.objects.filter(
        on__lte=day, kind=kind, amount__isnull=False, cut__point__is_public=True
    ).select_related("cut__point")
    return rows.filter(cut__point__areas__in=Area.objects.below(area)).distinct() if area else rows


def paper(day: date, area: Any = None) -> QuerySet[Any]:
    """The lists with signatures of residents by a day."""
    rows = PaperSupport.objects.filter(on__lte=day, point__is_public=True).select_related("point")
    return rows.filter(point__areas__in=Area.objects.below(area)).distinct() if area else rows


def supports(day: date, area: Any = None) -> QuerySet[Any]:
    """The browsers that support a public point by a day; who supports two points counts twice."""
    rows = (
        Support.objects.filter(
            mistakes.standing(Point, "point__"), on__lte=day, point__is_public=True
        )
        .select_related("point")
        .order_by("pk")
    )
    return rows.filter(point__areas__in=Area.objects.below(area)).distinct() if area else rows


def _signed_by_members(rows: Any, day: date, network: Any) -> Any:
    """The points that a member of a network brought up or signed."""
    members = members_of(network, day)
    signed = CoSignature.objects.as_of(day).filter(organisation__in=members)
    return rows.filter(Q(organisation__in=members) | Q(pk__in=signed.values("point")))


def _members_that_signed(rows: Any, day: date, network: Any) -> Any:
    return rows.filter(pk__in=members_of(network, day))


def begins() -> date | None:
    """The first day of which a point or a promise is written down."""
    days = [
        Point.objects.aggregate(first=Min("listed_on"))["first"],
        Step.objects.aggregate(first=Min("on"))["first"],
        Commitment.objects.aggregate(first=Min("said_on"))["first"],
        Signal.objects.aggregate(first=Min("received_on"))["first"],
    ]
    return min((day for day in days if day), default=None)


def _point(row: Any) -> Item:
    return Item(
        row.pk,
        row.title,
        row.get_absolute_url(),
        note=f"{Stage(row.stage).label}, {date_format(row.stage_on, 'j F Y')}" if row.stage else "",
        is_example=row.is_example,
    )


def _commitment(row: Any) -> Item:
    return Item(
        row.pk,
        str(row),
        row.get_absolute_url(),
        note=f"{row.who}, {date_format(row.said_on, 'j F Y')}",
        is_example=row.is_example,
    )


def _organisation(row: Any) -> Item:
    return Item(row.pk, row.name, row.get_absolute_url(), is_example=row.is_invented)


def _signal(row: Signal) -> Item:
    """Which channel and when; what somebody said is not published here."""
    shown = row.point if row.point and row.point.is_public else None
    return Item(
        row.pk,
        str(row.get_channel_display()),
        shown.get_absolute_url() if shown else "",
        note=date_format(row.received_on, "j F Y"),
        is_example=row.is_example,
    )


def _line(row: LedgerLine) -> Item:
    return Item(
        row.pk,
        row.what,
        row.cut.get_absolute_url(),
        row.amount or 0,
        f"{row.source}, {date_format(row.on, 'j F Y')}",
        is_example=row.cut.point.is_example,
    )


def _paper(row: PaperSupport) -> Item:
    return Item(
        row.pk,
        row.point.title,
        row.point.get_absolute_url(),
        row.number,
        f"{row.source}, {date_format(row.on, 'j F Y')}",
        is_example=row.point.is_example,
    )


def _support(row: Support) -> Item:
    return Item(
        row.pk,
        row.point.title,
        row.point.get_absolute_url(),
        is_example=row.point.is_example,
    )


FIGURES = (
    Figure(
        "signals",
        _("Signalen"),
        _(
            "Wat bewoners en initiatieven tot en met de peildatum lieten weten, op de site, op "
            "papier, aan de telefoon of in een gesprek."
        ),
        _("signalen"),
        signals,
        _signal,
        begins=begins,
    ),
    Figure(
        "points",
        _("Punten"),
        _(
            "Openbare punten waarvan de eerste stap op of voor de peildatum was. De dag van de "
            "stap telt, niet de dag waarop die is opgeschreven."
        ),
        _("punten"),
        points,
        _point,
        of_network=_signed_by_members,
        begins=begins,
    ),
    Figure(
        "points_asked",
        _("Ingebrachte punten"),
        _(
            "Openbare punten die tot en met de peildatum bij een raad, college of instelling zijn "
            "ingebracht, wat er daarna ook mee gebeurde."
        ),
        _("punten"),
        partial(points, stages=tuple(AFTER_ASKING)),
        _point,
        of_network=_signed_by_members,
        begins=begins,
    ),
    Figure(
        "points_agreed",
        _("Punten in een akkoord of toegezegd"),
        _(
            "Openbare punten die tot en met de peildatum zijn toegezegd of in een getekend "
            "akkoord kwamen, op de dag van de toezegging of van het tekenen."
        ),
        _("punten"),
        partial(points, stages=("promised", "agreed")),
        _point,
        of_network=_signed_by_members,
        begins=begins,
    ),
    Figure(
        "points_done",
        _("Uitgevoerde punten"),
        _("Openbare punten waarvan de laatste stap op de peildatum ‘uitgevoerd’ was."),
        _("punten"),
        partial(standing, stages=("done",)),
        _point,
        of_network=_signed_by_members,
        begins=begins,
    ),
    Figure(
        "points_partly",
        _("Deels uitgevoerde punten"),
        _("Openbare punten waarvan de laatste stap op de peildatum ‘deels uitgevoerd’ was."),
        _("punten"),
        partial(standing, stages=("partly",)),
        _point,
        of_network=_signed_by_members,
        begins=begins,
    ),
    Figure(
        "commitments",
        _("Toezeggingen"),
        _("Openbare toezeggingen die op of voor de peildatum zijn gedaan."),
        _("toezeggingen"),
        promised,
        _commitment,
        begins=begins,
    ),
    Figure(
        "commitments_kept",
        _("Gehaalde toezeggingen"),
        _("Het deel daarvan dat volgens de laatste stand op of voor de peildatum is gehaald."),
        _("toezeggingen"),
        partial(promised, status="kept"),
        _commitment,
        begins=begins,
    ),
    Figure(
        "commitments_partly",
        _("Deels gehaalde toezeggingen"),
        _(
            "Het deel daarvan dat volgens de laatste stand op of voor de peildatum deels is "
            "gehaald."
        ),
        _("toezeggingen"),
        partial(promised, status="partly"),
        _commitment,
        begins=begins,
    ),
    Figure(
        "commitments_broken",
        _("Niet gehaalde toezeggingen"),
        _("Het deel daarvan dat volgens de laatste stand op of voor de peildatum niet is gehaald."),
        _("toezeggingen"),
        partial(promised, status="broken"),
        _commitment,
        begins=begins,
    ),
    Figure(
        "commitments_late",
        _("Toezeggingen over hun datum"),
        _(
            "Toezeggingen waarvan de afgesproken dag op de peildatum voorbij was, en waarvan toen "
            "niet was opgeschreven of ze zijn gehaald, deels gehaald of niet gehaald."
        ),
        _("toezeggingen"),
        late,
        _commitment,
        begins=begins,
    ),
    Figure(
        "cosigners",
        _("Organisaties die tekenden"),
        _(
            "Organisaties waarvan op de peildatum een handtekening onder een openbaar punt stond, "
            "ieder één keer. Wie toen was gestopt, telt niet mee."
        ),
        _("organisaties"),
        signed,
        _organisation,
        of_network=_members_that_signed,
        begins=begins,
    ),
    Figure(
        "support_site",
        _("Steun op de site"),
        _(
            "Hoe vaak tot en met de peildatum op de site op ‘Ik steun dit’ is getikt: één keer "
            "per punt en per browser. Iemand met twee telefoons kan twee keer tellen; we houden "
            "niet bij wie het is."
        ),
        _("keer"),
        supports,
        _support,
        begins=begins,
    ),
    Figure(
        "support_paper",
        _("Handtekeningen op papier"),
        _(
            "De som van de handtekeningen van bewoners op papieren lijsten tot en met de "
            "peildatum, met waar die lijsten liggen."
        ),
        _("handtekeningen"),
        paper,
        _paper,
        sums="number",
        begins=begins,
    ),
    Figure(
        "cut_proposed",
        _("Voorgestelde bezuinigingen"),
        _(
            "De som in euro’s van wat tot en met de peildatum is voorgesteld te schrappen, voor "
            "zover het bedrag bekend is."
        ),
        _("euro"),
        partial(ledger, kind="proposed"),
        _line,
        sums="amount",
        form="euro",
        begins=begins,
    ),
    Figure(
        "cut_restored",
        _("Teruggedraaide bezuinigingen"),
        _(
            "De som in euro’s van wat daarvan tot en met de peildatum is teruggedraaid, voor "
            "zover het bedrag bekend is."
        ),
        _("euro"),
        partial(ledger, kind="restored"),
        _line,
        sums="amount",
        form="euro",
        begins=begins,
    ),
)
