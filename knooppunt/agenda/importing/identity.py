"""Which activity an event of a calendar is: by its name in the world (UID), or by what it is
when names are not kept.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from knooppunt.agenda.importing.events import uid_of
from knooppunt.agenda.models import Activity, Feed
from knooppunt.kit.ical.events import Event
from knooppunt.kit.text import normalise


@dataclass(frozen=True)
class Match:
    """The activity that an event is, if any, the name under which it is kept, and a code when
    the UID did not tell.
    """

    activity: Activity | None
    uid: str
    code: str = ""


@dataclass
class KnownEvents:
    """The activities that came from calendars, to be recognised by the events of one file.

    ``source`` names the program or calendar that made a file; ``uids`` are all names in this file
    and ``taken`` the activities that events of it are already.
    """

    feed: Feed | None
    source: str
    origin: str
    uids: frozenset[str]
    taken: set[int] = field(default_factory=set)

    def find(self, event: Event, values: dict[str, Any]) -> Match:
        """The activity that an event is; ``values`` are those it would get."""
        uid, code = uid_of(event, self.origin), ""
        if event.is_one_of_several:
            uid, code = own_uid(event), "shared_uid"
        activity = Activity.objects.filter(uid=uid).first()
        if activity is None and event.uid:
            activity = self._with_uid(event, values)
        if activity and self._is_another(activity, event, values):
            uid, code = own_uid(event), "shared_uid"
            activity = Activity.objects.filter(uid=uid).first()
        if activity is None and (alike := self._alike(event, values)):
            return Match(alike, uid, code or "uid_changed")
        return Match(activity, uid, code)

    def of_series(self, uid: str) -> list[Activity]:
        """The activities with a name in the world, those that went on under it too."""
        numbers = [row["pk"] for row in self._rows if uid and row["imported__uid"] == uid]
        exact = Activity.objects.filter(uid=uid)
        return list((exact | Activity.objects.filter(pk__in=numbers)).order_by("starts_on", "pk"))

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        rows = Activity.objects.filter(imported__has_key="print")
        names = ("pk", "uid", "feed_id", "name_key", "starts_on", "starts_at", "imported__uid")
        return list(rows.values(*names))

    @cached_property
    def _by_name(self) -> dict[tuple[str, datetime], list[int]]:
        index = defaultdict(list)
        for row in self._rows:
            last = row["imported__uid"] or row["uid"]
            if row["feed_id"] == (self.feed.pk if self.feed else None):
                begin = datetime.combine(row["starts_on"], row["starts_at"])
                index[row["name_key"], begin].append((row["pk"], last))
        return {
            key: [pk for pk, last in rows if last not in self.uids] for key, rows in index.items()
        }

    def _with_uid(self, event: Event, values: dict[str, Any]) -> Activity | None:
        """The activity that went by this UID last, of several the one with the same name and
        begin.
        """
        same = [row for row in self._rows if row["imported__uid"] == event.uid]
        if event.is_one_of_several or len(same) > 1:
            key = (normalise(values["name"])[:200], values["starts_on"], values["starts_at"])
            same = [
                row for row in same if (row["name_key"], row["starts_on"], row["starts_at"]) == key
            ]
        free = [row["pk"] for row in same if row["pk"] not in self.taken]
        return Activity.objects.filter(pk=free[0]).first() if free else None

    def _is_another(self, activity: Activity, event: Event, values: dict[str, Any]) -> bool:
        """True for another event with the same UID: another name on another day, and not said to be
        a later version.

        What a feed says now is all that it says, so there it is a later version.
        """
        known = activity.imported
        if event.is_cancel_message or event.singles or "singles" in known or "print" not in known:
            return False
        is_taken = activity.pk in self.taken
        if self.feed and not is_taken:
            return False
        is_later = event.sequence > known.get("sequence", 0)
        is_alike = activity.name_key == normalise(values["name"])[:200]
        is_same_day = activity.starts_on == values["starts_on"]
        return is_taken or not (is_later or is_alike or is_same_day)

    def _alike(self, event: Event, values: dict[str, Any]) -> Activity | None:
        """The activity of the same source with the same name, begin and rhythm, whose UID this
        file no longer has.
        """
        if event.singles or event.is_cancel_message:
            return None
        begin = datetime.combine(values["starts_on"], values["starts_at"])
        numbers = self._by_name.get((normalise(values["name"])[:200], begin), [])
        for activity in Activity.objects.filter(pk__in=numbers).exclude(pk__in=self.taken):
            if activity.rules == values["rules"] and self._is_same_place(activity, values):
                return activity
        return None

    def probably(self, activity: Activity) -> Activity | None:
        """The activity that a new one probably is, when UID and name, or UID and begin, changed at
        once; else None.

        It is gone from the calendar, may still take place, and has the same name, or the same
        begin, rhythm and place.
        """
        today = timezone.localdate()
        own = self.feed.pk if self.feed else None
        for row in self._rows:
            last = row["imported__uid"] or row["uid"]
            is_gone = (
                row["feed_id"] == own and last not in self.uids and row["pk"] not in self.taken
            )
            begin = (row["starts_on"], row["starts_at"])
            is_same_name = row["name_key"] == activity.name_key
            is_same_begin = begin == (activity.starts_on, activity.starts_at)
            if not is_gone or not (is_same_name or is_same_begin):
                continue
            gone = Activity.objects.filter(pk=row["pk"]).first()
            if gone is None or not _has_turns_to_come(gone, today):
                continue
            values = {"places": list(activity.places.all()), "location": activity.location}
            is_same_rhythm = gone.rules == activity.rules
            if is_same_name or (is_same_rhythm and self._is_same_place(gone, values)):
                return gone
        return None

    def _is_same_place(self, activity: Activity, values: dict[str, Any]) -> bool:
        """True if the places do not contradict each other; of loose files the source or the
        place must agree too.
        """
        here = {place.pk for place in values["places"]} or normalise(values["location"])
        there = set(activity.places.values_list("pk", flat=True)) or normalise(activity.location)
        if here and there and here != there:
            return False
        is_known_source = self.source and activity.imported.get("source") == self.source
        return bool(self.feed or is_known_source or (here and here == there))


def _has_turns_to_come(activity: Activity, today: date) -> bool:
    """True if an activity may still take place."""
    named = [activity.starts_on, *(date.fromisoformat(at[:10]) for at, _own in activity.additions)]
    is_over = activity.last_day is not None and activity.last_day < today
    return not is_over and (bool(activity.rules) or max(named) >= today)


def own_uid(event: Event) -> str:
    """A name of its own for an event that shares its UID with others."""
    mark = f"{event.uid}|{normalise(event.summary)}|{event.series.starts}"
    return hashlib.sha256(mark.encode()).hexdigest()[:32] + "@knooppunt"
