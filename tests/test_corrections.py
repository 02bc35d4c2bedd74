"""Corrections of what is less common: mandates, posts, guests of earlier, landings, signatures
on paper, and what merging keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core import corrections
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import figure_registry
from knooppunt.decisions.actions import meetings
from knooppunt.decisions.forms.meetings import GuestForm
from knooppunt.decisions.models import Mandate, Term
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions.merge import merge, undo_merge
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from knooppunt.voice.actions import agreements, commitments, news, signals, support
from knooppunt.voice.models import Hearing, Point, Step
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
BEGIN, LATER, TODAY = date(2024, 3, 1), date(2025, 3, 1), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)


@pytest.fixture
def desk(coordinator: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(coordinator)


def number(key: str, day: date) -> int | None:
    """A figure on a day."""
    figure = figure_registry.get_figure(key, day, None)
    assert figure is not None
    return figure.value(day)


def test_the_days_of_a_mandate_are_corrected_and_it_is_struck(
    garden: Organisation, desk: Client
) -> None:
    mandate = make_decisions.mandate(garden, since=LATER)
    values = {"given": "signature", "source": "brief", "since": "2024-03-01", "until": "2026-01-01"}
    assert desk.post(f"/verbeter/mandaat/{mandate.pk}/", values).status_code == 302
    assert [number("mandating", day) for day in (BEGIN, LATER, TODAY)] == [1, 1, 0]
    desk.post(f"/vergissing/mandaat/{mandate.pk}/", {"reason": "Nooit gegeven."})
    assert number("mandating", LATER) == 0
    again = make_decisions.mandate(garden, since=LATER)
    desk.post(f"/vergissing/mandaat/{mandate.pk}/terug/")  # it was given anew in the mean time
    assert list(Mandate.objects.all()) == [again]


def test_a_host_corrects_the_mandate_of_her_own_organisation_alone(
    garden: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    own, other = make_decisions.mandate(garden), make_decisions.mandate(make.organisation("Elders"))
    client = as_user(host)
    codes = [client.get(f"/verbeter/mandaat/{row.pk}/").status_code for row in (own, other)]
    assert codes == [200, 403]


def test_guests_of_an_earlier_meeting_are_those_who_held_office_then() -> None:
    body, moment = make_decisions.body(), timezone.make_aware(datetime(2025, 3, 4, 19, 30))
    for label, since, until in (
        ("toen", BEGIN, date(2025, 12, 31)),
        ("nu", date(2026, 1, 1), None),
    ):
        values = {"label": label, "person": "", "since": since, "until": until, "source": ""}
        meetings.save_term(SYSTEM, body, values)
    row = make_decisions.meeting("Toen", starts=moment)
    choices = GuestForm(day=row.on).fields["term"].queryset  # type: ignore[attr-defined]
    assert [term.post.label for term in choices] == ["toen"]


def test_a_wrong_year_of_a_post_is_corrected(desk: Client) -> None:
    values = {"label": "wethouder", "person": "", "since": LATER, "until": None, "source": ""}
    term = meetings.save_term(SYSTEM, make_decisions.body(), values)
    desk.post(f"/verbeter/functie/{term.pk}/", {"since": "2024-03-01", "source": "besluit"})
    assert Term.objects.get().since == BEGIN
    backwards = {"since": "2025-03-01", "until": "2024-03-01"}
    assert desk.post(f"/verbeter/functie/{term.pk}/", backwards).status_code == 400


def test_a_point_was_brought_in_at_a_meeting_of_last_year(desk: Client) -> None:
    point = make_voice.point(listed_on=BEGIN)
    row = make_decisions.meeting("Toen", starts=timezone.make_aware(datetime(2025, 3, 4, 19, 30)))
    assert (
        desk.post(f"{point.get_absolute_url()}inbrengen/", {"meeting": row.pk}).status_code == 302
    )
    assert Hearing.objects.get().meeting == row


def test_a_landing_that_is_corrected_moves_its_point(desk: Client) -> None:
    point, deal = make_voice.point(listed_on=BEGIN), make_voice.agreement()
    clause = make_voice.clause(deal)
    agreements.save_agreement(SYSTEM, deal, {"signed_on": BEGIN, "since": BEGIN})
    landing = agreements.land(
        SYSTEM, clause, {"point": point, "extent": "whole", "quote": "bankje"}
    )
    agreements.say_state(SYSTEM, clause, {"state": "done", "on": LATER, "text": "Het staat er."})
    assert Point.objects.as_of(TODAY).get().stage == "done"
    desk.post(f"/verbeter/landing/{landing.pk}/", {"extent": "partly", "quote": "bankje"})
    assert Point.objects.as_of(TODAY).get().stage == "partly"
    desk.post(f"/vergissing/landing/{landing.pk}/", {"reason": "Staat er niet in."})
    assert [number(key, TODAY) for key in ("points_agreed", "points_partly")] == [0, 0]
    desk.post(f"/vergissing/landing/{landing.pk}/terug/")
    assert [number(key, TODAY) for key in ("points_agreed", "points_partly")] == [1, 1]
    assert Step.objects.filter(stage__in=("agreed", "partly")).count() == 2


def test_a_number_and_a_day_of_signatures_on_paper_are_corrected(
    garden: Organisation, desk: Client
) -> None:
    point = make_voice.point(listed_on=BEGIN)
    paper = support.add_paper(SYSTEM, point, {"number": 70, "on": LATER, "source": "lijst"})
    desk.post(
        f"/verbeter/papieren-steun/{paper.pk}/",
        {"number": 7, "on": "2024-03-01", "source": "lijst"},
    )
    assert [number("support_paper", day) for day in (BEGIN, LATER)] == [7, 7]
    signature = support.sign_on_paper(SYSTEM, point, garden, LATER, "lijst")
    wrong = {"signed_on": "2025-03-01", "withdrawn_on": "2024-03-01", "source": "lijst"}
    assert desk.post(f"/verbeter/handtekening/{signature.pk}/", wrong).status_code == 400
    right = {"signed_on": "2024-03-01", "withdrawn_on": "2025-03-01", "source": "lijst"}
    assert desk.post(f"/verbeter/handtekening/{signature.pk}/", right).status_code == 302
    assert [number("cosigners", day) for day in (BEGIN, LATER)] == [1, 0]


def test_a_signature_set_on_the_site_is_withdrawn_and_not_struck(
    garden: Organisation, host: User, desk: Client
) -> None:
    point = make_voice.point()
    signature = support.cosign(corrections.Actor(host), point, garden)
    answer = desk.post(f"/vergissing/handtekening/{signature.pk}/", {"reason": "Wil niet."})
    assert answer.status_code == 400
    assert point.signatures.count() == 1


def test_what_was_struck_goes_along_when_organisations_are_merged(garden: Organisation) -> None:
    twin, point = make.organisation("De Tuin twee"), make_voice.point()
    support.sign_on_paper(SYSTEM, point, garden, TODAY, "lijst")
    row = support.sign_on_paper(SYSTEM, point, twin, TODAY, "lijst")
    kind = corrections.of_record(row)
    assert kind is not None
    corrections.strike(SYSTEM, kind, row, "Was de ander.")
    line = merge(SYSTEM, garden, twin, {})
    assert [signature.organisation for signature in point.signatures.all()] == [garden]
    undo_merge(
        SYSTEM,
        line
        if isinstance(line, TrailEntry)
        else TrailEntry.objects.filter(verb="merge").latest("pk"),
    )
    row.refresh_from_db()
    assert row.organisation == twin and row.is_mistake


def test_the_database_refuses_a_mistake_without_a_reason() -> None:
    point = make_voice.point()
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.filter(pk=point.pk).update(mistake_on=TODAY)
    kind = corrections.of_record(point)
    assert kind is not None
    with pytest.raises(ValidationError):
        corrections.strike(SYSTEM, kind, point, "")


def test_a_signal_is_corrected_and_struck_and_its_sender_reads_why(
    desk: Client, noord: Area
) -> None:
    signal = make_voice.signal("Er is geen bankje.", received_on=LATER)
    assert (number("signals", BEGIN), number("signals", LATER)) == (0, 1)
    values = {"channel": "phone", "area": noord.pk, "organisation": "", "received_on": "2024-03-01"}
    assert desk.post(f"/verbeter/signaal/{signal.pk}/", values).status_code == 302
    signal.refresh_from_db()
    assert (signal.channel, signal.area, signal.text) == ("phone", noord, "Er is geen bankje.")
    assert number("signals", BEGIN) == 1
    late = {**values, "received_on": "2027-01-01"}
    assert desk.post(f"/verbeter/signaal/{signal.pk}/", late).status_code == 400
    answer = desk.post(f"/vergissing/signaal/{signal.pk}/", {"reason": "Dubbel ingevoerd."})
    assert answer["Location"] == "/beheer/signalen/" and number("signals", TODAY) == 0
    page = desk.get("/beheer/signalen/").content.decode()
    assert "Dubbel ingevoerd." in page and "Zet terug" in page
    story = Client().get(signal.get_absolute_url()).content.decode()
    assert "Dit is doorgestreept. Dubbel ingevoerd." in story and "bankje" not in story
    desk.post(f"/vergissing/signaal/{signal.pk}/terug/")
    assert number("signals", TODAY) == 1


def test_a_struck_signal_gives_no_news_and_its_address_is_erased_in_time(noord: Area) -> None:
    point = make_voice.point(areas=[noord])
    signal = make_voice.signal(
        "Geen bankje.", reply_via="email", reply_email="buur@example.org", received_on=BEGIN
    )
    signals.join(SYSTEM, signal, point)
    assert news.waiting_mail().count() == 1
    correction = corrections.of_kind("signaal")
    assert correction is not None
    corrections.strike(SYSTEM, correction, signal, "Dubbel.")
    assert news.waiting_mail().count() == 0
    news.forget_old()
    signal.refresh_from_db()
    assert (signal.reply_email, signal.is_mistake) == ("", True)


def test_only_who_may_read_a_signal_corrects_it(
    weaver: User, noord: Area, zuid: Area, as_user: Callable[[User], Client]
) -> None:
    client = as_user(weaver)
    signals_there = [make_voice.signal("Zitten.", area=area) for area in (zuid, noord)]
    codes = [client.get(f"/verbeter/signaal/{row.pk}/").status_code for row in signals_there]
    assert codes == [200, 404]
    assert Client().get(f"/verbeter/signaal/{signals_there[0].pk}/").status_code == 302


def test_the_day_of_a_reply_is_corrected_and_its_words_stay(desk: Client) -> None:
    promise = make_voice.commitment(said_on=BEGIN)
    reply = commitments.respond(SYSTEM, promise, {"text": "Het komt er.", "by": "wethouder"})
    address = f"/verbeter/reactie/{reply.pk}/"
    assert desk.post(address, {"by": "wethouder Groen", "on": "2025-03-01"}).status_code == 302
    reply.refresh_from_db()
    assert (reply.by, reply.on, reply.text) == ("wethouder Groen", LATER, "Het komt er.")
    assert desk.post(address, {"by": "wethouder", "on": "2023-01-01"}).status_code == 400


def test_a_proposed_text_is_corrected_until_it_is_taken_over(desk: Client) -> None:
    deal = make_voice.agreement()
    first, second = (
        make_voice.amendment(make_voice.clause(deal), text) for text in ("Drie.", "Vier.")
    )
    values = {"title": "Zitten", "text": "Vijf.", "why": "", "organisation": "", "on": "2025-03-01"}
    assert desk.post(f"/verbeter/voorgestelde-tekst/{first.pk}/", values).status_code == 302
    first.refresh_from_db()
    assert (first.text, first.on) == ("Vijf.", LATER)
    agreements.decide(SYSTEM, first, False, "Te duur.")
    answer = {"organisation": "", "on": "2025-03-01", "decided_on": "2025-02-01", "answer": "Nee."}
    assert desk.post(f"/verbeter/voorgestelde-tekst/{first.pk}/", answer).status_code == 400
    answer["decided_on"] = "2025-04-01"
    assert desk.post(f"/verbeter/voorgestelde-tekst/{first.pk}/", answer).status_code == 302
    agreements.decide(SYSTEM, second, True, "Goed.")
    refused = desk.post(f"/vergissing/voorgestelde-tekst/{second.pk}/", {"reason": "Fout."})
    assert refused.status_code == 400 and "is overgenomen" in refused.content.decode()
