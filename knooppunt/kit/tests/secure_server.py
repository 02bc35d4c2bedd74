"""A small https server on this machine with a certificate of its own, for tests of fetching."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from knooppunt.kit.fetching import Network

HOST = "kalender.example"


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    )
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(
        now - timedelta(days=9999)
    )
    builder = builder.not_valid_after(now + timedelta(days=9999))
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False
    )
    made = builder.sign(key, hashes.SHA256())
    certificate, secret = folder / "c.pem", folder / "k.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


@contextmanager
def serving(folder: Path, handler: type[BaseHTTPRequestHandler]) -> Iterator[Network]:
    """Serve with a handler; gives a network in which every name leads to this server and its
    certificate is trusted.
    """
    certificate, secret = _certificate(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    trusting = ssl.create_default_context(cafile=str(certificate))
    try:
        yield Network(
            lambda host, port: ["127.0.0.1"],
            trusting,
            lambda address: True,
            server.server_address[1],
        )
    finally:
        server.shutdown()
        server.server_close()
