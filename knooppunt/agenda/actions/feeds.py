"""Reads calendars from elsewhere every day: what changed there changes here, and one that keeps
failing stops itself.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.models import Activity, Feed
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.fetching import Network, NotFetched, fetch
from knooppunt.kit.findings import Report
from knooppunt.kit.tables import UnreadableFile

MOST_FAILURES = 5
BY_IMPORT = Actor(None, "import")
PROBLEMS = {
    "bad_address": _("Dit adres kan niet worden gelezen."),
    "not_https": _("Het adres moet met https:// beginnen."),
    "private_address": _("Dit adres ligt in een besloten netwerk en wordt niet gelezen."),
    "no_answer": _("Er kwam geen antwoord."),
    "time_limit": _("Het antwoord duurde te lang."),
    "file_too_large": _("De kalender is te groot."),
    "too_many_redirects": _("Het adres verwijst te vaak door."),
    "http_status": _("De site gaf een foutmelding (%(detail)s)."),
    "not_a_calendar": _("Op dit adres staat geen kalender."),
}


class AlreadyRead(ValueError):
    """Another organisation looks after this calendar already."""


def subscribe(
    actor: Actor, url: str, name: str, organisation: Organisation | None, place: Place | None
) -> Feed:
    """Begin to read a calendar; one that was stopped begins again.

    Raises AlreadyRead when it is somebody else's.
    """
    others = Feed.objects.filter(
        url=url.replace("webcal://", "https://", 1), state=Feed.State.ACTIVE
    )
    if others.exclude(organisation=organisation).exists():
        raise AlreadyRead
    with transaction.atomic():
        feed, is_new = Feed.objects.update_or_create(
            url=url.replace("webcal://", "https://", 1),
            defaults={
                "name": name[:200],
                "organisation": organisation,
                "place": place,
                "added_by": actor.account,
                "state": Feed.State.ACTIVE,
                "failures": 0,
                "problem": "",
            },
        )
        trail.record(actor, "subscribe" if is_new else "resubscribe", feed, url=feed.url)
    return feed


def stop(actor: Actor, feed: Feed) -> None:
    """Read a calendar no longer; what came from it stays, and belongs to the agenda from now on."""
    with transaction.atomic():
        feed.state, feed.problem = Feed.State.STOPPED, ""
        feed.save(update_fields=["state", "problem"])
        # From now on people keep it up here, and they have just looked at it.
        own = Activity.objects.filter(feed=feed)
        own.update(
            feed=None, confirmed_on=timezone.localdate(), confirmed_via="web", missing_since=None
        )
        trail.record(actor, "unsubscribe", feed, url=feed.url)


def hand_over(actor: Actor, feed: Feed, successor: Organisation) -> None:
    """Let a calendar belong to another organisation; what is read from now on is organised by
    that one.
    """
    with transaction.atomic():
        before, feed.organisation = feed.organisation, successor
        feed.save(update_fields=["organisation"])
        trail.record(actor, "hand_over", feed, {"organisation": (before, successor)})


def read(feed: Feed, network: Network | None = None) -> Report:
    """Read one calendar now.

    A failure is written down and counted; nothing that was there is taken away.
    """
    report = Report()
    try:
        found = fetch(feed.url, feed.etag, feed.last_modified, network=network)
        if not found.is_same:
            job = Job(
                BY_IMPORT,
                may_change=lambda one: _is_of(feed, one),
                data=found.body,
                organiser=feed.organisation,
                place=feed.place,
                feed=feed,
                name=feed.url,
            )
            job.run(report)
            # A calendar that breaks off says nothing about what comes after.
            if found.body.rstrip().upper().endswith(b"END:VCALENDAR"):
                _missing(feed, job)
            feed.refused = [
                [one.record[:255], one.code] for one in report.first if one.outcome == "error"
            ][:50]
        feed.etag, feed.last_modified, feed.failures, feed.problem = (
            found.etag,
            found.last_modified,
            0,
            "",
        )
    except (NotFetched, UnreadableFile) as problem:
        _fail(feed, problem.code, problem.detail)
    feed.read_at = timezone.now()
    feed.save()
    return report


def _is_of(feed: Feed, activity: Activity) -> bool:
    """True if a calendar may change an activity: its own, or one of the organisation whose
    calendar it is.
    """
    if activity.feed_id == feed.pk or feed.organisation is None:
        return activity.feed_id == feed.pk or feed.added_by is None or feed.added_by.is_coordinator
    return activity.organisers.filter(organisation=feed.organisation).exists()


def _missing(feed: Feed, job: Job) -> None:
    """Note what is no longer in the calendar; it stays until somebody says that it has stopped."""
    gone = (
        Activity.objects.filter(feed=feed, missing_since__isnull=True)
        .exclude(pk__in=job.seen)
        .exclude(uid__in=job.refused)
    )
    gone.update(missing_since=timezone.localdate())


def _fail(feed: Feed, code: str, detail: str) -> None:
    feed.failures += 1
    feed.problem = (str(PROBLEMS.get(code, PROBLEMS["no_answer"])) % {"detail": detail})[:300]
    if feed.failures >= MOST_FAILURES:
        feed.state = Feed.State.STOPPED
        trail.record(BY_IMPORT, "feed_stopped", feed, code=code)


def read_all() -> RoundResult:
    """The daily reading; a calendar that did not answer says so itself, and is not counted."""
    rows = Feed.objects.filter(state=Feed.State.ACTIVE)
    return for_each(gettext_noop("Een agenda van buiten lezen"), rows, _read_daily, is_atomic=False)


def _read_daily(feed: Feed) -> bool:
    try:
        read(feed)
    except Exception as problem:  # nobody foresaw this calendar; who keeps it sees that it failed
        _fail(feed, "no_answer", type(problem).__name__)
        feed.save()
        raise
    return not feed.problem
