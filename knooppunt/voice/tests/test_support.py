"""Who stands behind a point: organisations, each once and by who represents them; residents,
each browser once, without a name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.backup import archive
from knooppunt.core.backup.restore import restore
from knooppunt.core.models import TrailEntry
from knooppunt.decisions.tests.make import speaks_for
from knooppunt.directory.models import Organisation, Representation
from knooppunt.people.models import User
from knooppunt.voice.actions import support
from knooppunt.voice.models import CoSignature, PaperSupport, Point, Support
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db


def press(browser: Client, one: Point, **more: str) -> int:
    """Go to the page of support and press the button."""
    address = f"{one.get_absolute_url()}steun/"
    token = browser.get(address).content.decode().split('name="token" value="')[1].split('"')[0]
    return browser.post(address, {"token": token, **more}).status_code


def test_an_organisation_signs_once_by_who_represents_it(
    garden: Organisation, host: User, weaver: User
) -> None:
    one = make.point()
    support.cosign(Actor(host), one, garden)
    for user in (host, speaks_for(garden), weaver):
        with pytest.raises(ValidationError):
            support.cosign(Actor(user), one, garden)
    assert CoSignature.objects.get().signed_by == host


def test_a_signature_taken_back_stands_until_that_day_and_can_be_given_again(
    garden: Organisation, host: User
) -> None:
    one, today = make.point(), timezone.localdate()
    signed = support.cosign(Actor(host), one, garden)
    CoSignature.objects.filter(pk=signed.pk).update(
        signed_on=today - timedelta(days=9), signed_by=None
    )
    signed.refresh_from_db()
    support.withdraw(Actor(host), signed)
    assert (
        one.signatures.as_of(today - timedelta(days=1)).count() == 1
        and one.signatures.as_of(today).count() == 0
    )
    support.cosign(Actor(host), one, garden)
    assert one.signatures.as_of(today).count() == 1


def test_the_database_itself_knows_who_may_sign(garden: Organisation) -> None:
    today = timezone.localdate()
    gone = speaks_for(garden, since=today - timedelta(days=30), until=today - timedelta(days=1))
    one = make.point()
    with pytest.raises(ValidationError, match="vandaag niet"):
        support.cosign(Actor(gone), one, garden)
    with pytest.raises(IntegrityError), transaction.atomic():
        CoSignature.objects.create(point=one, organisation=garden, signed_by=gone)
    CoSignature.objects.create(point=one, organisation=garden, signed_by=speaks_for(garden, "now"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CoSignature.objects.create(point=one, organisation=garden, source="papier")


def test_a_draft_cannot_be_signed_and_a_stranger_cannot_sign(
    garden: Organisation, host: User, stranger: Client, as_user: Callable[[User], Client]
) -> None:
    draft = make.point(is_shared=False)
    with pytest.raises(ValidationError):
        support.cosign(Actor(host), draft, garden)
    one = make.point("Ander punt")
    assert (
        "login" in stranger.post(f"{one.get_absolute_url()}teken/{garden.pk}/").headers["Location"]
    )
    assert as_user(host).post(f"{one.get_absolute_url()}teken/{garden.pk}/").status_code == 302
    page = " ".join(stranger.get(one.get_absolute_url()).content.decode().split())
    assert "De Tuin" in page and "1</strong> organisatie tekende" in page


def test_a_browser_counts_once_for_each_point_and_can_stop() -> None:
    one, other, browser = make.point(), make.point("Ander punt"), Client()
    assert [press(browser, one), press(browser, one), press(browser, other)] == [302, 302, 302]
    assert (
        Support.objects.count() == 2
        and len(set(Support.objects.values_list("mark", flat=True))) == 2
    )
    assert press(Client(), one) == 302 and support.numbers(one)["site"] == 2
    assert press(browser, one, weg="1") == 302 and support.numbers(one)["site"] == 1


def test_without_the_cookie_or_with_anothers_token_nothing_is_counted() -> None:
    one, other = make.point(), make.point("Ander punt")
    address = f"{one.get_absolute_url()}steun/"
    first, second = Client(), Client()
    token = first.get(address).content.decode().split('name="token" value="')[1].split('"')[0]
    second.get(address)
    for browser, where in ((Client(), one), (second, one), (first, other)):
        answer = browser.post(f"{where.get_absolute_url()}steun/", {"token": token})
        assert answer.status_code == 400 and "Staan cookies aan?" in answer.content.decode()
    assert not Support.objects.exists()


def test_a_flood_from_one_address_is_stopped_with_another_way() -> None:
    one = make.point()
    found = [press(Client(), one) for _turn in range(62)]
    assert found == [302] * 60 + [400] * 2 and Support.objects.count() == 60


def test_nothing_of_a_supporter_is_kept() -> None:
    one, browser = make.point(), Client()
    press(browser, one)
    kept = repr(list(Support.objects.values()))
    assert browser.cookies["steun"].value not in kept and "127.0.0.1" not in kept
    assert not TrailEntry.objects.filter(verb="support").exists()
    assert support.note_in_trail(timezone.localdate()) == 1
    assert TrailEntry.objects.get(verb="support").changes == {"number": [None, 1]}


def test_the_cookie_comes_only_when_one_goes_to_support(stranger: Client) -> None:
    one = make.point()
    assert not stranger.get(one.get_absolute_url()).cookies and not stranger.get("/punten/").cookies
    answer = stranger.get(f"{one.get_absolute_url()}steun/")
    assert (
        answer.cookies["steun"]["httponly"]
        and answer.cookies["steun"]["samesite"] == "Lax"
        and "no-store" in answer.headers["Cache-Control"]
    )
    make.point("Nog niet gedeeld", is_shared=False)
    assert stranger.get("/punten/nog-niet-gedeeld/steun/").status_code == 404


def test_paper_is_counted_with_where_it_lies(
    coordinator: User, stranger: Client, as_user: Callable[[User], Client]
) -> None:
    one = make.point()
    desk, form = as_user(coordinator), f"{one.get_absolute_url()}steun-op-papier/"
    for wrong in (
        {"number": "0"},
        {"number": "-4"},
        {"number": "veel"},
        {"source": ""},
        {"on": "2999-01-01"},
    ):
        assert (
            desk.post(
                form,
                {
                    "number": "80",
                    "on": timezone.localdate().isoformat(),
                    "source": "map op kantoor",
                    **wrong,
                },
            ).status_code
            == 400
        )
    desk.post(
        form, {"number": "80", "on": timezone.localdate().isoformat(), "source": "map op kantoor"}
    )
    assert PaperSupport.objects.get().number == 80
    page = " ".join(stranger.get(one.get_absolute_url()).content.decode().split())
    assert "80</strong> bewoners steunen dit" in page
    assert '<p class="big">80</p>' in stranger.get("/cijfers/support_paper/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_signatures_and_support_at_the_same_moment_are_counted_once(
    garden: Organisation, as_user: Callable[[User], Client]
) -> None:
    one = make.point()
    address, sign = f"{one.get_absolute_url()}steun/", f"{one.get_absolute_url()}teken/{garden.pk}/"
    browser = Client()
    token = browser.get(address).content.decode().split('name="token" value="')[1].split('"')[0]
    cookie = browser.cookies["steun"].value
    hosts = [as_user(speaks_for(garden, f"host{number}")) for number in range(4)]
    gate, answers = Barrier(8), []

    def go(client: Client, where: str, data: dict[str, str]) -> None:
        try:
            gate.wait()
            answers.append(client.post(where, data).status_code)
        finally:
            connection.close()

    threads = [Thread(target=go, args=[client, sign, {}]) for client in hosts]
    for _turn in range(4):
        same = Client()
        same.cookies["steun"] = cookie
        threads.append(Thread(target=go, args=[same, address, {"token": token}]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 8
    assert Support.objects.count() == 1 and CoSignature.objects.count() == 1
    assert TrailEntry.objects.filter(verb="cosign").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_backup_can_be_put_back_when_a_representation_was_corrected_since(
    garden: Organisation, host: User, tmp_path: object
) -> None:
    one = make.point()
    support.cosign(Actor(host), one, garden)
    Representation.objects.all().delete()
    path = tmp_path / "site.zip"  # type: ignore[operator]
    archive.write(path)
    CoSignature.objects.all().delete()
    User.objects.all().delete()
    Organisation.objects.all().delete()
    restore(path)
    assert CoSignature.objects.count() == 1
    late = User.objects.create_user("late@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():  # the rule is back
        CoSignature.objects.create(
            point=make.point("Nieuw"),
            organisation=Organisation.objects.get(pk=garden.pk),
            signed_by=late,
        )
    assert SYSTEM.user is None


def test_a_page_that_is_drawn_once_gives_nobody_what_is_anothers() -> None:
    one = make.point()
    address = f"{one.get_absolute_url()}steun/"
    first, second = Client(), Client()
    pages = [browser.get(address).content.decode() for browser in (first, second)]
    tokens = [page.split('name="token" value="')[1].split('"')[0] for page in pages]
    assert tokens[0] != tokens[1] and first.cookies["steun"].value != second.cookies["steun"].value
    assert pages[0].replace(tokens[0], "") == pages[1].replace(tokens[1], "")
    assert (
        "kaas" not in Client().get(f"{address}?lokkertje=kaas").content.decode()
    )  # the page does not know the word, so nothing of it is drawn
    assert "kaas" not in Client().get(address).content.decode()
    press(first, one)
    assert "Deze browser is al geteld" in first.get(address).content.decode()
    assert "Deze browser is al geteld" not in second.get(address).content.decode()
    assert "Ik steun dit" not in first.get(f"/en{address}").content.decode()


def test_who_signed_an_earlier_text_is_told_apart(
    garden: Organisation,
    host: User,
    coordinator: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    one, desk = make.point(), as_user(coordinator)
    form = {"title": one.title, "ask": one.ask, "why": "Nieuwe reden."}
    support.cosign(Actor(host), one, garden)
    desk.post(f"{one.get_absolute_url()}wijzig/", form)
    assert Point.objects.get().reworded_on is None
    desk.post(f"{one.get_absolute_url()}wijzig/", {**form, "ask": "Zet er tien."})
    assert Point.objects.get().reworded_on == timezone.localdate()
    assert "tekende de eerdere tekst" in stranger.get(one.get_absolute_url()).content.decode()
