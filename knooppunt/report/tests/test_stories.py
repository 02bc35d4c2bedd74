"""Stories come in without an account, are told with leave, and disappear when they are taken
back or the leave ends.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import Area, Organisation
from knooppunt.people.models import User
from knooppunt.report import freezing
from knooppunt.report.actions import reports, stories
from knooppunt.report.models import Edition, Report, Story
from knooppunt.report.outputs import mailing, paper
from knooppunt.report.outputs.folder import standalone
from knooppunt.report.tasks import daily
from knooppunt.report.tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/halfjaarbericht/verhaal/"


def photo(width: int = 400, height: int = 300, form: str = "JPEG") -> SimpleUploadedFile:
    """A photo that carries where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Camera van Anna"
    Image.new("RGB", (width, height), (200, 120, 40)).save(out, form, exif=exif)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")


def tell(stranger: Client, **values: Any) -> Any:
    page = stranger.get(ADDRESS).content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    with time_machine.travel(time.time() + 5):
        return stranger.post(
            ADDRESS,
            {
                "moment": moment,
                "text": "We aten samen soep.",
                "years": "2",
                "consent": "on",
                **values,
            },
        )


def test_a_stranger_tells_a_story_and_takes_it_back(noord: Any, stranger: Client) -> None:
    answer = tell(
        stranger, told_by="Buurvrouw", area=str(noord.pk), photo=photo(), photo_alt="Een pan soep"
    )
    story = Story.objects.get()
    assert (
        answer.status_code == 200
        and story.code in answer.content.decode()
        and story.state == "new"
        and not answer.cookies
    )
    assert (
        story.photo
        and b"Camera" not in story.photo.read()
        and story.consent_until > timezone.localdate() + timedelta(days=700)
    )
    path = story.photo.path
    page = stranger.get(f"/halfjaarbericht/intrekken/?code={story.code}").content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    with time_machine.travel(time.time() + 5):
        gone = stranger.post(
            "/halfjaarbericht/intrekken/",
            {"moment": moment, "code": story.code.lower().replace("-", "")},
        )
    story.refresh_from_db()
    assert "is ingetrokken" in gone.content.decode() and (
        story.text,
        story.told_by,
        story.photo.name,
        story.photo_alt,
    ) == ("", "", "", "")
    assert (
        not list(type(story).objects.filter(text__contains="soep"))
        and path
        and not TrailEntry.objects.filter(changes__icontains="soep").exists()
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": ""}, "verplicht"),
        ({"text": "<script>alert(1)</script>"}, "paar woorden"),
        ({"consent": ""}, "verplicht"),
        ({"years": "99"}, "Selecteer"),
        ({"photo": SimpleUploadedFile("x.jpg", b"GIF89a nee"), "photo_alt": "x"}, "geen foto"),
        ({"text": "x" * 3001}, "3000"),
        ({"told_by": "x" * 300}, "60"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(
    terms: None, stranger: Client, values: dict[str, Any], said: str
) -> None:
    told_by = values.pop("told_by", "Anna")
    answer = tell(stranger, told_by=told_by, **values)
    assert (
        answer.status_code == 400 and said in answer.content.decode() and not Story.objects.exists()
    )
    assert f'value="{told_by}"' in answer.content.decode()


def test_a_photo_without_words_for_who_cannot_see_it_is_asked_for(
    terms: None, stranger: Client
) -> None:
    answer = tell(stranger, photo=photo())
    assert (
        answer.status_code == 400
        and "niet ziet" in answer.content.decode()
        and "samen soep" in answer.content.decode()
    )


def test_a_script_in_a_story_is_words_everywhere(garden: Organisation, stranger: Client) -> None:
    make.with_a_past()
    tell(stranger, text="Hoi <script>alert(1)</script> buurt & co {organisations} #let x = 1")
    story = Story.objects.get()
    stories.take_up(SYSTEM, story, story.text)
    report = make.report()
    reports.place_story(SYSTEM, report, story, "register")
    page = stranger.get(make.published(report).get_absolute_url()).content.decode()
    assert (
        "<script>alert" not in page
        and "Hoi" in page
        and "buurt &amp; co {organisations} #let x = 1" in page
    )
    assert paper.report_pdf(freezing.opened(Edition.objects.get())).startswith(b"%PDF")


def test_the_largest_photo_that_is_taken_is_made_small_and_goes_on_paper(
    garden: Organisation, stranger: Client
) -> None:
    make.with_a_past()
    answer = tell(stranger, photo=photo(6250, 4000), photo_alt="Een groot veld")
    assert answer.status_code == 200
    story = Story.objects.get()
    with Image.open(story.photo.path) as drawn:
        assert max(drawn.size) == 1280
    stories.take_up(SYSTEM, story, story.text)
    report = make.report()
    reports.place_story(SYSTEM, report, story, "register")
    edition = make.published(report)
    assert paper.report_pdf(freezing.opened(edition)).startswith(b"%PDF")
    assert stranger.get(f"/halfjaarbericht/verhaal/{story.pk}.jpg").status_code == 200


def test_a_larger_photo_is_refused_and_what_was_typed_stays(stranger: Client, terms: None) -> None:
    answer = tell(stranger, photo=photo(8000, 5000), photo_alt="Een groot veld")
    assert answer.status_code == 400 and not Story.objects.exists()
    page = answer.content.decode()
    assert "25 miljoen beeldpunten" in page and "Een groot veld" in page


def test_a_photo_that_was_not_published_is_for_who_reads_stories(
    terms: None, stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    tell(stranger, photo=photo(), photo_alt="x")
    address = f"/halfjaarbericht/verhaal/{Story.objects.get().pk}.jpg"
    assert (
        stranger.get(address).status_code == 404
        and as_user(coordinator).get(address).status_code == 200
    )


def test_a_withdrawn_story_is_gone_from_the_page_and_from_paper_and_that_is_told(
    garden: Organisation, stranger: Client
) -> None:
    make.with_a_past()
    report, story = make.report(), make.story("Dit was mijn verhaal over de tuin.")
    reports.place_story(SYSTEM, report, story, "register")
    edition = make.published(report)
    address = edition.get_absolute_url()
    assert "mijn verhaal" in stranger.get(address).content.decode()
    before = freezing.opened(edition)
    assert "mijn verhaal" in str(paper.whole(before)) and "mijn verhaal" in standalone(before)
    stories.erase(SYSTEM, Story.objects.get())
    page = stranger.get(address).content.decode()
    assert "mijn verhaal" not in page and "1 verhaal is ingetrokken" in page
    book = freezing.opened(Edition.objects.get())
    assert book.withdrawn == 1 and not book.stories
    assert "mijn verhaal" not in str(paper.whole(book)) + standalone(book) + mailing.text(
        book
    ) and "1 verhaal is ingetrokken" in str(paper.whole(book))
    assert freezing.wrong(Edition.objects.get()) == []


def test_a_story_ends_with_its_leave(garden: Organisation, stranger: Client) -> None:
    make.with_a_past()
    report, story = make.report(), make.story()
    reports.place_story(SYSTEM, report, story, "register")
    edition = make.published(report)
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert (
            "ingetrokken of mag niet langer"
            in stranger.get(edition.get_absolute_url()).content.decode()
        )
        assert "1 stories erased" in daily()
    assert Story.objects.get().text == ""


def test_published_words_are_not_changed_and_laid_aside_ones_are_erased(
    garden: Organisation,
) -> None:
    make.with_a_past()
    report, story = make.report(), make.story()
    reports.place_story(SYSTEM, report, story, "register")
    make.published(report)
    with pytest.raises(Exception, match="staat al in een bericht"):
        stories.take_up(SYSTEM, Story.objects.get(), "Anders")
    other = make.story("Een ander verhaal", is_taken=False)
    with time_machine.travel(timezone.now() + timedelta(days=50)):
        stories.lay_aside(SYSTEM, other)
    assert stories.forget(timezone.localdate() + timedelta(days=91)) == 0
    assert (
        stories.forget(timezone.localdate() + timedelta(days=141)) == 1
        and Story.objects.get(pk=other.pk).gone_on
    )


def test_a_story_without_leave_cannot_be_placed(garden: Organisation) -> None:
    make.with_a_past()
    report = make.report()
    for story in (
        make.story(is_taken=False),
        Story.objects.create(
            code="AAAA-BBBB",
            text="x",
            state="taken",
            received_on=timezone.localdate() - timedelta(days=9),
            consent_until=timezone.localdate() - timedelta(days=1),
        ),
    ):
        with pytest.raises(Exception, match="mag niet worden verteld"):
            reports.place_story(SYSTEM, report, story, "register")


def test_who_reads_takes_up_lays_aside_and_erases(
    terms: None, stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    tell(stranger)
    story, desk = Story.objects.get(), as_user(coordinator)
    assert "samen soep" in desk.get("/beheer/halfjaarbericht/verhalen/").content.decode()
    page = f"/beheer/halfjaarbericht/verhalen/{story.pk}/"
    assert desk.post(page, {"text": "We aten samen erwtensoep."}).status_code == 302
    assert (
        Story.objects.get().state == "taken"
        and Story.objects.get().text == "We aten samen erwtensoep."
    )
    desk.post(f"{page}opzij/")
    assert Story.objects.get().state == "aside"
    asked = desk.post(f"{page}wissen/").content.decode()
    assert "erwtensoep" in asked and not Story.objects.get().gone_on
    desk.post(f"{page}wissen/", {"sure": "1"})
    assert Story.objects.get().gone_on and desk.get(page).status_code == 404
    assert (
        desk.post(
            "/beheer/halfjaarbericht/verhalen/nieuw/",
            {"text": "Op papier verteld.", "years": "1", "via": "paper", "consent": "on"},
        ).status_code
        == 302
    )
    assert Story.objects.latest("pk").via == "paper"


def test_a_wrong_code_says_so_and_guessing_is_limited(terms: None, stranger: Client) -> None:
    for number in range(12):
        page = stranger.get("/halfjaarbericht/intrekken/").content.decode()
        moment = page.split('name="moment" value="')[1].split('"')[0]
        with time_machine.travel(time.time() + 5):
            answer = stranger.post(
                "/halfjaarbericht/intrekken/", {"moment": moment, "code": f"AAAA-AAA{number % 10}"}
            )
        assert answer.status_code == 400
    assert "veel berichten" in answer.content.decode()


def test_the_sheet_to_hang_up_is_a_pdf(terms: None, stranger: Client) -> None:
    answer = stranger.get("/halfjaarbericht/verhaal.pdf")
    assert (
        answer.content.startswith(b"%PDF-1.7")
        and b"pdfuaid" in answer.content
        and b"/Lang" in answer.content
    )


def test_a_report_that_is_corrected_keeps_its_stories(garden: Organisation) -> None:
    make.with_a_past()
    report, story = make.report(), make.story()
    reports.place_story(SYSTEM, report, story, "register")
    make.published(report)
    reports.correct(SYSTEM, Report.objects.get(), "Verbeterd.")
    assert freezing.opened(make.published(Report.objects.get())).stories
    reports.correct(SYSTEM, Report.objects.get(), "Zonder verhaal.")
    reports.take_story_out(SYSTEM, Report.objects.get(), story)
    third = make.published(Report.objects.get())
    assert not freezing.opened(third).stories and [
        bool(freezing.opened(one).stories) for one in Edition.objects.order_by("number")
    ] == [True, True, False]
    with pytest.raises(ValidationError, match="staat al in een bericht"):
        stories.take_up(SYSTEM, story, "Andere woorden")
    with pytest.raises(ValidationError, match="Trek het dan in"):
        stories.lay_aside(SYSTEM, story)
    stories.erase(SYSTEM, story)
    assert [freezing.opened(one).withdrawn for one in Edition.objects.order_by("number")] == [
        1,
        1,
        0,
    ]


def test_a_story_that_was_taken_back_stays_away_whoever_still_had_it_open(terms: None) -> None:
    for late in (
        lambda one: stories.take_up(SYSTEM, one, "Toch nog"),
        lambda one: stories.lay_aside(SYSTEM, one),
    ):
        held = make.story("Dit was van mij.", is_taken=False)
        stories.erase(SYSTEM, Story.objects.get(pk=held.pk))
        with pytest.raises(ValidationError, match="ingetrokken"):
            late(held)
        assert Story.objects.get(pk=held.pk).text == "" and Story.objects.get(pk=held.pk).gone_on


def test_a_weaver_leaves_stories_alone_that_stand_in_reports_of_others(
    garden: Organisation, weaver: User, as_user: Callable[[User], Client]
) -> None:
    make.with_a_past()
    report, story, free = make.report(), make.story(), make.story("Nog nergens", is_taken=False)
    reports.place_story(SYSTEM, report, story, "register")
    desk = as_user(weaver)
    for what in ("", "opzij/", "wissen/"):
        assert (
            desk.post(
                f"/beheer/halfjaarbericht/verhalen/{story.pk}/{what}", {"text": "Anders"}
            ).status_code
            == 403
        )
    assert Story.objects.get(pk=story.pk).text == story.text
    own = make.story("Uit Zuid", is_taken=False, area=Area.objects.get(slug="zuid"))
    for one, status in ((free, 403), (own, 302)):
        address = f"/beheer/halfjaarbericht/verhalen/{one.pk}/wissen/"
        assert desk.post(address, {"sure": "1"}).status_code == status
    assert not Story.objects.get(pk=free.pk).gone_on and Story.objects.get(pk=own.pk).gone_on


def test_a_photo_whose_file_is_lost_breaks_nothing(
    terms: None, stranger: Client, garden: Organisation
) -> None:
    make.with_a_past()
    tell(stranger, photo=photo(), photo_alt="Een pan soep")
    story = stories.take_up(SYSTEM, Story.objects.get(), "We aten samen soep.")
    report = make.report()
    reports.place_story(SYSTEM, report, story, "register")
    book = freezing.opened(make.published(report))
    address = f"{ADDRESS.rstrip('/')}/{story.pk}.jpg"
    assert stranger.get(address).status_code == 200 and "data:image/jpeg" in standalone(book)
    story.photo.storage.delete(story.photo.name)
    assert (
        stranger.get(address).status_code == 404
        and "data:image/jpeg" not in standalone(book)
        and paper.report_pdf(book).startswith(b"%PDF")
    )
