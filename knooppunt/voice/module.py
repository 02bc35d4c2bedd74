"""What the voice gives the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import MergeRelation, Module, Nav, PersonalData, register
from knooppunt.voice.actions.news import mail_refused
from knooppunt.voice.chapters import CHAPTERS
from knooppunt.voice.closings import CLOSING_GROUPS
from knooppunt.voice.corrections import CORRECTIONS
from knooppunt.voice.demo import load_example
from knooppunt.voice.desk_doors import desk_doors
from knooppunt.voice.figures import FIGURES
from knooppunt.voice.models import CoSignature, Hit, Point, Signal
from knooppunt.voice.panels import PANELS
from knooppunt.voice.searchable import SEARCHABLE
from knooppunt.voice.tasks import daily, poll
from knooppunt.voice.worklist import worklist

DOORS = (
    Nav(
        _("Wat de wijk vraagt"),
        "voice:board",
        "talk",
        _("Wat we samen vragen, aan wie, en hoe ver het is."),
        short=_("De wijk"),
        group="speak",
        order=20,
    ),
    Nav(
        _("Vertel wat er speelt"),
        "voice:signal",
        "talk",
        _("Iets mis of iets moois? Je hoeft je naam niet te zeggen."),
        group="join",
        order=35,
    ),
    Nav(
        _("Beloofd en nagekomen"),
        "voice:commitments",
        "check",
        _("Wat de gemeente en anderen beloofden, en wat ervan kwam."),
        group="speak",
    ),
    Nav(
        _("Akkoorden"),
        "voice:agreements",
        "hands",
        _("Afspraken op papier, en hoe ver ze zijn uitgevoerd."),
        group="speak",
    ),
    Nav(
        _("Bezuinigingen"),
        "voice:cuts",
        "coin",
        _("Waar geld of een plek dreigt te verdwijnen, en wie dat raakt."),
        group="speak",
    ),
    Nav(
        _("Dossiers"),
        "voice:dossiers",
        "book",
        _("Lange verhalen op volgorde: wat er gebeurde, met de stukken erbij."),
        group="know",
    ),
    Nav(
        _("Bibliotheek"),
        "voice:library",
        "book",
        _("Brieven, rapporten en verslagen om na te lezen."),
        group="know",
    ),
)
_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}
_WHO = _("weten wie iets opschreef, zodat zij het kan wijzigen")
_ADDRESS = {
    "retention": _("tot het punt is afgerond, hoogstens twee jaar"),
    "eraser": _("‘stop’ in elke mail, en de dagelijkse ronde"),
}

register(
    Module(
        name="voice",
        label=_("Wat de wijk vraagt"),
        urlconf="knooppunt.voice.urls",
        needs=("decisions",),
        nav=DOORS,
        panels=PANELS,
        searchable=SEARCHABLE,
        worklist=worklist,
        desk_doors=desk_doors,
        figures=FIGURES,
        chapters=CHAPTERS,
        corrections=CORRECTIONS,
        closing_groups=CLOSING_GROUPS,
        merge_relations=(
            MergeRelation(CoSignature, "organisation", ("point",)),
            MergeRelation(Hit, "organisation", ("cut",)),
            MergeRelation(Point, "organisation"),
            MergeRelation(Signal, "organisation"),
        ),
        personal=(
            PersonalData(
                "voice.Signal",
                "reply_via",
                _("laten horen wat er met een signaal gebeurt, zoals de afzender wil"),
                **_ADDRESS,
            ),
            PersonalData(
                "voice.Signal",
                "reply_email",
                _("laten horen wat er met een signaal gebeurt"),
                **_ADDRESS,
            ),
            PersonalData(
                "voice.Signal",
                "reply_place",
                _("het briefje klaarleggen waar de afzender het ophaalt"),
                **_ADDRESS,
            ),
            PersonalData(
                "voice.Signal",
                "text",
                _("weten wat er in de wijk speelt; een naam vragen we niet"),
                _("zolang het signaal telt"),
                _("‘Wis’ bij Beheer, Signalen"),
            ),
            PersonalData(
                "voice.Evidence",
                "told_by",
                _("een verhaal laten horen, zonder naam en met toestemming"),
                _("zolang de toestemming loopt"),
                _("een coördinator of netwerkregisseur haalt het weg"),
            ),
            PersonalData(
                "voice.Support",
                "mark",
                _("elke browser één keer tellen"),
                _("zolang het punt bestaat, alleen als versleuteld kenmerk"),
                _("‘Ik steun dit niet meer’ op de pagina"),
            ),
            PersonalData(
                "voice.CoSignature",
                "signed_by",
                _("alleen wie een organisatie vertegenwoordigt tekent voor haar"),
                **_ACCOUNT,
            ),
            *(
                PersonalData(f"voice.{model}", "entered_by", _WHO, **_ACCOUNT)
                for model in (
                    "Point",
                    "Step",
                    "Signal",
                    "PaperSupport",
                    "Commitment",
                    "StatusEntry",
                    "Agreement",
                    "ClauseState",
                    "Amendment",
                    "Dossier",
                    "Document",
                )
            ),
        ),
        poll=poll,
        mail_refused=mail_refused,
        daily=daily,
        load_example=load_example,
    )
)
