"""Tests for fetching from an address that a stranger gave: what is refused, and what comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from knooppunt.kit.fetching import Network, NotFetched, fetch, is_public
from knooppunt.kit.tests.secure_server import HOST, serving

ADDRESS = f"https://{HOST}"


class Handler(BaseHTTPRequestHandler):
    """Answers as the tests ask."""

    def do_GET(self) -> None:
        if self.path == "/same" and self.headers.get("If-None-Match") == '"1"':
            self._head(304)
        elif self.path == "/slow":
            self._head(200)
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif self.path == "/large":
            self._head(200)
            for _ in range(30):
                self.wfile.write(b"x" * 1000)
        elif self.path.startswith("/to/"):
            self._head(302, Location=self.path[4:])
        elif self.path == "/gone":
            self._head(404)
        else:
            self._head(200, ETag='"1"')
            self.wfile.write(b"BEGIN:VCALENDAR")

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def network(tmp_path_factory: Any) -> Iterator[Network]:
    folder: Path = tmp_path_factory.mktemp("https")
    with serving(folder, Handler) as found:
        yield found


def code_of(url: str, network: Network, **options: Any) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(url, network=network, **options)
    return refused.value.code


def test_a_file_comes_back_with_its_tag(network: Network) -> None:
    found = fetch(f"{ADDRESS}/a.ics", network=network)
    assert (found.body, found.etag, found.is_same) == (b"BEGIN:VCALENDAR", '"1"', False)


def test_what_did_not_change_is_not_sent_again(network: Network) -> None:
    assert fetch(f"{ADDRESS}/same", '"1"', network=network).is_same


@pytest.mark.parametrize(
    "url",
    [
        "http://kalender.example/",
        "ftp://kalender.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//kalender.example/",
        "",
    ],
)
def test_only_https_is_asked(url: str, network: Network) -> None:
    assert code_of(url, network) == "not_https"


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https://a:b@kalender.example/",
        "https://kalender.example:22/",
        "https://[::1",
        "https://kalender.example:x/",
    ],
)
def test_an_odd_address_is_refused(url: str, network: Network) -> None:
    assert code_of(url, network) == "bad_address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "::",
        "255.255.255.255",
        "niets",
    ],
)
def test_an_address_that_is_not_on_the_open_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_an_address_on_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_to_a_private_address_is_refused(network: Network) -> None:
    assert code_of(f"{ADDRESS}/", replace(network, is_allowed=is_public)) == "private_address"


def test_one_private_address_among_several_is_enough_to_refuse(network: Network) -> None:
    mixed = replace(
        network, look_up=lambda host, port: ["1.1.1.1", "127.0.0.1"], is_allowed=is_public
    )
    assert code_of(f"{ADDRESS}/", mixed) == "private_address"


def test_every_step_of_a_redirect_is_looked_at(network: Network) -> None:
    inside = replace(
        network,
        is_allowed=lambda address: True,
        look_up=lambda host, port: ["127.0.0.1"] if host == HOST else ["10.0.0.1"],
    )
    guarded = replace(inside, is_allowed=lambda address: address != "10.0.0.1")
    assert (
        code_of(f"{ADDRESS}/to/https://binnen.example:{network.port}/", guarded)
        == "private_address"
    )
    assert code_of(f"{ADDRESS}/to/http://{HOST}/", network) == "not_https"


def test_a_redirect_to_a_good_address_is_followed_but_not_for_ever(network: Network) -> None:
    assert fetch(f"{ADDRESS}/to//a.ics", network=network).body == b"BEGIN:VCALENDAR"
    assert code_of(f"{ADDRESS}/to//to//to//to//to//to//a.ics", network) == "too_many_redirects"


def test_too_much_and_too_slow_are_cut_off(network: Network) -> None:
    assert code_of(f"{ADDRESS}/large", network, most=10_000) == "file_too_large"
    began = time.monotonic()
    assert code_of(f"{ADDRESS}/slow", network, seconds=0.4) == "time_limit"
    assert time.monotonic() - began < 1.5


def test_a_fault_of_the_other_side_is_told(network: Network) -> None:
    assert code_of(f"{ADDRESS}/gone", network) == "http_status"


def test_a_certificate_of_another_name_is_not_trusted(network: Network) -> None:
    assert code_of("https://anders.example/", network) == "no_answer"
