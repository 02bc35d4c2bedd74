"""What the report adds to other pages: the latest on the front door, and a way in for editors."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.report import rules
from knooppunt.report.models import Edition


def of_home(request: HttpRequest, _record: object) -> dict[str, str] | None:
    """The latest report about everything, if there is one."""
    found = page_cache.remember("latest report", _latest)
    return {"address": found[0], "title": found[1]} if found else None


def _latest() -> tuple[str, str] | None:
    rows = Edition.objects.filter(report__area__isnull=True, report__network__isnull=True)
    row = (
        rows.order_by("-report__until", "-number")
        .values_list("report__slug", "content__title")
        .first()
    )
    return (reverse("report:report", args=[row[0]]), row[1]) if row else None


def of_desk(request: HttpRequest, _record: object) -> dict[str, str] | None:
    """The way in for who may write."""
    return {} if rules.may_write(request.user) else None


PANELS = (
    Panel("home", "report/parts/home.html", of_home),
    Panel("desk", "report/parts/desk.html", of_desk),
)
