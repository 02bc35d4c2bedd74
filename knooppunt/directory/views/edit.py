"""Change a record: its facts, hours, contacts, links and photo, and see or put back what was
changed before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.web import guards
from knooppunt.core.web.form_views import Question, add_errors, erase_when_sure, form_view
from knooppunt.core.web.signed_links import VALID
from knooppunt.directory import rules
from knooppunt.directory.actions import (
    care,
    closing,
    confirm,
    details,
    joining,
    links,
    points,
    records,
    revert,
)
from knooppunt.directory.changes import readable
from knooppunt.directory.forms.desk import (
    LinkForm,
    MembershipForm,
    PhotoForm,
    PlaceRoleForm,
    VolunteersForm,
)
from knooppunt.directory.forms.hours import ExceptionForm, HoursForm, written
from knooppunt.directory.forms.records import ContactForm, OrganisationForm, PlaceForm, initial
from knooppunt.directory.models import Membership, MembershipRequest, Organisation, Place, PlaceRole
from knooppunt.directory.recent_acts import strike
from knooppunt.kit.geocoding import NoAnswer
from knooppunt.kit.qr import qr_svg

MODELS: dict[str, Any] = {"organisaties": Organisation, "plekken": Place}


def get_visible_record(request: HttpRequest, what: str, slug: str) -> Any:
    """The record at an address of the desk, if the visitor may see it; else 404."""
    if what not in MODELS:
        raise Http404
    record = get_object_or_404(MODELS[what], slug=slug)
    if not rules.may_see(request.user, record):
        raise Http404
    return record


def get_visible_place(request: HttpRequest, what: str, slug: str) -> Any:
    """The place at an address of the desk; 404 for any other kind of record."""
    if what != "plekken":
        raise Http404
    return get_visible_record(request, what, slug)


def get_visible_organisation(request: HttpRequest, what: str, slug: str) -> Any:
    """The organisation at an address of the desk; 404 for any other kind of record."""
    if what != "organisaties":
        raise Http404
    return get_visible_record(request, what, slug)


record_editor_required = guards.editor_required(
    get_visible_record, rules.may_change, "what", "slug"
)
place_editor_required = guards.editor_required(get_visible_place, rules.may_change, "what", "slug")
organisation_editor_required = guards.editor_required(
    get_visible_organisation, rules.may_change, "what", "slug"
)


def edit_address(record: Any) -> tuple[str, str]:
    """The two parts of the address under which a record is changed."""
    return ("plekken" if isinstance(record, Place) else "organisaties", record.slug)


def close_address(record: Organisation, last_day: Any = None) -> str:
    """The page that asks what becomes of all that hangs below an organisation that stops."""
    address = reverse("directory:close", args=["organisaties", record.slug])
    return f"{address}?op={last_day.isoformat()}" if last_day else address


def back(record: Any) -> HttpResponse:
    """To the page where the record is changed."""
    return redirect("directory:edit", *edit_address(record))


@record_editor_required
def edit(request: HttpRequest, record: Any) -> HttpResponse:
    """The facts of a record in one form, and what hangs below it."""
    kind = PlaceForm if isinstance(record, Place) else OrganisationForm
    form = kind(request.POST or None, initial=initial(record))
    if "role" in form.fields and not rules.may_change_role(request.user):
        form.fields["role"].disabled = True
    if request.method == "POST" and form.is_valid():
        values = form.values(record)
        last_day = values["until"] if isinstance(record, Organisation) else None
        stops = last_day is not None and last_day != record.until
        if stops:  # what hangs below it is asked on a page of its own, which then writes the day
            del values["until"]
        changed = records.change(Actor(request.user), record, values)
        if stops:
            return redirect(close_address(record, last_day))
        messages.success(request, _("Bewaard.") if changed else _("Er was niets veranderd."))
        return redirect(record)
    context = {
        "record": record,
        "form": form,
        "what": edit_address(record)[0],
        "has_geocoder": bool(settings.GEOCODER),
        **_below(record, request.user),
    }
    return render(request, "directory/desk/edit.html", context, status=400 if form.errors else 200)


def _below(record: Any, user: Any) -> dict[str, Any]:
    """The smaller forms under the main one."""
    shared = {
        "contacts": record.contact_points.all(),
        "contact_form": ContactForm(auto_id="contact_%s"),
        "is_place": isinstance(record, Place),
    }
    if isinstance(record, Place):
        return shared | {
            "hours_form": HoursForm(
                auto_id="hours_%s", initial={"hours": written(record.hours.all())}
            ),
            "exception_form": ExceptionForm(auto_id="exception_%s"),
            "exceptions": record.exceptions.filter(until__gte=timezone.localdate()),
            "photo_form": PhotoForm(auto_id="photo_%s"),
            "roles": record.roles.select_related("organisation"),
        }
    return shared | {
        "membership_form": MembershipForm(auto_id="membership_%s"),
        "memberships": record.memberships.select_related("network"),
        "asked": record.membership_requests.exclude(state="accepted").select_related("network"),
        "role_form": PlaceRoleForm(auto_id="role_%s"),
        "roles": record.place_roles.select_related("place"),
        "volunteers_form": VolunteersForm(
            auto_id="volunteers_%s", initial={"on": timezone.localdate()}
        ),
        "statements": record.volunteer_statements.all()[:5],
        "may_appoint": rules.may_appoint_host(user, record),
        "hosts": record.representations.as_of(timezone.localdate()).select_related("user"),
        "identifiers": record.identifiers.all(),
    }


def _act(
    request: HttpRequest, record: Any, form: Any, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Check one of the smaller forms and act on it; a form with something wrong comes back on a
    page of its own.
    """
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, _("Bewaard."))
            return back(record)
    title = _("%(name)s wijzigen") % {"name": record.name}
    lead = _("Nog niet bewaard: kijk bij de rode velden. Wat je typte, staat er nog.")
    question = Question(title, lead, back=reverse("directory:edit", args=edit_address(record)))
    return render(request, "core/ask.html", {"form": form, "question": question}, status=400)


