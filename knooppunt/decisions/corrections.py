"""The records of deciding together that can be corrected or marked as a mistake."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.core.corrections import Correction, form_of
from knooppunt.decisions import rules
from knooppunt.decisions.actions import mandates, meetings, outcomes
from knooppunt.decisions.forms.mandates import MandateChangeForm
from knooppunt.decisions.forms.meetings import (
    ActionChangeForm,
    DecisionChangeForm,
    ItemChangeForm,
    TermChangeForm,
)
from knooppunt.decisions.models import ActionItem, AgendaItem, Decision, Mandate, Meeting, Term

MAY: Any = {"may_see": rules.may_see_correctable, "may": rules.may_correct}


CORRECTIONS = (
    Correction("overleg", Meeting, _("overleg"), **MAY),
    Correction(
        "agendapunt",
        AgendaItem,
        _("agendapunt"),
        page="meeting",
        form=form_of(ItemChangeForm),
        **MAY,
    ),
    Correction(
        "besluit",
        Decision,
        _("besluit"),
        form=form_of(DecisionChangeForm),
        change=outcomes.change_decision,
        **MAY,
    ),
    Correction(
        "actie",
        ActionItem,
        _("actie"),
        page="meeting",
        form=form_of(ActionChangeForm),
        change=outcomes.change_action,
        **MAY,
    ),
    Correction(
        "mandaat",
        Mandate,
        _("mandaat"),
        page="matter",
        form=form_of(MandateChangeForm),
        change=mandates.change_mandate,
        follow=mandates.check_period,
        **MAY,
    ),
    Correction(
        "functie",
        Term,
        _("functie"),
        page="post__body",
        form=form_of(TermChangeForm),
        change=meetings.change_term,
        **MAY,
    ),
)
