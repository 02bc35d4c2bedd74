"""The cast of the tests: who plays which part, and a register that is empty until a test fills
it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import settings as settings_of_hypothesis

from knooppunt.agenda.actions.terms import sync_agenda
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.config.cli import main
from knooppunt.core.background import stored_results
from knooppunt.core.coalition import configuration
from knooppunt.core.tests.mail_server import MailServer
from knooppunt.core.web import page_cache
from knooppunt.directory.actions.terms import sync_coalition
from knooppunt.directory.models import Area, Organisation, Place, Representation, Weaving
from knooppunt.directory.tests import make
from knooppunt.find import document_embeddings, process_cache, segments
from knooppunt.people.models import User

# The same examples on every machine and every day; a new one is found on purpose, not by chance.
settings_of_hypothesis.register_profile("house", derandomize=True, deadline=None, database=None)
settings_of_hypothesis.load_profile("house")
TINY = Path(__file__).parent / "tests" / "tiny" / "coalition.toml"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each worker has a database of its own; SQLite's is a file, as on a site, so that several
    sides can write.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(
            tmp_path_factory.mktemp("database") / "tests.sqlite3"
        )


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has its own data folder and a small coalition that is not the example."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.COALITION = configuration.load(TINY)
    settings.COALITION_FILE = TINY
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MAIL_AT_ONCE, settings.HAS_WORKER = True, False
    settings.ALLOWED_HOSTS = ["*"]
    settings.MEANING = False
    translation.activate(settings.LANGUAGE_CODE)  # a page in another language leaves that behind
    page_cache.forget()
    # A test must not depend on how busy the machine is: everything is cheap, and a round is never
    # cut short.
    monkeypatch.setattr(stored_results, "CHEAP", 60_000)
    monkeypatch.setattr(stored_results, "BUDGET", 600.0)
    stored_results._cheap_until.clear()
    process_cache.forget()
    segments.forget()
    document_embeddings.forget()
    cache.clear()


@pytest.fixture
def mail_server(settings: Any) -> type[MailServer]:
    """A mail server that a test can tell which addresses to refuse, and to be away."""
    settings.EMAIL_BACKEND = f"{MailServer.__module__}.MailServer"
    MailServer.refused, MailServer.away = {}, None
    return MailServer


@pytest.fixture
def terms(db: None) -> None:
    """The kinds, themes and areas of the small coalition."""
    sync_coalition()
    sync_agenda()


@pytest.fixture
def noord(terms: None) -> Area:
    """A wijk with an outline: longitude 4.0 to 4.1, latitude 52.0 to 52.1."""
    return Area.objects.get(slug="noord")


@pytest.fixture
def zuid(terms: None) -> Area:
    """The wijk below it: latitude 51.9 to 52.0."""
    return Area.objects.get(slug="zuid")


@pytest.fixture
def garden(noord: Area) -> Organisation:
    """An initiative in Noord."""
    return make.organisation("De Tuin", kind="groenplek", areas=[noord])


@pytest.fixture
def garden_place(garden: Organisation) -> Place:
    """The place that the garden hosts."""
    return make.place("De Tuin", host=garden, longitude=4.05, latitude=52.05)


@pytest.fixture
def gardening(garden: Organisation, garden_place: Place) -> Activity:
    """What the garden does every Tuesday morning, by volunteers."""
    return make_agenda.activity(
        "Tuinochtend", place=garden_place, organiser=garden, group="local", kind="groen"
    )


@pytest.fixture
def host(garden: Organisation) -> User:
    """Keeps the garden."""
    user = User.objects.create_user("host@example.org", name="Host")
    Representation.objects.create(user=user, organisation=garden, since=timezone.localdate())
    return user


@pytest.fixture
def weaver(zuid: Area) -> User:
    """Weaves Zuid, and so not the garden in Noord."""
    user = User.objects.create_user("weaver@example.org", name="Weaver")
    Weaving.objects.create(user=user, area=zuid, since=timezone.localdate())
    return user


@pytest.fixture
def coordinator(db: None) -> User:
    """May change everything; has a second factor."""
    user = User.objects.create_user(
        "coordinator@example.org", name="Coordinator", is_coordinator=True
    )
    make.second_factor(user)
    return user


@pytest.fixture
def stranger() -> Client:
    """Somebody without an account."""
    return Client()


@pytest.fixture
def knooppunt() -> Callable[..., int]:
    """The command ``knooppunt`` with its arguments; gives its exit status."""

    def run(*arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return int(ended.value.code or 0)

    return run


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return log_in
