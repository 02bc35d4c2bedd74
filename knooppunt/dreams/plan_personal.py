"""The personal data of plans: why it is kept, how long, and what erases it."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import PersonalData

_ACCOUNT = {"retention": _("zolang het account bestaat"), "eraser": _("het account wissen")}
_NAME = {
    "retention": _("tot iemand het intrekt, hoogstens een jaar nadat het plan klaar is"),
    "eraser": _("‘Haal weg’ op de bladzijde van het plan, en de dagelijkse ronde"),
}
_BRINGER = {
    "retention": _("tot dertig dagen nadat het plan klaar is"),
    "eraser": _("‘Toch niet’ op de bladzijde of met de link, en de dagelijkse ronde"),
}

PERSONAL_OF_PLANS = (
    PersonalData(
        "dreams.PlanPerson",
        "first_name",
        _("laten zien wie er meedoet, met haar toestemming"),
        **_NAME,
    ),
    PersonalData("dreams.PlanStep", "person", _("weten wie een stap van een plan doet"), **_NAME),
    PersonalData("dreams.PlanPledge", "person", _("weten wie iets meebrengt"), **_NAME),
    PersonalData(
        "dreams.PlanPledge",
        "first_name",
        _("op de lijst zetten wie iets meebrengt, met haar toestemming"),
        **_BRINGER,
    ),
    PersonalData(
        "dreams.PlanPhoto",
        "photo",
        _("laten zien hoe het feest was; iedereen op de foto zei ja"),
        _("zolang het plan er is"),
        _("‘Haal de foto weg’ op de bladzijde van het plan"),
    ),
    PersonalData(
        "dreams.Plan",
        "entered_by",
        _("weten wie een plan opschreef, zodat zij het kan wijzigen"),
        **_ACCOUNT,
    ),
)
