"""The files with which a machine serves the site are tried with the real programs where these are
installed.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from knooppunt.config import env
from knooppunt.core.registry import modules
from tests.site_process import new_site

DEPLOY = Path(__file__).resolve().parent.parent / "docs" / "deploy"
NAME = "knooppunt.example.org"
SITE = {
    "KNOOPPUNT_URL": f"https://{NAME}",
    "KNOOPPUNT_MAIL": "smtp://127.0.0.1:9",
    "KNOOPPUNT_PROXIES": "1",
    "KNOOPPUNT_WORKERS": "1",
}
MAIN = "pid {0}/pid; error_log {0}/errors; daemon off; events {{}}\nhttp {{ access_log off; {1} }}"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int) -> None:
    """Wait until somebody listens on a port of this machine; four minutes at most, for a new
    database is made first."""
    for _attempt in range(2400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def write_certificate(folder: Path) -> None:
    """A certificate that this machine signs for itself, where nginx will look for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "privkey.pem").write_bytes(private)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """The ports for http and https of nginx with our file, before a real site."""
    folder = tmp_path_factory.mktemp("nginx")
    write_certificate(folder)
    plain, secure, inner = free_port(), free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        (f"/etc/letsencrypt/live/{NAME}", str(folder)),
        ("127.0.0.1:8000", f"127.0.0.1:{inner}"),
    ):
        assert old in text
        text = text.replace(old, new)
    kept = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in TEMPORARY)
    (folder / "nginx.conf").write_text(MAIN.format(folder, kept + text))
    with new_site(folder / "data") as site:
        site.settings = SITE
        server = site.command("serve", "--empty", "--port", str(inner))
        proxy = subprocess.Popen(
            [str(nginx), "-p", str(folder), "-c", str(folder / "nginx.conf")],
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_open(inner)
            wait_until_open(secure)
            yield plain, secure
        finally:
            for process in (proxy, server):
                process.terminate()
                process.wait(timeout=20)


def ask(
    port: int, path: str, is_secure: bool = True, **headers: str
) -> tuple[int, http.client.HTTPMessage]:
    """The status and headers of the answer to a visitor who sends these headers."""
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, context=unchecked, timeout=20)
        if is_secure
        else http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    )
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request("GET", path, headers={"Host": NAME, **sent})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers


@pytest.mark.skipif(not nginx, reason="nginx is not installed (apt install nginx-light)")
def test_nginx_with_our_file_serves_a_real_site(ports: tuple[int, int]) -> None:
    plain, secure = ports
    status, headers = ask(secure, "/")
    assert status == 200 and "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"]
    status, headers = ask(plain, "/plekken/?open=nu", is_secure=False)
    assert (status, headers["Location"]) == (301, f"https://{NAME}/plekken/?open=nu")
    assert ask(secure, "/gezond/")[0] == 200


@pytest.mark.skipif(not nginx, reason="nginx is not installed (apt install nginx-light)")
def test_a_visitor_cannot_say_how_she_came(ports: tuple[int, int]) -> None:
    _plain, secure = ports
    assert ask(secure, "/", X_Forwarded_Proto="http")[0] == 200
    assert ask(secure, "/", X_Forwarded_For="203.0.113.9, not an address")[0] == 200


def test_the_settings_in_the_example_file_exist() -> None:
    lines = (DEPLOY / "site.env").read_text().splitlines()
    names = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert len(names) >= 5 and names <= set(env.HELP)


@pytest.mark.django_db
def test_the_commands_in_the_units_exist() -> None:
    known = {command.name for command in modules.gathered("commands")} | {"serve"}
    units = "".join(path.read_text() for path in DEPLOY.glob("*.service"))
    assert set(re.findall(r"bin/knooppunt (\w+)", units)) == {"serve", "backup", "daily"} <= known


analyze = shutil.which("systemd-analyze")


@pytest.mark.skipif(not analyze, reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = path.read_text().replace("/srv/knooppunt/.venv/bin/knooppunt", "/bin/true")
        (tmp_path / path.name).write_text(text)
    units = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run([str(analyze), "verify", *units], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
