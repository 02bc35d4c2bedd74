"""What stands in a cell besides words: nothing, the same as above, an error, a link, a postcode."""

from __future__ import annotations

import pytest

from knooppunt.kit.cell_links import link_of, linked_cell
from knooppunt.kit.cell_words import is_ditto, is_error, says_nothing, whole_number
from knooppunt.kit.postcodes import dutch_postcode, split_address, tidy_postcode


@pytest.mark.parametrize(
    "cell", ["", "-", "--", "?", "n.v.t.", "NVT", "geen", "Onbekend", "…", "N/A"]
)
def test_a_cell_that_says_nothing(cell: str) -> None:
    assert says_nothing(cell)


@pytest.mark.parametrize("cell", ["geen idee", "🎨🎭", "✓", "0", "NL", "Geen Zorgen"])
def test_a_cell_that_says_something(cell: str) -> None:
    assert not says_nothing(cell)


def test_marks_of_repetition_and_errors_are_known() -> None:
    assert all(is_ditto(cell) for cell in ("idem", "Idem.", '"', "''", "zie boven"))
    assert all(is_error(cell) for cell in ("#N/B", "#REF!", "#NAAM?", "#DEEL/0!", "########"))
    assert not is_error("#1 in de wijk") and not is_ditto("Idemdito")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,2345678E+07", "12345678"),
        ("12345678.0", "12345678"),
        ("12,0", "12"),
        ("6,12E+08", "6,12E+08"),
        ("1.200", "1.200"),
        ("12.5", "12.5"),
        ("ca. 12", "ca. 12"),
    ],
)
def test_a_number_that_a_spreadsheet_wrote_its_own_way(cell: str, number: str) -> None:
    assert whole_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "words", "link"),
    [
        ('=HYPERLINK("https://a.example/","Tuin A")', "Tuin A", "https://a.example/"),
        ('=hyperlink("https://a.example/"; "De ""A""")', 'De "A"', "https://a.example/"),
        ('=HYPERLINK("mailto:info@a.example")', "info@a.example", "mailto:info@a.example"),
        ('=HYPERLINK("https://a.example/",A2)', "https://a.example/", "https://a.example/"),
        ("[Tuin A](https://a.example/)", "Tuin A", "https://a.example/"),
        (
            '<a class="x" href="https://a.example/?a=1&amp;b=2">Tuin A</a>',
            "Tuin A",
            "https://a.example/?a=1&b=2",
        ),
        ('=HYPERLINK("#Blad2!A1","Tuin A")', "Tuin A", ""),
        ('=HYPERLINK("C:\\lijst.xlsx","Tuin A")', "Tuin A", ""),
        ('="Tuin A"', "Tuin A", ""),
        ("=1+1", "=1+1", ""),
        ("[sic]", "[sic]", ""),
        ("Tuin A", "Tuin A", ""),
    ],
)
def test_a_link_is_what_it_shows_with_the_address_behind_it(
    cell: str, words: str, link: str
) -> None:
    read = linked_cell(cell)
    assert (read, link_of(read)) == (words, link)


@pytest.mark.parametrize(
    "text",
    [
        "1234ab",
        "1234 AB",
        "1234  ab",
        "1234.AB",
        "1234-ab",
        "NL-1234 AB",
        "PC 1234AB",
        "1234\xa0AB",
        "1234 AB.",
    ],
)
def test_a_postcode_has_one_form(text: str) -> None:
    assert dutch_postcode(text) == tidy_postcode(text) == "1234 AB"


@pytest.mark.parametrize("text", ["1234 A", "0123 AB", "12345", "B-2000", "onbekend", "Kade 9", ""])
def test_another_text_is_no_postcode(text: str) -> None:
    assert dutch_postcode(text) == "" and tidy_postcode(text) == text.upper()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kade 9, 1234AB Stad", ("Kade 9", "1234 AB", "Stad")),
        ("Kade 9 1234 ab 's Oude-Stad", ("Kade 9", "1234 AB", "'s Oude-Stad")),
        ("Kade 9\n1234 AB", ("Kade 9", "1234 AB", "")),
        ("1234AB Stad", ("", "1234 AB", "Stad")),
        ("Kade 9", ("Kade 9", "", "")),
        ("Kade 9, 1234AB Stad (achterom)", ("Kade 9, 1234AB Stad (achterom)", "", "")),
        ("1234 AB / 1235 CD", ("1234 AB / 1235 CD", "", "")),
    ],
)
def test_an_address_on_one_line_is_parted(text: str, parts: tuple[str, str, str]) -> None:
    assert split_address(text) == parts
