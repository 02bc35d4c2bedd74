"""What the base offers the house."""

from django.utils.translation import gettext_lazy as _

from knooppunt.core.commands import COMMANDS
from knooppunt.core.registry.modules import Module, Nav, PersonalData, register
from knooppunt.core.tasks import daily, poll

register(
    Module(
        name="core",
        label=_("Basis"),
        urlconf="knooppunt.core.urls",
        is_essential=True,
        nav=(
            Nav(
                _("Noodnummers"),
                "core:emergency",
                "phone",
                _("Wie je belt bij gevaar, in acht talen."),
                group="about",
            ),
            Nav(
                _("Privacy"),
                "core:privacy",
                "what",
                _("Wat we van je bewaren, waarom en hoe lang."),
                group="about",
            ),
        ),
        commands=COMMANDS,
        daily=daily,
        poll=poll,
        personal=(
            PersonalData(
                "core.TrailEntry",
                "actor",
                _("laten zien wie iets wijzigde, alleen aan wie mag beheren"),
                _("zolang het account bestaat"),
                _("het account wissen"),
            ),
            PersonalData(
                "core.MailSent",
                "address_hash",
                _("niet vaker dan één keer per week mailen"),
                _("400 dagen, alleen als versleuteld kenmerk"),
                _("de dagelijkse ronde"),
            ),
            *(
                PersonalData(
                    "core.OutgoingMail",
                    field,
                    _("mail versturen, en opnieuw proberen als dat niet lukt"),
                    _("tot de mail weg is; 30 dagen als hij niet kan worden bezorgd"),
                    _("het versturen zelf; de dagelijkse ronde"),
                )
                for field in ("address", "subject", "body", "headers", "about_name", "error")
            ),
            PersonalData(
                "core.OutgoingMail",
                "key",
                _("hetzelfde niet twee keer mailen"),
                _("400 dagen, alleen als versleuteld kenmerk"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.RateLimitCounter",
                "mark",
                _("niet te veel berichten achter elkaar van hetzelfde adres"),
                _("een uur, alleen als versleuteld kenmerk"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.ImportRun",
                "started_by",
                _("laten zien wie een lijst inlas"),
                _("zolang het account bestaat"),
                _("het account wissen"),
            ),
            PersonalData(
                "core.ImportRun",
                "file",
                _("een lijst opnieuw kunnen inlezen of nakijken"),
                _("90 dagen"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.ImportRun",
                "findings",
                _("laten zien wat er in een lijst niet klopte"),
                _("90 dagen"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.ImportRun",
                "report",
                _("laten zien wat er van elke regel is geworden"),
                _("90 dagen"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.ImportSource",
                "asked",
                _("vragen wat een woord in een lijst betekent; dat kan een naam zijn"),
                _("tot 90 dagen nadat de lijst het laatst is gelezen"),
                _("de dagelijkse ronde"),
            ),
            PersonalData(
                "core.ImportWord",
                "word",
                _("een woord uit een lijst maar één keer vragen; dat kan een naam zijn"),
                _("tot iemand het antwoord terugneemt"),
                _("‘nog niet beantwoord’ kiezen op de pagina van de lijst"),
            ),
        ),
    )
)
