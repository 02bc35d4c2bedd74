"""Takes mail out of the queue and sends it: claimed before it is sent, so that no mail goes out
twice.

A mail is claimed by one process and then sent at most once: when that process dies in between,
nobody can know whether the server took it, so it is not sent again but shown on the worklist. See
docs/adr/0014.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.database import process_identity
from knooppunt.core.mail.smtp import UncertainDelivery
from knooppunt.core.models import OutgoingMail
from knooppunt.core.registry import modules

State = OutgoingMail.State
FINISHED = (State.SENT, State.CLOSED)
PROBLEMS = (State.REFUSED, State.UNCERTAIN, State.FAILED)
PASSING = "once:"  # begins the key of a mail of which nothing is kept
BATCH, MOST_BROKEN = 500, 3
FIRST_WAIT, LONGEST_WAIT, URGENT_WAIT = 30, 30 * 60, 60  # seconds
GIVEN_UP = timedelta(days=3)
# What a person decides about a mail she can undo for so long: then it goes out, or what it said is
# erased.
BEFORE_AGAIN, BEFORE_ERASING = timedelta(minutes=1), timedelta(minutes=30)
SILENT = timedelta(minutes=10)
ERASED: dict[str, Any] = {
    "address": "",
    "subject": "",
    "body": "",
    "headers": {},
    "about_name": "",
    "error": "",
}

logger = logging.getLogger(__name__)


def due() -> Any:
    """The mails whose time has come."""
    return OutgoingMail.objects.filter(state=State.WAITING, next_attempt_at__lte=timezone.now())


def deliver_due(most: int = BATCH) -> int:
    """Send what is due, one after the other; gives how many were sent.

    A mail that is refused does not stop the next; a server that does not answer is left alone for a
    while.
    """
    _tidy()
    if not due().exists():
        return 0
    server = get_connection()
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as problem:
        _postpone_all(problem)
        return 0
    sent = broken = 0
    try:
        for _number in range(most):
            row = _claim()
            if row is None:
                break
            sent += _send(row, server) == State.SENT
            broken = 0 if _is_usable(server) else broken + 1
            if broken:
                server.close()
                if broken == MOST_BROKEN:
                    raise smtplib.SMTPServerDisconnected
                server.open()
    except (OSError, smtplib.SMTPException) as problem:
        _postpone_all(problem)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.close()
    return sent


def _is_usable(server: Any) -> bool:
    """False when the line to a mail server broke; a server that refused something can be spoken
    to.
    """
    line = getattr(server, "connection", None)
    return line is None or getattr(line, "sock", True) is not None


def _tidy() -> None:
    """Throw away what came too late to be of use, and find out what was claimed by a process
    that is no more.
    """
    now = timezone.now()
    OutgoingMail.objects.filter(state=State.WAITING, expires_at__lte=now).delete()
    aside = OutgoingMail.objects.filter(state=State.ASIDE, finished_at__lte=now - BEFORE_ERASING)
    aside.update(state=State.CLOSED, **ERASED)
    for row in OutgoingMail.objects.filter(state=State.SENDING):
        if _is_abandoned(row, now):
            OutgoingMail.objects.filter(pk=row.pk, state=State.SENDING).update(
                state=State.UNCERTAIN,
                finished_at=now,
                error=_("Het versturen is afgebroken: niemand weet of deze mail is aangekomen."),
            )


def _is_abandoned(row: OutgoingMail, now: datetime) -> bool:
    """True if the process that claimed a mail is gone: at once on this machine, elsewhere after
    ten minutes.
    """
    if row.claimed_at is None or row.claimed_at < now - SILENT:
        return True
    return process_identity.is_gone(row.claimed_by)


def _claim() -> OutgoingMail | None:
    """The next mail, from now on this process's own; None when nothing is due."""
    with transaction.atomic():
        row: OutgoingMail | None = due().select_for_update(skip_locked=True).first()
        if row is not None:
            row.state, row.claimed_at, row.claimed_by = (
                State.SENDING,
                timezone.now(),
                process_identity.identity(),
            )
            row.attempts += 1
            row.save(update_fields=["state", "claimed_at", "claimed_by", "attempts"])
    return row


