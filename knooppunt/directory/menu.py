"""The doors of the register: where they lead, and in one line what is behind them."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.menu import KEEPING
from knooppunt.core.registry.modules import Nav

DOORS = (
    Nav(
        _("Initiatieven"),
        "directory:initiatives",
        "people",
        _("Groepen van bewoners, en wat ze doen."),
    ),
    Nav(
        _("Plekken"),
        "directory:places",
        "house",
        _("Waar je naar binnen kunt, en wanneer."),
        order=45,
    ),
    Nav(
        _("Netwerken"),
        "directory:networks",
        "network",
        _("Wie met wie samenwerkt."),
    ),
    Nav(_("Wijken"), "directory:areas", "street", _("Alles van één wijk bij elkaar.")),
    Nav(
        _("Instellingen"),
        "directory:institutions",
        "building",
        _("Organisaties met betaalde krachten waar we mee werken."),
    ),
    Nav(
        _("Cijfers"),
        "directory:figures",
        "figures",
        _("Hoeveel we er zijn. Achter elk getal staat de lijst."),
        group="know",
    ),
    Nav(
        _("Mist er iets? Stel het voor"),
        "directory:propose",
        "pencil",
        _("Zet een initiatief op de lijst. Een beheerder kijkt het na."),
        group="join",
        args=("initiatieven",),
    ),
    Nav(
        _("Beheer"),
        "directory:desk",
        "pencil",
        _("Wat er te doen is, en wat jij bijhoudt."),
        group=KEEPING,
    ),
)
