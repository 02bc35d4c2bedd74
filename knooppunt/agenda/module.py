"""What the agenda offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.actions.handover import follow
from knooppunt.agenda.actions.terms import sync_agenda
from knooppunt.agenda.chapters import CHAPTERS
from knooppunt.agenda.closings import CLOSING_GROUPS
from knooppunt.agenda.commands import COMMANDS
from knooppunt.agenda.demo import load_example
from knooppunt.agenda.desk_doors import desk_doors
from knooppunt.agenda.feed_results import COMPUTATIONS as FEED_RESULTS
from knooppunt.agenda.figures import FIGURES
from knooppunt.agenda.list_kind import ACTIVITY_LISTS
from knooppunt.agenda.models import Feed, Organiser
from knooppunt.agenda.panels import PANELS, next_up
from knooppunt.agenda.searchable import SEARCHABLE
from knooppunt.agenda.shares import COMPUTATIONS as SHARE_RESULTS
from knooppunt.agenda.tasks import daily, questions
from knooppunt.agenda.worklist import worklist
from knooppunt.core.registry.modules import MergeRelation, Module, Nav, PersonalData, register

_ENDED = {
    "retention": _("zolang de activiteit bestaat"),
    "eraser": _("de activiteit uit de agenda halen en wissen"),
}

register(
    Module(
        name="agenda",
        label=_("Agenda"),
        urlconf="knooppunt.agenda.urls",
        nav=(
            Nav(
                _("Agenda"),
                "agenda:agenda",
                "calendar",
                _("Wat er te doen is: vandaag, deze week en deze maand."),
                order=10,
                is_offline=True,
            ),
            Nav(
                _("Zet iets in de agenda"),
                "agenda:propose",
                "calendar",
                _("Vertel wat jij organiseert. Een beheerder zet het erin."),
                group="join",
            ),
        ),
        panels=PANELS,
        next_up=(next_up,),
        closing_groups=CLOSING_GROUPS,
        restorers=(
            ("agenda.activity", follow),
            ("agenda.organiser", lambda row: follow(row.activity)),
        ),
        figures=FIGURES,
        computations=(*SHARE_RESULTS, *FEED_RESULTS),
        chapters=CHAPTERS,
        searchable=SEARCHABLE,
        worklist=worklist,
        desk_doors=desk_doors,
        merge_relations=(
            MergeRelation(Organiser, "organisation", ("activity_id", "until")),
            MergeRelation(Feed, "organisation"),
        ),
        questions=questions,
        commands=COMMANDS,
        lists=(ACTIVITY_LISTS,),
        personal=(
            PersonalData(
                "agenda.Activity",
                "reply_address",
                _("wie iets voorstelt laten weten wat ermee gebeurde"),
                _("tot het voorstel is bekeken"),
                _("een voorstel in de agenda zetten of niet overnemen"),
            ),
            PersonalData(
                "agenda.Activity",
                "kept",
                _("niets uit een ingelezen lijst kwijtraken; alleen voor wie beheert"),
                **_ENDED,
            ),
            PersonalData(
                "agenda.Activity",
                "imported",
                _("herkennen wat een nieuwe lijst verandert"),
                **_ENDED,
            ),
            PersonalData("agenda.Activity", "note", _("opmerkingen voor wie beheert"), **_ENDED),
            PersonalData("agenda.Organiser", "name", _("noemen wie iets organiseert"), **_ENDED),
            PersonalData(
                "agenda.Feed",
                "added_by",
                _("weten wie een kalender heeft aangesloten"),
                _("zolang het account bestaat"),
                _("het account wissen"),
            ),
        ),
        daily=daily,
        load_example=load_example,
        sync=sync_agenda,
    )
)
