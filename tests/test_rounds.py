"""One row that fails never stops the others: it is written down, seen by coordinators, and gone
when it works again.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.background import rounds
from knooppunt.core.mail import delivery, outbox
from knooppunt.core.models import OutgoingMail, RoundFailure, TrailEntry
from knooppunt.core.registry import modules
from knooppunt.core.tests.mail_server import MailServer
from knooppunt.directory import tasks
from knooppunt.directory.actions.details import set_contacts
from knooppunt.directory.models import Organisation, ProblemReport
from knooppunt.directory.tests import make
from knooppunt.find import documents, indexing
from knooppunt.find.models import Document
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
NAME = "Vragen of het nog klopt"


def with_address(name: str) -> Organisation:
    organisation = make.organisation(name)
    address = f"{name.lower()}@example.org"
    set_contacts(SYSTEM, organisation, [("email", address, "", "public")])
    return organisation


def test_a_row_that_fails_is_written_down_and_the_others_are_done() -> None:
    good, bad, other = (with_address(name) for name in ("Eik", "Beuk", "Es"))
    done: list[str] = []

    def act(row: Organisation) -> None:
        Organisation.objects.filter(pk=row.pk).update(website="https://example.org/")
        if row == bad:
            raise ZeroDivisionError
        done.append(row.name)

    for times in (1, 2):
        with rounds.watching() as failures:
            result = rounds.for_each(NAME, [good, bad, other], act)
        assert (result, result.failed, len(failures)) == (2, 1, 1)
        failure = RoundFailure.objects.get()
        assert (failure.about, failure.times) == (bad, times) and "ZeroDivision" in failure.sentence
    bad.refresh_from_db()
    assert done == ["Eik", "Es"] * 2 and bad.website == ""  # what it began is undone
    rounds.for_each(NAME, [good, bad], lambda row: None)
    assert not RoundFailure.objects.exists()


def test_a_round_of_every_few_seconds_leaves_a_failed_row_alone_for_a_while(
    time_machine: Any,
) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    row, tried = with_address("Eik"), []

    def act(row: Organisation) -> None:
        tried.append(row)
        raise OSError

    for minutes in (0, 1, 8, 2):
        time_machine.shift(timedelta(minutes=minutes))
        rounds.for_each(NAME, [row], act, rest=rounds.REST)
    assert len(tried) == 2


def test_what_another_round_did_meanwhile_is_not_done_again() -> None:
    rows = [with_address("Eik"), with_address("Es")]
    due = Organisation.objects.filter(website="")
    Organisation.objects.filter(pk=rows[0].pk).update(website="https://example.org/")
    done: list[str] = []
    assert rounds.for_each(NAME, rows, lambda row: done.append(row.name), due=due) == 1
    assert done == ["Es"]


def test_a_step_that_fails_is_told_and_the_next_is_done() -> None:
    def fail() -> int:
        raise ValueError

    said = rounds.run_steps(("things counted", fail), ("things erased", lambda: 3))
    assert said == "things counted: failed (ValueError), 3 things erased"
    assert RoundFailure.objects.get().name == "things counted"
    rounds.run_steps(("things counted", lambda: 1))
    assert not RoundFailure.objects.exists()


def test_the_daily_round_goes_on_and_ends_with_status_one(
    knooppunt: Callable[..., int], capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = with_address("Beuk")
    with_address("Eik")
    plain = tasks.make_link

    def fail_for_one(organisation: Organisation) -> str:
        if organisation == bad:
            raise ZeroDivisionError
        return plain(organisation)

    monkeypatch.setattr(tasks, "make_link", fail_for_one)
    assert knooppunt("daily") == 1
    said = capsys.readouterr()
    assert "1 requests for confirmation written (1 failed)" in said.out
    assert "werklijst" in said.err and NAME in said.err
    assert [message.to for message in django_mail.outbox] == [["eik@example.org"]]
    told = [line.split(":")[0] for line in said.out.splitlines()]
    assert told == [module.name for module in modules.active() if module.daily] + ["mail"]
    monkeypatch.undo()
    assert knooppunt("daily") == 0 and django_mail.outbox[-1].to == ["beuk@example.org"]


def test_erasing_comes_before_mailing_and_does_not_depend_on_it(
    mail_server: type[MailServer], garden: Organisation, knooppunt: Callable[..., int]
) -> None:
    with_address("Eik")
    ProblemReport.objects.create(organisation=garden, text="x", reply_address="a@example.org")
    ProblemReport.objects.update(created_at=timezone.now() - timedelta(days=91))
    mail_server.away = ConnectionRefusedError()
    assert knooppunt("daily") == 0
    assert ProblemReport.objects.get().reply_address == ""
    assert tasks.daily().startswith("0 reply addresses forgotten")


def test_one_thing_that_cannot_be_indexed_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexing.rebuild()
    plain = documents.terms_of

    def fail_for_one(entry: Any, *rest: Any) -> Any:
        if entry.title == "Beuk":
            raise ZeroDivisionError
        return plain(entry, *rest)

    monkeypatch.setattr(documents, "terms_of", fail_for_one)
    for name in ("Eik", "Beuk", "Es"):
        with_address(name)
    indexing.catch_up()
    assert set(Document.objects.values_list("title", flat=True)) == {"Eik", "Es"}
    assert RoundFailure.objects.get().name == indexing.MAKING
    indexing.rebuild()
    assert RoundFailure.objects.count() == 1
    monkeypatch.undo()
    indexing.rebuild()
    assert Document.objects.filter(title="Beuk").exists()


@pytest.fixture
def refused(mail_server: type[MailServer], garden: Organisation) -> OutgoingMail:
    """A mail to the garden that the mail server refused."""
    mail_server.refused["weg@example.org"] = smtplib.SMTPRecipientsRefused(
        {"weg@example.org": (550, b"no such user")}
    )
    outbox.enqueue_text(
        "weg@example.org", "Klopt het nog?", "x", kind="confirm", key="k", about=garden
    )
    return OutgoingMail.objects.get()


def test_a_coordinator_sees_whose_address_is_refused_and_decides(
    refused: OutgoingMail,
    mail_server: type[MailServer],
    coordinator: User,
    weaver: User,
    as_user: Callable[[User], Client],
    time_machine: Any,
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client = as_user(coordinator)
    page = client.get("/beheer/alles/").content.decode()
    assert "Dit mailadres is niet te bereiken (1)" in page and "weg@example.org" in page
    assert "De Tuin" in page and "550 no such user" in page
    assert "weg@example.org" not in as_user(weaver).get("/beheer/").content.decode()
    assert as_user(weaver).post(f"/beheer/post/{refused.pk}/").status_code == 404
    mail_server.refused.clear()
    client.post(f"/beheer/post/{refused.pk}/", {"what": "again"})
    assert delivery.deliver_due() == 0  # for a minute it can still be undone
    time_machine.shift(timedelta(minutes=1))
    delivery.deliver_due()
    assert django_mail.outbox[-1].to == ["weg@example.org"]
    assert client.post(f"/beheer/post/{refused.pk}/", {"what": "again"}).status_code == 404
    assert TrailEntry.objects.filter(verb="resend_mail", actor=coordinator).exists()
    assert "weg@example.org" not in str(list(TrailEntry.objects.values()))


def test_what_is_taken_off_the_list_is_erased_in_half_an_hour(
    refused: OutgoingMail, coordinator: User, as_user: Callable[[User], Client], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client = as_user(coordinator)
    client.post(f"/beheer/post/{refused.pk}/", {"what": "close"})
    assert "niet te bereiken" not in client.get("/beheer/alles/").content.decode()
    time_machine.shift(timedelta(minutes=30))
    delivery.deliver_due()
    refused.refresh_from_db()
    assert (refused.state, refused.address, refused.body) == ("closed", "", "")


@pytest.mark.parametrize("what", ["again", "close"])
@pytest.mark.parametrize("page", ["desk", "work"])
def test_a_decision_about_a_mail_stays_in_its_list_and_is_undone(
    refused: OutgoingMail,
    coordinator: User,
    as_user: Callable[[User], Client],
    what: str,
    page: str,
) -> None:
    client = as_user(coordinator)
    before = OutgoingMail.objects.values().get()
    row = {"list": "onbereikbaar", "row": f"onbereikbaar-{refused.pk}", "after": "", "page": page}
    answer = client.post(f"/beheer/post/{refused.pk}/", {"what": what, **row}, follow=True)
    text = answer.content.decode()
    said = "Gedaan: De Tuin: " if page == "desk" else "<del>De Tuin: "
    assert said in text and "Maak ongedaan" in text and not delivery.problems()
    assert "weg@example.org" not in str(list(TrailEntry.objects.values()))
    line = TrailEntry.objects.get(verb__in=("resend_mail", "close_mail"))
    text = client.post(f"/beheer/ongedaan/{line.pk}/", follow=True).content.decode()
    assert OutgoingMail.objects.values().get() == before
    assert "weg@example.org" in text and "<del>" not in text


def test_a_mail_that_went_out_again_cannot_be_called_back(
    refused: OutgoingMail,
    mail_server: type[MailServer],
    coordinator: User,
    as_user: Callable[[User], Client],
    time_machine: Any,
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client = as_user(coordinator)
    client.post(f"/beheer/post/{refused.pk}/", {"what": "again"})
    mail_server.refused.clear()
    time_machine.shift(timedelta(minutes=1))
    delivery.deliver_due()
    line = TrailEntry.objects.get(verb="resend_mail")
    answer = client.post(f"/beheer/ongedaan/{line.pk}/", follow=True)
    assert "kan niet meer ongedaan" in answer.content.decode()
    assert OutgoingMail.objects.get().state == "sent"


def test_a_coordinator_sees_what_a_round_could_not_do(
    garden: Organisation, coordinator: User, host: User, as_user: Callable[[User], Client]
) -> None:
    def fail(row: Organisation) -> None:
        raise OSError

    rounds.for_each(NAME, [garden], fail)
    rounds.run_steps(("things counted", lambda: 1 // 0))
    page = as_user(coordinator).get("/beheer/werk/mislukt/").content.decode()
    assert NAME in page and garden.get_absolute_url() in page and "things counted" in page
    assert "Dit lukte niet vanzelf" not in as_user(host).get("/beheer/alles/").content.decode()
