"""Questions of people in danger are recognised in eight languages, and harmless ones are left
alone.
"""

from __future__ import annotations

import tomllib

import pytest

from knooppunt.kit.language.danger import FOLDER, KINDS, LANGUAGES, danger_in
from knooppunt.kit.tests import danger_typed
from knooppunt.kit.tests.danger_questions import DANGEROUS, HARMLESS


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_recognised_in_every_language(language: str) -> None:
    assert len(DANGEROUS[language]) >= 24
    assert [text for text in DANGEROUS[language] if danger_in(text) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_answered_in_the_language_of_the_question(language: str) -> None:
    others = [
        text
        for text in DANGEROUS[language]
        if (danger := danger_in(text, language)) and danger.language != language
    ]
    assert others == []


def test_harmless_questions_show_no_panel() -> None:
    assert len(HARMLESS) >= 40
    assert [text for text in HARMLESS if danger_in(text)] == []


def test_what_people_type_in_haste_is_recognised_and_what_looks_like_it_is_not() -> None:
    assert [text for text in danger_typed.DANGEROUS if danger_in(text) is None] == []
    assert [text for text in danger_typed.HARMLESS if danger_in(text)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ik wil dood", "suicide"),
        ("mijn man slaat me", "violence"),
        ("mijn vader slaat mij", "child"),
        ("ik slaap vannacht op straat", "homeless"),
        ("mijn kind ademt niet", "medical"),
        ("ik heb pillen genomen en ik wil dood", "medical"),
        ("ik ben verkracht", "sexual"),
        ("er is brand in mijn huis", "crime"),
        ("my husband hits me", "violence"),
        ("zawji yadribni", "violence"),
        ("زَوْجِي يَضْرِبُنِي", "violence"),
        ("bghit nmout", "suicide"),
        ("mi no tin kaminda pa drumi", "homeless"),
        ("nie mam gdzie spać", "homeless"),
    ],
)
def test_the_most_urgent_kind_comes_first(text: str, kind: str) -> None:
    danger = danger_in(text)
    assert danger is not None and danger.kinds[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "IK WIL DOOD!!!",
        "ik wil doooood",
        "m’n vriend slaat me",
        "mijn  man,slaat-me",
        "ölmek İSTİYORUM",
        "OLMEK ISTIYORUM",
        "chce umrzec",
        "أُرِيدُ أَنْ أَمُوتَ",
        "اريد ان اموت",
        "nao quero viver",
        "I don’t want to live",
    ],
)
def test_capitals_accents_vowel_signs_and_apostrophes_make_no_difference(text: str) -> None:
    assert danger_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ik wil brood",
        "ik wil rood",
        "mijn man staat me bij",
        "mijn man praat met me",
        "ik slaap op stro",
        "strand",
        "ik heb spullen genomen",
        "pollen",
        "mijn kind danst niet",
        "ik word bediend",
        "zelfwoord",
        "the bill myself",
        "i want to dine",
        "my husband fits me",
        "quiero comer",
        "quero comer",
        "mi ke duni",
        "chcę umyć",
        "ilaç",
        "verkocht",
    ],
)
def test_a_word_that_is_one_error_away_is_another_word(text: str) -> None:
    assert danger_in(text) is None


def test_what_is_harmless_takes_nothing_from_the_rest_of_the_question() -> None:
    assert danger_in("ik ga dood van de honger") is None
    assert danger_in("ik ga dood van de honger en mijn man slaat me") is not None


def test_a_long_question_and_an_empty_one_are_answered() -> None:
    assert danger_in("") is None and danger_in(" !? ") is None
    assert danger_in("wil " * 3000) is None


def test_every_list_of_phrases_knows_every_kind_of_danger() -> None:
    for code in LANGUAGES:
        raw = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
        assert set(KINDS) <= set(raw)
