"""The neighbourhood speaks, on an old phone without scripts and at a desk: from a signal to a
promise, and a vote.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import no_sideways_scrolling, pytestmark, try_as

__all__ = ["pytestmark"]


def width_of(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


def test_a_neighbour_says_something_and_sees_what_became_of_it(page: Page) -> None:
    text = f"De lamp bij het speeltuintje is stuk ({width_of(page)})."
    page.goto("/")
    page.get_by_role("link", name="Vertel wat er speelt").click()
    page.get_by_label("Wat wil je zeggen?").fill(text)
    no_sideways_scrolling(page)
    page.wait_for_timeout(2100)  # nobody types this in two seconds
    page.get_by_role("button", name="Verstuur").click()
    code = page.locator(".code").inner_text()
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/beheer/signalen/")
    row = page.locator("li", has_text=text)
    row.get_by_role("link", name=re.compile("Nieuw punt")).click()
    page.get_by_label("Het punt, in één zin").fill(f"Een lamp die het doet ({width_of(page)})")
    page.get_by_label("Wat we vragen").fill("Maak de lamp.")
    page.get_by_label("Middelland", exact=True).check()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Deel dit punt").click()
    page.goto(f"/signaal/{code}/")
    expect(
        page.get_by_role("link", name=f"Een lamp die het doet ({width_of(page)})")
    ).to_be_visible()


def test_a_point_goes_step_by_step_to_a_promise_that_is_kept(page: Page) -> None:
    title = f"Een bankje bij de tuin ({width_of(page)})"
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/punten/nieuw/")
    page.get_by_label("Het punt, in één zin").fill(title)
    page.get_by_label("Wat we vragen").fill("Zet er een bankje.")
    page.get_by_label(re.compile("^Aan wie")).select_option(
        label="Wijkraad Middelland-Nieuwe Westen"
    )
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("button", name="Deel dit punt").click()
    address = page.url
    page.get_by_role("link", name="Stap erbij").click()
    page.get_by_label("Welke stap").select_option(label="ingebracht")
    page.get_by_role("button", name="Zet de stap erbij").click()
    expect(page.get_by_text("Waar staat dit?").last).to_be_visible()
    page.get_by_label("Link naar de bron").fill("wijkraad.example/verslag")
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Zet de stap erbij").click()
    expect(page.locator(".road [aria-current]")).to_contain_text("Ingebracht")
    page.get_by_role("link", name="Toezegging opschrijven").click()
    page.get_by_label("De woorden van de toezegging").fill(
        f"Er komt een bankje ({width_of(page)})."
    )
    page.get_by_label("Of het ambt in woorden").fill("voorzitter")
    page.get_by_label("Link waar het staat").fill("wijkraad.example/verslag")
    page.get_by_role("button", name="Schrijf op").click()
    page.get_by_role("link", name="Hoe staat het ermee?").click()
    page.get_by_label("gehaald", exact=True).check()
    page.get_by_label("Waaraan zie je dat").fill("Het staat er.")
    page.get_by_role("button", name="Schrijf op").click()
    expect(page.locator(".status")).to_contain_text("gehaald")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("gehaald")


def test_a_resident_supports_a_point_once(page: Page) -> None:
    page.goto("/punten/")
    page.get_by_role("link", name=re.compile("De tuinen vragen een kraan")).click()
    page.get_by_role("link", name="Ik steun dit").click()
    before = int(page.locator(".big").inner_text())
    page.get_by_role("button", name="Ik steun dit").click()
    expect(page.get_by_text("Je steun telt mee.")).to_be_visible()
    expect(page.locator(".big")).to_have_text(str(before + 1))
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Ik steun dit niet meer").click()
    expect(page.locator(".big")).to_have_text(str(before))


def test_a_proposal_is_opened_voted_on_by_the_host_and_counted(
    page: Page, chromium: Browser, site: str
) -> None:
    title = f"We koken samen op zondag ({width_of(page)})"
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/voorstellen/nieuw/")
    page.get_by_label("Voorstel, in één zin").fill(title)
    page.get_by_label("Stemmen: voor of tegen").check()
    page.get_by_label("Hoeveel procent moet meedoen").fill("0")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Open het voorstel").click()
    page.get_by_label("Open tot").fill(f"{date.today() + timedelta(days=3)}T20:00")
    page.get_by_role("button", name="Open het nu").click()
    address = page.url
    host = chromium.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, java_script_enabled=False
    ).new_page()
    try_as(host, "Voorbeeldgastvrouw")
    host.goto(address)
    host.get_by_role("link", name="Stem", exact=True).click()
    host.get_by_label("Voor", exact=True).check()
    no_sideways_scrolling(host)
    host.get_by_role("button", name="Breng onze stem uit").click()
    expect(host.get_by_role("link", name="Wijzig jullie stem")).to_be_visible()
    page.goto(address)
    page.get_by_role("button", name="Sluit en tel").click()
    expect(page.get_by_text("Aangenomen: 1 voor, 0 tegen.")).to_be_visible()
    page.get_by_role("link", name="Zet in de besluitenlijst").click()
    page.get_by_role("button", name="Zet in de besluitenlijst").click()
    page.goto("/besluiten/")
    expect(page.get_by_role("link", name=title).first).to_be_visible()


FULL_LISTS = """() => document.querySelectorAll('.sheet ul.tight').forEach((list, index) => {
    while (list.children.length < (index ? 4 : 6))
        list.append(list.firstElementChild.cloneNode(true));
})"""


def test_the_sheet_of_a_wijk_and_the_brief_for_guests_are_one_a4_each(
    chromium: Browser, site: str
) -> None:
    page = chromium.new_context(base_url=site).new_page()
    page.goto("/overleg/")
    page.get_by_role("link", name=re.compile("Studieontbijt")).first.click()
    for address in ("/wijken/middelland/blad/", f"{page.url}blad/"):
        page.goto(address)
        page.evaluate(FULL_LISTS)
        paper = page.pdf(format="A4", print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1, address
