"""Editions of every format that ever was are read, and shown on page and paper and in tables."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.kit.plain_data import WrongShape
from knooppunt.report import formats, freezing
from knooppunt.report.actions import reports
from knooppunt.report.document import FORMAT
from knooppunt.report.models import Edition, FigureSnapshot, Report, Story
from knooppunt.report.outputs import folder, mailing, paper, tables
from knooppunt.report.tests import make
from knooppunt.voice.tests import make as make_voice

GOLDEN = Path(__file__).parent / "golden"
MOMENT = datetime(2026, 11, 27, 12, tzinfo=UTC)
STORY = "We planten samen een boom."
Golden = dict[str, Any]
every_format = pytest.mark.parametrize("version", range(1, FORMAT + 1))


def golden(version: int) -> Golden:
    """What an edition of a format was: its content, its figures with their lists, its checksums."""
    text = (GOLDEN / f"format-{version}.json").read_text(encoding="utf-8")
    kept: Golden = json.loads(text)
    return kept


def packed(edition: Edition) -> Golden:
    """An edition as it is kept beside this file."""
    figures = [
        {
            "mark": row.mark,
            "told": row.told,
            "lines": freezing.lines_of(row),
            "checksum": row.checksum,
        }
        for row in edition.figures.all()
    ]
    return {"content": edition.content, "checksum": edition.checksum, "figures": figures}


def stored(kept: Golden) -> Edition:
    """That edition in the database of today, with the story that stands in it."""
    content = kept["content"]
    reference = formats.read(content).stories()[0]
    story = make.story(STORY)
    Story.objects.filter(pk=story.pk).update(id=reference.id)
    report = Report.objects.create(
        slug="2026-1",
        since=date.fromisoformat(content["since"]),
        until=date.fromisoformat(content["until"]),
    )
    edition = Edition.objects.create(
        report=report,
        number=1,
        published_on=MOMENT.date(),
        content=content,
        checksum=kept["checksum"],
    )
    for figure in kept["figures"]:
        FigureSnapshot.objects.create(
            edition=edition,
            mark=figure["mark"],
            day=figure["told"]["day"],
            told=figure["told"],
            value=figure["told"]["value"],
            packed=zlib.compress(freezing.canonical(figure["lines"])),
            checksum=figure["checksum"],
        )
    return edition


@pytest.fixture
def moment(time_machine: Any) -> None:
    """The day on which the editions beside this file were published."""
    time_machine.move_to(MOMENT, tick=False)


@pytest.fixture
def todays(
    moment: None, garden: Organisation, garden_place: Place, gardening: Activity, zuid: Area
) -> Edition:
    """The same report, published by today's code: with everything that can stand in one."""
    make_register.network("De Ring", [garden])
    make.with_a_past()
    long_ago = make.last_half().previous.since
    Activity.objects.update(since=long_ago, listed_on=long_ago)
    make.published(reports.begin(SYSTEM, make.last_half().previous))
    make.listed(make_register.organisation("Eerder vergeten"), long_ago)
    make.newcomer("De Keuken", areas=[zuid])
    make_voice.point(organisation=garden)
    make.funder()
    report = make.report()
    reports.place_story(SYSTEM, report, make.story(STORY), "places")
    text = "We tellen {organisations} organisaties op {until}."
    reports.save_text(SYSTEM, report, "foreword", text)
    reports.save_text(SYSTEM, report, "outlook", "Volgend jaar gaan we verder.")
    return make.published(report)


def test_every_format_has_a_golden_edition() -> None:
    names = sorted(path.name for path in GOLDEN.iterdir())
    assert names == sorted(f"format-{version}.json" for version in range(1, FORMAT + 1))
    versions = [golden(version)["content"].get("format_version", 1) for version in (1, FORMAT)]
    assert versions == [1, FORMAT]


@every_format
@pytest.mark.django_db
def test_an_edition_of_any_format_is_a_page_with_all_that_stood_in_it(
    version: int, moment: None, stranger: Client
) -> None:
    edition = stored(golden(version))
    document = formats.read(edition.content)
    page = unescape(stranger.get(edition.get_absolute_url()).content.decode())
    assert "We tellen <a" in page and "op 30 juni 2026." in page and STORY in page
    assert "Volgend jaar gaan we verder." in page and "toen stond er 2" in page
    assert len(document.chapters) == 4 and len(document.series) == 9
    for chapter in document.chapters:
        assert f"<h2>{chapter.title}</h2>" in page
        for picture in chapter.pictures:
            assert f'alt="{picture.alt}"' in page and f"<h3>{picture.title}</h3>" in page
    links = set(re.findall(r'href="([^"]*/cijfer/[^"]+/)"', page))
    own = [link for link in links if link.startswith(edition.get_absolute_url())]
    # Of what came and went a page shows no zero, and of a figure with both no number of before.
    shown = {link.rstrip("/").rsplit("/", 1)[1] for link in own}
    hidden = {mark: document.numbers[mark] for mark in document.numbers if mark not in shown}
    assert len(shown) > 30 and all(
        not number.value if number.part else "@" in mark for mark, number in hidden.items()
    ), hidden
    for link in own:
        assert stranger.get(link).status_code == 200, link
    for picture in ("map", "networks", "reeks-organisations"):
        answer = stranger.get(f"{edition.get_absolute_url()}beeld/{picture}.svg")
        assert answer.content.startswith(b"<svg"), picture


