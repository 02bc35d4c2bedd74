"""The main journeys as people make them, on an old phone without scripts and at a desk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from knooppunt.directory.tests.make import write_csv

pytestmark = pytest.mark.browser


def no_sideways_scrolling(page: Page) -> None:
    """Nothing that matters sticks out of the screen; wide tables scroll inside their own frame."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    for element in page.locator(
        "main h1, main .card, main .button, main button, main input, main .tiles a, main .facts"
    ).all():
        bounds = element.bounding_box()
        if bounds and element.is_visible():
            assert bounds["x"] + bounds["width"] <= width + 1, element.text_content()


def try_as(page: Page, name: str) -> None:
    """Log in as an example person; the fixture ``site`` keeps the secret that the terminal
    printed.
    """
    page.goto(f"/proberen/?{os.environ['KNOOPPUNT_TRYOUT']}")
    page.get_by_role("button", name=name).click()
    expect(page).to_have_url(re.compile(r"/beheer/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_resident_finds_a_garden_in_two_taps(page: Page) -> None:
    page.goto("/")
    no_sideways_scrolling(page)
    page.get_by_role("link", name=re.compile("^Bewegen")).click()
    expect(page.locator(".found > li, .hits > li").first).to_be_visible()
    page.goto("/vind/?q=spoortuin")
    page.get_by_role("link", name="Spoortuin", exact=True).first.click()
    expect(page.get_by_role("heading", name="Spoortuin", level=1)).to_be_visible()
    for word in ("Wat", "Waar", "Wie"):
        expect(page.locator("dt", has_text=re.compile(f"^\\s*{word}\\s*$"))).to_be_visible()
    no_sideways_scrolling(page)


def test_somebody_searches_and_takes_a_filter_off_again(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("tuin")
    page.get_by_role("button", name="Zoek").click()
    page.locator("summary", has_text="Wijk").click()
    page.locator("details[open]").get_by_role("link", name=re.compile("^Middelland")).click()
    expect(page.get_by_role("link", name="Spoortuin", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Middelland.*weghalen")).click()
    expect(page).to_have_url(re.compile("q=tuin$"))


def test_a_councillor_opens_the_list_behind_a_number(page: Page) -> None:
    page.goto("/")
    page.locator(".slab a", has_text="netwerken").click()
    expect(page.get_by_text("Wat we tellen")).to_be_visible()
    number = int(page.locator(".big").inner_text())
    assert page.locator("main ol > li:not(.crumbs li)").count() == number


def test_the_language_changes_on_the_same_page(page: Page) -> None:
    page.goto("/plekken/spoortuin/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en/plekken/spoortuin/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("dt", has_text="Where")).to_be_visible()


def test_a_host_confirms_from_a_link_without_an_account(
    page: Page, chromium: Browser, site: str
) -> None:
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/beheer/organisaties/pluktuin/link/")
    address = page.get_by_label("Stuur dit door").input_value()
    visitor = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 700}
    ).new_page()
    visitor.goto(address)
    visitor.get_by_role("button", name="Ik bevestig: dit klopt").click()
    expect(visitor.get_by_role("heading", name="Dank je wel")).to_be_visible()
    visitor.goto(f"{site}/initiatieven/pluktuin/")
    expect(visitor.get_by_text("Laatst bevestigd op")).to_be_visible()
    visitor.context.close()


def test_a_coordinator_reads_in_a_list_and_sees_what_was_wrong(page: Page, tmp_path: Path) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = write_csv(
        tmp_path / "lijst.csv",
        ["Naam", "Wijk", "Website", "Kleur"],
        [f"Nieuwe plek {width}", "Middeland x", "geen adres", "rood"],
        delimiter=";",
    )
    try_as(page, "Voorbeeldcoördinator")
    page.get_by_role("link", name="Lijst inlezen").click()
    page.get_by_label("Lijst (CSV of XLSX)").set_input_files(path)
    page.get_by_role("button", name="Bekijk deze lijst").click()
    expect(page.get_by_text("is geen webadres").first).to_be_visible()
    page.get_by_role("button", name="Lees de hele lijst in").click()
    expect(page.get_by_text("De lijst is ingelezen.")).to_be_visible(timeout=30_000)
    page.goto(f"/initiatieven/?q=nieuwe+plek+{width}")
    expect(page.get_by_role("link", name=f"Nieuwe plek {width}", exact=True)).to_be_visible()


def test_a_weaver_of_one_wijk_cannot_change_another(page: Page) -> None:
    try_as(page, "Voorbeeldnetwerkregisseur")
    assert (
        page.evaluate("document.documentElement.scrollWidth")
        <= (page.viewport_size or {"width": 0})["width"]
    )
    page.goto("/beheer/organisaties/geloven-in-spangen/")
    expect(page.get_by_role("heading", name="Dit houd jij niet bij")).to_be_visible()


def test_a_resident_finds_something_to_do_in_two_taps(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Agenda").locator(
        "visible=true"
    ).first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.locator(".times li").first).to_be_visible()
    no_sideways_scrolling(page)


def test_somebody_asks_in_her_own_language_and_sees_why(page: Page) -> None:
    page.goto("/vind/")
    page.get_by_role("searchbox").fill("borçlarım var, yardım lazım")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_text("Je vraag lijkt in deze taal: Turks")).to_be_visible()
    rows = page.locator(".found > li")
    expect(rows.first).to_contain_text("gaat over schulden en geldzorgen")
    legal_help = rows.filter(has=page.get_by_role("link", name="Stichting Je Goed Recht"))
    expect(legal_help).to_contain_text("gaat over schulden en geldzorgen")
    no_sideways_scrolling(page)


def test_a_wijk_in_the_question_is_a_filter_that_comes_off(page: Page) -> None:
    page.goto("/vind/?q=speeltuin+bospolder")
    expect(page.get_by_role("heading", name="Past bijna")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Bospolder.*weghalen")).click()
    expect(page.get_by_role("link", name=re.compile("^Bospolder.*weghalen"))).to_have_count(0)
    # The kind still narrows; without it nothing is left that fits only nearly.
    page.get_by_role("link", name=re.compile("^speeltuin.*weghalen", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name="Past bijna")).to_have_count(0)


def test_the_map_works_with_a_keyboard(page: Page) -> None:
    page.goto("/kaart/?q=samen+eten")
    no_sideways_scrolling(page)
    scripts = page.locator(".atlas-live").count() > 0
    wijk = page.locator(
        '.atlas-mark.loose[title*="Middelland"]' if scripts else 'svg a[aria-label^="Middelland"]'
    )
    wijk.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("wijk=middelland"))
    expect(page.get_by_role("link", name=re.compile("^Middelland.*weghalen"))).to_be_visible()
    if scripts:
        page.locator(".leaflet-control-zoom-in").focus()
        with page.expect_response(re.compile("gebied=")):
            page.keyboard.press("Enter")
        expect(page.locator("#lijst [role=status]")).to_contain_text("in dit stuk van de kaart")


def test_a_garden_that_needs_a_kitchen_is_brought_in_contact(page: Page) -> None:
    try_as(page, "Voorbeeldcoördinator")
    title = f"Een keuken voor de soep {page.viewport_size['width'] if page.viewport_size else 0}"
    page.goto("/vraag-en-aanbod/nieuw/?kant=need")
    page.get_by_label("Wie?").select_option(label="Spoortuin")
    page.get_by_label("Wat voor iets").select_option(label="ruimte")
    page.get_by_label("Wat", exact=True).fill(title)
    page.get_by_label("donderdag").check()
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Zet het op het bord").click()
    match = page.locator(".found > li", has_text="Keuken vrij op donderdag")
    expect(match).to_contain_text("ook op donderdag; gaat ook over koken")
    match.get_by_role("button", name=re.compile("Breng in contact")).click()
    expect(page.get_by_text("zonder mailadres")).to_be_visible()
    expect(match).to_contain_text("Al in contact gebracht.")
    page.goto("/beheer/makelaar/")
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def test_a_host_puts_something_in_the_agenda_and_cancels_one_time(
    page: Page, chromium: Browser, site: str
) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    try_as(page, "Voorbeeldgastvrouw")
    page.locator("main summary", has_text="Nieuw").click()
    page.get_by_role("link", name="Zet iets in de agenda").click()
    name = f"Soep{'metballen' * 8}{width}"  # a word that is wider than a phone
    page.get_by_label("Wat is er te doen?").fill(name)
    page.get_by_label("Wanneer?").fill(
        "elke 2e dinsdag van 17.30 tot 19.30, niet in de schoolvakantie"
    )
    page.get_by_label("Wie organiseert het?").select_option(index=1)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Elke 2e dinsdag van de maand van 17.30 tot 19.30 uur")).to_be_visible()
    assert page.locator("ol.next li").count() == 6
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Klopt, zet in de agenda").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Verplaats of zeg af").first.click()
    page.get_by_label("Waarom gaat het niet door?").fill("De kok is ziek")
    page.get_by_role("button", name="Zeg deze keer af").click()
    address = page.url
    visitor = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 700}
    ).new_page()
    visitor.goto(address)
    expect(visitor.get_by_text("De kok is ziek").first).to_be_visible()
    calendar = visitor.request.get(address.rstrip("/") + ".ics").text()
    assert "STATUS:CANCELLED" in calendar and "COMMENT:De kok is ziek" in calendar
    visitor.context.close()