@require_POST
@place_editor_required
def find_point(request: HttpRequest, record: Any) -> HttpResponse:
    """Ask the address service where the address of a place is."""
    if not settings.GEOCODER or not isinstance(record, Place) or not record.street:
        raise Http404
    try:
        spot = points.find_point(Actor(request.user), record)
        if spot:
            messages.success(
                request,
                _(
                    "Gevonden: %(label)s. Klopt dat niet, wijzig dan het adres of vul het punt "
                    "zelf in."
                )
                % {"label": spot.label},
            )
        else:
            messages.error(
                request,
                _("Dit adres is niet gevonden. Kijk of straat, nummer en postcode kloppen."),
            )
    except NoAnswer:
        messages.error(
            request,
            _("De adressendienst antwoordt nu niet. Probeer het later, of vul het punt zelf in."),
        )
    return back(record)


@require_POST
@place_editor_required
def set_hours(request: HttpRequest, record: Any) -> HttpResponse:
    """Set the door hours of a place."""
    return _act(
        request,
        record,
        HoursForm(request.POST),
        lambda got: details.set_hours(Actor(request.user), record, got["hours"]),
    )


@require_POST
@place_editor_required
def add_exception(request: HttpRequest, record: Any) -> HttpResponse:
    """Say on which days the door hours do not hold."""
    return _act(
        request,
        record,
        ExceptionForm(request.POST),
        lambda got: details.add_exception(Actor(request.user), record, **got),
    )


@require_POST
@place_editor_required
def remove_exception(request: HttpRequest, record: Any, pk: int) -> HttpResponse:
    """Take such days away again; they are erased, so it asks once more."""
    row = get_object_or_404(record.exceptions, pk=pk)
    days = f"{date_format(row.since, 'j F Y')} – {date_format(row.until, 'j F Y')}"
    return erase_when_sure(
        request,
        lambda: details.remove_exception(Actor(request.user), row),
        _("Deze dagen weghalen?"),
        [days, row.reason],
        reverse("directory:edit", args=edit_address(record)),
    )


