"""Add an organisation or a place by hand, with its first contact, its network or its host, in
one transaction.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules
from knooppunt.directory.actions import details, links, records
from knooppunt.directory.models import Organisation, Place


def add_organisation(
    actor: Actor,
    values: dict[str, Any],
    contact: tuple[str, str] | None = None,
    network: Organisation | None = None,
    visibility: str = "public",
) -> Organisation:
    """A new organisation with one contact (type and value) as a member of one network.

    A website becomes the organisation's own; a number or mail address is seen by ``visibility``.
    Raises ValidationError when the actor could not keep what she adds: it lies outside her wijken
    and networks.
    """
    kind, value = contact or ("", "")
    if kind == "website":
        values = values | {"website": value}
    with transaction.atomic():
        organisation = records.create(actor, Organisation, values)
        if kind in ("phone", "email"):
            details.set_contacts(actor, organisation, [(kind, value, "", visibility)])
        if network:
            links.join_network(actor, organisation, network)
        _refuse_outside(actor, organisation)
    return organisation


def add_place(
    actor: Actor,
    values: dict[str, Any],
    host: Organisation | str | None = None,
    kind: Any = None,
) -> Place:
    """A new place with who hosts it; a host that is a name is added as an initiative, with ``kind``
    and the same wijk.

    Raises ValidationError when the actor could not keep what she adds.
    """
    with transaction.atomic():
        place = records.create(actor, Place, values)
        if isinstance(host, str):
            facts = {"name": host, "kind": kind, "areas": values.get("areas", [])}
            host = records.create(actor, Organisation, facts)
        elif host and kind and host.kind is None:
            records.change(actor, host, {"kind": kind})
        if host:
            links.assign_place(actor, host, place)
        _refuse_outside(actor, place)
    return place


def _refuse_outside(actor: Actor, record: Organisation | Place) -> None:
    if actor.account is not None and not rules.may_change(actor.account, record):
        raise ValidationError(
            _("Kies een wijk of netwerk van jezelf: hier buiten mag je niets toevoegen.")
        )
