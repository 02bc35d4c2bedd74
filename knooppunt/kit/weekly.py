"""Says how often something comes back, as a number of times a week: the measure by which activities
are compared.

Weekly counts 1 for each weekday, two-weekly 1/2, monthly 12/52 for each weekday of the month,
quarterly 4/52, yearly 1/52, and something that takes place once 0. Exact fractions, so that shares
add up.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

A_YEAR = 52
_UNKNOWN_PARTS = {"BYHOUR", "BYMINUTE", "BYSECOND", "BYYEARDAY", "BYWEEKNO", "BYEASTER"}


def parts_of(rule: str) -> dict[str, str]:
    """The parts of an RRULE value by name, in capitals."""
    pairs = (
        part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part
    )
    return {name.strip(): value.strip() for name, value in pairs}


def weekly_equivalents(rules: tuple[str, ...], has_loose_days: bool = False) -> Fraction | None:
    """How many times a week a series takes place; 0 for something that takes place once.

    None when it is not understood: a rule outside the definition, or days that follow no rule.
    """
    if not rules:
        return None if has_loose_days else Fraction(0)
    each = [_of_rule(rule) for rule in rules]
    known = [one for one in each if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(each) else None


def in_season(rules: tuple[str, ...], day: date) -> bool:
    """True unless every rule names the months in which it runs, and the month of ``day`` is none of
    them.

    A yearly rule names its month as its day of the year, not as a season.
    """
    seasons = [
        parts["BYMONTH"].split(",")
        for rule in rules
        if (parts := parts_of(rule)).get("BYMONTH") and parts.get("FREQ") != "YEARLY"
    ]
    return (
        len(seasons) < len(rules)
        or not rules
        or any(str(day.month) in months for months in seasons)
    )


def _of_rule(rule: str) -> Fraction | None:
    parts = parts_of(rule)
    try:
        interval = int(parts.get("INTERVAL", "1"))
    except ValueError:
        return None
    if interval < 1 or parts.keys() & _UNKNOWN_PARTS or rule.upper().startswith("EXRULE:"):
        return None
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    numbered = [day for day in days if len(day) > 2]
    reckon = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}.get(
        parts.get("FREQ", "")
    )
    return reckon(parts, days, numbered) / interval if reckon else None


def _daily(parts: dict[str, str], days: list[str], _numbered: list[str]) -> Fraction:
    return Fraction(len(set(days)) or 7)


def _weekly(parts: dict[str, str], days: list[str], _numbered: list[str]) -> Fraction:
    return Fraction(len(set(days)) or 1)


def _monthly(parts: dict[str, str], days: list[str], numbered: list[str]) -> Fraction:
    """Each named day of the month counts 12/52; weekdays without a number are every week."""
    if parts.get("BYSETPOS"):
        return Fraction(12 * _number(parts, "BYSETPOS"), A_YEAR)
    if parts.get("BYMONTHDAY"):
        return Fraction(12 * _number(parts, "BYMONTHDAY"), A_YEAR)
    if days and not numbered:
        return Fraction(len(set(days)))
    return Fraction(12 * (len(set(numbered)) or 1), A_YEAR)


def _yearly(parts: dict[str, str], days: list[str], numbered: list[str]) -> Fraction:
    months = _number(parts, "BYMONTH") or 1
    if parts.get("BYMONTHDAY") and not parts.get("BYMONTH"):
        months = 12
    times = _number(parts, "BYSETPOS") or _number(parts, "BYMONTHDAY") or len(set(numbered)) or 1
    if days and not numbered and not parts.get("BYSETPOS"):
        # Every such weekday in the named months, or in the whole year.
        return Fraction(len(set(days)) * (months if parts.get("BYMONTH") else 12), 12)
    return Fraction(months * times, A_YEAR)


def _number(parts: dict[str, str], name: str) -> int:
    return len({value for value in parts.get(name, "").split(",") if value})
