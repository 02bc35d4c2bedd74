"""The links to correct something or mark it as a mistake, and what was struck, for who keeps a
page.
"""

from __future__ import annotations

from typing import Any

from django import template

from knooppunt.core import corrections

register = template.Library()
MOST = 50


@register.inclusion_tag("core/correct_links.html")
def correct_links(record: Any) -> dict[str, Any]:
    """Links to correct a record and to mark it as a mistake, or to where it is corrected."""
    correction = corrections.of_record(record)
    is_shown = correction is not None and not correction.refusal(record)
    return {
        "correction": correction if is_shown else None,
        "record": record,
        "origin": correction.origin(record) if correction else None,
        "has_form": correction is not None and correction.form is not None,
    }


@register.inclusion_tag("core/mistakes.html", takes_context=True)
def mistakes(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """What was struck on the page of a record, with a button to put it back; for who keeps it."""
    user = context["request"].user
    rows = corrections.mistakes_on(page) if user.is_authenticated else []
    shown = [
        (correction, row)
        for correction, row in rows[:MOST]
        if correction.may(user, row) and not correction.refusal(row)
    ]
    return {"rows": shown, "request": context["request"]}


@register.inclusion_tag("core/mistakes.html", takes_context=True)
def mistakes_of(context: dict[str, Any], kind: str) -> dict[str, Any]:
    """The struck records of a kind with pages of their own, for who keeps them."""
    user, correction = context["request"].user, corrections.of_kind(kind)
    if correction is None or not user.is_authenticated:
        return {"rows": []}
    rows = [row for row in corrections.mistakes_of(correction)[:MOST] if correction.may(user, row)]
    return {"rows": [(correction, row) for row in rows], "request": context["request"]}


@register.inclusion_tag("core/mistake_note.html", takes_context=True)
def mistake_note(context: dict[str, Any], record: Any) -> dict[str, Any]:
    """That a record with a page of its own is struck, why, and a button to put it back."""
    correction = corrections.of_record(record) if record.is_mistake else None
    return {"correction": correction, "record": record, "request": context["request"]}
