"""The rows of a worklist: what a button sends along to stay in the list, and what was struck a
moment ago.
"""

from __future__ import annotations

from typing import Any

from django import template

from knooppunt.directory.recent_acts import struck

register = template.Library()


def _anchor(key: str, row: Any) -> str:
    return f"{key}-{row.pk}"


@register.inclusion_tag("directory/desk/row_fields.html", takes_context=True)
def row_fields(context: dict[str, Any], work: Any, row: Any) -> dict[str, Any]:
    """Hidden fields that say from which row of which list a button was pressed, and which row
    comes next.
    """
    place = next((number for number, other in enumerate(work.rows) if other.pk == row.pk), -1)
    following = work.rows[place + 1 : place + 2]
    match = context["request"].resolver_match
    return {
        "key": work.key,
        "row": _anchor(work.key, row),
        "after": _anchor(work.key, following[0]) if following else "",
        "page": match.url_name if match else "",
    }


@register.inclusion_tag("directory/desk/struck.html", takes_context=True)
def struck_before(context: dict[str, Any], work: Any, row: Any = None) -> dict[str, Any]:
    """The struck rows that stood before a row; without a row those that stand at the end of the
    list.
    """
    rows = [item for item in struck(context["request"]) if item["list"] == work.key]
    shown = {_anchor(work.key, other) for other in work.rows}
    rows = [item for item in rows if item["row"] not in shown]
    anchor = _anchor(work.key, row) if row is not None else ""
    return {"rows": [item for item in rows if _stands_before(item, rows, shown) == anchor]}


def _stands_before(item: dict[str, Any], rows: list[dict[str, Any]], shown: set[str]) -> str:
    """The anchor of the first row after a struck one that is still shown; empty at the end of
    the list.
    """
    after, seen = item["after"], set()
    while after and after not in shown and after not in seen:
        seen.add(after)
        after = next((other["after"] for other in rows if other["row"] == after), "")
    return after if after in shown else ""
