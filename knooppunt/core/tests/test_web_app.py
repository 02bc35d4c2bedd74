"""The site on a home screen: its name and icons, and the script that keeps pages for later."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

pytestmark = pytest.mark.django_db
LARGEST_SCRIPT = 5_000  # bytes


def read_settings(page: Client) -> dict[str, Any]:
    """What the script says that it keeps."""
    script = page.get("/sw.js").content.decode()
    settings_line = re.search(r"^const SETTINGS = (\{.*\});$", script, re.MULTILINE)
    assert settings_line
    return dict(json.loads(settings_line[1]))


def test_the_manifest_names_the_site_and_icons_that_are_there(stranger: Client) -> None:
    answer = stranger.get("/app.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.content)
    assert manifest["name"] == settings.COALITION.name and manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(str(path)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_the_english_manifest_begins_in_english(stranger: Client) -> None:
    manifest = json.loads(stranger.get("/en/app.webmanifest").content)
    assert manifest["lang"] == "en" and manifest["start_url"] == "/en/"


def test_the_script_is_small_and_asked_for_anew(stranger: Client) -> None:
    answer = stranger.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert len(answer.content) < LARGEST_SCRIPT


def test_what_the_script_keeps_is_there_for_strangers(stranger: Client) -> None:
    kept = read_settings(stranger)
    for address in [page for pages in kept["pages"].values() for page in pages]:
        answer = stranger.get(address)
        assert answer.status_code == 200 and is_kept(answer)
    for address in kept["files"]:
        assert address == "/kleuren.css" or finders.find(address.removeprefix("/static/"))
    assert kept["pages"]["nl"] == ["/agenda/", "/nood/", "/geen-verbinding/"]
    assert kept["pages"]["en"] == ["/en/agenda/", "/en/nood/", "/en/geen-verbinding/"]


def test_the_note_is_in_every_language_of_the_site(stranger: Client) -> None:
    notes = read_settings(stranger)["notes"]
    assert set(notes) == {code for code, _name in settings.LANGUAGES}
    assert all(note.count("%") == 1 for note in notes.values())
    assert len(set(notes.values())) == len(notes)


def test_the_version_changes_with_what_is_kept(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_settings(stranger)["version"]
    monkeypatch.setattr("knooppunt.core.web_app.RELEASE", "next")
    assert read_settings(stranger)["version"] != before


def is_kept(answer: Any) -> bool:
    """Whether the worker would keep a page; the rule of ``isForEverybody`` in its script."""
    return "ETag" in answer.headers and "no-store" not in answer.headers.get("Cache-Control", "")


def test_a_page_of_somebody_logged_in_is_not_kept(host: Any) -> None:
    visitor = Client()
    assert is_kept(visitor.get("/agenda/"))
    visitor.force_login(host)
    assert not is_kept(visitor.get("/agenda/"))


def test_logging_out_clears_what_the_browser_kept(host: Any) -> None:
    visitor = Client()
    visitor.force_login(host)
    assert "Clear-Site-Data" not in visitor.get("/account/logout/").headers
    assert visitor.post("/account/logout/").headers["Clear-Site-Data"] == '"storage"'


def test_every_page_can_be_read_aloud_and_installed(stranger: Client) -> None:
    page = stranger.get("/agenda/").content.decode()
    assert re.search(r"<button[^>]*hidden[^>]*data-read-aloud", page)
    assert 'rel="manifest"' in page and "core/offline.js" in page


@pytest.mark.parametrize(
    "address", ("/signaal/", "/agenda/voorstel/", "/voorstel/plekken/", "/halfjaarbericht/verhaal/")
)
def test_where_people_tell_something_the_browser_may_listen(stranger: Client, address: str) -> None:
    answer = stranger.get(address)
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert "data-dictate" in answer.content.decode()


def test_nowhere_else_the_browser_may_listen(stranger: Client) -> None:
    answer = stranger.get("/")
    assert "microphone=()" in answer.headers["Permissions-Policy"]
    assert "data-dictate" not in answer.content.decode()
