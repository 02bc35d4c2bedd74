"""What a tester with fresh eyes found: each test says what a neighbour, host or coordinator would expect."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone, translation

from knooppunt.agenda import shares
from knooppunt.agenda.actions import activities as acts
from knooppunt.agenda.actions import feeds, keeping, single
from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.importing.words import group_of
from knooppunt.agenda.models import Activity, Feed, Organiser, Venue
from knooppunt.agenda.schedule import understand
from knooppunt.agenda.tests.make import activity
from knooppunt.agenda.wording import rule_in_words, when
from knooppunt.core.trail import SYSTEM, Actor
from knooppunt.directory.models import Area, Organisation, Place, Representation
from knooppunt.directory.tests import make
from knooppunt.kit.findings import Report
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
BY_IMPORT = Actor(None, "import")
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def read(path: Path, **options: Any) -> Report:
    with Report() as report:
        Job(BY_IMPORT, path, **options).run(report)
    return report


def sheet(tmp_path: Path, *lines: str, name: str = "lijst.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def calendar(tmp_path: Path, *events: str, name: str = "kalender.ics") -> Path:
    path = tmp_path / name
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    path.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n", newline="")
    return path


def event(uid: str, *lines: str, start: str = "DTSTART;TZID=Europe/Amsterdam:20261201T100000", name: str = "") -> str:
    return "\r\n".join(
        [f"UID:{uid}", "DTSTAMP:20261101T090000Z", start, f"SUMMARY:{name or 'Afspraak ' + uid}", *lines]
    )


def other_host(organisation: Organisation, mail: str = "other@example.org") -> User:
    user = User.objects.create_user(mail, name="Other")
    Representation.objects.create(user=user, organisation=organisation, since=timezone.localdate())
    return user


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back when nothing is typed."""
    form = page.context["form"]
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        if isinstance(value, (list, tuple)):
            found[field.html_name] = [getattr(one, "pk", one) for one in value]
        elif value is True:
            found[field.html_name] = "on"
        else:
            found[field.html_name] = getattr(value, "pk", value)
    choices = getattr(form.fields["organisation"], "queryset", None)
    if "organisation" in found and choices is not None and not choices.filter(pk=found["organisation"]).exists():
        found.pop("organisation")  # a browser has no such choice to send
    return found


def days_of(one: Activity) -> list[date]:
    rows = one.occurrences.filter(day__gte=TODAY, is_shown=True).exclude(status="cancelled").order_by("starts")
    return list(rows.values_list("day", flat=True))


# Who may change what.


def test_a_calendar_of_one_host_cannot_change_the_activity_of_another(
    gardening: Activity, as_user: AsUser, tmp_path: Path
) -> None:
    # The UID of every activity stands in the public feed; uploading it back may not rename somebody else's activity.
    stranger_to_it = other_host(make.organisation("Buurman"))
    path = calendar(tmp_path, event(gardening.uid, "SEQUENCE:9", name="Overgenomen"))
    with path.open("rb") as file:
        as_user(stranger_to_it).post(
            "/beheer/agenda-inlezen/",
            {"file": file, "organisation": stranger_to_it.representations.get().organisation_id},
        )
    gardening.refresh_from_db()
    assert gardening.name == "Tuinochtend"


def test_two_lists_of_two_hosts_that_number_their_rows_do_not_overwrite_each_other(tmp_path: Path, terms: None) -> None:
    # Everybody numbers rows 1, 2, 3; the second host expects her activities beside those of the first.
    first, second = make.organisation("Een"), make.organisation("Twee")
    read(sheet(tmp_path, "id;naam;wanneer", "1;Koffie;elke dinsdag 10-12"), organiser=first)
    read(sheet(tmp_path, "id;naam;wanneer", "1;Schaken;elke vrijdag 19-21", name="b.csv"), organiser=second)
    assert sorted(Activity.objects.values_list("name", flat=True)) == ["Koffie", "Schaken"]


def test_two_hosts_who_both_list_coffee_each_have_their_own(tmp_path: Path, terms: None) -> None:
    # Both lists have only a name and a time; the organisation was chosen in the form.
    first, second = make.organisation("Een"), make.organisation("Twee")
    read(sheet(tmp_path, "naam;wanneer", "Koffie;elke dinsdag 10-12"), organiser=first)
    read(sheet(tmp_path, "naam;wanneer", "Koffie;elke vrijdag 10-12", name="b.csv"), organiser=second)
    assert Activity.objects.filter(name="Koffie").count() == 2


