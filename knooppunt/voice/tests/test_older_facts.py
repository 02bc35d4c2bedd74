"""What was written down before steps followed it moves its point all the same, once the site is
brought up to date.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.voice.actions import agreements
from knooppunt.voice.models import ClauseState, Point, Step
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
MIGRATION = import_module("knooppunt.voice.migrations.0006_steps_of_older_facts")
SIGNED, DONE = date(2026, 3, 1), date(2026, 6, 1)


def follow() -> None:
    """What the migration does."""
    MIGRATION.follow_older_facts(apps, None)


def stages(point: Point) -> list[tuple[str, date]]:
    """The steps of a point by day, without the first two."""
    own = ("collected", "shared")
    return list(point.steps.exclude(stage__in=own).order_by("on", "pk").values_list("stage", "on"))


def older_facts(point: Point) -> list[tuple[str, date]]:
    """A promise, an agreement in which the point landed, and a clause that is done; the steps
    they made, which are then forgotten.
    """
    make.commitment(point=point, said_on=date(2026, 1, 5))
    deal = make.agreement(signed_on=SIGNED, is_public=True, source_url=make.SOURCE)
    clause = make.clause(deal)
    agreements.land(SYSTEM, clause, {"point": point, "extent": "whole", "quote": "Een bankje."})
    agreements.say_state(
        SYSTEM, clause, {"state": ClauseState.State.DONE, "on": DONE, "text": "Het staat er."}
    )
    right = stages(point)
    texts = list(Step.objects.values_list("stage", "on", "text", "by", "source", "source_url"))
    Step.objects.exclude(stage__in=("collected", "shared")).delete()
    follow()
    assert texts == list(
        Step.objects.values_list("stage", "on", "text", "by", "source", "source_url")
    )
    return right


def test_older_promises_landings_and_states_move_their_point() -> None:
    point = make.point()
    right = older_facts(point)
    assert right == [("promised", date(2026, 1, 5)), ("agreed", SIGNED), ("done", DONE)]
    assert stages(point) == right
    follow()  # twice is the same as once
    assert stages(point) == right
    today = timezone.localdate()
    assert Point.objects.as_of(date(2026, 4, 1)).get(pk=point.pk).stage == "agreed"
    assert Point.objects.as_of(today).filter(pk=point.pk).exists()


def test_a_step_set_by_hand_is_joined_and_not_doubled() -> None:
    point = make.point()
    make.step(point, "promised", on=date(2026, 1, 5))
    promise = make.commitment(point=point, said_on=date(2026, 1, 5))
    Step.objects.filter(commitment=promise).update(commitment=None)
    follow()
    assert [step.commitment for step in point.steps.filter(stage="promised")] == [promise]
