"""What a coordinator does: read in lists, and say who keeps what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.asking import confirm_erasing, is_sure
from knooppunt.core.models import ImportRun
from knooppunt.core.trail import Actor
from knooppunt.directory import rules, tasks
from knooppunt.directory.actions import stewards
from knooppunt.directory.forms.desk import HostForm, MappingForm, UploadForm, WeaverForm
from knooppunt.directory.guarding import only
from knooppunt.directory.importing import desk
from knooppunt.directory.importing.codes import message
from knooppunt.directory.importing.columns import as_toml
from knooppunt.directory.models import Organisation, Representation, Weaving
from knooppunt.kit.tables import UnreadableFile
from knooppunt.people import actions as people
from knooppunt.people.models import User

coordinates = only(rules.may_coordinate)


@coordinates
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a list, and see the earlier ones."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = desk.receive(request.user, form.cleaned_data["file"])
            return redirect("directory:import", pk=run.pk)
        except UnreadableFile as problem:
            form.add_error("file", message("unreadable_file", value=problem))
    runs = ImportRun.objects.filter(kind="directory")[:30]
    return render(
        request,
        "directory/desk/imports.html",
        {"form": form, "runs": runs},
        status=400 if form.errors else 200,
    )


@coordinates
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: how its columns are read, what would happen, how far it is, or what came of it."""
    run = get_object_or_404(ImportRun, pk=pk, kind="directory")
    context: dict[str, Any] = {"run": run, "has_stopped": desk.has_stopped(run)}
    if run.state == ImportRun.State.UPLOADED:
        columns, report, rows = desk.look_through(run)
        form = MappingForm(request.POST or None, header=columns.header, mapping=columns.by_name)
        context |= {"columns": columns, "report": report, "form": form, "rows": rows, "previewed": desk.PREVIEWED,
                    "has_name": "name" in columns.fields, "examples": _examples(columns.header, rows)}  # fmt: skip
        if request.method == "POST" and form.is_valid():
            run.mapping = form.mapping()
            run.save(update_fields=["mapping", "touched_at"])
            return redirect("directory:import", pk=pk)
    return render(request, "directory/desk/import.html", context)


def _examples(header: list[str], rows: list[list[str]]) -> list[str]:
    """For each column the first cell that has something in it."""
    return [
        next((row[number][:80] for row in rows if number < len(row) and row[number]), "")
        for number in range(len(header))
    ]


@require_POST
@coordinates
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin reading in, or begin again after a crash."""
    run = get_object_or_404(ImportRun, pk=pk, kind="directory")
    if run.state == ImportRun.State.UPLOADED or desk.has_stopped(run):
        run.state, run.language = ImportRun.State.QUEUED, get_language() or ""
        run.save(update_fields=["state", "language", "touched_at"])
        tasks.run_import.enqueue(run.pk)
    return redirect("directory:import", pk=pk)


@coordinates
def import_report(request: HttpRequest, pk: int) -> Any:
    """The whole report as CSV."""
    run = get_object_or_404(ImportRun, pk=pk, kind="directory")
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
    run = get_object_or_404(ImportRun, pk=pk, kind="directory")
    response = HttpResponse(as_toml(run.mapping), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kolommen.toml"'
    return response


@coordinates
def keepers(request: HttpRequest) -> HttpResponse:
    """Who coordinates, weaves and represents; and name a new one."""
    form = WeaverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            stewards.appoint_weaver(Actor(request.user), **form.cleaned_data)
            messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
            return redirect("directory:people")
        except ValidationError as problem:
            form.add_error(None, problem)
    today = timezone.localdate()
    context = {
        "form": form,
        "coordinators": User.objects.filter(is_coordinator=True),
        "weavings": Weaving.objects.as_of(today).select_related("user", "network", "area"),
        "representations": Representation.objects.as_of(today).select_related(
            "user", "organisation"
        )[:300],
        "others": User.objects.filter(is_coordinator=False)[:300],
    }
    return render(
        request, "directory/desk/people.html", context, status=400 if form.errors else 200
    )


@require_POST
@coordinates
def end_weaving(request: HttpRequest, pk: int) -> HttpResponse:
    """End a weaver's task today."""
    stewards.end_today(Actor(request.user), get_object_or_404(Weaving, pk=pk))
    return redirect("directory:people")


@require_POST
@coordinates
def make_coordinator(request: HttpRequest) -> HttpResponse:
    """Give an address the coordinator's rights."""
    try:
        people.make_coordinator(Actor(request.user), request.POST.get("email", "")[:254])
        messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:people")


@require_POST
@coordinates
def end_coordinator(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the coordinator's rights away; the account stays."""
    try:
        people.end_coordinator(
            Actor(request.user), get_object_or_404(User, pk=pk, is_coordinator=True)
        )
        messages.success(request, _("Bewaard."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:people")


def _goes_with(user: User) -> list[str]:
    """What is erased with an account, in words."""
    today = timezone.localdate()
    represented = user.representations.as_of(today).select_related("organisation")
    woven = user.weavings.as_of(today).select_related("network", "area")
    return [
        f"{user.name} {user.email}".strip(),
        *(_("Vertegenwoordigt %(name)s") % {"name": row.organisation} for row in represented),
        *(_("Netwerkregisseur van %(name)s") % {"name": row.network or row.area} for row in woven),
        _("De tweede sleutel, en de naam bij alles wat dit account wijzigde"),
    ]


@require_POST
@coordinates
def erase_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account and erase name and address everywhere; asks once more."""
    user = get_object_or_404(User, pk=pk)
    if not is_sure(request):
        return confirm_erasing(
            request, _("Dit account wissen?"), _goes_with(user), reverse("directory:people")
        )
    try:
        people.erase(Actor(request.user), user)
        messages.success(request, _("Het account is gewist."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:people")


@require_POST
@login_required
def appoint_host(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who represents an organisation."""
    one = get_object_or_404(Organisation, slug=slug)
    if not rules.may_appoint_host(request.user, one):
        raise Http404
    form = HostForm(request.POST)
    try:
        form.full_clean()
        stewards.appoint_host(Actor(request.user), form.cleaned_data.get("email", ""), one)
        messages.success(request, _("Toegevoegd. Inloggen kan met dit e-mailadres."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:edit", "organisaties", slug)


@require_POST
@login_required
def end_representation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a representation as of yesterday, so that it no longer counts today."""
    row = get_object_or_404(Representation.objects.select_related("organisation"), pk=pk)
    if not rules.may_appoint_host(request.user, row.organisation):
        raise Http404
    stewards.end_today(Actor(request.user), row)
    return redirect("directory:edit", "organisaties", row.organisation.slug)
