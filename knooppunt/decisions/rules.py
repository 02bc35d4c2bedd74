"""Who may do what: hosts vote for whom they represent, weavers and delegates keep meetings and
proposals, coordinators all.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knooppunt.core.audit.mistakes import Correctable
from knooppunt.decisions.models import (
    ActionItem,
    AgendaItem,
    Body,
    Decision,
    Delegate,
    Mandate,
    Meeting,
    Proposal,
    Term,
    Voter,
)
from knooppunt.directory import rules
from knooppunt.directory.models import Organisation, Representation


def is_delegate(user: Any) -> bool:
    """True for somebody who speaks in the name of others today."""
    return (
        user.is_authenticated
        and Mandate.objects.as_of(timezone.localdate()).filter(delegate__user=user).exists()
    )


def may_convene(user: Any) -> bool:
    """May she put meetings, proposals and mandates in? Coordinators, weavers and delegates."""
    return rules.may_coordinate(user) or rules.is_weaver(user) or is_delegate(user)


def may_see(user: Any, thing: Meeting | Decision | Proposal) -> bool:
    """May she see it? What is public everybody; the rest who keeps anything; a draft or a
    mistake who may change it.
    """
    if isinstance(thing, Proposal) and thing.state == Proposal.State.DRAFT:
        return may_change(user, thing)
    if isinstance(thing, Correctable) and thing.is_mistake:
        return may_change(user, thing)
    return thing.is_public or is_inside(user)


def may_change(user: Any, thing: Meeting | Decision | Proposal) -> bool:
    """May she change it? Coordinators; who put it in, as long as she may; and weavers of a wijk
    of the body.
    """
    if rules.may_coordinate(user):
        return True
    if thing.entered_by_id and thing.entered_by_id == getattr(user, "pk", None):
        return may_convene(user)
    if isinstance(thing, Proposal) and thing.state == Proposal.State.DRAFT:
        return False
    body = (
        thing.body if isinstance(thing, Meeting) else thing.meeting.body if thing.meeting else None
    )
    return (
        body is not None
        and rules.is_weaver(user)
        and body.areas.filter(pk__in=rules.woven_areas(user)).exists()
    )


def may_correct(user: Any, record: Any) -> bool:
    """May she correct it or mark it as a mistake? Who may change the page on which it stands."""
    match record:
        case Meeting() | Decision():
            return may_change(user, record)
        case AgendaItem():
            return may_change(user, record.meeting)
        case ActionItem():
            return (
                may_change(user, record.meeting) if record.meeting else rules.may_coordinate(user)
            )
        case Term():
            return may_change_body(user, record.post.body)
        case _:
            return isinstance(record, Mandate) and may_withdraw(user, record)


def may_see_correctable(user: Any, record: Any) -> bool:
    """May she see it? Who may see the page on which it stands; what is struck, who may correct
    it.
    """
    if record.is_mistake:
        return may_correct(user, record)
    if isinstance(record, Meeting | Decision):
        return may_see(user, record)
    meeting = getattr(record, "meeting", None)
    return meeting is None or may_see(user, meeting)


def may_change_body(user: Any, body: Body) -> bool:
    """May she change what stands about a body? Whoever may convene."""
    return may_convene(user)


def may_change_delegate(user: Any, delegate: Delegate) -> bool:
    """May she declare hats of a delegate? The delegate herself and coordinators."""
    return rules.may_coordinate(user) or (
        delegate.user_id is not None and delegate.user_id == getattr(user, "pk", None)
    )


def may_withdraw(user: Any, mandate: Mandate) -> bool:
    """May she withdraw it? Who represents the organisation, and coordinators."""
    return rules.may_coordinate(user) or rules.represents(user, mandate.organisation)


def may_add_item(user: Any, meeting: Meeting) -> bool:
    """May she put a point on the agenda? Every member until the meeting begins; who keeps it
    also afterwards.
    """
    return may_change(user, meeting) or (not meeting.is_past and rules.is_keeper(user))


def represented(user: Any) -> Any:
    """The organisations for which somebody speaks today."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    mine = Representation.objects.as_of(timezone.localdate()).filter(user=user)
    return Organisation.objects.filter(pk__in=mine.values("organisation"))


def voters_of(user: Any, proposal: Proposal) -> Any:
    """The lines on the list of a proposal for which she may vote today."""
    return Voter.objects.filter(proposal=proposal, organisation__in=represented(user).values("pk"))


def speaks_for_voter(user: Any, voter: Voter) -> bool:
    """True for who represents the organisation of this line on the list today."""
    return rules.represents(user, voter.organisation)


def is_inside(user: Any) -> bool:
    """True for who keeps anything or speaks for others: she also reads what is not for
    everybody.
    """
    return rules.is_keeper(user) or is_delegate(user)


def may_vote(user: Any, proposal: Proposal) -> bool:
    """May she come near the voting at all? Whoever keeps anything; for which organisation is
    decided by each vote.
    """
    return is_inside(user)


def may_give(user: Any) -> bool:
    """May she write down a mandate? Hosts for what they keep, and who convenes."""
    return is_inside(user)


def changeable_drafts(user: Any) -> Any:
    """The proposals that are not open yet and that she may change."""
    rows = Proposal.objects.filter(state=Proposal.State.DRAFT)
    if rules.may_coordinate(user):
        return rows
    return (
        rows.filter(entered_by=user) if user.is_authenticated and may_convene(user) else rows.none()
    )


def may_see_action(user: Any, item: ActionItem) -> bool:
    """May she see an action item? Who may see its meeting."""
    return item.meeting is None or may_see(user, item.meeting)


def may_close_action(user: Any, item: ActionItem) -> bool:
    """May she close it? Who took it up for her organisation, and who may change its meeting."""
    if item.organisation and rules.represents(user, item.organisation):
        return True
    return may_change(user, item.meeting) if item.meeting else rules.may_coordinate(user)


def unvoted(organisations: Any) -> Any:
    """The lines on lists of open proposals of organisations that have not voted."""
    return Voter.objects.filter(
        organisation__in=organisations.values("pk"),
        ballot__isnull=True,
        proposal__state=Proposal.State.OPEN,
    )
