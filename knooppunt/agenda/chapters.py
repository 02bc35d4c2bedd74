"""What the agenda tells in a report: who organises it, per wijk, and how often there was
something each month.
"""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knooppunt.core.registry.chapters import Chapter, Picture, Table
from knooppunt.core.registry.figures import shown
from knooppunt.core.reporting.charts import share_chart
from knooppunt.core.reporting.facts import Facts, joined
from knooppunt.kit import drawing

PARTS = (
    (gettext_lazy("bewoners zelf"), "share_residents", drawing.GREEN),
    (gettext_lazy("vrijwilligers in een huis"), "share_formal", drawing.SUN),
    (gettext_lazy("betaalde krachten"), "share_paid", drawing.BRICK),
)
MOST_WIJKEN, MOST_MONTHS = 14, 12


def sentences(facts: Facts) -> list[str]:
    """Who organises it, and where residents do most."""
    if not facts.number("activities"):
        return []
    told = [
        ngettext(
            "In de agenda loopt %(number)s activiteit.",
            "In de agenda lopen %(number)s activiteiten.",
            facts.number("activities"),
        )
        % {"number": facts.say("activities")}
    ]
    if facts.number("activities.new"):
        number = facts.number("activities.new")
        told.append(
            ngettext(
                "Daarvan kwam er in deze tijd %(new)s bij.",
                "Daarvan kwamen er in deze tijd %(new)s bij.",
                number,
            )
            % {"new": facts.say("activities.new")}
        )
    if facts.has("share_residents", "share_formal", "share_paid"):
        told.append(
            _(
                "Van wat er in een gewone week is, organiseren bewoners %(own)s zelf. "
                "Vrijwilligers in een huis van een instelling doen %(formal)s, betaalde krachten "
                "%(paid)s."
            )
            % {
                "own": facts.say("share_residents"),
                "formal": facts.say("share_formal"),
                "paid": facts.say("share_paid"),
            }
        )
        told += _most_own(facts)
    return told


def _most_own(facts: Facts) -> list[str]:
    """The wijk in which residents do the largest share."""
    known = [area for area in facts.areas.values() if facts.has(f"share_residents~{area.slug}")]
    if len(known) < 2:
        return []
    names = {f"share_residents~{area.slug}": area.name for area in known}
    leaders = facts.highest(names)
    if not leaders:
        return []
    text = (
        _("Nergens doen bewoners een groter deel zelf dan in %(area)s: %(share)s.")
        if len(leaders) == 1
        else _("Nergens doen bewoners een groter deel zelf dan in %(area)s, elk %(share)s.")
    )
    area = joined(names[mark] for mark in leaders)
    return [text % {"area": area, "share": facts.say(leaders[0])}]


def month_sentences(facts: Facts) -> list[str]:
    """The busiest of the whole months."""
    known = [
        (facts.number(f"times@{last}"), first, f"times@{last}")
        for first, last in _months(facts)
        if facts.number(f"times@{last}")
    ]
    if len(known) < 2:
        return []
    months = {mark: first for _number, first, mark in known}
    leaders = facts.highest(months)
    if not leaders:
        return []
    form = "F" if facts.period.since.year == facts.period.until.year else "F Y"
    names = joined(date_format(months[mark], form) for mark in leaders)
    return [_busiest_text(facts, leaders) % {"month": names, "times": facts.say(leaders[0])}]


def _busiest_text(facts: Facts, leaders: list[str]) -> str:
    """The sentence for one busiest month, or for several with as much in each."""
    number, is_part = facts.number(leaders[0]), len(facts.period.months) > MOST_MONTHS
    if len(leaders) > 1:
        return (
            _(
                "Van de laatste maanden waren %(month)s het drukst, elk met %(times)s keer iets "
                "te doen."
            )
            if is_part
            else _("Het drukst waren %(month)s, elk met %(times)s keer iets te doen.")
        )
    text = ngettext(
        "Het drukst was %(month)s: toen was er %(times)s keer iets te doen.",
        "Het drukst was %(month)s: toen was er %(times)s keer iets te doen.",
        number,
    )
    if is_part:
        text = ngettext(
            "Van de laatste maanden was %(month)s het drukst: toen was er %(times)s keer iets te "
            "doen.",
            "Van de laatste maanden was %(month)s het drukst: toen was er %(times)s keer iets te "
            "doen.",
            number,
        )
    return text


def _months(facts: Facts) -> list[tuple[date, date]]:
    """The whole months of the period that are over, the last twelve."""
    return [month for month in facts.period.months if month[1] <= facts.last][-MOST_MONTHS:]


def shares_picture(facts: Facts) -> list[Picture]:
    """A bar for everything together, and one for each wijk."""
    whole = [(gettext_lazy("Alles bij elkaar"), PARTS)]
    wijken = [
        (area.name, tuple((name, f"{mark}~{area.slug}", colour) for name, mark, colour in PARTS))
        for area in facts.areas.values()
        if facts.has(f"share_residents~{area.slug}")
    ]
    told = _(
        "Balken met het deel van de activiteiten in een gewone week dat bewoners, vrijwilligers "
        "in een huis en betaalde krachten organiseren, per wijk."
    )
    return share_chart(
        facts,
        "shares",
        _("Wie het organiseert"),
        told,
        [*whole, *wijken[:MOST_WIJKEN]],
        gettext_lazy("Wijk"),
    )


def months_picture(facts: Facts) -> list[Picture]:
    """The strip of months: how often there was something in each."""
    points, rows = [], []
    for first, last in _months(facts):
        mark = f"times@{last}"
        value = facts.value(mark)
        points.append((date_format(first, "M"), value, shown(value)))
        rows.append((date_format(first, "F Y"), facts.say(mark) if value is not None else "–"))
    if not any(value for _label, value, _shown in points):
        return []
    told = _("Kolommen met per maand hoe vaak er iets te doen was.")
    svg = drawing.columns(told, points)
    return [
        Picture(
            "months",
            _("Hoe vaak er iets te doen was"),
            told,
            svg,
            Table((_("Maand"), _("Keren")), tuple(rows)),
        )
    ]


CHAPTERS = (
    Chapter(
        "agenda",
        gettext_lazy("Wie organiseert het"),
        gettext_lazy("Welk deel bewoners zelf doen, en wie de rest."),
        ("activities", "share_residents", "share_formal", "share_paid"),
        sentences,
        shares_picture,
        order=40,
    ),
    Chapter(
        "months",
        gettext_lazy("Maand na maand"),
        gettext_lazy("Hoe vaak er iets te doen was."),
        (),
        month_sentences,
        months_picture,
        order=50,
    ),
)
