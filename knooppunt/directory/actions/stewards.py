"""Say who represents an organisation and who weaves a network or an area."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.actions.links import end_link
from knooppunt.directory.models import Area, Organisation, Representation, Weaving
from knooppunt.people.actions import invite
from knooppunt.people.models import User


def appoint_host(
    actor: Actor, email: str, organisation: Organisation, since: date | None = None
) -> Representation:
    """Let the person with this address represent an organisation from today.

    Raises ValidationError when she does already.
    """
    with transaction.atomic():
        trail.lock()
        user = invite(actor, email)
        since = since or timezone.localdate()
        if Representation.objects.filter(user=user, organisation=organisation).overlapping(
            since, None
        ):
            raise ValidationError(_("Deze persoon vertegenwoordigt deze organisatie al."))
        row = Representation.objects.create(user=user, organisation=organisation, since=since)
        trail.record(actor, "appoint_host", organisation, {}, user=user.pk)
    return row


def appoint_weaver(
    actor: Actor, email: str, network: Organisation | None = None, area: Area | None = None
) -> Weaving:
    """Let the person with this address weave one network or one area from today.

    Raises ValidationError.
    """
    with transaction.atomic():
        trail.lock()
        user: User = invite(actor, email)
        today = timezone.localdate()
        if (network is None) == (area is None):
            raise ValidationError(_("Kies één netwerk of één wijk."))
        if Weaving.objects.filter(user=user, network=network, area=area).overlapping(today, None):
            raise ValidationError(_("Deze persoon is hier al netwerkregisseur."))
        row = Weaving.objects.create(user=user, network=network, area=area, since=today)
        trail.record(
            actor, "appoint_weaver", user, {}, network=network and network.pk, area=area and area.pk
        )
    return row


def end_today(actor: Actor, row: Representation | Weaving) -> None:
    """Let somebody's task count no longer from this moment: yesterday was its last day, or it
    never held.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    if row.since and row.since > yesterday:
        with transaction.atomic():
            trail.record(
                actor,
                "end",
                row.organisation if isinstance(row, Representation) else row.user,
                {},
                user=row.user_id,
            )
            row.delete()
    else:
        end_link(actor, row, yesterday)