def test_a_second_host_does_not_take_over_the_calendar_that_another_host_follows(terms: None) -> None:
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
    Organiser.objects.filter(activity=gardening).update(since=date(2026, 1, 1), until=date(2026, 11, 1))
    new = make.organisation("Nieuw")
    Organiser.objects.create(activity=gardening, organisation=new, since=date(2026, 11, 2))
    assert as_user(host).get(f"/agenda/{gardening.slug}/wijzig/").status_code == 403


def test_a_copy_of_something_private_stays_private(
    terms: None, host: User, garden: Organisation, as_user: AsUser, stranger: Client
) -> None:
    # CLASS:PRIVATE is never shown to strangers, also not after the host took it over for next year.
    one = activity("Bestuur", "dinsdag 1 december 2026 om 20 uur", organiser=garden, visibility="private")
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
        SYSTEM, one, date(2027, 1, 1), understand("elke woensdag om 20 uur", date(2027, 1, 1)).values
    )  # type: ignore[union-attr]
    assert stranger.get(f"/agenda/{new.slug}/").status_code == 404
    assert "Bestuur" not in text_of(stranger, "/agenda/?toon=week&dag=2027-01-06")


def test_a_proposal_that_changes_from_a_day_stays_a_proposal(terms: None, garden: Organisation) -> None:
    # Nobody has looked at it yet.
    one = activity("Voorstel", "elke dinsdag om 20 uur", organiser=garden, state="draft")
    new = acts.change_from(
        SYSTEM, one, date(2027, 1, 1), understand("elke woensdag om 20 uur", date(2027, 1, 1)).values
    )  # type: ignore[union-attr]
    assert new.state == "draft"


def test_a_hidden_organisation_is_not_named_in_calendars(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # The page leaves out an organisation that is not public; so must the feed.
    Organisation.objects.filter(pk=garden.pk).update(state="draft", name="Geheim", name_key="geheim")
    assert "Geheim" not in stranger.get("/agenda.ics").content.decode()


def test_a_hidden_place_to_which_one_time_moved_is_not_named(gardening: Activity, stranger: Client) -> None:
    # A place that left the register is not named to strangers in lists or calendars.
    shelter = make.place("Opvanghuis")
    single.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=shelter)
    Place.objects.filter(pk=shelter.pk).update(state="archived")
    acts.trail.raise_stamp()
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


def test_a_second_organiser_who_changes_a_word_does_not_remove_the_first(gardening: Activity, as_user: AsUser) -> None:
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
    Organiser.objects.create(activity=gardening, organisation=make.organisation("Huis, tuin en keuken"), group="paid")
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


def test_that_it_is_not_free_survives_a_change(gardening: Activity, host: User, as_user: AsUser) -> None:
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
    single.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm")
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{gardening.slug}/wijzig/"))
    client.post(f"/agenda/{gardening.slug}/wijzig/", {**data, "said": "elke dinsdag van 10.30 tot 12", "keep": "all"})
    gardening.refresh_from_db()
    assert gardening.starts_at.minute == 30
    assert date(2026, 12, 1) not in days_of(gardening)