def test_a_councillor_opens_the_list_behind_97_percent(page: Page) -> None:
    page.goto("/cijfers/aandeel/?wijk=middelland")
    expect(page.locator(".big")).to_have_text("97%")
    page.get_by_role("row", name=re.compile("^Middelland")).get_by_role("link", name="97%").click()
    assert page.locator("#lijst ol li").count() == 29
    page.goto("/cijfers/aandeel/?wijk=nieuwe-westen")
    expect(page.locator(".big")).to_have_text("63%")


PAGES = (
    "/agenda/",
    "/agenda/?toon=week",
    "/agenda/?toon=maand",
    "/agenda/voorstel/",
    "/agenda/tekst/",
    "/agenda/scherm/",
    "/agenda/sluit-aan/",
    "/agenda/papier/",
    "/agenda/inbed/?kleur=licht",
    "/cijfers/aandeel/?met=2026-01-01",
    "/agenda/winterfeest-op-het-plein/",
    "/",
    "/initiatieven/",
    "/initiatieven/?q=xyzzy",
    "/initiatieven/spoortuin/",
    "/plekken/",
    "/plekken/spoortuin/",
    "/netwerken/huize-middelland/",
    "/wijken/",
    "/wijken/middelland/",
    "/cijfers/",
    "/cijfers/members/",
    "/meld/plekken/spoortuin/",
    "/papier/plekken/spoortuin/",
    "/open/",
    "/vind/",
    "/vind/?q=speeltuin+bospolder",
    "/vind/?q=paardrijden",
    "/kaart/",
    "/kaart/?q=tuin&wijk=middelland",
    "/vind/mail/",
    "/vraag-en-aanbod/",
    "/vraag-en-aanbod/1/",
    "/punten/",
    "/punten/twee-avonden-per-week-een-warme-huiskamer-in-de-winter/",
    "/punten/de-tuinen-vragen-een-kraan-die-het-hele-jaar-water-geeft/steun/",
    "/punten/twee-avonden-per-week-een-warme-huiskamer-in-de-winter/spreken/",
    "/signaal/",
    "/toezeggingen/",
    "/toezeggingen/1/",
    "/akkoorden/",
    "/akkoorden/wijkakkoord-middelland-nieuwe-westen/",
    "/akkoorden/welzijnsdeal/voorstel/1/",
    "/bezuinigingen/",
    "/bezuinigingen/houd-het-inloophuis-aan-de-spanjaardstraat-open/",
    "/dossiers/",
    "/dossiers/aanbesteding-welzijn-2020-2022/",
    "/bibliotheek/",
    "/wijken/middelland/blad/",
    "/overleg/",
    "/overleg/1/",
    "/overleg/3/",
    "/overleg/3/blad/",
    "/besluiten/",
    "/besluiten/1/",
    "/voorstellen/",
    "/voorstellen/1/",
    "/wie-beslist/",
    "/wie-beslist/wijkraad-middelland-nieuwe-westen/",
    "/mandaten/",
    "/mandaten/aanbesteding-welzijn-2020-2022/?op=2021-10-01",
    "/mandaten/wie-spreekt/1/",
    "/halfjaarbericht/",
    "/halfjaarbericht/2026-1/",
    "/halfjaarbericht/2026-1/editie/1/cijfer/organisations/",
    "/halfjaarbericht/2026-1/editie/1/controle/",
    "/halfjaarbericht/2026-1/editie/1/fonds/voorbeeldfonds/",
    "/halfjaarbericht/verhaal/",
    "/halfjaarbericht/intrekken/",
    "/en/halfjaarbericht/2026-1/",
    "/meer/",
    "/stijl/",
    "/privacy/",
    "/account/login/",
    "/proberen/",
    "/postvak/",
    "/en/initiatieven/spoortuin/",
    "/nergens/",
)
WORKING = (
    "/agenda/nieuw/",
    "/agenda/winterfeest-op-het-plein/",
    "/agenda/winterfeest-op-het-plein/wijzig/",
    "/beheer/kalenders/",
    "/beheer/agenda-inlezen/",
    "/beheer/woorden/",
    "/beheer/makelaar/",
    "/vraag-en-aanbod/nieuw/",
    "/vraag-en-aanbod/1/",
    "/punten/nieuw/",
    "/punten/twee-avonden-per-week-een-warme-huiskamer-in-de-winter/",
    "/punten/twee-avonden-per-week-een-warme-huiskamer-in-de-winter/stap/",
    "/beheer/signalen/",
    "/beheer/signalen/nieuw/",
    "/beheer/signalen/1/",
    "/beheer/brieven/",
    "/toezeggingen/nieuw/",
    "/toezeggingen/1/",
    "/toezeggingen/1/stand/",
    "/akkoorden/nieuw/",
    "/bezuinigingen/houd-het-inloophuis-aan-de-spanjaardstraat-open/",
    "/bezuinigingen/houd-het-inloophuis-aan-de-spanjaardstraat-open/wie/",
    "/dossiers/nieuw/",
    "/bibliotheek/nieuw/",
    "/overleg/nieuw/",
    "/overleg/1/",
    "/overleg/1/aanwezig/",
    "/overleg/1/besluit/",
    "/voorstellen/nieuw/",
    "/wie-beslist/nieuw/",
    "/mandaten/nieuw/",
    "/mandaten/wie-spreekt/1/pet/",
    "/beheer/halfjaarbericht/",
    "/beheer/halfjaarbericht/nieuw/",
    "/beheer/halfjaarbericht/2026-1/",
    "/beheer/halfjaarbericht/verhalen/",
    "/beheer/halfjaarbericht/verhalen/nieuw/",
    "/beheer/halfjaarbericht/verhalen/1/",
    "/beheer/halfjaarbericht/fondsen/",
    "/beheer/",
    "/beheer/organisaties/spoortuin/",
    "/beheer/plekken/spoortuin/",
    "/beheer/organisaties/spoortuin/geschiedenis/",
    "/beheer/organisaties/spoortuin/link/",
    "/beheer/lijsten/",
    "/beheer/mensen/",
    "/beheer/samenvoegen/spoortuin/pluktuin/",
    "/beheer/werk/bevestigen/",
    "/beheer/alles/",
    "/beheer/langs/bevestigen/",
    "/beheer/ronde/",
    "/account/2fa/",
)


