"""Editors make a report on a phone: begin, rewrite, choose, place, look, offer; and nobody else
sees it before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User
from knooppunt.report.actions import reports
from knooppunt.report.models import Edition, Funder, Goal, Report
from knooppunt.report.tests import make

pytestmark = pytest.mark.django_db
DESK = "/beheer/halfjaarbericht/"


@pytest.fixture
def world(
    garden: Organisation, garden_place: Place, gardening: Activity, zuid: Area
) -> Organisation:
    make.with_a_past()
    make.newcomer("De Keuken", areas=[zuid])
    return garden


def test_a_coordinator_begins_and_rewrites(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk = as_user(coordinator)
    answer = desk.post(f"{DESK}nieuw/", {"period": make.last_half().key, "scope": ""})
    report = Report.objects.get()
    assert answer["Location"] == report.get_absolute_url() and report.written_by == coordinator
    page = desk.get(report.get_absolute_url()).content.decode()
    assert "Eerste versie" in page and "kwam er" in page
    write = f"{report.get_absolute_url()}tekst/register/"
    assert "{organisations.new}" in desk.get(write).content.decode()
    assert (
        desk.post(
            write, {"text": "We zijn met {organisations}, en dat waren er {organisations@2}."}
        ).status_code
        == 400
    )
    kept = desk.post(write, {"text": "We zijn nu met {organisatie}."})
    assert (
        kept.status_code == 400
        and "organisatie" in kept.content.decode()
        and "We zijn nu met" in kept.content.decode()
    )
    desk.post(write, {"text": "We zijn met {organisations}, samen 60 jaar."})
    page = desk.get(report.get_absolute_url()).content.decode()
    assert (
        "Door jullie geschreven" in page and "Getallen die iemand typte" in page and ">60 " in page
    )
    desk.post(write, {"text": ""})
    assert "Door jullie geschreven" not in desk.get(report.get_absolute_url()).content.decode()


def test_the_first_draft_sent_back_unchanged_stays_a_first_draft(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    report, desk = make.report(), as_user(coordinator)
    write = f"{report.get_absolute_url()}tekst/register/"
    text = desk.get(write).context["form"].initial["text"]
    desk.post(write, {"text": text})
    assert not report.passages.exists()


def test_foreword_title_chapters_and_stories(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    report, desk, story = make.report(), as_user(coordinator), make.story("Soep met zijn allen.")
    here = report.get_absolute_url()
    desk.post(f"{here}titel/", {"title": "Wij zijn er"})
    desk.post(f"{here}tekst/vooraf/", {"text": "Welkom bij {organisations} organisaties."})
    shown = {f"shown_{key}": "on" for key in ("register", "places")}
    keys = ("register", "places", "networks", "agenda", "months", "voice", "promises", "cuts")
    desk.post(
        f"{here}hoofdstukken/",
        {**shown, **{f"order_{key}": str(place) for place, key in enumerate(keys, start=1)}},
    )
    desk.post(f"{here}verhaal/", {"story": story.pk, "chapter": "places"})
    page = desk.get(f"{here}voorbeeld/").content.decode()
    assert (
        "Wij zijn er" in page
        and "Welkom bij" in page
        and "Soep met zijn allen." in page
        and "Concept" in page
        and "Wie organiseert het" not in page
    )
    desk.post(f"{here}verhaal/{story.pk}/eruit/")
    assert "Soep met" not in desk.get(f"{here}voorbeeld/").content.decode()


def test_nobody_else_sees_a_report_in_the_making(
    world: Organisation, stranger: Client, host: User, as_user: Callable[[User], Client]
) -> None:
    report = make.report()
    here = report.get_absolute_url()
    for address in (
        here,
        f"{here}voorbeeld/",
        f"{here}voorbeeld/bericht.pdf",
        f"{here}voorbeeld/cijfer/organisations/",
    ):
        assert (
            stranger.get(address).status_code == 302
            and as_user(host).get(address).status_code == 404
        )
    assert (
        stranger.get(f"/halfjaarbericht/{report.slug}/").status_code == 404
        and "eerste half" not in stranger.get("/halfjaarbericht/").content.decode()
    )


def test_a_weaver_writes_about_her_wijk_only(
    world: Organisation, weaver: User, as_user: Callable[[User], Client], zuid: Area, noord: Area
) -> None:
    desk = as_user(weaver)
    page = desk.get(f"{DESK}nieuw/").content.decode()
    assert "wijk:zuid" in page and "wijk:noord" not in page
    assert (
        desk.post(f"{DESK}nieuw/", {"period": make.last_half().key, "scope": ""}).status_code == 400
    )
    assert (
        desk.post(
            f"{DESK}nieuw/", {"period": make.last_half().key, "scope": "wijk:noord"}
        ).status_code
        == 400
    )
    assert (
        desk.post(
            f"{DESK}nieuw/", {"period": make.last_half().key, "scope": "wijk:zuid"}
        ).status_code
        == 302
    )
    report = Report.objects.get()
    assert report.area == zuid and desk.get(report.get_absolute_url()).status_code == 200
    other = reports.begin(SYSTEM, make.last_half(), area=noord)
    assert desk.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"period": "2031-1"}, "keuze"),
        ({"since": "2050-01-01", "until": "2050-02-01"}, "nog beginnen"),
        ({"since": "1990-01-01", "until": "1990-02-01"}, "niets bekend"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "ligt voor"),
        ({"since": "2026-02-01"}, "allebei"),
        ({"scope": "wijk:nergens"}, "keuze"),
    ],
)
def test_a_period_or_scope_that_cannot_be_is_said(
    world: Organisation,
    coordinator: User,
    as_user: Callable[[User], Client],
    values: dict[str, str],
    said: str,
) -> None:
    answer = as_user(coordinator).post(
        f"{DESK}nieuw/", {"period": make.last_half().key, "scope": "", **values}
    )
    assert (
        answer.status_code == 400
        and said in answer.content.decode()
        and not Report.objects.exists()
    )


def test_two_who_write_at_once_see_each_other(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk, report = as_user(coordinator), make.report()
    address = f"{report.get_absolute_url()}tekst/vooraf/"
    assert desk.post(address, {"text": "De eerste schrijft.", "seen": ""}).status_code == 302
    second = desk.post(address, {"text": "De tweede schrijft.", "seen": ""})
    told = second.content.decode()
    assert (
        second.status_code == 400
        and "De eerste schrijft." in told
        and "De tweede schrijft.</textarea>" in told
    )
    assert (
        report.passages.get().text == "De eerste schrijft."
        and 'value="De eerste schrijft."' in told
    )
    assert (
        desk.post(
            address, {"text": "De tweede schrijft.", "seen": "De eerste schrijft."}
        ).status_code
        == 302
        and report.passages.get().text == "De tweede schrijft."
    )


def test_braces_outside_the_texts_of_a_report_are_refused(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk, report = as_user(coordinator), make.report()
    for address, values in (
        (f"{DESK}fondsen/nieuw/", {"name": "Fonds", "text": "Voor {places}"}),
        (f"{report.get_absolute_url()}titel/", {"title": "Wij zijn {organisations}"}),
    ):
        answer = desk.post(address, values)
        assert answer.status_code == 400 and "Accolades kunnen hier niet" in answer.content.decode()
    make.published(report)
    answer = desk.post(f"{report.get_absolute_url()}verbeteren/", {"note": "Er stond {nope}"})
    assert answer.status_code == 400


def test_a_story_with_a_chapter_that_is_hidden_is_pointed_out(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    report = make.report()
    reports.place_story(SYSTEM, report, make.story(), "places")
    reports.choose_chapters(SYSTEM, report, {"places": (1, False)})
    assert (
        "dus dit verhaal ook niet"
        in as_user(coordinator).get(report.get_absolute_url()).content.decode()
    )


def test_the_same_report_is_not_begun_twice(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    make.report()
    answer = as_user(coordinator).post(
        f"{DESK}nieuw/", {"period": make.last_half().key, "scope": ""}
    )
    assert answer.status_code == 400 and "is er al" in answer.content.decode()


def test_a_correction_begins_with_a_reason(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    edition, desk = make.published(), as_user(coordinator)
    here = edition.report.get_absolute_url()
    assert desk.post(f"{here}tekst/vooraf/", {"text": "Anders"}).status_code == 400
    assert desk.post(f"{here}verbeteren/", {"note": ""}).status_code == 400
    desk.post(f"{here}verbeteren/", {"note": "Een wijk telde dubbel."})
    assert desk.post(f"{here}tekst/vooraf/", {"text": "Anders"}).status_code == 302
    assert "Een wijk telde dubbel." in desk.get(here).content.decode()


def test_funders_and_goals(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client], stranger: Client
) -> None:
    desk = as_user(coordinator)
    desk.post(f"{DESK}fondsen/nieuw/", {"name": "Fonds Nieuw", "text": "Afspraak."})
    one = Funder.objects.get()
    desk.post(
        f"{DESK}fondsen/{one.slug}/doel/",
        {"text": "Meer plekken", "figures": ["places"], "chapters": ["places"], "order": "1"},
    )
    goal = Goal.objects.get()
    assert (
        goal.figures == ["places"]
        and desk.post(
            f"{DESK}fondsen/{one.slug}/doel/{goal.pk}/",
            {"text": "Meer", "figures": ["onzin"], "order": "1"},
        ).status_code
        == 400
    )
    edition = make.published()
    page = stranger.get(f"{edition.get_absolute_url()}fonds/{one.slug}/").content.decode()
    assert (
        "Meer plekken" in page
        and "cijfer/places/" in page
        and stranger.get(f"{edition.get_absolute_url()}fonds/ander/").status_code == 404
    )


def test_the_door_on_the_home_page_and_what_waits_on_the_desk(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client], stranger: Client
) -> None:
    report, desk = make.report(), as_user(coordinator)
    make.story(is_taken=False)
    reports.offer(SYSTEM, report)
    second: Any = User.objects.create_user("tweede@example.org", is_coordinator=True)
    make_register.second_factor(second)
    page = as_user(second).get("/beheer/alles/").content.decode()
    assert "tweede lezer" in page and "Nieuwe verhalen" in page
    reports.publish(SYSTEM, Report.objects.get())
    assert (
        f"/halfjaarbericht/{report.slug}/" in stranger.get("/").content.decode()
        and desk.get("/beheer/").status_code == 200
    )
    assert Edition.objects.count() == 1


def test_a_report_is_written_in_the_language_that_was_chosen(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk = as_user(coordinator)
    desk.post(f"/en{DESK}nieuw/", {"period": make.last_half().key, "scope": "", "lang": "nl"})
    assert "telden we" in desk.get(f"/en{DESK}{Report.objects.get().slug}/").content.decode()
    desk.post(f"{DESK}nieuw/", {"period": make.last_half().previous.key, "scope": "", "lang": "en"})
    assert Report.objects.get(lang="en").since == make.last_half().previous.since
