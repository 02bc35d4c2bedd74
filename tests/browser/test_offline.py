"""Pages without a network, read aloud and spoken in; Chromium on a machine without voices is given
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_journeys import pytestmark, try_as

__all__ = ["pytestmark"]

KEPT_ADDRESSES = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return keys.flat().map((key) => new URL(key.url).pathname);
}"""
A_VOICE = """
  window.said = [];
  const voices = [{ lang: "LANG", localService: LOCAL, name: "Tester" }];
  class Utterance { constructor(text) { this.text = text; } }
  window.SpeechSynthesisUtterance = Utterance;
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    addEventListener: () => {},
    cancel: () => {},
    speak: (spoken) => {
      window.said.push([spoken.lang, spoken.text]);
      setTimeout(() => { spoken.onstart(); spoken.onend(); }, 0);
    },
  } });
"""
A_LISTENER = """
  window.SpeechRecognition = class {
    start() {
      const result = Object.assign([{ transcript: "De lamp is stuk" }], { isFinal: true });
      setTimeout(() => { this.onresult({ resultIndex: 0, results: [result] }); this.onend(); }, 0);
    }
  };
"""


def wait_for(page: Page, condition: str) -> None:
    """Wait until an expression holds on the page; the policy forbids Playwright's own way."""
    page.evaluate(
        f"async () => {{ while (!({condition})) "
        "await new Promise((then) => setTimeout(then, 50)); }"
    )


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """An old phone with scripts."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 700}, locale="nl-NL", base_url=site
    )
    yield context
    context.close()


def open_with_worker(context: BrowserContext) -> Page:
    """The front door, with the worker in charge of every page after it."""
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def test_without_a_network_pages_say_from_when_they_are(phone: BrowserContext) -> None:
    page = open_with_worker(phone)
    page.goto("/plekken/spoortuin/")
    phone.set_offline(True)
    page.goto("/plekken/spoortuin/")
    expect(page.get_by_role("heading", name="Spoortuin", level=1)).to_be_visible()
    expect(page.locator(".note.offline")).to_have_text(
        re.compile(r"^Geen verbinding. Zo was deze pagina op \w+dag \d+ \w+")
    )
    for address in ("/agenda/", "/nood/"):
        page.goto(address)
        expect(page.locator(".note.offline")).to_be_visible()
    page.goto("/cijfers/")
    expect(page.get_by_role("heading", name="Je hebt nu geen verbinding")).to_be_visible()
    phone.set_offline(False)
    page.goto("/cijfers/")
    expect(page.get_by_role("heading", name="Cijfers", level=1)).to_be_visible()
    expect(page.locator(".note.offline")).to_have_count(0)


def test_an_english_reader_has_english_pages_without_a_network(phone: BrowserContext) -> None:
    page = open_with_worker(phone)
    page.goto("/en/")
    wait_for(page, f"(await ({KEPT_ADDRESSES})()).includes('/en/nood/')")
    phone.set_offline(True)
    page.goto("/en/agenda/")
    expect(page.locator(".note.offline")).to_have_text(re.compile("^No connection. This page"))
    page.goto("/en/cijfers/")
    expect(page.get_by_role("heading", name="You are offline now")).to_be_visible()


def test_nothing_of_who_is_logged_in_is_kept(phone: BrowserContext) -> None:
    page = open_with_worker(phone)
    try_as(page, "Voorbeeldcoördinator")
    seen = ("/beheer/", "/beheer/signalen/", "/plekken/spoortuin/", "/mijn-account/")
    for address in seen:
        page.goto(address)
    assert not set(seen) & set(page.evaluate(KEPT_ADDRESSES))
    phone.set_offline(True)
    page.goto("/beheer/")
    expect(page.get_by_role("heading", name="Je hebt nu geen verbinding")).to_be_visible()


def test_a_new_version_replaces_what_the_one_before_it_kept(phone: BrowserContext) -> None:
    page = open_with_worker(phone)
    page.evaluate("caches.open('pages-before').then(() => true)")
    page.evaluate("navigator.serviceWorker.getRegistration().then((all) => all.unregister())")
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_for(page, "!(await caches.keys()).includes('pages-before')")
    assert len(page.evaluate("caches.keys()")) == 2


def test_logging_out_empties_what_was_kept(phone: BrowserContext) -> None:
    page = open_with_worker(phone)
    page.goto("/plekken/spoortuin/")
    assert "/plekken/spoortuin/" in page.evaluate(KEPT_ADDRESSES)
    try_as(page, "Voorbeeldcoördinator")
    page.goto("/account/logout/")
    page.locator("main form button").click()
    wait_for(page, f"!(await ({KEPT_ADDRESSES})()).includes('/plekken/spoortuin/')")


def test_a_page_is_read_aloud_in_its_language(phone: BrowserContext) -> None:
    phone.add_init_script(A_VOICE.replace("LANG", "nl_NL").replace("LOCAL", "true"))
    page = phone.new_page()
    page.goto("/nood/")
    page.get_by_role("button", name="Lees voor").click()
    expect(page.locator("[data-read-aloud]")).to_have_attribute("aria-pressed", "false")
    said = page.evaluate("window.said")
    assert said[0][0] == "nl_NL" and any("112" in text for _language, text in said)
    page.goto("/en/nood/")
    expect(page.locator("[data-read-aloud]")).to_be_hidden()


@pytest.mark.parametrize("language, is_local", (("de-DE", "true"), ("nl-NL", "false")))
def test_without_a_voice_of_the_device_there_is_no_button(
    phone: BrowserContext, language: str, is_local: str
) -> None:
    phone.add_init_script(A_VOICE.replace("LANG", language).replace("LOCAL", is_local))
    page = phone.new_page()
    page.goto("/nood/")
    expect(page.locator("[data-read-aloud]")).to_be_hidden()


def test_a_signal_can_be_spoken_where_the_browser_listens(phone: BrowserContext) -> None:
    phone.add_init_script(A_LISTENER)
    page = phone.new_page()
    page.goto("/signaal/")
    page.get_by_role("button", name="Spreek het in").first.click()
    expect(page.get_by_label("Wat wil je zeggen?")).to_have_value("De lamp is stuk")


def test_where_the_browser_cannot_listen_there_is_no_button(phone: BrowserContext) -> None:
    phone.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page = phone.new_page()
    page.goto("/signaal/")
    expect(page.get_by_role("button", name="Spreek het in")).to_have_count(0)
