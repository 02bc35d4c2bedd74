"""Agreements and their drafting, threats with who is hit, dossiers on paper, and a library that
takes no hostile file.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.web import page_cache
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions.details import state_volunteers
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User
from knooppunt.voice import impact
from knooppunt.voice.actions import agreements, cuts, dossiers
from knooppunt.voice.models import Amendment, Document, Landing
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PDF = b"%PDF-1.7\n%%EOF\n"


def test_a_point_lands_in_a_clause_with_the_words_that_say_so(stranger: Client) -> None:
    deal = make.agreement(signed_on=TODAY())
    one, row = make.point(), make.clause(deal)
    agreements.land(SYSTEM, row, {"point": one, "extent": "partly", "quote": "Er komt een bankje."})
    agreements.land(SYSTEM, row, {"point": one, "extent": "whole", "quote": "Er komt een bankje."})
    assert Landing.objects.get().extent == "whole"
    with pytest.raises(IntegrityError), transaction.atomic():
        Landing.objects.update(quote="")
    for address in (one.get_absolute_url(), row.get_absolute_url()):
        assert "Er komt een bankje." in stranger.get(address).content.decode()


def test_a_clause_without_evidence_at_its_review_is_flagged(
    stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    deal = make.agreement(signed_on=TODAY() - timedelta(days=400))
    row = make.clause(deal, review_on=TODAY() - timedelta(days=1))
    assert "geen bewijs sinds" in stranger.get(deal.get_absolute_url()).content.decode()
    assert (
        "Bepalingen om opnieuw te bekijken (1)"
        in as_user(coordinator).get("/beheer/alles/").content.decode()
    )
    agreements.say_state(
        SYSTEM, row, {"state": "partly", "on": TODAY(), "text": "Eén bankje staat er."}
    )
    page = stranger.get(deal.get_absolute_url() + "?na").content.decode()
    assert "geen bewijs sinds" not in page and "deels uitgevoerd" in page


def test_clauses_are_written_together_and_every_text_is_kept(
    garden: Organisation,
    host: User,
    coordinator: User,
    as_user: Callable[[User], Client],
    stranger: Client,
) -> None:
    deal = make.agreement("Welzijnsdeal")
    row = make.clause(deal, "Er komt een bankje.")
    tuin, desk = as_user(host), as_user(coordinator)
    form = f"{row.get_absolute_url()}voorstel/"
    assert tuin.post(form, {"title": "Zitten", "text": "Er komt een bankje."}).status_code == 400
    tuin.post(
        form,
        {
            "title": "Zitten",
            "text": "Er komen twee bankjes.",
            "why": "Voor vier mensen.",
            "organisation": garden.pk,
        },
    )
    one = Amendment.objects.get()
    page = stranger.get(one.get_absolute_url()).content.decode()
    assert (
        "<del>komt</del>" in page
        and "<ins>komen</ins>" in page
        and "Nemen jullie dit over" not in page
    )
    assert desk.post(one.get_absolute_url(), {"is_accepted": "yes"}).status_code == 400
    desk.post(one.get_absolute_url(), {"is_accepted": "yes", "answer": "Goed idee."})
    row.refresh_from_db()
    assert row.text == "Er komen twee bankjes." and [
        version.text for version in row.versions.all()
    ] == ["Er komt een bankje.", "Er komen twee bankjes."]
    assert "<del>komt</del>" in stranger.get(one.get_absolute_url() + "?na").content.decode()
    assert "Tekst 2" in stranger.get(f"{row.get_absolute_url()}teksten/").content.decode()
    with pytest.raises(ValidationError):
        agreements.decide(SYSTEM, one, False, "Toch niet.")


def test_a_declined_text_changes_nothing_and_a_signed_one_stands() -> None:
    row = make.clause(make.agreement())
    agreements.decide(SYSTEM, make.amendment(row), False, "Te duur.")
    row.refresh_from_db()
    assert row.text == "Er komt een bankje." and row.versions.count() == 1
    agreements.save_agreement(SYSTEM, row.agreement, {"signed_on": TODAY()})
    with pytest.raises(ValidationError, match="staat vast"):
        make.amendment(row, "Drie bankjes.")


def test_who_is_hit_is_counted_from_the_register(
    garden: Organisation, garden_place: Place, gardening: Activity, noord: Area, stranger: Client
) -> None:
    kitchen = make_register.organisation("De Keuken", areas=[noord])
    state_volunteers(SYSTEM, garden, 12, TODAY(), "zelf")
    one = make.cut(make.point(), [garden, kitchen, garden])
    assert {row.key: row.number for row in impact.struck(one, TODAY())} == {
        "organisations": 2,
        "places": 1,
        "activities": 1,
        "volunteers": 12,
    }
    page = stranger.get(one.get_absolute_url()).content.decode()
    assert "Tuinochtend" in page and "De Keuken" in page
    rows = list(
        csv.DictReader(
            io.StringIO(stranger.get(one.get_absolute_url()[:-1] + ".csv").content.decode())
        )
    )
    assert [(row["organisation"], row["volunteers"]) for row in rows] == [
        ("De Keuken", ""),
        ("De Tuin", "12"),
    ]


def test_the_ledger_tells_what_is_left_and_says_so_when_a_source_is_silent(
    stranger: Client,
) -> None:
    one = make.cut(make.point())
    line = {
        "kind": "proposed",
        "what": "Couleur Locale",
        "amount": 500_000,
        "on": TODAY(),
        "source": "Voorjaarsnota",
    }
    cuts.add_line(SYSTEM, one, line)
    cuts.add_line(
        SYSTEM,
        one,
        {**line, "kind": "restored", "amount": 200_000, "motion": "Motie 12", "pot": "raad"},
    )
    assert impact.ledger(one) == {
        "proposed": 500_000,
        "is_least": 0,
        "is_least_restored": 0,
        "restored": 200_000,
        "left": 300_000,
        "has_lines": 1,
        "has_restored": 1,
    }
    assert "Er blijft €\u00a0300.000 over." in stranger.get(one.get_absolute_url()).content.decode()
    assert (
        '<p class="big">€\u00a0500.000</p>'
        in stranger.get("/cijfers/cut_proposed/").content.decode()
    )
    cuts.add_line(SYSTEM, one, {**line, "kind": "restored", "amount": None})
    assert impact.ledger(one)["left"] is None
    with pytest.raises(ValidationError):
        cuts.add_line(SYSTEM, one, {**line, "source": ""})


def test_the_list_of_who_is_hit_is_chosen_with_the_filters_of_the_register(
    garden: Organisation,
    noord: Area,
    zuid: Area,
    coordinator: User,
    as_user: Callable[[User], Client],
) -> None:
    far = make_register.organisation("Verre Keuken", areas=[zuid])
    one, desk = make.cut(make.point()), as_user(coordinator)
    page = desk.get(f"{one.get_absolute_url()}wie/?wijk=noord").content.decode()
    assert "De Tuin" in page and "Verre Keuken" not in page
    desk.post(f"{one.get_absolute_url()}wie/", {"organisations": [garden.pk, far.pk]})
    assert one.hits.count() == 2
    hit = one.hits.get(organisation=far)
    desk.post(f"/verbeter/geraakt/{hit.pk}/", {"amount": "4000", "note": "Eén avond minder."})
    assert "€\u00a04.000" in desk.get(one.get_absolute_url()).content.decode()
    desk.post(f"/vergissing/geraakt/{hit.pk}/", {"reason": "Ze doen niet mee."})
    assert one.hits.count() == 1


def long_dossier() -> Any:
    matter = make_decisions.mandate(
        make_register.organisation("De Keuken"), about="Aanbesteding"
    ).matter
    one = make.dossier(
        text="Waarom.", lessons="Opschrijven.", since=TODAY() - timedelta(days=700), matter=matter
    )
    piece = dossiers.save_document(
        SYSTEM,
        Document(),
        {"title": "De brief", "kind": "letter"},
        SimpleUploadedFile("../../brief aan raad.pdf", PDF),
    )
    for number in (300, 500, 400):
        dossiers.add_entry(
            SYSTEM,
            one,
            {
                "on": TODAY() - timedelta(days=number),
                "kind": "event",
                "title": f"Dag {number}",
                "document": piece if number == 400 else None,
            },
        )
    hidden = make.point("Een concept", is_shared=False)
    dossiers.add_entry(
        SYSTEM,
        one,
        {
            "on": TODAY(),
            "kind": "deadline",
            "title": "Inschrijven voor twaalf uur 😀 العربية",
            "point": hidden,
        },
    )
    return one


def test_a_dossier_is_in_the_order_of_its_days_on_the_page_on_paper_and_in_the_package(
    stranger: Client,
) -> None:
    one = long_dossier()
    page = stranger.get(one.get_absolute_url()).content.decode()
    assert (
        page.index("Dag 500")
        < page.index("Dag 400")
        < page.index("Dag 300")
        < page.index("Inschrijven")
    )
    assert "Een concept" not in page and "In naam van 1 organisatie" in page
    content = stranger.get(one.get_absolute_url()[:-1] + ".pdf").content
    assert (
        content.startswith(b"%PDF")
        and b"<pdfuaid:part>1</pdfuaid:part>" in content
        and b"/StructTreeRoot" in content
        and b"/Lang(nl)" in content
        and b"/S/H3" in content
    )
    with zipfile.ZipFile(
        io.BytesIO(stranger.get(one.get_absolute_url()[:-1] + ".zip").content)
    ) as pack:
        names = pack.namelist()
        assert (
            names[:2] == ["dossier.pdf", "tijdlijn.csv"]
            and names[2].startswith(f"bijlagen/{TODAY() - timedelta(days=400)}-de-brief-")
            and names[2].endswith(".pdf")
        )
        assert pack.read(names[2]) == PDF
        rows = list(csv.DictReader(io.StringIO(pack.read("tijdlijn.csv").decode())))
    assert [row["title"] for row in rows][:3] == ["Dag 500", "Dag 400", "Dag 300"] and rows[1][
        "attachment"
    ] == names[2]
    assert "Een concept" not in repr(rows)


def packed(*names: str, mimetype: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as pack:
        if mimetype:
            pack.writestr("mimetype", mimetype)
        for name in names:
            pack.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\nxxxx", "png"),
        (b"\xff\xd8\xff\xe0xxxx", "jpg"),
        (packed("word/document.xml"), "docx"),
        (packed("xl/workbook.xml"), "xlsx"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (b"<html><script>x</script>", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"MZ\x90\x00", ""),
        (b"", ""),
        (packed("hallo.txt"), ""),
        (packed("word/document.xml", "word/vbaProject.bin"), ""),
        (b"PK\x03\x04 damaged", ""),
        (packed(mimetype=b"application/x-evil"), ""),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    file = SimpleUploadedFile("bestand.pdf", content, content_type="application/pdf")
    if not kind:
        with pytest.raises(ValidationError):
            dossiers.kind_of_file(file)
        return
    assert dossiers.kind_of_file(file) == kind


def test_a_file_is_only_ever_saved_never_shown_in_our_pages(
    coordinator: User, as_user: Callable[[User], Client], stranger: Client, settings: Any
) -> None:
    desk = as_user(coordinator)
    answer = desk.post(
        "/bibliotheek/nieuw/",
        {
            "title": "De brief",
            "kind": "letter",
            "is_public": "on",
            "upload": SimpleUploadedFile("a\u202egpj.exe", b"MZ"),
        },
    )
    assert (
        answer.status_code == 400
        and "kunnen we niet bewaren" in answer.content.decode()
        and 'value="De brief"' in answer.content.decode()
    )
    assert (
        desk.post(
            "/bibliotheek/nieuw/", {"title": "De brief", "kind": "letter", "is_public": "on"}
        ).status_code
        == 400
    )
    desk.post(
        "/bibliotheek/nieuw/",
        {
            "title": "De brief",
            "kind": "letter",
            "is_public": "on",
            "upload": SimpleUploadedFile('x".html', PDF),
        },
    )
    piece = Document.objects.get()
    got = stranger.get(piece.get_absolute_url() + "bestand/")
    assert (
        got.headers["Content-Disposition"].startswith("attachment")
        and ".pdf" in got.headers["Content-Disposition"]
        and got.headers["X-Content-Type-Options"] == "nosniff"
    )
    Document.objects.update(is_public=False)
    assert (
        stranger.get(piece.get_absolute_url() + "bestand/").status_code == 404
        and stranger.get(piece.get_absolute_url()).status_code == 404
    )
    assert list(settings.MEDIA_ROOT.rglob("*.html")) == []


def test_all_pieces_with_one_word_are_found_in_one_search(stranger: Client) -> None:
    make.document("Artikel", text="Wij zeggen #lokaaltenzij.")
    make.document("Visie #lokaaltenzij")
    make.document("Zomerfeest")
    page = stranger.get("/bibliotheek/?q=%23lokaaltenzij").content.decode()
    assert "Artikel" in page and "Visie" in page and "Zomerfeest" not in page


def test_the_sheets_stand_alone_and_tell_the_same_numbers(
    garden: Organisation, noord: Area, stranger: Client
) -> None:
    one = make.point(areas=[noord])
    make.commitment(areas=[noord])
    page = stranger.get("/wijken/noord/blad/").content.decode()
    assert one.title in page and "Toegezegd en gehaald: 0 van 1" in page and "<svg" in page
    meeting = make_decisions.meeting("Studieontbijt", kind="breakfast", brief="Waar het om gaat.")
    one.hearings.create(meeting=meeting)
    brief = stranger.get(f"{meeting.get_absolute_url()}blad/").content.decode()
    assert "Waar het om gaat." in brief and one.ask in brief
    meeting.is_public = False
    meeting.save()
    page_cache.forget()
    assert stranger.get(f"{meeting.get_absolute_url()}blad/").status_code == 404
