"""Every row of the worklist with one button stays in the list after it, struck through, and can
be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import Membership, MembershipRequest, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.help.actions import introductions, responses
from knooppunt.help.models import Introduction, Notice
from knooppunt.help.tests.make import need, offer
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def tap(client: Client, key: str, action: str, button: tuple[str, str]) -> None:
    """Press a button of a list, see the row struck in its place with the way back, and take
    that.
    """
    page = f"/beheer/werk/{key}/"
    text = client.get(page).content.decode()
    form = text.split(f'action="{action}"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = client.post(action, hidden | dict([button]))
    assert answer["Location"].startswith(f"{page}#{key}-"), answer["Location"]
    struck = client.get(page).content.decode()
    undo = re.search(r'action="(/beheer/ongedaan/\d+/)"', struck)
    assert "<del>" in struck and undo is not None
    back = client.post(undo[1])
    assert back["Location"].startswith(f"{page}#{key}-")
    text = client.get(page).content.decode()
    assert "<del>" not in text and f'action="{action}"' in text


def states(*rows: Any) -> list[Any]:
    """What can change in some rows, as it is in the database."""
    names = (
        "state",
        "confirmed_on",
        "missing_since",
        "until",
        "outcome",
        "role",
        "answered_on",
        "closed_on",
        "reason",
    )
    for row in rows:
        row.refresh_from_db()
    return [[getattr(row, name, None) for name in names] for row in rows]


def test_series_and_proposals_of_the_agenda(
    garden: Organisation, garden_place: Place, coordinator: User, as_user: LogIn
) -> None:
    old = timezone.localdate() - timedelta(days=400)
    series = activity("Oud", place=garden_place, organiser=garden, listed_on=old, confirmed_on=old)
    draft = activity("Voorstel", place=garden_place, organiser=garden, state="draft")
    client, before = as_user(coordinator), states(series, draft)
    tap(client, "reeksen", f"{series.get_absolute_url()}bevestig/", ("via", "phone"))
    tap(client, "voorstellen", f"{draft.get_absolute_url()}staat/", ("state", "public"))
    tap(client, "voorstellen", f"{draft.get_absolute_url()}staat/", ("state", "archived"))
    assert states(series, draft) == before
    assert not draft.occurrences.filter(is_shown=True).exists() and draft.occurrences.exists()


def test_networks_and_memberships(garden: Organisation, coordinator: User, as_user: LogIn) -> None:
    house = make.organisation("Het Huis")
    asked = Membership.objects.create(organisation=garden, network=house, since=date(2026, 1, 1))
    ring = make.network("De Ring", [garden])
    member = Membership.objects.get(network=ring)
    Membership.objects.filter(pk=member.pk).update(missing_since=date(2026, 6, 1), listed_as="X")
    request = MembershipRequest.objects.create(organisation=house, network=ring)
    client, before = as_user(coordinator), states(house, asked, member, request)
    for answer in ("yes", "no"):
        tap(client, "netwerkvraag", "/beheer/netwerkvraag/het-huis/", ("answer", answer))
        tap(client, "lidmaatschap", f"/beheer/lidmaatschap/{member.pk}/", ("answer", answer))
    tap(client, "lid-worden", f"/beheer/toelaten/{request.pk}/", ("answer", "yes"))
    assert states(house, asked, member, request) == before
    assert Membership.objects.count() == 2


def test_introductions(garden: Organisation, coordinator: User, as_user: LogIn) -> None:
    other = make.organisation("De Schuur")
    made = introductions.introduce(SYSTEM, need(garden, "Zaal"), offer(other, "Zaal vrij"))[0]
    Introduction.objects.update(introduced_on=timezone.localdate() - timedelta(days=20))
    client, notice = as_user(coordinator), Notice.objects.get(side="need")
    before = states(made, notice)
    for outcome in ("yes", "no"):
        tap(client, "gelukt", f"/beheer/makelaar/{made.pk}/antwoord/", ("outcome", outcome))
    assert states(made, notice) == before


def test_responses_to_needs_and_offers(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    response = responses.receive(SYSTEM, need(garden, "Zaal"), "Ik heb er een.", "010 0000000")
    tap(as_user(coordinator), "reacties", f"/beheer/reacties/{response.pk}/", ("answered", "yes"))
    response.refresh_from_db()
    assert response.settled_at is None
    lines = TrailEntry.objects.values_list("details", flat=True)
    assert "010 0000000" not in str(list(lines)) and "Ik heb er een" not in str(list(lines))


def test_what_was_changed_since_stays_and_says_so(
    garden: Organisation, garden_place: Place, coordinator: User, as_user: LogIn
) -> None:
    draft = activity("Voorstel", place=garden_place, organiser=garden, state="draft")
    client = as_user(coordinator)
    client.post(f"{draft.get_absolute_url()}staat/", {"state": "public", "list": "voorstellen"})
    Activity.objects.update(state="archived")
    line = TrailEntry.objects.filter(actor=coordinator, details__has_key="rows").first()
    assert line is not None
    page = client.post(f"/beheer/ongedaan/{line.pk}/", follow=True).content.decode()
    assert "kan niet meer ongedaan worden gemaakt" in page
    assert Activity.objects.get().state == "archived"
