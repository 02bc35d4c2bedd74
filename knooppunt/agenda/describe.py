"""Says in the reader's language when something takes place: the rule read back in words people
use.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.agenda.models import Activity
from knooppunt.kit.recurrence import clock_trouble
from knooppunt.kit.weekly import parts_of

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def when(activity: Activity) -> str:
    """When an activity takes place, in one sentence: how often, at what time, and what it skips."""
    if activity.is_unclear:
        return activity.said
    parts = [how_often(activity)]
    if not activity.is_all_day:
        parts.append(clock(activity))
    sentence = " ".join(part for part in parts if part)
    return ", ".join([sentence, *_besides(activity)])


def how_often(activity: Activity) -> str:
    """How often: «elke dinsdag», «elke 2e dinsdag van de maand», «zaterdag 14 maart 2027»."""
    if not activity.rules:
        days = [
            activity.starts_on,
            *(datetime.fromisoformat(start).date() for start, _minutes in activity.additions),
        ]
        return listed([in_words(day) for day in sorted(set(days))[:6]]) + (
            " …" if len(days) > 6 else ""
        )
    wanted = [rule for rule in activity.rules if not rule.upper().startswith("EXRULE")]
    return listed([rule_in_words(rule, activity.starts_on) for rule in wanted])


def clock(activity: Activity) -> str:
    """The time of day: «van 10.00 tot 12.00 uur»."""
    start = datetime.combine(activity.starts_on, activity.starts_at)
    return hours_in_words(start, start + timedelta(minutes=activity.minutes))


def hours_in_words(starts: datetime, ends: datetime) -> str:
    """A begin and an end; only the begin when they are the same."""
    if starts == ends:
        return _("om %(start)s uur") % {"start": f"{starts:%H.%M}"}
    return _("van %(start)s tot %(end)s uur") % {"start": f"{starts:%H.%M}", "end": f"{ends:%H.%M}"}


def _besides(activity: Activity) -> list[str]:
    found = []
    if activity.skips_school_holidays:
        found.append(_("niet in de schoolvakantie"))
    if activity.skips_public_holidays:
        found.append(_("niet op feestdagen"))
    today = timezone.localdate()
    away = sorted({datetime.fromisoformat(start).date() for start in activity.exceptions})
    if coming := [day for day in away if day >= today]:
        named = listed([_short(day, today) for day in coming[:6]])
        found.append(_("niet op %(days)s") % {"days": named + (" …" if len(coming) > 6 else "")})
    if activity.rules and activity.starts_on > today:
        found.append(_("vanaf %(day)s") % {"day": date_format(activity.starts_on, "j F Y")})
    if activity.until and activity.rules:
        found.append(_("tot en met %(day)s") % {"day": date_format(activity.until, "j F Y")})
    return found


def _short(day: date, today: date) -> str:
    """«26 december», with its year when that is more than a year away."""
    return date_format(day, "j F" if (day - today).days < 365 else "j F Y")


def rule_in_words(rule: str, first: date) -> str:
    """One RRULE value in words; ``first`` is the first day, for what the rule leaves open."""
    parts = parts_of(rule)
    interval = int(parts.get("INTERVAL", "1") or 1)
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    frequency = parts.get("FREQ", "")
    if not _is_sayable(frequency, interval, days, parts):
        return _("volgens een eigen schema")
    if frequency == "DAILY":
        return _daily(interval, days, parts)
    if frequency == "WEEKLY":
        return _weekly(interval, days or [CODES[first.weekday()]], parts)
    if frequency == "MONTHLY":
        return _monthly(interval, days, parts, first)
    if frequency == "YEARLY":
        return _yearly(days, parts, first)
    return _("volgens een eigen schema")


def _is_sayable(frequency: str, interval: int, days: list[str], parts: dict[str, str]) -> bool:
    """True for a rule that can be said whole; half a rule would be another rule."""
    numbered = any(len(day) > 2 for day in days) or bool(parts.get("BYSETPOS"))
    if parts.keys() & {"BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE"} or (
        days and parts.get("BYMONTHDAY")
    ):
        return False
    if frequency == "DAILY":
        return interval == 1 or not (days or parts.get("BYMONTHDAY"))
    if frequency == "MONTHLY":
        return interval == 1 or not days or numbered
    return frequency == "WEEKLY" or (
        frequency == "YEARLY" and interval == 1 and (not days or numbered)
    )


def _daily(interval: int, days: list[str], parts: dict[str, str]) -> str:
    if days:
        return _weekly(1, days, parts)
    words = _("elke dag") if interval == 1 else _("elke %(number)d dagen") % {"number": interval}
    return words + _season(parts)


def _weekly(interval: int, days: list[str], parts: dict[str, str]) -> str:
    names = weekdays(days)
    if sorted(days) == sorted(CODES[:5]) and interval == 1:
        words = _("elke werkdag")
    elif interval == 1:
        words = _("elke %(days)s") % {"days": names}
    elif interval == 2:
        words = _("om de week op %(days)s") % {"days": names}
    else:
        words = _("elke %(number)d weken op %(days)s") % {"number": interval, "days": names}
    return words + _season(parts)


def _season(parts: dict[str, str]) -> str:
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month.isdecimal()]
    return (
        " " + _("in %(months)s") % {"months": listed([str(MONTHS[month]) for month in months])}
        if months
        else ""
    )


def _monthly(interval: int, days: list[str], parts: dict[str, str], first: date) -> str:
    which = _days_of_month(days, parts, first)
    if (
        days
        and all(len(day) == 2 for day in days)
        and not parts.get("BYSETPOS")
        and not parts.get("BYMONTHDAY")
    ):
        return _weekly(1, days, parts)
    if interval == 1:
        return _("elke %(days)s van de maand") % {"days": which} + _season(parts)
    if interval == 3:
        return _("elk kwartaal op de %(days)s van de maand") % {"days": which} + _season(parts)
    words = ngettext(
        "elke maand op de %(days)s", "elke %(number)d maanden op de %(days)s", interval
    )
    return words % {"number": interval, "days": which} + _season(parts)


def _yearly(days: list[str], parts: dict[str, str], first: date) -> str:
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month.isdecimal()] or [
        first.month
    ]
    names = listed([str(MONTHS[month]) for month in months])
    if days:
        return _("elk jaar op de %(days)s van %(months)s") % {
            "days": _days_of_month(days, parts, first),
            "months": names,
        }
    numbers = listed(
        [number for number in parts.get("BYMONTHDAY", str(first.day)).split(",") if number]
    )
    return _("elk jaar op %(days)s %(months)s") % {"days": numbers, "months": names}


def _days_of_month(days: list[str], parts: dict[str, str], first: date) -> str:
    if days:
        places = [place for place in parts.get("BYSETPOS", "").split(",") if place]
        if places and len(days) > 1:
            return listed([_of_several(place, days) for place in places])
        return listed(
            [ordinal_day(f"{place}{days[0]}") for place in places]
            if places
            else [ordinal_day(day) for day in days]
        )
    numbers = [number for number in parts.get("BYMONTHDAY", str(first.day)).split(",") if number]
    return listed(
        [_("laatste dag") if number == "-1" else ordinal(int(number)) for number in numbers]
    )


def _of_several(place: str, days: list[str]) -> str:
    """«laatste werkdag», or the first of several weekdays."""
    which = (
        _("werkdag")
        if sorted(days) == sorted(CODES[:5])
        else _("van %(days)s") % {"days": weekdays(days)}
    )
    if place == "-1":
        return _("laatste %(day)s") % {"day": which}
    return f"{ordinal(int(place))} {which}" if int(place) > 0 else f"{place} {which}"


def ordinal_day(code: str) -> str:
    """``2TU`` as «2e dinsdag», ``-1FR`` as «laatste vrijdag»."""
    number, day = code[:-2].lstrip("+"), weekdays([code[-2:]])
    if not number:
        return day
    if number == "-1":
        return _("laatste %(day)s") % {"day": day}
    if number == "-2":
        return _("voorlaatste %(day)s") % {"day": day}
    return f"{ordinal(int(number))} {day}"


def ordinal(number: int) -> str:
    """«2e», in English «2nd»."""
    kind = {1: _("%(number)de (1)"), 2: _("%(number)de (2)"), 3: _("%(number)de (3)")}
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return (kind.get(last, _("%(number)de (4)")) % {"number": number}).split(" (")[0]


def weekdays(codes: list[str]) -> str:
    """Weekdays by name, in the order of the week."""
    known = sorted({CODES.index(code[-2:]) for code in codes if code[-2:] in CODES})
    return listed([str(WEEKDAYS[day]) for day in known])


def listed(words: list[str]) -> str:
    """«a, b en c»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s en %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def in_words(day: date) -> str:
    """«zaterdag 14 maart 2027»."""
    return date_format(day, "l j F Y")


def trouble(local: datetime, zone: str) -> str:
    """What to know about a clock time on one of the two nights when the clock changes; else
    nothing.
    """
    found = clock_trouble(local, zone)
    words: dict[str, Any] = {
        "skipped": _(
            "Die nacht gaat de klok een uur vooruit: deze tijd bestaat niet. We houden de tijd "
            "aan die een uur later op de klok staat."
        ),
        "twice": _(
            "Die nacht gaat de klok een uur terug: deze tijd komt twee keer. We bedoelen de "
            "eerste keer."
        ),
    }
    return str(words.get(found, ""))
