"""Fetches a file from a web address that a stranger gave: only https, never from a private network,
never too much.

The address is looked up once and that very address is connected to, so that a name cannot point
somewhere else a moment later; every step of a redirect is looked at anew.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 4
_CHUNK = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}


class NotFetched(Exception):
    """The file was not fetched; ``code`` is one of bad_address, not_https, private_address,
    no_answer, time_limit, file_too_large, too_many_redirects, http_status; ``detail`` says
    more.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Fetched:
    """What came back.

    ``is_same`` when nothing changed since the tag that was sent along; then ``body`` is empty.
    """

    body: bytes
    etag: str
    last_modified: str
    is_same: bool


@dataclass(frozen=True)
class Network:
    """How names are looked up, whom to trust and which port is meant; tests put their own
    server here.
    """

    look_up: Callable[[str, int], list[str]]
    context: ssl.SSLContext
    is_allowed: Callable[[str], bool]
    port: int = 443


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotFetched("no_answer", str(problem)) from None
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """True for an address on the open internet: not private, loopback, link-local, multicast or
    reserved.

    An IPv6 address that carries an IPv4 one is judged by what it carries.
    """
    try:
        plain = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(plain, ipaddress.IPv6Address):
        inner = plain.ipv4_mapped or plain.sixtofour or (plain.teredo[1] if plain.teredo else None)
        if plain in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(plain) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def open_internet() -> Network:
    """The network as it is."""
    return Network(look_up, ssl.create_default_context(), is_public)


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address that was looked at, while the certificate must be that of the
    name.
    """

    def __init__(self, host: str, address: str, network: Network, seconds: float) -> None:
        super().__init__(host, network.port, timeout=seconds, context=network.context)
        self._address, self._pinned_context = address, network.context
        self.was_cut = False

    def cut(self) -> None:
        """Break the connection off, whatever it is waiting for."""
        self.was_cut = True
        if self.sock:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        """Connect to the address, not to the name."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._pinned_context.wrap_socket(plain, server_hostname=self.host)


def fetch(
    url: str,
    etag: str = "",
    last_modified: str = "",
    *,
    seconds: float = 20,
    most: int = MOST_BYTES,
    network: Network | None = None,
    accept: str = "text/calendar, */*;q=0.5",
) -> Fetched:
    """Fetch a file, or learn that it is the same as before. Raises NotFetched."""
    until, network = time.monotonic() + seconds, network or open_internet()
    headers = {"User-Agent": "Knooppunt", "Accept": accept, "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    for _step in range(MOST_REDIRECTS + 1):
        answer, connection = _ask(url, headers, network, until)
        try:
            if answer.status in _MOVED and answer.getheader("Location"):
                url = urljoin(url, answer.getheader("Location") or "")
                continue
            return _taken(answer, connection, most, until)
        finally:
            connection.close()
    raise NotFetched("too_many_redirects")


def _ask(
    url: str, headers: dict[str, str], network: Network, until: float
) -> tuple[http.client.HTTPResponse, _Pinned]:
    parts = _checked(url, network.port)
    addresses = network.look_up(parts.hostname or "", network.port)
    if not addresses or not all(network.is_allowed(address) for address in addresses):
        raise NotFetched("private_address", parts.hostname or "")
    connection = _Pinned(parts.hostname or "", addresses[0], network, _left(until))
    # A server that sends a byte now and then never lets a read time out, so somebody else looks at
    # the clock.
    watch = threading.Timer(_left(until), connection.cut)
    watch.daemon = True
    watch.start()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target.replace(" ", "%20"), headers=headers)
        return connection.getresponse(), connection
    except TimeoutError:
        connection.close()
        raise NotFetched("time_limit") from None
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as problem:
        connection.close()
        raise NotFetched(
            "time_limit" if connection.was_cut else "no_answer", str(problem)[:200]
        ) from None
    finally:
        watch.cancel()


def _checked(url: str, port: int) -> SplitResult:
    """The parts of an address that may be asked. Raises NotFetched."""
    try:
        parts = urlsplit(url)
        given = parts.port
    except ValueError:
        raise NotFetched("bad_address", url[:100]) from None
    if parts.scheme != "https":
        raise NotFetched("not_https", parts.scheme)
    if not parts.hostname or parts.username or parts.password or given not in (None, port):
        raise NotFetched("bad_address", url[:100])
    return parts


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotFetched("time_limit")
    return left


def _taken(
    answer: http.client.HTTPResponse, connection: _Pinned, most: int, until: float
) -> Fetched:
    etag, modified = (answer.getheader(name) or "" for name in ("ETag", "Last-Modified"))
    if answer.status == 304:
        return Fetched(b"", etag, modified, True)
    if answer.status != 200:
        raise NotFetched("http_status", str(answer.status))
    parts: list[bytes] = []
    size = 0
    while True:
        if connection.sock:
            connection.sock.settimeout(_left(until))
        try:
            part = answer.read1(_CHUNK)
        except TimeoutError:
            raise NotFetched("time_limit") from None
        except (OSError, http.client.HTTPException) as problem:
            raise NotFetched("no_answer", str(problem)[:200]) from None
        _left(until)
        if not part:
            return Fetched(b"".join(parts), etag[:300], modified[:100], False)
        parts.append(part)
        size += len(part)
        if size > most:
            raise NotFetched("file_too_large", f"{most} bytes")
