"""Writes down meetings, their agendas, who came, and what was said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import delete_with_audit, free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.decisions.models import AgendaItem, Attendance, Body, Guest, Meeting, Post, Term
from knooppunt.directory.models import Organisation


def save_meeting(actor: Actor, meeting: Meeting, values: dict[str, Any]) -> Meeting:
    """Write down or change a meeting; the last moment to ask to speak follows from the body
    when it is not given.
    """
    got = dict(values)
    if meeting._state.adding:
        meeting.entered_by = actor.account
    body, starts, ends = got.get("body"), got.get("starts") or meeting.starts, got.get("ends")
    if ends and ends <= starts:
        raise ValidationError({"ends": _("Het einde ligt voor het begin.")})
    if (
        got.get("speak_by") is None
        and body
        and body.speak_at
        and got.get("kind", meeting.kind) in Meeting.OUTSIDE
    ):
        got["speak_by"] = speaking_deadline(body, starts)
    if got.get("speak_by") and got["speak_by"] > starts:
        raise ValidationError({"speak_by": _("Aanmelden moet voor het begin.")})
    with transaction.atomic():
        saved: Meeting = save_with_audit(actor, meeting, got)
        if not saved.is_public:
            for decision in saved.decisions.public():
                save_with_audit(actor, decision, {"is_public": False})
    return saved


def speaking_deadline(body: Body, starts: datetime) -> datetime | None:
    """Until when one can ask to speak at a meeting of a body: the same day at its hour, or the
    begin when that is earlier.
    """
    if body.speak_at is None:
        return None
    local = timezone.localtime(starts)
    at = timezone.make_aware(datetime.combine(local.date(), body.speak_at))
    return min(at, starts)


def add_item(actor: Actor, meeting: Meeting, values: dict[str, Any]) -> AgendaItem:
    """Put a point at the end of the agenda."""
    last = meeting.items.order_by("-position").values_list("position", flat=True).first() or 0
    item = AgendaItem(meeting=meeting, position=last + 1, entered_by=actor.account)
    made: AgendaItem = save_with_audit(actor, item, values)
    trail.record(actor, "add_item", meeting, {"agenda": ("", item.title)})
    return made


def note_outcome(actor: Actor, item: AgendaItem, outcome: str) -> None:
    """Write down what came of a point on the agenda."""
    save_with_audit(actor, item, {"outcome": outcome})


def note_attendance(actor: Actor, meeting: Meeting, organisation: Organisation, heads: int) -> None:
    """Write down that an organisation was there with some people; nobody takes it off again."""
    with transaction.atomic():
        row, _is_new = Attendance.objects.get_or_create(
            meeting=meeting, organisation=organisation, defaults={"heads": max(heads, 1)}
        )
        if heads <= 0:
            row.delete()
        elif row.heads != heads:
            row.heads = heads
            row.save(update_fields=["heads"])
        trail.record(actor, "attend", meeting, {organisation.name: (None, heads)})


def invite(actor: Actor, meeting: Meeting, term: Term) -> Guest:
    """Write down that somebody in office is invited."""
    guest: Guest = save_with_audit(actor, Guest(meeting=meeting, term=term), {}, "invite")
    return guest


def note_guest(actor: Actor, guest: Guest, came: bool | None) -> None:
    """Write down whether a guest came; None takes the invitation back."""
    if came is None:
        delete_with_audit(actor, guest)
    else:
        save_with_audit(actor, guest, {"came": came})


def save_body(actor: Actor, body: Body, values: dict[str, Any]) -> Body:
    """Write down or change a body."""
    if body._state.adding:
        body.slug = free_slug(Body, values["name"])
    saved: Body = save_with_audit(actor, body, values)
    return saved


def save_term(actor: Actor, body: Body, values: dict[str, Any]) -> Term:
    """Write down that somebody holds a post of a body; the post is made when it is new."""
    with transaction.atomic():
        post, _is_new = Post.objects.get_or_create(body=body, label=values["label"])
        fields = {name: values[name] for name in ("person", "since", "until", "source")}
        term: Term = save_with_audit(actor, Term(post=post), fields)
        trail.record(actor, "appoint", body, {"post": ("", post.label)})
    return term


def change_term(actor: Actor, term: Term, values: dict[str, Any]) -> None:
    """Correct from when until when somebody held a post, and where that stands."""
    refuse_backwards(values.get("since"), values.get("until"))
    save_with_audit(actor, term, values, "correct")


def end_term(actor: Actor, term: Term, until: Any, is_forgotten: bool = False) -> None:
    """Write down that somebody left office; with ``is_forgotten`` her name goes, from the trail
    as well.
    """
    if term.since and until < term.since:
        raise ValidationError(_("De einddatum ligt voor de begindatum."))
    with transaction.atomic():
        save_with_audit(
            actor,
            term,
            {"until": until, **({"person": ""} if is_forgotten else {})},
            hidden=is_forgotten,
        )
        if is_forgotten:
            trail.redact(term)
