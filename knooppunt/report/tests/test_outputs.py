"""Everything of a report comes from one source: page, papers, tables, pictures, mail; with bad
input nothing breaks.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.report import drafting, freezing
from knooppunt.report.actions import reports
from knooppunt.report.elements import Paragraphs
from knooppunt.report.models import Edition
from knooppunt.report.outputs import mailing, paper, pictures, tables
from knooppunt.report.readable import ReadableReport
from knooppunt.report.tests import make
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
NAMES = {
    "report.html",
    "report.pdf",
    "report-plain.pdf",
    "figures.csv",
    "figures.json",
    "mail.txt",
    "pictures",
}


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
    return garden


@pytest.fixture
def readable(world: Organisation) -> ReadableReport:
    make.funder()
    report, story = make.report(), make.story("We planten een boom.")
    reports.place_story(SYSTEM, report, story, "places")
    opened = freezing.opened(make.published(report))
    opened.site = "https://knooppunt.example"
    return opened


def test_the_papers_are_tagged_pdfs_with_a_language_and_a_title(readable: ReadableReport) -> None:
    for content in (
        paper.report_pdf(readable),
        paper.report_pdf(readable, "het-fonds"),
        paper.plain_pdf(readable),
    ):
        assert (
            content.startswith(b"%PDF-1.7")
            and b"pdfuaid" in content
            and b"/StructTreeRoot" in content
            and b"/Lang" in content
        )


def test_every_number_on_paper_leads_to_its_list_and_every_picture_is_told(
    readable: ReadableReport,
) -> None:
    data: Any = paper.whole(readable)
    text = json.dumps(data, ensure_ascii=False)
    marks = {figure.now for chapter in readable.document.chapters for figure in chapter.figures}
    assert "organisations" in marks
    for mark in marks:
        assert (
            f"https://knooppunt.example/halfjaarbericht/{make.last_half().key}/editie/1/cijfer/"
            f"{mark}/" in text
        )
    blocks = [block for chapter in data["chapters"] for block in chapter["blocks"]]
    drawings = [block for block in blocks if block["draw"] == "drawing"]
    tables = [block for block in blocks if block["draw"] == "table"]
    assert drawings and all(block["alt"] for block in drawings)
    assert len(tables) == len(drawings) and all(block["rows"] for block in tables)
    assert not re.search(r"\{[a-z_]+[.@}~:]", text.replace("{number}", "").replace("{total}", ""))


def test_the_plain_version_is_two_pages_also_with_much_to_tell(
    readable: ReadableReport, world: Organisation
) -> None:
    pages = re.compile(rb"/Type\s*/Page\b")
    assert 1 <= len(pages.findall(paper.plain_pdf(readable))) <= 2
    text = "Een heel lange zin die maar doorgaat en doorgaat zonder dat er een eind aan komt. " * 6
    chapters = tuple(
        replace(
            chapter,
            title=chapter.title + " en nog veel meer" * 6,
            elements=(Paragraphs((text, text)),),
        )
        for chapter in readable.document.chapters
    )
    readable.document = replace(readable.document, chapters=chapters * 3)
    assert len(pages.findall(paper.plain_pdf(readable))) == 2


def test_the_tables_hold_every_number_with_its_frozen_list(readable: ReadableReport) -> None:
    rows = list(csv.DictReader(io.StringIO(tables.as_csv(readable).lstrip("\ufeff"))))
    made = tables.as_json(readable)
    assert (
        [row["mark"] for row in rows] == readable.document.marks() == [one["mark"] for one in made]
    )
    for one in made:
        count = len(one["items"]) if one["part"] else sum(item["amount"] for item in one["items"])
        assert one["form"] == "share" or count == one["value"], one["mark"]
        assert {"key", "title", "definition", "unit", "on", "area", "value", "items"} <= set(one)
    first = next(one for one in made if one["mark"] == "organisations.new")
    assert [item["name"] for item in first["items"]] == ["De Keuken"] and first["items"][0][
        "address"
    ].startswith("https://knooppunt.example/initiatieven/")


def test_the_mail_is_short_and_has_no_marks(readable: ReadableReport) -> None:
    text = mailing.text(readable)
    assert (
        text.startswith("Halfjaarbericht")
        and "{" not in text
        and len(text) < 3000
        and all(len(line) <= 120 for line in text.splitlines())
    )
    assert f"https://knooppunt.example{readable.base}" in text


def test_pictures_are_svg_without_scripts_and_png_to_share(readable: ReadableReport) -> None:
    drawn = pictures.drawings(readable)
    assert {"map", "networks", "reeks-organisations"} <= set(drawn)
    assert all(
        svg.startswith("<svg xmlns=") and "<script" not in svg and "<title>" in svg
        for svg in drawn.values()
    )
    shared = pictures.shared(readable)
    assert {"map.png", "getal-organisations.png"} <= set(shared)
    for png in shared.values():
        with Image.open(io.BytesIO(png)) as image:
            assert image.width == 1080


def test_a_picture_to_share_says_in_its_own_language_that_it_is_a_draft(
    world: Organisation,
) -> None:
    report = make.report()
    for language, foot in (
        ("nl", r"Concept · .+ · stand van \d+ \w+ \d{4} · "),
        ("en", r"Draft · .+ · as of \d+ \w+ \d{4} · "),
    ):
        report.lang = language
        readable = drafting.draft(report)
        with translation.override(language):
            assert re.match(foot, pictures._foot(readable)), language


def test_the_command_makes_everything_of_what_was_published(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    make.funder()
    edition = make.published()
    period = make.last_half().key
    assert knooppunt("report", period, "--out", str(tmp_path / "uit")) == 0
    out = tmp_path / "uit"
    assert (
        {path.name for path in out.iterdir()} >= NAMES
        and (out / "report-het-fonds.pdf").exists()
        and (out / "pictures" / "map.svg").exists()
    )
    assert "report.pdf" in capsys.readouterr().out
    page = (out / "report.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'href="#(cijfer-[^"]+)"', page))
    assert (
        len(anchors) > 20
        and all(f'id="{anchor}"' in page for anchor in anchors)
        and edition.checksum in page
    )
    assert "<script" not in page and 'src="http' not in page and "@font-face" in page
    again = tmp_path / "nog-eens"
    assert knooppunt("report", period, "--out", str(again)) == 0
    assert all(
        (out / name).read_bytes() == (again / name).read_bytes()
        for name in ("report.html", "report.pdf", "report-plain.pdf", "figures.json")
    )


def test_what_was_not_published_comes_out_as_a_draft_that_says_so(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    assert (
        knooppunt("report", make.last_half().key, "--scope", "noord", "--out", str(tmp_path)) == 0
    )
    assert (
        "nog niet gepubliceerd" in capsys.readouterr().err
        and "Concept" in (tmp_path / "report.html").read_text()
        and "Concept" in (tmp_path / "mail.txt").read_text()
    )
    make.published()
    make.newcomer("Na publicatie")
    for flag, there in (((), False), (("--draft",), True)):
        assert knooppunt("report", make.last_half().key, *flag, "--out", str(tmp_path / "x")) == 0
        assert ("Na publicatie" in (tmp_path / "x" / "figures.json").read_text()) is there


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2031-1",), "moet nog beginnen"),
        (("1999-1",), "niets bekend"),
        (("2026-7",), "typ een half jaar"),
        (("onzin",), "typ een half jaar"),
        (("2026-02-01--2026-01-01",), "typ een half jaar"),
        (("HALF", "--scope", "nergens"), "onbekend"),
        (("HALF", "--scope", " "), "onbekend"),
    ],
)
def test_bad_input_is_answered_with_one_sentence(
    world: Organisation,
    knooppunt: Callable[..., int],
    capsys: Any,
    tmp_path: Path,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    given = [make.last_half().key if word == "HALF" else word for word in arguments]
    assert knooppunt("report", *given, "--out", str(tmp_path / "leeg")) == 2
    assert said in capsys.readouterr().err and not (tmp_path / "leeg").exists()


def test_an_empty_register_has_nothing_to_tell(
    terms: None, knooppunt: Callable[..., int], capsys: Any
) -> None:
    assert knooppunt("report", make.last_half().key) == 2
    assert "niets in het register" in capsys.readouterr().err


def test_out_that_is_a_file_is_refused(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "bestand").write_text("x")
    assert (
        knooppunt("report", make.last_half().key, "--out", str(tmp_path / "bestand")) == 2
        and "geen map" in capsys.readouterr().err
    )


def test_a_network_and_a_funder_are_scopes_too(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path
) -> None:
    make.funder()
    make.published()
    assert (
        knooppunt(
            "report", make.last_half().key, "--scope", "de-ring", "--out", str(tmp_path / "ring")
        )
        == 0
    )
    told = {
        one["mark"]: one["value"]
        for one in json.loads((tmp_path / "ring" / "figures.json").read_text())
    }
    assert told["organisations"] == 1 and "commitments" not in told
    assert (
        knooppunt(
            "report", make.last_half().key, "--scope", "het-fonds", "--out", str(tmp_path / "fonds")
        )
        == 0
    )
    assert (tmp_path / "fonds" / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "name",
    [
        "N" * 300,
        "naam " * 60,
        "«»\u202e\u0007 ½ 漢字 🌳 " + "é" * 250,
        "<b>&amp;</b> {organisations} #strong[x] $x$ @y \\ \" '",
    ],
)
def test_strange_names_give_a_page_and_papers(noord: Area, name: str, stranger: Client) -> None:
    odd = make_register.organisation(name[:200], areas=[noord])
    make_register.network(f"{name[:190]} net", [odd])
    make_register.place(name[:200], host=odd)
    make.with_a_past()
    report = make.report()
    reports.save_title(SYSTEM, report, name[:120])
    story = make.story(name * 3, area=noord)
    reports.place_story(SYSTEM, report, story, "register")
    edition = make.published(report)
    assert stranger.get(edition.get_absolute_url()).status_code == 200
    opened = freezing.opened(Edition.objects.get())
    assert (
        paper.report_pdf(opened).startswith(b"%PDF")
        and paper.plain_pdf(opened).startswith(b"%PDF")
        and pictures.shared(opened)
    )


def test_a_funder_of_after_the_edition_is_not_pretended(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    edition = make.published()
    make.funder()
    assert (
        knooppunt(
            "report", edition.report.slug, "--scope", "het-fonds", "--out", str(tmp_path / "out")
        )
        == 2
        and "not in this edition" in capsys.readouterr().err
    )
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "pictures").write_text("x")
    assert (
        knooppunt("report", edition.report.slug, "--out", str(tmp_path / "there")) == 2
        and "not a folder" in capsys.readouterr().err
    )


def test_a_title_with_a_comma_stands_whole_on_the_cover(world: Organisation) -> None:
    report = make.report()
    reports.save_title(SYSTEM, report, "Zorg, wonen en welzijn")
    assert (
        paper.whole(freezing.opened(make.published(report)))["heading"] == "Zorg, wonen en welzijn"
    )


def test_a_funder_gets_the_definitions_of_what_it_sees(readable: ReadableReport) -> None:
    mine, whole = (paper.whole(readable, slug)["definitions"] for slug in ("het-fonds", ""))
    assert 0 < len(mine) < len(whole) and {one["title"] for one in mine} >= {"Plekken"}


def test_any_days_are_a_period(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path
) -> None:
    last = make.last_half()
    days = f"{last.since + timedelta(days=3)}--{last.since + timedelta(days=70)}"
    assert knooppunt("report", days, "--out", str(tmp_path)) == 0
    assert "Bericht" in (tmp_path / "mail.txt").read_text().splitlines()[0]


def test_a_running_period_says_until_when_was_counted(
    world: Organisation, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    assert (
        knooppunt("report", make.half_year_of(timezone.localdate()).key, "--out", str(tmp_path))
        == 0
    )
    assert "loopt nog" in capsys.readouterr().err
