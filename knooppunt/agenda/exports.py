"""The agenda as calendars for other programs: one VEVENT a series, and one more for each time
that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from knooppunt.agenda.holidays import is_skipped, known_until
from knooppunt.agenda.models import Activity, Change, Occurrence, Organiser, Venue
from knooppunt.agenda.occurrence_generator import horizon, shown
from knooppunt.core.web import page_cache
from knooppunt.kit.ical import writing
from knooppunt.kit.recurrence import BadRule, last_start, turns

KEPT_BACK, BATCH = timedelta(days=60), 500
_END = re.compile(r";?(?:UNTIL|COUNT)=[^;]*", re.I)


ORDER = ("starts_on", "starts_at", "uid")


def exported(activities: Any, until: date | None = None) -> Any:
    """The activities of a feed: open to all, not long past, and if ``until`` is given with a
    time up to that day.
    """
    today = timezone.localdate()
    recent = Occurrence.objects.filter(
        activity=OuterRef("pk"), day__gte=today - KEPT_BACK, is_shown=True
    )
    if until:
        recent = recent.filter(day__lte=until)
    return activities.open_to_all().filter(Exists(recent), is_unclear=False)


def fetched(numbers: Iterable[int]) -> Any:
    """Activities by their number, with what an export needs."""
    today = timezone.localdate()
    organisers = Prefetch(
        "organisers",
        Organiser.objects.visible_on(today).select_related("organisation"),
    )
    venues = Prefetch("venues", Venue.objects.welcome_on(today).select_related("place"))
    changes = Prefetch("changes", Change.objects.select_related("place"))
    rows = Activity.objects.filter(pk__in=numbers).select_related("kind")
    return rows.prefetch_related(organisers, venues, changes, "themes")


def calendar_of(activities: Any, name: str, base: str, address: str = "") -> str:
    """A calendar of activities; ``base`` is the address of the site, ``address`` that of the feed.

    The text of each activity is written once for as long as nothing changes.
    """

    def write(missing: list[int]) -> dict[int, str]:
        # A batch at a time, so that the memory for twenty thousand activities is that of some
        # hundreds.
        batches = (missing[start : start + BATCH] for start in range(0, len(missing), BATCH))
        rows = chain.from_iterable(fetched(numbers) for numbers in batches)
        return {one.pk: "\r\n".join(events_of(one, base)) for one in rows if shown(one)}

    rows = activities.order_by(*ORDER).values_list("pk", "zone", "is_all_day")
    zones = {zone for _pk, zone, is_all_day in rows if not is_all_day}
    events = page_cache.remember_each(f"event {base}", [pk for pk, _zone, _day in rows], write)
    return writing.calendar(name, zones, events, address=address)


def events_of(activity: Activity, base: str) -> Iterator[str]:
    """The VEVENT of an activity, and those of its changed times, as folded text."""
    yield _folded(_master(activity, base))
    for change in activity.changes.all():
        yield _folded(_changed(activity, change))


def _folded(lines: list[str]) -> str:
    return "\r\n".join(writing.fold(line) for line in writing.component("VEVENT", lines))


def _stamps(activity: Activity, sequence: int) -> list[str]:
    moment = writing.utc(activity.changed_utc)
    return [
        f"UID:{activity.uid}",
        f"DTSTAMP:{moment}",
        f"LAST-MODIFIED:{moment}",
        f"SEQUENCE:{sequence}",
    ]


def _times(activity: Activity, starts: datetime, minutes: int, is_all_day: bool) -> list[str]:
    zone = activity.zone
    lines = [writing.local("DTSTART", starts, zone, is_all_day)]
    if minutes:
        lines.append(writing.local("DTEND", starts + timedelta(minutes=minutes), zone, is_all_day))
    return lines


def _master(activity: Activity, base: str) -> list[str]:
    series = activity.series
    rules = [
        f"EXRULE:{rule[7:]}" if rule.upper().startswith("EXRULE:") else f"RRULE:{rule}"
        for rule in _ended(activity)
    ]
    end = activity.last_day
    additions = [one for one in series.additions if end is None or one[0].date() <= end]
    plain = [start for start, minutes in additions if minutes is None]
    own = [(start, minutes) for start, minutes in additions if minutes is not None]
    return [
        *_stamps(activity, activity.sequence),
        *_times(activity, series.starts, series.minutes, series.is_all_day),
        *rules,
        *writing.locals_("RDATE", plain, series.zone, series.is_all_day),
        *(_period(start, minutes, series.zone) for start, minutes in own),
        *writing.locals_("EXDATE", _left_out(activity), series.zone, series.is_all_day),
        f"SUMMARY:{writing.text(activity.name)}",
        *([f"DESCRIPTION:{writing.text(activity.description)}"] if activity.description else []),
        *_where(activity),
        *([f"CONFERENCE;VALUE=URI:{activity.online_url}"] if activity.online_url else []),
        f"STATUS:{activity.status.upper()}",
        *_who_and_what(activity),
        f"URL:{activity.website or base.rstrip('/') + activity.get_absolute_url()}",
    ]


def _period(start: datetime, minutes: int, zone: str) -> str:
    head, value = writing.local("RDATE", start, zone, False).split(":", 1)
    return f"{head};VALUE=PERIOD:{value}/PT{minutes}M"


def _ended(activity: Activity) -> list[str]:
    """The rules, with an end for a series that stops at a known day."""
    end = activity.last_day
    if end is None or _stops_by(activity, end):
        return list(activity.rules)
    if activity.is_all_day:
        until = f"{end:%Y%m%d}"
    else:
        until = writing.utc(activity.moment(datetime.combine(end, time(23, 59, 59))))
    return [f"{_END.sub('', rule)};UNTIL={until}" for rule in activity.rules]


def _stops_by(activity: Activity, end: date) -> bool:
    """True if the rules themselves have no turn after a day."""
    try:
        last = last_start(activity.series, datetime.combine(end, time(0)) + timedelta(days=366 * 5))
    except BadRule:
        return True
    return last is not None and last.date() <= end


def _left_out(activity: Activity) -> set[datetime]:
    """The turns that fall out: those said, and those in holidays that it skips, as far as these
    are known.
    """
    out = set(activity.series.exceptions)
    school, public = activity.skips_school_holidays, activity.skips_public_holidays
    ends = [known_until(kind) for kind, on in (("school", school), ("public", public)) if on]
    last = max((end for end in ends if end), default=None)
    if last:
        end = min(
            last + timedelta(days=1),
            horizon(last),
            activity.last_day + timedelta(days=1)
            if activity.last_day
            else last + timedelta(days=1),
        )
        try:
            out |= {
                turn.starts
                for turn in turns(activity.series, datetime.combine(end, time(0)))
                if is_skipped(turn.starts.date(), school, public)
            }
        except BadRule:
            return out
    return out


def _where(activity: Activity) -> list[str]:
    lines, point = [], (activity.longitude, activity.latitude)
    places = [venue.place for venue in activity.venues.all()]
    words = "; ".join(_place_words(place) for place in places) or activity.location
    # Many programs show only LOCATION, so what is online alone has its address there too.
    words = words or activity.online_url
    if words:
        lines.append(f"LOCATION:{writing.text(words)}")
    if places and places[0].point:
        point = places[0].point
    if point[0] is not None and point[1] is not None:
        lines.append(f"GEO:{point[1]:.6f};{point[0]:.6f}")
    return lines


def _place_words(place: Any) -> str:
    return ", ".join(part for part in (place.name, place.address) if part)


def _who_and_what(activity: Activity) -> list[str]:
    words = [str(activity.kind.names.get("nl", activity.kind.slug))] if activity.kind else []
    words += [theme.names.get("nl", theme.slug) for theme in activity.themes.all()]
    words += [word for word in activity.categories if word not in words]
    if activity.is_example:
        words.append("voorbeeld")
    who = [str(row) for row in activity.organisers.all()]
    lines = [f"CATEGORIES:{','.join(writing.text(word) for word in words)}"] if words else []
    return lines + ([f"CONTACT:{writing.text('; '.join(who))}"] if who else [])


def _changed(activity: Activity, change: Change) -> list[str]:
    original = datetime.fromisoformat(change.original)
    starts = datetime.fromisoformat(change.starts) if change.starts else original
    is_all_day = activity.is_all_day and starts.time() == time(0)
    lasts = 0 if activity.is_all_day and not is_all_day else activity.minutes
    minutes = lasts if change.minutes is None else change.minutes
    moved_to = change.place
    place = moved_to if moved_to and moved_to.is_visible_on(timezone.localdate()) else None
    where = [f"LOCATION:{writing.text(_place_words(place))}"] if place else _where(activity)
    if change.location and not change.place:
        where = [f"LOCATION:{writing.text(change.location)}"]
    return [
        *_stamps(activity, change.sequence),
        writing.local("RECURRENCE-ID", original, activity.zone, activity.is_all_day),
        *_times(activity, starts, minutes, is_all_day),
        f"SUMMARY:{writing.text(change.title or activity.name)}",
        *where,
        f"STATUS:{'CANCELLED' if change.is_cancelled else activity.status.upper()}",
        *([f"COMMENT:{writing.text(change.reason)}"] if change.reason else []),
    ]
