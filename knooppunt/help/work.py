"""What needs doing with needs and offers, for one keeper."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.directory.worklist import Work, listed
from knooppunt.help import rules
from knooppunt.help.models import Introduction


def work(user: Any) -> list[Work]:
    """Introductions of which nobody told how they went."""
    rows = Introduction.objects.unanswered(timezone.localdate()).filter(
        need__in=rules.changeable_notices(user).values("pk")
    )
    rows = rows.select_related("need__organisation", "offer__organisation")
    return [
        listed(
            "gelukt",
            _("Is het echt gelukt?"),
            _("Bel ze, en schrijf op wat je hoort."),
            rows,
            "help/desk/rows.html",
        )
    ]
