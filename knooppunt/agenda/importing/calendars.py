"""Takes in the events of a calendar one by one: entered, changed, cancelled, or merged into a
series that is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from knooppunt.agenda.actions import activities
from knooppunt.agenda.actions.materialise import materialise
from knooppunt.agenda.importing.events import change_row, fingerprint, values_of
from knooppunt.agenda.importing.identity import KnownEvents
from knooppunt.agenda.importing.words import Lookup
from knooppunt.agenda.models import Activity, Change, Feed
from knooppunt.agenda.occurrence_generator import mark
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.kit.findings import Outcome
from knooppunt.kit.ical.events import Change as Single
from knooppunt.kit.ical.events import Event
from knooppunt.kit.ical.ranges import following
from knooppunt.kit.ical.wire import change_of, to_json
from knooppunt.kit.recurrence import BadRule, Series, moment, turns

Taken = tuple[Outcome, str, str]
# What the calendar does not say stays as it was given by hand.
BY_HAND = ("kind", "themes", "organisers", "places", "online_url")
COMPARED = ("is_cancelled", "starts", "minutes", "place_id", "title", "location", "reason")


@dataclass
class CalendarEvents:
    """The events of one calendar file on their way in.

    ``seen`` gathers the activities that the file speaks of.
    """

    actor: Actor
    lookup: Lookup
    organiser: Any
    place: Any
    feed: Feed | None
    known: KnownEvents
    seen: set[int]
    may_change: Callable[[Activity], bool]
    speaks_for: Callable[[dict[str, Any]], bool]
    created: list[int] = field(default_factory=list)

    def take_in(self, event: Event) -> Taken:
        """Enter or change the activity of an event; gives what became of it, its slug, and a
        code to tell.
        """
        values = values_of(event, self.lookup, self.organiser, self.place)
        if event.singles and (of_series := self.known.of_series(event.uid)):
            return self._refusal(of_series[0]) or self._merge(of_series, event)
        match = self.known.find(event, values)
        activity = match.activity
        if activity and (refusal := self._refusal(activity)):
            return refusal
        if event.is_cancel_message and activity:
            return self._cancel(activity, event)
        if not event.has_start and not event.singles:
            return "error", event.uid, "no_start"
        if activity and self._is_older(activity, event):
            self.seen.add(activity.pk)
            return "unchanged", activity.slug, "older_version"
        code = "" if event.visibility == "public" else "not_public"
        print_ = fingerprint(event)
        if activity and activity.imported.get("print") == print_:
            return self._same(activity, event, code or match.code)
        values |= {"imported": self._imported(event, print_), "feed": self.feed}
        values |= {"missing_since": None, "modified_at": event.modified or timezone.now()}
        if not self.speaks_for(values):
            values["state"], code = "draft", "waits_for_look"
        code = code or match.code or ("single_time" if event.singles else "")
        if activity is None:
            return "created", self._enter(event, match.uid, values).slug, code
        self._change(activity, event, values)
        return "updated", activity.slug, code

    def _refusal(self, activity: Activity) -> Taken | None:
        if activity.feed_id and (self.feed is None or activity.feed_id != self.feed.pk):
            return "unchanged", activity.slug, "known_elsewhere"
        if not self.may_change(activity):
            return "unchanged", activity.slug, "not_yours"
        return None

    def _imported(self, event: Event, print_: str) -> dict[str, Any]:
        """What is remembered of an event, to recognise it and later versions of it."""
        said: dict[str, Any] = {"print": print_, "uid": event.uid, "source": self.known.source}
        if event.singles:
            return said | {"singles": singles_as_json(event.singles), "zone": event.series.zone}
        written = event.modified.isoformat() if event.modified else ""
        return said | {"sequence": event.sequence, "written": written}

    def _is_older(self, activity: Activity, event: Event) -> bool:
        """True for a version before the one that was read last; a feed always says what holds
        now.
        """
        known = activity.imported
        if self.feed or event.singles or "sequence" not in known:
            return False
        written = event.modified.isoformat() if event.modified else ""
        is_before = bool(written and known["written"]) and written < known["written"]
        return event.sequence < known["sequence"] or (
            event.sequence == known["sequence"] and is_before
        )

    def _same(self, activity: Activity, event: Event, code: str) -> Taken:
        self.seen.add(activity.pk)
        self.seen.update(activity.followed_by.values_list("pk", flat=True))
        known = {**activity.imported, "uid": event.uid, "source": self.known.source}
        if activity.missing_since or known != activity.imported:
            Activity.objects.filter(pk=activity.pk).update(missing_since=None, imported=known)
        return "unchanged", activity.slug, code

    def _cancel(self, activity: Activity, event: Event) -> Taken:
        """Cancel the whole of an activity, and take over nothing else from the message."""
        self.seen.add(activity.pk)
        if self._is_older(activity, event):
            return "unchanged", activity.slug, "older_version"
        written = event.modified.isoformat() if event.modified else ""
        imported = {**activity.imported, "sequence": event.sequence, "written": written}
        is_new = activities.change(
            self.actor, activity, {"status": "cancelled", "imported": imported}, "change"
        )
        return "updated" if is_new else "unchanged", activity.slug, ""

    def _enter(self, event: Event, uid: str, values: dict[str, Any]) -> Activity:
        activity = activities.enter(self.actor, values | {"uid": uid, "sequence": event.sequence})
        self.seen.add(activity.pk)
        self.created.append(activity.pk)
        if event.changes:
            self._set_changes(activity, event)
        self._split(activity, event.ranges)
        return activity

    def _change(self, activity: Activity, event: Event, values: dict[str, Any]) -> None:
        alone = activity.imported.get("singles", []) if not event.singles else []
        zone = activity.imported.get("zone", event.series.zone)
        values = {name: value for name, value in values.items() if value or name not in BY_HAND}
        activities.change(self.actor, activity, values)
        Activity.objects.filter(pk=activity.pk).update(
            sequence=max(event.sequence, activity.sequence), modified_at=values["modified_at"]
        )
        self._set_changes(activity, event)
        self.seen.add(activity.pk)
        self._split(activity, event.ranges)
        if alone:
            self._put([activity], [change_of(single) for single in alone], zone)

    def _set_changes(self, activity: Activity, event: Event) -> None:
        """The changed times that the calendar names; what a host, or a later message about one
        time, said stays.
        """
        rows = {
            row.original: row for row in (change_row(one, self.lookup) for one in event.changes)
        }
        before = frozenset(activity.changes.values_list("original", flat=True))
        for old in activity.changes.filter(came_alone=True):
            if old.original in rows and _is_newer(old, rows[old.original]):
                del rows[old.original]
        activity.changes.filter(from_calendar=True, came_alone=False).delete()
        activity.changes.filter(came_alone=True, sequence__lt=event.sequence).delete()
        activity.changes.filter(original__in=rows).delete()
        for row in rows.values():
            row.activity = activity
            row.save()
        materialise(activity, also=before)

    # Single times that came without their series.

    def _merge(self, of_series: list[Activity], event: Event) -> Taken:
        """Put changed times into the series that is there."""
        first = of_series[0]
        self.seen.update(activity.pk for activity in of_series)
        if "singles" in first.imported:
            return self._more_singles(first, event)
        is_new = self._put(of_series, event.singles, event.series.zone)
        return "updated" if is_new else "unchanged", first.slug, ""

    def _more_singles(self, activity: Activity, event: Event) -> Taken:
        """Of a series that nobody sent yet: these times beside those that came before."""
        known = [change_of(single) for single in activity.imported["singles"]]
        zone = activity.imported["zone"]
        newest = {single.original: single for single in known}
        for single in on_zone(event.singles, event.series.zone, zone):
            old = newest.get(single.original)
            if old is None or _rank(single) >= _rank(old):
                newest[single.original] = single
        singles = tuple(newest[original] for original in sorted(newest))
        if singles_as_json(singles) == activity.imported["singles"]:
            return "unchanged", activity.slug, "single_time"
        whole = _from_singles(event, singles, zone)
        values = values_of(whole, self.lookup, self.organiser, self.place)
        values |= {"imported": self._imported(whole, fingerprint(whole)), "feed": self.feed}
        self._change(activity, whole, values | {"modified_at": event.modified or timezone.now()})
        return "updated", activity.slug, "single_time"

    def _put(self, of_series: list[Activity], singles: Iterable[Single], zone: str) -> bool:
        """Write changed times with the activity that has them; True if anything differed."""
        is_new = False
        for single in singles:
            activity, original = self._time_meant(of_series, single, zone)
            (local,) = on_zone([replace(single, original=original)], zone, activity.zone, False)
            local = self._without_what_is_the_same(local, activity)
            if single.is_range:
                is_new |= self._split(activity, [local])
                continue
            row, old = (
                change_row(local, self.lookup),
                activity.changes.filter(original=mark(original)),
            )
            before = old.first()
            if before and before.from_calendar and _is_newer(before, row):
                continue
            if before and all(getattr(before, name) == getattr(row, name) for name in COMPARED):
                old.update(came_alone=True, sequence=row.sequence, written_at=row.written_at)
                continue
            old.delete()
            row.activity, row.came_alone, is_new = activity, True, True
            row.save()
            materialise(activity, also=frozenset({row.original}))
            verb = "cancel_once" if row.is_cancelled else "move_once"
            trail.record(
                self.actor,
                verb,
                activity,
                original=row.original,
                reason=row.reason,
                starts=row.starts,
            )
        return is_new

    def _time_meant(
        self, of_series: list[Activity], single: Single, zone: str
    ) -> tuple[Activity, datetime]:
        """The activity that gives a time, and that time on its clock; without one the first
        activity.
        """
        choices = []
        for activity in of_series:
            if single.names_a_day or activity.is_all_day:
                day = single.original.date()
                hour = time() if activity.is_all_day else activity.starts_at
                original = datetime.combine(day, hour)
            else:
                original = _on_clock(single.original, zone, activity.zone)
            shift = timedelta(seconds=activity.imported.get("shift", 0))
            choices.append((activity, original + shift))
        for activity, original in reversed(choices):
            if _gives(activity, original):
                return activity, original
        return choices[0]

    def _without_what_is_the_same(self, single: Single, activity: Activity) -> Single:
        texts = {"summary": activity.name, "location": activity.location}
        same = {name: "" for name, own in texts.items() if getattr(single, name) == own}
        if activity.places.filter(name_key__isnull=False).exists() and self.lookup.place(
            single.location
        ) in list(activity.places.all()):
            same["location"] = ""
        if single.minutes == activity.minutes:
            return replace(single, **same, minutes=None)  # type: ignore[arg-type]
        return replace(single, **same)  # type: ignore[arg-type]

    # All later times at once.

    def _split(self, activity: Activity, ranges: Iterable[Single]) -> bool:
        """End a series where a change of all later times begins, and go on with another one;
        True if that was new.
        """
        is_new = False
        for change in sorted(ranges, key=lambda one: one.original):
            last_day = change.original.date() - timedelta(days=1)
            if change.starts is None:
                is_new |= activities.change(self.actor, activity, {"until": last_day}, "end")
                continue
            activity, was_new = self._go_on(activity, change, change.starts)
            is_new |= was_new
        return is_new

    def _go_on(self, activity: Activity, change: Single, starts: datetime) -> tuple[Activity, bool]:
        uid = f"{activity.uid[:220]}/{change.original:%Y%m%dT%H%M%S}"
        series = following(activity.series, change.original, starts, change.minutes)
        values: dict[str, Any] = {
            "starts_on": series.starts.date(),
            "starts_at": series.starts.time(),
            "minutes": series.minutes,
            "rules": list(series.rules),
            "additions": [[mark(begin), own] for begin, own in series.additions],
            "exceptions": sorted(mark(begin) for begin in series.exceptions),
            "until": None,
            "name": change.summary or activity.name,
            "imported": {
                "print": "",
                "uid": activity.imported.get("uid", activity.uid),
                "source": self.known.source,
                "shift": (starts - change.original).total_seconds(),
            },
        }
        if change.location:
            place = self.lookup.place(change.location)
            values |= {
                "places": [place] if place else [],
                "location": "" if place else change.location,
            }
        part = Activity.objects.filter(uid=uid).first()
        if part:
            self.seen.add(part.pk)
            return part, activities.change(self.actor, part, values)
        day = change.original.date()
        extra = {"uid": uid, "feed": self.feed, "sequence": change.sequence}
        part = activities.change_from(self.actor, activity, day, values | extra)
        self.seen.add(part.pk)
        shift = starts - change.original
        for row in activity.changes.filter(original__gte=mark(change.original)):
            row.original = mark(datetime.fromisoformat(row.original) + shift)
            row.activity = part
            row.save()
        materialise(activity)
        materialise(part)
        return part, True


def _rank(change: Single) -> tuple[int, str]:
    return change.sequence, change.modified.isoformat() if change.modified else ""


def _is_newer(old: Change, new: Change) -> bool:
    """True if what is known of a time was written after what is said of it now."""
    both = old.written_at and new.written_at
    is_later = bool(both) and old.written_at > new.written_at  # type: ignore[operator]
    return old.sequence > new.sequence or (old.sequence == new.sequence and is_later)


def _gives(activity: Activity, original: datetime) -> bool:
    """True if the series of an activity has this begin, and it has not gone on as another by
    then.
    """
    if activity.until and original.date() > activity.until:
        return False
    series = replace(activity.series, exceptions=frozenset())
    try:
        return any(
            turn.starts == original
            for turn in turns(series, original + timedelta(seconds=1), original)
        )
    except BadRule:
        return False


def _on_clock(local: datetime, zone: str, other: str) -> datetime:
    """A clock time of one zone on the clock of another."""
    if zone == other:
        return local
    return moment(local, zone).astimezone(ZoneInfo(other)).replace(tzinfo=None)


def on_zone(
    singles: Iterable[Single], zone: str, other: str, with_original: bool = True
) -> tuple[Single, ...]:
    """Changed times on the clock of another zone; days stay days."""
    return tuple(
        replace(
            one,
            original=_on_clock(one.original, zone, other)
            if with_original and not one.names_a_day
            else one.original,
            starts=_on_clock(one.starts, zone, other) if one.starts else None,
        )
        for one in singles
    )


def singles_as_json(singles: Iterable[Single]) -> list[dict[str, Any]]:
    """Changed times as what a JSON field holds; ``wire.change_of`` reads them."""
    plain: list[dict[str, Any]] = json.loads(to_json({"all": [vars(one) for one in singles]}))[
        "all"
    ]
    return plain


def _from_singles(event: Event, singles: tuple[Single, ...], zone: str) -> Event:
    """An event of just these times, as far as they go on."""
    going = sorted((one.starts, one.minutes) for one in singles if one.starts is not None) or [
        (singles[0].original, singles[0].minutes)
    ]
    (first, minutes), *rest = going
    lasts = event.series.minutes if minutes is None else minutes
    status = event.status if any(one.starts for one in singles) else "cancelled"
    series = Series(first, lasts, zone, additions=tuple(rest))
    return replace(event, series=series, singles=singles, changes=(), status=status)
