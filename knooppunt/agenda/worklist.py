"""What needs doing in the agenda, for one keeper: proposals, series to confirm, objections, and
calendars that fail.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda import rules, today_tasks
from knooppunt.agenda.models import Feed, Organiser, Venue
from knooppunt.directory import rules as register_rules
from knooppunt.directory.worklist import Work, listed

TEMPLATE = "agenda/desk/rows.html"


def worklist(user: Any) -> list[Work]:
    """The lists of the agenda."""
    own = rules.changeable_activities(user)
    today = timezone.localdate()
    objected = Venue.objects.filter(
        activity__in=own.values("pk"), objected_on__isnull=False, activity__state="public"
    )
    left_alone = own.filter(state="public").running(today).left_by_organisers(today)
    lists = [
        (
            "voorstellen",
            _("Voorgesteld voor de agenda"),
            _("Kijk het na en zet het in de agenda, of haal het weg."),
            own.filter(state="draft").order_by("-pk"),
            today_tasks.of_proposal,
        ),
        (
            "zonder-organisator",
            _("Zonder organisator"),
            _("De organisatie die dit deed is gestopt. Wie doet het nu, of stopt het ook?"),
            left_alone,
            today_tasks.of_orphan,
        ),
        (
            "bezwaren",
            _("Kan niet op deze plek"),
            _("Kies een andere plek, of overleg met de beheerder van de plek."),
            objected.select_related("activity", "place"),
            today_tasks.of_objection,
        ),
        *_doubtful(own),
    ]
    works = [
        listed(key, title, advice, rows, TEMPLATE, to_task)
        for key, title, advice, rows, to_task in lists
    ]
    return works + _feeds(user)


def _doubtful(own: Any) -> list[tuple[Any, ...]]:
    """The lists of what is doubtful or missing in the agenda: key, title, advice, rows, and
    that they are no tasks.
    """
    today = timezone.localdate()
    unclassed = (
        own.open_to_all()
        .coming_back()
        .running(today)
        .exclude(pk__in=Organiser.objects.exclude(group="").values("activity"))
    )
    return [
        (
            "reeksen",
            _("Gaat dit nog door?"),
            _("Bel of bevestig; na een tijd zonder antwoord verdwijnt het uit de agenda."),
            own.filter(state="public").kept_here().due(today).order_by("sign"),
            None,
        ),
        (
            "onduidelijk",
            _("Niet te zeggen wanneer het is"),
            _("Schrijf het zo op dat we het begrijpen; dan komt het in de agenda."),
            own.open_to_all().filter(is_unclear=True),
            None,
        ),
        (
            "weg",
            _("Niet meer in de kalender"),
            _("Het stond in een kalender elders, nu niet meer. Is het gestopt? Zeg dat dan."),
            own.filter(state="public", missing_since__isnull=False, until__isnull=True),
            None,
        ),
        (
            "geen-klasse",
            _("Niet bekend wie het doet"),
            _(
                "Vul in of het vrijwilligers of betaalde krachten zijn; dan telt het mee in het "
                "aandeel."
            ),
            unclassed,
            None,
        ),
    ]


def _feeds(user: Any) -> list[Work]:
    """Calendars elsewhere that could not be read, for who may put them right."""
    mine = Feed.objects.all()
    if not register_rules.may_coordinate(user):
        mine = mine.filter(
            organisation__in=register_rules.changeable_organisations(user).values("pk")
        )
    rows = list(mine.exclude(problem="").select_related("organisation"))
    return [
        Work(
            "kalenders",
            _("Kalenders die niet lukken"),
            _("Kijk of het adres nog klopt."),
            len(rows),
            rows,
            TEMPLATE,
            to_task=today_tasks.of_feed,
        )
    ]
