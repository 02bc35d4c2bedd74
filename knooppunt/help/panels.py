"""What needs and offers add to the page of an organisation and to the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.registry.modules import Panel
from knooppunt.directory.rules import is_keeper
from knooppunt.help import rules
from knooppunt.help.models import Notice


def of_organisation(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    """What an organisation needs and can spare; nothing for an institution without any."""
    today = timezone.localdate()
    rows = (
        list(
            Notice.objects.visible_on(today)
            .filter(organisation=organisation)
            .order_by("side", "pk")
        )
        if organisation.is_public
        else []
    )
    can_enter = organisation.role != "institution" and rules.may_enter(request.user, organisation)
    return (
        {"notices": rows, "can_enter": can_enter, "organisation": organisation}
        if rows or can_enter
        else None
    )


def of_desk(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """The doors for who keeps anything."""
    return {"may_broker": rules.may_broker(request.user)} if is_keeper(request.user) else None


PANELS = (
    Panel("organisation", "help/panels/organisation.html", of_organisation),
    Panel("desk", "help/panels/desk.html", of_desk),
)
