"""The days on which much stands still: the school holidays and public holidays that the
coalition wrote down.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.conf import settings

from knooppunt.core.coalition.configuration import Holiday
from knooppunt.kit.text import normalise


def holiday_on(day: date, kind: str) -> Holiday | None:
    """The holiday of a kind (``school`` or ``public``) in which a day lies, or None."""
    for holiday in settings.COALITION.holidays:
        if holiday.kind == kind and holiday.since <= day <= holiday.until:
            found: Holiday = holiday
            return found
    return None


def is_skipped(day: date, school: bool, public: bool) -> bool:
    """True if something that stops in school holidays, or on public holidays, stops on this day."""
    return bool((school and holiday_on(day, "school")) or (public and holiday_on(day, "public")))


def known_until(kind: str) -> date | None:
    """The last day of which the holidays of a kind are known; None when none are."""
    return max(
        (holiday.until for holiday in settings.COALITION.holidays if holiday.kind == kind),
        default=None,
    )


def holiday_spans() -> dict[str, tuple[tuple[date, date], ...]]:
    """The periods of each holiday by its folded name, and of all of a kind by SCHOOL and PUBLIC."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for holiday in settings.COALITION.holidays:
        period = (holiday.since, holiday.until)
        name = normalise(holiday.name)
        # People write "de kerstvakanties" too.
        for key in (name, f"{name}s", holiday.kind.upper()):
            spans[key].append(period)
    return {name: tuple(periods) for name, periods in spans.items()}
