"""A proposal that was decided about by mistake is put back for half an hour, as if nothing had
happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions.proposals import propose, settle
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Kind, Organisation, Place, RecordProposal
from knooppunt.find import indexing
from knooppunt.find.models import Document
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def waiting(**values: Any) -> RecordProposal:
    """A proposal that nobody decided about yet."""
    return propose(SYSTEM, {"what": "initiative", "name": "De Kas", **values})


def after_half_an_hour(time_machine: Any) -> None:
    """What the worker does when nobody undid a decision."""
    settle()
    time_machine.move_to(timezone.now() + timedelta(minutes=31), tick=False)
    settle()


# How the desk and the page with one list show what was done a moment ago.
SHOWN = {"desk": "Gedaan: {}", "work": "<del>{}</del>"}


def pressed(client: Client, proposal: RecordProposal, page: str = "desk") -> Any:
    """The button of a row of the worklist."""
    row = {"list": "voorgesteld", "row": f"voorgesteld-{proposal.pk}", "after": "", "page": page}
    return client.post(f"/beheer/voorstel/{proposal.pk}/neem-over/", row, follow=True)


@pytest.mark.parametrize("page", ["desk", "work"])
@pytest.mark.parametrize("what", ["initiative", "place"])
def test_taking_over_from_the_worklist_is_undone_as_if_it_had_never_been(
    noord: Area, coordinator: User, as_user: LogIn, time_machine: Any, what: str, page: str
) -> None:
    kind, client = Kind.objects.get(slug="groenplek"), as_user(coordinator)
    proposal = waiting(
        what=what,
        area=noord,
        kind=kind,
        contact="+31101234567",
        text="Tuinieren.",
        reply_email="a@example.org",
    )
    indexing.rebuild()
    before = RecordProposal.objects.values().get()
    text = pressed(client, proposal, page).content.decode()
    assert SHOWN[page].format("De Kas: overgenomen") in text and Organisation.objects.exists()
    indexing.catch_up()
    assert Document.objects.filter(title="De Kas", is_gone=False).exists()
    line = TrailEntry.objects.get(verb="close_proposal")
    text = client.post(f"/beheer/ongedaan/{line.pk}/", follow=True).content.decode()
    assert "De Kas" in text and "De Kas: overgenomen" not in text
    assert RecordProposal.objects.values().get() == before
    assert not Organisation.objects.exists() and not Place.objects.exists()
    indexing.catch_up()
    assert not Document.objects.filter(title="De Kas", is_gone=False).exists()
    after_half_an_hour(time_machine)
    assert not django_mail.outbox
    pressed(client, proposal)
    after_half_an_hour(time_machine)
    assert len(django_mail.outbox) == 1


def test_refusing_is_undone_until_its_sender_heard_it(
    coordinator: User, as_user: LogIn, time_machine: Any
) -> None:
    proposal, client = waiting(reply_email="a@example.org"), as_user(coordinator)
    page = client.get(f"/beheer/voorstel/{proposal.pk}/").content.decode()
    given = {"reason": "Dubbel.", **dict(re.findall(r'name="(list|row)" value="([^"]+)"', page))}
    for is_late in (False, True):
        answer = client.post(f"/beheer/voorstel/{proposal.pk}/weiger/", given, follow=True)
        assert SHOWN["desk"].format("De Kas: niet overgenomen") in answer.content.decode()
        line = TrailEntry.objects.filter(verb="close_proposal").latest("pk")
        if is_late:
            after_half_an_hour(time_machine)
        client.post(f"/beheer/ongedaan/{line.pk}/")
        proposal.refresh_from_db()
        assert proposal.state == ("refused" if is_late else "open")
    assert len(django_mail.outbox) == 1


def test_what_somebody_changed_in_the_new_record_is_not_thrown_away(
    coordinator: User, as_user: LogIn, db: None
) -> None:
    proposal, client = waiting(), as_user(coordinator)
    pressed(client, proposal)
    change(SYSTEM, Organisation.objects.get(), {"website": "https://kas.example/"})
    line = TrailEntry.objects.get(verb="close_proposal")
    answer = client.post(f"/beheer/ongedaan/{line.pk}/", follow=True)
    assert "kan niet meer ongedaan" in answer.content.decode()
    assert Organisation.objects.get().website == "https://kas.example/"
