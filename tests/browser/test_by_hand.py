"""What the example shows can be made by hand on a phone without scripts: a breakfast, a cut, an
agreement, a dossier, a consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import no_sideways_scrolling, pytestmark, try_as

__all__ = ["pytestmark"]
TODAY = date.today()


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Page]:
    """An old phone without scripts, in the hand of a coordinator."""
    context = chromium.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, java_script_enabled=False
    )
    page = context.new_page()
    try_as(page, "Voorbeeldcoördinator")
    yield page
    context.close()


def fill(page: Page, button: str, **texts: str) -> None:
    """Fill in fields by how their label begins, and press the button."""
    for label, text in texts.items():
        page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).first.fill(text)
    no_sideways_scrolling(page)
    page.get_by_role("button", name=button, exact=True).click()


def new_point(page: Page, title: str) -> str:
    """A shared point; gives its address."""
    page.goto("/punten/nieuw/")
    fill(page, "Bewaar", Het_punt=title, Wat_we_vragen="Laat het zoals het was.")
    page.get_by_role("button", name="Deel dit punt").click()
    return page.url


def test_a_study_breakfast_with_two_promises_one_past_its_date(phone: Page) -> None:
    phone.goto("/wie-beslist/nieuw/")
    phone.get_by_label("Soort").select_option(label="gemeenteraad")
    fill(phone, "Zet erbij", Naam="Raad van de proef")
    phone.get_by_role("link", name="Wie zit hierin?").click()
    fill(phone, "Zet erbij", Functie="raadslid voor de proef")
    phone.goto("/overleg/nieuw/?soort=breakfast")
    fill(
        phone,
        "Zet het erbij",
        Waarover="Ontbijt voor de proef",
        Begint="2026-03-02T08:30",
        Waar_het_om_gaat="De plekken van de wijk.",
    )
    breakfast = phone.url
    phone.get_by_role("link", name="Gast uitnodigen").click()
    phone.get_by_label("Wie, in welke functie?").select_option(
        label="raadslid voor de proef, Raad van de proef"
    )
    phone.get_by_role("button", name="Zet erbij").click()
    for words, due in (
        ("Ik stuur een brief.", "2026-04-01"),
        ("Ik kom nog eens terug.", f"{TODAY + timedelta(days=90)}"),
    ):
        phone.goto(breakfast)
        phone.get_by_role("link", name="Toezegging opschrijven").first.click()
        phone.get_by_label(re.compile("^Door wie, in welk ambt")).select_option(
            label="raadslid voor de proef, Raad van de proef"
        )
        fill(phone, "Schrijf op", De_woorden=words, Klaar_voor=due)
    phone.goto(breakfast)
    late = phone.locator("li", has_text="Ik stuur een brief.")
    expect(late).to_contain_text("te laat")
    expect(phone.locator("li", has_text="Ik kom nog eens terug.")).not_to_contain_text("te laat")
    phone.goto("/overleg/nieuw/?soort=sounding")
    fill(
        phone,
        "Zet het erbij",
        Waarover="Klankbordgroep voor de proef",
        Begint=f"{TODAY + timedelta(days=3)}T19:30",
    )
    expect(phone.locator("main")).to_contain_text("Ik stuur een brief.")


def test_a_cut_and_a_closure_with_who_is_hit_and_what_was_restored(phone: Page) -> None:
    for kind, name in (
        ("bezuiniging", "Het geld voor de proef blijft"),
        ("sluiting", "De deur van de proef blijft open"),
    ):
        page = new_point(phone, name)
        phone.get_by_role("link", name="Er dreigt een korting of sluiting").click()
        phone.get_by_label("Wat dreigt er").select_option(label=kind)
        fill(phone, "Schrijf op", In_welk_stuk="Voorjaarsnota")
        phone.goto(page)
        phone.get_by_role("link", name="Wie wordt geraakt, en wat is teruggedraaid").click()
        threat = phone.url
        phone.get_by_role("link", name="Wie wordt geraakt?").click()
        phone.get_by_label("Woorden").fill("tuin")
        phone.get_by_role("button", name="Toon").click()
        phone.get_by_label("Spoortuin", exact=True).check()
        phone.get_by_role("button", name="Zet op de lijst").click()
        for what, amount in (("voorgesteld te schrappen", "5000"), ("teruggedraaid", "2000")):
            phone.goto(threat)
            phone.get_by_role("link", name="Bedrag erbij").click()
            phone.get_by_label(what, exact=True).check()
            fill(phone, "Schrijf op", Welk_geld="Proefgeld", Bedrag=amount, Bron="de begroting")
        phone.goto(threat)
        expect(phone.locator("main")).to_contain_text("Er blijft € 3.000 over.")
        expect(phone.locator(".numbers a", has_text="organisaties").locator("strong")).to_have_text(
            "1"
        )


def test_a_point_lands_in_an_agreement_and_is_partly_carried_out(phone: Page) -> None:
    title = "Een kraan voor de proef"
    page = new_point(phone, title)
    phone.goto("/akkoorden/nieuw/")
    phone.get_by_label("Wat voor akkoord").select_option(label="wijkakkoord")
    fill(phone, "Bewaar", Naam="Akkoord voor de proef", Getekend_op="2026-01-01")
    phone.get_by_role("link", name="Bepaling erbij").click()
    fill(phone, "Zet erbij", Kop="Water", Tekst="Er komen kranen.")
    phone.get_by_role("link", name="1 Water").click()
    clause = phone.url
    phone.get_by_role("link", name="Welk punt staat hierin?").click()
    phone.get_by_label("Welk punt", exact=True).select_option(label=title)
    phone.get_by_label("deels", exact=True).check()
    fill(phone, "Schrijf op", De_woorden="Er komen kranen.")
    phone.goto(clause)
    phone.get_by_role("link", name="Hoe ver is het?").click()
    phone.get_by_label("deels uitgevoerd", exact=True).check()
    fill(phone, "Schrijf op", Waaraan_zie_je_dat="Eén kraan is er.")
    phone.goto(page)
    phone.get_by_role("link", name="Stap erbij").click()
    phone.get_by_label("Welke stap").select_option(label="deels uitgevoerd")
    fill(phone, "Zet de stap erbij", Link_naar_de_bron="wijkraad.example/jaarplan")
    expect(phone.locator(".road [aria-current]")).to_contain_text("Deels uitgevoerd")
    expect(phone.locator("main")).to_contain_text("Akkoord voor de proef")


def test_a_dossier_in_order_with_a_piece_from_the_library(phone: Page) -> None:
    phone.goto("/bibliotheek/nieuw/")
    fill(phone, "Zet erbij", Titel="Brief voor de proef", Link_waar_het_staat="raad.example/brief")
    phone.goto("/dossiers/nieuw/")
    fill(
        phone,
        "Bewaar",
        Waarover="Aanbesteding voor de proef",
        Wat_we_ervan_leerden="Eerder beginnen.",
    )
    dossier = phone.url
    for day, what in (("2021-11-01", "Stilgelegd"), ("2020-12-16", "Begonnen")):
        phone.goto(dossier)
        phone.get_by_role("link", name="Regel erbij").click()
        phone.get_by_label(re.compile("^Stuk uit de bibliotheek")).select_option(
            label="Brief voor de proef"
        )
        phone.get_by_label("Wat", exact=True).fill(what)
        fill(phone, "Zet erbij", Op_welke_dag=day)
    lines = phone.locator(".steps > li")
    expect(lines.nth(0)).to_contain_text("Begonnen")
    expect(lines.nth(1)).to_contain_text("Stilgelegd")
    expect(phone.get_by_role("link", name="Alles op papier (PDF)")).to_be_visible()


def test_a_consent_with_an_objection_that_was_met(
    phone: Page, chromium: Browser, site: str
) -> None:
    phone.goto("/voorstellen/nieuw/")
    fill(phone, "Bewaar", Voorstel="We beginnen om negen uur", Hoeveel_procent="0")
    phone.get_by_role("link", name="Open het voorstel").click()
    fill(phone, "Open het nu", Open_tot=f"{TODAY + timedelta(days=3)}T20:00")
    proposal = phone.url
    host = chromium.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, java_script_enabled=False
    ).new_page()
    try_as(host, "Voorbeeldgastvrouw")
    host.goto(proposal)
    host.get_by_role("link", name="Stem", exact=True).click()
    host.get_by_label("Bezwaar: zo kan het niet").check()
    fill(host, "Breng onze stem uit", Waarom="Dan is de deur nog dicht.")
    phone.goto(proposal)
    phone.get_by_role("link", name="Behandel dit bezwaar").click()
    fill(phone, "Bewaar", Hoe_komen_jullie="We beginnen om tien uur.")
    host.goto(proposal)
    host.get_by_role("button", name="Zo is het goed: het bezwaar is opgelost").click()
    phone.goto(proposal)
    phone.get_by_role("button", name="Sluit en tel").click()
    expect(
        phone.get_by_text("Aangenomen. Er was een bezwaar, en dat is opgelost.").first
    ).to_be_visible()
    host.context.close()
