"""Prepares the site and serves it: database, kinds and areas, the example when it is wanted,
then the web server.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import sys
from argparse import ArgumentParser, Namespace
from ipaddress import ip_address
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from knooppunt.config.supervisor import Supervisor
from knooppunt.core.background import heartbeat
from knooppunt.core.backup.restore import finish_restore
from knooppunt.core.database.site_lock import preparing
from knooppunt.core.models import SiteFact
from knooppunt.core.registry import modules
from knooppunt.core.registry.modules import Command
from knooppunt.core.web import tryout


def prepare(example: bool) -> None:
    """Bring the database up to date, and load the example on a new site when that is wanted.

    A second process that wants the same waits for the first, and finds it done.
    """
    with preparing():
        _prepare_site(example)
        connection.close()


def _prepare_site(example: bool) -> None:
    mark = _migrations()
    if not _is_prepared(mark):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        SiteFact.objects.update_or_create(key="prepared", defaults={"value": mark})
    finish_restore()
    for module in modules.active():
        if module.sync:
            module.sync()
    is_new = not SiteFact.objects.filter(key="begun").exists()
    if is_new and example:
        modules.load_examples()
    SiteFact.objects.get_or_create(key="begun", defaults={"value": True})


def _migrations() -> str:
    """A mark of all migrations that this version knows; a start that meets the same mark need
    not look further.
    """
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs()]
    names = sorted(
        f"{folder.parent.name}/{file.name}"
        for folder in folders
        if folder.exists()
        for file in folder.glob("0*.py")
    )
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _is_prepared(mark: str) -> bool:
    try:
        return SiteFact.objects.filter(key="prepared", value=mark).exists()
    except DatabaseError:
        return False


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument(
        "--empty", action="store_true", help="begin without the example neighbourhood"
    )
    parser.add_argument(
        "--workers", type=int, default=settings.WORKERS, help="number of server processes"
    )


def _serve(options: Namespace) -> int:
    if not 1 <= options.port <= 65535:
        print(
            f"--port {options.port}: kies een getal van 1 tot 65535 / choose a number from 1 to "
            f"65535.",
            file=sys.stderr,
        )
        return 2
    trouble = _trouble(options.host, options.port)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    prepare(example=settings.IS_TRYOUT and not options.empty)
    shown = f"[{options.host}]" if ":" in options.host else options.host
    address = settings.PUBLIC_URL or f"http://{shown}:{options.port}"
    SiteFact.objects.update_or_create(key="address", defaults={"value": address})
    heartbeat.beat()  # it has a minute to come up
    connection.close()
    supervisor = Supervisor()
    if settings.HAS_WORKER:
        supervisor.start()
    print(f"Knooppunt: {tryout.address(address)}  (stoppen: Ctrl-C)", flush=True)
    try:
        _listen(options)
    finally:
        supervisor.stop()
    return 0


def _worker(options: Namespace) -> int:
    """Run the worker alone, until told to stop."""
    supervisor = Supervisor()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    supervisor.start()
    try:
        supervisor.wait()
    except KeyboardInterrupt:
        supervisor.stop()
    return 0


def _listen(options: Namespace) -> None:
    """Run the web server until it is told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
    # Each server process works out one question at a time; more threads for one would only wait for
    # each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if not _is_loopback(options.host) and settings.IS_TRYOUT:
        os.environ["KNOOPPUNT_HOSTS"] = ",".join(
            filter(
                None, [os.environ.get("KNOOPPUNT_HOSTS", ""), options.host, socket.gethostname()]
            )
        )
    server = Granian(
        "knooppunt.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        backlog=512,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.serve()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _trouble(host: str, port: int) -> str:
    """Why the address cannot be used, with what to do; empty when it can."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        return (
            f"Poort {port} mag niet zonder beheerdersrechten: kies een hogere, ./start --port "
            f"8000 / port {port} needs administrator rights."
        )
    except OSError as problem:
        if problem.errno in (98, 48):
            return (
                f"Poort {port} is bezet: kies een andere, ./start --port {port + 1} / port {port} "
                f"is taken: choose another."
            )
        return (
            f"--host {host}: dit adres is er niet op deze machine / this address is not on this "
            f"machine ({problem.strerror})."
        )
    return ""


def _prepare(options: Namespace) -> int:
    prepare(example=options.example)
    return 0


def _prepare_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--example", action="store_true", help="load the example neighbourhood on a new site"
    )


COMMANDS = (
    Command("serve", "prepare and serve the site (what ./start does)", _serve, _arguments),
    Command(
        "worker", "run the worker alone, where another server serves the pages (wsgi)", _worker
    ),
    Command(
        "prepare", "make or update the database, without serving", _prepare, _prepare_arguments
    ),
)