@require_POST
@place_editor_required
def set_photo(request: HttpRequest, record: Any) -> HttpResponse:
    """Give a place a photo."""
    form = PhotoForm(request.POST, request.FILES)
    return _act(
        request,
        record,
        form,
        lambda got: details.set_photo(
            Actor(request.user), record, got["photo"].read(), got["alt"], got["credit"]
        ),
    )


def _contacts(record: Any) -> list[tuple[str, str, str, str]]:
    return list(record.contact_points.values_list("type", "value", "label", "visibility"))


@require_POST
@record_editor_required
def add_contact(request: HttpRequest, record: Any) -> HttpResponse:
    """Add a contact point."""

    def act(got: dict[str, Any]) -> None:
        rest = [row for row in _contacts(record) if row[:2] != (got["type"], got["value"])]
        details.set_contacts(
            Actor(request.user),
            record,
            [*rest, (got["type"], got["value"], got["label"], got["visibility"])],
        )

    return _act(request, record, ContactForm(request.POST), act)


@require_POST
@record_editor_required
def remove_contact(request: HttpRequest, record: Any, pk: int) -> HttpResponse:
    """Take a contact point away; it is erased, so it asks once more."""
    gone = get_object_or_404(record.contact_points, pk=pk)
    rest = [row for row in _contacts(record) if row[:2] != (gone.type, gone.value)]
    return erase_when_sure(
        request,
        lambda: details.set_contacts(Actor(request.user), record, rest),
        _("Dit contact wissen?"),
        [f"{gone.get_type_display()}: {gone.value}"],
        reverse("directory:edit", args=edit_address(record)),
    )


@require_POST
@organisation_editor_required
def add_membership(request: HttpRequest, record: Any) -> HttpResponse:
    """Join a network, or ask it to."""

    def act(got: dict[str, Any]) -> None:
        joined = joining.join_or_ask(
            Actor(request.user),
            record,
            got["network"],
            role=got["role"],
            since=got["since"],
            until=got["until"],
        )
        if isinstance(joined, MembershipRequest):
            messages.info(
                request,
                _("Gevraagd aan %(network)s. Jullie zijn lid zodra het netwerk ja zegt.")
                % {"network": joined.network},
            )

    return _act(request, record, MembershipForm(request.POST), act)


@require_POST
@organisation_editor_required
def add_role(request: HttpRequest, record: Any) -> HttpResponse:
    """Say what an organisation does at a place; she must keep the place too, or it would take
    over somebody's door.
    """
    form = PlaceRoleForm(request.POST)

    def act(got: dict[str, Any]) -> None:
        if got["role"] != "uses" and not rules.may_change(request.user, got["place"]):
            trail.record_denied(Actor(request.user), "assign", got["place"])
            raise ValidationError(
                _("Je mag deze plek niet wijzigen; vraag het aan wie hem beheert.")
            )
        links.assign_place(
            Actor(request.user),
            record,
            got["place"],
            role=got["role"],
            since=got["since"],
            until=got["until"],
        )

    return _act(request, record, form, act)


@require_POST
@record_editor_required
def end_link(request: HttpRequest, record: Any, kind: str, pk: int) -> HttpResponse:
    """End a membership or a role at a place today."""
    model: Any = {"lid": Membership, "plek": PlaceRole}.get(kind)
    if model is None or isinstance(record, Place):
        raise Http404
    links.end_link(
        Actor(request.user),
        get_object_or_404(model, pk=pk, organisation=record),
        timezone.localdate(),
    )
    messages.success(request, _("Beëindigd met ingang van vandaag."))
    return back(record)


