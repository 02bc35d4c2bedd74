"""The numbers of the register: how many networks, organisations, places, members and
volunteers, with the list behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.models import (
    Area,
    Confirmation,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    VolunteerStatement,
)
from knooppunt.kit.dates import days_before

EXISTS = _(
    "Wat er op de peildatum is: begonnen op of voor die dag (of in het register gezet, als het "
    "begin onbekend is) en niet gestopt."
)


def told(text: Any) -> Any:
    """A definition with the shared sentence and the number of days filled in, in the reader's
    language.
    """
    return format_lazy(text, exists=EXISTS, days=settings.FRESH_DAYS)


def organisations(day: date, area: Any = None, role: str = "") -> QuerySet[Any]:
    """The public organisations that existed on a day, of one role, in an area."""
    rows = Organisation.objects.visible_on(day)
    rows = rows.filter(role=role) if role else rows
    return rows.in_areas(Area.objects.below(area), day) if area else rows


def places(day: date, area: Any = None) -> QuerySet[Any]:
    """The public places that existed on a day, in an area."""
    rows = Place.objects.visible_on(day)
    return rows.in_areas(Area.objects.below(area)) if area else rows


def memberships(day: date, area: Any = None, network: int | None = None) -> QuerySet[Any]:
    """The memberships that held on a day, of organisations that existed then, one for each
    organisation and network.
    """
    rows = (
        Membership.objects.visible_on(day)
        .select_related("organisation", "network")
        .order_by("network__name_key", "organisation__name_key", "pk")
    )
    rows = rows.filter(network__role="network")
    rows = rows.filter(organisation__in=organisations(day, area).values("pk")) if area else rows
    return rows.filter(network=network) if network else rows


def per_network(day: date, area: Any = None) -> Iterable[Figure]:
    """For each network the number of its members."""
    for network in organisations(day, role="network"):
        yield Figure(
            key=f"members:{network.slug}",
            title=format_lazy(_("Leden van {network}"), network=network.name),
            definition=MEMBERS.definition,
            unit=MEMBERS.unit,
            counted=partial(memberships, network=network.pk),
            item=_member,
            mark=OF_ORGANISATION,
        )


def volunteers(day: date, area: Any = None) -> QuerySet[Any]:
    """For each initiative and network that existed on a day its latest statement of volunteers
    up to then.
    """
    latest = (
        VolunteerStatement.objects.latest_on(day)
        .select_related("organisation")
        .order_by("organisation__name_key", "pk")
    )
    return latest.filter(
        organisation__in=organisations(day, area).exclude(role="institution").values("pk")
    )


def without_statement(day: date, area: Any = None) -> QuerySet[Any]:
    """The organisations of which no number of volunteers is known on a day."""
    statements = VolunteerStatement.objects.filter(organisation=OuterRef("pk"), on__lte=day)
    return organisations(day, area, "initiative").filter(~Exists(statements))


def confirmed(day: date, area: Any = None) -> QuerySet[Any]:
    """The organisations that existed on a day and were confirmed in the time before it that the
    setting gives.
    """
    rows = Confirmation.objects.filter(
        organisation=OuterRef("pk"), on__lte=day, on__gt=days_before(day, settings.FRESH_DAYS)
    )
    return organisations(day, area).filter(Exists(rows))


def members_of(network: Any, day: date) -> QuerySet[Any]:
    """The numbers of the organisations that were members of a network on a day."""
    return Membership.objects.visible_on(day).filter(network=network).values("organisation")


def _of_network(rows: QuerySet[Any], day: date, network: Any) -> QuerySet[Any]:
    return rows.filter(pk__in=members_of(network, day))


def _places_of(rows: QuerySet[Any], day: date, network: Any) -> QuerySet[Any]:
    roles = PlaceRole.objects.visible_on(day).filter(organisation__in=members_of(network, day))
    return rows.filter(pk__in=roles.values("place"))


def _statements_of(rows: QuerySet[Any], day: date, network: Any) -> QuerySet[Any]:
    return rows.filter(organisation__in=members_of(network, day))


def _memberships_of(rows: QuerySet[Any], day: date, network: Any) -> QuerySet[Any]:
    return rows.filter(network=network)


def begins() -> date | None:
    """The first day on which the register was kept."""
    return Organisation.objects.aggregate(first=Min("listed_on"))["first"]


def _record(row: Any) -> Item:
    return Item(row.pk, row.name, row.get_absolute_url(), is_example=row.is_example)


def _member(row: Membership) -> Item:
    return Item(
        row.organisation_id,
        row.organisation.name,
        row.organisation.get_absolute_url(),
        note=row.network.name,
        group=f"members:{row.network.slug}",
        is_example=row.organisation.is_example,
    )


def _statement(row: VolunteerStatement) -> Item:
    note = f"{row.on:%d-%m-%Y} {row.source}".strip()
    return Item(
        row.organisation_id,
        row.organisation.name,
        row.organisation.get_absolute_url(),
        row.number,
        note,
        is_example=row.organisation.is_example,
    )


NAMED = ("name", "slug", "role", "is_example")
OF_ORGANISATION = "organisation__is_example"
MEMBERS = Figure(
    "members",
    _("Meedoen in netwerken"),
    _(
        "Het aantal keren dat een organisatie op de peildatum meedoet in een netwerk, als lid. Wie "
        "in twee netwerken meedoet, telt hier twee keer."
    ),
    _("keer"),
    memberships,
    _member,
    family=per_network,
    of_network=_memberships_of,
    begins=begins,
    reads=(
        "organisation__name",
        "organisation__slug",
        "organisation__role",
        "organisation__is_example",
        "network__name",
        "network__slug",
    ),
    mark=OF_ORGANISATION,
)

FIGURES = (
    Figure(
        "networks",
        _("Netwerken"),
        told(_("Organisaties met de rol netwerk: hun leden zijn zelf organisaties. {exists}")),
        _("netwerken"),
        partial(organisations, role="network"),
        _record,
        of_network=_of_network,
        begins=begins,
        reads=NAMED,
        mark="is_example",
    ),
    Figure(
        "organisations",
        _("Organisaties"),
        told(_("Alle initiatieven, netwerken en instellingen samen, ieder één keer. {exists}")),
        _("organisaties"),
        organisations,
        _record,
        of_network=_of_network,
        begins=begins,
        reads=NAMED,
        mark="is_example",
    ),
    Figure(
        "initiatives",
        _("Initiatieven"),
        told(_("Organisaties met de rol initiatief. {exists}")),
        _("initiatieven"),
        partial(organisations, role="initiative"),
        _record,
        of_network=_of_network,
        begins=begins,
        reads=NAMED,
        mark="is_example",
    ),
    Figure(
        "places",
        _("Plekken"),
        told(_("Plekken waar je naartoe kunt. {exists}")),
        _("plekken"),
        places,
        _record,
        of_network=_places_of,
        begins=begins,
        reads=("name", "slug", "is_example"),
        mark="is_example",
    ),
    MEMBERS,
    Figure(
        "volunteers",
        _("Vrijwilligers"),
        _(
            "De som van het aantal vrijwilligers dat elk initiatief en elk netwerk zelf het "
            "laatst opgaf, op of voor de peildatum. Vrijwilligers van instellingen tellen niet "
            "mee. Wie op twee plekken helpt, telt twee keer. Zonder opgave telt een initiatief "
            "niet mee; die staan apart."
        ),
        _("vrijwilligers"),
        volunteers,
        _statement,
        sums="number",
        gaps=without_statement,
        gaps_title=_("Initiatieven zonder opgave"),
        of_network=_statements_of,
        begins=begins,
        mark=OF_ORGANISATION,
    ),
    Figure(
        "confirmed",
        _("Bevestigde organisaties"),
        told(
            _(
                "Organisaties waarvan iemand in de {days} dagen tot en met de peildatum zei dat "
                "de gegevens kloppen."
            )
        ),
        _("organisaties"),
        confirmed,
        _record,
        of_network=_of_network,
        begins=begins,
        reads=NAMED,
        mark="is_example",
    ),
)
