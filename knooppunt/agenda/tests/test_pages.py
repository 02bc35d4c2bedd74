"""Tests for what neighbours and hosts see and do: the agenda, entering in words, proposing,
confirming, objecting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from knooppunt.agenda import tasks
from knooppunt.agenda.actions import confirmation, occurrence
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import Area, ContactPoint, Organisation, Place
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


# Looking.


def test_today_is_one_tap_from_home_and_home_shows_it(
    gardening: Activity, stranger: Client
) -> None:
    home = text_of(stranger, "/")
    assert "Vandaag te doen" in home and "Tuinochtend" in home and 'href="/agenda/"' in home
    assert "Tuinochtend" in text_of(stranger, "/agenda/")


def test_home_shows_what_is_near_the_chosen_wijk(
    gardening: Activity, zuid: Area, stranger: Client
) -> None:
    assert "Tuinochtend" in text_of(stranger, "/?wijk=noord")
    assert "Tuinochtend" not in text_of(stranger, "/?wijk=zuid")


def test_a_day_with_nothing_says_when_the_next_is(gardening: Activity, stranger: Client) -> None:
    assert "De eerste keer daarna is dinsdag 1 december" in text_of(
        stranger, "/agenda/?dag=2026-11-25"
    )


def test_a_week_and_a_month_show_every_day(gardening: Activity, stranger: Client) -> None:
    week = text_of(stranger, "/agenda/?toon=week&dag=2026-12-03")
    assert (
        "Maandag 30 november" in week
        and "Zondag 6 december" in week
        and week.count("Tuinochtend") == 1
    )
    assert text_of(stranger, "/agenda/?toon=maand&dag=2026-12-03").count("dag=2026-12-") >= 5


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("wijk=noord", True),
        ("wijk=zuid", False),
        ("soort=groen", True),
        ("soort=eten", False),
        ("deel=ochtend", True),
        ("deel=avond", False),
        ("gratis=ja", False),
        ("rolstoel=ja", True),
        ("plek=de-tuin", True),
        ("wie=de-tuin", True),
        ("wie=bestaat-niet", True),
        ("wijk=<script>", True),
    ],
)
def test_filters_are_plain_links_and_narrow_the_list(
    query: str, is_there: bool, gardening: Activity, stranger: Client
) -> None:
    Place.objects.update(has_wheelchair_access=True)
    assert ("Tuinochtend" in text_of(stranger, f"/agenda/?dag=2026-12-01&{query}")) is is_there


def test_a_cancelled_time_is_shown_as_cancelled_everywhere(
    gardening: Activity, stranger: Client
) -> None:
    occurrence.cancel(SYSTEM, gardening, "2026-11-24T10:00", "De kraan is kapot")
    for address in (
        "/agenda/",
        "/agenda/?toon=week",
        gardening.get_absolute_url(),
        "/plekken/de-tuin/",
        "/agenda/scherm/",
        "/agenda/inbed/",
    ):
        page = text_of(stranger, address)
        assert "Gaat niet door" in page and "De kraan is kapot" in page, address
    assert "gaat niet door" in text_of(stranger, "/agenda/inbed.svg")
    assert "Let op: dinsdag 24 november gaat het niet door. De kraan is kapot" in text_of(
        stranger, gardening.get_absolute_url()
    )


def test_a_busy_day_shows_the_first_and_leads_to_the_rest(noord: Area, stranger: Client) -> None:
    for number in range(14):
        activity(f"Koffie {number:02}", f"elke dinsdag van {8 + number % 10} tot 20")
    assert "Alle 14 op deze dag" in text_of(stranger, "/agenda/?toon=week&dag=2026-12-01")
    assert text_of(stranger, "/agenda/?dag=2026-12-01").count("Koffie 0") + 4 == 14


def test_an_activity_is_told_to_search_engines_as_an_event(
    gardening: Activity, stranger: Client
) -> None:
    Activity.objects.update(name='Tuin </script><b>"&', descriptions={"nl": "<i>x</i>"})
    page = stranger.get(gardening.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    first = json.loads(block[1])[0]
    assert (
        first["@type"] == "Event"
        and first["startDate"] == "2026-11-24T10:00:00+01:00"
        and first["name"] == 'Tuin </script><b>"&'
    )


def test_an_embedded_list_may_stand_on_any_site_and_other_pages_may_not(
    gardening: Activity, stranger: Client
) -> None:
    inside = stranger.get("/agenda/inbed/?plek=de-tuin&aantal=3&kleur=donker")
    assert (
        "frame-ancestors *" in inside.headers["Content-Security-Policy"]
        and "X-Frame-Options" not in inside.headers
    )
    assert inside.content.decode().count("<li>") == 3
    assert "frame-ancestors 'none'" in stranger.get("/agenda/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    [
        "dag=0001-01-01",
        "dag=9999-12-31",
        "dag=gisteren",
        "toon=eeuw",
        "pagina=99999999999",
        "aantal=-1",
        "dag=2026-02-30&toon=maand",
        "wijk=%00",
    ],
)
def test_odd_addresses_get_an_answer(query: str, gardening: Activity, stranger: Client) -> None:
    for path in (
        "/agenda/",
        "/agenda/tekst/",
        "/agenda/scherm/",
        "/agenda/inbed/",
        "/agenda/inbed.svg",
        "/cijfers/aandeel/",
        "/cijfers/aandeel.csv",
    ):
        for view in ("", "&toon=week", "&toon=maand"):
            assert stranger.get(f"{path}?{query}{view}").status_code == 200, path


# Entering.


WORDS = {
    "name": "Eettafel",
    "said": "elke 2e dinsdag van 10 tot 12, niet in de schoolvakantie",
    "where": "De Tuin",
    "group": "local",
}


def test_a_host_enters_in_words_sees_the_next_six_and_keeps_it(
    garden: Organisation, garden_place: Place, host: User, as_user: AsUser
) -> None:
    client = as_user(host)
    assert "De Tuin" in text_of(client, "/agenda/nieuw/?plek=de-tuin")
    given = {**WORDS, "organisation": garden.pk}
    shown = client.post("/agenda/nieuw/", given).content.decode()
    assert (
        "Elke 2e dinsdag van de maand van 10.00 tot 12.00 uur, niet in de schoolvakantie" in shown
    )
    assert (
        shown.count("<li>") >= 6
        and "8 december 2026, 10.00" in shown
        and not Activity.objects.exists()
    )
    assert client.post("/agenda/nieuw/", {**given, "keep": "yes"}).status_code == 302
    one = Activity.objects.get()
    assert (
        one.is_public and one.confirmed_on == date(2026, 11, 24) and one.since == date(2026, 12, 8)
    )
    assert one.venues.get().place == garden_place and one.organisers.get().group == "local"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("als het uitkomt", "We begrijpen nog niet wanneer het is"),
        ("elke dinsdag", "Hoe laat is het?"),
        ("32 maart om 10 uur", "We begrijpen nog niet"),
        ("", "verplicht"),
    ],
)
def test_what_is_not_understood_is_asked_again_and_nothing_typed_is_lost(
    said: str, words: str, host: User, as_user: AsUser
) -> None:
    answer = as_user(host).post(
        "/agenda/nieuw/", {**WORDS, "said": said, "description": "Met veel liefde"}
    )
    page = answer.content.decode()
    assert (
        answer.status_code == 400
        and words in page
        and "Met veel liefde" in page
        and "Eettafel" in page
    )


def test_words_that_were_not_understood_are_named(
    garden: Organisation, host: User, as_user: AsUser
) -> None:
    page = (
        as_user(host)
        .post("/agenda/nieuw/", {**WORDS, "said": "elke dinsdag van 10 tot 12 bij volle maan"})
        .content.decode()
    )
    assert "Dit begrepen we niet" in page and "volle" in page


def test_a_night_in_which_the_clock_changes_is_explained(host: User, as_user: AsUser) -> None:
    for day, words in (("28 maart 2027", "vooruit"), ("31 oktober 2027", "terug")):
        page = (
            as_user(host)
            .post("/agenda/nieuw/", {**WORDS, "said": f"{day} van 2.30 tot 3.30"})
            .content.decode()
        )
        assert words in page


def test_something_of_somebody_else_waits_for_a_look(
    garden_place: Place, host: User, as_user: AsUser
) -> None:
    as_user(host).post(
        "/agenda/nieuw/", {**WORDS, "where": "Ergens anders", "group": "", "keep": "yes"}
    )
    assert Activity.objects.get().state == "draft" and not Occurrence.objects.shown().exists()


def test_changing_the_words_changes_what_is_to_come(
    gardening: Activity, garden: Organisation, host: User, as_user: AsUser
) -> None:
    client, page = as_user(host), f"{gardening.get_absolute_url()}wijzig/"
    assert "elke dinsdag van 10.00 tot 12.00 uur" in text_of(client, page)
    given = {
        "name": "Tuinochtend",
        "said": "elke donderdag van 9 tot 11",
        "where": "De Tuin",
        "organisation": garden.pk,
        "group": "local",
        "keep": "yes",
    }
    assert client.post(page, given).status_code == 302
    days = [
        row.day
        for row in gardening.occurrences.filter(day__gte=date(2026, 11, 25)).order_by("starts")[:2]
    ]
    assert days == [date(2026, 11, 26), date(2026, 12, 3)]


def test_words_left_as_they_were_leave_the_rule_as_it_was(
    gardening: Activity, garden: Organisation, host: User, as_user: AsUser
) -> None:
    Activity.objects.update(rules=["FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1"])
    client, page = as_user(host), f"{gardening.get_absolute_url()}wijzig/"
    said = re.search(r'name="said" value="([^"]*)"', text_of(client, page))
    assert said
    client.post(
        page,
        {
            "name": "Wieden",
            "said": said[1],
            "where": "De Tuin",
            "organisation": garden.pk,
            "group": "local",
        },
    )
    gardening.refresh_from_db()
    assert gardening.name == "Wieden" and gardening.rules == ["FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1"]


def test_a_weaver_of_another_wijk_cannot_change_it_and_the_attempt_is_in_the_trail(
    gardening: Activity, weaver: User, as_user: AsUser
) -> None:
    answer = as_user(weaver).post(f"{gardening.get_absolute_url()}wijzig/", {"name": "Gekaapt"})
    assert (
        answer.status_code == 403
        and TrailEntry.objects.filter(is_refused=True, target_type="activity").exists()
    )


def test_one_time_is_cancelled_moved_counted_and_put_back_by_forms(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    client = as_user(host)
    one = gardening.occurrences.get(day=date(2026, 12, 1))
    page = f"{gardening.get_absolute_url()}keer/{one.pk}/"
    assert (
        client.post(
            page, {"do": "move", "day": "2026-12-02", "time": "14:00", "where": "Bestaat Niet"}
        ).status_code
        == 400
    )
    client.post(page, {"do": "move", "day": "2026-12-02", "time": "14:00", "reason": "Sint"})
    one.refresh_from_db()
    assert one.day == date(2026, 12, 2) and one.is_moved
    client.post(page, {"do": "cancel", "reason": "Ziek"})
    one.refresh_from_db()
    assert one.is_cancelled and one.day == date(2026, 12, 2)
    client.post(page, {"do": "back"})
    one.refresh_from_db()
    assert not one.is_cancelled
    assert client.post(page, {"do": "count", "people": "-3"}).status_code == 400
    client.post(page, {"do": "count", "people": "14"})
    one.refresh_from_db()
    assert one.people == 14


def test_last_year_s_is_taken_over_as_a_proposal(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    assert as_user(host).post(f"{gardening.get_absolute_url()}neem-over/").status_code == 302
    copy = Activity.objects.exclude(pk=gardening.pk).get()
    assert copy.state == "draft" and copy.starts_on == date(2027, 11, 23)


# Proposing.


def propose(client: Client, time_machine: Any, **given: str) -> Any:
    page = client.get("/agenda/voorstel/").content.decode()
    moment = re.search(r'name="moment" value="([^"]+)"', page)
    assert moment
    time_machine.shift(5)
    return client.post(
        "/agenda/voorstel/",
        {
            "name": "Buurtdiner",
            "said": "zaterdag 12 december van 17 tot 20",
            "moment": moment[1],
            "keep": "yes",
            **given,
        },
    )


def test_a_stranger_proposes_and_only_who_keeps_the_place_sees_it(
    garden_place: Place,
    stranger: Client,
    host: User,
    weaver: User,
    as_user: AsUser,
    time_machine: Any,
) -> None:
    answer = propose(stranger, time_machine, where="De Tuin", reply_address="06 12345678")
    assert "zaterdag 12 december 2026" in answer.content.decode().lower()
    one = Activity.objects.get()
    assert (
        stranger.get(one.get_absolute_url()).status_code
        == 404
        == as_user(weaver).get(one.get_absolute_url()).status_code
    )
    assert "Buurtdiner" in text_of(as_user(host), "/beheer/")
    as_user(host).post(f"{one.get_absolute_url()}staat/", {"state": "public"})
    one.refresh_from_db()
    assert (
        one.is_public
        and one.reply_address == ""
        and stranger.get(one.get_absolute_url()).status_code == 200
    )


def test_a_robot_that_fills_every_field_proposes_nothing(
    terms: None, stranger: Client, time_machine: Any
) -> None:
    assert propose(stranger, time_machine, nickname="x").status_code == 400
    assert not Activity.objects.exists()


# Keeping.


def test_the_round_asks_once_and_the_link_confirms_and_ends_without_an_account(
    gardening: Activity, garden: Organisation, stranger: Client, time_machine: Any
) -> None:
    second = activity("Koffie", "elke woensdag van 10 tot 12", organiser=garden)
    ContactPoint.objects.create(organisation=garden, type="email", value="tuin@example.org")
    time_machine.move_to("2027-06-01T08:00:00+02:00", tick=False)
    assert tasks.ask(date(2027, 6, 1)) == 1 and tasks.ask(date(2027, 6, 2)) == 0
    link = re.search(r"http://[^/]+(/agenda/klopt/\S+)", str(mail.outbox[0].body))
    assert link
    assert "Tuinochtend" in text_of(stranger, link[1])
    stranger.post(link[1], {f"s{gardening.pk}": "goes", f"s{second.pk}": "stopped"})
    gardening.refresh_from_db(), second.refresh_from_db()
    assert gardening.confirmed_on == date(2027, 6, 1) and second.until == date(2027, 5, 31)
    assert stranger.get("/agenda/klopt/verzonnen/").status_code == 410


def test_a_link_is_for_one_organisation_only(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    other = activity("Van een ander")
    stranger.post(f"/agenda/klopt/{confirmation.make_link(garden)}/", {f"s{other.pk}": "stopped"})
    other.refresh_from_db()
    assert other.until is None


def test_a_place_says_that_something_cannot_be_there(
    gardening: Activity,
    garden_place: Place,
    host: User,
    weaver: User,
    as_user: AsUser,
    stranger: Client,
) -> None:
    venue = gardening.venues.get()
    page = f"{gardening.get_absolute_url()}bezwaar/{venue.pk}/"
    assert as_user(weaver).post(page, {"do": "object"}).status_code == 404
    as_user(host).post(page, {"do": "object", "reason": "Te druk"})
    assert "Tuinochtend" not in text_of(stranger, "/agenda/") and "Te druk" in text_of(
        as_user(host), "/beheer/"
    )


def test_a_day_asks_as_little_with_many_activities(
    garden: Organisation, garden_place: Place, stranger: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        activity(f"Koffie {number}", place=garden_place, organiser=garden)
    for address, most in (
        ("/agenda/", 12),
        ("/agenda/?toon=week", 16),
        ("/agenda/?toon=maand", 10),
        ("/agenda.ics", 12),
        ("/agenda/scherm/", 10),
    ):
        with django_assert_max_num_queries(most):
            answer = stranger.get(address)
        assert answer.status_code == 200 and "Koffie" in answer.content.decode(), address


def test_a_list_for_a_group_chat_is_plain_text(gardening: Activity, stranger: Client) -> None:
    page = text_of(stranger, "/agenda/tekst/?toon=week")
    assert "*Dinsdag 24 november* 10.00 Tuinochtend (De Tuin, Noord)" in page


def test_a_moved_time_shows_its_own_hour(gardening: Activity, stranger: Client) -> None:
    occurrence.move(
        SYSTEM, gardening, "2026-11-24T10:00", datetime(2026, 11, 24, 15, 0), reason="Kapper"
    )
    assert "15.00" in text_of(stranger, "/agenda/") and "Andere tijd of plek" in text_of(
        stranger, "/agenda/"
    )
