"""One tap on the worklist: one stays in the list, the row is struck, the next has the focus,
and it can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions import care
from knooppunt.directory.actions.confirm import confirm
from knooppunt.directory.models import Confirmation, DuplicateCandidate, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def press(client: Client, page: str, action: str, **more: str) -> Any:
    """Press the button of the first form with this action, with all that the form sends along."""
    text = client.get(page).content.decode()
    form = text.split(f'action="{action}"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return client.post(action, hidden | more)


def test_a_call_stays_in_the_list_and_undo_restores_what_was(
    garden: Organisation, garden_place: Place, coordinator: User, as_user: LogIn
) -> None:
    confirm(SYSTEM, garden, "visit", date(2020, 1, 1))
    shed = make.organisation("De Schuur")
    confirm(SYSTEM, shed, "web", date(2021, 1, 1))
    confirm(SYSTEM, garden_place, "visit", date(2020, 1, 1))
    client = as_user(coordinator)
    for page in ("/beheer/alles/", "/beheer/werk/bevestigen/"):
        answer = press(client, page, "/beheer/organisaties/de-tuin/bevestig/", via="phone")
        assert answer["Location"] == f"{page}#bevestigen-{shed.pk}"
        text = client.get(page).content.decode()
        assert "<del>De Tuin: gebeld, het klopt</del>" in text and "Maak ongedaan" in text
        assert f'id="bevestigen-{shed.pk}"' in text
        assert text.index("<del>De Tuin") < text.index(f'id="bevestigen-{shed.pk}"')
        garden.refresh_from_db()
        assert garden.confirmed_via == "phone"
        history = client.get("/beheer/organisaties/de-tuin/geschiedenis/").content.decode()
        assert "bevestigd (aan de telefoon)" in history
        line = trail.of(garden).filter(verb="confirm").first()
        assert line is not None
        answer = client.post(f"/beheer/ongedaan/{line.pk}/")
        assert answer["Location"] == f"{page}#bevestigen-{garden.pk}"
        for record in (garden, garden_place):
            record.refresh_from_db()
            assert (record.confirmed_on, record.confirmed_via) == (date(2020, 1, 1), "visit")
        assert Confirmation.objects.filter(organisation=garden).count() == 1
        assert "<del>" not in client.get(page).content.decode()


def test_what_was_confirmed_again_since_stays(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    client = as_user(coordinator)
    press(client, "/beheer/alles/", "/beheer/organisaties/de-tuin/bevestig/", via="phone")
    line = trail.of(garden).first()
    confirm(SYSTEM, garden, "link")
    assert line is not None and client.post(f"/beheer/ongedaan/{line.pk}/").status_code == 302
    garden.refresh_from_db()
    assert garden.confirmed_via == "link" and garden.confirmations.count() == 1


def test_a_report_and_a_pair_can_wait_again(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    other = make.organisation("De Tuin 2")
    report = care.report_problem(SYSTEM, garden, "Klopt niet")
    care.flag_duplicates([(garden.pk, other.pk, "name")])
    pair, client = DuplicateCandidate.objects.get(), as_user(coordinator)
    press(client, "/beheer/", f"/beheer/melding/{report.pk}/", state="solved")
    press(client, "/beheer/alles/", f"/beheer/dubbel/{pair.pk}/")
    page = client.get("/beheer/alles/").content.decode()
    assert "De Tuin: opgelost" in page and "dit zijn er twee" in page
    for line in re.findall(r"/beheer/ongedaan/(\d+)/", page):
        client.post(f"/beheer/ongedaan/{line}/")
    report.refresh_from_db()
    pair.refresh_from_db()
    assert (report.state, pair.state) == ("open", "open")


def test_nobody_undoes_what_another_did(
    garden: Organisation, host: User, coordinator: User, as_user: LogIn
) -> None:
    press(
        as_user(coordinator),
        "/beheer/alles/",
        "/beheer/organisaties/de-tuin/bevestig/",
        via="phone",
    )
    line = trail.of(garden).first()
    assert line is not None
    assert as_user(host).post(f"/beheer/ongedaan/{line.pk}/").status_code == 404


def test_lists_without_work_stand_together_at_the_end(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    care.report_problem(SYSTEM, garden, "Klopt niet")
    page = as_user(coordinator).get("/beheer/alles/").content.decode()
    waiting, _summary, rest = page.partition("Verder is er niets te doen")
    assert "Gemeld dat het niet klopt (1)" in waiting and "Misschien dubbel" in rest
