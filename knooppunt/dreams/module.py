"""What dreams and plans give the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import MergeRelation, Module, Nav, PersonalData, register
from knooppunt.dreams.actions.news import mail_refused
from knooppunt.dreams.chapters import CHAPTERS
from knooppunt.dreams.desk_doors import desk_doors
from knooppunt.dreams.figures import FIGURES
from knooppunt.dreams.models import (
    Dream,
    DreamTable,
    Participant,
    PlanPartner,
)
from knooppunt.dreams.panels import PANELS
from knooppunt.dreams.plan_demo import load_dreams_and_plans
from knooppunt.dreams.plan_figures import FIGURES_OF_PLANS
from knooppunt.dreams.plan_personal import PERSONAL_OF_PLANS
from knooppunt.dreams.plan_worklist import plan_worklist
from knooppunt.dreams.searchable import SEARCHABLE
from knooppunt.dreams.tasks import daily
from knooppunt.dreams.worklist import worklist

_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}
_ADDRESS = {
    "retention": _("tot de droom klaar is; de instelling voor signalen zegt hoe lang hoogstens"),
    "eraser": _("‘stop’ in elke mail, en de dagelijkse ronde"),
}
_HELPS = _("laten horen hoe het gaat met een droom waar iemand bij helpt")

register(
    Module(
        name="dreams",
        label=_("Dromen"),
        urlconf="knooppunt.dreams.urls",
        nav=(
            Nav(
                _("Dromen"),
                "dreams:wall",
                "dream",
                _("Waar de buurt van droomt. Zeg jouw droom, of droom mee."),
                group="join",
                order=25,
            ),
            Nav(
                _("Plannen"),
                "dreams:plans",
                "party",
                _("Wat buren en organisaties samen gaan doen."),
                group="join",
                order=35,
            ),
        ),
        panels=PANELS,
        searchable=SEARCHABLE,
        worklist=lambda user: [*worklist(user), *plan_worklist(user)],
        desk_doors=desk_doors,
        figures=(*FIGURES, *FIGURES_OF_PLANS),
        chapters=CHAPTERS,
        merge_relations=(
            MergeRelation(Participant, "organisation", ("dream",)),
            MergeRelation(Dream, "organisation"),
            MergeRelation(DreamTable, "organisation"),
            MergeRelation(PlanPartner, "organisation", ("plan",)),
        ),
        personal=(
            *PERSONAL_OF_PLANS,
            PersonalData(
                "dreams.Dream",
                "text",
                _("weten waar de buurt van droomt; een naam vragen we niet"),
                _("zolang de droom er is"),
                _("‘Ik wil mijn droom weghalen’ met de code, of ‘Wis’ bij Beheer, Dromen"),
            ),
            PersonalData(
                "dreams.Dream",
                "first_name",
                _("een naam bij de droom zetten, alleen als iemand dat wil"),
                **_ADDRESS,
            ),
            PersonalData(
                "dreams.Dream",
                "reply_email",
                _("laten horen wat er met een droom gebeurt"),
                **_ADDRESS,
            ),
            PersonalData(
                "dreams.Dream",
                "reply_confirmed_on",
                _("weten dat het adres van de afzender is"),
                **_ADDRESS,
            ),
            PersonalData(
                "dreams.Dream",
                "reply_place",
                _("het briefje klaarleggen waar iemand het ophaalt"),
                **_ADDRESS,
            ),
            PersonalData(
                "dreams.DreamTable",
                "photo",
                _("de dromen van een tafel overtypen"),
                _("tot ze zijn overgetypt, hoogstens 60 dagen"),
                _("‘Klaar: wis de foto’, en de dagelijkse ronde"),
            ),
            *(
                PersonalData("dreams.Participant", field, _HELPS, **_ADDRESS)
                for field in ("email", "first_name", "text")
            ),
            *(
                PersonalData(
                    f"dreams.{model}",
                    field,
                    _("weten wie iets opschreef, zodat zij het kan wijzigen"),
                    **_ACCOUNT,
                )
                for model, field in (
                    ("Dream", "entered_by"),
                    ("DreamTable", "entered_by"),
                    ("Answer", "answered_by"),
                )
            ),
        ),
        daily=daily,
        mail_refused=mail_refused,
        load_example=load_dreams_and_plans,
    )
)
