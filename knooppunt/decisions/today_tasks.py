"""The rows of the worklist of deciding together as tasks: votes, actions, decisions to review."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.decisions.models import ActionItem, Decision, Proposal
from knooppunt.directory.today import Task, TaskAction, TaskKind

VOTE = TaskKind(gettext_lazy("Stemmen"), "hands", "activity")
PAPER = TaskKind(gettext_lazy("Stembriefjes"), "print", "activity")
ACTION = TaskKind(gettext_lazy("Actie"), "check", "late")
DECISION = TaskKind(gettext_lazy("Besluit"), "law", "activity")


def of_vote(proposal: Proposal) -> Task:
    """A proposal on which an organisation of this person has not voted."""
    page, closes_at = proposal.get_absolute_url(), proposal.closes_at
    moment = date_format(timezone.localtime(closes_at), "j F H:i") if closes_at else ""
    return Task(
        kind=VOTE,
        label=proposal.title,
        url=page,
        why=_("Je kunt stemmen tot %(moment)s.") % {"moment": moment} if moment else "",
        action=TaskAction(_("Stem"), page),
        deadline=timezone.localdate(closes_at) if closes_at else None,
    )


def of_paper_votes(proposal: Proposal) -> Task:
    """Ballot papers that one person read, and a second did not."""
    return Task(
        kind=PAPER,
        label=proposal.title,
        url=proposal.get_absolute_url(),
        why=_("Laat iemand anders hetzelfde briefje lezen. Pas dan telt de stem."),
        action=TaskAction(_("Lees een briefje"), proposal.get_absolute_url()),
        deadline=timezone.localdate(proposal.closes_at) if proposal.closes_at else None,
        people_waiting=1,
    )


def of_action(item: ActionItem) -> Task:
    """Something somebody took upon herself, past its day."""
    who = item.owner or (item.organisation.name if item.organisation else "")
    meeting = item.meeting
    more = (TaskAction(_("Bekijk het overleg"), meeting.get_absolute_url()),) if meeting else ()
    return Task(
        kind=ACTION,
        label=item.text,
        url=item.get_absolute_url(),
        why=_("Zou gedaan zijn door %(who)s.") % {"who": who} if who else "",
        action=TaskAction(_("Schrijf op wat ervan kwam"), item.get_absolute_url()),
        deadline=item.due_on,
        more=more,
    )


def of_decision(decision: Decision) -> Task:
    """A decision to look at again."""
    return Task(
        kind=DECISION,
        label=decision.title,
        url=decision.get_absolute_url(),
        why=_("Geldt het nog? Zeg ja of nee."),
        action=TaskAction(_("Bekijk het opnieuw"), reverse("decisions:review", args=[decision.pk])),
        deadline=decision.review_on,
    )
