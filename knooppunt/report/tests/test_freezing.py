"""What is published stays: every number can be counted over from its list, data may change, and
nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.kit.periods import Period
from knooppunt.people.models import User
from knooppunt.report import freezing
from knooppunt.report.actions import funders, reports, stories
from knooppunt.report.models import Edition, FigureSnapshot, Report
from knooppunt.report.tests import make
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"]*/cijfer/[^"]+/)"[^>]*>(?:<strong>)?([^<]+)<')


@pytest.fixture
def world(
    garden: Organisation, garden_place: Place, gardening: Activity, zuid: Area
) -> Organisation:
    make_register.network("De Ring", [garden])
    make.with_a_past()
    Activity.objects.update(
        since=make.last_half().previous.since, listed_on=make.last_half().previous.since
    )
    make.newcomer("De Keuken", areas=[zuid])
    make_voice.point(organisation=garden)
    make_voice.commitment()
    return garden


def told(stranger: Client, address: str) -> str:
    """What a page says, without the line under it that says when it was printed."""
    return str(stranger.get(address).content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def test_every_number_of_a_published_report_is_counted_over_from_its_frozen_list(
    world: Organisation, stranger: Client
) -> None:
    edition = make.published()
    page = stranger.get(f"/halfjaarbericht/{edition.report.slug}/").content.decode()
    links = set(LINK.findall(page))
    assert len(links) > 25
    for address, shown in links:
        mark = address.rstrip("/").rsplit("/", 1)[1]
        one = FigureSnapshot.objects.get(edition=edition, mark=mark)
        number = freezing.number_of(one)
        lines = number.lines
        assert freezing.recount(number.facts, lines) == one.value == one.told["value"], mark
        assert shown.strip() == one.told["shown"], mark
        listed = stranger.get(address).content.decode()
        assert one.told["shown"] in listed and one.told["definition"].split("‘")[0][
            :40
        ] in listed.replace("&#x27;", "'")
        for line in lines[:100]:
            assert line["name"] in listed, mark
    assert freezing.wrong(edition) == []


def test_no_number_in_a_chapter_is_without_its_list(world: Organisation, stranger: Client) -> None:
    """Take away what leads to a list, days and drawings: no digit is left."""
    page = told(stranger, f"/halfjaarbericht/{make.published().report.slug}/")
    chapters = re.findall(r'<section id="[a-z]+" class="chapter">.*?</section>', page, re.DOTALL)
    assert len(chapters) >= 4 and any("+<a" in chapter for chapter in chapters)
    for chapter in chapters:
        words = re.sub(
            r"<img[^>]*>|<(h\d)>.*?</\1>|<a\s[^>]*cijfer/.*?</a>", "", chapter, flags=re.DOTALL
        )
        words = re.sub(r"<[^>]*>", " ", words)
        assert not re.search(r"\d", re.sub(r"\b(\d{1,2} )?[a-z]{3,9} 20\d\d\b", "", words)), words


def test_changing_the_data_changes_live_pages_and_never_the_report(
    world: Organisation, stranger: Client
) -> None:
    edition = make.published()
    address = f"/halfjaarbericht/{edition.report.slug}/"
    listing = f"{edition.get_absolute_url()}cijfer/organisations/"
    before, listed = told(stranger, address), told(stranger, listing)
    last = str(make.last_half().until)
    live = f"/cijfers/organisations/?op={last}"
    assert "De Tuin" in listed and "De Tuin" in stranger.get(live).content.decode()
    change(SYSTEM, world, {"name": "De Heel Andere Tuin"})
    make.newcomer("Later ingevoerd")
    Organisation.objects.filter(name="De Keuken").update(state=Organisation.State.ARCHIVED)
    after = stranger.get(live).content.decode()
    assert (
        "De Heel Andere Tuin" in after and "Later ingevoerd" in after and "De Keuken" not in after
    )
    assert told(stranger, address) == before and told(stranger, listing) == listed
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert told(stranger, address) == before and told(stranger, listing) == listed
        assert freezing.wrong(Edition.objects.get()) == []


@pytest.mark.parametrize(
    "change_it",
    [
        lambda: Edition.objects.update(published_on=timezone.localdate() - timedelta(days=1)),
        lambda: Edition.objects.update(content={}),
        lambda: FigureSnapshot.objects.update(value=999),
        lambda: FigureSnapshot.objects.filter(mark="organisations").update(told={}),
    ],
)
def test_the_database_itself_refuses_to_rewrite_an_edition(
    world: Organisation, change_it: Callable[[], Any]
) -> None:
    make.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        change_it()


def test_a_figure_that_is_gone_or_put_in_is_found_by_the_checksum(
    world: Organisation, stranger: Client
) -> None:
    edition = make.published()
    FigureSnapshot.objects.filter(edition=edition, mark="organisations").delete()
    assert freezing.wrong(edition) == ["De controlesom van het bericht klopt niet."]
    assert (
        "klopt iets niet" in stranger.get(f"{edition.get_absolute_url()}controle/").content.decode()
    )


def test_a_second_person_publishes(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    report, desk = make.report(), as_user(coordinator)
    page = report.get_absolute_url()
    assert (
        "niet klaargezet" in desk.post(f"{page}publiceren/", follow=True).content.decode()
        and not Edition.objects.exists()
    )
    desk.post(f"{page}klaarzetten/")
    assert Report.objects.get().offered_by == coordinator
    told = desk.post(f"{page}publiceren/", follow=True).content.decode()
    assert "Iemand anders moet het lezen en publiceren" in told and not Edition.objects.exists()
    second = User.objects.create_user("tweede@example.org", is_coordinator=True)
    make_register.second_factor(second)
    as_user(second).post(f"{page}publiceren/")
    assert Edition.objects.get().number == 1 and Report.objects.get().published_by == second


def test_the_database_refuses_that_one_person_offers_and_publishes(
    world: Organisation, coordinator: User
) -> None:
    report = make.report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(offered_by=coordinator, published_by=coordinator)


def test_what_changes_after_it_was_offered_must_be_offered_again(
    world: Organisation, coordinator: User
) -> None:
    report = make.report()
    reports.offer(Actor(coordinator), report)
    reports.save_text(SYSTEM, report, "foreword", "test")
    with pytest.raises(ValidationError, match="niet klaargezet"):
        reports.publish(SYSTEM, report)
    assert not Edition.objects.exists()


def test_also_a_story_or_a_funder_that_changes_takes_the_offer_back(
    world: Organisation, coordinator: User
) -> None:
    report, story, funder = make.report(), make.story(), make.funder()
    reports.place_story(SYSTEM, report, story, "register")

    def takes_back(change_it: Callable[[], Any]) -> bool:
        reports.offer(Actor(coordinator), Report.objects.get())
        change_it()
        return not Report.objects.get().is_offered

    assert takes_back(lambda: stories.take_up(SYSTEM, story, "Met andere woorden")) and takes_back(
        lambda: funders.save_funder(SYSTEM, funder, {"name": funder.name, "text": "Anders"})
    )
    assert takes_back(
        lambda: funders.save_goal(SYSTEM, funder.goals.get(), {"text": "Een ander doel"})
    ) and takes_back(lambda: stories.lay_aside(SYSTEM, story))
    assert takes_back(lambda: funders.take_away(SYSTEM, funder)) and not takes_back(
        lambda: stories.take_up(SYSTEM, make.story("Los"), "Los")
    )


def test_a_report_keeps_the_language_in_which_it_was_begun(
    world: Organisation, stranger: Client
) -> None:
    report = make.report()
    with translation.override("en"):
        edition = make.published(report)
    assert (
        edition.content["lang"] == "nl"
        and edition.content["title"].startswith("Halfjaarbericht")
        and edition.figures.get(mark="organisations").told["title"] == "Organisaties"
    )


def test_what_was_never_published_can_be_thrown_away_and_a_correction_stopped(
    world: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk, report = as_user(coordinator), make.report()
    reports.save_text(SYSTEM, report, "foreword", "Weg ermee")
    assert "gaan weg" in desk.get(f"{report.get_absolute_url()}weg/").content.decode()
    desk.post(f"{report.get_absolute_url()}weg/")
    assert not Report.objects.exists()
    edition = make.published()
    assert (
        desk.post(f"{edition.report.get_absolute_url()}weg/").status_code == 400
        and Report.objects.exists()
    )
    reports.correct(SYSTEM, Report.objects.get(), "Toch niet.")
    desk.post(f"{edition.report.get_absolute_url()}weg/")
    assert not Report.objects.get().is_correcting and Edition.objects.count() == 1


def test_a_correction_is_a_new_edition_with_a_note(world: Organisation, stranger: Client) -> None:
    first = make.published()
    report = Report.objects.get()
    with pytest.raises(ValidationError, match="gepubliceerd"):
        reports.save_text(SYSTEM, report, "foreword", "Anders")
    reports.correct(SYSTEM, report, "De Keuken stond er niet goed in.")
    make.newcomer("Vergeten Tuin")
    second = make.published(Report.objects.get())
    assert (
        second.number == 2
        and FigureSnapshot.objects.get(edition=first, mark="organisations").value == 3
        and FigureSnapshot.objects.get(edition=second, mark="organisations").value == 4
    )
    latest = stranger.get(f"/halfjaarbericht/{report.slug}/").content.decode()
    assert "De Keuken stond er niet goed in." in latest and "Editie 1 van" in latest
    old = stranger.get(first.get_absolute_url()).content.decode()
    assert (
        "Dit is niet de laatste editie" in old
        and "Vergeten Tuin"
        not in stranger.get(f"{first.get_absolute_url()}cijfer/organisations/").content.decode()
    )
    assert not freezing.wrong(first) and not freezing.wrong(second)


def test_another_period_that_ends_on_the_same_day_is_not_the_earlier_report(
    world: Organisation,
) -> None:
    day = make.last_half().before
    make.published(reports.begin(SYSTEM, Period(day, day)))
    make.listed(make_register.organisation("Eerder vergeten"), make.last_half().previous.since)
    assert make.published(make.report()).content["remarks"] == []


def test_where_an_earlier_report_said_something_else_that_is_told(
    world: Organisation, stranger: Client
) -> None:
    earlier = reports.begin(SYSTEM, make.last_half().previous)
    make.published(earlier)
    make.listed(make_register.organisation("Eerder vergeten"), make.last_half().previous.since)
    edition = make.published(make.report())
    remark = next(one for one in edition.content["remarks"] if one["title"] == "Organisaties")
    assert remark["then"] == "2" and edition.content["numbers"][remark["mark"]]["value"] == 3
    page = stranger.get(edition.get_absolute_url()).content.decode()
    assert (
        "toen stond er 2" in page
        and f"/halfjaarbericht/{earlier.slug}/editie/1/cijfer/organisations/" in page
    )


def test_a_period_that_is_not_over_cannot_be_published(world: Organisation) -> None:
    report = reports.begin(SYSTEM, make.half_year_of(timezone.localdate()))
    with pytest.raises(ValidationError, match="publiceren kan vanaf"):
        reports.offer(SYSTEM, report)


def test_a_share_is_frozen_with_parts_and_wholes(world: Organisation) -> None:
    one = FigureSnapshot.objects.get(edition=make.published(), mark="share_residents")
    number = freezing.number_of(one)
    assert (
        one.value == 100
        and number.lines[0]["whole"] == 1.0
        and freezing.recount(number.facts, [{**number.lines[0], "amount": 0.25}]) == 25
    )


def test_in_the_other_language_the_page_says_in_which_the_report_is_written(
    world: Organisation, stranger: Client
) -> None:
    address = make.published().get_absolute_url()
    assert "This report is written in Dutch" in stranger.get(
        f"/en{address}"
    ).content.decode() and 'lang="nl"' in told(stranger, f"/en{address}")
    assert "geschreven in" not in told(stranger, address)
