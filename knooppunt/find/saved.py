"""A search that comes by mail once a week: asked for on a page, confirmed from the mail,
stopped with one tap.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.mail import outbox
from knooppunt.core.models import OutgoingMail
from knooppunt.core.web.context_processors import site_address
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.directory.models import Theme
from knooppunt.find.models import Document, SavedSearch
from knooppunt.find.searching import Hit, allowed, search, with_documents
from knooppunt.find.segments import index
from knooppunt.kit import geo

SALT, KIND, WEEKLY = "find.saved", "saved-search", "saved-weekly"
WEEK, UNCONFIRMED, MOST_A_DAY = 7, timedelta(days=7), 3
MOST_NEW, MOST_TO_DO = 20, 10


def ask(values: dict[str, Any]) -> None:
    """Keep what was asked and mail a link to confirm it; at most three such mails a day to one
    address.

    Raises ValidationError when there were three.
    """
    with transaction.atomic():
        outbox.lock()
        if outbox.number_sent(values["address"], KIND, timezone.localdate(), 1) >= MOST_A_DAY:
            raise ValidationError(
                _(
                    "Naar dit adres gingen vandaag al drie mails om te bevestigen. Kijk daar "
                    "eerst, of probeer het morgen."
                )
            )
        one = SavedSearch.objects.create(**values, language=translation.get_language() or "nl")
        link = site_address() + reverse("find:saved", args=[make_link(one)])
        context = {"link": link, "what": described(one)}
        outbox.enqueue(
            "find/mail/confirm",
            one.address,
            context,
            kind=KIND,
            key=f"saved:{one.pk}",
            about=one,
            is_counted=True,
        )


def confirm(one: SavedSearch) -> None:
    """She says it again, from her mail: from now on it comes every week."""
    if one.confirmed_on is None:
        one.confirmed_on = one.sent_on = timezone.localdate()
        one.save(update_fields=["confirmed_on", "sent_on"])
        trail.bump_generation()


def stop(one: SavedSearch) -> None:
    """Stop, and forget the address; what was still to be sent is thrown away."""
    with transaction.atomic():
        outbox.withdraw(one)
        one.delete()
        trail.bump_generation()


def mail_refused(row: OutgoingMail) -> bool:
    """There is no such address, so nothing need be kept for it.

    True when the mail was one of ours.
    """
    if row.kind not in (KIND, WEEKLY):
        return False
    SavedSearch.objects.filter(pk=row.about_id or 0).delete()
    return True


def make_link(one: SavedSearch) -> str:
    """A signed token for one saved search; it works for as long as that exists, as an
    unsubscribe link must.
    """
    return make_token(one.pk, SALT)


def open_link(token: str) -> SavedSearch | None:
    """The saved search of a token; None for a forged one, or one that was stopped."""
    return (
        SavedSearch.objects.select_related("area", "place")
        .filter(pk=read_token(token, SALT, valid=None))
        .first()
    )


def described(one: SavedSearch) -> str:
    """What it is about, in words."""
    names = {theme.slug: str(theme) for theme in Theme.objects.filter(slug__in=one.themes)}
    parts = [
        f"‘{one.words}’" if one.words else "",
        *(names[slug] for slug in one.themes if slug in names),
        one.area.name if one.area else "",
    ]
    if one.place:
        parts.append(
            _("binnen %(metres)s meter van %(place)s")
            % {"metres": one.metres, "place": one.place.name}
        )
    return ", ".join(part for part in parts if part) or _("alles")


def hits(one: SavedSearch) -> list[Hit]:
    """All that fits a saved search now."""
    where: dict[str, list[object]] = {}
    if one.area_id:
        where["wijk"] = [one.area_id]
    if one.themes:
        where["thema"] = list(one.themes)
    if one.words:
        found = search(one.words, where).hits
    else:
        now = index()
        found = [
            Hit(segment, int(place), 0.0)
            for segment in now.segments
            for place in allowed(now, segment, where).nonzero()[0]
        ]
    point = one.place.point if one.place else None
    return [hit for hit in found if point is None or _metres(hit, point) <= one.metres]


def _metres(hit: Hit, point: geo.Point) -> float:
    longitude, latitude = hit.segment.points[hit.place]
    return (
        geo.metres((float(longitude), float(latitude)), point)
        if longitude == longitude
        else float("inf")
    )


def send(today: date) -> RoundResult:
    """Write the mails that are due, of those that have something to tell; counts the mails."""
    due = SavedSearch.objects.select_related("area", "place").filter(
        confirmed_on__isnull=False, sent_on__lte=today - timedelta(days=WEEK)
    )
    return for_each(
        gettext_noop("De wekelijkse mail schrijven"),
        due,
        lambda one: _send_in_its_language(one, today),
        is_atomic=False,  # it searches first, and writes in a short transaction of its own
    )


def _send_in_its_language(one: SavedSearch, today: date) -> int:
    language = one.language if one.language in dict(settings.LANGUAGES) else "nl"
    with translation.override(language):
        context = _news(one)
        with transaction.atomic():
            # Only one round gets to say that it is sent.
            if not SavedSearch.objects.filter(pk=one.pk, sent_on=one.sent_on).update(sent_on=today):
                return 0
            return _send(one, context) if context else 0


def _news(one: SavedSearch) -> dict[str, Any] | None:
    """What there is to tell since the last mail; None when there is nothing."""
    found = with_documents(hits(one))
    new = [row.document for row in found if one.sent_on and row.document.first_on > one.sent_on][
        :MOST_NEW
    ]
    fresh = {document.pk for document in new}
    to_do = [
        row.document
        for row in found
        if row.document.type == "activity" and row.document.pk not in fresh
    ][:MOST_TO_DO]
    if not new and not to_do:
        return None
    return {
        "what": described(one),
        "new": _lines(new),
        "to_do": _lines(to_do),
        "link": site_address() + reverse("find:saved", args=[make_link(one)]),
    }


def _send(one: SavedSearch, context: dict[str, Any]) -> int:
    stop_link = site_address() + reverse("find:saved_stop", args=[make_link(one)])
    headers = {
        "List-Unsubscribe": f"<{stop_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return outbox.enqueue(
        "find/mail/weekly",
        one.address,
        context,
        kind=WEEKLY,
        key=f"weekly:{one.pk}:{one.sent_on}",
        about=one,
        headers=headers,
    )


def _lines(documents: list[Document]) -> list[tuple[str, str]]:
    return [(document.title, site_address() + document.address) for document in documents]


def forget_unconfirmed(today: date) -> int:
    """Forget addresses of which nobody said from the mail that it was hers; gives how many."""
    return SavedSearch.objects.filter(
        confirmed_on__isnull=True, asked_on__lt=today - UNCONFIRMED
    ).delete()[0]
