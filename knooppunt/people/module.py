"""What the part about people offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Module, PersonalData, register
from knooppunt.people.commands import COMMANDS
from knooppunt.people.tasks import daily

_ACCOUNT = {
    "retention": _("zolang iemand een account heeft"),
    "eraser": _("‘Account wissen’ bij Beheer, Mensen: naam en adres verdwijnen overal"),
}
register(
    Module(
        name="people",
        label=_("Mensen"),
        path="",
        urlconf="knooppunt.people.urls",
        is_essential=True,
        commands=COMMANDS,
        daily=daily,
        personal=(
            PersonalData("people.User", "email", _("inloggen met een code"), **_ACCOUNT),
            PersonalData(
                "people.User",
                "name",
                _("laten zien wie iets wijzigde, alleen aan wie mag beheren"),
                **_ACCOUNT,
            ),
            PersonalData("account.EmailAddress", "email", _("inloggen met een code"), **_ACCOUNT),
            PersonalData(
                "people.OneTimeCode",
                "address",
                _("een code mailen om in te loggen of een adres te wijzigen"),
                _("een kwartier, en ten langste tot de volgende dagelijkse ronde"),
                _("het gebruik van de code, of de dagelijkse ronde"),
            ),
            PersonalData(
                "people.OneTimeCode",
                "user",
                _("een code mailen om in te loggen of een adres te wijzigen"),
                _("een kwartier, en ten langste tot de volgende dagelijkse ronde"),
                _("het gebruik van de code, of de dagelijkse ronde"),
            ),
            PersonalData(
                "mfa.Authenticator", "data", _("tweede sleutel bij het inloggen"), **_ACCOUNT
            ),
        ),
    )
)
