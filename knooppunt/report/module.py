"""What the report offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Module, Nav, PersonalData, register
from knooppunt.report.commands import COMMANDS
from knooppunt.report.demo import load_example
from knooppunt.report.desk_doors import desk_doors
from knooppunt.report.panels import PANELS
from knooppunt.report.tasks import daily
from knooppunt.report.worklist import worklist

_TOLD = {
    "retention": _("zolang de toestemming loopt, die de verteller zelf kiest"),
    "eraser": _(
        "de code van de verteller, ‘Intrekken en wissen’ bij Beheer, en de dagelijkse ronde"
    ),
}
_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}
_SECOND = _("weten wie een bericht klaarzette, zodat iemand anders het publiceert")

register(
    Module(
        name="report",
        label=_("Halfjaarbericht"),
        urlconf="knooppunt.report.urls",
        nav=(
            Nav(
                _("Halfjaarbericht"),
                "report:index",
                "book",
                _("Hoe het elk half jaar ging, met getallen en verhalen."),
                group="know",
                order=40,
            ),
            Nav(
                _("Vertel je verhaal"),
                "report:tell",
                "talk",
                _("Wat betekent een plek of groep voor jou?"),
                group="join",
            ),
        ),
        panels=PANELS,
        worklist=worklist,
        desk_doors=desk_doors,
        commands=COMMANDS,
        personal=(
            PersonalData("report.Story", "text", _("verhalen uit de wijk laten horen"), **_TOLD),
            PersonalData(
                "report.Story", "told_by", _("zeggen wie het vertelt, als die dat wil"), **_TOLD
            ),
            PersonalData("report.Story", "photo", _("een verhaal laten zien"), **_TOLD),
            PersonalData(
                "report.Story", "photo_alt", _("zeggen wat er op een foto staat"), **_TOLD
            ),
            PersonalData(
                "report.Story", "entered_by", _("weten wie een verhaal overtypte"), **_ACCOUNT
            ),
            *(
                PersonalData("report.Report", field, _SECOND, **_ACCOUNT)
                for field in ("written_by", "offered_by", "published_by")
            ),
        ),
        daily=daily,
        load_example=load_example,
    )
)
