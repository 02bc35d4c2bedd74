"""Propose a record without an account, and decide about it: take it over, add it to a record
that is there, or refuse it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.directory.actions import adding, details, records
from knooppunt.directory.models import Organisation, Place, RecordProposal
from knooppunt.kit import web
from knooppunt.kit.text import normalise

CAN_UNDO = timedelta(minutes=30)
KEEP_ADDRESS, KEEP_CLOSED = timedelta(days=90), timedelta(days=365)
STATES = RecordProposal.State


def propose(actor: Actor, values: dict[str, Any]) -> RecordProposal:
    """Keep what somebody proposes; nothing of it is public until a keeper takes it over."""
    with transaction.atomic():
        proposal = RecordProposal.objects.create(**values)
        trail.record_unseen(actor, "propose", proposal)
    return proposal


def take_over(actor: Actor, proposal: RecordProposal) -> Organisation | Place:
    """Make a record of a proposal; its number or mail address is seen by keepers alone until one of
    them decides.

    Raises ValidationError when it was decided about before, or lies outside what the actor keeps.
    """
    with transaction.atomic():
        _open(proposal)
        values: dict[str, Any] = {
            "name": proposal.name,
            "areas": [proposal.area] if proposal.area else [],
            "descriptions": {proposal.language: proposal.text} if proposal.text else {},
        }
        record = _added(actor, proposal, values)
        _close(actor, proposal, STATES.TAKEN_OVER, record)
    return record


def _added(actor: Actor, proposal: RecordProposal, values: dict[str, Any]) -> Organisation | Place:
    if proposal.model is Organisation:
        values |= {"role": proposal.what, "kind": proposal.kind}
        contact = web.contact(proposal.contact) if proposal.contact else None
        return adding.add_organisation(actor, values, contact, visibility="keepers")
    values |= {"street": proposal.street}
    if website := _website(proposal):
        values["website"] = website
    place = adding.add_place(actor, values, proposal.name if proposal.kind else None, proposal.kind)
    _add_contact(actor, place, proposal)
    return place


def _website(proposal: RecordProposal) -> str:
    kind, value = web.contact(proposal.contact) or ("", "")
    return value if kind == "website" else ""


def _new_contact(
    record: Organisation | Place, proposal: RecordProposal
) -> tuple[str, str, str, str] | None:
    """The contact point that a proposal adds to a record, for keepers alone; None when it has
    none, or it is known.
    """
    kind, value = web.contact(proposal.contact) or ("", "")
    if kind not in ("phone", "email"):
        return None
    is_known = bool(record.pk) and record.contact_points.filter(type=kind, value=value).exists()
    return None if is_known else (kind, value, "", "keepers")


def _add_contact(actor: Actor, record: Organisation | Place, proposal: RecordProposal) -> None:
    contact = _new_contact(record, proposal)
    if contact:
        rows = record.contact_points.values_list("type", "value", "label", "visibility")
        details.set_contacts(actor, record, [*rows, contact])


def additions(proposal: RecordProposal, record: Organisation | Place) -> dict[str, Any]:
    """The values that a proposal adds to a record: only where the record says nothing itself."""
    language = proposal.language
    offered: dict[str, Any] = {"website": _website(proposal)}
    if isinstance(record, Organisation):
        offered["kind"] = proposal.kind
    else:
        offered["street"] = proposal.street
    values = {name: value for name, value in offered.items() if value and not getattr(record, name)}
    if proposal.text and not record.descriptions.get(language):
        values["descriptions"] = {**record.descriptions, language: proposal.text}
    if proposal.area and not record.areas.exists():
        values["areas"] = [proposal.area]
    return values


def adds_contact(proposal: RecordProposal, record: Organisation | Place) -> bool:
    """True when a proposal has a number or mail address that a record does not have."""
    return _new_contact(record, proposal) is not None


def merge_into(actor: Actor, proposal: RecordProposal, record: Organisation | Place) -> None:
    """Let a record that is there take over what a proposal adds; what the record says already
    stays.

    Raises ValidationError when it was decided about before.
    """
    with transaction.atomic():
        _open(proposal)
        values = additions(proposal, record)
        if isinstance(record, Place):
            records.change(actor, record, values)
        else:
            records.change(actor, record, values)
        _add_contact(actor, record, proposal)
        _close(actor, proposal, STATES.MERGED, record)


def refuse(actor: Actor, proposal: RecordProposal, reason: str) -> None:
    """Do not take a proposal over, with the reason that its sender hears.

    Raises ValidationError.
    """
    with transaction.atomic():
        _open(proposal)
        proposal.reason = reason
        _close(actor, proposal, STATES.REFUSED, None)


def touched_by(proposal: RecordProposal) -> list[QuerySet[Any]]:
    """The rows that deciding about a proposal may change or add: itself, and records of its
    name.
    """
    key = normalise(proposal.name)[:200]
    records = [model.objects.filter(name_key=key) for model in (Organisation, Place)]
    return [RecordProposal.objects.filter(pk=proposal.pk), *records]


def _open(proposal: RecordProposal) -> None:
    """Pass one at a time. Raises ValidationError when somebody decided a moment ago."""
    trail.lock()
    state = RecordProposal.objects.values_list("state", flat=True).get(pk=proposal.pk)
    if state != STATES.OPEN:
        raise ValidationError(_("Hier is al over beslist."))


def _close(
    actor: Actor, proposal: RecordProposal, state: str, record: Organisation | Place | None
) -> None:
    """Write down what became of a proposal; a while later ``settle`` tells its sender."""
    now = timezone.now()
    proposal.state, proposal.closed_at, proposal.settles_at = state, now, now + CAN_UNDO
    if record is not None:
        setattr(proposal, trail.label_of(record), record)
    proposal.save()
    trail.record_unseen(actor, "close_proposal", proposal, state=state)


def settle() -> None:
    """Tell the senders of what was decided half an hour ago once, and erase what said who they
    were.
    """
    due = RecordProposal.objects.filter(settles_at__lte=timezone.now())
    for number in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            trail.lock()
            proposal = due.filter(pk=number).first()
            if proposal:
                _settle(proposal)


def _settle(proposal: RecordProposal) -> None:
    _tell(proposal)
    proposal.reply_email = proposal.contact = proposal.text = ""
    proposal.settles_at = None
    proposal.save()
    trail.of(proposal).update(details={})
    if proposal.state == STATES.REFUSED:
        trail.redact(proposal)


def _tell(proposal: RecordProposal) -> None:
    """Queue the one mail about the outcome, in the language in which it was proposed."""
    if not proposal.reply_email:
        return
    with translation.override(proposal.language):
        record = proposal.record
        page = site_address() + record.get_absolute_url() if record else ""
        outbox.enqueue(
            "directory/mail/proposal",
            proposal.reply_email,
            {"proposal": proposal, "page": page},
            kind="proposal",
            key=f"proposal:{proposal.pk}",
        )


def forget_proposals() -> int:
    """Erase addresses of proposals that nobody decided about in 90 days, and closed ones after
    a year; gives how many.
    """
    settle()
    now = timezone.now()
    old = RecordProposal.objects.filter(created_at__lt=now - KEEP_ADDRESS)
    number = old.exclude(reply_email="").update(reply_email="")
    closed = RecordProposal.objects.filter(closed_at__lt=now - KEEP_CLOSED)
    return number + closed.delete()[0]
