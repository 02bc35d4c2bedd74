"""What somebody in danger asks is kept nowhere."""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.find.models import SavedSearch, ZeroResultQuery

pytestmark = pytest.mark.django_db


def test_a_question_in_danger_is_kept_nowhere(client: Client) -> None:
    response = client.get("/vind/", {"q": "ik slaap vannacht op straat"})
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
    assert not ZeroResultQuery.objects.exists()
    assert "/vind/mail/" not in response.content.decode()


def test_a_question_in_danger_cannot_be_saved(client: Client) -> None:
    response = client.post("/vind/mail/", {"address": "a@example.org", "words": "ik wil dood"})
    assert response.status_code == 400 and "Dit bewaren we niet" in response.content.decode()
    assert not SavedSearch.objects.exists()
