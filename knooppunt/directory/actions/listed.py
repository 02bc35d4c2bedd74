"""What a list leaves to a person: memberships it no longer names, and who is named as a network
but says otherwise.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.actions.links import end_link
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Membership, Organisation


def ask_about(memberships: Any, listed_as: str = "") -> int:
    """Put open memberships that a list no longer names on the worklist; ``listed_as`` is what
    it says instead.
    """
    return memberships.filter(missing_since__isnull=True).update(
        missing_since=timezone.localdate(), listed_as=listed_as[:200]
    )


def listed_again(pairs: list[tuple[int, int]]) -> None:
    """Take memberships (organisation and network) that a list names off the worklist."""
    asked = Membership.objects.filter(missing_since__isnull=False, until__isnull=True)
    named = set(pairs)
    back = [
        row.pk
        for row in asked.only("organisation_id", "network_id")
        if (row.organisation_id, row.network_id) in named
    ]
    Membership.objects.filter(pk__in=back).update(missing_since=None, listed_as="")


def answer_membership(actor: Actor, membership: Membership, is_member: bool) -> None:
    """Say whether a membership that the list no longer names still holds; else it ended
    yesterday, or the day it began.
    """
    with transaction.atomic():
        trail.lock()
        membership.missing_since, membership.listed_as = None, ""
        membership.save(update_fields=["missing_since", "listed_as"])
        if is_member:
            values = {"membership": membership.pk, "network": membership.network_id}
            trail.record(actor, "keep_membership", membership.organisation, {}, **values)
        else:
            end_link(actor, membership, _last_day(membership))


def answer_network(actor: Actor, one: Organisation, is_network: bool) -> None:
    """Say whether an organisation that others name as their network is one; else their
    memberships end.
    """
    with transaction.atomic():
        trail.lock()
        if is_network:
            change(actor, one, {"role": "network"})
            return
        for membership in one.members.filter(until__isnull=True).select_related("organisation"):
            end_link(actor, membership, _last_day(membership))


def _last_day(membership: Membership) -> Any:
    yesterday = timezone.localdate() - timedelta(days=1)
    return max(yesterday, membership.since) if membership.since else yesterday