def _send(row: OutgoingMail, server: Any) -> str:
    """Send one claimed mail and write down what became of it; gives its new state."""
    try:
        validate_email(row.address)
        message = EmailMessage(row.subject, row.body, to=[row.address], headers=row.headers)
        server.send_messages([message])
    except ValidationError:
        return _refuse(row, _("Dit is geen mailadres."))
    except UncertainDelivery:
        return _settle(
            row,
            State.UNCERTAIN,
            _("De mailserver nam de mail aan maar gaf geen antwoord: misschien is hij aangekomen."),
        )
    except smtplib.SMTPRecipientsRefused as problem:
        code, text = next(iter(problem.recipients.values()), (550, b""))
        return _refused_or_later(row, code, text, _("De mailserver weigert dit adres."))
    except smtplib.SMTPSenderRefused as problem:
        return _refused_or_later(
            row, problem.smtp_code, problem.smtp_error, _("De mailserver weigert onze afzender.")
        )
    except smtplib.SMTPResponseException as problem:
        return _refused_or_later(
            row, problem.smtp_code, problem.smtp_error, _("De mailserver weigert deze mail.")
        )
    except smtplib.SMTPNotSupportedError:
        return _refuse(row, _("De mailserver kan niet naar dit adres sturen."))
    except (OSError, smtplib.SMTPException) as problem:
        return _later(row, problem)
    except Exception as problem:  # what cannot be made into a mail must not stop the mails after it
        logger.exception("mail %s could not be made", row.pk)
        return _refuse(
            row, _("Van deze tekst kan geen mail worden gemaakt.") + f" ({type(problem).__name__})"
        )
    return _settle(row, State.SENT)


def _refused_or_later(row: OutgoingMail, code: int, text: bytes | str, sentence: str) -> str:
    """Codes of 500 and more are final, lower ones are tried again (RFC 5321, section 4.2.1)."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if code >= 500:
        return _refuse(row, f"{sentence} ({code} {words[:200]})")
    return _later(row, f"{code} {words[:200]}")


def _refuse(row: OutgoingMail, sentence: str) -> str:
    """Write down that an address is refused; a part that asked for the mail may know what to
    do, else the worklist has it.
    """
    state = _settle(row, State.REFUSED, sentence)
    for module in modules.active():
        try:
            if module.mail_refused and module.mail_refused(row):
                _settle(row, State.CLOSED)
                return state
        except Exception:  # then people see it on the worklist
            logger.exception("%s: what to do with a refused address failed", module.name)
    older = OutgoingMail.objects.filter(state=State.REFUSED, address__iexact=row.address)
    older.filter(pk__lt=row.pk).update(state=State.CLOSED, **ERASED)
    return state


def _later(row: OutgoingMail, problem: Exception | str) -> str:
    """Try again after a while that doubles; give up after three days."""
    now, sentence = timezone.now(), describe(problem)
    if now - row.queued_at > GIVEN_UP:
        return _settle(row, State.FAILED, sentence)
    _write(
        row,
        state=State.WAITING,
        next_attempt_at=now + wait(row.attempts, row.is_urgent),
        error=sentence,
    )
    return State.WAITING


def describe(problem: Exception | str) -> str:
    """Why a mail did not go out yet, in one sentence."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return _("De mailserver kent onze naam of ons wachtwoord niet.")
    if isinstance(problem, smtplib.SMTPException | OSError):
        return _("De mailserver antwoordt niet.") + f" ({type(problem).__name__})"
    return _("De mailserver vraagt het later nog eens te proberen.") + f" ({problem})"


