"""What a keeper can put on the board and open from her desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.registry.modules import DeskDoor
from knooppunt.directory.rules import is_keeper
from knooppunt.help import rules


def desk_doors(user: Any) -> list[DeskDoor]:
    """The doors of this part for one user."""
    if not is_keeper(user):
        return []
    doors = [DeskDoor(_("Vraag of aanbod"), reverse("help:enter"), "hand", is_new=True)]
    if rules.may_broker(user):
        doors.append(DeskDoor(_("Makelaarstafel"), reverse("help:broker"), "people"))
    return doors
