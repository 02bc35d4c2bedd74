"""The chain from a signal to a kept promise: dated, with sources, by whom, and told to whoever
brought it up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import OutgoingMail, TrailEntry
from knooppunt.core.tests.mail_server import MailServer
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User
from knooppunt.voice import speech, status_text, tasks
from knooppunt.voice.actions import news, points, signals
from knooppunt.voice.actions.points import save_point
from knooppunt.voice.models import Evidence, Hearing, News, Point, Signal, Step
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_a_step_without_a_day_or_a_source_is_refused_by_the_form_and_the_database() -> None:
    one = make.point()
    for wrong in (
        {"source_url": ""},
        {"on": None},
        {"on": TODAY() + timedelta(days=1)},
        {"due_on": TODAY() - timedelta(days=9)},
        {"source_url": "", "source": "horen zeggen"},
    ):
        with pytest.raises(ValidationError):
            make.step(one, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(point=one, stage="submitted", on=TODAY(), source="horen zeggen")
    assert one.steps.count() == 2


def test_the_road_tells_where_a_point_is_and_what_took_another_turn() -> None:
    one = make.point(listed_on=TODAY() - timedelta(days=90))
    for stage in ("submitted", "answered", "promised", "partly"):
        make.step(one, stage)
    stops = status_text.road(list(one.steps.all()))
    assert [stop.name for stop in stops] == [
        "opgehaald",
        "gedeeld punt",
        "ingebracht",
        "beantwoord",
        "toegezegd",
        "deels uitgevoerd",
    ]
    assert [stop.is_now for stop in stops] == [False] * 5 + [True]
    assert Point.objects.as_of(TODAY()).get().stage == "partly"
    assert Point.objects.as_of(TODAY() - timedelta(days=1)).get().stage == "collected"


def test_an_answer_that_does_not_come_is_flagged_and_a_step_takes_the_flag_off(
    stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    one = make.point(listed_on=TODAY() - timedelta(days=60))
    make.step(one, on=TODAY() - timedelta(days=40), due_on=TODAY() - timedelta(days=10))
    one.steps.filter(stage="shared").update(on=TODAY() - timedelta(days=50))
    assert "antwoord blijft uit" in stranger.get("/punten/").content.decode()
    assert "Antwoord blijft uit (1)" in as_user(coordinator).get("/beheer/alles/").content.decode()
    make.step(one, "answered")
    assert "antwoord blijft uit" not in stranger.get("/punten/?na").content.decode()


def test_who_left_an_address_hears_of_each_step_and_can_stop(
    garden_place: Place, stranger: Client
) -> None:
    one = make.point()
    by_mail = make.signal(reply_via="email", reply_email="resident@example.org")
    on_paper = make.signal(reply_via="paper", reply_place=garden_place)
    make.signal()
    for said in Signal.objects.all():
        signals.join(SYSTEM, said, one)
    assert news.send() == 1 and "gedeeld punt" in mail.outbox[-1].body.lower()
    make.step(one)
    tasks.poll()
    assert len(mail.outbox) == 2 and mail.outbox[-1].to == ["resident@example.org"]
    assert set(News.objects.filter(sent_on__isnull=True).values_list("signal", flat=True)) == {
        on_paper.pk
    }
    stop = news.stop_path(by_mail)
    assert (
        stranger.get(stop).status_code == 200 and "gewist" in stranger.post(stop).content.decode()
    )
    by_mail.refresh_from_db()
    assert (by_mail.reply_via, by_mail.reply_email) == ("none", "")
    make.step(one, "answered")
    assert news.send() == 0


def test_the_address_is_erased_when_it_ended() -> None:
    one = make.point()
    said = make.signal(reply_via="email", reply_email="resident@example.org")
    signals.join(SYSTEM, said, one)
    make.step(one, "done")
    news.send()
    said.refresh_from_db()
    assert said.reply_email == "" and "resident@" not in repr(list(TrailEntry.objects.values()))


def test_a_draft_announces_nothing_until_it_is_shared() -> None:
    one = make.point(is_shared=False)
    said = make.signal(reply_via="email", reply_email="resident@example.org")
    signals.join(SYSTEM, said, one)
    assert news.send() == 0
    points.share(SYSTEM, one)
    assert news.send() == 1


def test_letters_are_printed_by_place_and_ticked_off(
    garden_place: Place, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    one, desk = make.point(), as_user(coordinator)
    signals.join(SYSTEM, make.signal(reply_via="paper", reply_place=garden_place), one)
    page = desk.get("/beheer/brieven/").content.decode()
    assert "De Tuin" in page and one.title in page
    desk.post("/beheer/brieven/", {"brief": [str(News.objects.get().pk)]})
    assert (
        not News.objects.filter(sent_on__isnull=True).exists()
        and "Niets te doen" in desk.get("/beheer/brieven/").content.decode()
    )


def test_a_story_needs_consent_and_disappears_when_that_ends(
    stranger: Client, time_machine: Any
) -> None:
    one = make.point()
    with pytest.raises(ValidationError):
        points.add_story(SYSTEM, one, {"text": "Mijn verhaal."})
    points.add_story(
        SYSTEM,
        one,
        {
            "text": "Mijn verhaal.",
            "consent_on": TODAY(),
            "consent_until": TODAY() + timedelta(days=5),
        },
    )
    assert "Mijn verhaal" in stranger.get(one.get_absolute_url()).content.decode()
    assert "Mijn verhaal" not in repr(list(TrailEntry.objects.values()))
    time_machine.move_to(timezone.now() + timedelta(days=6))
    assert "Mijn verhaal" not in stranger.get(one.get_absolute_url() + "?na").content.decode()
    assert "Mijn verhaal" not in " ".join(speech.speech(one, TODAY()).paragraphs)


def test_the_text_to_speak_fits_three_minutes_and_keeps_what_is_asked() -> None:
    one = make.point(why="Omdat het kan. " * 40, ask="Zet er een bankje.")
    for number in range(6):
        points.add_story(SYSTEM, one, {"text": f"Verhaal {number}. " * 30, "consent_on": TODAY()})
    text = speech.speech(one, TODAY())
    assert (
        text.minutes <= 3.1
        and "Zet er een bankje." in text.paragraphs[-1]
        and "Omdat het kan" in text.paragraphs[1]
    )


def test_the_day_before_one_is_reminded_to_ask_to_speak(noord: Area, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02T09:00:00+01:00", tick=False)
    council = make_decisions.body(areas=[noord], speak_at="12:00")
    council.refresh_from_db()
    meeting = make_decisions.meeting(
        "",
        kind="wijkraad",
        body=council,
        starts=timezone.now().replace(hour=19) + timedelta(days=1),
    )
    assert timezone.localtime(meeting.speak_by).strftime("%d %H:%M") == "03 12:00"
    delegate = make_decisions.mandate(make_register.organisation("X", areas=[noord])).delegate
    delegate.user = User.objects.create_user("delegate@example.org")
    delegate.save()
    points.bring_in(SYSTEM, make.point(), {"meeting": meeting, "speaker": delegate})
    assert (
        tasks.remind(date(2026, 3, 1)) == 0
        and tasks.remind(date(2026, 3, 2)) == 1
        and tasks.remind(date(2026, 3, 2)) == 0
    )
    assert (
        mail.outbox[-1].to == ["delegate@example.org"] and "3 maart 12:00" in mail.outbox[-1].body
    )


def test_a_double_hat_is_shown_where_it_matters(noord: Area, stranger: Client) -> None:
    council = make_decisions.body(areas=[noord])
    delegate = make_decisions.mandate(make_register.organisation("X", areas=[noord])).delegate
    delegate.hats.create(text="lid van de wijkraad", body=council)
    one = make.point(body=council)
    points.bring_in(
        SYSTEM,
        one,
        {"meeting": make_decisions.meeting(kind="wijkraad", body=council), "speaker": delegate},
    )
    assert "Dubbele pet" in stranger.get(one.get_absolute_url()).content.decode()
    assert "lid van de wijkraad" in stranger.get(council.get_absolute_url()).content.decode()
    assert list(Hearing.objects.get().hats())


def test_by_hand_from_a_signal_to_partly_carried_out(
    noord: Area,
    garden: Organisation,
    host: User,
    coordinator: User,
    as_user: Callable[[User], Client],
    stranger: Client,
) -> None:
    tuin, desk = as_user(host), as_user(coordinator)
    said_by_talk = {"channel": "talk", "received_on": TODAY().isoformat(), "reply_via": "none"}
    tuin.post("/beheer/signalen/nieuw/", {"text": "Geen plek om te zitten.", **said_by_talk})
    said = Signal.objects.get()
    assert (
        "Geen plek" in desk.get("/beheer/signalen/").content.decode()
        and tuin.get("/beheer/signalen/").status_code == 404
    )
    desk.post(
        f"/punten/nieuw/?signaal={said.pk}",
        {"title": "Een bankje", "why": "Zitten.", "ask": "Zet er een neer.", "areas": [noord.pk]},
    )
    page = Point.objects.get().get_absolute_url()
    assert stranger.get(page).status_code == 404 and tuin.get(page).status_code == 404
    desk.post(page + "deel/")
    assert "Zet er een neer." in stranger.get(page).content.decode()
    wrong = desk.post(
        page + "stap/", {"stage": "submitted", "on": TODAY().isoformat(), "text": "Brief gestuurd."}
    )
    assert (
        wrong.status_code == 400
        and "Waar staat dit?" in wrong.content.decode()
        and "Brief gestuurd." in wrong.content.decode()
    )
    for stage in ("submitted", "agreed", "partly"):
        step = {"stage": stage, "on": TODAY().isoformat(), "source_url": "raad.example/brief"}
        assert desk.post(page + "stap/", step).status_code == 302
    shown = stranger.get(page + "?na").content.decode()
    assert (
        "Deels uitgevoerd" in shown
        and "https://raad.example/brief" in shown
        and "1 signaal leidde tot dit punt" in shown
    )
    assert (
        tuin.post(
            page + "stap/", {"stage": "done", "on": TODAY().isoformat(), "source_url": "x.example"}
        ).status_code
        == 403
    )


def test_a_point_of_a_host_stays_hers_until_it_is_shared_by_who_convenes(
    garden: Organisation, host: User, weaver: User, zuid: Area, as_user: Callable[[User], Client]
) -> None:
    save_point(
        Actor(host),
        Point(),
        {"title": "Van de tuin", "ask": "Water.", "organisation": garden, "areas": [zuid]},
    )
    page = Point.objects.get().get_absolute_url()
    assert as_user(host).get(page).status_code == 200
    assert as_user(host).post(page + "deel/").status_code == 403
    assert as_user(weaver).post(page + "deel/").status_code == 302 and Point.objects.get().is_public


def test_a_host_keeps_her_point_only_until_it_is_shared_and_signs_for_nobody_else(
    garden: Organisation, host: User, noord: Area, as_user: Callable[[User], Client]
) -> None:
    other = make_register.organisation("De Keuken", areas=[noord])
    one, tuin = (
        save_point(
            Actor(host), Point(), {"title": "Van de tuin", "ask": "Water.", "organisation": garden}
        ),
        as_user(host),
    )
    page = one.get_absolute_url()
    paper = {
        "organisation": other.pk,
        "signed_on": TODAY().isoformat(),
        "source": "map",
        "number": "900",
        "on": TODAY().isoformat(),
    }
    assert (
        tuin.post(page + "wijzig/", {"title": "Van de tuin", "ask": "Meer water."}).status_code
        == 302
    )
    assert (
        tuin.post(page + "teken-op-papier/", paper).status_code == 403
        and tuin.post(page + "steun-op-papier/", paper).status_code == 403
    )
    points.share(SYSTEM, one)
    for address in ("wijzig/", "stap/", "cijfer/"):
        assert tuin.get(page + address).status_code == 403
    assert not one.signatures.exists() and not one.paper_supports.exists()


def test_what_is_not_public_stays_out_of_the_page_of_a_point(stranger: Client) -> None:
    one = make.point()
    secret = make_decisions.meeting("Besloten overleg", is_public=False)
    one.hearings.create(meeting=secret)
    piece = make.document("Geheime brief", is_public=False)
    step = make.step(one, document=piece)
    step.meeting = secret
    step.save()
    make.clause(make.agreement("Geheim akkoord", is_public=False), "Geheime tekst").landings.create(
        point=one, extent="whole", quote="Geheime tekst"
    )
    for address in ("", "spreken/"):
        page = stranger.get(one.get_absolute_url() + address).content.decode()
        assert "Besloten" not in page and "Geheim" not in page


def test_one_refused_address_does_not_stop_the_news_of_others(
    mail_server: type[MailServer],
) -> None:
    point = make.point()
    for number in range(2):
        signals.join(
            SYSTEM,
            make.signal(reply_via="email", reply_email=f"resident{number}@example.org"),
            point,
        )
    mail_server.refused["resident0@example.org"] = SMTPRecipientsRefused(
        {"resident0@example.org": (550, b"no such user")}
    )
    news.send()
    assert [message.to for message in mail.outbox] == [["resident1@example.org"]]
    assert not Signal.objects.filter(reply_email="resident0@example.org").exists()
    assert set(OutgoingMail.objects.values_list("state", "address")) == {
        ("closed", ""),
        ("sent", ""),
    }


def test_the_daily_round_forgets_addresses_places_and_ended_stories(
    garden_place: Place, time_machine: Any
) -> None:
    make.signal(reply_via="email", reply_email="resident@example.org")
    make.signal(reply_via="paper", reply_place=garden_place)
    points.add_story(
        SYSTEM,
        make.point(),
        {"text": "Mijn verhaal.", "consent_on": TODAY(), "consent_until": TODAY()},
    )
    with pytest.raises(ValidationError):
        make.signal(received_on=TODAY() + timedelta(days=1))
    time_machine.move_to(timezone.now() + timedelta(days=800))
    tasks.daily()
    assert set(Signal.objects.values_list("reply_via", "reply_email", "reply_place")) == {
        ("none", "", None)
    }
    assert not Evidence.objects.exists()