def wait(attempts: int, is_urgent: bool = False) -> timedelta:
    """How long to wait after so many attempts: half a minute, doubling to half an hour; for an
    urgent mail one minute at most.
    """
    longest = URGENT_WAIT if is_urgent else LONGEST_WAIT
    return timedelta(seconds=min(FIRST_WAIT * 2 ** min(max(attempts, 1) - 1, 10), longest))


def _postpone_all(problem: Exception) -> None:
    """The server cannot be reached: nothing was claimed, and all that is due waits for a while."""
    now, sentence = timezone.now(), describe(problem)
    old = due().filter(queued_at__lt=now - GIVEN_UP)
    old.update(state=State.FAILED, finished_at=now, error=sentence)
    groups = due().order_by().values_list("attempts", "is_urgent").distinct()
    for attempts, is_urgent in list(groups):
        due().filter(attempts=attempts, is_urgent=is_urgent).update(
            attempts=F("attempts") + 1,
            error=sentence,
            next_attempt_at=now + wait(attempts + 1, is_urgent),
        )


def _settle(row: OutgoingMail, state: str, sentence: str = "") -> str:
    """Write down how a mail ended; what was finished is erased."""
    if state in FINISHED and row.key.startswith(PASSING):
        _write(row, is_gone=True)
    elif state in FINISHED:
        _write(row, state=state, finished_at=timezone.now(), **ERASED)
    else:
        _write(row, state=state, finished_at=timezone.now(), error=sentence[:500])
    return state


def _write(row: OutgoingMail, is_gone: bool = False, **values: Any) -> None:
    """Write what became of a mail, once more over a new connection when the database was away
    for a moment.
    """
    rows = OutgoingMail.objects.filter(pk=row.pk)
    write: Callable[[], object] = rows.delete if is_gone else lambda: rows.update(**values)
    try:
        write()
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        connection.close()
        write()


def problems() -> Any:
    """What people should look at: addresses that are refused, mails nobody knows of, and what
    did not go out for a while.
    """
    waits = Q(state=State.WAITING, attempts__gte=3)
    return OutgoingMail.objects.filter(Q(state__in=PROBLEMS) | waits).order_by("-queued_at", "-pk")


def send_again(row: OutgoingMail) -> None:
    """Let a mail go out after all, in a minute."""
    now = timezone.now()
    OutgoingMail.objects.filter(pk=row.pk).exclude(state__in=FINISHED).exclude(
        state=State.SENDING
    ).update(
        state=State.WAITING,
        attempts=0,
        finished_at=None,
        next_attempt_at=now + BEFORE_AGAIN,
        queued_at=now,
    )


def lay_aside(row: OutgoingMail) -> None:
    """Somebody looked at it: take it off the list; in half an hour what it said and to whom is
    erased.
    """
    OutgoingMail.objects.filter(pk=row.pk).exclude(state=State.SENDING).update(
        state=State.ASIDE, finished_at=timezone.now()
    )


def hold_back() -> int:
    """After a backup was put back: what waited then may have been sent since, so people decide;
    gives how many.
    """
    return OutgoingMail.objects.filter(state__in=(State.WAITING, State.SENDING)).update(
        state=State.UNCERTAIN,
        finished_at=timezone.now(),
        error=_(
            "Deze mail wachtte toen de back-up werd gemaakt: misschien is hij daarna verstuurd."
        ),
    )


def forget_old(days: int = 400, kept: int = 30) -> int:
    """Erase marks of mail older than ``days`` days, and after ``kept`` days what did not go
    out; gives how many.
    """
    now = timezone.now()
    stale = OutgoingMail.objects.filter(state__in=PROBLEMS, finished_at__lt=now - timedelta(kept))
    number = stale.update(state=State.CLOSED, **ERASED)
    gone = OutgoingMail.objects.filter(state__in=FINISHED, queued_at__lt=now - timedelta(days))
    return number + gone.delete()[0]
