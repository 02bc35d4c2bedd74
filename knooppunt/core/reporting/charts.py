"""Pictures that every chapter can use: some figures then and now, and figures as parts of a
whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from knooppunt.core.labels import Label
from knooppunt.core.registry.chapters import Picture, Table
from knooppunt.core.registry.figures import shown
from knooppunt.core.reporting.facts import Facts
from knooppunt.kit import drawing


def on_day(day: Any) -> str:
    """A day in words, as it stands in a picture or table."""
    return date_format(day, "j F Y")


def comparison_chart(
    facts: Facts,
    key: str,
    title: Label,
    told: Label,
    rows: Sequence[tuple[Label, str]],
    what: Label,
) -> list[Picture]:
    """Two bars for each (name, mark): on the day before the period and on its last day.

    Nothing where nothing is known.
    """
    known = [(str(name), mark) for name, mark in rows if facts.has(mark)]
    if not any(
        facts.number(mark) or facts.number(f"{mark}@{facts.period.before}") for _name, mark in known
    ):
        return []
    pairs, cells = [], []
    for name, mark in known:
        before = f"{mark}@{facts.period.before}"
        form = facts.found[mark].form
        pairs.append(
            drawing.Pair(
                name,
                facts.value(before),
                facts.value(mark),
                shown(facts.value(before), form),
                shown(facts.value(mark), form),
            )
        )
        cells.append((name, facts.say(before) if facts.has(before) else "–", facts.say(mark)))
    names = on_day(facts.period.before), on_day(facts.last)
    svg = drawing.pairs(str(told), names, pairs)
    table = Table((str(what), *names), tuple(cells))
    return [Picture(key, str(title), str(told), svg, table)]


def share_chart(
    facts: Facts,
    key: str,
    title: Label,
    told: Label,
    rows: Sequence[tuple[Label, Sequence[tuple[Label, str, str]]]],
    what: Label,
) -> list[Picture]:
    """A bar for each row, split in the shares of its parts: (name, mark of a share, colour)."""
    names = tuple(str(name) for name, _mark, _colour in rows[0][1]) if rows else ()
    drawn, cells = [], []
    for label, parts in rows:
        has_any = all(facts.has(mark) for _name, mark, _colour in parts)
        split = (
            [drawing.Part(facts.number(mark), str(name), colour) for name, mark, colour in parts]
            if has_any
            else []
        )
        drawn.append((str(label), split))
        cells.append(
            (str(label), *(facts.say(mark) if has_any else "–" for _name, mark, _colour in parts))
        )
    if not any(split for _label, split in drawn):
        return []
    svg = drawing.shares(str(told), drawn, _("niet bekend"))
    table = Table((str(what), *names), tuple(cells))
    return [Picture(key, str(title), str(told), svg, table)]
