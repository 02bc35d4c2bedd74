"""Reading calendars from elsewhere: by a file, or every day from a web address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def feeds(request: HttpRequest) -> HttpResponse:
    """The calendars that are read."""
    raise NotImplementedError


def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a calendar no longer."""
    raise NotImplementedError


def read_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a calendar at once."""
    raise NotImplementedError


def upload(request: HttpRequest) -> HttpResponse:
    """Read in a file."""
    raise NotImplementedError
