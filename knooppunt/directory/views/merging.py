"""Put two records of the same organisation side by side, choose per field, and make them one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules
from knooppunt.directory.actions.merge import merge
from knooppunt.directory.models import Organisation

FIELDS = (
    "name",
    "kind",
    "role",
    "descriptions",
    "website",
    "areas",
    "themes",
    "languages",
    "target_groups",
    "since",
    "until",
    "source",
    "note",
)
MANY = ("areas", "themes")


@login_required
def compare(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Side by side: the left record stays, and takes over what is chosen on the right."""
    keep = get_object_or_404(Organisation.objects.exclude(state="merged"), slug=slug)
    drop = get_object_or_404(Organisation.objects.exclude(state="merged"), slug=other)
    if keep == drop or not rules.may_merge(request.user, keep, drop):
        raise Http404
    if request.method == "POST":
        chosen = {name: _value(drop, name) for name in FIELDS if request.POST.get(name) == "right"}
        chosen |= {
            name: _both(keep, drop, name) for name in FIELDS if request.POST.get(name) == "both"
        }
        merge(Actor(request.user), keep, drop, chosen)
        messages.success(
            request, _("Samengevoegd. Dit kan ongedaan worden gemaakt bij Geschiedenis.")
        )
        return redirect("directory:history", "organisaties", keep.slug)
    rows = [_row(keep, drop, name) for name in FIELDS]
    return render(
        request,
        "directory/desk/merge.html",
        {"keep": keep, "drop": drop, "rows": [row for row in rows if row]},
    )


def _value(record: Any, name: str) -> Any:
    found = getattr(record, name)
    return list(found.all()) if name in MANY else found


def _both(keep: Any, drop: Any, name: str) -> Any:
    """The values of both: all rows, or both lists joined."""
    return list(dict.fromkeys([*_value(keep, name), *_value(drop, name)]))


def _row(keep: Any, drop: Any, name: str) -> dict[str, Any] | None:
    """One line of the comparison; None where both say nothing."""
    field: Any = Organisation._meta.get_field(name)
    left, right = _value(keep, name), _value(drop, name)
    if not left and not right:
        return None
    return {
        "name": name,
        "label": field.verbose_name,
        "left": _shown(left),
        "right": _shown(right),
        "is_same": left == right,
        "can_join": isinstance(left, list),
        "choose_right": not left and bool(right),
    }


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{code}: {words}" for code, words in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
