"""What a tester with fresh eyes found about who may change and see what: each test says what a
user would expect.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.actions import activities as acts
from knooppunt.agenda.actions import confirmation, feeds, occurrence
from knooppunt.agenda.models import Activity, Feed, Organiser, Venue
from knooppunt.agenda.schedule import understand
from knooppunt.agenda.tests.make import activity
from knooppunt.agenda.tests.uploads import (
    TODAY,
    calendar,
    days_of,
    event,
    form_of,
    other_host,
    read,
    read_run,
    sheet,
    text_of,
    upload,
)
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import ImportRun
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


# Who may change what.


def test_a_calendar_of_one_host_cannot_change_the_activity_of_another(
    gardening: Activity, as_user: AsUser, tmp_path: Path
) -> None:
    # The UID of every activity stands in the public feed; uploading it back may not rename somebody
    # else's activity.
    stranger_to_it = other_host(make.organisation("Buurman"))
    path = calendar(tmp_path, event(gardening.uid, "SEQUENCE:9", name="Overgenomen"))
    client = as_user(stranger_to_it)
    upload(client, path, organisation=stranger_to_it.representations.get().organisation_id)
    run = read_run(client, ImportRun.objects.get())
    assert run.state == "done" and run.counts["unchanged"] == 1
    gardening.refresh_from_db()
    assert gardening.name == "Tuinochtend"


def test_two_lists_of_two_hosts_that_number_their_rows_do_not_overwrite_each_other(
    tmp_path: Path, terms: None
) -> None:
    # Everybody numbers rows 1, 2, 3; the second host expects her activities beside those of the
    # first.
    first, second = make.organisation("Een"), make.organisation("Twee")
    read(sheet(tmp_path, "id;naam;wanneer", "1;Koffie;elke dinsdag 10-12"), organiser=first)
    read(
        sheet(tmp_path, "id;naam;wanneer", "1;Schaken;elke vrijdag 19-21", name="b.csv"),
        organiser=second,
    )
    assert sorted(Activity.objects.values_list("name", flat=True)) == ["Koffie", "Schaken"]


def test_two_hosts_who_both_list_coffee_each_have_their_own(tmp_path: Path, terms: None) -> None:
    # Both lists have only a name and a time; the organisation was chosen in the form.
    first, second = make.organisation("Een"), make.organisation("Twee")
    read(sheet(tmp_path, "naam;wanneer", "Koffie;elke dinsdag 10-12"), organiser=first)
    read(
        sheet(tmp_path, "naam;wanneer", "Koffie;elke vrijdag 10-12", name="b.csv"), organiser=second
    )
    assert Activity.objects.filter(name="Koffie").count() == 2


def test_a_second_host_does_not_take_over_the_calendar_that_another_host_follows(
    terms: None,
) -> None:
    # Two organisations may follow the same calendar; the first one keeps hers.
    first, second = make.organisation("Een"), make.organisation("Twee")
    feeds.subscribe(SYSTEM, "https://example.org/a.ics", "a", first, None)
    try:
        feeds.subscribe(SYSTEM, "https://example.org/a.ics", "a", second, None)
    except Exception:  # refusing with a clear sentence is fine too
        pass
    assert Feed.objects.filter(organisation=first).exists()


def test_who_no_longer_organises_something_may_no_longer_change_it(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    # The garden handed the morning over to somebody else.
    Organiser.objects.filter(activity=gardening).update(
        since=date(2026, 1, 1), until=date(2026, 11, 1)
    )
    new = make.organisation("Nieuw")
    Organiser.objects.create(activity=gardening, organisation=new, since=date(2026, 11, 2))
    assert as_user(host).get(f"/agenda/{gardening.slug}/wijzig/").status_code == 403


def test_a_copy_of_something_private_stays_private(
    terms: None, host: User, garden: Organisation, as_user: AsUser, stranger: Client
) -> None:
    # CLASS:PRIVATE is never shown to strangers, also not after the host took it over for next year.
    one = activity(
        "Bestuur", "dinsdag 1 december 2026 om 20 uur", organiser=garden, visibility="private"
    )
    client = as_user(host)
    client.post(f"/agenda/{one.slug}/neem-over/")
    new = Activity.objects.exclude(pk=one.pk).get()
    client.post(f"/agenda/{new.slug}/staat/", {"state": "public"})
    assert stranger.get(f"/agenda/{new.slug}/").status_code == 404


def test_something_private_that_changes_from_a_day_stays_private(
    terms: None, garden: Organisation, stranger: Client
) -> None:
    # Changing the hour from next month may not publish it.
    one = activity("Bestuur", "elke dinsdag om 20 uur", organiser=garden, visibility="private")
    new = acts.change_from(
        SYSTEM,
        one,
        date(2027, 1, 1),
        understand("elke woensdag om 20 uur", date(2027, 1, 1)).values,
    )  # type: ignore[union-attr]
    assert stranger.get(f"/agenda/{new.slug}/").status_code == 404
    assert "Bestuur" not in text_of(stranger, "/agenda/?toon=week&dag=2027-01-06")


def test_a_proposal_that_changes_from_a_day_stays_a_proposal(
    terms: None, garden: Organisation
) -> None:
    # Nobody has looked at it yet.
    one = activity("Voorstel", "elke dinsdag om 20 uur", organiser=garden, state="draft")
    new = acts.change_from(
        SYSTEM,
        one,
        date(2027, 1, 1),
        understand("elke woensdag om 20 uur", date(2027, 1, 1)).values,
    )  # type: ignore[union-attr]
    assert new.state == "draft"


def test_a_hidden_organisation_is_not_named_in_calendars(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # The page leaves out an organisation that is not public; so must the feed.
    Organisation.objects.filter(pk=garden.pk).update(
        state="draft", name="Geheim", name_key="geheim"
    )
    assert "Geheim" not in stranger.get("/agenda.ics").content.decode()


def test_a_hidden_place_to_which_one_time_moved_is_not_named(
    gardening: Activity, stranger: Client
) -> None:
    # A place that left the register is not named to strangers in lists or calendars.
    shelter = make.place("Opvanghuis")
    occurrence.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=shelter)
    Place.objects.filter(pk=shelter.pk).update(state="archived")
    acts.trail.bump_generation()
    assert "Opvanghuis" not in text_of(stranger, "/agenda/?dag=2026-12-01")
    assert "Opvanghuis" not in stranger.get("/agenda.ics").content.decode()


# Changing with the form.


def test_changing_a_word_of_something_at_two_places_keeps_both_places(
    gardening: Activity, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # The form shows one place; the other may not vanish because a word was changed.
    Venue.objects.create(activity=gardening, place=make.place("De Schuur"))
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(f"/agenda/{gardening.slug}/wijzig/", {**data, "description": "Neem laarzen mee"})
    gardening.refresh_from_db()
    assert gardening.descriptions == {"nl": "Neem laarzen mee"}
    assert gardening.places.count() == 2


def test_a_second_organiser_who_changes_a_word_does_not_remove_the_first(
    gardening: Activity, as_user: AsUser
) -> None:
    # The first organisation is not among her choices, but it still organises.
    kitchen = make.organisation("De Keuken")
    Organiser.objects.create(activity=gardening, organisation=kitchen, group="paid")
    client = as_user(other_host(kitchen))
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(f"/agenda/{gardening.slug}/wijzig/", {**data, "description": "Neem laarzen mee"})
    gardening.refresh_from_db()
    assert gardening.descriptions == {"nl": "Neem laarzen mee"}
    names = set(gardening.organisers.as_of(TODAY).values_list("organisation__name", flat=True))
    assert names == {"De Tuin", "De Keuken"}


def test_an_organiser_with_a_comma_in_its_name_survives_a_change(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    # "Huis, tuin en keuken" is one organiser.
    Organiser.objects.create(
        activity=gardening, organisation=make.organisation("Huis, tuin en keuken"), group="paid"
    )
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(f"/agenda/{gardening.slug}/wijzig/", {**data, "description": "Neem laarzen mee"})
    assert gardening.organisers.as_of(TODAY).count() == 2


def test_an_organiser_without_a_page_keeps_its_class_after_a_change(
    terms: None, coordinator: User, as_user: AsUser
) -> None:
    # The class of a loose name counts in the share; the form must not wipe it.
    one = activity("Soep", group="local")
    client = as_user(coordinator)
    page = client.get(f"/agenda/{one.slug}/wijzig/")
    if page.status_code == 200:
        client.post(f"/agenda/{one.slug}/wijzig/", {**form_of(page), "description": "Warm"})
    assert [row.group for row in one.organisers.as_of(TODAY)] == ["local"]


def test_that_it_is_not_free_survives_a_change(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    # The list said "gratis: nee".
    Activity.objects.filter(pk=gardening.pk).update(is_free=False)
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(f"/agenda/{gardening.slug}/wijzig/", {**data, "description": "Neem laarzen mee"})
    gardening.refresh_from_db()
    assert gardening.is_free is False


def test_a_cancelled_day_stays_cancelled_when_the_hour_changes(
    gardening: Activity, host: User, as_user: AsUser
) -> None:
    # "1 december gaat niet door" is about the day; a later start does not bring it back.
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm")
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(
        f"/agenda/{gardening.slug}/wijzig/",
        {**data, "said": "elke dinsdag van 10.30 tot 12", "keep": "all"},
    )
    gardening.refresh_from_db()
    assert gardening.starts_at.minute == 30
    assert date(2026, 12, 1) not in days_of(gardening)


def test_a_day_that_was_left_out_stays_out_when_the_end_changes(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # Five days were left out; the form reads back four and a dots; a host who only corrects the
    # hour keeps all five.
    one = activity(
        "Soos",
        "elke dinsdag van 10 tot 12 niet op 1 december, 8 december, 15 december, 5 januari en 12 "
        "januari",
        organiser=garden,
    )
    assert len(one.exceptions) == 5
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{one.slug}/wijzig/"))
    said = data["said"].replace("12.00", "12.30")
    client.post(f"/agenda/{one.slug}/wijzig/", {**data, "said": said, "keep": "all"})
    one.refresh_from_db()
    assert one.minutes == 150
    assert date(2027, 1, 12) not in days_of(one)


def test_correcting_the_hour_of_every_other_week_does_not_shift_it_a_week(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # It was on 17 November, so it is next on 1 December, also when it ends half an hour later.
    one = activity(
        "Soos", "om de week op dinsdag van 10 tot 12", organiser=garden, today=date(2026, 11, 17)
    )
    assert days_of(one)[0] == date(2026, 12, 1)
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{one.slug}/wijzig/"))
    said = data["said"].replace("12.00", "12.30")
    client.post(f"/agenda/{one.slug}/wijzig/", {**data, "said": said, "keep": "all"})
    one.refresh_from_db()
    assert one.minutes == 150
    assert days_of(one)[0] == date(2026, 12, 1)


def test_copying_a_course_of_three_days_copies_three_days(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # "Neem over" of last year's course gives a course of three days again.
    one = activity("Cursus", "3, 10 en 17 maart 2026 van 10 tot 12", organiser=garden)
    as_user(host).post(f"/agenda/{one.slug}/neem-over/")
    new = Activity.objects.exclude(pk=one.pk).get()
    assert new.occurrences.count() == 3


def test_copying_a_series_whose_rule_has_an_end_gives_times(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # A course of ten evenings from a calendar, a year later: ten evenings.
    one = activity(
        "Cursus",
        "elke dinsdag van 10 tot 12",
        organiser=garden,
        today=date(2025, 9, 1),
        rules=["FREQ=WEEKLY;BYDAY=TU;UNTIL=20251118T225959Z"],
    )
    assert one.occurrences.count()
    as_user(host).post(f"/agenda/{one.slug}/neem-over/")
    new = Activity.objects.exclude(pk=one.pk).get()
    assert new.occurrences.count() > 0


# More about who sees what.


def test_a_hidden_place_is_not_named_on_the_page_of_an_activity(
    gardening: Activity, garden_place: Place, stranger: Client
) -> None:
    # Lists leave out a place that is not public; so must the page and its poster.
    Place.objects.filter(pk=garden_place.pk).update(
        state="draft", name="Opvanghuis", name_key="opvanghuis"
    )
    assert "Opvanghuis" not in text_of(stranger, f"/agenda/{gardening.slug}/")


def test_the_link_of_who_no_longer_organises_something_does_not_end_it(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # The garden handed it over; its link is about its own series.
    Organiser.objects.filter(activity=gardening).update(
        since=date(2026, 1, 1), until=date(2026, 11, 1)
    )
    Organiser.objects.create(
        activity=gardening, organisation=make.organisation("Nieuw"), since=date(2026, 11, 2)
    )
    token = confirmation.make_link(garden)
    stranger.post(f"/agenda/klopt/{token}/", {f"s{gardening.pk}": "stopped"})
    gardening.refresh_from_db()
    assert gardening.until is None


def test_what_an_organisation_no_longer_organises_is_not_in_its_agenda(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # Its page and feed show what it does now.
    Organiser.objects.filter(activity=gardening).update(
        since=date(2026, 1, 1), until=date(2026, 11, 1)
    )
    acts.trail.bump_generation()
    assert "Tuinochtend" not in stranger.get(f"/initiatieven/{garden.slug}.ics").content.decode()


# Odd input.


@pytest.mark.parametrize("name", ["Tuin\x0bochtend", "Tuin\x1fochtend", "Tuin\uffffochtend"])
def test_a_sign_that_no_xml_can_hold_does_not_break_the_news(
    name: str,
    terms: None,
    garden: Organisation,
    garden_place: Place,
    host: User,
    as_user: AsUser,
    stranger: Client,
) -> None:
    # Pasted from a PDF; one such name may not take the feed of everybody down.
    client = as_user(host)
    client.post(
        "/agenda/nieuw/",
        {
            "name": name,
            "said": "elke dinsdag 10-12",
            "where": "De Tuin",
            "organisation": garden.pk,
            "group": "local",
            "keep": "all",
        },
    )
    for address in (
        "/agenda/nieuws.atom",
        "/agenda/nieuws.rss",
        "/agenda/inbed.svg",
        "/agenda.ics",
    ):
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert (
            "\x0b" not in answer.content.decode()
            and "\x1f" not in answer.content.decode()
            and "\uffff" not in answer.content.decode()
        )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1500-01-01"])
def test_moving_to_a_day_that_no_calendar_knows_gets_a_clear_answer(
    day: str, gardening: Activity, host: User, as_user: AsUser
) -> None:
    # A slip in the year is no reason for a crash, and nothing of this year disappears to the year
    # 1.
    one = gardening.occurrences.filter(day=date(2026, 12, 1)).get()
    answer = as_user(host).post(
        f"/agenda/{gardening.slug}/keer/{one.pk}/", {"do": "move", "day": day, "time": "14:00"}
    )
    assert answer.status_code == 400


def test_what_people_type_is_never_markup(
    terms: None, garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    # Names, reasons, places and descriptions are text everywhere.
    evil = "</script><img src=x onerror=alert(1)>"
    one = activity(
        evil,
        "elke dinsdag van 10 tot 12",
        organiser=garden,
        descriptions={"nl": evil},
        location=evil,
        target_groups=[evil],
        cost=evil,
        group="local",
    )
    occurrence.cancel(SYSTEM, one, "2026-12-01T10:00", evil)
    for address in (
        one.get_absolute_url(),
        "/agenda/",
        "/agenda/?toon=week",
        "/agenda/?dag=2026-12-01",
        "/agenda/tekst/?toon=week",
        "/agenda/inbed/",
        "/agenda/inbed.svg",
        "/agenda/scherm/",
        "/agenda/nieuws.atom",
        "/",
        "/cijfers/aandeel/",
    ):
        assert "<img src=x" not in stranger.get(address).content.decode(), address
