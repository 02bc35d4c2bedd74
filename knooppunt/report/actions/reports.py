"""Makes a report, changes what editors may change, offers it, and lets a second person publish
it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.audit.saving import delete_with_audit, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.figures import begins
from knooppunt.directory.models import Area, Organisation
from knooppunt.kit.periods import Period
from knooppunt.report.drafting import draft
from knooppunt.report.freezing import freeze
from knooppunt.report.models import ChapterChoice, Edition, Passage, Placement, Report, Story


def refuse_period(period: Period, today: date | None = None) -> None:
    """Raise ValidationError, in words, for a period that has not begun or of which nothing is
    known.
    """
    if period.since > (today or timezone.localdate()):
        raise ValidationError({"until": _("Deze periode moet nog beginnen.")})
    first = begins()
    if first is None or period.until < first:
        raise ValidationError(
            {
                "since": _(
                    "Over deze periode is niets bekend: het register begint op %(day)s. Kies een "
                    "tijd die daarna eindigt."
                )
                % {"day": date_format(first, "j F Y")}
                if first
                else _(
                    "Er staat nog niets in het register. Zet er eerst een netwerk, plek of "
                    "organisatie in, of lees een lijst in; daarna is er iets te tellen."
                )
            }
        )


def address_of(period: Period, area: Area | None, network: Organisation | None) -> str:
    """The last part of the address of a report."""
    about = f"-wijk-{area.slug}" if area else f"-netwerk-{network.slug}" if network else ""
    return f"{period.key}{about}"[:120]


def blank(
    period: Period, area: Area | None = None, network: Organisation | None = None, lang: str = ""
) -> Report:
    """A report that is not kept, to look at or to write away; in the language of this moment
    unless another is given.
    """
    lang = lang or get_language() or settings.LANGUAGE_CODE
    return Report(
        slug=address_of(period, area, network),
        since=period.since,
        until=period.until,
        area=area,
        network=network,
        lang=lang,
    )


def begin(
    actor: Actor,
    period: Period,
    area: Area | None = None,
    network: Organisation | None = None,
    lang: str = "",
) -> Report:
    """Begin a report.

    Raises ValidationError for a period that cannot be told about, or a report that is there
    already.
    """
    refuse_period(period)
    one = blank(period, area, network, lang)
    if Report.objects.filter(slug=one.slug).exists():
        raise ValidationError(_("Dit bericht is er al. Werk daarin verder."))
    one.written_by = actor.account
    made: Report = save_with_audit(actor, one, {"slug": one.slug})
    return made


def _changing(actor: Actor, report: Report) -> Report:
    """The report, ready to be changed: what was offered must be offered again, what is
    published needs a reason first.
    """
    locked = Report.objects.select_for_update().get(pk=report.pk)
    if locked.editions.exists() and not locked.is_correcting:
        raise ValidationError(_("Dit bericht is gepubliceerd. Begin eerst een verbetering."))
    if locked.is_offered:
        save_with_audit(actor, locked, {"offered_at": None, "offered_by": None})
    return locked


def take_offers_back(actor: Actor, reports: QuerySet[Report]) -> None:
    """What stands in these reports changed: those that were offered must be offered again."""
    for row in reports.filter(offered_at__isnull=False).distinct():
        save_with_audit(actor, row, {"offered_at": None, "offered_by": None})


def discard(actor: Actor, report: Report) -> None:
    """Throw a report away that was never published, with its texts; or stop a correction, so
    that what was published stands.
    """
    with transaction.atomic():
        locked = _changing(actor, report)
        if locked.editions.exists():
            save_with_audit(actor, locked, {"is_correcting": False, "note": ""}, "stop_correcting")
        else:
            delete_with_audit(actor, locked)


def save_text(actor: Actor, report: Report, key: str, text: str, seen: str | None = None) -> None:
    """Keep what an editor wrote in place of a first draft; without words the first draft comes
    back.

    ``seen`` is what stood there when she began. Raises ValidationError when somebody else wrote
    something else meanwhile.
    """
    with transaction.atomic():
        locked = _changing(actor, report)
        old = Passage.objects.filter(report=locked, key=key).first()
        there = old.text if old else ""
        if seen is not None and there.strip() != seen.strip():
            raise ValidationError(
                _(
                    "Iemand anders schreef hier net ook. Dit staat er nu: “%(text)s” Jouw tekst "
                    "staat hieronder. Bewaar je nog een keer, dan vervangt jouw tekst die van de "
                    "ander."
                )
                % {"text": there}
            )
        if text:
            save_with_audit(actor, old or Passage(report=locked, key=key), {"text": text})
        elif old:
            delete_with_audit(actor, old)


def save_title(actor: Actor, report: Report, title: str) -> None:
    """Call the report otherwise; without words it has its own name."""
    with transaction.atomic():
        save_with_audit(actor, _changing(actor, report), {"title": title})


def choose_chapters(actor: Actor, report: Report, chosen: dict[str, tuple[int, bool]]) -> None:
    """Which chapters stand in it and in which order: by key the place and whether it is shown."""
    with transaction.atomic():
        locked = _changing(actor, report)
        for key, (order, is_shown) in chosen.items():
            row = ChapterChoice.objects.filter(report=locked, key=key).first() or ChapterChoice(
                report=locked, key=key
            )
            save_with_audit(actor, row, {"order": order, "is_shown": is_shown})


def place_story(actor: Actor, report: Report, story: Story, chapter: str) -> Placement:
    """Let a story stand with a chapter. Raises ValidationError for one that may not be told."""
    if not Story.objects.tellable(timezone.localdate()).filter(pk=story.pk).exists():
        raise ValidationError(
            _(
                "Dit verhaal mag niet worden verteld: het is niet opgenomen, ingetrokken, of de "
                "toestemming is voorbij."
            )
        )
    with transaction.atomic():
        locked = _changing(actor, report)
        row = Placement.objects.filter(report=locked, story=story).first() or Placement(
            report=locked, story=story
        )
        made: Placement = save_with_audit(
            actor, row, {"chapter": chapter, "order": row.order or locked.placements.count() + 1}
        )
    return made


def take_story_out(actor: Actor, report: Report, story: Story) -> None:
    """Take a story out of a report."""
    with transaction.atomic():
        locked = _changing(actor, report)
        for row in locked.placements.filter(story=story):
            delete_with_audit(actor, row)


def offer(actor: Actor, report: Report) -> None:
    """Say that it is ready, so that somebody else can publish it.

    Raises ValidationError while its period runs.
    """
    if report.until >= timezone.localdate():
        raise ValidationError(
            _(
                "Deze periode loopt tot en met %(until)s, dus publiceren kan vanaf %(first)s. Wil "
                "je eerder iets laten zien? Begin een bericht over een kortere tijd die al "
                "voorbij is, zoals de vorige maand."
            )
            % {
                "until": date_format(report.until, "j F Y"),
                "first": date_format(report.until + timedelta(days=1), "j F Y"),
            }
        )
    if report.is_correcting and not report.note:
        raise ValidationError(_("Schrijf eerst op wat er is veranderd, en waarom."))
    with transaction.atomic():
        locked = _changing(actor, report)
        save_with_audit(
            actor,
            locked,
            {"offered_at": timezone.now(), "offered_by": actor.account, "published_by": None},
            "offer",
        )


def publish(actor: Actor, report: Report) -> Edition:
    """Freeze the report as it is now.

    Raises ValidationError when it was not offered, or by the same person.
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if not locked.is_offered:
            raise ValidationError(
                _("Dit bericht is niet klaargezet, of er is daarna nog iets veranderd.")
            )
        if actor.account is not None and locked.offered_by_id == actor.account.pk:
            raise ValidationError(
                _(
                    "Je hebt dit bericht zelf klaargezet. Iemand anders moet het lezen en "
                    "publiceren."
                )
            )
        last = locked.editions.first()
        readable = draft(locked)
        if last:
            readable.document = replace(readable.document, note=locked.note, replaces=last.number)
        edition = freeze(locked, readable, last.number + 1 if last else 1, timezone.localdate())
        save_with_audit(
            actor,
            locked,
            {"published_by": actor.account, "offered_at": None, "is_correcting": False, "note": ""},
            "publish",
        )
    return edition


def correct(actor: Actor, report: Report, note: str) -> None:
    """Begin a next edition that says what was wrong; the editions before it stay as they are."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if not locked.editions.exists():
            raise ValidationError(
                _("Dit bericht is nog niet gepubliceerd; je kunt het gewoon wijzigen.")
            )
        save_with_audit(
            actor,
            locked,
            {
                "is_correcting": True,
                "note": note,
                "offered_at": None,
                "offered_by": None,
                "published_by": None,
            },
            "correct",
        )
