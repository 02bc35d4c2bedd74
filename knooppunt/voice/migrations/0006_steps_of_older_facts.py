"""Gives points the steps of promises, agreements and states of clauses that were written down before steps followed them.

Until then such a fact moved no point, so a point that is long in an agreement still counted as asked. What was set by
hand on the same day for the same stage is kept and joined to its origin; nobody is mailed about it.
"""

from django.db import migrations
from django.utils import timezone

STAGES = {"done": "done", "partly": "partly", "dropped": "not_done"}
BY_HAND = {"landing": None, "clause_state": None, "commitment": None}


def follow_older_facts(apps, editor):
    """Make the steps that are missing."""
    model = {name: apps.get_model("voice", name) for name in ("Step", "Commitment", "Landing", "ClauseState")}  # fmt: skip
    for promise in model["Commitment"].objects.filter(
        point__isnull=False, is_public=True, mistake_on__isnull=True
    ).select_related("term__post__body", "body"):
        values = {
            "text": promise.text,
            "by": _who(promise)[:150],
            "source_url": promise.source_url,
            "document_id": promise.document_id,
            "meeting_id": promise.meeting_id,
        }
        _keep(model["Step"], promise.point_id, "promised", promise.said_on, {"commitment": promise}, values)  # fmt: skip
    landings = model["Landing"].objects.filter(
        clause__agreement__signed_on__isnull=False,
        clause__agreement__is_public=True,
        clause__mistake_on__isnull=True,
        mistake_on__isnull=True,
    )
    for landing in landings.select_related("clause__agreement"):
        _follow_landing(model, landing)


def _follow_landing(model, landing):
    agreement, clause = landing.clause.agreement, landing.clause
    source = {
        "source": f"{agreement.title}: {clause.number} {clause.title}"[:300],
        "source_url": agreement.source_url,
        "document_id": agreement.document_id,
    }
    origin = {"landing": landing, "clause_state": None}
    _keep(model["Step"], landing.point_id, "agreed", agreement.signed_on, origin, {**source, "text": landing.quote})  # fmt: skip
    for state in model["ClauseState"].objects.filter(clause=clause, mistake_on__isnull=True):
        stage = STAGES.get(state.state)
        if stage == "done" and landing.extent == "partly":
            stage = "partly"
        values = {
            **source,
            "text": state.text,
            "source_url": state.source_url or source["source_url"],
            "document_id": state.document_id or source["document_id"],
        }
        if stage:
            origin = {"landing": landing, "clause_state": state}
            _keep(model["Step"], landing.point_id, stage, state.on, origin, values)


def _who(promise):
    """By whom a promise was made, in which office."""
    if promise.term:
        post = promise.term.post
        office = f"{post.label}, {post.body.name}"
        return f"{promise.term.person} ({office})" if promise.term.person else office
    return ", ".join(part for part in (promise.office, promise.body.name if promise.body else "") if part)  # fmt: skip


def _keep(steps, point, stage, day, origin, values):
    """One step of a point for one origin, unless it is there already, or the day is still to come."""
    if day > timezone.localdate() or steps.objects.filter(point=point, **origin).exists():
        return
    same = steps.objects.filter(point=point, stage=stage, on=day, mistake_on__isnull=True, **BY_HAND)
    step = same.first()
    if step is None:
        steps.objects.create(point_id=point, stage=stage, on=day, **origin, **values)
        return
    for name, value in origin.items():
        setattr(step, name, value)
    step.save(update_fields=list(origin))


class Migration(migrations.Migration):
    dependencies = [("voice", "0005_mistakes")]
    operations = [migrations.RunPython(follow_older_facts, migrations.RunPython.noop)]
