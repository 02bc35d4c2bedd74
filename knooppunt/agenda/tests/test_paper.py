"""The agenda on paper: what stands on the sheets, that a screen reader can read them, and that
no name breaks them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from knooppunt.agenda import pdf_data
from knooppunt.agenda.actions import occurrence
from knooppunt.agenda.actions.activities import change
from knooppunt.agenda.models import Activity
from knooppunt.agenda.pdf_data import SheetFilters, poster_data, sheet_data
from knooppunt.agenda.tests.make import activity
from knooppunt.agenda.views.paper import TEMPLATES
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import SiteFact
from knooppunt.core.pdf import documents, typesetting
from knooppunt.core.pdf.documents import PaperError, pdf
from knooppunt.directory.models import Area, ContactPoint, Organisation, Place
from knooppunt.directory.tests import make

pytestmark = pytest.mark.django_db
NASTY = (
    "#set page(fill: red) *vet* _cursief_ $x$ `code` <label> @ref // weg /* ook */ \\ #panic()",
    "Buurtmaaltijd" * 15 + "!!!!!",
    "مطبخ النساء للجميع",
    "🎉 Feest 🥘 voor jong & oud 👩\u200d🍳 1️⃣",
    "🎉🥘🎶",
    "厨房大家一起吃饭",
    "Kapot \u0001\u0007\u202eom\u2066 \ufeff",
)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)  # a Tuesday


@pytest.fixture
def kitchen(zuid: Area) -> Place:
    """A place in the other wijk, with a street."""
    return make.place("De Keuken", longitude=4.05, latitude=51.95, street="Soepsteeg 7")


def data_of(sheet: str = "week", query: str = "") -> dict[str, Any]:
    """What stands on a sheet."""
    request = RequestFactory().get(f"/agenda/papier/{sheet}.pdf{query}", HTTP_HOST="buurt.example")
    return sheet_data(request, SheetFilters(request, sheet))


def lines_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for page in data["pages"] for day in page["days"] for line in day["rows"]]


def names_of(sheet: str = "week", query: str = "") -> list[str]:
    return [line["name"] for line in lines_of(data_of(sheet, query))]


# The files.


@pytest.mark.parametrize("sheet", ["week", "maand", "eten"])
@pytest.mark.parametrize("size", ["", "a3"])
def test_a_sheet_is_an_accessible_pdf(
    gardening: Activity, stranger: Client, sheet: str, size: str
) -> None:
    answer = stranger.get(f"/agenda/papier/{sheet}.pdf", {"formaat": size, "wijk": "noord"})
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(
        rf'inline; filename="agenda-{sheet}-2026-11-\d\d-noord-{size or "a4"}.pdf"',
        answer["Content-Disposition"],
    )
    content = answer.content
    assert content.startswith(b"%PDF") and b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert (
        b"/StructTreeRoot" in content
        and b"/Marked true" in content
        and b"/Lang(nl)" in content
        and b"/S/H1" in content
    )
    assert b"in Noord" in re.search(b"<dc:title>.*?</dc:title>", content)[0]  # type: ignore[index]
    assert b"Knooppunt Klein" in content and b"/Alt(QR-code die leidt naar http" in content
    assert (b"[0 0 841.8" if size else b"[0 0 595.2") in content


def test_a_sheet_is_in_the_language_of_the_reader(gardening: Activity, stranger: Client) -> None:
    assert b"/Lang(en)" in stranger.get("/en/agenda/papier/week.pdf").content
    with translation.override("en"):
        assert data_of()["pages"][0]["qr"]["address"].startswith("http://buurt.example/en/agenda/?")


def test_the_same_data_give_the_same_bytes(gardening: Activity) -> None:
    data = data_of()
    assert pdf(TEMPLATES / "sheet.typ", data) == pdf(
        TEMPLATES / "sheet.typ", json.loads(json.dumps(data))
    )


def test_an_unknown_sheet_is_404(stranger: Client, terms: None) -> None:
    assert stranger.get("/agenda/papier/jaar.pdf").status_code == 404


def test_all_fonts_together_are_small_and_ours_come_first() -> None:
    files = list(typesetting.FONTS.glob("*.ttf"))
    assert (
        sum(path.stat().st_size for path in files) < 400_000
        and (typesetting.FONTS / "OFL.txt").exists()
    )
    assert "Atkinson Hyperlegible Next" in typesetting.fonts().families()
    assert {font.weight for font in typesetting.fonts().fonts() if font.path} == {400, 700, 800}


def test_a_sheet_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(documents, "_SECONDS", 0.001)
    with pytest.raises(PaperError, match="traag"):
        pdf(tmp_path / "traag.typ", {"day": "2026-11-24"})


@pytest.mark.parametrize("name", NASTY)
def test_no_name_breaks_a_sheet_or_a_poster(
    garden_place: Place, stranger: Client, name: str
) -> None:
    one = activity(
        name,
        place=garden_place,
        kind="eten",
        cost=name[:100],
        target_groups=[name],
        descriptions={"nl": name},
    )
    for address in (
        "/agenda/papier/week.pdf",
        "/agenda/papier/eten.pdf",
        f"{one.get_absolute_url()}poster.pdf",
    ):
        content = stranger.get(address).content
        assert content.startswith(b"%PDF") and b"pdfuaid" in content, address


def test_signs_that_no_font_has_are_left_out_and_others_stay(tmp_path: Path) -> None:
    template = tmp_path / "one.typ"
    template.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n= #data.title"
    )
    content = pdf(template, {"day": "2026-11-24", "title": "🎉 Één fêest 厨房 voor 1️⃣ buur"})
    title = re.search(b"<dc:title>.*?</dc:title>", content)[0].decode()  # type: ignore[index]
    assert "Één fêest voor 1 buur" in title
    assert "…" in pdf(template, {"day": "2026-11-24", "title": "🎉"}).decode("utf-8", "ignore")


def test_a_drawing_with_a_mistake_says_which_sheet(tmp_path: Path) -> None:
    template = tmp_path / "kapot.typ"
    template.write_text("#panic()")
    with pytest.raises(PaperError, match="kapot"):
        pdf(template, {"day": "2026-11-24"})


def test_a_visitor_gets_a_sentence_when_a_sheet_fails(
    terms: None, stranger: Client, monkeypatch: Any
) -> None:
    def fails(template: Path, data: dict[str, Any]) -> bytes:
        raise PaperError("Het blad kon niet worden gemaakt.")

    monkeypatch.setattr("knooppunt.core.pdf.responses.pdf", fails)
    answer = stranger.get("/agenda/papier/week.pdf")
    assert answer.status_code == 500 and "kon niet worden gemaakt" in answer.content.decode()


# What stands on them.


def test_the_week_says_day_time_what_and_where(gardening: Activity) -> None:
    page = data_of(query="?dag=2026-12-03")["pages"][0]
    assert page["title"] == "Wat is er te doen?" and page["narrow"] == "Alle wijken"
    assert page["period"] == "Maandag 30 november tot en met zondag 6 december 2026"
    assert [day["name"] for day in page["days"]][::6] == [
        "Maandag 30 november",
        "Zondag 6 december",
    ]
    (line,) = page["days"][1]["rows"]
    assert (line["starts"], line["ends"], line["name"], line["place"]) == (
        "10.00",
        "12.00",
        "Tuinochtend",
        "De Tuin, Noord",
    )
    assert (
        page["qr"]["words"] == "buurt.example/agenda/?toon=week&dag=2026-11-30"
        and "<svg" in page["qr"]["svg"]
    )


def test_free_cancelled_and_moved_are_said_with_the_reason(
    gardening: Activity, kitchen: Place
) -> None:
    change(SYSTEM, gardening, {"is_free": True})
    occurrence.cancel(SYSTEM, gardening, "2026-11-24T10:00", "regen")
    occurrence.move(
        SYSTEM,
        gardening,
        "2026-12-01T10:00",
        datetime(2026, 12, 2, 13, 0),
        60,
        place=kitchen,
        reason="feest",
    )
    (off,) = lines_of(data_of())
    assert (off["off"], off["moved"], off["reason"], off["tags"]) == (
        "gaat niet door",
        "",
        "regen",
        ["gratis"],
    )
    (moved,) = lines_of(data_of(query="?dag=2026-12-01"))
    assert (moved["off"], moved["moved"], moved["reason"]) == ("", "andere tijd of plek", "feest")
    assert (moved["starts"], moved["ends"], moved["place"]) == (
        "13.00",
        "14.00",
        "De Keuken, Soepsteeg 7, Zuid",
    )


def test_the_month_shows_only_days_with_something(gardening: Activity) -> None:
    data = data_of("maand", "?dag=2026-12-24")
    assert data["pages"][0]["period"] == "December 2026" and data["kind"] == "month"
    assert [day["name"] for day in data["pages"][0]["days"]] == [
        f"Dinsdag {day} december" for day in (1, 8, 15, 22, 29)
    ]


def test_the_meals_have_a_page_for_each_wijk_from_the_day_itself(
    gardening: Activity, garden_place: Place, kitchen: Place
) -> None:
    activity("Soep", "elke maandag van 12 tot 13", place=kitchen, kind="eten", cost="€ 2")
    activity("Ontbijt", "elke woensdag van 8 tot 9", place=garden_place, kind="eten", is_free=True)
    activity("Pannenkoeken", "elke donderdag om 17 uur", kind="eten", location="Op het plein")
    pages = data_of("eten", "?dag=2026-11-25")["pages"]
    assert [page["title"] for page in pages] == [
        "Samen eten in Noord",
        "Samen eten in Zuid",
        "Samen eten op andere plekken",
    ]
    assert pages[1]["days"][0]["name"] == "Maandag 30 november"
    (soup,) = pages[1]["days"][0]["rows"]
    assert (soup["place"], soup["tags"]) == ("De Keuken, Soepsteeg 7", ["€ 2"])
    assert (
        pages[0]["days"][0]["rows"][0]["tags"] == ["Gratis"]
        and pages[2]["days"][0]["rows"][0]["place"] == "Op het plein"
    )
    assert pages[1]["qr"]["words"].endswith("&soort=eten&wijk=zuid") and pages[0][
        "period"
    ].startswith("Woensdag 25 ")


def test_one_wijk_or_place_has_one_page_of_meals(kitchen: Place) -> None:
    activity("Soep", "elke maandag van 12 tot 13", place=kitchen, kind="eten")
    (page,) = data_of("eten", "?wijk=zuid")["pages"]
    assert page["title"] == "Samen eten in Zuid" and page["narrow"] == ""
    (page,) = data_of("eten", f"?plek={kitchen.slug}")["pages"]
    assert page["title"] == "Samen eten bij De Keuken" and page["days"][0]["rows"][0]["place"] == ""
    (page,) = data_of("eten", "?wijk=noord")["pages"]
    assert page["days"] == []


def test_a_sheet_is_narrowed_like_the_agenda_and_says_so(
    gardening: Activity, garden_place: Place, kitchen: Place
) -> None:
    activity(
        "Kinderkoken",
        place=kitchen,
        kind="eten",
        target_groups=["Kinderen van 6 tot 12"],
        is_free=True,
    )
    assert (
        names_of(query="?voor=KINDEREN")
        == ["Kinderkoken"]
        == names_of(query="?wijk=zuid")
        == names_of(query="?soort=eten")
    )
    assert (
        names_of(query=f"?plek={garden_place.slug}") == ["Tuinochtend"]
        and names_of(query="?voor=ouderen") == []
    )
    assert names_of(query="?thema=armoede") == [] and len(names_of(query="?voor=!!")) == 2
    page = data_of(query="?voor=kinderen&soort=eten&wijk=zuid&gratis=ja")["pages"][0]
    assert (
        page["title"] == "Wat is er te doen in Zuid?"
        and page["narrow"] == "Alleen: Samen eten, Gratis, voor kinderen"
    )


def test_what_has_no_place_says_its_wijk_and_whom_to_ask(
    garden: Organisation, noord: Area, settings: Any
) -> None:
    activity("Wandelgroep", organiser=garden, areas=[noord])
    activity("Zingen", organiser=None, areas=[noord])
    by_name = {line["name"]: line["place"] for line in lines_of(data_of())}
    assert by_name == {"Wandelgroep": "Noord, vraag het na bij De Tuin", "Zingen": "Noord"}
    ContactPoint.objects.create(
        organisation=garden, type="phone", value="+31105550101", visibility="public"
    )
    own = {line["name"]: line["place"] for line in lines_of(data_of(query="?wijk=noord"))}
    assert own["Wandelgroep"] == "vraag het na bij De Tuin, 010 555 0101"
    settings.COALITION = replace(settings.COALITION, phone="0800 1234")
    lines = {line["name"]: line["place"] for line in lines_of(data_of())}
    assert lines["Zingen"] == f"Noord, vraag het na bij {settings.COALITION.name}, 0800 1234"


def test_at_most_so_many_lines_and_the_rest_is_counted(
    monkeypatch: Any, gardening: Activity
) -> None:
    monkeypatch.setattr(pdf_data, "MOST", 3)
    data = data_of("maand", "?dag=2026-12-01")
    assert len(lines_of(data)) == 3
    assert data["pages"][-1]["left"] == "Nog 2 keren pasten niet op dit blad; die staan op de site."
    assert data_of()["pages"][-1]["left"] == ""


def test_every_sheet_tells_its_date_and_whether_it_is_the_example(gardening: Activity) -> None:
    data = data_of()
    assert (
        data["printed"] == "Afgedrukt op 24 november 2026."
        and data["ribbon"] == ""
        and data["day"] == "2026-11-24"
    )
    SiteFact.objects.create(key="example", value=True)
    pdf_data.lists.page_cache.forget()
    assert data_of()["ribbon"].startswith("Voorbeeldgegevens uit openbare bronnen")


def test_many_lines_ask_few_questions(
    garden_place: Place, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        activity(f"Ochtend {number}", place=garden_place)
    with django_assert_max_num_queries(15):
        assert len(lines_of(data_of("maand", "?dag=2026-12-01"))) == 150


# The poster.


def poster_of(one: Activity) -> dict[str, Any]:
    return poster_data(RequestFactory().get("/", HTTP_HOST="buurt.example"), one)


def test_a_poster_tells_everything_a_passer_by_asks(garden: Organisation, kitchen: Place) -> None:
    one = activity(
        "Soep",
        place=kitchen,
        organiser=garden,
        group="local",
        kind="eten",
        cost="€ 2",
        target_groups=["ouderen"],
        languages=["nl", "tr"],
        descriptions={"nl": "Schuif aan."},
    )
    occurrence.cancel(SYSTEM, one, "2026-12-01T10:00", "op reis")
    data = poster_of(one)
    assert (data["name"], data["when"], data["lead"]) == (
        "Soep",
        "Elke dinsdag van 10.00 tot 12.00 uur",
        "Schuif aan.",
    )
    assert {fact["label"]: fact["lines"] for fact in data["facts"]} == {
        "Waar": ["De Keuken", "Soepsteeg 7, Zuid"],
        "Voor wie": ["Ouderen"],
        "Talen": ["Nederlands en Turks"],
        "Kosten": ["€ 2"],
        "Wie": ["De Tuin"],
    }
    assert [one["words"] for one in data["dates"]][:2] == [
        "Dinsdag 24 november",
        "Dinsdag 1 december",
    ]
    assert data["dates"][1]["off"] == "gaat niet door" and data["dates"][1]["reason"] == "op reis"
    assert data["qr"]["words"] == "buurt.example/agenda/soep/"
    assert data["picture"]["svg"].startswith("<svg") and "eten samen" in data["picture"]["alt"]
    assert "var(" not in data["picture"]["svg"] and data["ribbon"] == ""


def test_a_poster_is_an_accessible_pdf_and_only_of_what_all_may_see(
    gardening: Activity, stranger: Client
) -> None:
    answer = stranger.get("/agenda/tuinochtend/poster.pdf?formaat=a3")
    assert answer["Content-Disposition"] == 'inline; filename="poster-tuinochtend.pdf"'
    assert (
        b"pdfuaid" in answer.content
        and b"/S/H1" in answer.content
        and b"[0 0 841.8" in answer.content
    )
    change(SYSTEM, gardening, {"visibility": "private"})
    assert stranger.get("/agenda/tuinochtend/poster.pdf").status_code == 404


def test_a_long_description_is_not_broken_within_a_word() -> None:
    assert (
        pdf_data._lead("woord " * 100).endswith("woord …")
        and len(pdf_data._lead("woord " * 100)) <= 262
    )


# The page with the choices.


def test_the_page_offers_each_sheet_in_two_sizes_and_keeps_the_choices(
    gardening: Activity, stranger: Client
) -> None:
    answer = stranger.get("/agenda/papier/?wijk=noord&voor=kinderen&gratis=ja&toon=week")
    text = " ".join(answer.content.decode().split())
    for address in (
        "week.pdf?dag=2026-11-23&",
        "week.pdf?dag=2026-11-30&",
        "maand.pdf?dag=2026-11-01&",
        "maand.pdf?dag=2026-12-01&",
        "eten.pdf?dag=2026-11-24&",
    ):
        found = re.findall(rf'/agenda/papier/{re.escape(address.replace("&", "&amp;"))}[^"]*', text)
        assert len(found) == 2 and found[1].endswith("formaat=a3"), address
        assert all(
            "wijk=noord" in one and "voor=kinderen" in one and "gratis=ja" in one for one in found
        )
    assert "De Tuin" in text and '<input type="hidden" name="gratis" value="ja">' in text


def test_the_page_also_offers_the_days_that_were_looked_at(
    gardening: Activity, stranger: Client
) -> None:
    text = stranger.get("/agenda/papier/?dag=2027-02-03&soort=bewegen").content.decode()
    assert "Week die je bekeek" in text and "week.pdf?dag=2027-02-01&amp;soort=bewegen" in text
    assert "soort=bewegen" not in re.search(r'eten\.pdf[^"]*', text)[0]  # type: ignore[index]
