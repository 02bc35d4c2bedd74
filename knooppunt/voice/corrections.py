"""The records of the voice that can be corrected or marked as a mistake."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.core.corrections import Correction, form_of
from knooppunt.voice import rules
from knooppunt.voice.actions import agreements, commitments, cuts, points, signals, support
from knooppunt.voice.actions.following import (
    follow_clause,
    follow_commitment,
    follow_landing,
    follow_state,
)
from knooppunt.voice.forms.cases import EntryForm, HitForm, LineForm, MomentForm
from knooppunt.voice.forms.points import PaperSupportForm, SignatureChangeForm, StepForm
from knooppunt.voice.forms.promises import (
    ClauseStateForm,
    LandingChangeForm,
    PlanForm,
    ResponseChangeForm,
    StatusForm,
    amendment_form,
)
from knooppunt.voice.forms.signals import SignalChangeForm
from knooppunt.voice.models import (
    Amendment,
    Clause,
    ClauseState,
    Commitment,
    CoSignature,
    Cut,
    Entry,
    Evidence,
    Hearing,
    Hit,
    Landing,
    LedgerLine,
    Moment,
    PaperSupport,
    Point,
    Response,
    Signal,
    StatusEntry,
    Step,
    YearAction,
)

MAY: Any = {"may_see": rules.may_see_correctable, "may": rules.may_correct}


def _plan_form(data: Any, record: YearAction) -> PlanForm:
    return PlanForm(data, instance=record, agreement=record.agreement)


POINTS = (
    Correction("punt", Point, _("punt"), **MAY),
    Correction(
        "stap",
        Step,
        _("stap"),
        page="point",
        form=form_of(StepForm),
        change=points.change_step,
        refusal=points.refusal_of_step,
        origin=points.origin_of_step,
        **MAY,
    ),
    Correction("bewijs", Evidence, _("bewijs"), page="point", **MAY),
    Correction("inbreng", Hearing, _("inbreng"), page="point", **MAY),
    Correction(
        "papieren-steun",
        PaperSupport,
        _("handtekeningen op papier"),
        page="point",
        form=form_of(PaperSupportForm),
        change=support.change_paper,
        **MAY,
    ),
    Correction(
        "handtekening",
        CoSignature,
        _("handtekening"),
        page="point",
        form=form_of(SignatureChangeForm),
        change=support.change_signature,
        refusal=support.refusal_of_signature,
        **MAY,
    ),
)
THREATS = (
    Correction("dreiging", Cut, _("dreiging"), page="point", **MAY),
    Correction("geraakt", Hit, _("wie geraakt wordt"), page="cut", form=form_of(HitForm), **MAY),
    Correction(
        "bedrag",
        LedgerLine,
        _("bedrag"),
        page="cut",
        form=form_of(LineForm),
        change=cuts.change_line,
        **MAY,
    ),
    Correction("dag", Moment, _("dag"), page="cut", form=form_of(MomentForm), **MAY),
)
PROMISES = (
    Correction("toezegging", Commitment, _("toezegging"), follow=follow_commitment, **MAY),
    Correction(
        "stand",
        StatusEntry,
        _("stand van een toezegging"),
        page="commitment",
        form=form_of(StatusForm),
        change=commitments.change_status,
        **MAY,
    ),
    Correction("bepaling", Clause, _("bepaling"), page="agreement", follow=follow_clause, **MAY),
    Correction(
        "uitvoering",
        ClauseState,
        _("stand van een bepaling"),
        page="clause",
        form=form_of(ClauseStateForm),
        change=agreements.change_state,
        follow=follow_state,
        **MAY,
    ),
    Correction(
        "landing",
        Landing,
        _("punt in een akkoord"),
        page="clause",
        form=form_of(LandingChangeForm),
        change=agreements.change_landing,
        follow=follow_landing,
        **MAY,
    ),
    Correction(
        "reactie",
        Response,
        _("reactie van de ander"),
        page="commitment",
        form=form_of(ResponseChangeForm),
        change=commitments.change_response,
        **MAY,
    ),
    Correction(
        "voorgestelde-tekst",
        Amendment,
        _("voorgestelde tekst"),
        page="agreement",
        form=amendment_form,
        change=agreements.change_amendment,
        refusal=agreements.refusal_of_amendment,
        **MAY,
    ),
    Correction(
        "jaarplan",
        YearAction,
        _("regel van het jaarplan"),
        page="agreement",
        form=_plan_form,
        **MAY,
    ),
    Correction(
        "tijdlijn",
        Entry,
        _("regel van de tijdlijn"),
        page="dossier",
        form=form_of(EntryForm),
        **MAY,
    ),
)
SIGNALS = (
    Correction(
        "signaal",
        Signal,
        _("signaal"),
        form=form_of(SignalChangeForm),
        change=signals.correct,
        may_see=rules.may_correct_signal,
        may=rules.may_correct_signal,
        is_private=True,
        back=lambda _signal: reverse("voice:signals"),
    ),
)
CORRECTIONS = (*POINTS, *THREATS, *PROMISES, *SIGNALS)
