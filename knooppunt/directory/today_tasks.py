"""The rows of the register's worklist as tasks: what each is, why, and the button that does it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.models import OutgoingMail, RoundFailure
from knooppunt.directory import rules
from knooppunt.directory.models import (
    MembershipRequest,
    Organisation,
    Place,
    ProblemReport,
    RecordProposal,
)
from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.people.models import User

REQUEST = TaskKind(gettext_lazy("Lid worden"), "network", "place")
REPORT = TaskKind(gettext_lazy("Melding"), "talk", "point")
PROPOSAL = TaskKind(gettext_lazy("Voorstel"), "house", "place")
ENDED = TaskKind(gettext_lazy("Gestopt"), "house", "place")
UNREACHABLE = TaskKind(gettext_lazy("Niet bereikt"), "phone", "place")
STUCK = TaskKind(gettext_lazy("Mail"), "mail", "late")
BEGIN = TaskKind(gettext_lazy("Begin"), "house", "activity")
FAILED = TaskKind(gettext_lazy("Mislukt"), "warn", "late")


def to_list(key: str, row_pk: int) -> str:
    """The row of a list on the page with the whole list."""
    return f"{reverse('directory:work', args=[key])}#{key}-{row_pk}"


def of_request(request: MembershipRequest) -> Task:
    """Somebody asks to belong to a network."""
    names = {"name": request.organisation.name, "network": request.network.name}
    return Task(
        kind=REQUEST,
        label=_("%(name)s wil lid worden van %(network)s") % names,
        url=request.organisation.get_absolute_url(),
        action=TaskAction(
            _("Neem aan als lid"),
            reverse("directory:answer_request", args=[request.pk]),
            {"answer": "yes"},
        ),
        waiting_since=timezone.localdate(request.asked_at),
        people_waiting=1,
        more=(TaskAction(_("Nee zeggen"), to_list("lid-worden", request.pk)),),
    )


def of_report(report: ProblemReport) -> Task:
    """A reader says that something is wrong."""
    record = report.record
    close = reverse("directory:close_report", args=[report.pk])
    what = "plekken" if isinstance(record, Place) else "organisaties"
    more = [
        TaskAction(_("Wijzigen"), reverse("directory:edit", args=[what, record.slug])),
        TaskAction(_("Niet overnemen"), close, {"state": "rejected"}),
    ]
    if isinstance(record, Organisation):
        address = reverse("directory:close", args=[what, record.slug])
        more.append(TaskAction(_("Het is gestopt"), f"{address}?melding={report.pk}"))
    reply = _("Te bereiken: %(address)s") % {"address": report.reply_address}
    return Task(
        kind=REPORT,
        label=_("%(name)s: klopt dit?") % {"name": record.name},
        url=record.get_absolute_url(),
        quote=report.text,
        why=reply if report.reply_address else "",
        action=TaskAction(_("Opgelost"), close, {"state": "solved"}, "check"),
        waiting_since=timezone.localdate(report.created_at),
        people_waiting=1,
        more=tuple(more),
    )


def of_proposal(proposal: RecordProposal) -> Task:
    """A visitor proposes an organisation or place."""
    page = reverse("directory:proposal", args=[proposal.pk])
    about = [proposal.get_what_display(), proposal.area.name if proposal.area else ""]
    return Task(
        kind=PROPOSAL,
        label=proposal.name,
        url=page,
        why=", ".join(part for part in about if part),
        quote=proposal.text,
        action=TaskAction(_("Neem over"), reverse("directory:take_over", args=[proposal.pk]), {}),
        waiting_since=timezone.localdate(proposal.created_at),
        people_waiting=1,
        more=(TaskAction(_("Samenvoegen of weigeren"), page),),
    )


def of_ended(organisation: Organisation) -> Task:
    """An organisation ended while something below it goes on."""
    return Task(
        kind=ENDED,
        label=organisation.name,
        url=organisation.get_absolute_url(),
        why=_("Er hoort nog iets bij dat doorgaat."),
        action=TaskAction(
            _("Wat gebeurt ermee?"),
            reverse("directory:close", args=["organisaties", organisation.slug]),
        ),
        waiting_since=organisation.until,
    )


def of_unreachable(mail: OutgoingMail) -> Task:
    """An address that does not exist; whoever it belongs to hears nothing."""
    settle = reverse("directory:settle_mail", args=[mail.pk])
    return Task(
        kind=UNREACHABLE,
        label=_("%(name)s krijgt geen mail") % {"name": mail.about_name or mail.address},
        url=to_list("onbereikbaar", mail.pk),
        why=_("De mail aan %(address)s kwam terug. Bel, en vraag het goede adres.")
        % {"address": mail.address},
        action=TaskAction(_("Gebeld, van de lijst"), settle, {"what": "close"}, "phone"),
        waiting_since=timezone.localdate(mail.queued_at),
        people_waiting=1,
        more=(TaskAction(_("Verstuur opnieuw"), settle, {"what": "again"}),),
    )


def of_stuck_mail(mail: OutgoingMail) -> Task:
    """A mail of which nobody knows whether it arrived."""
    settle = reverse("directory:settle_mail", args=[mail.pk])
    return Task(
        kind=STUCK,
        label=mail.about_name or mail.subject,
        url=to_list("mail", mail.pk),
        why=f"{mail.subject}. {mail.error}".strip(". "),
        action=TaskAction(_("Verstuur opnieuw"), settle, {"what": "again"}),
        waiting_since=timezone.localdate(mail.queued_at),
        people_waiting=1,
        more=(TaskAction(_("Haal van de lijst"), settle, {"what": "close"}),),
    )


def of_failure(failure: RoundFailure) -> Task:
    """What a round could not do."""
    return Task(
        kind=FAILED,
        label=_(failure.name),
        url=to_list("mislukt", failure.pk),
        why=failure.sentence,
        action=TaskAction(_("Bekijk"), to_list("mislukt", failure.pk)),
        waiting_since=timezone.localdate(failure.first_at),
    )


def first_steps(user: Any) -> list[Task]:
    """What a coordinator of a site without records does first; nothing once every sort of record
    is there.
    """
    if not rules.may_coordinate(user):
        return []
    roles = set(Organisation.objects.values_list("role", flat=True).distinct())
    has_place = Place.objects.exists()
    missing = {
        "lijst": not roles,
        "netwerk": "network" not in roles,
        "initiatief": "initiative" not in roles,
        "plek": not has_place,
    }
    steps = [step for name, step in _record_steps().items() if missing[name]]
    if steps and User.objects.filter(is_coordinator=True, is_active=True).count() < 2:
        steps.append(
            _step(
                "coordinator",
                _("Vraag een tweede coördinator"),
                _("Dan gaat het door als jij ziek bent of vakantie hebt."),
                _("Nodig iemand uit"),
                reverse("directory:people"),
            )
        )
    return steps


def _record_steps() -> dict[str, Task]:
    """How the first records come in, by what is missing."""
    return {
        "lijst": _step(
            "lijst",
            _("Heb je al een lijst? Lees hem in"),
            _("Een spreadsheet met namen is genoeg. Je ziet eerst wat eruit komt."),
            _("Lees een lijst in"),
            reverse("directory:imports"),
        ),
        "netwerk": _step(
            "netwerk",
            _("Voeg het eerste netwerk toe"),
            _("Een naam is genoeg. De rest kan later."),
            _("Nieuw netwerk"),
            reverse("directory:add", args=["netwerken"]),
        ),
        "initiatief": _step(
            "initiatief",
            _("Voeg het eerste initiatief toe"),
            _("Een groep, een club of een organisatie in de wijk."),
            _("Nieuw initiatief"),
            reverse("directory:add", args=["initiatieven"]),
        ),
        "plek": _step(
            "plek",
            _("Voeg de eerste plek toe"),
            _("Een huis, tuin of zaal waar mensen binnen kunnen lopen."),
            _("Nieuwe plek"),
            reverse("directory:add", args=["plekken"]),
        ),
    }


def _step(name: str, label: str, why: str, button: str, url: str) -> Task:
    return Task(BEGIN, label, url, TaskAction(button, url), why, anchor=f"begin-{name}")
