"""Mail waits in a queue, goes out once, and what cannot be delivered is erased in time and seen
by people.
"""

from __future__ import annotations

import os
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from knooppunt.core.database import process_identity
from knooppunt.core.mail import delivery, outbox
from knooppunt.core.models import MailSent, OutgoingMail
from knooppunt.core.tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
REFUSALS = {
    "recipient": smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")}),
    "recipient unknown in words": smtplib.SMTPRecipientsRefused({"a@example.org": (553, b"\xff")}),
    "sender": smtplib.SMTPSenderRefused(550, b"not you", "from@example.org"),
    "text": smtplib.SMTPDataError(554, b"looks like spam"),
    "signs it cannot write": smtplib.SMTPNotSupportedError("SMTPUTF8"),
    "no mail at all": ValueError("header with newline"),
}
LATER = {
    "greylisted": smtplib.SMTPRecipientsRefused({"a@example.org": (451, b"try later")}),
    "sender later": smtplib.SMTPSenderRefused(421, b"busy", "from@example.org"),
    "text later": smtplib.SMTPDataError(452, b"full"),
    "gone": smtplib.SMTPServerDisconnected("gone"),
    "silent": TimeoutError(),
}


@pytest.fixture(autouse=True)
def _queue(settings: Any) -> None:
    settings.MAIL_AT_ONCE = False


def queue(address: str = "a@example.org", key: str = "fact:1", **more: Any) -> bool:
    return outbox.enqueue_text(address, "Onderwerp", "Tekst", kind="test", key=key, **more)


def recipients() -> list[str]:
    return [message.to[0] for message in django_mail.outbox]


def test_a_fact_is_mailed_once_to_each_address_and_then_erased(garden: Any) -> None:
    assert queue(about=garden) and not queue() and not queue("A@Example.org ")
    assert queue("b@example.org") and queue(key="fact:2")
    assert django_mail.outbox == []
    assert delivery.deliver_due() == 3 and delivery.deliver_due() == 0
    assert sorted(recipients()) == ["a@example.org", "a@example.org", "b@example.org"]
    assert not queue() and delivery.deliver_due() == 0
    rows = OutgoingMail.objects.values_list("state", "address", "subject", "body", "about_name")
    assert set(rows) == {("sent", "", "", "", "")}


def test_what_was_undone_is_not_mailed() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue()
        raise ZeroDivisionError
    assert delivery.deliver_due() == 0 and queue()


@pytest.mark.parametrize("problem", REFUSALS.values(), ids=REFUSALS)
def test_a_refused_mail_is_seen_by_people_and_the_next_goes_out(
    problem: Exception, garden: Any, mail_server: type[MailServer]
) -> None:
    mail_server.refused["a@example.org"] = problem
    queue(about=garden)
    queue("b@example.org")
    assert delivery.deliver_due() == 1 and recipients() == ["b@example.org"]
    refused = delivery.problems().get()
    assert (refused.state, refused.address, refused.about_name) == (
        "refused",
        "a@example.org",
        "De Tuin",
    )
    assert refused.error and delivery.deliver_due() == 0