def violations(page: Page, axe: Axe, addresses: tuple[str, ...]) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(address)
        results = axe.run(
            page,
            options={
                "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
            },
        )
        problems = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in results.response["violations"]
        ]
        if problems:
            found[address] = problems
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(
    scheme: str, width: int, chromium: Browser, site: str, axe: Axe
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        base_url=site,
        bypass_csp=True,
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/?{os.environ['KNOOPPUNT_TRYOUT']}")
    assert violations(page, axe, PAGES) == {}
    try_as(page, "Voorbeeldcoördinator")
    assert violations(page, axe, WORKING) == {}
    context.close()


# A width of the screen and a size of the letters, 200 % of ours in the last.
SCREENS = ((320, ""), (360, ""), (1280, ""), (640, "225%"))
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    element => element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll"));
  return wide.length ? wide[wide.length - 1].outerHTML.slice(0, 120) : "something";
}"""


def sideways(page: Page, addresses: tuple[str, ...]) -> list[tuple[str, int, str, str]]:
    """The pages that scroll sideways: address, width, size of the letters, and what sticks out."""
    wide = []
    for address in addresses:
        page.goto(address)
        for width, size in SCREENS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            element = page.evaluate(STICKS_OUT)
            if element:
                wide.append((address, width, size, element))
    return wide


def test_no_page_scrolls_sideways(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, locale="nl-NL")
    page = context.new_page()
    page.goto(f"/?{os.environ['KNOOPPUNT_TRYOUT']}")
    assert sideways(page, PAGES) == []
    try_as(page, "Voorbeeldcoördinator")
    assert sideways(page, WORKING) == []
    context.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, locale="nl-NL")
    page = context.new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    context.close()
