"""Handle what readers report as wrong, decide about possible duplicates, and take records out
of sight or back.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.mail import delivery
from knooppunt.core.models import OutgoingMail, TrailEntry
from knooppunt.directory.models import DuplicateCandidate, Organisation, Place, ProblemReport

KEEP_ADDRESS = timedelta(days=90)


def report_problem(
    actor: Actor,
    record: Organisation | Place,
    text: str,
    reply_address: str = "",
    says_stopped: bool = False,
) -> ProblemReport:
    """Take in what a reader says is wrong; it changes nothing until a keeper looks at it."""
    owner = {trail.label_of(record): record}
    with transaction.atomic():
        report = ProblemReport.objects.create(
            **owner,
            text=text[:2000],
            reply_address=reply_address[:200],
            says_stopped=says_stopped,
        )
        trail.entry(actor, "report", record, report=report.pk).save()
    return report


def close_report(actor: Actor, report: ProblemReport, state: str) -> TrailEntry:
    """Say whether a report was taken over; the reader's own address is erased at once."""
    with transaction.atomic():
        report.state, report.closed_at, report.reply_address = state, timezone.now(), ""
        report.save(update_fields=["state", "closed_at", "reply_address"])
        return trail.record(actor, "close_report", report.record, {}, report=report.pk, state=state)


def reopen_report(report_pk: int) -> None:
    """Let a report that was closed by mistake wait again; the reader's address stays erased."""
    ProblemReport.objects.filter(pk=report_pk).update(state="open", closed_at=None)


def settle_mail(actor: Actor, row: OutgoingMail, is_again: bool) -> None:
    """Send a mail that could not be delivered again, or take it off the worklist, after which
    it is erased.
    """
    with transaction.atomic():
        if is_again:
            delivery.send_again(row)
        else:
            delivery.lay_aside(row)
        trail.record_unseen(actor, "resend_mail" if is_again else "close_mail", row)


def forget_reply_addresses() -> int:
    """Erase the addresses in reports that were never closed within the set time; gives how many."""
    old = ProblemReport.objects.filter(created_at__lt=timezone.now() - KEEP_ADDRESS).exclude(
        reply_address=""
    )
    return old.update(reply_address="")


def flag_duplicates(pairs: list[tuple[int, int, str]]) -> None:
    """Put pairs of organisations (two numbers and why) on the worklist; known pairs keep their
    decision.
    """
    rows = [
        DuplicateCandidate(first_id=min(a, b), second_id=max(a, b), reason=why[:200])
        for a, b, why in pairs
        if a != b
    ]
    DuplicateCandidate.objects.bulk_create(rows, ignore_conflicts=True, batch_size=400)


def keep_apart(actor: Actor, candidate: DuplicateCandidate) -> TrailEntry:
    """Decide that two look-alikes are different."""
    with transaction.atomic():
        candidate.state = DuplicateCandidate.State.DIFFERENT
        candidate.save(update_fields=["state"])
        return trail.record(actor, "keep_apart", candidate.first, {}, other=candidate.second_id)


def doubt_again(first_pk: int, second_pk: int) -> None:
    """Put a pair that was kept apart by mistake on the worklist again."""
    DuplicateCandidate.objects.filter(first=first_pk, second=second_pk).update(
        state=DuplicateCandidate.State.OPEN
    )


def set_state(actor: Actor, record: Organisation | Place, state: str) -> None:
    """Show a record, or take it out of the register; its trail stays."""
    with transaction.atomic():
        old, record.state = record.state, state
        record.save(update_fields=["state", "changed_at"])
        trail.record(actor, "set_state", record, {"state": (old, state)})
