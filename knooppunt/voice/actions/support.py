"""Signs points for organisations, each once, and counts residents who support them, each
browser once.
"""

from __future__ import annotations

import secrets
import time
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.core.web import page_cache
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.directory.models import Organisation
from knooppunt.directory.rules import represents
from knooppunt.voice.models import CoSignature, PaperSupport, Point, Support

BROWSER, TOKEN = "voice.browser", "voice.support"
MANY, SECONDS = 500, 3.0
_counts: dict[int, tuple[int, float]] = {}


def cosign(actor: Actor, point: Point, organisation: Organisation) -> CoSignature:
    """Sign a point for an organisation today.

    Raises ValidationError when it signed already or she does not represent it.
    """
    if not point.is_public:
        raise ValidationError(_("Dit punt is nog niet gedeeld."))
    if not represents(actor.user, organisation):
        raise ValidationError(
            _("Je vertegenwoordigt %(name)s vandaag niet.") % {"name": organisation.name}
        )
    return _sign(
        actor, point, organisation, {"signed_on": timezone.localdate(), "signed_by": actor.account}
    )


def sign_on_paper(
    actor: Actor, point: Point, organisation: Organisation, on: date, source: str
) -> CoSignature:
    """Write down a signature that stands on paper, and where that is."""
    refuse_future(on, "signed_on")
    if not source:
        raise ValidationError({"source": _("Waar staat de handtekening?")})
    if not point.is_public:
        raise ValidationError(_("Dit punt is nog niet gedeeld."))
    if point.signatures.filter(organisation=organisation, withdrawn_on__gt=on).exists():
        raise ValidationError({"signed_on": _("Op deze dag stond hun handtekening er al.")})
    return _sign(actor, point, organisation, {"signed_on": on, "source": source})


def _sign(
    actor: Actor, point: Point, organisation: Organisation, values: dict[str, Any]
) -> CoSignature:
    try:
        with transaction.atomic():
            row = CoSignature.objects.create(point=point, organisation=organisation, **values)
            trail.record(actor, "cosign", point, {"organisation": (None, organisation.name)})
    except IntegrityError as problem:
        raise ValidationError(
            _("%(name)s heeft dit punt al getekend, of je vertegenwoordigt haar niet meer.")
            % {"name": organisation.name}
        ) from problem
    return row


def withdraw(actor: Actor, signature: CoSignature) -> None:
    """Take a signature back; that it stood there until today stays."""
    with transaction.atomic():
        signature.withdrawn_on = timezone.localdate()
        signature.save(update_fields=["withdrawn_on"])
        trail.record(
            actor,
            "withdraw_signature",
            signature.point,
            {"organisation": (signature.organisation.name, None)},
        )


def new_browser() -> str:
    """A signed token by which one browser counts once; it says nothing about who sits behind it."""
    return make_token(secrets.token_urlsafe(12), BROWSER)


def is_browser(token: str) -> bool:
    """True for a token that this site gave to a browser."""
    return read_token(token, BROWSER, valid=None) is not None


def form_token(point: Point, browser: str) -> str:
    """A signed token for the button on one point's page in one browser."""
    return make_token([point.pk, browser], TOKEN)


def is_token_of(token: str, point: Point, browser: str) -> bool:
    """True for the token that this page gave to this browser."""
    return bool(browser) and is_browser(browser) and read_token(token, TOKEN) == [point.pk, browser]


def mark(point: Point, browser: str) -> str:
    """What is kept of a browser for one point: a keyed hash that cannot be tied to another
    point, nor back to the browser.
    """
    secret = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    number = read_token(browser, BROWSER, valid=None)
    return blake2b(f"{point.pk}:{number}".encode(), key=secret, digest_size=16).hexdigest()


