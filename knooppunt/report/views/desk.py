"""Where a report is made: begin it, choose its chapters, write its texts, place its stories,
look at it, offer and publish it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.forms import AskedForm
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.report import drafting, rules
from knooppunt.report.actions import reports as actions
from knooppunt.report.document import ReportDocument
from knooppunt.report.forms import (
    BeginForm,
    ChooseForm,
    CorrectForm,
    PlaceForm,
    TextForm,
    TitleForm,
)
from knooppunt.report.marked_text import typed_numbers
from knooppunt.report.models import Edition, Report, Story
from knooppunt.report.readable import ReadableReport
from knooppunt.report.views import reading

PARTS = {"vooraf": "foreword", "vooruit": "outlook"}


def _find(request: HttpRequest, key: str) -> Report:
    return get_object_or_404(
        Report.objects.select_related("area", "network", "offered_by"), slug=key
    )


def _get_visible_report(request: HttpRequest, key: str) -> Report:
    """A report that she may edit; for others it is not there."""
    one = _find(request, key)
    if not rules.may_edit(request.user, one):
        raise Http404
    return one


changing = editor_required(_get_visible_report, rules.may_edit)


@permission_required(rules.may_write)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that she may work on."""
    editions = Prefetch("editions", Edition.objects.defer("content"))
    rows = [
        row
        for row in Report.objects.select_related("area", "network").prefetch_related(editions)
        if rules.may_edit(request.user, row)
    ]
    waiting = Story.objects.waiting().count()
    return render(
        request,
        "report/desk/reports.html",
        {
            "reports": [(row, drafting.title_of(row), drafting.scope_name(row)) for row in rows],
            "waiting": waiting,
        },
    )


