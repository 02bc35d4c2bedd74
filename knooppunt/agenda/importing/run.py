"""Runs an import of activities: a calendar file or a list, each event or row whole or not at
all, all of it reported.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from knooppunt.agenda.actions import activities
from knooppunt.agenda.actions.materialise import TooMany
from knooppunt.agenda.importing.calendars import CalendarEvents
from knooppunt.agenda.importing.codes import message
from knooppunt.agenda.importing.events import readable
from knooppunt.agenda.importing.identity import KnownEvents
from knooppunt.agenda.importing.rows import Draft, RowReader, changed_parts
from knooppunt.agenda.importing.words import Lookup
from knooppunt.agenda.models import Activity, Feed
from knooppunt.agenda.occurrence_generator import horizon
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.structure import report_structure
from knooppunt.core.registry.list_kinds import Progress
from knooppunt.kit.columns import ListFile, list_stem
from knooppunt.kit.findings import LONGEST_NAME, Finding, Outcome, Report, name_of_row
from knooppunt.kit.ical.events import Refused
from knooppunt.kit.ical.guarded import LARGEST_FILE, read_guarded
from knooppunt.kit.ical.lines import Component
from knooppunt.kit.ical.splitting import Parts, UnreadableCalendar, split
from knooppunt.kit.tables import UnreadableFile
from knooppunt.kit.text import normalise

_REFUSED: tuple[Outcome, str] = ("error", "")
SECONDS, MEGABYTES, MOST_TURNS = 20.0, 200, 20_000
CALENDAR_NAMES = (".ics", ".ical", ".ifb")


@dataclass
class Job:
    """One import: a file or the bytes of a calendar, who organises and where when it does not say
    so itself.

    ``name`` is where bytes came from. ``most_rows`` ends it early; in a dry run, new rows of a list
    are then not entered.
    """

    actor: Actor
    file: ListFile | None = None
    data: bytes | None = None
    organiser: Any = None
    place: Any = None
    feed: Feed | None = None
    is_dry_run: bool = False
    most_rows: int | None = None
    name: str = ""
    may_change: Callable[[Activity], bool] = lambda one: True
    may_speak_for: Callable[[Any], bool] = lambda organisation: True
    progress: Progress = lambda done, counts: None
    lookup: Lookup = field(default_factory=Lookup)
    seen: set[int] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def run(self, report: Report) -> None:
        """Read everything.

        Raises UnreadableFile when the whole cannot be read; then nothing is changed.
        """
        with transaction.atomic() if self.is_dry_run else nullcontext():
            if self.is_calendar:
                self._calendar(report)
            else:
                self._list(report)
            if self.is_dry_run:
                transaction.set_rollback(True)

    @property
    def is_calendar(self) -> bool:
        """True for a calendar file: by its name, or because it begins as one."""
        return self.file is None or is_calendar(self.file)

    @property
    def _source_name(self) -> str:
        """What the file was called by who sent it, or where the bytes came from."""
        return self.file.name if self.file else self.name

    # Calendars.

    def _calendar(self, report: Report) -> None:
        data = self.data if self.data is not None else b""
        if self.file:
            data = self.file.path.read_bytes()
        until = datetime.combine(horizon(timezone.localdate()), time(0))
        try:
            parts = split(data) if len(data) <= LARGEST_FILE else None
            calendar = self._calendar_events(parts)
            events = read_guarded(data, until, SECONDS, MEGABYTES, MOST_TURNS, parts)
            for number, found in enumerate(islice(events, self.most_rows), start=1):
                self._event(found, calendar, report, _name_in(parts, number - 1))
                if number % 100 == 0:
                    self.progress(number, report.counts)
            self._ask_about_new(calendar, report)
        except UnreadableCalendar as problem:
            raise UnreadableFile("not_a_calendar", str(problem)) from None

    def _calendar_events(self, parts: Parts | None) -> CalendarEvents:
        origin = self.feed.url if self.feed else self._source_name
        maker = parts.properties if parts else {}
        known = KnownEvents(
            feed=self.feed,
            source=(maker.get("X-WR-CALNAME", "") or maker.get("PRODID", ""))[:200],
            origin=origin,
            uids=frozenset(group.uid for group in parts.groups) if parts else frozenset(),
            taken=self.seen,
        )
        return CalendarEvents(
            actor=self.actor,
            lookup=self.lookup,
            organiser=self.organiser,
            place=self.place,
            feed=self.feed,
            known=known,
            seen=self.seen,
            may_change=self.may_change,
            speaks_for=self._speaks_for,
        )

    def _event(self, found: Any, calendar: CalendarEvents, report: Report, name: str) -> None:
        """Take in one event, and tell what became of it under its name."""
        if isinstance(found, Refused):
            self.refused.add(found.uid)
            words = message(found.code, value=found.reason)
            report.add_for(Finding(0, "error", "", found.code, words), found.uid, name)
            return
        outcome: Outcome = "error"
        record, words, name = found.event.uid, "", readable(found.event).summary or name
        try:
            with transaction.atomic():
                outcome, record, code = calendar.take_in(found.event)
        except OperationalError:
            raise
        except TooMany:
            code = "too_many_occurrences"
        except Exception as problem:  # one event nobody foresaw must not stop those after it
            code = "failed_row"
            words = message(code, value=f"{type(problem).__name__}: {problem}")
        words = words or (message(code) if code else "")
        if outcome != "error":
            report.add_for(Finding(0, outcome), record, name)
        if code:
            result: Outcome = "error" if outcome == "error" else "warning"
            report.add_for(Finding(0, result, "", code, words), record, name)

    def _ask_about_new(self, calendar: CalendarEvents, report: Report) -> None:
        """Of a calendar that gives new UIDs: a new activity that probably is one that is gone waits
        until somebody looks.

        A loose file says only what changed, so there it is asked when the file has new UIDs for
        others too.
        """
        if not self.feed and not report.codes["uid_changed"]:
            return
        for activity in Activity.objects.filter(pk__in=calendar.created).order_by("pk"):
            gone = calendar.known.probably(activity)
            if gone is not None:
                activities.change(self.actor, activity, {"state": "draft"})
                words = message("probably_known", value=gone.name)
                finding = Finding(0, "warning", "", "probably_known", words)
                report.add_for(finding, activity.slug, activity.name)

    def _speaks_for(self, values: dict[str, Any]) -> bool:
        """True if whoever reads this in may put it in the agenda without somebody looking first."""
        own = [who.organisation for who in values.get("organisers", ()) if who.organisation]
        return any(self.may_speak_for(one) for one in own) if own else self.may_speak_for(None)

    def _is_own_proposal(self, activity: Activity) -> bool:
        """True for what an earlier list of the same organisation proposed, and nobody decided about
        yet.

        The name in the world of a row holds whose list it is, so no other list finds it.
        """
        is_waiting = self.organiser is not None and activity.state == "draft"
        return is_waiting and "state" not in _changed_by_hand(activity)

    @property
    def _origin(self) -> str:
        """Whose list it is: that of the organisation that was chosen, else the one that goes by
        the name of the file.
        """
        if self.organiser:
            return f"of {self.organiser.pk}"
        return list_stem(self._source_name)

    # Lists.

    def _list(self, report: Report) -> None:
        assert self.file is not None
        table = self.file.table()
        columns = self.file.columns(table)
        if "name" not in columns.fields:
            raise UnreadableFile("no_name_column")
        report_structure(table, columns, report, message)
        reader = RowReader(
            columns.fields,
            columns.header,
            self.lookup,
            timezone.localdate(),
            self.organiser,
            self.place,
        )
        rows = islice(table.rows(), self.most_rows)
        drafts = [reader.read(row.line, row.cells) for row in rows]
        self._write_rows(drafts, report)

    def _write_rows(self, drafts: list[Draft], report: Report) -> None:
        names = row_names(drafts, self._origin)
        known = {one.uid: one for one in _by_uid(list(names.values()))}
        for number, draft in enumerate(drafts, start=1):
            uid = names.get(draft.line, "")
            if draft.is_refused:
                outcome, slug = _REFUSED
            else:
                outcome, slug = self._row(draft, uid, known.get(uid))
            name = name_of_row(draft.raw.get("name", ""), draft.cells)
            if outcome != "error":
                report.add_for(Finding(draft.line, outcome), slug, name)
            for finding in draft.findings:
                report.add_for(finding, slug, name)
            if number % 100 == 0:
                report.flush()
                self.progress(number, report.counts)
        self.progress(len(drafts), report.counts)

    def _row(self, draft: Draft, uid: str, one: Activity | None) -> tuple[Outcome, str]:
        try:
            with transaction.atomic():
                return self._enter_row(draft, uid) if one is None else self._change_row(draft, one)
        except OperationalError:
            raise
        except TooMany:
            draft.refuse("too_many_occurrences", "when")
        except Exception as problem:  # a row nobody foresaw must not stop those after it
            draft.refuse("failed_row", "", value=f"{type(problem).__name__}: {problem}")
        return _REFUSED

    def _enter_row(self, draft: Draft, uid: str) -> tuple[Outcome, str]:
        values = draft.values | {"uid": uid, "imported": draft.remembered, "kept": draft.kept}
        if not self._speaks_for(values):
            values["state"] = "draft"
            draft.find("waits_for_look", "organiser")
        if self.is_dry_run and self.most_rows:  # working out the times of each takes long
            return "created", ""
        return "created", activities.enter(self.actor, values).slug

    def _change_row(self, draft: Draft, one: Activity) -> tuple[Outcome, str]:
        is_waiting = self._is_own_proposal(one)
        if not is_waiting and not self.may_change(one):
            draft.find("not_yours", "name")
            return "unchanged", one.slug
        values = changed_parts(draft, one.imported, lambda: _changed_by_hand(one))
        if not values and draft.remembered == one.imported:
            return "unchanged", one.slug
        if "organisers" in values and not self._speaks_for(values):
            values["state"] = "draft"
            draft.find("waits_for_look", "organiser")
        elif "organisers" in values and is_waiting:
            values["state"] = "public"
        moved = activities.change(
            self.actor,
            one,
            values | {"imported": draft.remembered, "kept": {**one.kept, **draft.kept}},
        )
        return ("updated" if moved and values else "unchanged"), one.slug


def is_calendar(file: ListFile) -> bool:
    """True for a calendar file: by its name, or because it begins as one."""
    with file.path.open("rb") as opened:
        start = opened.read(200)
    return file.name.lower().endswith(CALENDAR_NAMES) or b"BEGIN:VCALENDAR" in start.upper()


def _changed_by_hand(activity: Activity) -> set[str]:
    """The names of the values of an activity that a person changed, and no list or calendar."""
    lines = trail.of(activity).filter(is_refused=False).exclude(channel="import")
    return {name for changes in lines.values_list("changes", flat=True) for name in changes}


def _name_in(parts: Parts | None, number: int) -> str:
    """The name of an event that could not be read, else its begin."""
    if parts is None or number >= len(parts.groups):
        return ""
    event = Component.of(parts.groups[number].texts[0])
    return event.text("SUMMARY", LONGEST_NAME) or event.text("DTSTART", LONGEST_NAME)


def row_names(drafts: Iterable[Draft], origin: str) -> dict[int, str]:
    """The name in the world of each row: by its own number, else by name, place and organiser, and
    when if need be.

    ``origin`` tells whose list it is: everybody numbers rows from one, and everybody has coffee.
    """
    plain = {draft.line: _row_key(draft, origin) for draft in drafts}
    numbers = Counter(plain.values())
    found: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for draft in drafts:
        key = plain[draft.line]
        if numbers[key] > 1:
            key += "|" + "|".join(
                normalise(draft.raw.get(name, "")) for name in ("when", "day", "begin", "end")
            )
        taken[key] += 1
        if taken[key] > 1:
            key += f"|{taken[key]}"
        found[draft.line] = hashlib.sha256(key.encode()).hexdigest()[:32] + "@knooppunt"
    return found


def _row_key(draft: Draft, origin: str) -> str:
    if draft.raw.get("identifier"):
        return f"id|{origin}|{draft.raw['identifier']}"
    own = origin if origin.startswith("of ") else ""
    return f"row|{own}|" + "|".join(
        normalise(draft.raw.get(name, "")) for name in ("name", "place", "area", "organiser")
    )


def _by_uid(uids: list[str]) -> Iterable[Activity]:
    for start in range(0, len(uids), 500):
        yield from Activity.objects.filter(uid__in=uids[start : start + 500])