@record_editor_required
def change_link(request: HttpRequest, record: Any, kind: str, pk: int) -> HttpResponse:
    """Correct the role and the days of a membership or of a role at a place."""
    models: dict[str, Any] = {"lid": Membership, "plek": PlaceRole}
    if kind not in models or isinstance(record, Place):
        raise Http404
    link = get_object_or_404(models[kind], pk=pk, organisation=record)
    form = LinkForm(request.POST or None, link=link)
    other = link.place if kind == "plek" else link.network
    question = Question(
        _("%(name)s bij %(other)s") % {"name": record.name, "other": other.name},
        _("Verbeter de rol of de datums. Laat een datum leeg als hij onbekend is of nog loopt."),
        back=reverse("directory:edit", args=edit_address(record)),
    )
    return form_view(
        request,
        form,
        lambda values: links.change_link(Actor(request.user), link, **values),
        question,
    )


@require_POST
@organisation_editor_required
def state_volunteers(request: HttpRequest, record: Any) -> HttpResponse:
    """Write down how many volunteers there are."""
    if isinstance(record, Place):
        raise Http404
    return _act(
        request,
        record,
        VolunteersForm(request.POST),
        lambda got: details.state_volunteers(
            Actor(request.user), record, got["number"], got["on"], got["source"]
        ),
    )


@require_POST
@record_editor_required
def confirm_now(request: HttpRequest, record: Any) -> HttpResponse:
    """Confirm a record after a call or a visit, or because one knows."""
    via = request.POST.get("via", "web")
    line = confirm.confirm(Actor(request.user), record, via if via in ("phone", "visit") else "web")
    in_list = strike(request, line, _("%(name)s: gebeld, het klopt") % {"name": record.name})
    if in_list:
        return in_list
    messages.success(request, _("Bevestigd: dit klopt vandaag."))
    return redirect(record)


@require_POST
@record_editor_required
def set_state(request: HttpRequest, record: Any) -> HttpResponse:
    """Take a record out of the register, or put it back."""
    state = request.POST.get("state", "")
    if state not in ("public", "draft", "archived"):
        raise Http404
    if state == "archived" and isinstance(record, Organisation) and _must_close(record):
        messages.info(
            request,
            _(
                "Hier hoort nog iets bij. Zeg eerst wat daarmee gebeurt; haal het daarna uit het "
                "register."
            ),
        )
        return redirect(close_address(record))
    care.set_state(Actor(request.user), record, state)
    messages.success(request, _("Bewaard."))
    return back(record)


def _must_close(record: Organisation) -> bool:
    """True for an organisation that goes on and has something below it."""
    today = timezone.localdate()
    return (record.until is None or record.until > today) and closing.has_work_below(record, today)


def confirm_address(request: HttpRequest, record: Any) -> str:
    """The whole address of a fresh signed link to confirm or correct a record."""
    return request.build_absolute_uri(
        reverse("directory:confirm", args=[confirm.make_link(record)])
    )


@record_editor_required
def paper_link(request: HttpRequest, record: Any) -> HttpResponse:
    """The signed link of a record, as an address to send and as a QR code for a paper list."""
    address = confirm_address(request, record)
    context = {"record": record, "address": address, "qr": qr_svg(address), "days": VALID.days}
    return render(request, "directory/desk/link.html", context)


@record_editor_required
def history(request: HttpRequest, record: Any) -> HttpResponse:
    """The trail of a record, in words."""
    lines = [(line, readable(line), revert.can_revert(line)) for line in trail.of(record)[:200]]
    return render(
        request,
        "directory/desk/history.html",
        {"record": record, "lines": lines, "what": edit_address(record)[0]},
    )


@require_POST
@record_editor_required
def put_back(request: HttpRequest, record: Any, pk: int) -> HttpResponse:
    """Put a record back to what it was before a line of its trail."""
    line = get_object_or_404(
        TrailEntry, pk=pk, target_type=trail.label_of(record), target_id=record.pk
    )
    try:
        revert.revert(Actor(request.user), line)
        messages.success(request, _("Teruggezet."))
    except revert.CannotRevert:
        messages.error(request, _("Deze wijziging kan niet worden teruggezet."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("directory:history", *edit_address(record))
