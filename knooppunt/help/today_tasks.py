"""The rows of the worklist of needs and offers as tasks: who fits, who responded, what worked."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.help.models import Introduction, Notice, NoticeResponse

MATCH = TaskKind(gettext_lazy("Past bij elkaar"), "hands", "need")
RESPONSE = TaskKind(gettext_lazy("Reactie"), "mail", "need")
OUTCOME = TaskKind(gettext_lazy("Is het gelukt?"), "phone", "need")


@dataclass(frozen=True)
class MatchedNeed:
    """An open need with the offer that fits best, and why it fits; ``pk`` is the need's."""

    need: Notice
    offer: Notice
    reasons: list[str]

    @property
    def pk(self) -> int:
        """The number of the need."""
        return self.need.pk


def of_match(match: MatchedNeed) -> Task:
    """Somebody needs what somebody else can spare."""
    need, offer = match.need, match.offer
    names = {"need": need.organisation.name, "offer": offer.organisation.name, "what": need.title}
    why = "; ".join(match.reasons)
    return Task(
        kind=MATCH,
        label=_("%(need)s zoekt: %(what)s. %(offer)s biedt iets wat past.") % names,
        url=need.get_absolute_url(),
        why=f"{offer.title}. {why[:1].upper()}{why[1:]}.",
        action=TaskAction(
            _("Stel ze aan elkaar voor"), reverse("help:introduce", args=[need.pk, offer.pk]), {}
        ),
        waiting_since=need.listed_on,
        people_waiting=1,
        more=(
            TaskAction(_("Bekijk het aanbod"), offer.get_absolute_url()),
            TaskAction(_("Bekijk wie er nog meer past"), need.get_absolute_url()),
        ),
    )


def of_response(response: NoticeResponse) -> Task:
    """Somebody without an account wrote about a need or offer."""
    return Task(
        kind=RESPONSE,
        label=response.notice.title,
        url=response.notice.get_absolute_url(),
        quote=response.text,
        why=_("Te bereiken: %(address)s") % {"address": response.reply_address},
        action=TaskAction(
            _("Beantwoord"), reverse("help:settle_response", args=[response.pk]), {}, "check"
        ),
        waiting_since=timezone.localdate(response.received_at),
        people_waiting=1,
        more=(TaskAction(_("Alle reacties"), reverse("help:responses")),),
    )


def of_introduction(introduction: Introduction) -> Task:
    """Two were brought together, and nobody said how it went."""
    need, offer = introduction.need, introduction.offer
    names = {"need": need.organisation.name, "offer": offer.organisation.name}
    answered = reverse("help:answered", args=[introduction.pk])
    return Task(
        kind=OUTCOME,
        label=_("%(need)s en %(offer)s: is het gelukt?") % names,
        url=need.get_absolute_url(),
        why=_("Het ging om: %(title)s. Bel ze, en schrijf op wat je hoort.")
        % {"title": need.title},
        action=TaskAction(_("Gelukt"), answered, {"outcome": "yes"}, "check"),
        waiting_since=introduction.introduced_on,
        more=(TaskAction(_("Niet gelukt"), answered, {"outcome": "no"}),),
    )