def support(point: Point, browser: str) -> None:
    """Count a browser for a point; a second time changes nothing.

    It raises no stamp and leaves no line of its own in the trail: a whole neighbourhood may do this
    at once, and pages show the number at most a minute later. The daily round writes the number in
    the trail.
    """
    table, columns = Support._meta.db_table, ("point_id", "mark", "on")
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES (%s, %s, %s) ON "  # noqa: S608 - names of our own
        f"CONFLICT DO NOTHING"
    )
    with (
        connection.cursor() as cursor
    ):  # one question to the database, where bulk_create asks three
        cursor.execute(
            statement,
            [
                point.pk,
                mark(point, browser),
                connection.ops.adapt_datefield_value(timezone.localdate()),
            ],
        )


def unsupport(point: Point, browser: str) -> None:
    """Count a browser no more."""
    Support.objects.filter(point=point, mark=mark(point, browser)).delete()


def does_support(point: Point, browser: str) -> bool:
    """True when this browser was counted for this point."""
    return bool(browser) and Support.objects.filter(point=point, mark=mark(point, browser)).exists()


def add_paper(actor: Actor, point: Point, values: dict[str, Any]) -> PaperSupport:
    """Write down how many residents signed on paper, and where the lists are."""
    refuse_future(values["on"], "on")
    made: PaperSupport = save_with_audit(
        actor, PaperSupport(point=point, entered_by=actor.account), values
    )
    trail.record(actor, "paper_support", point, {"number": (None, made.number)})
    return made


def change_paper(actor: Actor, paper: PaperSupport, values: dict[str, Any]) -> None:
    """Correct how many residents signed on paper, on which day or where the lists are."""
    refuse_future(values["on"], "on")
    save_with_audit(actor, paper, values, "correct")


def change_signature(actor: Actor, signature: CoSignature, values: dict[str, Any]) -> None:
    """Correct the days of a signature on paper or where it is.

    Raises ValidationError for days that cannot be.
    """
    for name in ("signed_on", "withdrawn_on"):
        refuse_future(values.get(name), name)
    if values.get("withdrawn_on") and values["withdrawn_on"] < values["signed_on"]:
        raise ValidationError({"withdrawn_on": _("Deze dag ligt voor het tekenen.")})
    save_with_audit(actor, signature, values, "correct")


def refusal_of_signature(signature: CoSignature) -> str:
    """Why a signature is not corrected: whoever represents the organisation set it herself;
    empty for one on paper.
    """
    if signature.signed_by_id or not signature.source:
        return _("Deze handtekening is op de site gezet. Trek haar in als ze niet meer geldt.")
    return ""


def numbers(point: Point, day: date | None = None) -> dict[str, int]:
    """How many residents support a point by a day: on the site, on paper, and both together."""
    site = Support.objects.filter(point=point, on__lte=day).count() if day else _counted_now(point)
    paper = page_cache.remember(
        ("paper support", point.pk, day), lambda: _on_paper(point, day or timezone.localdate())
    )
    return {"site": site, "paper": paper, "total": site + paper}


def _on_paper(point: Point, day: date) -> int:
    return (
        PaperSupport.objects.filter(point=point, on__lte=day).aggregate(total=Sum("number"))[
            "total"
        ]
        or 0
    )


def _counted_now(point: Point) -> int:
    """How many browsers support a point; a number above MANY is counted again only after a few
    seconds.
    """
    number, at = _counts.get(point.pk, (0, 0.0))
    if number > MANY and time.monotonic() - at < SECONDS:
        return number
    number = Support.objects.filter(point=point).count()
    _counts[point.pk] = (number, time.monotonic())
    return number


def note_in_trail(day: date) -> RoundResult:
    """Write in the trail how many browsers support each point that got support on a day; gives
    for how many points.
    """
    points = list(Point.objects.filter(pk__in=Support.objects.filter(on=day).values("point")))

    def note(point: Point) -> None:
        trail.record(SYSTEM, "support", point, {"number": (None, numbers(point, day)["site"])})

    return for_each(gettext_noop("Steun voor een punt noteren"), points, note)
