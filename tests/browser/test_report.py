"""The half-yearly report on an old phone and at a desk: told, written, offered, published by a
second person, followed to its list.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import no_sideways_scrolling, pytestmark, try_as
from tests.browser.test_voice import width_of

__all__ = ["pytestmark"]


def test_a_neighbour_tells_a_story_and_takes_it_back(page: Page) -> None:
    page.goto("/halfjaarbericht/")
    page.get_by_role("link", name="Vertel je verhaal").first.click()
    page.get_by_label("Je verhaal").fill(f"Nu ken ik mijn buren ({width_of(page)}).")
    page.get_by_label("Hoe mogen we je noemen?").fill("Een buurman")
    no_sideways_scrolling(page)
    page.wait_for_timeout(2100)  # nobody types this in two seconds
    page.get_by_role("button", name="Stuur mijn verhaal").click()
    expect(page.get_by_label("Je verhaal")).to_have_value(
        re.compile("mijn buren")
    )  # without leave it is not sent, and not lost
    page.get_by_label(re.compile("^Ja, dit mag")).check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Stuur mijn verhaal").click()
    code = page.locator(".code").inner_text()
    page.goto("/halfjaarbericht/intrekken/")
    page.get_by_label("De code die je kreeg").fill(code.lower())
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Trek mijn verhaal in").click()
    expect(page.locator("main")).to_contain_text("gewist")
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/beheer/halfjaarbericht/verhalen/")
    expect(page.get_by_text(f"Nu ken ik mijn buren ({width_of(page)})")).to_have_count(0)


def test_a_report_is_written_offered_published_by_a_second_person_and_followed_to_its_list(
    page: Page,
) -> None:
    wijk = "Bospolder" if width_of(page) < 400 else "Middelland"
    try_as(page, "Voorbeeldcoördinator")
    page.get_by_role("link", name="Halfjaarbericht maken").click()
    page.get_by_role("link", name="Nieuw bericht").click()
    page.get_by_label("Over wie?").select_option(label=wijk)
    page.get_by_role("button", name="Begin").click()
    address = page.url
    page.get_by_role("link", name="Herschrijf Wie we zijn").click()
    page.get_by_label("Tekst").fill("Wij zijn met {organisation} organisaties.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("main")).to_contain_text("{organisation}")
    page.get_by_label("Tekst").fill("Wij zijn met {organisations} organisaties, en dat is veel.")
    no_sideways_scrolling(page)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("en dat is veel")).to_be_visible()
    page.get_by_role("link", name="Bekijk het zoals lezers het zien").click()
    expect(page.get_by_text("Concept: niet gepubliceerd")).to_be_visible()
    no_sideways_scrolling(page)
    page.goto(address)
    page.get_by_role("button", name="Zet klaar om te publiceren").click()
    expect(page.get_by_role("button", name="Publiceer")).to_have_count(0)
    try_as(page, "Voorbeeldredacteur")
    page.goto(address)
    page.get_by_role("button", name="Publiceer").click()
    page.get_by_role("link", name="Bekijk het").click()
    no_sideways_scrolling(page)
    number = page.locator(".numbers strong").first
    shown = number.inner_text()
    number.click()
    expect(page.locator("main .big").first).to_contain_text(shown)
    assert page.locator("main ol > li:not(.crumbs li)").count() == int(shown) > 0


@pytest.mark.parametrize(
    "address",
    [
        "/halfjaarbericht/2026-1/",
        "/halfjaarbericht/2026-1/editie/1/cijfer/organisations.new/",
        "/en/halfjaarbericht/2026-1/",
    ],
)
def test_the_example_report_fits_an_old_phone(address: str, chromium: Browser, site: str) -> None:
    context = chromium.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(address)
    no_sideways_scrolling(page)
    broken = page.evaluate("""async () => {
        const all = [...document.images]; all.forEach(one => { one.loading = 'eager' });
        await Promise.allSettled(all.map(one => one.decode()));
        return all.filter(one => !one.naturalWidth).map(one => one.src)
    }""")
    assert broken == []
    context.close()
