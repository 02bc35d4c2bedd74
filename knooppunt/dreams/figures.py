"""The numbers of dreams: how many were said, how many got an answer in time, and who helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, Min, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.models import Area, Organisation
from knooppunt.dreams.models import Answer, Dream, Participant
from knooppunt.dreams.queries.dreams import DreamQuerySet


def said(day: date, area: Any = None) -> DreamQuerySet:
    """The dreams said up to and including a day that were not laid aside."""
    rows = Dream.objects.said_by(day).order_by("-said_on", "-pk")
    return rows.in_areas(Area.objects.below(area)) if area else rows


def late(day: date, area: Any = None) -> DreamQuerySet:
    """The dreams on the wall whose answer should have come before a day, and had not come then.

    Up to when one waited on that day is kept with the first answer after it, else with the dream.
    """
    rows = said(day, area).visible_on(day)
    after = Answer.objects.filter(dream=OuterRef("pk"), on__gt=day).order_by("on", "pk")
    due = Case(
        When(Exists(after), then=Subquery(after.values("due_on")[:1])), default=F("answer_by")
    )
    return rows.annotate(was_due=due).filter(was_due__lt=day)


@dataclass(frozen=True)
class Answered:
    """A dream whose first answer came, or should have come, up to a day; and whether in time."""

    dream: Dream
    is_in_time: bool


def answered(day: date, area: Any = None) -> list[Answered]:
    """Of every dream on the wall whose first answer came or was due, whether it came in time."""
    rows = said(day, area).visible_on(day).prefetch_related("answers")
    known = []
    for dream in rows:
        first = min(
            (reply for reply in dream.answers.all() if reply.on <= day),
            key=lambda reply: (reply.on, reply.pk),
            default=None,
        )
        if first:
            known.append(Answered(dream, first.is_in_time))
        elif dream.first_due(day) < day:
            known.append(Answered(dream, is_in_time=False))
    return known


@dataclass(frozen=True)
class Joined:
    """A dream with how many people, or how many helps, there are for it."""

    dream: Dream
    number: int


def _participants(day: date, area: Any) -> Any:
    rows = Participant.objects.visible_on(day).filter(dream__state=Dream.State.PUBLIC)
    if area:
        rows = rows.filter(dream__area__in=Area.objects.below(area))
    return rows.select_related("dream").order_by("dream", "pk")


def people(day: date, area: Any = None) -> list[Joined]:
    """Per dream how many people without an account dream along; who they are is on no list."""
    return _per_dream(_participants(day, area).people(), lambda participant: 1)


def helps(day: date, area: Any = None) -> list[Joined]:
    """Per dream with how many things people and organisations help."""
    return _per_dream(
        _participants(day, area).helping(), lambda participant: len(participant.kinds)
    )


def _per_dream(rows: Iterable[Any], amount: Any) -> list[Joined]:
    numbers: dict[int, int] = {}
    dreams: dict[int, Dream] = {}
    for participant in rows:
        dreams[participant.dream_id] = participant.dream
        numbers[participant.dream_id] = numbers.get(participant.dream_id, 0) + amount(participant)
    return [Joined(dreams[pk], number) for pk, number in numbers.items()]


def organisations(day: date, area: Any = None) -> QuerySet[Any]:
    """The organisations that dream along with any dream on a day."""
    helping = _participants(day, area).organisations().values("organisation")
    return Organisation.objects.filter(pk__in=helping.order_by()).order_by("name_key")


def begins() -> date | None:
    """The first day of which a dream is written down."""
    first: date | None = Dream.objects.aggregate(first=Min("said_on"))["first"]
    return first


def _dream(dream: Dream) -> Item:
    """A line for a dream; what is not on the wall is counted, and its words are not shown."""
    if dream.is_public:
        return Item(dream.pk, dream.title, dream.get_absolute_url(), is_example=dream.is_example)
    return Item(dream.pk, _now("Een droom die nog gelezen wordt"), "", is_example=dream.is_example)


def _answered(row: Answered) -> Item:
    line = _dream(row.dream)
    note = _now("op tijd") if row.is_in_time else _now("te laat of nog niet")
    return replace(line, amount=int(row.is_in_time), note=note, whole=1)


def _joined(row: Joined) -> Item:
    return replace(_dream(row.dream), amount=row.number)


def _organisation(row: Organisation) -> Item:
    return Item(row.pk, row.public_name, row.get_absolute_url(), is_example=row.is_example)


FIGURES = (
    Figure(
        "dreams",
        _("Dromen"),
        _(
            "Dromen voor de buurt die tot en met de peildatum zijn gezegd: op de site, op papier "
            "of aan een droomtafel. Ook wat nog gelezen wordt telt mee; wat opzij is gelegd niet."
        ),
        _("dromen"),
        said,
        _dream,
        begins=begins,
    ),
    Figure(
        "dreams_answered",
        _("Dromen met op tijd antwoord"),
        _(
            "Welk deel van de dromen op de muur het eerste antwoord kreeg voor de dag die daarvoor "
            "stond. Alleen dromen die een antwoord kregen of hadden moeten krijgen, tellen mee."
        ),
        _("van de dromen"),
        answered,
        _answered,
        form="share",
        begins=begins,
    ),
    Figure(
        "dreams_late",
        _("Dromen die te lang wachten"),
        _(
            "Dromen op de muur die op de peildatum een antwoord hadden moeten hebben en het niet "
            "hadden."
        ),
        _("dromen"),
        late,
        _dream,
        begins=begins,
    ),
    Figure(
        "dream_people",
        _("Buren die meedromen"),
        _(
            "Hoe vaak iemand zonder account meedroomt met een droom op de muur, en dat met een "
            "mail heeft bevestigd. Wie met twee dromen meedroomt, telt twee keer. Wie het zijn, "
            "staat nergens."
        ),
        _("keer"),
        people,
        _joined,
        begins=begins,
    ),
    Figure(
        "dream_organisations",
        _("Organisaties die meedromen"),
        _("Organisaties die op de peildatum meedromen of helpen met een droom op de muur."),
        _("organisaties"),
        organisations,
        _organisation,
        begins=begins,
    ),
    Figure(
        "dream_helps",
        _("Hulp bij dromen"),
        _(
            "Hoe vaak iemand of een organisatie zei met iets te helpen: handen, een ruimte, "
            "spullen, kennis, geld of iemand kennen. Wie met twee dingen helpt, telt twee keer."
        ),
        _("keer hulp"),
        helps,
        _joined,
        begins=begins,
    ),
)
