"""What who writes the report can open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.report import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not rules.may_write(user):
        return []
    return [DeskDoor(_("Halfjaarbericht maken"), reverse("report:reports"), "figures")]