@pytest.mark.parametrize("address", ["geen adres", "a@", "a@b\nBcc: x@example.org", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    queue(address)
    queue("b@example.org")
    assert delivery.deliver_due() == 1 and delivery.problems().get().state == "refused"


@pytest.mark.parametrize("problem", LATER.values(), ids=LATER)
def test_what_fails_for_now_is_tried_again_with_growing_pauses(
    problem: Exception, mail_server: type[MailServer], time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    mail_server.refused["a@example.org"] = problem
    queue()
    queue("b@example.org")
    assert delivery.deliver_due() == 1 and recipients() == ["b@example.org"]
    pauses = []
    for _attempt in range(4):
        row = OutgoingMail.objects.get(state="waiting")
        pauses.append((row.next_attempt_at - timezone.now()).total_seconds())
        assert delivery.deliver_due() == 0
        time_machine.move_to(row.next_attempt_at, tick=False)
        delivery.deliver_due()
    assert pauses == [30, 60, 120, 240] and delivery.problems().get().error
    mail_server.refused.clear()
    time_machine.shift(timedelta(hours=1))
    assert delivery.deliver_due() == 1 and not delivery.problems()


def test_a_server_that_is_away_claims_nothing_and_is_given_up_after_three_days(
    mail_server: type[MailServer], time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    mail_server.away = ConnectionRefusedError()
    queue()
    queue("b@example.org", is_urgent=True)
    for _hour in range(80):
        assert delivery.deliver_due() == 0
        time_machine.shift(timedelta(hours=1))
    assert set(delivery.problems().values_list("state", flat=True)) == {"failed"}
    mail_server.away = None
    assert delivery.deliver_due() == 0
    delivery.send_again(delivery.problems().get(address="a@example.org"))
    time_machine.shift(timedelta(minutes=1))
    assert delivery.deliver_due() == 1 and recipients() == ["a@example.org"]


def test_an_urgent_mail_goes_first_and_one_that_is_too_late_not_at_all(time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    queue("a@example.org")
    queue("b@example.org", key="", is_urgent=True, valid_for=timedelta(minutes=15))
    delivery.deliver_due()
    assert recipients() == ["b@example.org", "a@example.org"]
    assert (
        OutgoingMail.objects.count() == 1
    )  # nothing is kept of what may be sent any number of times
    queue("c@example.org", key="", valid_for=timedelta(minutes=15))
    time_machine.shift(timedelta(minutes=16))
    assert delivery.deliver_due() == 0 and OutgoingMail.objects.count() == 1


def test_what_a_dead_process_had_claimed_is_not_sent_again_but_shown(time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    queue()
    queue("b@example.org")
    host = process_identity.identity().split(":")[0]
    claimed = OutgoingMail.objects.filter(address="a@example.org")
    claimed.update(
        state="sending", claimed_by=f"{host}:{os.getpid()}:earlier", claimed_at=timezone.now()
    )
    assert delivery.deliver_due() == 1 and recipients() == ["b@example.org"]
    assert delivery.problems().get().state == "uncertain"
    delivery.lay_aside(claimed.get())
    assert not delivery.problems()
    for minutes, number in ((29, 1), (1, 0)):
        time_machine.shift(timedelta(minutes=minutes))
        delivery.deliver_due()
        assert claimed.count() == number


def test_what_another_machine_claimed_is_its_own_for_ten_minutes(time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    queue()
    OutgoingMail.objects.update(
        state="sending", claimed_by="elsewhere:1:x", claimed_at=timezone.now()
    )
    for minutes, state in ((0, "sending"), (9, "sending"), (2, "uncertain")):
        time_machine.shift(timedelta(minutes=minutes))
        assert delivery.deliver_due() == 0 and OutgoingMail.objects.get().state == state


def test_a_mail_whose_answer_was_lost_is_not_sent_again(mail_server: type[MailServer]) -> None:
    mail_server.refused["a@example.org"] = delivery.UncertainDelivery()
    queue()
    queue("b@example.org")
    assert delivery.deliver_due() == 1 and delivery.problems().get().state == "uncertain"


def test_who_stopped_or_was_erased_gets_nothing_more(garden: Any) -> None:
    queue(about=garden)
    assert outbox.withdraw(garden) == 1 and delivery.deliver_due() == 0


def test_the_database_keeps_no_address_of_a_mail_that_was_sent() -> None:
    queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.update(state="sent")


def test_what_was_not_delivered_is_erased_after_a_month_and_marks_after_400_days(
    mail_server: type[MailServer], time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    mail_server.refused["a@example.org"] = REFUSALS["recipient"]
    queue(is_counted=True)
    delivery.deliver_due()
    for days, states in ((30, ["refused"]), (1, ["closed"]), (370, [])):
        time_machine.shift(timedelta(days=days))
        delivery.forget_old()
        assert list(OutgoingMail.objects.values_list("state", flat=True)) == states
    assert MailSent.objects.count() == 1


def test_an_address_that_is_refused_again_is_one_line(mail_server: type[MailServer]) -> None:
    mail_server.refused["a@example.org"] = REFUSALS["recipient"]
    for number in range(3):
        queue(key=f"fact:{number}")
        delivery.deliver_due()
    assert delivery.problems().count() == 1


def test_after_a_backup_is_put_back_people_decide_about_what_waited() -> None:
    queue()
    assert delivery.hold_back() == 1 and delivery.deliver_due() == 0
    assert delivery.problems().get().state == "uncertain" and not queue()
