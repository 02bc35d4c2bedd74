"""What needs doing in the register, list by list, for one keeper: only what she may change
herself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.core.database.valid_time import not_over
from knooppunt.core.mail import delivery
from knooppunt.core.models import OutgoingMail, RoundFailure
from knooppunt.core.registry import modules
from knooppunt.directory import rules, today_tasks
from knooppunt.directory.actions import closing
from knooppunt.directory.models import (
    DuplicateCandidate,
    Membership,
    Organisation,
    ProblemReport,
)
from knooppunt.directory.today import Task

MOST = 500
MAIL = "directory/desk/mail.html"


@dataclass(frozen=True)
class Work:
    """One list: what it is, what to do about it, how many there are, and the first of them.

    ``to_task`` makes of a row what stands on the page of today; a list without it is gone through
    one by one. ``total`` is of how many records they are the ones that wait, where that is known.
    """

    key: str
    title: str | Promise
    advice: str | Promise
    number: int
    rows: list[Any]
    template: str = "directory/desk/rows.html"
    is_hidden_when_empty: bool = False
    to_task: Callable[[Any], Task] | None = None
    total: int = 0

    @property
    def gone(self) -> int:
        """How many of the total are right."""
        return self.total - self.number


def listed(
    key: str,
    title: Any,
    advice: Any,
    rows: Any,
    template: str = Work.template,
    to_task: Callable[[Any], Task] | None = None,
    total: Callable[[], int] | None = None,
) -> Work:
    """A list of rows of the database; they are counted only when there are more than can be
    shown. ``total`` counts the records of which these are the ones that wait.
    """
    some = list(rows[:MOST])
    number = len(some) if len(some) < MOST else rows.count()
    of_all = total() if total and number else 0
    return Work(key, title, advice, number, some, template, to_task=to_task, total=of_all)


def tasks_of(lists: Iterable[Work]) -> list[Task]:
    """What waits in some lists, as tasks, in the order of lists and rows."""
    return [
        replace(work.to_task(row), anchor=f"{work.key}-{row.pk}")
        for work in lists
        if work.to_task
        for row in work.rows
    ]


def _own(user: Any) -> tuple[Any, Any]:
    shown = Q(state__in=("public", "draft")) & not_over(timezone.localdate())
    return rules.changeable_organisations(user).filter(shown), rules.changeable_places(user).filter(
        shown
    )


def _left_over(organisations: Any) -> Any:
    """The organisations that ended while something below them goes on, and nobody said what
    becomes of it.
    """
    numbers = closing.left_over(organisations, timezone.localdate())
    return Organisation.objects.filter(pk__in=numbers)


def incomplete(rows: Any) -> Any:
    """Organisations that lack what a reader needs most: a kind, words about it, or a wijk."""
    return rows.filter(Q(kind__isnull=True) | Q(descriptions={}) | Q(areas__isnull=True)).distinct()


def _reports(organisations: Any, places: Any) -> Any:
    mine = Q(organisation__in=organisations.values("pk")) | Q(place__in=places.values("pk"))
    return ProblemReport.objects.filter(mine, state="open").select_related("organisation", "place")


def _named_as_networks(organisations: Any) -> Any:
    """Who has members without being a network, with those members."""
    members = Membership.objects.filter(until__isnull=True).select_related("organisation")
    rows = organisations.exclude(role="network").filter(
        Exists(members.filter(network=OuterRef("pk")))
    )
    return rows.prefetch_related(Prefetch("members", members.order_by("pk"), "named_by"))


def _unlisted(organisations: Any) -> Any:
    """The open memberships that a list no longer names."""
    rows = Membership.objects.filter(missing_since__isnull=False, until__isnull=True)
    return rows.filter(organisation__in=organisations.values("pk")).select_related(
        "organisation", "network"
    )


def _duplicates(organisations: Any) -> Any:
    rows = (
        DuplicateCandidate.objects.filter(state="open")
        .exclude(first__state="merged")
        .exclude(second__state="merged")
    )
    return rows.filter(
        first__in=organisations.values("pk"), second__in=organisations.values("pk")
    ).select_related("first__kind", "second__kind")


def _troubles(user: Any) -> list[Work]:
    """For coordinators: addresses that cannot be reached, mail that did not go out, and what a
    round could not do.
    """
    if not rules.may_coordinate(user):
        return []
    problems = delivery.problems()
    if not problems.exists():
        problems = problems.none()
    refused = problems.filter(state=OutgoingMail.State.REFUSED)
    stuck = problems.exclude(state=OutgoingMail.State.REFUSED)
    lists = [
        listed(
            "onbereikbaar",
            _("Dit mailadres is niet te bereiken"),
            _(
                "Bel, vraag het goede adres en verbeter het in het register. Probeer het dan "
                "opnieuw, of haal het van de lijst."
            ),
            refused,
            MAIL,
            today_tasks.of_unreachable,
        ),
        listed(
            "mail",
            _("Mail die bleef liggen"),
            _(
                "Kijk of de mail nog nodig is. Van een mail die misschien is aangekomen, beslis "
                "jij of hij nog eens gaat."
            ),
            stuck,
            MAIL,
            today_tasks.of_stuck_mail,
        ),
        listed(
            "mislukt",
            _("Dit lukte niet vanzelf"),
            _(
                "Al het andere is gedaan. Verbeter het record; de volgende ronde probeert het "
                "opnieuw. Lukt dat niet, vraag dan je beheerder."
            ),
            RoundFailure.objects.all(),
            "directory/desk/failures.html",
            today_tasks.of_failure,
        ),
    ]
    return [replace(work, is_hidden_when_empty=True) for work in lists]


def worklist(user: Any, most: int) -> list[Work]:
    """The lists of one keeper, those with work first; each with at most ``most`` rows."""
    if not rules.is_keeper(user):
        return []
    above = [
        work for module in modules.active() if module.worklist for work in module.worklist(user)
    ]
    organisations, places = _own(user)
    answers = rules.may_coordinate(user) or rules.is_weaver(user)
    asked = organisations if answers else organisations.none()
    plan = [
        *_from_people(user, organisations, places),
        *_doubtful(asked, organisations),
        *_missing(organisations, places),
    ]
    above += _troubles(user)
    found = []
    for key, title, advice, rows, *shown in plan:
        found.append(listed(key, title, advice, rows(), *shown))
    found = [replace(work, rows=work.rows[:most]) for work in (*found, *above)]
    return sorted(found, key=lambda work: work.number == 0)


def _from_people(user: Any, organisations: Any, places: Any) -> list[tuple[Any, ...]]:
    """The lists in which somebody waits for an answer, as the arguments of ``listed``."""
    return [
        (
            "lid-worden",
            _("Wil lid worden van een netwerk"),
            _("Zeg ja of nee namens het netwerk. Tot die tijd telt het nergens mee."),
            lambda: rules.requests_to_answer(user),
            "directory/desk/joining.html",
            today_tasks.of_request,
        ),
        (
            "gemeld",
            _("Gemeld dat het niet klopt"),
            _("Kijk het na, verbeter het record en handel de melding af."),
            lambda: _reports(organisations, places),
            Work.template,
            today_tasks.of_report,
        ),
        (
            "voorgesteld",
            _("Voorgesteld voor het register"),
            _(
                "Neem het over, voeg het samen met wat er al staat, of zeg waarom niet. Wie het "
                "langst wacht, staat bovenaan."
            ),
            lambda: (
                rules.moderated_proposals(user).filter(state="open").select_related("kind", "area")
            ),
            "directory/desk/proposals.html",
            today_tasks.of_proposal,
        ),
        (
            "gestopt",
            _("Gestopt, maar er hoort nog iets bij"),
            _("Zeg wat er gebeurt met plekken, activiteiten en wat er verder bij hoort."),
            lambda: _left_over(rules.changeable_organisations(user)),
            Work.template,
            today_tasks.of_ended,
        ),
    ]


def _doubtful(asked: Any, organisations: Any) -> list[tuple[Any, ...]]:
    """The lists of what is doubtful in the register, as the arguments of ``listed``."""
    return [
        (
            "dubbel",
            _("Misschien dubbel"),
            _("Voeg samen wat hetzelfde is, of zeg dat het er twee zijn."),
            lambda: _duplicates(organisations),
        ),
        (
            "netwerkvraag",
            _("Is dit een netwerk?"),
            _(
                "Anderen noemen dit in een lijst als hun netwerk, maar hier staat het als iets "
                "anders."
            ),
            lambda: _named_as_networks(asked),
        ),
        (
            "lidmaatschap",
            _("Nog lid?"),
            _(
                "De lijst noemt dit netwerk niet meer. Het lidmaatschap blijft tot iemand het "
                "beëindigt."
            ),
            lambda: _unlisted(asked),
        ),
    ]


def _missing(organisations: Any, places: Any) -> list[tuple[Any, ...]]:
    """The lists of records that miss something, as the arguments of ``listed``."""
    today = timezone.localdate()
    return [
        (
            "strijdig",
            _("Punt en wijk verschillen"),
            _("Verbeter het punt op de kaart of de wijk."),
            lambda: places.filter(has_area_conflict=True),
        ),
        (
            "verdwenen",
            _("Niet meer in het bestand"),
            _("Bestaat het nog? Bevestig het dan; anders vul in wanneer het stopte."),
            lambda: organisations.filter(missing_since__isnull=False, until__isnull=True),
        ),
        (
            "onvolledig",
            _("Onvolledig"),
            _("Vul aan: soort, omschrijving of wijk ontbreekt."),
            lambda: incomplete(organisations),
        ),
        (
            "bevestigen",
            _("Toe aan bevestiging"),
            _("Bel of bezoek, of laat de link sturen."),
            lambda: (
                organisations.due(today)
                .filter(~Q(role="institution"))
                .order_by("confirmed_on", "name_key")
            ),
            Work.template,
            None,
            lambda: organisations.filter(~Q(role="institution")).count(),
        ),
    ]
