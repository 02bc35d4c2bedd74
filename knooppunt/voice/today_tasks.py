"""The rows of the worklist of the voice as tasks: signals, answers that do not come, promises."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.kit.text import first_sentence
from knooppunt.voice.models import Agreement, Clause, Commitment, Point, Signal

LONGEST_TITLE = 90
SIGNAL = TaskKind(gettext_lazy("Signaal"), "talk", "point")
ANSWER = TaskKind(gettext_lazy("Antwoord"), "warn", "late")
DRAFT = TaskKind(gettext_lazy("Punt"), "talk", "point")
PROMISE = TaskKind(gettext_lazy("Belofte"), "check", "late")
AGREEMENT = TaskKind(gettext_lazy("Akkoord"), "hands", "point")


def of_signal(signal: Signal) -> Task:
    """Somebody said something, and nobody sorted it yet."""
    page = reverse("voice:sort_signal", args=[signal.pk])
    place = signal.area.name if signal.area else ""
    wants_reply = signal.reply_via != Signal.ReplyVia.NONE
    new_point = f"{reverse('voice:enter_point')}?signaal={signal.pk}"
    title = first_sentence(signal.text, LONGEST_TITLE)
    return Task(
        kind=SIGNAL,
        label=title,
        url=page,
        quote=signal.text if len(signal.text) > len(title) else "",
        why=" · ".join(part for part in (place, _("Wil antwoord.") if wants_reply else "") if part),
        action=TaskAction(_("Waar hoort dit bij?"), page),
        waiting_since=signal.received_on,
        people_waiting=1,
        more=(
            TaskAction(_("Maak er een punt van"), new_point),
            TaskAction(_("Alle signalen"), reverse("voice:signals")),
        ),
    )


def of_answer(point: Any) -> Task:
    """A point of which the answer is past its day; the row has ``due_on``."""
    return Task(
        kind=ANSWER,
        label=point.title,
        url=point.get_absolute_url(),
        why=_("Gevraagd aan %(whom)s.") % {"whom": point.whom} if point.whom else "",
        action=TaskAction(
            _("Schrijf op wat je hoort"), reverse("voice:take_step", args=[point.slug])
        ),
        deadline=point.due_on,
        people_waiting=1,
    )


def of_draft(point: Point) -> Task:
    """A point that nobody but keepers sees."""
    return Task(
        kind=DRAFT,
        label=point.title,
        url=point.get_absolute_url(),
        why=_("Klopt het? Deel het, dan kunnen anderen tekenen."),
        action=TaskAction(_("Bekijk en deel"), point.get_absolute_url()),
        waiting_since=point.listed_on,
        more=(TaskAction(_("Wijzigen"), reverse("voice:change_point", args=[point.slug])),),
    )


def of_promise(commitment: Commitment) -> Task:
    """A promise past its day."""
    who = commitment.who
    return Task(
        kind=PROMISE,
        label=str(commitment),
        url=commitment.get_absolute_url(),
        why=_("Beloofd door %(who)s.") % {"who": who} if who else "",
        action=TaskAction(
            _("Schrijf op hoe het staat"), reverse("voice:say_status", args=[commitment.pk])
        ),
        deadline=commitment.due_on,
        people_waiting=1,
    )


def of_clause(clause: Clause) -> Task:
    """A clause to look at again."""
    return Task(
        kind=AGREEMENT,
        label=str(clause),
        url=clause.get_absolute_url(),
        why=clause.agreement.title,
        action=TaskAction(_("Bekijk hoe ver het is"), clause.get_absolute_url()),
        deadline=clause.review_on,
    )


def of_agreement(agreement: Agreement) -> Task:
    """An agreement to look at again."""
    return Task(
        kind=AGREEMENT,
        label=str(agreement),
        url=agreement.get_absolute_url(),
        why=_("Zet het op de agenda van het overleg, en kies daarna een nieuwe dag."),
        action=TaskAction(_("Bekijk het opnieuw"), agreement.get_absolute_url()),
        deadline=agreement.review_on,
    )
