"""What the house does for itself: once a day forget what was kept long enough; in between count
what is dear.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from knooppunt.core.background import stored_results
from knooppunt.core.background.rounds import RoundResult, for_each, run_steps
from knooppunt.core.database import query_statistics
from knooppunt.core.imports import runs
from knooppunt.core.mail import delivery, outbox
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.registry import modules
from knooppunt.core.web import rate_limits

KEEP_IMPORTS = timedelta(days=90)


@task()
def run_import(pk: int) -> None:
    """Read in a list that somebody uploaded; nothing when the part that reads such lists is off
    or the list is gone.
    """
    run = ImportRun.objects.select_related("started_by", "source").filter(pk=pk).first()
    kind = next((kind for kind in modules.gathered("lists") if run and kind.name == run.kind), None)
    if run and kind:
        runs.read_in(kind, run)


def forget_imports() -> RoundResult:
    """Erase spreadsheets that were read in long ago, with their reports."""
    old = ImportRun.objects.filter(created_at__lt=timezone.now() - KEEP_IMPORTS)
    return for_each(gettext_noop("Oude lijsten wissen"), list(old), runs.discard, due=old)


def forget_asked_words() -> int:
    """Erase what was not understood in lists that nobody read for long; gives of how many
    sources.
    """
    long_ago = timezone.now() - KEEP_IMPORTS
    unread = ImportSource.objects.filter(Q(read_at__lt=long_ago) | Q(read_at=None, runs=None))
    rows = ImportSource.objects.filter(pk__in=unread.values("pk")).exclude(asked=[])
    return rows.update(asked=[])


def _forget_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def poll() -> None:
    """What the worker does every few seconds."""
    query_statistics.refresh_when_due()
    stored_results.poll()


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("mail marks forgotten", lambda: outbox.forget_old(today)),
        ("undelivered mails erased", delivery.forget_old),
        ("imports forgotten", forget_imports),
        ("words of lists forgotten", forget_asked_words),
        ("sessions forgotten", _forget_sessions),
        ("visitors' marks forgotten", rate_limits.forget),
    )
