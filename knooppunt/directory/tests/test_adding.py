"""Adding an organisation, a network or a place by hand, from nothing, and what may be the same
shown first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions.details import set_contacts
from knooppunt.directory.lookalikes import Typed, find_lookalikes
from knooppunt.directory.models import Area, Kind, Organisation, Place, Weaving
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


def add(client: Client, what: str, **given: Any) -> Any:
    """Send the form with only what a test is about."""
    return client.post(f"/beheer/nieuw/{what}/", given)


def test_a_first_network_organisation_and_place_by_hand(
    terms: None, coordinator: User, as_user: LogIn
) -> None:
    client, noord = as_user(coordinator), Area.objects.get(slug="noord")
    answer = add(client, "netwerken", name="De Ring", area=noord.pk)
    network = Organisation.objects.get()
    assert answer.status_code == 302 and answer["Location"] == "/beheer/organisaties/de-ring/"
    assert network.role == "network" and network.is_public
    kind = Kind.objects.get(slug="groenplek")
    answer = add(
        client,
        "initiatieven",
        name="De Tuin",
        kind=kind.pk,
        area=noord.pk,
        contact="010 123 45 67",
        network="de ring",
    )
    garden = Organisation.objects.get(name="De Tuin")
    assert answer["Location"] == "/beheer/organisaties/de-tuin/"
    assert (garden.kind, list(garden.areas.all())) == (kind, [noord])
    assert garden.contact_points.get().value == "+31101234567"
    assert garden.memberships.get().network == network
    answer = add(
        client, "plekken", name="Het Tuinhuis", street="Tuinpad 1", area=noord.pk, host="De Tuin"
    )
    place = Place.objects.get()
    assert answer["Location"] == "/beheer/plekken/het-tuinhuis/"
    assert place.roles.get().organisation == garden and place.address == "Tuinpad 1"
    assert client.get(answer["Location"]).status_code == 200
    assert "toegevoegd" in client.get("/beheer/plekken/het-tuinhuis/geschiedenis/").content.decode()


def test_a_coalition_without_wijken_or_kinds_can_begin(
    coordinator: User, as_user: LogIn, db: None
) -> None:
    client = as_user(coordinator)
    page = client.get("/beheer/nieuw/initiatieven/").content.decode()
    assert 'name="area"' not in page and 'name="kind"' not in page and 'name="network"' not in page
    assert add(client, "initiatieven", name="De Eerste").status_code == 302
    assert add(client, "plekken", name="De Plek").status_code == 302
    assert Organisation.objects.get().name == "De Eerste" and Place.objects.exists()


@pytest.mark.parametrize(
    ("typed", "type_", "value"),
    [
        ("Info@Tuin.example", "email", "info@tuin.example"),
        ("06-12345678", "phone", "+31612345678"),
    ],
)
def test_one_contact_is_a_number_or_a_mail_address(
    terms: None, coordinator: User, as_user: LogIn, typed: str, type_: str, value: str
) -> None:
    add(as_user(coordinator), "initiatieven", name="De Tuin", contact=typed)
    point = Organisation.objects.get().contact_points.get()
    assert (point.type, point.value, point.visibility) == (type_, value, "public")


def test_one_contact_may_be_a_website(terms: None, coordinator: User, as_user: LogIn) -> None:
    add(as_user(coordinator), "initiatieven", name="De Tuin", contact="tuin.example")
    assert Organisation.objects.get().website == "https://tuin.example/"


def test_a_contact_that_is_nothing_is_said_and_what_was_typed_stays(
    terms: None, coordinator: User, as_user: LogIn
) -> None:
    answer = add(as_user(coordinator), "initiatieven", name="De Tuin", contact="bel maar eens")
    page = answer.content.decode()
    assert answer.status_code == 400 and "Typ er één van" in page and "bel maar eens" in page
    assert not Organisation.objects.exists()


def test_a_name_of_only_markup_is_no_name(terms: None, coordinator: User, as_user: LogIn) -> None:
    answer = add(as_user(coordinator), "initiatieven", name="<b></b>​")
    assert answer.status_code == 400 and not Organisation.objects.exists()
    add(as_user(coordinator), "initiatieven", name="<b>Tuin</b>")
    assert Organisation.objects.get().name == "Tuin"


def test_what_has_the_same_name_is_shown_and_can_be_added_all_the_same(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    client = as_user(coordinator)
    answer = add(client, "initiatieven", name="Dé tuin")
    page = answer.content.decode()
    assert answer.status_code == 200 and "heeft deze naam" in page
    assert "Deze is het" in page and garden.get_absolute_url() in page
    assert Organisation.objects.count() == 1
    assert add(client, "initiatieven", name="Dé tuin", anyway="een-ander").status_code == 200
    assert add(client, "initiatieven", name="Dé tuin", anyway="de-tuin ").status_code == 302
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "is_alike"),
    [
        (Typed(name="de tuin"), True),
        (Typed(name="DE-TUIN"), True),
        (Typed(name="Stichting Tuin"), True),
        (Typed(name="De Tiun"), False),  # four letters: too short to call a typing error
        (Typed(name="Tuinkamer"), False),
        (Typed(name="De"), False),
        (Typed(name="Iets anders", website="http://www.tuin.example"), True),
        (Typed(name="Iets anders", website="https://tuin.example/zomer"), False),
        (Typed(name="Iets anders", contact="+31101234567"), True),
        (Typed(name="Iets anders", street="tuinpad 1"), True),
        (Typed(name="Iets anders", street="Tuinpad 1", postcode="3000 aa"), True),
        (Typed(name="Iets anders", street="Tuinpad 1", postcode="3000 ZZ"), False),
        (Typed(name="Iets anders", street="Tuinpad 10"), False),
    ],
)
def test_names_sites_addresses_and_numbers_are_compared_as_people_read_them(
    garden: Organisation, typed: Typed, is_alike: bool
) -> None:
    Organisation.objects.update(website="https://tuin.example/")
    set_contacts(SYSTEM, garden, [("phone", "+31101234567", "", "public")])
    make.place("Het Huis", host=garden, street="Tuinpad 1", postcode="3000AA")
    found = [alike.record for alike in find_lookalikes(AnonymousUser(), Organisation, typed)]
    assert found == ([garden] if is_alike else [])


def test_a_place_at_the_same_address_is_shown(
    garden_place: Place, coordinator: User, as_user: LogIn
) -> None:
    Place.objects.update(street="Tuinpad 1", postcode="3000 AA")
    answer = add(as_user(coordinator), "plekken", name="Het Buurthuis", street="Tuinpad 1")
    assert "staat op dit adres" in answer.content.decode() and Place.objects.count() == 1


def test_a_draft_is_a_look_alike_only_for_who_may_see_it(
    garden: Organisation, stranger: Client, weaver: User, coordinator: User, as_user: LogIn
) -> None:
    Organisation.objects.update(state="draft")
    for client, is_shown in (
        (stranger, False),
        (as_user(weaver), False),
        (as_user(coordinator), True),
    ):
        answer = client.get("/lijkt-op/initiatieven/?name=de%20tuin")
        assert ("De Tuin" in answer.content.decode()) is is_shown
        assert "no-store" in answer["Cache-Control"]


def test_a_weaver_of_a_wijk_adds_there_and_nowhere_else(
    weaver: User, noord: Area, zuid: Area, as_user: LogIn
) -> None:
    client = as_user(weaver)
    page = client.get("/beheer/nieuw/initiatieven/").content.decode()
    assert "Zuid" in page and ">Noord<" not in page
    for area in ("", noord.pk):
        assert add(client, "initiatieven", name="De Kas", area=area).status_code == 400
    assert not Organisation.objects.exists()
    assert add(client, "initiatieven", name="De Kas", area=zuid.pk).status_code == 302
    assert Organisation.objects.get().name == "De Kas"


def test_a_weaver_of_a_network_adds_its_members(noord: Area, as_user: LogIn) -> None:
    network, other = make.network("De Ring"), make.network("De Ander")
    user = User.objects.create_user("ring@example.org", name="Ring")
    Weaving.objects.create(user=user, network=network, since=timezone.localdate())
    client = as_user(user)
    assert 'value="De Ring"' in client.get("/beheer/nieuw/initiatieven/").content.decode()
    for given in ({}, {"area": noord.pk}, {"network": other.name}):
        assert add(client, "initiatieven", name="De Kas", **given).status_code == 400, given
    assert Organisation.objects.count() == 2
    assert add(client, "initiatieven", name="De Kas", network="De Ring").status_code == 302
    kas = Organisation.objects.get(name="De Kas")
    assert kas.memberships.get().network == network
    assert add(client, "plekken", name="De Kas", host="De Kas").status_code == 302
    assert add(client, "plekken", name="Elders", area=noord.pk).status_code == 400
    assert TrailEntry.objects.filter(is_refused=True, verb="add").exists()


def test_an_unclear_host_is_asked_once_more(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    make.organisation("De Tuinkamer")
    client = as_user(coordinator)
    given = {"name": "Het Huis", "host": "tuin"}
    answer = add(client, "plekken", **given)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Welke bedoel je?" in page
    assert 'value="de-tuin"' in page and 'value="de-tuinkamer"' in page
    add(client, "plekken", **given, host_for="tuin", host_pick="de-tuinkamer")
    assert Place.objects.get().roles.get().organisation.name == "De Tuinkamer"


def test_a_choice_that_belongs_to_other_words_is_not_taken(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    make.organisation("De Kas")
    add(
        as_user(coordinator),
        "plekken",
        name="Het Huis",
        host="De Kas",
        host_for="tuin",
        host_pick="de-tuin",
    )
    assert Place.objects.get().roles.get().organisation.name == "De Kas"


def test_two_hosts_of_one_name_are_told_apart(
    noord: Area, zuid: Area, coordinator: User, as_user: LogIn
) -> None:
    make.organisation("De Tuin", areas=[noord])
    make.organisation("De Tuin", areas=[zuid])
    page = add(as_user(coordinator), "plekken", name="Het Huis", host="De Tuin").content.decode()
    assert "De Tuin (Noord)" in page and "De Tuin (Zuid)" in page and not Place.objects.exists()


def test_a_new_host_is_added_with_its_kind(terms: None, coordinator: User, as_user: LogIn) -> None:
    kind = Kind.objects.get(slug="groenplek")
    client, given = as_user(coordinator), {"name": "De Kas", "kind": kind.pk, "host": "De Kweker"}
    page = add(client, "plekken", **given).content.decode()
    assert "Nieuw: voeg “De Kweker” toe" in page
    add(client, "plekken", **given, host_for="De Kweker", host_pick="+")
    host = Place.objects.get().roles.get().organisation
    assert (host.name, host.kind) == ("De Kweker", kind)


def test_a_place_with_a_kind_and_no_host_gets_a_host_of_its_own_name(
    terms: None, coordinator: User, as_user: LogIn
) -> None:
    kind = Kind.objects.get(slug="groenplek")
    add(as_user(coordinator), "plekken", name="De Kas", kind=kind.pk)
    host = Place.objects.get().roles.get().organisation
    assert (host.name, host.kind) == ("De Kas", kind)


def test_who_may_not_add_finds_no_button_and_no_page(
    garden: Organisation, host: User, coordinator: User, stranger: Client, as_user: LogIn
) -> None:
    lists = ("/initiatieven/", "/netwerken/", "/instellingen/", "/plekken/")
    for address in lists:
        assert "/beheer/nieuw" in as_user(coordinator).get(address).content.decode()
        for client in (stranger, as_user(host)):
            assert "/beheer/nieuw" not in client.get(address).content.decode()
    assert "/beheer/nieuw/plekken/" in as_user(coordinator).get("/beheer/").content.decode()
    assert as_user(host).post("/beheer/nieuw/plekken/", {"name": "X"}).status_code == 404
    assert as_user(coordinator).get("/beheer/nieuw/onzin/").status_code == 404


def test_a_district_and_a_wijk_of_one_name_can_be_told_apart(
    noord: Area, as_user: Callable[[User], Client], coordinator: User
) -> None:
    Area.objects.create(name=noord.name, slug="gebied-noord", level="area")
    for address in ("/beheer/nieuw/initiatieven/", "/voorstel/initiatieven/"):
        page = as_user(coordinator).get(address).content.decode()
        assert f">{noord.name}</option>" in page and f">{noord.name} (gebied)</option>" in page
