"""The rows of the worklist of dreams as tasks: what nobody read, what waits for an answer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.dreams.actions.dreams import read_day
from knooppunt.dreams.models import Dream, DreamTable

NEW = TaskKind(gettext_lazy("Nieuwe droom"), "dream", "need")
ANSWER = TaskKind(gettext_lazy("Droom wacht op antwoord"), "dream", "late")
TABLE = TaskKind(gettext_lazy("Droomtafel"), "pencil", "need")


def of_new(dream: Dream) -> Task:
    """Somebody said a dream, and nobody read it yet."""
    page = reverse("dreams:read", args=[dream.pk])
    return Task(
        kind=NEW,
        label=dream.title,
        url=page,
        quote=dream.text if dream.has_more_text else "",
        why=dream.area.name if dream.area else "",
        action=TaskAction(_("Lees en zet op de muur"), page),
        waiting_since=dream.said_on,
        deadline=read_day(dream),
        people_waiting=1,
        more=(TaskAction(_("Alle dromen"), reverse("dreams:desk")),),
    )


def of_late(dream: Any) -> Task:
    """A dream on the wall whose answer is near or late; the row comes ``with_numbers``."""
    page = reverse("dreams:read", args=[dream.pk])
    return Task(
        kind=ANSWER,
        label=dream.title,
        url=page,
        why=dream.area.name if dream.area else "",
        action=TaskAction(_("Geef antwoord"), f"{page}#antwoord"),
        waiting_since=dream.published_on,
        deadline=dream.answer_by,
        people_waiting=1 + dream.people + dream.organisations,
    )


def of_table(table: DreamTable) -> Task:
    """A dream table of which not every dream was typed in."""
    return Task(
        kind=TABLE,
        label=_("Droomtafel: %(name)s") % {"name": table},
        url=table.get_absolute_url(),
        why=_("Typ de dromen over. Daarna wissen we de foto."),
        action=TaskAction(_("Typ verder"), table.get_absolute_url()),
        waiting_since=table.opened_on,
    )
