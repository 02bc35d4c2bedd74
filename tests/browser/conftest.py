"""A real Chromium in front of a real server with the example neighbourhood."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def site(tmp_path_factory: Any) -> Iterator[str]:
    """The address of a site with the example, served as ./start serves it."""
    data = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "KNOOPPUNT_DATA": str(data), "DATABASE_URL": ""}
    server = subprocess.Popen(
        [sys.executable, "-m", "knooppunt.config.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    printed = next(line for line in server.stdout if line.startswith("Knooppunt: "))
    os.environ["KNOOPPUNT_TRYOUT"] = printed.split()[1].partition("?")[2]
    threading.Thread(target=server.stdout.read, daemon=True).start()
    for _ in range(900):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=20) == 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one in KNOOPPUNT_CHROMIUM."""
    path = (
        os.environ.get("KNOOPPUNT_CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[(320, False), (1280, True)], ids=["old phone without scripts", "desk"])
def page(request: Any, chromium: Browser, site: str) -> Iterator[Page]:
    """A narrow screen without JavaScript, and a wide one with it; an error in the console fails
    the test.
    """
    width, scripts = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 720},
        java_script_enabled=scripts,
        base_url=site,
        locale="nl-NL",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "status of 4" not in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda asked: (
            errors.append(f"asked elsewhere: {asked.url}")
            if not asked.url.startswith((site, "data:"))
            else None
        ),
    )
    yield page
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The accessibility checker."""
    return Axe()
