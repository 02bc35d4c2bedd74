"""What needs and offers give the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import MergeRelation, Module, Nav, PersonalData, register
from knooppunt.help.closings import CLOSING_GROUPS
from knooppunt.help.demo import load_example
from knooppunt.help.desk_doors import desk_doors
from knooppunt.help.figures import FIGURES
from knooppunt.help.models import Notice
from knooppunt.help.panels import PANELS
from knooppunt.help.searchable import SEARCHABLE
from knooppunt.help.tasks import daily
from knooppunt.help.worklist import worklist

_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}

register(
    Module(
        name="help",
        label=_("Vraag en aanbod"),
        urlconf="knooppunt.help.urls",
        nav=(
            Nav(
                _("Vraag en aanbod"),
                "help:board",
                "hand",
                _("Waar hulp welkom is, en wat anderen kunnen missen. Iedereen mag reageren."),
                group="join",
                order=30,
            ),
        ),
        panels=PANELS,
        searchable=SEARCHABLE,
        worklist=worklist,
        desk_doors=desk_doors,
        closing_groups=CLOSING_GROUPS,
        merge_relations=(MergeRelation(Notice, "organisation", ("title", "side")),),
        figures=FIGURES,
        personal=(
            *(
                PersonalData(
                    "help.NoticeResponse",
                    field,
                    _("iemand antwoorden die op een vraag of aanbod reageert"),
                    _("tot een dag na het antwoord, hooguit 90 dagen"),
                    _("de dagelijkse ronde"),
                )
                for field in ("text", "reply_address")
            ),
            PersonalData(
                "help.Notice",
                "entered_by",
                _("weten wie namens een organisatie vraagt of aanbiedt"),
                **_ACCOUNT,
            ),
            PersonalData(
                "help.Introduction",
                "introduced_by",
                _("weten wie twee organisaties bij elkaar bracht"),
                **_ACCOUNT,
            ),
        ),
        daily=daily,
        load_example=load_example,
    )
)
