"""Lists of activities and calendar files, as the shared way of reading lists in knows them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda import rules
from knooppunt.agenda.forms.reading import ActivitiesForm
from knooppunt.agenda.importing.codes import message
from knooppunt.agenda.importing.columns import COLUMNS
from knooppunt.agenda.importing.run import Job, is_calendar
from knooppunt.agenda.importing.words import Lookup
from knooppunt.agenda.models import Activity, ActivityKind, Organiser
from knooppunt.core.models import ImportRun
from knooppunt.core.registry.list_kinds import Choices, ListKind, Reading, WordQuestion
from knooppunt.core.web.guards import permission_required
from knooppunt.directory.forms.word_choices import (
    area_choices,
    language_choices,
    record_question,
    term_choices,
)
from knooppunt.directory.importing.codes import field_label
from knooppunt.directory.models import Organisation, Place, Theme
from knooppunt.directory.rules import is_keeper
from knooppunt.kit.findings import Report

MOST_BYTES = 20 * 1024 * 1024


def read(reading: Reading, report: Report) -> None:
    """Read a kept list or calendar with the rights that whoever sent it has now.

    Raises UnreadableFile.
    """
    assert reading.run is not None
    run, user = reading.run, reading.run.started_by or AnonymousUser()
    Job(
        reading.actor,
        reading.file,
        is_dry_run=reading.is_dry_run,
        most_rows=reading.most_rows,
        organiser=rules.list_organisation(run.owner),
        place=_place(run),
        may_change=lambda activity: rules.may_change(user, activity),
        may_speak_for=lambda organisation: rules.may_read_in_for(user, organisation),
        progress=reading.progress,
        lookup=Lookup(reading.answers),
    ).run(report)


def _groups() -> Choices:
    return [(value, str(label)) for value, label in Organiser.Group.choices]


def _place(run: ImportRun) -> Place | None:
    number = run.options.get("place")
    return Place.objects.filter(pk=number).first() if number else None


def _owner_name(owner: str) -> str:
    organisation: Organisation | None = rules.list_organisation(owner)
    return organisation.name if organisation else ""


def _pages(slugs: list[str]) -> dict[str, tuple[str, str]]:
    rows = Activity.objects.filter(slug__in=slugs)
    return {activity.slug: (activity.get_absolute_url(), activity.name) for activity in rows}


ACTIVITY_LISTS = ListKind(
    name="agenda",
    namespace="agenda",
    title=_("Activiteiten inlezen"),
    lead=_(
        "Kies een kalender of een lijst, met welke kolommen dan ook. Eerst laten we zien hoe we"
        " hem lezen; er verandert nog niets. In een lijst mag je schrijven zoals je praat: naam,"
        " wanneer (‘elke dinsdag 10-12’), plek, organisator en klasse."
    ),
    file_label=_("Bestand"),
    file_help=_("Een kalender (.ics) of een lijst (.csv of .xlsx), hooguit 20 MB."),
    columns=COLUMNS,
    questions={
        "group": WordQuestion(_groups),
        "kind": WordQuestion(lambda: term_choices(ActivityKind)),
        "organiser": record_question(lambda: Organisation.objects.public()),
        "place": record_question(lambda: Place.objects.public()),
        "area": WordQuestion(area_choices),
        "themes": WordQuestion(lambda: term_choices(Theme)),
        "languages": WordQuestion(language_choices),
    },
    field_label=field_label,
    message=message,
    read=read,
    pages=_pages,
    guard=permission_required(is_keeper),
    runs=rules.visible_runs,
    sources=rules.visible_sources,
    upload_form=ActivitiesForm,
    owners=rules.list_owners,
    owner_name=_owner_name,
    is_table=lambda file: not is_calendar(file),
    most_bytes=MOST_BYTES,
)
