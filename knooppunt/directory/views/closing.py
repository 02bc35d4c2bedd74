"""An organisation stops: asks what becomes of everything that hangs below it, does it in one
act, and undoes it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.web.form_views import add_errors
from knooppunt.core.web.query_params import day_param, query_params
from knooppunt.directory.actions import closing, revert
from knooppunt.directory.changes import decisions_of
from knooppunt.directory.forms.closing import ClosingForm, DayForm
from knooppunt.directory.models import Organisation, ProblemReport
from knooppunt.directory.views.edit import organisation_editor_required


@query_params("melding", days=("op",))
@organisation_editor_required
def close(request: HttpRequest, record: Organisation) -> HttpResponse:
    """The page on which an organisation ends, also one that ended with something left below it."""
    day = _day(request, record)
    parts = closing.below(record, day)
    form = ClosingForm(
        request.POST or None,
        user=request.user,
        organisation=record,
        parts=parts,
        initial={"last_day": day},
    )
    report = _report(request, record)
    if request.method == "POST" and form.is_valid():
        try:
            closing.close(Actor(request.user), record, day, form.answers(), report)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, _thanks(record, day))
            return redirect("directory:close", "organisaties", record.slug)
    done = closing.last_closing(record) if record.until else None
    context = {
        "record": record,
        "form": form,
        "parts": parts,
        "report": report,
        "done": done,
        "decisions": decisions_of(done) if done else [],
        "has_ended": bool(record.until and record.until <= timezone.localdate()),
        "is_settled": bool(done) and not closing.has_work_below(record, day),
    }
    return render(request, "directory/desk/close.html", context, status=400 if form.errors else 200)


def _thanks(record: Organisation, day: date) -> str:
    if day > timezone.localdate():
        return _("Bewaard: %(name)s stopt op %(day)s.") % {
            "name": record.name,
            "day": date_format(day, "j F Y"),
        }
    return _("Bewaard: %(name)s is gestopt.") % {"name": record.name}


def _day(request: HttpRequest, record: Organisation) -> date:
    """The last day that was filled in, else the one in the address, else the one that is known,
    else today.
    """
    given = DayForm(request.POST)
    if request.method == "POST" and given.is_valid():
        last_day: date = given.cleaned_data["last_day"]
        return last_day
    return day_param(request, "op") or record.until or timezone.localdate()


def _report(request: HttpRequest, record: Organisation) -> ProblemReport | None:
    """The open note of a reader from which this page was reached."""
    source: Any = request.POST if request.method == "POST" else request.GET
    number = source.get("melding", "")[:9]
    if not number.isdecimal():
        return None
    return record.problem_reports.filter(pk=int(number), state="open").first()


@require_POST
@organisation_editor_required
def undo_close(request: HttpRequest, record: Organisation, pk: int) -> HttpResponse:
    """Put back everything that one closing changed."""
    lines = TrailEntry.objects.filter(
        verb=closing.VERB, target_type="organisation", target_id=record.pk
    )
    line = get_object_or_404(lines, pk=pk)
    if line.reverted_by_id:
        messages.info(request, _("Dit is al ongedaan gemaakt."))
        return redirect("directory:edit", "organisaties", record.slug)
    try:
        revert.revert(Actor(request.user), line)
    except revert.CannotRevert:
        messages.error(
            request,
            _(
                "Dit kan niet meer in één keer: iets ervan is daarna gewijzigd. Zet het per stuk "
                "terug."
            ),
        )
        return redirect("directory:close", "organisaties", record.slug)
    messages.success(request, _("Alles is teruggezet zoals het was."))
    return redirect("directory:edit", "organisaties", record.slug)
