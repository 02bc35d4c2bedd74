"""Make two records of the same organisation one, so that it can be undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import modules
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import (
    ContactPoint,
    DuplicateCandidate,
    Identifier,
    Membership,
    MembershipRequest,
    Organisation,
    PlaceRole,
    ProblemReport,
    Representation,
    VolunteerStatement,
)

# What hangs below an organisation and goes along: the table, and the field that points to the
# organisation.
MOVABLE: tuple[tuple[Any, str], ...] = (
    (Membership, "organisation"),
    (Membership, "network"),
    (PlaceRole, "organisation"),
    (Identifier, "organisation"),
    (ContactPoint, "organisation"),
    (VolunteerStatement, "organisation"),
    (Representation, "organisation"),
    (ProblemReport, "organisation"),
    (MembershipRequest, "organisation"),
    (MembershipRequest, "network"),
)


def movable() -> list[tuple[Any, str]]:
    """All that hangs below an organisation, also in the modules above the register."""
    return [*MOVABLE, *((one.model, one.field) for one in modules.gathered("merge_relations"))]


def merge(
    actor: Actor, keep: Organisation, drop: Organisation, values: dict[str, Any]
) -> TrailEntry:
    """Let ``keep`` take over ``values`` and everything that hangs below ``drop``; the address of
    ``drop`` leads on to it.

    What both have already stays where it is. Gives the trail line with which ``undo_merge`` puts it
    all back.
    """
    with transaction.atomic():
        trail.lock()
        before = {name: _kept(getattr(keep, name)) for name in values}
        change(actor, keep, values, verb="merge_values")
        moved = [
            [model._meta.model_name, field, pk]
            for model, field in movable()
            for pk in _move(model, field, drop, keep)
        ]
        old_state, drop.state, drop.merged_into = drop.state, Organisation.State.MERGED, keep
        drop.save(update_fields=["state", "merged_into", "changed_at"])
        DuplicateCandidate.objects.filter(
            first=min(keep.pk, drop.pk, key=int), second=max(keep.pk, drop.pk, key=int)
        ).update(state="merged")
        trail.entry(
            actor, "merged_away", drop, {"state": (old_state, drop.state)}, keep=keep.pk
        ).save()
        return trail.record(
            actor,
            "merge",
            keep,
            {"merged_from": ("", drop.name)},
            drop=drop.pk,
            state=old_state,
            moved=moved,
            before=before,
        )


def _kept(value: Any) -> Any:
    """A value as it can be put back later: rows by their numbers."""
    if hasattr(value, "all"):
        return {"rows": list(value.values_list("pk", flat=True))}
    return {"row": value.pk} if hasattr(value, "pk") else {"value": trail.plain(value)}


def _move(model: Any, field: str, drop: Organisation, keep: Organisation) -> list[int]:
    """Move the rows that ``keep`` does not have yet; gives their numbers."""
    moved = []
    for row in model._base_manager.filter(**{field: drop}):
        setattr(row, field, keep)
        if _fits(model, row):
            row.save(update_fields=[field])
            moved.append(row.pk)
    return moved


def _fits(model: Any, row: Any) -> bool:
    """True if no row of ``keep`` says the same already, and no network becomes a member of
    itself.
    """
    if model in (Membership, MembershipRequest) and row.organisation_id == row.network_id:
        return False
    known = {
        Membership: ("organisation_id", "network_id"),
        MembershipRequest: ("organisation_id", "network_id"),
        PlaceRole: ("organisation_id", "place_id", "role"),
        Identifier: ("organisation_id", "scheme", "value"),
        ContactPoint: ("organisation_id", "type", "value"),
        VolunteerStatement: ("organisation_id", "on"),
        Representation: ("organisation_id", "user_id"),
    } | {
        one.model: (f"{one.field}_id", *one.same)
        for one in modules.gathered("merge_relations")
        if one.same
    }
    same = known.get(model)
    if same is None:
        return True
    return (
        not model.objects.exclude(pk=row.pk)
        .filter(**{name: getattr(row, name) for name in same})
        .exists()
    )


def undo_merge(actor: Actor, line: TrailEntry) -> Organisation:
    """Put back what ``merge`` did: the other record, everything that moved, and the values that
    were taken over.
    """
    with transaction.atomic():
        trail.lock()
        drop = Organisation.objects.get(pk=line.details["drop"])
        keep = Organisation.objects.get(pk=line.target_id)
        tables = {model._meta.model_name: model for model, _field in movable()}
        for table, field, pk in line.details["moved"]:
            tables[table]._base_manager.filter(pk=pk).update(**{f"{field}_id": drop.pk})
        values = {name: _put_back(name, old) for name, old in line.details["before"].items()}
        change(actor, keep, values, verb="undo_merge_values")
        drop.state, drop.merged_into = line.details["state"], None
        drop.save(update_fields=["state", "merged_into", "changed_at"])
        DuplicateCandidate.objects.filter(first__in=(keep, drop), second__in=(keep, drop)).update(
            state="open"
        )
        line.reverted_by = trail.record(actor, "undo_merge", keep, {"merged_from": (drop.name, "")})
        line.save(update_fields=["reverted_by"])
    return drop


def _put_back(name: str, old: dict[str, Any]) -> Any:
    field: Any = Organisation._meta.get_field(name)
    if "rows" in old:
        return list(field.related_model.objects.filter(pk__in=old["rows"]))
    return (
        field.related_model.objects.get(pk=old["row"])
        if "row" in old
        else field.to_python(old["value"])
    )
