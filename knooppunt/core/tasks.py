"""What the house does once a day for itself: forget what was kept long enough."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from knooppunt.core import delivery, limits, mail
from knooppunt.core.models import ImportRun

KEEP_IMPORTS = timedelta(days=90)


def forget_imports() -> int:
    """Erase spreadsheets that were read in long ago, with their reports; gives how many."""
    old = ImportRun.objects.filter(created_at__lt=timezone.now() - KEEP_IMPORTS)
    for run in old:
        run.file.delete(save=False)
        if run.report:
            run.report.delete(save=False)
    return old.delete()[0]


def daily() -> str:
    """The round; says what it did."""
    mails = mail.forget_old(timezone.localdate()) + delivery.forget_old()
    imports = forget_imports()
    sessions = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    limits.forget()
    return f"{mails} mail marks, {imports} imports, {sessions} sessions forgotten"
