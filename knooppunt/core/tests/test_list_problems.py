"""Why a file was not read is said in the language of who sent it."""

from __future__ import annotations

import pytest
from django.utils import translation

from knooppunt.core.imports.problems import describe_problem
from knooppunt.kit.tables import UnreadableFile


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Dat blad staat niet in het bestand (Leden). Er is niets veranderd."),
        ("en", "That sheet is not in the file (Leden). Nothing was changed."),
    ],
)
def test_a_file_that_cannot_be_read_changed_nothing(language: str, sentence: str) -> None:
    with translation.override(language):
        assert describe_problem(UnreadableFile("no_sheet", "Leden")) == sentence
