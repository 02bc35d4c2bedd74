"""Reading in lists: upload one, choose its sheet and columns, say what its words mean, and see what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.trail import Actor
from knooppunt.directory import rules, tasks
from knooppunt.directory.actions import sources
from knooppunt.directory.forms.lists import (
    MappingForm,
    StructureForm,
    UploadForm,
    WordsForm,
    own_terms,
)
from knooppunt.directory.guarding import only
from knooppunt.directory.importing import desk
from knooppunt.directory.importing.codes import message
from knooppunt.directory.importing.columns import as_toml
from knooppunt.directory.importing.sources import KIND, answered_words, still_asked
from knooppunt.directory.models import Organisation
from knooppunt.kit.table_overview import SheetOverview
from knooppunt.kit.tables import UnreadableFile

coordinates = only(rules.may_coordinate)


@coordinates
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a list, and see the earlier ones."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data.get("source")
            run = desk.receive(request.user, form.cleaned_data["file"], chosen)
            return redirect("directory:import", pk=run.pk)
        except UnreadableFile as problem:
            form.add_error("file", message("unreadable_file", value=problem))
    context = {
        "form": form,
        "runs": ImportRun.objects.filter(kind=KIND)[:30],
        "sources": ImportSource.objects.filter(kind=KIND),
    }
    return render(
        request, "directory/desk/imports.html", context, status=400 if form.errors else 200
    )


@coordinates
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: how it is read, what would happen, how far it is, or what came of it."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND)
    context: dict[str, Any] = {"run": run, "has_stopped": desk.has_stopped(run)}
    if run.state == ImportRun.State.UPLOADED:
        preview = desk.look_through(run)
        header = preview.columns.header
        form = MappingForm(request.POST or None, header=header, mapping=preview.columns.by_name)
        if request.method == "POST" and form.is_valid():
            run.mapping = form.mapping()
            run.save(update_fields=["mapping", "touched_at"])
            source = desk.source_of(run)
            sources.remember_columns(Actor(request.user), source, run.mapping, run.sheet)
            return redirect("directory:import", pk=pk)
        context |= {
            "preview": preview,
            "report": preview.report,
            "columns": list(zip(form, preview.examples, strict=True)),
            "structure": _structure(run, preview.sheets),
            "previewed": desk.PREVIEWED,
            "has_name": preview.has_name,
            **_words(desk.words_to_ask(run, preview)),
        }
    elif run.state == ImportRun.State.DONE:
        context |= _words(desk.words_to_ask(run))
    return render(request, "directory/desk/import.html", context)


def _structure(run: ImportRun, sheets: list[SheetOverview], data: Any = None) -> StructureForm:
    initial = {"source": run.source_id, "sheet": run.sheet, "header_row": run.header_row or ""}
    return StructureForm(data, sheets=sheets, initial=initial)


def _words(asked: list[dict[str, Any]]) -> dict[str, Any]:
    """The form that asks what words mean, and the names of networks to choose from."""
    form = WordsForm(asked=asked, terms=own_terms() if asked else {})
    names = Organisation.objects.networks().values_list("name", flat=True)
    return {"words": form, "networks": names[:500] if asked else []}


@require_POST
@coordinates
def choose_structure(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet or row of headings, or read the list as those of another source."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND, state=ImportRun.State.UPLOADED)
    form = _structure(run, desk.sheets_of(run), request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            desk.read_as(run, chosen["source"], chosen.get("sheet", ""), chosen["header_row"] or 0)
            run.save(update_fields=["source", "mapping", "sheet", "header_row", "touched_at"])
        except UnreadableFile as problem:
            messages.error(request, message("unreadable_file", value=problem))
    return redirect("directory:import", pk=pk)


@require_POST
@coordinates
def answer_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what words of a list mean; they are read so from now on in the lists of its source."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND)
    preview = desk.look_through(run) if run.state == ImportRun.State.UPLOADED else None
    source = desk.source_of(run)
    _keep_answers(request, source, desk.words_to_ask(run, preview))
    return redirect("directory:import", pk=pk)


def _keep_answers(request: HttpRequest, source: ImportSource, asked: list[dict[str, Any]]) -> None:
    form = WordsForm(request.POST, asked=asked, terms=own_terms())
    if not form.is_valid():
        problems = [problem for errors in form.errors.values() for problem in errors]
        messages.error(request, " ".join(str(problem) for problem in problems))
        return
    for name, word, answer, meaning in form.answers():
        sources.answer_word(Actor(request.user), source, name, word, answer, meaning)
    messages.success(request, _("Onthouden voor de lijst “%(name)s”.") % {"name": source})


@coordinates
def one_source(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of the lists of one source: its columns, the words that were answered, and those that were not."""
    source = get_object_or_404(ImportSource, pk=pk, kind=KIND)
    asked = still_asked(source) + answered_words(source)
    form = MappingForm(
        request.POST if "columns" in request.POST else None,
        header=list(source.mapping),
        mapping=source.mapping,
    )
    if request.method == "POST" and "columns" not in request.POST:
        _keep_answers(request, source, asked)
        return redirect("directory:import_source", pk=pk)
    if request.method == "POST" and form.is_valid():
        sources.remember_columns(Actor(request.user), source, form.mapping(), source.sheet)
        messages.success(request, _("Onthouden voor de lijst “%(name)s”.") % {"name": source})
        return redirect("directory:import_source", pk=pk)
    context = {"source": source, "form": form, **_words(asked)}
    return render(request, "directory/desk/import_source.html", context)


@require_POST
@coordinates
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin reading in, or begin again: after a crash, or when words were answered since."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND)
    is_ready = run.state in (ImportRun.State.UPLOADED, ImportRun.State.DONE)
    if is_ready or desk.has_stopped(run):
        source = desk.source_of(run)
        sources.remember_columns(Actor(request.user), source, run.mapping, run.sheet)
        run.state, run.language = ImportRun.State.QUEUED, get_language() or ""
        run.save(update_fields=["state", "language", "touched_at"])
        tasks.run_import.enqueue(run.pk)
    return redirect("directory:import", pk=pk)


@coordinates
def import_report(request: HttpRequest, pk: int) -> Any:
    """The whole report as CSV."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND)
    if not run.report:
        raise Http404
    return FileResponse(
        run.report.open("rb"),
        as_attachment=True,
        filename=f"verslag-{run.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )


@coordinates
def import_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """How the columns were read, to be used again with --map."""
    run = get_object_or_404(ImportRun, pk=pk, kind=KIND)
    response = HttpResponse(as_toml(run.mapping), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kolommen.toml"'
    return response
