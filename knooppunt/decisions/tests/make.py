"""Builders for the tests of deciding together: a meeting or proposal with only what the test is
about.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.decisions.actions import mandates, meetings, proposals
from knooppunt.decisions.models import Body, Delegate, Mandate, Matter, Meeting, Proposal, Voter
from knooppunt.directory.models import Organisation, Representation
from knooppunt.people.models import User


def body(name: str = "Wijkraad Noord", kind: str = "wijkraad", **values: Any) -> Body:
    """A body that decides."""
    return meetings.save_body(SYSTEM, Body(), {"name": name, "kind": kind, **values})


def meeting(
    title: str = "", kind: str = "sounding", starts: datetime | None = None, **values: Any
) -> Meeting:
    """A meeting, tomorrow unless said otherwise."""
    starts = starts or timezone.now() + timedelta(days=1)
    return meetings.save_meeting(
        SYSTEM, Meeting(), {"kind": kind, "title": title, "starts": starts, **values}
    )


def proposal(
    title: str = "We gaan samen koken",
    options: list[str] | None = None,
    is_open: bool = True,
    **values: Any,
) -> Proposal:
    """A proposal, open for a week unless said otherwise."""
    made = proposals.save_proposal(SYSTEM, Proposal(), {"title": title, **values}, options or [])
    return (
        proposals.open_proposal(SYSTEM, made, timezone.now() + timedelta(days=7))
        if is_open
        else made
    )


def voter(one: Proposal, organisation: Organisation) -> Voter:
    """The line of an organisation on the list of who may vote."""
    return Voter.objects.get(proposal=one, organisation=organisation)


def speaks_for(organisation: Organisation, name: str = "host2", **period: Any) -> User:
    """Somebody who represents an organisation."""
    user = User.objects.create_user(f"{name}@example.org", name=name)
    Representation.objects.create(
        user=user, organisation=organisation, **{"since": timezone.localdate(), **period}
    )
    return user


def mandate(
    organisation: Organisation, who: str = "Delegate", about: str = "Welzijnsdeal", **values: Any
) -> Mandate:
    """A mandate since today unless said otherwise."""
    delegate = Delegate.objects.filter(name=who).first() or mandates.save_delegate(
        SYSTEM, Delegate(), who
    )
    matter = Matter.objects.filter(name=about).first() or mandates.save_matter(
        SYSTEM, Matter(), {"name": about}
    )
    given = {
        "delegate": delegate,
        "matter": matter,
        "since": timezone.localdate(),
        "source": "brief",
        **values,
    }
    return mandates.give(SYSTEM, [organisation], given)[0]