def test_a_day_that_was_left_out_stays_out_when_the_end_changes(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # Five days were left out; the form reads back four and a dots; a host who only corrects the hour keeps all five.
    one = activity(
        "Soos",
        "elke dinsdag van 10 tot 12 niet op 1 december, 8 december, 15 december, 5 januari en 12 januari",
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
    one = activity("Soos", "om de week op dinsdag van 10 tot 12", organiser=garden, today=date(2026, 11, 17))
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


# What was understood.


@pytest.mark.parametrize(
    "said", ["zaterdag 28 november van 20 tot 1 uur", "elke vrijdag van 22 tot 2 uur", "elke vrijdag 20.00-00.30"]
)
def test_a_party_that_ends_after_midnight_is_understood(said: str) -> None:
    # Feasts end after midnight; the begin at least must be understood, best also the end.
    found = understand(said, TODAY)
    assert found and found.has_time and found.values["minutes"] in (300, 240, 270)


def test_the_example_under_the_field_is_understood_word_for_word() -> None:
    # The form itself says: type "zaterdag 14 maart om 14 uur".
    from knooppunt.agenda.forms.activities import EXAMPLES

    for example in re.findall("‘([^’]+)’", str(EXAMPLES)):
        found = understand(example, TODAY)
        assert found and not found.unknown, example


def test_a_first_working_day_is_read_back_in_english() -> None:
    # An English reader gets English words.
    with translation.override("en"):
        assert "werkdag" not in rule_in_words("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", TODAY)


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=5", "2"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "13"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "2"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "2"),
        ("FREQ=MONTHLY;BYDAY=TU;BYMONTH=3", "maart"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1SA;BYMONTH=1,4,7", "januari"),
    ],
)
def test_a_rule_from_a_calendar_is_read_back_without_leaving_half_of_it_out(rule: str, word: str) -> None:
    # "elk jaar" is not what "every other year" means; better "volgens een eigen schema" than something else.
    words = rule_in_words(rule, TODAY)
    assert word in words or "eigen schema" in words, words


@pytest.mark.parametrize(
    "said",
    [
        "elke 2e dinsdag van 10 tot 12, niet in de schoolvakantie", "om de week woensdag van 14 tot 16", "elke dag in juli en augustus van 10 tot 12",
        "elke maandag van 10 tot 12 behalve 7 december en 14 december", "elke maandag vanaf 7 december van 10 tot 12", "elke eerste werkdag van de maand om 9 uur",
        "van 1 december tot 1 maart elke maandag 10-12", "elke 1e en 3e dinsdag om 19.30, niet op feestdagen", "jaarlijks op 5 mei van 12 tot 17", "3, 10 en 17 december van 10 tot 12",
        "elke maandag in december van 10 tot 12", "elke laatste vrijdag van de maand om 15 uur", "elke 5e maandag om 10 uur", "elk kwartaal op de 1e zaterdag om 14 uur",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_read_back_means_the_same_when_it_is_typed_again(said: str, language: str) -> None:
    # The form fills in the sentence that it read back; typing it again may change nothing.
    values = understand(said, TODAY).values  # type: ignore[union-attr]
    with translation.override(language):
        back = when(Activity(**values))
    again = understand(back, TODAY)
    names = (
        "starts_on",
        "starts_at",
        "minutes",
        "rules",
        "additions",
        "exceptions",
        "until",
        "skips_school_holidays",
        "skips_public_holidays",
    )
    assert again and not again.unknown, back
    assert {name: again.values[name] for name in names} == {name: values[name] for name in names}, back


# Several days, whole days and midnight.


def test_a_festival_of_three_days_is_in_the_list_of_its_second_day(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # Saturday's list shows what goes on on Saturday.
    read(
        calendar(
            tmp_path, event("f", "DTEND;VALUE=DATE:20261207", start="DTSTART;VALUE=DATE:20261204", name="Festival")
        )
    )
    assert "Festival" in text_of(stranger, "/agenda/?dag=2026-12-04")
    assert "Festival" in text_of(stranger, "/agenda/?dag=2026-12-05")


def test_an_exhibition_that_began_last_week_is_on_today_at_home(terms: None, tmp_path: Path, stranger: Client) -> None:
    # It is on today, so home and today's list show it.
    read(
        calendar(
            tmp_path, event("e", "DTEND;VALUE=DATE:20261207", start="DTSTART;VALUE=DATE:20261120", name="Expositie")
        )
    )
    assert "Expositie" in text_of(stranger, "/agenda/")


def test_the_command_tells_a_festival_also_from_its_second_day(
    terms: None, tmp_path: Path, knooppunt: Any, capsys: Any
) -> None:
    # What is on between two days includes what began the day before.
    read(
        calendar(
            tmp_path, event("f", "DTEND;VALUE=DATE:20261207", start="DTSTART;VALUE=DATE:20261204", name="Festival")
        )
    )
    knooppunt("agenda", "--from", "2026-12-05", "--to", "2026-12-06", "--json")
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["Festival"]


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/?dag=2026-12-01",
        "/agenda/buurtdag/",
        "/agenda/tekst/?dag=2026-12-01",
        "/agenda/inbed/",
        "/agenda/inbed.svg",
        "/agenda/scherm/",
    ],
)
def test_a_day_that_lasts_all_day_does_not_say_midnight(
    address: str, terms: None, tmp_path: Path, stranger: Client
) -> None:
    # 00.00 says nothing; "hele dag" does.
    read(
        calendar(
            tmp_path, event("d", "RRULE:FREQ=WEEKLY;COUNT=2", start="DTSTART;VALUE=DATE:20261201", name="Buurtdag")
        )
    )
    page = text_of(stranger, address)
    assert "Buurtdag" in page and "00.00" not in page


def test_structured_data_of_a_whole_day_has_days(terms: None, tmp_path: Path, stranger: Client) -> None:
    # schema.org wants a plain date for a whole day.
    read(calendar(tmp_path, event("d", start="DTSTART;VALUE=DATE:20261201", name="Buurtdag")))
    page = stranger.get(f"/agenda/{Activity.objects.get().slug}/").content.decode()
    assert '"startDate": "2026-12-01"' in page


# A time that changed is right everywhere.


def test_a_time_that_moved_to_another_place_is_on_the_page_and_in_the_list_of_that_place(
    gardening: Activity, stranger: Client
) -> None:
    # The neighbours of the other place see it there on that day.
    barn = make.place("De Schuur")
    single.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=barn)
    assert "Tuinochtend" in text_of(stranger, f"/agenda/?dag=2026-12-01&plek={barn.slug}")
    assert "Tuinochtend" in text_of(stranger, f"/plekken/{barn.slug}/")


def test_a_time_that_moved_to_another_wijk_is_in_the_list_of_that_wijk(
    gardening: Activity, zuid: Area, stranger: Client
) -> None:
    # On that day it is in Zuid.
    barn = make.place("De Schuur", longitude=4.05, latitude=51.95)
    single.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=barn)
    assert "Tuinochtend" in text_of(stranger, "/agenda/?dag=2026-12-01&wijk=zuid")


