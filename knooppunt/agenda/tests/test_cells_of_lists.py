"""What a tester with fresh eyes found about shares, lists and pages: each test says what a user
would expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from knooppunt.agenda import shares
from knooppunt.agenda.actions import activities as acts
from knooppunt.agenda.actions import occurrence
from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.importing.words import group_of
from knooppunt.agenda.models import Activity, Organiser
from knooppunt.agenda.tests.make import activity
from knooppunt.agenda.tests.uploads import TODAY, days_of, form_of, read, sheet, text_of
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation, Place
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


# Shares.


def test_a_rule_of_which_the_number_was_not_understood_does_not_count_as_weekly(
    tmp_path: Path, terms: None
) -> None:
    # How often that is cannot be read from them, so they stand beside the count.
    read(
        sheet(
            tmp_path,
            "naam;wanneer;organisator;klasse",
            "A;2 keer per week;X;lokaal",
            "B;elke dinsdag in de even weken 10-12;X;lokaal",
        )
    )
    whole = shares.count(TODAY)[0]
    assert (whole.lines, float(whole.total)) == ([], 0)
    assert [(subject.name, reason) for subject, reason in whole.beside] == [
        ("A", "no_rule"),
        ("B", "no_rule"),
    ]


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("gemengd 0,6", 60),
        ("gemengd 60/40", 60),
        ("mixed 60%", 60),
        ("mixed (60% local)", 60),
        ("gemengd 60%/40%", 60),
    ],
)
def test_a_class_with_its_share_in_the_same_cell_is_understood(cell: str, share: int) -> None:
    # People write the share next to the word.
    assert group_of(cell)[:2] == ("mixed", share)


def test_a_hundred_percent_in_a_spreadsheet_is_a_hundred_percent(
    tmp_path: Path, terms: None
) -> None:
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
def test_a_calendar_rule_in_the_column_of_times_is_read_as_a_rule(
    tmp_path: Path, terms: None, column: str
) -> None:
    # The list came from a program; there is even a column name for it.
    report = read(
        sheet(tmp_path, f"naam;{column};begin;eind", 'A;"FREQ=WEEKLY;BYDAY=TU";10:00;12:00')
    )
    one = Activity.objects.first()
    if one is None:
        assert report.counts["error"] == 1  # refusing it is honest too
    else:
        assert one.rules == ["FREQ=WEEKLY;BYDAY=TU"] and one.starts_on == TODAY


def test_changing_only_the_class_in_the_list_keeps_the_cancelled_time(
    tmp_path: Path, terms: None
) -> None:
    # Reading in a changed list again does not undo what the host did on the site.
    read(sheet(tmp_path, "naam;wanneer;organisator;klasse", "A;elke dinsdag 10-12;X;lokaal"))
    one = Activity.objects.get()
    occurrence.cancel(SYSTEM, one, "2026-12-01T10:00", "Storm")
    read(sheet(tmp_path, "naam;wanneer;organisator;klasse", "A;elke dinsdag 10-12;X;betaald"))
    assert date(2026, 12, 1) not in days_of(one)


# English and shares.


def test_english_pages_speak_english(gardening: Activity, stranger: Client) -> None:
    # A neighbour who reads English gets no Dutch labels.
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00", "")
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
    one = activity(
        "Soos",
        "elke dinsdag van 10 tot 12",
        organiser=garden,
        group="local",
        since=date(2026, 1, 6),
        today=date(2026, 1, 1),
    )
    client = as_user(host)
    data = form_of(client.get(f"/agenda/{one.slug}/wijzig/"))
    said = {
        "said": "om de week op dinsdag van 10 tot 12",
        "first_day": "2026-12-01",
        "keep": "from",
    }
    assert client.post(f"/agenda/{one.slug}/wijzig/", data | said).status_code == 302
    assert [
        float(shares.count(day)[0].total) for day in (date(2026, 11, 30), date(2026, 12, 1))
    ] == [1, 0.5]


def test_a_stop_in_the_holidays_does_not_lower_the_share(terms: None) -> None:
    # On a reference day within the school holiday it still counts.
    activity("Club", "elke dinsdag van 15 tot 17, niet in de schoolvakantie", group="local")
    assert float(shares.count(date(2026, 12, 22))[0].total) == 1


def test_a_season_that_is_over_does_not_count(terms: None) -> None:
    # "in mei tot en met september" does not run in November.
    activity("Zwemmen", "elke dinsdag in mei t/m september van 15 tot 17", group="local")
    assert (
        float(shares.count(date(2026, 11, 24))[0].total) == 0
        and float(shares.count(date(2027, 6, 1))[0].total) == 1
    )


def test_a_yearly_day_number_without_a_month_counts_twelve_times_a_year(terms: None) -> None:
    # FREQ=YEARLY;BYMONTHDAY=5 is the fifth of each month.
    activity("Vijfde", "elke dinsdag 10-12", group="local", rules=["FREQ=YEARLY;BYMONTHDAY=5"])
    assert abs(float(shares.count(TODAY)[0].total) - 12 / 52) < 1e-9


def test_one_of_several_organisers_without_a_class_does_not_change_the_count(
    terms: None, garden: Organisation
) -> None:
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


def test_a_host_who_saves_a_proposal_sees_her_proposal(
    terms: None, garden: Organisation, garden_place: Place, host: User, as_user: AsUser
) -> None:
    # She forgot to choose her organisation; "een coördinator kijkt ernaar" may not end on "not
    # found".
    answer = as_user(host).post(
        "/agenda/nieuw/",
        {"name": "Lezing", "said": "elke dinsdag 10-12", "where": "Ergens", "keep": "yes"},
        follow=True,
    )
    assert answer.status_code == 200


def test_the_words_beside_the_bars_fit_in_the_picture(
    gardening: Activity, stranger: Client
) -> None:
    # The picture is 720 wide; the last word of the legend is cut off beyond it.
    drawing = unescape(stranger.get("/cijfers/aandeel.svg").content.decode())
    words = re.findall(r'<text x="([0-9.]+)" y="12"[^>]*>([^<]+)<', drawing)
    assert words and all(float(x) + 7 * len(label) <= 720 for x, label in words), words


def test_the_picture_of_the_shares_says_of_which_day_it_is(
    gardening: Activity, stranger: Client
) -> None:
    # It is used elsewhere, where nothing else says so.
    assert "2026" in stranger.get("/cijfers/aandeel.svg").content.decode()
