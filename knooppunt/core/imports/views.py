"""Reading in lists: upload, choose sheet and columns, say what words mean, see the outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core import tasks
from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports import actions, runs
from knooppunt.core.imports.finding_groups import group_findings
from knooppunt.core.imports.forms import MappingForm, StructureForm, WordsForm
from knooppunt.core.imports.outcomes import record_groups
from knooppunt.core.imports.problems import describe_problem
from knooppunt.core.imports.sources import answered_words, still_asked
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.registry.list_kinds import ListKind
from knooppunt.kit.columns import as_toml
from knooppunt.kit.findings import Finding
from knooppunt.kit.table_overview import SheetOverview
from knooppunt.kit.tables import UnreadableFile

LISTED = 30
STARTABLE = (ImportRun.State.UPLOADED, ImportRun.State.DONE, ImportRun.State.FAILED)


class ListPages:
    """The pages on which lists of one kind are read in."""

    def __init__(self, kind: ListKind) -> None:
        self.kind = kind

    def addresses(self, prefix: str) -> list[URLPattern]:
        """The addresses of these pages, below a prefix."""
        run, guard = f"{prefix}<int:pk>/", self.kind.guard
        return [
            path(prefix, guard(self.lists), name="imports"),
            path(f"{prefix}bron/<int:pk>/", guard(self.source), name="import_source"),
            path(run, guard(self.run), name="import"),
            path(f"{run}bladen/", self._post(self.choose_structure), name="import_structure"),
            path(f"{run}woorden/", self._post(self.answer_words), name="import_words"),
            path(f"{run}weg/", self._post(self.discard), name="discard_import"),
            path(f"{run}start/", self._post(self.start), name="start_import"),
            path(f"{run}verslag.csv", guard(self.report), name="import_report"),
            path(f"{run}kolommen.toml", guard(self.mapping), name="import_mapping"),
        ]

    def _post(self, view: Any) -> Any:
        return require_POST(self.kind.guard(view))

    # What she may see.

    def _runs(self, user: Any) -> QuerySet[ImportRun]:
        return self.kind.runs(user, ImportRun.objects.filter(kind=self.kind.name))

    def _sources(self, user: Any) -> QuerySet[ImportSource]:
        return self.kind.sources(user, ImportSource.objects.filter(kind=self.kind.name))

    def _run(self, request: HttpRequest, pk: int) -> ImportRun:
        return get_object_or_404(self._runs(request.user), pk=pk)

    def _is_table(self, run: ImportRun) -> bool:
        try:
            return self.kind.is_table(runs.file_of(self.kind, run))
        except UnreadableFile:  # its page says why
            return False

    def _back(self, run: ImportRun, anchor: str = "") -> HttpResponse:
        """To the page of a list, where the next thing to do stands."""
        address = reverse(self.kind.address("import"), args=[run.pk])
        return redirect(f"{address}#{anchor}" if anchor else address)

    def _with_owners(self, rows: QuerySet[Any]) -> list[tuple[Any, str]]:
        """Lists or sources, each with the name of whose it is."""
        names = {owner: self.kind.owner_name(owner) for owner in {row.owner for row in rows}}
        return [(row, names[row.owner]) for row in rows]

    # The lists.

    def lists(self, request: HttpRequest) -> HttpResponse:
        """Upload a list, and see the earlier ones."""
        kind, sources = self.kind, self._sources(request.user)
        form = kind.upload_form(
            request.POST or None,
            request.FILES or None,
            user=request.user,
            sources=sources,
            file_label=kind.file_label,
            file_help=kind.file_help,
        )
        if request.method == "POST" and form.is_valid():
            try:
                file, source = form.cleaned_data["file"], form.cleaned_data.get("source")
                return self._back(
                    runs.receive(kind, request.user, file, source, form.owner, form.options)
                )
            except UnreadableFile as problem:
                form.add_error("file", describe_problem(problem))
        context = {
            "kind": kind,
            "form": form,
            "runs": self._with_owners(self._runs(request.user)[:LISTED]),
            "sources": self._with_owners(sources),
        }
        status = 400 if form.errors else 200
        return render(request, "core/imports/lists.html", context, status=status)

    def run(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One list: how it is read, what would happen, how far it is, or what came of it."""
        run = self._run(request, pk)
        if request.method == "POST" and run.is_open and self._is_table(run):
            header = runs.file_of(self.kind, run).columns().header
            form = MappingForm(request.POST, kind=self.kind, header=header, mapping={})
            if form.is_valid():
                run.mapping = form.mapping()
                run.save(update_fields=["mapping", "touched_at"])
                source = runs.source_of(self.kind, run)
                actions.remember_columns(Actor(request.user), source, run.mapping, run.sheet)
                return self._back(run, "woorden")
        return self._page(request, run)

    def _page(
        self, request: HttpRequest, run: ImportRun, words: WordsForm | None = None
    ) -> HttpResponse:
        """The page of a list.

        With answers about words in which something was wrong, when there are.
        """
        context: dict[str, Any] = {
            "kind": self.kind,
            "run": run,
            "owner_name": self.kind.owner_name(run.owner),
            "has_stopped": runs.has_stopped(run),
        }
        asked = runs.words_to_ask(run) if run.state == ImportRun.State.DONE else []
        if run.is_open:
            try:
                preview = runs.look_through(self.kind, run)
                context |= self._preview(request, run, preview)
                asked = runs.words_to_ask(run, preview)
            except UnreadableFile as problem:
                context["problem"] = describe_problem(problem)
        if run.state == ImportRun.State.DONE:
            context["findings"] = group_findings(Finding(**row) for row in run.findings)
            context["records"] = record_groups(self.kind, run)
        context["words"] = words or WordsForm(asked=asked, kind=self.kind)
        status = 400 if words else 200
        return render(request, "core/imports/run.html", context, status=status)

    def _preview(
        self, request: HttpRequest, run: ImportRun, preview: runs.Preview
    ) -> dict[str, Any]:
        columns = preview.columns
        form = MappingForm(kind=self.kind, header=columns.header, mapping=columns.by_name)
        return {
            "preview": preview,
            "report": preview.report,
            "findings": group_findings(preview.report.first),
            "columns": list(zip(form, preview.examples, strict=True)),
            "structure": self._structure(request, run, preview.sheets),
        }

    def _structure(
        self, request: HttpRequest, run: ImportRun, sheets: list[SheetOverview], data: Any = None
    ) -> StructureForm:
        initial = {"source": run.source_id, "sheet": run.sheet, "header_row": run.header_row or ""}
        # Of another owner's source she would answer the words for somebody else.
        sources = self._sources(request.user).filter(owner__in=self.kind.owners(run.owner))
        return StructureForm(data, sheets=sheets, sources=sources, initial=initial)

    def choose_structure(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read another sheet or row of headings, or read the list as those of another source."""
        run = self._run(request, pk)
        if not run.is_open or not self._is_table(run):
            raise Http404
        try:
            sheets = runs.sheets_of(self.kind, run)
            form = self._structure(request, run, sheets, request.POST)
            if form.is_valid():
                chosen = form.cleaned_data
                sheet, row = chosen.get("sheet", ""), chosen["header_row"] or 0
                runs.read_as(self.kind, run, chosen["source"], sheet, row)
                run.save(update_fields=["source", "mapping", "sheet", "header_row", "touched_at"])
            for problems in form.errors.values():
                messages.error(request, " ".join(map(str, problems)))
        except UnreadableFile as problem:
            messages.error(request, describe_problem(problem))
        return self._back(run, "kolommen")

    def answer_words(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what words of a list mean.

        They are read so from now on in the lists of its source.
        """
        run = self._run(request, pk)
        if not self._is_table(run):
            raise Http404
        try:
            preview = runs.look_through(self.kind, run) if run.is_open else None
        except UnreadableFile:  # its page says why
            return self._back(run)
        asked = runs.words_to_ask(run, preview)
        form = WordsForm(request.POST, asked=asked, kind=self.kind)
        if not form.is_valid():
            return self._page(request, run, words=form)
        self._keep_answers(request, runs.source_of(self.kind, run), form)
        return self._back(run, "woorden")

    @staticmethod
    def _keep_answers(request: HttpRequest, source: ImportSource, form: WordsForm) -> None:
        actor = Actor(request.user)
        for given in form.answers():
            if given.answer:
                answer, meaning = given.answer, given.meaning
                actions.answer_word(actor, source, given.field, given.word, answer, meaning)
            else:
                actions.forget_answer(actor, source, given.field, given.word)
        messages.success(request, _("Onthouden voor de lijst “%(name)s”.") % {"name": source})

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin reading in, or begin again: after a crash, or when words were answered since."""
        run = self._run(request, pk)
        if run.state in STARTABLE or runs.has_stopped(run):
            try:
                file = runs.file_of(self.kind, run)
            except UnreadableFile as problem:
                messages.error(request, describe_problem(problem))
                return self._back(run)
            if self.kind.is_table(file):
                source = runs.source_of(self.kind, run)
                actions.remember_columns(Actor(request.user), source, run.mapping, run.sheet)
            run.state, run.language = ImportRun.State.QUEUED, get_language() or ""
            run.save(update_fields=["state", "language", "touched_at"])
            tasks.run_import.enqueue(run.pk)
        return self._back(run)

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw away a list that was not read in."""
        run = self._run(request, pk)
        if not run.is_open:
            raise Http404
        runs.discard(run)
        messages.success(request, _("De lijst “%(name)s” is weggegooid.") % {"name": run.name})
        return redirect(self.kind.address("imports"))

    # What came of it, to take along.

    def report(self, request: HttpRequest, pk: int) -> Any:
        """The whole report as CSV."""
        run = self._run(request, pk)
        if not run.report:
            raise Http404
        return FileResponse(
            run.report.open("rb"),
            as_attachment=True,
            filename=f"verslag-{run.pk}.csv",
            content_type="text/csv; charset=utf-8",
        )

    def mapping(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How the columns were read, to be used again with --map."""
        run = self._run(request, pk)
        toml = as_toml(run.mapping)
        response = HttpResponse(toml, content_type="application/toml; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="kolommen.toml"'
        return response

    # A source of lists.

    def source(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is known of the lists of a source: columns, words answered, and words not."""
        source = get_object_or_404(self._sources(request.user), pk=pk)
        is_columns = "columns" in request.POST
        words = WordsForm(
            request.POST if request.method == "POST" and not is_columns else None,
            asked=still_asked(source) + answered_words(source),
            kind=self.kind,
        )
        form = MappingForm(
            request.POST if is_columns else None,
            kind=self.kind,
            header=list(source.mapping),
            mapping=source.mapping,
        )
        if words.is_bound and words.is_valid():
            self._keep_answers(request, source, words)
            return redirect(self.kind.address("import_source"), pk=pk)
        if form.is_bound and form.is_valid():
            actions.remember_columns(Actor(request.user), source, form.mapping(), source.sheet)
            messages.success(request, _("Onthouden voor de lijst “%(name)s”.") % {"name": source})
            return redirect(self.kind.address("import_source"), pk=pk)
        status = 400 if words.errors or form.errors else 200
        context = {"kind": self.kind, "source": source, "form": form, "words": words}
        return render(request, "core/imports/source.html", context, status=status)