def test_the_title_and_place_that_a_calendar_gives_one_time_are_on_the_list(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # The calendar says that on 8 December it is a Christmas dinner in the church.
    rule = event("k", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5", "LOCATION:Kantine", name="Eten")
    other = event(
        "k",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261208T100000",
        "LOCATION:Kerk",
        start="DTSTART;TZID=Europe/Amsterdam:20261208T100000",
        name="Kerstdiner",
    )
    read(calendar(tmp_path, rule, other))
    page = text_of(stranger, "/agenda/?dag=2026-12-08")
    assert "Kerstdiner" in page and "Kerk" in page


def test_a_moved_time_is_at_its_new_day_in_the_text_for_whatsapp_and_the_command(
    gardening: Activity, stranger: Client, knooppunt: Any, capsys: Any
) -> None:
    # Moved from Tuesday 1 to Wednesday 9 December.
    single.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 9, 14))
    assert (
        "Tuinochtend"
        not in text_of(stranger, "/agenda/tekst/?dag=2026-12-01").split("<textarea")[-1].split("</textarea")[0]
    )
    assert "14.00 Tuinochtend" in text_of(stranger, "/agenda/tekst/?dag=2026-12-09")
    knooppunt("agenda", "--from", "2026-12-01", "--to", "2026-12-09", "--json")
    assert [one["start"] for one in json.loads(capsys.readouterr().out)] == [
        "2026-12-08T10:00:00+01:00",
        "2026-12-09T14:00:00+01:00",
    ]


def test_the_new_hour_of_a_moved_time_is_kept_when_it_is_cancelled_after_that(
    gardening: Activity, stranger: Client
) -> None:
    # People were told 9 December 14.00; that is what is cancelled.
    single.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 9, 14))
    single.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm")
    assert "gaat niet door" in text_of(stranger, "/agenda/?dag=2026-12-09").lower()


