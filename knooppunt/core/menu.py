"""The doors of the site: the five in the bar of a phone, the row on a desk, and all of them with
one line each.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from knooppunt.core.labels import Label
from knooppunt.core.registry import modules
from knooppunt.core.registry.modules import Nav

KEEPING = "keep"
GROUPS: tuple[tuple[str, Label], ...] = (
    ("join", _("Meedoen")),
    ("find", _("Vinden")),
    ("speak", _("Meepraten en beslissen")),
    ("know", _("Hoe het gaat")),
    ("about", _("Over deze site")),
    (KEEPING, _("Voor beheerders")),
)
MORE = Nav(_("Meer"), "core:more", "more")
ON_PHONE, ON_DESK = 4, 5


def doors() -> list[Nav]:
    """The doors of all parts that are on, the most important first."""
    return sorted(modules.gathered("nav"), key=lambda door: door.order)


def bar() -> list[Nav]:
    """The doors in the bar of a phone: the four that matter most, and the page with the others."""
    return [*_for_everybody(doors())[:ON_PHONE], MORE]


def row() -> list[Nav]:
    """The doors in the row at the top of a wide screen."""
    return [*_for_everybody(doors())[:ON_DESK], MORE]


def groups(is_keeping: bool) -> list[tuple[Label, list[Nav]]]:
    """All doors under their headings; those for keepers only when ``is_keeping``."""
    every = doors()
    shown = ((key, label) for key, label in GROUPS if is_keeping or key != KEEPING)
    filled = [(label, [door for door in every if door.group == key]) for key, label in shown]
    return [(label, behind) for label, behind in filled if behind]


def _for_everybody(every: Iterable[Nav]) -> list[Nav]:
    return [door for door in every if door.group != KEEPING]
