"""Names are compared as people mean them, pasted markup disappears, and no cell becomes a
running formula.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit import text


def test_names_are_compared_without_capitals_accents_and_signs() -> None:
    assert text.normalise("Café  't Lage-Land!") == text.normalise("cafe t lage land")
    assert text.normalise("Ĳsclub") == "ijsclub"


@given(st.text())
def test_comparing_a_compared_name_changes_nothing(name: str) -> None:
    assert text.normalise(text.normalise(name)) == text.normalise(name)


def test_an_address_part_has_only_plain_letters() -> None:
    assert text.slugify("Buurthuis 't Lage Land") == "buurthuis-t-lage-land"


def test_a_name_in_another_script_still_gets_an_address_part() -> None:
    assert text.slugify("مسجد") == "naamloos"


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_an_address_part_is_never_empty_nor_too_long(name: str, longest: int) -> None:
    slug = text.slugify(name, longest)
    assert slug and not slug.startswith("-") and not slug.endswith("-")
    assert len(slug) <= max(longest, len("naamloos"))


def test_invisible_signs_are_taken_out_and_line_ends_stay() -> None:
    assert text.clean(" De\u200b\xa0Tuin \r\n in  Noord\x00 ") == "De Tuin\nin Noord"


def test_pasted_markup_becomes_what_a_reader_would_see() -> None:
    assert text.without_markup("<p>Soep &amp; <b>brood</b></p>") == "Soep & brood"
    assert text.without_markup("<script>alert(1)</script>Tuin") == "Tuin"
    assert text.without_markup("een<br>twee") == "een\ntwee"


def test_text_with_a_smaller_sign_is_no_markup() -> None:
    assert text.without_markup("kinderen < 12 jaar, liefs <3") == "kinderen < 12 jaar, liefs <3"


def test_an_address_between_angle_brackets_is_no_markup() -> None:
    assert "info@tuin.example" in text.without_markup("De Tuin <info@tuin.example>")
    assert "https://tuin.example" in text.without_markup("<https://tuin.example>")


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd", "@tuin", "=HYPERLINK(1)"])
def test_a_formula_is_recognised(cell: str) -> None:
    assert text.is_formula(cell)


@pytest.mark.parametrize(
    "cell", ["+31 10 123 45 67", "-4,5", "-", "", "Tuin = leuk", "+31(0)10-1234567"]
)
def test_numbers_and_telephone_numbers_are_no_formulas(cell: str) -> None:
    assert not text.is_formula(cell)


@given(st.text())
def test_what_was_defused_comes_back_as_it_was(cell: str) -> None:
    assert text.refused(text.defused(cell)) == cell


@given(st.text(alphabet="'=+-@\t\ra1"))
def test_hostile_cells_too_come_back_as_they_were(cell: str) -> None:
    assert text.refused(text.defused(cell)) == cell


@given(st.text(alphabet="'=+-@\t\ra1"))
def test_a_defused_cell_never_starts_as_a_formula(cell: str) -> None:
    assert not text.defused(cell).startswith(text.FORMULA_START)


def test_a_misspelled_word_finds_the_word_that_was_meant() -> None:
    assert text.nearest("Midelland", ["Spangen", "Middelland"]) == "Middelland"
    assert text.nearest("Nord", ["Noord", "Zuid"]) == "Noord"


def test_a_word_unlike_any_other_finds_nothing() -> None:
    assert text.nearest("Kralingen", ["Noord", "Zuid"]) is None
    assert text.nearest("Noord", []) is None


def test_the_order_of_words_does_not_matter_for_likeness() -> None:
    assert text.similarity("de tuin noord", "noord de tuin") == 100


def test_a_cell_with_several_values_is_cut_and_each_value_counts_once() -> None:
    assert text.several("Een; Twee,Drie | Een\nVier / Vijf") == [
        "Een",
        "Twee",
        "Drie",
        "Vier",
        "Vijf",
    ]
    assert text.several(" ; ,") == []


def test_a_slash_inside_a_word_does_not_cut_it() -> None:
    assert text.several("en/of; 24/7") == ["en/of", "24/7"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Een bankje. En een boom.", "Een bankje."),
        ("Mag het? Ja!", "Mag het?"),
        ("Eerste regel\nTweede regel", "Eerste regel"),
        ("Een kas op het dak van de garage", "Een kas op het dak…"),
        ("  Kort  ", "Kort"),
    ],
)
def test_a_text_is_called_by_its_first_sentence(words: str, title: str) -> None:
    assert text.first_sentence(words, 24) == title
