"""Put activities in the agenda, change them, copy them, and take them out; each with a line in
the trail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.agenda.actions.materialise import materialise, materialise_new
from knooppunt.agenda.models import Activity, Occurrence, Organiser, Venue
from knooppunt.agenda.occurrence_generator import mark, shown
from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import Slugs
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database import bulk
from knooppunt.directory.models import Organisation, Place, Theme
from knooppunt.kit.text import normalise

Values = dict[str, Any]
MANY = ("themes", "areas", "places", "organisers")
# What changes when it takes place; a change of one of these makes the single times anew.
WHEN = {
    "starts_on",
    "starts_at",
    "minutes",
    "is_all_day",
    "zone",
    "rules",
    "additions",
    "exceptions",
    "until",
    "lapsed_on",
    "skips_school_holidays",
    "skips_public_holidays",
    "status",
    "state",
    "visibility",
    "is_unclear",
}
# The agenda's own pages lie beside those of activities, so no activity may have their address.
_UNTIL = re.compile(r"UNTIL=(\d{8})", re.I)
OWN_PAGES = (
    "nieuw",
    "voorstel",
    "papier",
    "tekst",
    "scherm",
    "inbed",
    "klopt",
    "bedankt",
    "sluit-aan",
)
SILENT = {"kept", "imported", "said", "modified_at", "sequence", "expanded_until", "feed"}


@dataclass(frozen=True)
class Organising:
    """Who organises: a known organisation or a name, and how.

    ``local_share`` in percent goes with ``mixed`` only.
    """

    organisation: Organisation | None = None
    name: str = ""
    group: str = ""
    local_share: int | None = None


def slugs_for(names: Iterable[str] = (), everything: bool = False) -> Slugs:
    """Hands out address parts for activities; those of the agenda's own pages are taken."""
    slugs = Slugs(Activity, names, everything)
    for taken in OWN_PAGES:
        slugs.is_free(taken)
    return slugs


def enter(actor: Actor, values: Values) -> Activity:
    """One new activity. ``values`` needs at least a name and starts_on. Raises expand.TooMany."""
    return enter_many(actor, [values])[0]


def enter_many(actor: Actor, rows: Sequence[Values], slugs: Slugs | None = None) -> list[Activity]:
    """New activities in the order of ``rows``, with their single times, in one transaction."""
    slugs = slugs or slugs_for(row["name"] for row in rows)
    records, make = [], bulk.blank(Activity)
    for row in rows:
        record = make(
            {name: value for name, value in row.items() if name not in (*MANY, "name", "slug")}
        )
        record.set_name(row["name"])
        record.slug = row.get("slug") or slugs.give(row["name"])
        record.search_text = words_of(record, row)
        records.append(record)
    with transaction.atomic():
        bulk.create(records)
        _hang(list(zip(records, rows, strict=True)))
        materialise_new(records)
        trail.record_lines(actor, "create", ((record, {}, {}) for record in records))
    return records


def _hang(pairs: list[tuple[Activity, Values]]) -> None:
    """What hangs below new activities: places, organisers, themes and areas."""
    bulk.insert(
        Venue,
        ("activity", "place", "objected_on", "objection"),
        (
            (one.pk, place.pk, None, "")
            for one, row in pairs
            for place in dict.fromkeys(row.get("places", ()))
        ),
    )
    Organiser.objects.bulk_create(
        [_organiser(one, who) for one, row in pairs for who in row.get("organisers", ())],
        batch_size=400,
    )
    themes, areas = Activity.themes.through, Activity.areas.through
    bulk.insert(
        themes,
        ("activity", "theme"),
        ((one.pk, theme.pk) for one, row in pairs for theme in row.get("themes", ())),
    )
    bulk.insert(
        areas,
        ("activity", "area"),
        ((one.pk, area.pk) for one, row in pairs for area in row.get("areas", ())),
    )


def _organiser(activity: Activity, who: Organising, since: date | None = None) -> Organiser:
    return Organiser(
        activity=activity,
        organisation=who.organisation,
        name=who.name[:200] if not who.organisation else "",
        group=who.group,
        local_share=who.local_share,
        since=since,
    )