@permission_required(rules.may_write)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a report about a period."""
    form = BeginForm(request.POST or None, user=request.user, today=timezone.localdate())
    question = Question(
        _("Nieuw bericht"),
        _("Er staat meteen een eerste versie, met alle getallen. Die verander je daarna."),
        _("Begin"),
        reverse("report:reports"),
        "",
    )
    return form_view(
        request,
        form,
        lambda got: actions.begin(
            Actor(request.user),
            got["days"],
            got["area"],
            got["network"],
            got["lang"] or settings.LANGUAGE_CODE,
        ),
        question,
    )


@changing
def editing(request: HttpRequest, one: Report) -> HttpResponse:
    """Everything about one report in the making: its texts, chapters and stories, and what
    comes next.
    """
    choices = drafting.choices_of(one)
    context: dict[str, object] = {
        "report": one,
        "title": drafting.title_of(one),
        "scope": drafting.scope_name(one),
        "titles": {choice.chapter.key: choice.chapter.title for choice in choices},
        "placements": one.placements.select_related("story"),
        "editions": one.editions.defer("content"),
        "may_publish": rules.may_publish(request.user, one),
        "can_change": not one.editions.exists() or one.is_correcting,
        "is_over": one.until < timezone.localdate(),
    }
    return render(
        request,
        "report/desk/editing.html",
        context | (_in_the_making(one, choices) if context["can_change"] else {}),
    )


def _in_the_making(one: Report, choices: list[drafting.Choice]) -> dict[str, object]:
    """What can still be changed: every chapter as it would be published now."""
    readable = drafting.draft(one)
    written = set(one.passages.values_list("key", flat=True))
    by_key = {chapter.key: chapter for chapter in readable.document.chapters}
    return {
        "readable": readable,
        "written": written,
        "rows": [
            (choice, by_key.get(choice.chapter.key), choice.chapter.key in written)
            for choice in choices
        ],
        "typed": _typed(readable.document),
        "hidden": {choice.chapter.key for choice in choices if not choice.is_shown},
    }


def _typed(document: ReportDocument) -> list[tuple[str, str]]:
    """Where somebody typed a number, so that a reader cannot follow it: chapter and number."""
    texts = [
        (_("Vooraf"), document.foreword),
        *((chapter.title, chapter.paragraphs) for chapter in document.chapters),
        (_("Vooruit"), document.outlook),
    ]
    return [
        (title, number)
        for title, paragraphs in texts
        for text in paragraphs
        for number in typed_numbers(text)
    ]


@changing
def rename(request: HttpRequest, one: Report) -> HttpResponse:
    """Another title."""
    form = TitleForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_title(Actor(request.user), one, got["title"]),
        Question(_("Hoe heet het?"), back=one.get_absolute_url()),
    )


@changing
def choose(request: HttpRequest, one: Report) -> HttpResponse:
    """Which chapters, and in which order."""
    form = ChooseForm(request.POST or None, choices=drafting.choices_of(one))
    question = Question(
        _("Welke hoofdstukken?"),
        _("Zet een vinkje bij wat erin komt. Het laagste getal staat vooraan."),
        back=one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda _got: actions.choose_chapters(Actor(request.user), one, form.chosen()),
        question,
    )


@changing
def write(request: HttpRequest, one: Report, part: str) -> HttpResponse:
    """Write the text of a chapter, the foreword or the outlook, with the list of numbers beside
    it.
    """
    choices = {choice.chapter.key: choice for choice in drafting.choices_of(one)}
    key = PARTS.get(part, part)
    if part not in PARTS and key not in choices:
        raise Http404
    facts = drafting.facts_of(one)
    passage = one.passages.filter(key=key).first()
    with override(one.lang):
        drafted = (
            "" if part in PARTS else "\n\n".join(drafting.first_draft(choices[key].chapter, facts))
        )
    there = passage.text if passage else ""
    typed = request.POST.copy() if request.method == "POST" else None
    form = TextForm(typed, facts=facts, initial={"text": there or drafted, "seen": there})
    title = {"foreword": _("Vooraf"), "outlook": _("Vooruit")}.get(key) or str(
        choices[key].chapter.title
    )
    question = Question(title, back=one.get_absolute_url(), aside="report/desk/marks.html")

    def do(got: dict[str, Any]) -> None:
        text = "" if got["text"].strip() == drafted.strip() else got["text"]
        seen = got["seen"].replace("\r\n", "\n") if typed is not None and "seen" in typed else None
        if seen is not None and typed is not None:
            typed["seen"] = (
                there  # a second try, after what the other wrote was shown, goes through
            )
        actions.save_text(Actor(request.user), one, key, text, seen)

    return form_view(
        request, form, do, question, marks=drafting.offered_marks(facts, choices.get(key))
    )


@changing
def discard(request: HttpRequest, one: Report) -> HttpResponse:
    """Throw away what was never published, or stop a correction."""
    is_published = one.editions.exists()
    title = _("Stoppen met verbeteren?") if is_published else _("Dit bericht weggooien?")
    lead = (
        _("Wat is gepubliceerd, blijft staan. Je teksten blijven bewaard voor een volgende keer.")
        if is_published
        else _("Alle teksten die jullie schreven, gaan weg. Verhalen blijven.")
    )
    back = one.get_absolute_url() if is_published else reverse("report:reports")
    question = Question(
        title,
        lead,
        _("Stop ermee") if is_published else _("Gooi weg"),
        back,
        _("Gestopt.") if is_published else _("Weggegooid."),
    )
    return form_view(
        request,
        AskedForm(request.POST if request.method == "POST" else None),
        lambda _got: actions.discard(Actor(request.user), one),
        question,
    )


@changing
def place(request: HttpRequest, one: Report) -> HttpResponse:
    """Let a story stand with a chapter."""
    stories = Story.objects.tellable(timezone.localdate()).exclude(placements__report=one)
    form = PlaceForm(request.POST or None, stories=stories, choices=drafting.choices_of(one))
    question = Question(
        _("Een verhaal erbij"),
        _("Alleen verhalen waarvoor toestemming is."),
        _("Zet erin"),
        one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda got: (
            actions.place_story(Actor(request.user), one, got["story"], got["chapter"]) and None
        ),
        question,
    )


@require_POST
@changing
def take_out(request: HttpRequest, one: Report, story: int) -> HttpResponse:
    """Take a story out."""
    row = get_object_or_404(one.placements.select_related("story"), story=story)
    return run_action(
        request,
        lambda: actions.take_story_out(Actor(request.user), one, row.story),
        one.get_absolute_url(),
        gettext_lazy("Eruit gehaald."),
    )


@require_POST
@changing
def offer(request: HttpRequest, one: Report) -> HttpResponse:
    """Say that it is ready."""
    return run_action(
        request,
        lambda: actions.offer(Actor(request.user), one),
        one.get_absolute_url(),
        gettext_lazy("Klaargezet. Iemand anders leest het nu en publiceert het."),
    )


@require_POST
@changing
def publish(request: HttpRequest, one: Report) -> HttpResponse:
    """Freeze and publish."""
    return run_action(
        request,
        lambda: actions.publish(Actor(request.user), one),
        one.get_absolute_url(),
        gettext_lazy("Gepubliceerd. De getallen en lijsten staan nu vast."),
    )


@changing
def correct(request: HttpRequest, one: Report) -> HttpResponse:
    """Begin a next edition."""
    form = CorrectForm(request.POST or None)
    question = Question(
        _("Een verbeterde editie"),
        _("De getallen worden opnieuw geteld als je publiceert."),
        _("Begin met verbeteren"),
        one.get_absolute_url(),
        "",
    )
    return form_view(
        request, form, lambda got: actions.correct(Actor(request.user), one, got["note"]), question
    )


def _draft(request: HttpRequest, one: Report) -> ReadableReport:
    readable = drafting.draft(one, reverse("report:preview", args=[one.slug]))
    readable.site = reading.here(request)
    return readable


@changing
def preview(request: HttpRequest, one: Report) -> HttpResponse:
    """The report as readers will see it."""
    return reading.page(request, _draft(request, one), report=one)


@query_params("als", "pagina")
@changing
def preview_number(request: HttpRequest, one: Report, mark: str) -> HttpResponse:
    """One number of it, with its list as it is now."""
    return reading.number(request, _draft(request, one), mark)


@changing
def preview_pdf(request: HttpRequest, one: Report) -> HttpResponse:
    """It on paper."""
    return reading.as_pdf(request, _draft(request, one), f"{one.slug}-concept")


@changing
def preview_plain(request: HttpRequest, one: Report) -> HttpResponse:
    """It in plain words on two pages."""
    return reading.as_pdf(request, _draft(request, one), f"{one.slug}-kort-concept", is_plain=True)
