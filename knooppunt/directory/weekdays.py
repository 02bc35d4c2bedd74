"""The names of the days of the week, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def weekday(number: int) -> str:
    """The name of a weekday; 0 is Monday."""
    names = (_("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"))
    return names[number]