def test_a_series_that_was_stopped_ends_in_calendars_also_when_its_rule_had_a_count(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # The host says "gestopt"; the phone of the neighbour stops too.
    read(calendar(tmp_path, event("c", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=40", name="Cursus")))
    one = Activity.objects.get()
    keeping.end(SYSTEM, one, date(2026, 12, 10))
    text = stranger.get(f"/agenda/{one.slug}.ics").content.decode()
    assert "COUNT=40" not in text


def test_days_after_the_end_are_not_in_the_calendar(terms: None, stranger: Client) -> None:
    # The course of three evenings was stopped after the first.
    one = activity("Cursus", "1, 8 en 15 december van 10 tot 12")
    keeping.end(SYSTEM, one, date(2026, 12, 2))
    assert len(days_of(one)) == 1
    assert "20261215" not in stranger.get(f"/agenda/{one.slug}.ics").content.decode()


# Shares.


def test_a_rule_of_which_the_number_was_not_understood_does_not_count_as_weekly(tmp_path: Path, terms: None) -> None:
    # "2 keer per week" and "in de even weken" have no understandable rule, or count 2 and 1/2; never 1.
    read(
        sheet(
            tmp_path,
            "naam;wanneer;organisator;klasse",
            "A;2 keer per week;X;lokaal",
            "B;elke dinsdag in de even weken 10-12;X;lokaal",
        )
    )
    whole = shares.count(TODAY)[0]
    assert float(whole.total) in (0, 2.5)


@pytest.mark.parametrize(
    ("cell", "share"),
    [("gemengd 0,6", 60), ("gemengd 60/40", 60), ("mixed 60%", 60), ("mixed (60% local)", 60), ("gemengd 60%/40%", 60)],
)
def test_a_class_with_its_share_in_the_same_cell_is_understood(cell: str, share: int) -> None:
    # People write the share next to the word.
    assert group_of(cell)[:2] == ("mixed", share)


def test_a_hundred_percent_in_a_spreadsheet_is_a_hundred_percent(tmp_path: Path, terms: None) -> None:
    # Excel keeps 100% as 1 and 60% as 0.6.
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["naam", "wanneer", "organisator", "klasse", "aandeel"],
        ["A", "elke dinsdag 10-12", "X", "gemengd", 1.0],
        ["B", "elke dinsdag 10-12", "X", "gemengd", 0.6],
    ):
        page.append(row)
    for cell in ("E2", "E3"):
        page[cell].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    read(tmp_path / "a.xlsx")
    found = dict(Organiser.objects.values_list("activity__name", "local_share"))
    assert found == {"A": 100, "B": 60}


# Lists.


@pytest.mark.parametrize("column", ["wanneer", "rrule"])
def test_a_calendar_rule_in_the_column_of_times_is_read_as_a_rule(tmp_path: Path, terms: None, column: str) -> None:
    # The list came from a program; there is even a column name for it.
    report = read(sheet(tmp_path, f"naam;{column};begin;eind", 'A;"FREQ=WEEKLY;BYDAY=TU";10:00;12:00'))
    one = Activity.objects.first()
    if one is None:
        assert report.counts["error"] == 1  # refusing it is honest too
    else:
        assert one.rules == ["FREQ=WEEKLY;BYDAY=TU"] and one.starts_on == TODAY


def test_changing_only_the_class_in_the_list_keeps_the_cancelled_time(tmp_path: Path, terms: None) -> None:
    # Reading in a changed list again does not undo what the host did on the site.
    read(sheet(tmp_path, "naam;wanneer;organisator;klasse", "A;elke dinsdag 10-12;X;lokaal"))
    one = Activity.objects.get()
    single.cancel(SYSTEM, one, "2026-12-01T10:00", "Storm")
    read(sheet(tmp_path, "naam;wanneer;organisator;klasse", "A;elke dinsdag 10-12;X;betaald"))
    assert date(2026, 12, 1) not in days_of(one)


# More about who sees what.


def test_a_hidden_place_is_not_named_on_the_page_of_an_activity(
    gardening: Activity, garden_place: Place, stranger: Client
) -> None:
    # Lists leave out a place that is not public; so must the page and its poster.
    Place.objects.filter(pk=garden_place.pk).update(state="draft", name="Opvanghuis", name_key="opvanghuis")
    assert "Opvanghuis" not in text_of(stranger, f"/agenda/{gardening.slug}/")


def test_the_link_of_who_no_longer_organises_something_does_not_end_it(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # The garden handed it over; its link is about its own series.
    Organiser.objects.filter(activity=gardening).update(since=date(2026, 1, 1), until=date(2026, 11, 1))
    Organiser.objects.create(activity=gardening, organisation=make.organisation("Nieuw"), since=date(2026, 11, 2))
    token = keeping.make_link(garden)
    stranger.post(f"/agenda/klopt/{token}/", {f"s{gardening.pk}": "stopped"})
    gardening.refresh_from_db()
    assert gardening.until is None


def test_what_an_organisation_no_longer_organises_is_not_in_its_agenda(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    # Its page and feed show what it does now.
    Organiser.objects.filter(activity=gardening).update(since=date(2026, 1, 1), until=date(2026, 11, 1))
    acts.trail.raise_stamp()
    assert "Tuinochtend" not in stranger.get(f"/initiatieven/{garden.slug}.ics").content.decode()


# Odd input.


@pytest.mark.parametrize("name", ["Tuin\x0bochtend", "Tuin\x1fochtend", "Tuin\uffffochtend"])
def test_a_sign_that_no_xml_can_hold_does_not_break_the_news(
    name: str, terms: None, garden: Organisation, garden_place: Place, host: User, as_user: AsUser, stranger: Client
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
    for address in ("/agenda/nieuws.atom", "/agenda/nieuws.rss", "/agenda/inbed.svg", "/agenda.ics"):
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
    # A slip in the year is no reason for a crash, and nothing of this year disappears to the year 1.
    one = gardening.occurrences.filter(day=date(2026, 12, 1)).get()
    answer = as_user(host).post(f"/agenda/{gardening.slug}/keer/{one.pk}/", {"do": "move", "day": day, "time": "14:00"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "said",
    [
        "31 december 9999 om 23 uur",
        "31-12-9999 23:00",
        "elke dinsdag vanaf 31-12-9999 10-12",
        "1-1-0001 om 10 uur",
        "elke dinsdag vanaf 1-1-1970 van 10 tot 12",
        "elke dag vanaf 1-1-1900 om 10 uur",
    ],
)
def test_a_far_away_year_in_a_proposal_gets_a_clear_answer(said: str, terms: None, stranger: Client) -> None:
    # Never a 500.
    page = stranger.get("/agenda/voorstel/")
    moment = re.search('name="moment" value="([^"]+)"', page.content.decode())
    answer = stranger.post(
        "/agenda/voorstel/", {"name": "Ver", "said": said, "moment": moment[1] if moment else "", "nickname": ""}
    )
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31"])
def test_a_far_away_first_day_gets_a_clear_answer(
    first: str, terms: None, garden: Organisation, garden_place: Place, host: User, as_user: AsUser
) -> None:
    # Never a 500.
    data = {
        "name": "Ver",
        "said": "elke dinsdag 10-12",
        "where": "De Tuin",
        "organisation": garden.pk,
        "first_day": first,
    }
    for more in ({}, {"keep": "all"}):
        assert as_user(host).post("/agenda/nieuw/", data | more).status_code in (200, 302, 400)


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/?dag=9999-12-31", "/agenda/?dag=0001-01-01&toon=week", "/agenda/?dag=2200-01-01&toon=maand", "/agenda/?dag=1970-01-01&toon=maand", "/agenda/?pagina=-3", "/agenda/?pagina=99999999999999999999",
        "/agenda/?wijk=%00&plek=%00&wie=%00&soort=%00&thema=%00", "/agenda/inbed/?aantal=-5", "/agenda/inbed/?aantal=٣", "/agenda/inbed.svg?aantal=999&kleur=%3Cscript%3E", "/agenda/scherm/?plek=<b>",
        "/cijfers/aandeel/?dag=9999-12-31&met=0001-01-01", "/cijfers/aandeel/?op=9999-12-31", "/cijfers/aandeel/?wijk=%00&klasse=%00", "/cijfers/aandeel.csv?wijk=zuid&dag=x", "/cijfers/aandeel.svg?dag=0000-00-00", "/cijfers/aandeel/?met=2020-02-30",
        "/agenda/tekst/?dag=%D9%A2", "/agenda/sluit-aan/?plek=%00", "/agenda/papier/?voor=%00", "/en/agenda/?dag=2026-12-01&toon=week", "/?wijk=%00", "/agenda/klopt/%00/",
    ],
)  # fmt: skip
def test_odd_addresses_never_crash(address: str, gardening: Activity, stranger: Client) -> None:
    # A hostile or clumsy visitor gets a page.
    assert stranger.get(address).status_code in (200, 302, 404, 410)


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
    single.cancel(SYSTEM, one, "2026-12-01T10:00", evil)
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


# The nights when the clock changes.


def test_half_past_two_in_march_is_explained_on_the_page(terms: None, stranger: Client) -> None:
    # The page says 03.30; neighbours need to know why.
    one = activity("Nachtwake", "28 maart 2027 om 2.30 uur")
    assert "klok" in text_of(stranger, one.get_absolute_url())


def test_half_past_two_in_october_is_explained_on_the_page(terms: None, stranger: Client) -> None:
    # That hour comes twice.
    one = activity("Nachtwake", "31 oktober 2027 om 2.30 uur")
    assert "klok" in text_of(stranger, one.get_absolute_url())


@pytest.mark.parametrize("day", ["28 maart 2027", "31 oktober 2027"])
def test_what_ends_at_five_ends_at_five_in_the_list_and_in_the_calendar(
    day: str, terms: None, stranger: Client
) -> None:
    # "van 1 tot 5" means five on the clock, also that night; the list and a phone may not differ.
    one = activity("Nachtwake", f"{day} van 1 tot 5 uur")
    assert timezone.localtime(one.occurrences.get().ends).hour == 5
    found = icalendar.Calendar.from_ical(stranger.get(f"/agenda/{one.slug}.ics").content).walk("VEVENT")[0]
    assert found["DTEND"].dt.hour == 5


# English and shares.


def test_english_pages_speak_english(gardening: Activity, stranger: Client) -> None:
    # A neighbour who reads English gets no Dutch labels.
    single.cancel(SYSTEM, gardening, "2026-12-01T10:00", "")
    for address in (
        "/en/agenda/?toon=week&dag=2026-12-01",
        f"/en{gardening.get_absolute_url()}",
        "/en/cijfers/aandeel/",
        "/en/agenda/inbed/",
        "/en/agenda/voorstel/",
    ):
        page = text_of(stranger, address)
        for word in (
            "Gaat niet door",
            "Wanneer",
            "elke dinsdag",
            "bewoners en",
            "Peildatum",
            "Vertel het door",
            "niet bekend",
        ):
            assert word not in page, (address, word)


def test_a_series_that_was_taken_over_by_professionals_counts_as_it_was_on_each_day(
    gardening: Activity, garden: Organisation
) -> None:
    # Before and after between two days.
    Activity.objects.filter(pk=gardening.pk).update(listed_on=date(2026, 1, 1))
    gardening.refresh_from_db()
    acts.change(SYSTEM, gardening, {"organisers": [Organising(garden, "", "paid", None)]})
    before, after = shares.count(date(2026, 11, 1))[0], shares.count(TODAY)[0]
    assert before.share("local") == 1 and after.share("paid") == 1


def test_a_series_counts_once_on_the_day_before_it_changed_to_every_other_week(
    terms: None, garden: Organisation, host: User, as_user: AsUser
) -> None:
    # "Vanaf 1 december om de week": in November it still counts 1, in December 1/2; never both.
    one = activity("Soos", "elke dinsdag van 10 tot 12", organiser=garden, group="local", since=date(2026, 1, 6), today=date(2026, 1, 1))
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{one.slug}/wijzig/"))
    said = {"said": "om de week op dinsdag van 10 tot 12", "first_day": "2026-12-01", "keep": "from"}
    assert client.post(f"/agenda/{one.slug}/wijzig/", data | said).status_code == 302
    assert [float(shares.count(day)[0].total) for day in (date(2026, 11, 30), date(2026, 12, 1))] == [1, 0.5]


def test_a_stop_in_the_holidays_does_not_lower_the_share(terms: None) -> None:
    # On a reference day within the school holiday it still counts.
    activity("Club", "elke dinsdag van 15 tot 17, niet in de schoolvakantie", group="local")
    assert float(shares.count(date(2026, 12, 22))[0].total) == 1


def test_a_season_that_is_over_does_not_count(terms: None) -> None:
    # "in mei tot en met september" does not run in November.
    activity("Zwemmen", "elke dinsdag in mei t/m september van 15 tot 17", group="local")
    assert float(shares.count(date(2026, 11, 24))[0].total) == 0 and float(shares.count(date(2027, 6, 1))[0].total) == 1


def test_a_yearly_day_number_without_a_month_counts_twelve_times_a_year(terms: None) -> None:
    # FREQ=YEARLY;BYMONTHDAY=5 is the fifth of each month.
    activity("Vijfde", "elke dinsdag 10-12", group="local", rules=["FREQ=YEARLY;BYMONTHDAY=5"])
    assert abs(float(shares.count(TODAY)[0].total) - 12 / 52) < 1e-9


def test_one_of_several_organisers_without_a_class_does_not_change_the_count(terms: None, garden: Organisation) -> None:
    # The known ones count equally.
    one = activity("Soep", organiser=garden, group="local")
    Organiser.objects.create(activity=one, name="X", group="")
    Organiser.objects.create(activity=one, name="Y", group="paid")
    whole = shares.count(TODAY)[0]
    assert float(whole.weekly["local"]) == float(whole.weekly["paid"]) == 0.5


def test_the_csv_of_the_share_adds_up_to_the_table(
    terms: None, garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    # Anyone can count it again.
    activity(
        "A",
        "elke dinsdag en donderdag 10-12",
        organiser=garden,
        group="local",
        place=garden_place,
        since=date(2026, 1, 1),
    )
    activity(
        "B",
        "elke 1e zondag om 10 uur",
        organiser=garden,
        group="mixed",
        share=60,
        place=garden_place,
        since=date(2026, 1, 1),
    )
    lines = stranger.get("/cijfers/aandeel.csv?wijk=noord").content.decode("utf-8-sig").splitlines()
    total = sum(float(line.split(",")[4]) for line in lines[1:])
    assert abs(total - (2 + 12 / 52)) < 0.001


# Seen in a browser.


def test_a_host_who_saves_a_proposal_sees_her_proposal(terms: None, garden: Organisation, garden_place: Place, host: User, as_user: AsUser) -> None:
    # She forgot to choose her organisation; "een coördinator kijkt ernaar" may not end on "not found".
    answer = as_user(host).post("/agenda/nieuw/", {"name": "Lezing", "said": "elke dinsdag 10-12", "where": "Ergens", "keep": "yes"}, follow=True)
    assert answer.status_code == 200


def test_the_words_beside_the_bars_fit_in_the_picture(gardening: Activity, stranger: Client) -> None:
    # The picture is 720 wide; the last word of the legend is cut off beyond it.
    drawing = unescape(stranger.get("/cijfers/aandeel.svg").content.decode())
    words = re.findall(r'<text x="([0-9.]+)" y="12"[^>]*>([^<]+)<', drawing)
    assert words and all(float(x) + 7 * len(label) <= 720 for x, label in words), words


def test_the_picture_of_the_shares_says_of_which_day_it_is(gardening: Activity, stranger: Client) -> None:
    # It is used elsewhere, where nothing else says so.
    assert "2026" in stranger.get("/cijfers/aandeel.svg").content.decode()


# Calendars as other programs read them.


def test_every_line_of_a_calendar_is_short_and_every_event_can_be_read(terms: None, garden: Organisation, garden_place: Place, stranger: Client) -> None:
    # Long words, emoji, right-to-left text, semicolons and line ends come back as they were.
    name = "Ünïcødé 🎉 مرحبا, met; komma\\ en " + "lang" * 30
    one = activity(name[:200], "elke dinsdag van 10 tot 12", place=garden_place, organiser=garden, descriptions={"nl": "een\ntwee\n\nvier; vijf, zes"})
    single.cancel(SYSTEM, one, "2026-12-01T10:00", "Storm; dus, niet")
    acts.change(SYSTEM, one, {"until": date(2027, 6, 30)})
    raw = stranger.get("/agenda.ics").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    series, gone = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert str(series["SUMMARY"]) == name[:200] and str(series["DESCRIPTION"]) == "een\ntwee\n\nvier; vijf, zes"
    assert str(gone["COMMENT"]) == "Storm; dus, niet" and b"UNTIL=20270630T215959Z" in raw


def test_a_moved_time_of_a_whole_day_is_a_day_in_the_calendar(terms: None, tmp_path: Path, stranger: Client) -> None:
    # RECURRENCE-ID has the same kind of value as DTSTART.
    read(calendar(tmp_path, event("d", "RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART;VALUE=DATE:20261201", name="Buurtdag")))
    one = Activity.objects.get()
    single.move(SYSTEM, one, "2026-12-08T00:00", datetime(2026, 12, 9))
    moved = icalendar.Calendar.from_ical(stranger.get(f"/agenda/{one.slug}.ics").content).walk("VEVENT")[1]
    assert moved["RECURRENCE-ID"].dt == date(2026, 12, 8) and moved["DTSTART"].dt == date(2026, 12, 9)


def test_a_moved_time_of_a_whole_day_keeps_the_hour_that_the_host_gave(terms: None, tmp_path: Path, host: User, garden: Organisation, as_user: AsUser, stranger: Client) -> None:
    # She moved it to Wednesday at 14.00; the list says so.
    read(calendar(tmp_path, event("d", "RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART;VALUE=DATE:20261201", name="Buurtdag")), organiser=garden)
    one = Activity.objects.get()
    time = one.occurrences.get(day=date(2026, 12, 8))
    as_user(host).post(f"/agenda/{one.slug}/keer/{time.pk}/", {"do": "move", "day": "2026-12-09", "time": "14:00"})
    assert "14.00" in text_of(stranger, "/agenda/?dag=2026-12-09")


def test_what_the_calendar_skips_is_skipped_after_the_holidays_change(gardening: Activity, stranger: Client) -> None:
    # A day without a place in the rule is not in the list either: list and feed name the same days.
    acts.change(SYSTEM, gardening, {"skips_school_holidays": True, "until": date(2027, 2, 1)})
    from dateutil.rrule import rruleset, rrulestr

    found = icalendar.Calendar.from_ical(stranger.get("/agenda.ics").content).walk("VEVENT")[0]
    rule = rruleset()
    start = found["DTSTART"].dt.replace(tzinfo=None)
    rule.rrule(rrulestr(found["RRULE"].to_ical().decode().replace("T225959Z", "T235959"), dtstart=start))  # type: ignore[arg-type]
    for out in found["EXDATE"].dts:
        rule.exdate(out.dt.replace(tzinfo=None))
    assert [day.date() for day in rule] == list(gardening.occurrences.values_list("day", flat=True))


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"PK\x03\x04rommel", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "naam;wanneer\nCafé;elke dinsdag 10-12\n".encode("cp1252"), b"naam\twanneer\nA\telke dinsdag 10-12\n", b"a,b\n1,2\n"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ics"])
def test_an_odd_file_gets_a_report_or_a_sentence(content: bytes, ending: str, terms: None, coordinator: User, as_user: AsUser) -> None:
    # Never a 500, whatever is uploaded.
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = as_user(coordinator).post("/beheer/agenda-inlezen/", {"file": SimpleUploadedFile(f"a.{ending}", content)})
    assert answer.status_code in (200, 302, 400)
