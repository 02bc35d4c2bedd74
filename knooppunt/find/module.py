"""What finding offers the house."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Module, Nav, Panel, PersonalData, register
from knooppunt.find.commands import COMMANDS
from knooppunt.find.desk_doors import desk_doors
from knooppunt.find.saved import mail_refused
from knooppunt.find.tasks import at_start, daily, load_example, poll


def _of_everybody(request: HttpRequest, _record: Any) -> dict[str, Any]:
    return {}


register(
    Module(
        name="find",
        label=_("Vinden"),
        urlconf="knooppunt.find.urls",
        nav=(
            Nav(
                _("Vinden"),
                "find:find",
                "search",
                _("Zoek in je eigen woorden en in je eigen taal."),
                order=1,
            ),
        ),
        panels=(Panel("home search", "find/panels/own_words.html", _of_everybody),),
        desk_doors=desk_doors,
        search="find:find",
        commands=COMMANDS,
        personal=(
            PersonalData(
                "find.SavedSearch",
                "address",
                _("eens per week de mail sturen waar iemand om vroeg"),
                _("tot ze stopt; een week als ze het niet bevestigt"),
                _("de link ‘stop’ in elke mail; de dagelijkse ronde"),
            ),
            PersonalData(
                "find.OwnWord",
                "added_by",
                _("weten wie een woord heeft toegevoegd"),
                _("zolang het account bestaat"),
                _("het account wissen"),
            ),
        ),
        daily=daily,
        poll=poll,
        at_start=at_start,
        mail_refused=mail_refused,
        load_example=load_example,
    )
)
