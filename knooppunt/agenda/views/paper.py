"""The agenda on paper: sheets for a week or a month, the meals, and a poster."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def papers(request: HttpRequest) -> HttpResponse:
    """Which sheets there are."""
    raise NotImplementedError


def sheet(request: HttpRequest, sheet: str) -> HttpResponse:
    """One sheet as PDF."""
    raise NotImplementedError


def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A poster of one activity as PDF."""
    raise NotImplementedError
