"""Tests for what finding reads in each process of the server before anybody asks."""

from __future__ import annotations

import pytest

from knooppunt.directory.models import Organisation
from knooppunt.find import indexing, segments
from knooppunt.find.segments import Index
from knooppunt.find.tasks import at_start

pytestmark = pytest.mark.django_db


def test_the_first_question_does_not_read_the_index(
    garden: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.rebuild(with_meaning=False)
    segments.forget()
    at_start()

    def read(*_given: object) -> Index:
        raise AssertionError("the index is read again")

    monkeypatch.setattr(segments, "Index", read)
    assert segments.index().segments
