"""A coalition that begins with nothing: an empty site on an old phone, without scripts, filled
by hand.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT
from tests.browser.test_journeys import no_sideways_scrolling, pytestmark

__all__ = ["pytestmark"]
TINY = ROOT / "tests" / "tiny" / "coalition.toml"
# Logs a coordinator in, as the tests without a browser do: the mail with the code is another
# journey.
LOG_IN = """
import django; django.setup()
from django.conf import settings
from django.test import Client
from knooppunt.directory.tests.make import second_factor
from knooppunt.people.models import User
user = User.objects.create_user("coordinator@example.org", name="Coordinator", is_coordinator=True)
second_factor(user)
client = Client()
client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def environment(data: Path, coalition: str) -> dict[str, str]:
    """The settings of a site of its own; an empty ``coalition`` leaves the one that comes along."""
    own = {"KNOOPPUNT_COALITION": coalition} if coalition else {}
    return {
        **os.environ,
        **own,
        "KNOOPPUNT_DATA": str(data),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }


@pytest.fixture(scope="module", params=["", str(TINY)], ids=["coalition of the box", "own"])
def empty_site(request: Any, tmp_path_factory: Any) -> Iterator[tuple[str, str]]:
    """The address of an empty site, and the session of its coordinator."""
    env = environment(tmp_path_factory.mktemp("empty"), request.param)
    command = [sys.executable, "-m", "knooppunt.config.cli"]
    subprocess.run([*command, "prepare"], cwd=ROOT, env=env, check=True)
    made = subprocess.run(
        [sys.executable, "-c", LOG_IN], cwd=ROOT, env=env, check=True, capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [*command, "serve", "--empty", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(serve, cwd=ROOT, env=env)
    for _ in range(900):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}", made.stdout.decode().split()[-1]
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=20) == 0


@pytest.fixture
def keeper(chromium: Browser, empty_site: tuple[str, str]) -> Iterator[Page]:
    """An old phone without scripts, in the hand of the coordinator of the empty site."""
    site, session = empty_site
    context = chromium.new_context(
        base_url=site, viewport={"width": 320, "height": 700}, java_script_enabled=False
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    yield context.new_page()
    context.close()


def press(page: Page, button: str) -> None:
    """Press a button of the form that is open; nothing sticks out of the screen."""
    no_sideways_scrolling(page)
    page.get_by_role("button", name=button, exact=True).click()
    no_sideways_scrolling(page)


def test_a_first_network_organisation_and_place(keeper: Page) -> None:
    keeper.goto("/beheer/")
    keeper.get_by_role("link", name="Nieuw netwerk").click()
    keeper.get_by_label("Naam").fill("De Ring")
    press(keeper, "Voeg toe")
    expect(keeper).to_have_url(keeper.url.split("/beheer/")[0] + "/beheer/organisaties/de-ring/")
    keeper.goto("/initiatieven/")
    keeper.get_by_role("link", name="Nieuw initiatief").first.click()
    keeper.get_by_label("Naam").fill("De Tuin")
    keeper.get_by_label("Soort").select_option(index=1)
    keeper.get_by_label("Wijk").select_option(index=1)
    keeper.get_by_label("Telefoon, e-mail of website").fill("010 123 45 67")
    keeper.get_by_label("Lid van netwerk").fill("ring")
    press(keeper, "Voeg toe")
    keeper.get_by_label("De Ring", exact=True).check()
    press(keeper, "Voeg toe")
    expect(keeper.locator("h1")).to_have_text("De Tuin wijzigen")
    keeper.goto("/plekken/")
    keeper.get_by_role("link", name="Nieuwe plek").first.click()
    keeper.get_by_label("Naam").fill("Het Tuinhuis")
    keeper.get_by_label("Straat en nummer").fill("Tuinpad 1")
    keeper.get_by_label("Wie is hier gastheer of gastvrouw?").fill("De Tuin")
    press(keeper, "Voeg toe")
    keeper.goto("/plekken/het-tuinhuis/")
    expect(keeper.locator("main")).to_contain_text("De Tuin")
    keeper.goto("/netwerken/de-ring/")
    expect(keeper.locator("main")).to_contain_text("1 lid")


def test_what_is_there_already_is_shown_before_it_is_added_twice(keeper: Page) -> None:
    keeper.goto("/beheer/nieuw/plekken/")
    keeper.get_by_label("Naam").fill("Het Andere Huis")
    keeper.get_by_label("Straat en nummer").fill("tuinpad 1")
    press(keeper, "Voeg toe")
    expect(keeper.get_by_text("staat op dit adres")).to_be_visible()
    keeper.get_by_role("link", name="Deze is het").click()
    expect(keeper.locator("h1")).to_have_text("Het Tuinhuis")


def test_what_may_be_the_same_is_shown_while_typing(
    chromium: Browser, empty_site: tuple[str, str]
) -> None:
    site, session = empty_site
    context = chromium.new_context(base_url=site, viewport={"width": 320, "height": 700})
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.goto("/beheer/nieuw/initiatieven/")
    page.get_by_label("Naam").press_sequentially("de tui")
    expect(page.get_by_text("De Tuin", exact=True)).to_be_visible()
    no_sideways_scrolling(page)
    context.close()