def words_of(activity: Activity, many: Values) -> str:
    """All words by which an activity can be found, normalised, and its languages between bars."""
    words = [
        activity.name,
        *activity.descriptions.values(),
        *activity.target_groups,
        *activity.categories,
    ]
    places: Iterable[Place] = many.get("places", ())
    themes: Iterable[Theme] = many.get("themes", ())
    for term in [*themes, *([activity.kind] if activity.kind else [])]:
        words += [*term.names.values(), *term.synonyms]
    for place in places:
        words += [place.name, place.street, place.area.name if place.area else ""]
    words += [area.name for area in many.get("areas", ())]
    words += [
        who.organisation.name if who.organisation else who.name
        for who in many.get("organisers", ())
    ]
    languages = "".join(f"|{code}" for code in activity.languages)
    return f"{normalise(' '.join(dict.fromkeys(words)))} {languages}|"


def hanging(activity: Activity) -> Values:
    """What hangs below an activity now, in the form in which it is given."""
    today = timezone.localdate()
    rows = activity.organisers.as_of(today).select_related("organisation")
    return {
        "themes": list(activity.themes.all()),
        "areas": list(activity.areas.all()),
        "places": [venue.place for venue in activity.venues.select_related("place__area")],
        "organisers": [
            Organising(row.organisation, row.name, row.group, row.local_share) for row in rows
        ],
    }


def change(actor: Actor, activity: Activity, values: Values, verb: str = "change") -> bool:
    """Change an activity; True if anything differed.

    The future times follow; the past stays. Raises expand.TooMany.
    """
    before = hanging(activity)
    found = _differences(activity, values, before)
    if not found:
        return False
    with transaction.atomic():
        for name, (_old, new) in found.items():
            if name == "name":
                activity.set_name(new)
            elif name not in MANY:
                setattr(activity, name, new)
        for name in MANY:
            if name in found:
                _SETTERS[name](activity, found[name][1])
        if "starts_at" in found:
            _follow_hour(activity, *found["starts_at"])
        if found.keys() - {"kept", "imported", "feed", "confirmed_on", "confirmed_via"}:
            activity.search_text = words_of(activity, {**before, **values})
        if found.keys() - SILENT:
            activity.sequence, activity.modified_at = (
                activity.sequence + 1,
                values.get("modified_at") or timezone.now(),
            )
        activity.save()
        if found.keys() & (WHEN | {"places"}):
            materialise(activity)
            _show(activity)
        told = {name: pair for name, pair in found.items() if name not in SILENT}
        if told:
            trail.record(actor, verb, activity, _plain(told))
    return True


def _follow_hour(activity: Activity, old: Any, new: Any) -> None:
    """A day that was cancelled or moved is so at the new hour too."""
    for one in activity.changes.all():
        original = datetime.fromisoformat(one.original)
        later = mark(datetime.combine(original.date(), new))
        if original.time() == old and not activity.changes.filter(original=later).exists():
            Occurrence.objects.filter(activity=activity, original=one.original).update(
                original=later
            )
            one.original = later
            one.save(update_fields=["original"])


def _differences(activity: Activity, values: Values, before: Values) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name, new in values.items():
        if name in before:
            same = (
                set(before[name]) == set(new) if name != "organisers" else before[name] == list(new)
            )
            if not same:
                found[name] = (before[name], list(new))
        elif getattr(activity, name) != new:
            found[name] = (getattr(activity, name), new)
    return found


