"""Whether the site can do its work now: its database, its disk, and the worker beside it; for a
watchman program.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from knooppunt.core.background import heartbeat

LONGEST_SILENCE = 60  # seconds
LEAST_SPACE = 10 * 1024 * 1024  # bytes
ADDRESS = "/gezond/"

Next = Callable[[HttpRequest], HttpResponse]


def problem() -> str:
    """What is wrong, in one sentence; empty when all is well."""
    return _disk_problem() or _database_problem()


def _disk_problem() -> str:
    try:
        free = shutil.disk_usage(settings.DATA).free
        if free < LEAST_SPACE:
            return _("De schijf is vol: er is nog %(number)s MB vrij.") % {
                "number": free // 1024**2
            }
        with tempfile.TemporaryFile(dir=settings.DATA, buffering=0) as file:
            file.write(b"x" * 4096)
    except OSError as error:
        return _("In de map met gegevens kan niet worden geschreven: %(why)s.") % {
            "why": error.strerror
        }
    return ""


def _database_problem() -> str:
    try:
        silent = heartbeat.seconds_silent()
    except DatabaseError:
        connection.close()
        return _("De database antwoordt niet.")
    if not settings.HAS_WORKER:
        return ""
    if silent is None:
        return _("Het werk op de achtergrond is nooit begonnen.")
    if silent > LONGEST_SILENCE:
        return _("Het werk op de achtergrond ligt al %(number)s seconden stil.") % {
            "number": silent
        }
    return ""


def answer(request: HttpRequest) -> HttpResponse:
    """200 and ``ok``, or 503 and the reason."""
    reason = problem()
    return HttpResponse(
        f"{reason or 'ok'}\n",
        status=503 if reason else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def middleware(get_response: Next) -> Next:
    """Answer the watchman before anything else asks the database, for that may be what is wrong."""

    def respond(request: HttpRequest) -> HttpResponse:
        return answer(request) if request.path_info == ADDRESS else get_response(request)

    return respond