@every_format
@pytest.mark.django_db
def test_an_edition_of_any_format_is_still_what_was_published(
    version: int, moment: None, stranger: Client
) -> None:
    edition = stored(golden(version))
    assert freezing.wrong(edition) == []
    page = stranger.get(f"{edition.get_absolute_url()}controle/").content.decode()
    assert "nog zoals ze zijn gepubliceerd" in page and edition.checksum in page


@every_format
@pytest.mark.django_db
def test_an_edition_of_any_format_goes_on_paper_and_in_tables(
    version: int, moment: None, stranger: Client
) -> None:
    kept = golden(version)
    readable = freezing.opened(stored(kept))
    for content in (
        paper.report_pdf(readable),
        paper.report_pdf(readable, "het-fonds"),
        paper.plain_pdf(readable),
    ):
        assert content.startswith(b"%PDF-1.7") and b"pdfuaid" in content
    data = json.dumps(paper.whole(readable), ensure_ascii=False)
    assert STORY in data and kept["checksum"] in data and "Voor en na" in data
    rows = tables.as_json(readable)
    assert [row["mark"] for row in rows] == [figure["mark"] for figure in kept["figures"]]
    assert [row["items"] for row in rows] == [figure["lines"] for figure in kept["figures"]]
    sheet = csv.DictReader(io.StringIO(tables.as_csv(readable).lstrip("\ufeff")))
    assert [row["mark"] for row in sheet] == [row["mark"] for row in rows]
    alone = folder.standalone(readable)
    assert STORY in alone and alone.count('class="listed"') == len(rows)
    assert "Volgend jaar" not in mailing.text(readable)
    assert "We tellen 4 organisaties op 30 juni 2026." in mailing.text(readable)


def test_the_first_two_formats_say_the_same() -> None:
    assert formats.read(golden(1)["content"]) == formats.read(golden(2)["content"])


@every_format
def test_reading_changes_nothing_of_what_is_stored(version: int) -> None:
    kept = golden(version)
    formats.read(kept["content"])
    assert kept == golden(version)


@pytest.mark.django_db
def test_what_is_written_today_has_the_form_of_the_latest_golden_edition(
    todays: Edition, tmp_path: Path
) -> None:
    path = tmp_path / f"format-{FORMAT}.json"
    text = json.dumps(packed(todays), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    # Another form is another format: see "The form of a report" in CONTRIBUTING.md. A new golden
    # edition is the file at ``path``.
    latest = golden(FORMAT)
    assert _form(todays.content) == _form(latest["content"]), path
    assert _form(packed(todays)["figures"]) == _form(latest["figures"]), path
    assert formats.write(formats.read(todays.content)) == todays.content


def _form(value: object, place: str = "") -> set[str]:
    """Every place in plain data with the type that stands there; members of a list are alike."""
    if isinstance(value, dict):
        kind = f"<{value['kind']}>" if "kind" in value else ""
        # What is known by its mark is a list of numbers, not a form.
        is_by_mark = place.endswith(".numbers")
        return {
            row
            for key, item in value.items()
            for row in _form(item, f"{place}{kind}.{'*' if is_by_mark else key}")
        }
    if isinstance(value, list):
        return {row for item in value for row in _form(item, f"{place}[]")}
    name = "number" if type(value) in (int, float) else type(value).__name__
    return {f"{place}: {name}"}


def test_a_later_format_is_refused_and_a_wrong_one_named() -> None:
    content = golden(FORMAT)["content"]
    with pytest.raises(formats.NewerFormat, match=f"format {FORMAT + 1}.*up to {FORMAT}"):
        formats.read(content | {"format_version": FORMAT + 1})
    with pytest.raises(WrongShape, match=r"unknown \['extra'\]"):
        formats.read(content | {"extra": 1})
    chapters = [{**content["chapters"][0], "elements": [{"kind": "hologram"}]}]
    with pytest.raises(WrongShape, match="unknown kind 'hologram'"):
        formats.read(content | {"chapters": chapters})
