"""What the templates of the agenda need besides: links that keep the choices, and numbers as
people read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

from knooppunt.agenda import lists
from knooppunt.agenda.models import Organiser
from knooppunt.agenda.pictures import percent as in_percent
from knooppunt.agenda.shares import Count, Line
from knooppunt.core.web import page_cache

register = template.Library()


@register.simple_tag(takes_context=True)
def with_filters(context: dict[str, Any], **wanted: Any) -> str:
    """The address of this page with some choices set, or taken off when empty."""
    query = context["request"].GET.copy()
    query.pop("pagina", None)
    for name, value in wanted.items():
        query.pop(name, None)
        if value:
            query[name] = value.isoformat() if isinstance(value, date) else str(value)
    return f"?{query.urlencode()}" if query else str(context["request"].path)


@register.simple_tag
def times(numbers: Iterable[int], show_day: bool = False) -> SafeString:
    """Single times as a list; each line is drawn once for as long as nothing changes."""
    lines = _drawn("agenda/parts/row.html", numbers, show_day)
    return mark_safe(f'<ul class="times">{lines}</ul>')  # noqa: S308 - drawn by our own template, which escapes


@register.simple_tag
def happenings(numbers: Iterable[int], show_day: bool = False) -> SafeString:
    """Single times as cards with a drawing; each is drawn once for as long as nothing changes."""
    cards = _drawn("agenda/parts/happening.html", numbers, show_day)
    return mark_safe(f'<ul class="happenings">{cards}</ul>' if cards else "")  # noqa: S308 - drawn by our own template, which escapes


def _drawn(template_name: str, numbers: Iterable[int], show_day: bool) -> str:
    """Single times one after the other, each drawn by a template and remembered."""

    def draw(missing: list[int]) -> dict[int, str]:
        return {
            pk: render_to_string(template_name, {"row": row, "show_day": show_day})
            for pk, row in lists.by_number(missing).items()
        }

    return "".join(page_cache.remember_each(f"{template_name} {show_day}", list(numbers), draw))


@register.simple_tag
def dates(numbers: Iterable[int], is_alone: bool = False) -> SafeString:
    """Single times as tear-off leaves. ``is_alone`` leaves out what the page itself says: the
    name, where it is and what it costs.
    """
    wanted, now = list(numbers), timezone.now()
    rows = lists.by_number(wanted)
    leaves = "".join(
        render_to_string(
            "agenda/parts/leaf.html",
            {
                "row": row,
                "is_alone": is_alone,
                "is_today": row.starts.date() == timezone.localdate(),
                "is_now": row.occurrence.starts <= now < row.occurrence.ends,
            },
        )
        for row in (rows[number] for number in wanted if number in rows)
    )
    return mark_safe(f'<ul class="dates">{leaves}</ul>')  # noqa: S308 - drawn by our own template, which escapes


@register.filter
def row_when(row: lists.Row, form: str) -> str:
    """Day and hour of a single time; of a whole day only the day."""
    return row.when(form)


@register.filter
def percent(share: float) -> str:
    """A share in whole percents."""
    return in_percent(float(share))


@register.filter
def share_of(one: Count, group: str) -> str:
    """The share of a class in a count."""
    return in_percent(float(one.share(group) or 0))


@register.filter
def as_number(value: Fraction) -> str:
    """A fraction as people read it: 1, 0,5 or 0,23."""
    return (
        str(
            number_format(round(float(value), 2), decimal_pos=None if value.denominator == 1 else 2)
        )
        if value.denominator > 1
        else str(value.numerator)
    )


@register.filter
def group_name(group: str) -> str:
    """The name of a class."""
    return str(Organiser.Group(group).label)


@register.filter
def parts(line: Line) -> list[tuple[str, str]]:
    """Who does an activity, each with its part."""
    if not line.weekly:
        return [(group_name(group), "100%") for group in line.parts]
    return [
        (group_name(group), in_percent(float(part / line.weekly)))
        for group, part in line.parts.items()
    ]
