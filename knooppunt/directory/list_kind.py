"""Lists of organisations and places, as the shared way of reading lists in knows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.list_kinds import Choices, ListKind, WordQuestion
from knooppunt.core.web.guards import permission_required
from knooppunt.directory.forms.word_choices import (
    area_choices,
    language_choices,
    record_question,
    term_choices,
)
from knooppunt.directory.importing.codes import field_label, message
from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.run import run_import
from knooppunt.directory.models import Kind, Organisation, Theme
from knooppunt.directory.rules import may_coordinate


def _roles() -> Choices:
    return [(value, str(label)) for value, label in Organisation.Role.choices]


def _pages(slugs: list[str]) -> dict[str, tuple[str, str]]:
    rows = Organisation.objects.filter(slug__in=slugs).exclude(state="merged")
    return {one.slug: (one.get_absolute_url(), one.name) for one in rows}


REGISTER_LISTS = ListKind(
    name="directory",
    namespace="directory",
    title=_("Lijsten inlezen"),
    lead=_(
        "Kies een lijst uit een spreadsheet, met welke kolommen dan ook. Eerst laten we zien hoe we"
        " hem lezen; er verandert nog niets."
    ),
    file_label=_("Lijst (CSV of XLSX)"),
    columns=COLUMNS,
    questions={
        "kind": WordQuestion(lambda: term_choices(Kind)),
        "themes": WordQuestion(lambda: term_choices(Theme)),
        "area": WordQuestion(area_choices),
        "role": WordQuestion(_roles),
        "languages": WordQuestion(language_choices),
        "networks": record_question(lambda: Organisation.objects.networks(), may_be_new=True),
    },
    field_label=field_label,
    message=message,
    read=run_import,
    pages=_pages,
    guard=permission_required(may_coordinate),
)
