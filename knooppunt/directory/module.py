"""What the register offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Module, PersonalData, register
from knooppunt.directory.actions.proposals import settle
from knooppunt.directory.actions.terms import sync_coalition
from knooppunt.directory.chapters import CHAPTERS
from knooppunt.directory.closings import CLOSING_GROUPS
from knooppunt.directory.commands import COMMANDS
from knooppunt.directory.demo import load_example
from knooppunt.directory.desk_doors import desk_doors
from knooppunt.directory.figure_results import COMPUTATIONS
from knooppunt.directory.figures import FIGURES
from knooppunt.directory.list_kind import REGISTER_LISTS
from knooppunt.directory.menu import DOORS
from knooppunt.directory.searchable import SEARCHABLE
from knooppunt.directory.tasks import daily

_ENDED = {
    "retention": _("zolang het record bestaat"),
    "eraser": _("weghalen op de pagina ‘Wijzigen’ van het record"),
}
_DECIDED = {
    "retention": _(
        "tot een half uur nadat over het voorstel is beslist; een e-mailadres hooguit 90 dagen"
    ),
    "eraser": _("beslissen over het voorstel; de dagelijkse ronde"),
}
_ROLE = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}

register(
    Module(
        name="directory",
        label=_("Register"),
        urlconf="knooppunt.directory.urls",
        is_essential=True,
        nav=DOORS,
        desk_doors=desk_doors,
        closing_groups=CLOSING_GROUPS,
        figures=FIGURES,
        computations=COMPUTATIONS,
        chapters=CHAPTERS,
        searchable=SEARCHABLE,
        commands=COMMANDS,
        poll=settle,
        lists=(REGISTER_LISTS,),
        personal=(
            PersonalData(
                "directory.ContactPoint", "value", _("een organisatie of plek bereiken"), **_ENDED
            ),
            PersonalData(
                "directory.ContactPoint", "label", _("een organisatie of plek bereiken"), **_ENDED
            ),
            PersonalData(
                "directory.Organisation",
                "kept",
                _("niets uit een ingelezen lijst kwijtraken; alleen voor wie beheert"),
                **_ENDED,
            ),
            PersonalData(
                "directory.Organisation",
                "imported",
                _("herkennen wat een nieuwe lijst verandert"),
                **_ENDED,
            ),
            PersonalData(
                "directory.Organisation", "note", _("opmerkingen voor wie beheert"), **_ENDED
            ),
            PersonalData(
                "directory.Place",
                "kept",
                _("niets uit een ingelezen lijst kwijtraken; alleen voor wie beheert"),
                **_ENDED,
            ),
            PersonalData(
                "directory.Place",
                "imported",
                _("herkennen wat een nieuwe lijst verandert"),
                **_ENDED,
            ),
            PersonalData("directory.Place", "note", _("opmerkingen voor wie beheert"), **_ENDED),
            PersonalData(
                "directory.Place", "photo_credit", _("de maker van een foto noemen"), **_ENDED
            ),
            PersonalData(
                "directory.Representation",
                "user",
                _("weten wie namens een organisatie wijzigt"),
                **_ROLE,
            ),
            PersonalData(
                "directory.Weaving", "user", _("weten wie een wijk of netwerk beheert"), **_ROLE
            ),
            PersonalData(
                "directory.ProblemReport",
                "reply_address",
                _("de melder laten weten wat ermee gebeurde"),
                _("tot de melding is afgehandeld, hooguit 90 dagen"),
                _("afhandelen van de melding; de dagelijkse ronde"),
            ),
            PersonalData(
                "directory.RecordProposal",
                "reply_email",
                _("wie iets voorstelt één keer laten weten wat ermee gebeurde"),
                **_DECIDED,
            ),
            PersonalData(
                "directory.RecordProposal",
                "contact",
                _("een voorgestelde organisatie of plek bereiken"),
                **_DECIDED,
            ),
            PersonalData(
                "directory.RecordProposal", "text", _("weten wat er wordt voorgesteld"), **_DECIDED
            ),
            PersonalData(
                "directory.ProblemReport",
                "text",
                _("een fout in het register herstellen"),
                **_ENDED,
            ),
        ),
        daily=daily,
        load_example=load_example,
        sync=sync_coalition,
    )
)
