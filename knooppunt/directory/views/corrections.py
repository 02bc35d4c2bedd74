"""The pages on which something is corrected, marked as a mistake and put back, whatever kind of
record it is.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core import corrections
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.corrections import Correction
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required
from knooppunt.directory.changes import readable
from knooppunt.directory.forms.corrections import MistakeForm

MOST_LINES = 20


def _kind(name: str) -> Correction:
    """The kind in an address; 404 for one that is not there."""
    correction = corrections.of_kind(name)
    if correction is None:
        raise Http404
    return correction


def get_visible_record(request: HttpRequest, kind: str, key: int) -> Any:
    """The record of a kind with this number, if the visitor may see it; else 404."""
    correction = _kind(kind)
    record = get_object_or_404(correction.model.with_mistakes, pk=key)
    if not correction.may_see(request.user, record):
        raise Http404
    return record


def _of(record: Any) -> Correction:
    correction = corrections.of_record(record)
    if correction is None:
        raise Http404
    return correction


correcting = editor_required(
    get_visible_record,
    lambda user, record: _of(record).may(user, record),
    "kind",
    "key",
    subject=lambda record: _of(record).home(record),
)


@correcting
def correct(request: HttpRequest, record: Any) -> HttpResponse:
    """Correct a record; what stood there before stays in the trail, and is shown here."""
    correction = _of(record)
    if correction.form is None:
        raise Http404
    if record.is_mistake:
        return _already_struck(request, correction, record)
    back = correction.address(record)
    question = Question(
        _("Verbeter: %(what)s") % {"what": correction.title},
        correction.refusal(record) or str(record),
        back=back,
        thanks=_("Verbeterd. Wat er stond, is bewaard."),
        aside="directory/desk/earlier.html",
    )
    form = correction.form(request.POST or None, record)

    def save(values: dict[str, Any]) -> None:
        corrections.change(Actor(request.user), correction, record, values)

    lines = [(line, readable(line)) for line in trail.of(record)[:MOST_LINES] if line.changes]
    return form_view(request, form, save, question, lines=lines)


def _already_struck(request: HttpRequest, correction: Correction, record: Any) -> HttpResponse:
    """Back to the page of a record that was struck in another tab, or a moment ago."""
    messages.info(request, _("Dit was al doorgestreept."))
    return redirect(correction.address(record))


@correcting
def strike(request: HttpRequest, record: Any) -> HttpResponse:
    """Mark a record as a mistake: it counts nowhere any more."""
    correction = _of(record)
    if record.is_mistake:
        return _already_struck(request, correction, record)
    question = Question(
        _("Vergissing: %(what)s") % {"what": correction.title},
        f"{record}. " + _("Het telt dan nergens meer mee. De beheerder kan het terugzetten."),
        _("Streep het door"),
        correction.address(record),
        _("Doorgestreept. Het telt nergens meer mee."),
    )

    def save(values: dict[str, Any]) -> None:
        corrections.strike(Actor(request.user), correction, record, values["reason"])

    return form_view(request, MistakeForm(request.POST or None), save, question)


@require_POST
@correcting
def put_back(request: HttpRequest, record: Any) -> HttpResponse:
    """Let a struck record count again."""
    correction = _of(record)
    return run_action(
        request,
        lambda: corrections.put_back(Actor(request.user), correction, record),
        correction.address(record),
        _("Teruggezet. Het telt weer mee."),
    )