def _plain(found: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Organisers as names, so that people can read the trail."""

    def named(rows: Iterable[Organising]) -> list[str]:
        return [f"{row.organisation or row.name} {row.group}".strip() for row in rows]

    return {
        name: (named(old), named(new)) if name == "organisers" else (old, new)
        for name, (old, new) in found.items()
    }


def _set_places(activity: Activity, places: list[Place]) -> None:
    activity.venues.exclude(place__in=places).delete()
    have = set(activity.venues.values_list("place_id", flat=True))
    Venue.objects.bulk_create(
        [Venue(activity=activity, place=place) for place in places if place.pk not in have]
    )


def _set_organisers(activity: Activity, wanted: list[Organising]) -> None:
    """End who no longer organises and add who does from today; what was entered today is simply
    corrected.
    """
    today = timezone.localdate()
    rest = list(wanted)
    for row in activity.organisers.as_of(today):
        same = Organising(row.organisation, row.name, row.group, row.local_share)
        if same in rest:
            rest.remove(same)
        elif (row.since or activity.listed_on) >= today:
            row.delete()
        else:
            row.until = today - timedelta(days=1)
            row.save(update_fields=["until"])
    since = None if activity.listed_on >= today else today
    Organiser.objects.bulk_create([_organiser(activity, who, since) for who in rest])


_SETTERS: dict[str, Any] = {
    "places": _set_places,
    "organisers": _set_organisers,
    "themes": lambda activity, rows: activity.themes.set(rows),
    "areas": lambda activity, rows: activity.areas.set(rows),
}


def _show(activity: Activity) -> None:
    """Let strangers see all times of an activity, or none."""
    is_shown = shown(activity)
    Occurrence.objects.filter(activity=activity).exclude(is_shown=is_shown).update(
        is_shown=is_shown
    )


def _shifted(activity: Activity, by: timedelta) -> Values:
    """The days of a course that were named one by one, and the end of a rule, so many days
    later.
    """

    def later(start: str) -> str:
        return mark(datetime.fromisoformat(start) + by)

    def end(found: re.Match[str]) -> str:
        day = datetime.strptime(found[1], "%Y%m%d") + by
        return f"UNTIL={day:%Y%m%d}"

    return {
        "additions": [[later(start), minutes] for start, minutes in activity.additions],
        "exceptions": [later(start) for start in activity.exceptions],
        "rules": [_UNTIL.sub(end, rule) for rule in activity.rules],
    }


def copy(actor: Actor, activity: Activity, values: Values) -> Activity:
    """A new activity like an old one, such as last year's; ``values`` say what differs."""
    kept = (
        "descriptions",
        "website",
        "languages",
        "kind",
        "target_groups",
        "cost",
        "is_free",
        "location",
        "online_url",
        "starts_at",
        "minutes",
        "is_all_day",
        "zone",
        "rules",
        "skips_school_holidays",
        "skips_public_holidays",
        "said",
        "source",
        "name",
        "starts_on",
        "visibility",
        "categories",
    )
    moved = (
        _shifted(activity, values["starts_on"] - activity.starts_on)
        if "starts_on" in values
        else {}
    )
    old = {name: getattr(activity, name) for name in kept} | hanging(activity)
    return enter(actor, old | {"follows": activity} | moved | values)


def change_from(actor: Actor, activity: Activity, day: date, values: Values) -> Activity:
    """End a series before ``day`` and go on with another one from then; what was stays as it
    was, also in counts.
    """
    with transaction.atomic():
        new = copy(
            actor,
            activity,
            {
                "confirmed_on": activity.confirmed_on,
                "confirmed_via": activity.confirmed_via,
                "state": activity.state,
            }
            | values
            | {"since": min(day, values.get("starts_on", day))},
        )
        change(actor, activity, {"until": day - timedelta(days=1)}, "end")
    return new


def show(actor: Actor, activity: Activity, state: str) -> bool:
    """Make an activity public (as when a proposal is taken over), or take it out of the agenda;
    its proposer is forgotten.
    """
    return change(
        actor,
        activity,
        {"state": state, "reply_address": ""},
        "show" if state == "public" else "take_out",
    )


def erase(actor: Actor, activity: Activity) -> None:
    """Wipe an activity that was taken out of the agenda, with everything that was kept with it;
    only its name stays in the trail.
    """
    with transaction.atomic():
        trail.record(actor, "erase", activity)
        trail.of(activity).exclude(verb="erase").delete()
        activity.delete()
