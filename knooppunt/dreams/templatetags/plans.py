"""Amounts of money in templates of plans."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def cents(value: int | None) -> str:
    """An amount in cents as people read it: € 1.250 or € 12,50."""
    if value is None:
        return ""
    whole, rest = divmod(value, 100)
    places = 2 if rest else 0
    amount = number_format(whole + rest / 100, places, use_l10n=True, force_grouping=True)
    return f"€\u00a0{amount}"
