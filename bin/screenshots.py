"""Takes the pictures of the README and the handbook anew, of a site with the example.

Run: .venv/bin/python bin/screenshots.py. It starts a site of its own in a temporary folder, walks
it with Chromium (Debian's, or the one in KNOOPPUNT_CHROMIUM) and writes docs/pictures/, each under
150 kB.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
DESK, PHONE = (1280, 860), (390, 844)
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
COORDINATOR = "Voorbeeldcoördinator"


@dataclass(frozen=True)
class Picture:
    """A page as it is photographed: its file, address and screen; ``person`` is who is logged in,
    ``tap`` a link or button to press first.
    """

    name: str
    address: str
    screen: tuple[int, int] = DESK
    person: str = ""
    tap: str = ""


WANTED = (
    Picture("home", "/en/"),
    Picture("desk", "/en/beheer/", person=COORDINATOR),
    Picture("agenda", "/en/agenda/", PHONE),
    Picture("handboek-vandaag", "/beheer/", person=COORDINATOR),
    Picture("handboek-nieuw", "/beheer/nieuw/plekken/", person=COORDINATOR),
    Picture("handboek-langs", "/beheer/", PHONE, COORDINATOR, tap="Loop ze één voor één langs"),
)


def start_site(data: str) -> tuple[subprocess.Popen[str], str]:
    """A site with the example, and its address with the secret that opens the example log-ins."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "knooppunt.config.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "KNOOPPUNT_DATA": data, "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    printed = next(line for line in server.stdout if line.startswith("Knooppunt: "))
    threading.Thread(target=server.stdout.read, daemon=True).start()
    return server, printed.split()[1]


def photograph(browser: Browser, site: str, picture: Picture) -> bytes:
    """The screen of one page as a PNG of 256 colours."""
    width, height = picture.screen
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    page = context.new_page()
    base, _slash, secret = site.partition("/?")
    if picture.person:
        log_in(page, f"{base}/proberen/?{secret}", picture.person)
    page.goto(base + picture.address)
    if picture.tap:
        page.get_by_text(picture.tap).first.click()
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    packed = io.BytesIO()
    shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def log_in(page: Page, address: str, person: str) -> None:
    """Become one of the example people."""
    page.goto(address)
    page.get_by_role("button", name=person).click()
    page.wait_for_load_state()


def main() -> int:
    """Take every picture; 1 when one is too heavy for the page it stands on."""
    path = os.environ.get("KNOOPPUNT_CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(exist_ok=True)
    heavy = []
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server, site = start_site(data)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for picture in WANTED:
                image = photograph(browser, site, picture)
                (PICTURES / f"{picture.name}.png").write_bytes(image)
                print(f"docs/pictures/{picture.name}.png  {len(image) // 1000} kB")
                heavy += [picture.name] if len(image) > MOST_BYTES else []
            browser.close()
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    if heavy:
        print(f"Too heavy, over {MOST_BYTES // 1000} kB: {', '.join(heavy)}")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
