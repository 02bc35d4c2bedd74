"""Where somebody tells a story and takes it back, without an account, and the desk on which
stories are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.pdf.documents import PaperError, pdf
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.form_views import (
    Question,
    add_errors,
    erase_when_sure,
    form_view,
    run_action,
)
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.kit.qr import qr_svg
from knooppunt.report import rules
from knooppunt.report.actions import stories as actions
from knooppunt.report.forms import HeardForm, TakeBackForm, TakeUpForm, TellForm
from knooppunt.report.models import Story

POSTER = Path(__file__).resolve().parents[1] / "paper" / "poster.typ"


@csrf_exempt  # no cookie is involved; the form carries a signed moment
@dictated
def tell(request: HttpRequest) -> HttpResponse:
    """Tell a story, without account; the answer is the code with which it is taken back."""
    form = TellForm(request.POST or None, request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.take_in(Actor(None), form.cleaned_data, _raw(form))
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            return render(request, "report/thanks.html", {"story": made})
    return render(request, "report/tell.html", {"form": form}, status=400 if form.errors else 200)


def _raw(form: Form) -> bytes:
    photo = form.cleaned_data.get("photo")
    return bytes(photo.read()) if photo else b""


@query_params("code")
@link_view
def take_back(request: HttpRequest) -> HttpResponse:
    """Take a story back with its code: look first, then erase."""
    form = TakeBackForm(
        request.POST or None, request=request, initial={"code": request.GET.get("code", "")[:20]}
    )
    if request.method == "POST" and form.is_valid():
        story = actions.by_code(form.cleaned_data["code"])
        if story is not None:
            actions.erase(Actor(None), story)
            return render(request, "report/taken_back.html")
        form.add_error(
            "code",
            _(
                "Deze code kennen we niet, of het verhaal is al ingetrokken. Kijk of je hem goed "
                "overnam, of bel ons."
            ),
        )
    return render(
        request, "report/take_back.html", {"form": form}, status=400 if form.errors else 200
    )


def photo(request: HttpRequest, key: int) -> HttpResponse:
    """The photo of a story that may be told; one that is not published yet only for who reads
    stories.
    """
    story = get_object_or_404(Story.objects.filter(gone_on__isnull=True).exclude(photo=""), pk=key)
    is_seen = rules.may_read_stories(request.user)
    may_tell = (
        story.state == Story.State.TAKEN
        and story.consent_until >= timezone.localdate()
        and actions.is_published(story)
    )
    if not (is_seen or may_tell):
        raise Http404
    content = story.picture()
    if not content:
        raise Http404
    answer = HttpResponse(content, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def poster(request: HttpRequest) -> HttpResponse:
    """A sheet to hang up or lay out: what we ask, room to write, and the code to the form."""
    address = request.build_absolute_uri(reverse("report:tell"))
    try:
        content = pdf(POSTER, _poster_data(address))
    except PaperError as problem:
        return render(request, "report/no_paper.html", {"problem": problem}, status=503)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="verhaal.pdf"'
    return answer


def _poster_data(address: str) -> dict[str, Any]:
    """What stands on the sheet, with the code to an address."""
    return {
        "day": timezone.localdate().isoformat(),
        "lang": get_language() or "nl",
        "size": "a4",
        "title": _("Vertel jouw verhaal"),
        "author": settings.COALITION.name,
        "foot": _("%(coalition)s, %(day)s")
        % {"coalition": settings.COALITION.name, "day": date_format(timezone.localdate(), "j F Y")},
        "lead": _(
            "Voor het Halfjaarbericht zoeken we verhalen uit de buurt. Wat gebeurde er? Wat "
            "veranderde er voor jou of je straat?"
        ),
        "labels": {
            "page": _("bladzijde {number} van {total}"),
            "story": _("Je verhaal"),
            "name": _("Hoe mogen we je noemen? (hoeft niet)"),
            "area": _("Uit welke wijk?"),
            "years": _("Hoe lang mogen we het laten zien?"),
            "choices": [_("een jaar"), _("twee jaar"), _("vijf jaar")],
            "consent": _(
                "Ja, dit mag in het Halfjaarbericht, op de site en op papier. Ik kan het altijd "
                "intrekken: zeg het op de plek waar je dit afgeeft, of bel."
            ),
            "scan": _("Liever typen of inspreken? Scan de code. Je hebt geen account nodig."),
        },
        "qr": {
            "svg": qr_svg(address),
            "address": address,
            "words": address.split("://")[-1],
            "alt": _("Code naar het formulier op de site: %(address)s") % {"address": address},
        },
    }


reads = permission_required(rules.may_read_stories)


@reads
def desk(request: HttpRequest) -> HttpResponse:
    """What came in, what may be told and until when."""
    today = timezone.localdate()
    rows = Story.objects.filter(gone_on__isnull=True).select_related("area")
    lists = {
        "waiting": rows.waiting(),
        "tellable": rows.tellable(today),
        "aside": rows.filter(state=Story.State.ASIDE)[:50],
    }
    erasable = {
        story.pk
        for stories in lists.values()
        for story in stories
        if rules.may_erase(request.user, story)
    }
    return render(request, "report/desk/stories.html", {**lists, "erasable": erasable})


@reads
def enter(request: HttpRequest) -> HttpResponse:
    """Type a story over that was told or written on paper."""
    form = HeardForm(request.POST or None, request.FILES or None)
    question = Question(
        _("Een verhaal overtypen"),
        _("Schrijf het op zoals het is verteld."),
        back=reverse("report:stories"),
    )
    return form_view(
        request,
        form,
        lambda got: actions.take_in(Actor(request.user), got, _raw(form)) and None,
        question,
    )


def _story(request: HttpRequest, key: int) -> Story:
    if not rules.may_read_stories(request.user):
        raise Http404
    return get_object_or_404(Story.objects.select_related("area"), pk=key, gone_on__isnull=True)


handles = editor_required(_story, rules.may_handle)


@handles
def take_up(request: HttpRequest, story: Story) -> HttpResponse:
    """Read a story and let it be told."""
    form = TakeUpForm(request.POST or None, initial={"text": story.text})
    question = Question(
        _("Mag dit verteld worden?"),
        back=reverse("report:stories"),
        button=_("Ja, dit mag in een bericht"),
        aside="report/desk/story.html",
    )
    return form_view(
        request,
        form,
        lambda got: actions.take_up(Actor(request.user), story, got["text"]) and None,
        question,
        story=story,
    )


@require_POST
@handles
def lay_aside(request: HttpRequest, story: Story) -> HttpResponse:
    """Do not use a story."""
    return run_action(
        request,
        lambda: actions.lay_aside(Actor(request.user), story),
        reverse("report:stories"),
        gettext_lazy("Opzij gelegd. Na 90 dagen wordt het gewist."),
    )


@require_POST
@editor_required(_story, rules.may_erase)
def erase(request: HttpRequest, story: Story) -> HttpResponse:
    """Take a story back for who told it; asks once more."""
    return erase_when_sure(
        request,
        lambda: actions.erase(Actor(request.user), story),
        _("Dit verhaal wissen?"),
        [story.text, story.told_by, _("De foto") if story.photo else ""],
        back=reverse("report:take_up", args=[story.pk]),
        thanks=gettext_lazy("Ingetrokken en gewist."),
        then="report:stories",
    )
