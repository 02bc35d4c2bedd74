"""The first draft is made of numbers alone: no number in it was typed, and nothing unknown is
told as zero.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from knooppunt.agenda.chapters import month_sentences, months_picture
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry import modules
from knooppunt.core.reporting.facts import DAYS, Facts
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.kit.periods import Period
from knooppunt.people.models import User
from knooppunt.report import drafting
from knooppunt.report.actions import reports
from knooppunt.report.marked_text import BRACED, sentences, typed_numbers, unknown_marks
from knooppunt.report.models import Report
from knooppunt.report.tests import make
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
WORDS = re.compile(
    r"\b(nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|honderd|duizend|helft|derde|kwart|"
    r"procent|zero|one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|percent)\b",
    re.I,
)


@pytest.fixture
def world(
    garden: Organisation, garden_place: Place, gardening: Activity, zuid: Area
) -> Organisation:
    """A garden with a place, an activity, volunteers, a network, a newcomer, a point and a
    promise.
    """
    ring = make_register.network("De Ring", [garden])
    make.with_a_past()
    Activity.objects.update(
        since=make.last_half().previous.since, listed_on=make.last_half().previous.since
    )
    make.newcomer("De Keuken", areas=[zuid])
    make_voice.point(organisation=garden)
    return ring


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["whole", "wijk", "network", "first"])
def test_no_number_in_a_draft_was_typed_by_hand(
    world: Organisation, noord: Area, language: str, kind: str
) -> None:
    scope: dict[str, Any] = {"wijk": {"area": noord}, "network": {"network": world}}.get(kind, {})
    period = make.last_half().previous.previous if kind == "first" else make.last_half()
    with translation.override(language):
        facts = drafting.facts_of(reports.blank(period, **scope))
        told = [
            (chapter.key, text)
            for chapter in modules.gathered("chapters")
            for text in chapter.sentences(facts)
        ]
    assert told
    for key, text in told:
        assert all(mark in DAYS or facts.has(mark) for mark in BRACED.findall(text)), (key, text)
        plain = BRACED.sub("", text)
        assert not typed_numbers(text) and not WORDS.search(_without_names(plain)), (key, text)


def test_every_sentence_that_chapters_can_say_was_written_without_a_number() -> None:
    """Also those for which this test has no facts: what the code says is read, in both
    languages.
    """
    assert len([chapter for module in modules.every() for chapter in module.chapters]) >= 8
    for module in modules.every():
        for chapter in module.chapters:
            source = Path(
                __import__(chapter.sentences.__module__, fromlist=["x"]).__file__ or ""
            ).read_text(encoding="utf-8")
            said = list(_said(source))
            assert len(said) > 10
            for text in said:
                assert not re.search(r"\d", re.sub(r"%\(\w+\)s", "", text)) and not WORDS.search(
                    _without_names(text)
                ), text


def _said(source: str) -> Iterator[str]:
    """Every text that code gives to be translated, singular and plural."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext", "gettext_lazy")
        ):
            yield from (
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def _without_names(text: str) -> str:
    """A sentence without what is called by a number and is none."""
    for name in ("half jaar", "half-year", "twee netwerken", "two networks", "twee wijken"):
        text = text.replace(name, "")
    return text


def test_what_is_not_known_is_not_told(world: Organisation) -> None:
    first = drafting.facts_of(reports.blank(make.last_half().previous.previous))
    told = " ".join(
        text for chapter in modules.gathered("chapters") for text in chapter.sentences(first)
    )
    assert "organisations.new" not in told and "{organisations}" in told


def test_the_draft_says_what_came_and_editors_write_over_it(world: Organisation) -> None:
    report = make.report()
    readable = drafting.draft(report)
    chapter = next(row for row in readable.document.chapters if row.key == "register")
    assert "In deze tijd kwam er 1 bij." in readable.plain(chapter.paragraphs[0])
    reports.save_text(SYSTEM, report, "register", "Wij zijn met {organisations}.\n\nEn dat groeit.")
    reports.choose_chapters(SYSTEM, report, {"places": (1, True), "agenda": (9, False)})
    readable = drafting.draft(report)
    chapters = {chapter.key: chapter for chapter in readable.document.chapters}
    assert next(iter(chapters)) == "places" and "agenda" not in chapters
    assert [readable.plain(text) for text in chapters["register"].paragraphs] == [
        "Wij zijn met 3.",
        "En dat groeit.",
    ]
    reports.save_text(SYSTEM, report, "register", "")
    readable = drafting.draft(report)
    assert "kwam er 1 bij" in readable.plain(readable.document.chapters[1].paragraphs[0])


def test_small_pictures_show_six_periods_with_gaps_that_are_no_zeros(world: Organisation) -> None:
    series = drafting.draft(make.report()).document.series
    row = next(row for row in series if row.key == "organisations")
    assert len(row.periods) == 6 and [bool(mark) for mark in row.marks] == [
        False,
        False,
        False,
        True,
        True,
        True,
    ]
    assert (
        row.svg.count("stroke-dasharray") == 3
        and row.svg.count(">?<") == 3
        and ">0<" not in row.svg
    )


def test_a_picture_has_its_numbers_as_a_table_with_marks(world: Organisation) -> None:
    chapters = drafting.draft(make.report()).document.chapters
    pictures = {picture.key: picture for chapter in chapters for picture in chapter.pictures}
    assert {"map", "networks", "shares"} <= set(pictures)
    for picture in pictures.values():
        cells = [cell for row in picture.table.rows for cell in row[1:]]
        assert (
            picture.alt in picture.svg
            and cells
            and all(cell == "–" or BRACED.fullmatch(cell) for cell in cells)
        )


def test_marks_are_checked_and_typed_numbers_found() -> None:
    facts = Facts(make.last_half())
    assert unknown_marks(
        "Met {organisations} en {nee} { en {until}", lambda mark: mark == "organisations"
    ) == ["nee", "{"]
    assert typed_numbers("We zijn met {organisations@2025-12-31}, 60 of 63% op 3 mei") == [
        "60",
        "63%",
        "3",
    ]
    assert sentences(["Er zijn er {a}. {b} kwamen erbij! En nu?"]) == [
        "Er zijn er {a}.",
        "{b} kwamen erbij!",
        "En nu?",
    ]
    assert facts.value("organisations") is None


def test_a_wijk_without_an_outline_and_a_name_of_300_signs_are_drawn(
    world: Organisation, noord: Area
) -> None:
    make_register.network("Netwerk " + "lang " * 38, [Organisation.objects.get(name="De Tuin")])
    make.with_a_past()
    Area.objects.update(outline=None)
    chapters = drafting.draft(make.report()).document.chapters
    keys = {picture.key for chapter in chapters for picture in chapter.pictures}
    assert "map" not in keys and "networks" in keys


def test_a_period_that_runs_is_counted_until_today(world: Organisation) -> None:
    running = reports.blank(make.last_half())
    running.until = running.until + timedelta(days=400)
    document = drafting.draft(running).document
    assert document.is_running and document.until < str(running.until)


def test_the_busiest_month_is_one_of_the_last_whole_months(world: Organisation) -> None:
    last = make.last_half()
    make_agenda.activity("Al lang", today=last.previous.previous.since)
    days = " en ".join(f"{day} {date_format(last.until, 'F Y')}" for day in (3, 4, 5))
    make_agenda.activity("Feestweek", f"{days} van 10 tot 12", today=last.since)
    long = drafting.facts_of(reports.blank(Period(last.previous.previous.since, last.until)))
    picture = months_picture(long)[0]
    assert len(picture.table.rows) == 12 and str(picture.table.rows[-1][0]).endswith(
        str(last.until.year)
    )
    assert "laatste maanden" in month_sentences(long)[0] and re.search(
        r"20\d\d het drukst", month_sentences(long)[0]
    )
    part = drafting.facts_of(
        reports.blank(Period(last.since + timedelta(days=9), last.since + timedelta(days=40)))
    )
    assert month_sentences(part) == [] and months_picture(part) == []


@pytest.mark.parametrize(
    ("since", "until"), [("0001-01-01", "2026-06-30"), ("2026-06-01", "9999-12-31")]
)
def test_days_that_no_calendar_here_holds_are_refused(
    world: Organisation,
    coordinator: User,
    as_user: Callable[[User], Client],
    since: str,
    until: str,
) -> None:
    answer = as_user(coordinator).post(
        "/beheer/halfjaarbericht/nieuw/",
        {"period": make.last_half().key, "since": since, "until": until, "scope": ""},
    )
    assert (
        answer.status_code == 400
        and "tussen 1900 en 2200" in answer.content.decode()
        and not Report.objects.exists()
    )
