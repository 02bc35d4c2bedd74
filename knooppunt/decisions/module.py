"""What deciding together gives the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import MergeRelation, Module, Nav, PersonalData, register
from knooppunt.decisions.closings import CLOSING_GROUPS
from knooppunt.decisions.corrections import CORRECTIONS
from knooppunt.decisions.demo import load_example
from knooppunt.decisions.desk_doors import desk_doors
from knooppunt.decisions.figures import FIGURES
from knooppunt.decisions.models import ActionItem, AgendaItem, Attendance, Mandate, Voter
from knooppunt.decisions.panels import PANELS
from knooppunt.decisions.searchable import SEARCHABLE
from knooppunt.decisions.tasks import daily, poll
from knooppunt.decisions.worklist import worklist

DOORS = (
    Nav(
        _("Overleg"),
        "decisions:meetings",
        "people",
        _("Waarover en wanneer we praten, en wat eruit kwam."),
        group="speak",
    ),
    Nav(
        _("Voorstellen"),
        "decisions:proposals",
        "hand",
        _("Waarover we nu stemmen. Elke organisatie heeft één stem."),
        group="speak",
    ),
    Nav(_("Besluiten"), "decisions:log", "law", _("Wat we samen hebben besloten."), group="speak"),
    Nav(
        _("Wie beslist"),
        "decisions:bodies",
        "building",
        _("De gemeenteraad, de wijkraad en anderen, en wie erin zit."),
        group="speak",
    ),
    Nav(
        _("Wie spreekt voor ons"),
        "decisions:matters",
        "who",
        _("Wie waarover namens wie mag praten."),
        group="speak",
    ),
)
_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}
_WHO = _("weten wie iets opschreef, zodat zij het kan wijzigen")

register(
    Module(
        name="decisions",
        label=_("Samen beslissen"),
        urlconf="knooppunt.decisions.urls",
        nav=DOORS,
        panels=PANELS,
        searchable=SEARCHABLE,
        worklist=worklist,
        desk_doors=desk_doors,
        figures=FIGURES,
        corrections=CORRECTIONS,
        closing_groups=CLOSING_GROUPS,
        merge_relations=(
            MergeRelation(Mandate, "organisation", ("delegate", "matter")),
            MergeRelation(Voter, "organisation", ("proposal",)),
            MergeRelation(Attendance, "organisation", ("meeting",)),
            MergeRelation(ActionItem, "organisation"),
            MergeRelation(AgendaItem, "organisation"),
        ),
        personal=(
            PersonalData(
                "decisions.Term",
                "person",
                _("weten wie een openbaar ambt heeft"),
                _("zolang het ambt of de toezegging telt"),
                _("‘Weg’ en ‘Haal ook de naam weg’ bij ‘Wie beslist’"),
            ),
            PersonalData("decisions.Term", "user", _("dubbele petten laten zien"), **_ACCOUNT),
            PersonalData(
                "decisions.Delegate",
                "name",
                _("laten zien wie namens anderen spreekt, met haar toestemming"),
                _("zolang zij spreekt"),
                _("‘Naam wijzigen of weghalen’ op haar pagina"),
            ),
            PersonalData(
                "decisions.Delegate", "user", _("haar herinneren aan inspreken"), **_ACCOUNT
            ),
            PersonalData(
                "decisions.Hat",
                "text",
                _("dubbele petten laten zien"),
                _("zolang zij spreekt"),
                _("‘Haal weg’ op haar pagina"),
            ),
            PersonalData(
                "decisions.Ballot",
                "cast_by",
                _("één stem per organisatie, van haar vertegenwoordiger"),
                **_ACCOUNT,
            ),
            PersonalData(
                "decisions.Ballot", "entered_by", _("twee mensen lezen elk briefje"), **_ACCOUNT
            ),
            PersonalData(
                "decisions.Ballot", "confirmed_by", _("twee mensen lezen elk briefje"), **_ACCOUNT
            ),
            PersonalData(
                "decisions.PaperBallot",
                "entered_by",
                _("twee mensen lezen elk briefje"),
                **_ACCOUNT,
            ),
            *(
                PersonalData(f"decisions.{model}", "entered_by", _WHO, **_ACCOUNT)
                for model in ("Meeting", "AgendaItem", "Decision", "Proposal")
            ),
        ),
        poll=poll,
        daily=daily,
        load_example=load_example,
    )
)
