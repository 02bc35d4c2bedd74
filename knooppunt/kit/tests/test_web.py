"""Web, mail and telephone addresses are read as people type them; what is none is said so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit import web


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("voorbeeld.nl", "https://voorbeeld.nl/"),
        ("www.Voorbeeld.nl/Plek", "https://www.voorbeeld.nl/Plek"),
        ("http:/voorbeeld.nl", "http://voorbeeld.nl/"),
        ("https//voorbeeld.nl", "https://voorbeeld.nl/"),
        ("<voorbeeld.nl>", "https://voorbeeld.nl/"),
        ("voorbeeld.nl:8080/x", "https://voorbeeld.nl:8080/x"),
    ],
)
def test_a_bare_domain_is_completed(typed: str, meant: str) -> None:
    assert web.repair(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "geen",
        "n.v.t.",
        "volgt nog",
        "info@voorbeeld.nl",
        "javascript:alert(1)",
        "ftp://voorbeeld.nl",
        "http://",
        "https://gebruiker@voorbeeld.nl",
        "voorbeeld.nl:99999",
        "http://[::1",
        "010-1234567",
        "-",
        "localhost",
    ],
)
def test_what_is_no_address_is_not_made_one(typed: str) -> None:
    assert web.repair(typed) is None


@given(st.text())
def test_no_text_stops_the_reading_of_an_address(typed: str) -> None:
    address = web.repair(typed)
    assert address is None or address.startswith(("http://", "https://"))


@given(st.text())
def test_a_repaired_address_needs_no_second_repair(typed: str) -> None:
    address = web.repair(typed)
    assert address is None or web.repair(address) == address


@pytest.mark.parametrize(
    "cell",
    [
        "www.een.nl www.twee.nl",
        "een.nl; twee.nl",
        "een.nl, twee.nl",
        "een.nl en twee.nl",
        "een.nl / twee.nl",
        "een.nl\ntwee.nl",
        "een.nl | twee.nl",
    ],
)
def test_two_addresses_in_a_cell_are_split(cell: str) -> None:
    found, other = web.websites(cell)
    assert [address.removeprefix("https://").removeprefix("www.") for address in found] == [
        "een.nl/",
        "twee.nl/",
    ]
    assert other == []


@pytest.mark.parametrize("cell", ["www.een.nl,www.twee.nl", "https://een.nl/,https://twee.nl/"])
def test_a_comma_without_a_space_splits_two_addresses(cell: str) -> None:
    assert len(web.websites(cell)[0]) == 2


def test_an_address_that_is_there_twice_counts_once() -> None:
    assert web.websites("een.nl en EEN.nl")[0] == ["https://een.nl/"]


def test_a_comma_inside_an_address_does_not_break_it() -> None:
    assert web.websites("https://een.nl/a,b")[0] == ["https://een.nl/a,b"]


def test_the_part_that_is_no_address_is_given_back() -> None:
    assert web.websites("een.nl volgt") == (["https://een.nl/"], ["volgt"])
    assert web.websites("nog geen site") == ([], ["nog geen site"])
    assert web.websites("  ") == ([], [])


def test_mail_addresses_are_found_in_a_text() -> None:
    assert web.emails("Mail Jan <Jan@Tuin.nl> of info@tuin.nl.") == ["jan@tuin.nl", "info@tuin.nl"]


@pytest.mark.parametrize(
    "typed", ["010 123 45 67", "+31 10 1234567", "0031101234567", "(010) 1234567", "010-1234567"]
)
def test_a_telephone_number_is_read_however_it_is_typed(typed: str) -> None:
    assert web.phone(typed) == "+31101234567"


@pytest.mark.parametrize("typed", ["", "geen", "12", "bel Jan"])
def test_what_is_no_telephone_number_is_not_made_one(typed: str) -> None:
    assert web.phone(typed) is None


def test_a_number_is_shown_as_people_here_read_it() -> None:
    assert web.dialled("+31101234567") == "010 123 4567"
    assert web.dialled("+3224567890").startswith("+32")
    assert web.dialled("onleesbaar") == "onleesbaar"


@pytest.mark.parametrize(
    "secret", ["jan@tuin.nl", "06-12345678", "06 12 34 56 78", "+31 6 12345678", "0612345678"]
)
def test_a_personal_address_is_taken_out_of_a_text(secret: str) -> None:
    public, taken = web.without_personal(
        f"Kom langs, vraag naar Jan ({secret}) of klop aan.", "[…]"
    )
    assert taken == [secret]
    assert public == "Kom langs, vraag naar Jan ([…]) of klop aan."


@pytest.mark.parametrize(
    "text", ["Sinds 1998, 120 leden, 3024 AB", "Van 10.00-17.00 uur", "KVK 12345678"]
)
def test_years_amounts_and_hours_are_not_personal(text: str) -> None:
    assert web.without_personal(text, "[…]") == (text, [])


def test_numbers_and_mail_addresses_in_a_text_can_be_used() -> None:
    text = "Bel 010 412 34 56 of mail info@example.org, op 12-11-2026 in zaal 1234567."
    assert web.reachable(text) == [
        ("Bel ", ""),
        ("010 412 34 56", "tel:+31104123456"),
        (" of mail ", ""),
        ("info@example.org", "mailto:info@example.org"),
        (", op 12-11-2026 in zaal 1234567.", ""),
    ]
    assert web.reachable("Samen eten") == [("Samen eten", "")]
