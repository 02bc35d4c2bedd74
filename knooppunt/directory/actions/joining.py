"""Ask to belong to a network, and answer such a request: an organisation becomes a member by
the network's yes alone.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.directory import rules
from knooppunt.directory.actions.links import join_network
from knooppunt.directory.models import Membership, MembershipRequest, Organisation

State = MembershipRequest.State


def join_or_ask(
    actor: Actor,
    organisation: Organisation,
    network: Organisation,
    *,
    role: str = "member",
    since: date | None = None,
    until: date | None = None,
) -> Membership | MembershipRequest:
    """Make an organisation a member when the actor may say yes for the network; else put the
    request to the network.

    Raises ValidationError when it is no network, when she asked already, or when it cannot be a
    member.
    """
    if network.role != Organisation.Role.NETWORK:
        raise ValidationError(_("“%(name)s” is geen netwerk.") % {"name": network})
    if rules.may_admit(actor.account, network) if actor.account else False:
        return join_network(actor, organisation, network, role=role, since=since, until=until)
    with transaction.atomic():
        trail.lock()
        refuse_backwards(since, until)
        if organisation.pk == network.pk:
            raise ValidationError(_("Een netwerk kan geen lid zijn van zichzelf."))
        if Membership.objects.filter(organisation=organisation, network=network).overlapping(
            since, until
        ):
            raise ValidationError(_("Dit is voor (een deel van) deze periode al vastgelegd."))
        if MembershipRequest.objects.filter(
            organisation=organisation, network=network, state=State.OPEN
        ).exists():
            raise ValidationError(
                _("Dit is al gevraagd aan %(network)s. Wacht op antwoord.") % {"network": network}
            )
        request = MembershipRequest.objects.create(
            organisation=organisation,
            network=network,
            role=role,
            since=since,
            until=until,
            asked_by=actor.account,
        )
        trail.record(actor, "ask_to_join", organisation, {}, network=network.pk, request=request.pk)
    return request


def accept(actor: Actor, request: MembershipRequest) -> Membership:
    """Say yes for the network: from now on the organisation is a member. Raises ValidationError."""
    with transaction.atomic():
        trail.lock()
        _answer(request, State.ACCEPTED)
        return join_network(
            actor,
            request.organisation,
            request.network,
            role=request.role,
            since=request.since,
            until=request.until,
        )


def refuse(actor: Actor, request: MembershipRequest, reason: str) -> None:
    """Say no for the network, with a reason that the organisation reads.

    Raises ValidationError without one.
    """
    if not reason.strip():
        raise ValidationError(_("Schrijf erbij waarom niet; de organisatie leest dat."))
    with transaction.atomic():
        trail.lock()
        _answer(request, State.REFUSED, reason.strip()[:500])
        trail.record(
            actor,
            "refuse_membership",
            request.organisation,
            {},
            network=request.network_id,
            request=request.pk,
        )


def lapse(actor: Actor, request: MembershipRequest, reason: str) -> None:
    """Let an open request go, because one of both ends; ``reason`` is what its page says."""
    with transaction.atomic():
        trail.lock()
        _answer(request, State.REFUSED, reason)
        trail.record(actor, "lapse_request", request.organisation, {}, request=request.pk)


def _answer(request: MembershipRequest, state: str, reason: str = "") -> None:
    """Note the answer once; raises ValidationError when there is one already."""
    open_requests = MembershipRequest.objects.filter(pk=request.pk, state=State.OPEN)
    if not open_requests.update(state=state, reason=reason, answered_at=timezone.now()):
        raise ValidationError(_("Op deze vraag is al geantwoord."))
