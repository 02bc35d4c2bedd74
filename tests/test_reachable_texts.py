"""A phone number or mail address in what people wrote can be tapped, on every page where it is
read.
"""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
TEXT = "Bel 010 123 45 67\nof mail bankje@example.org"
LINKS = ('<a href="tel:+31101234567">', '<br>of mail <a href="mailto:bankje@example.org">')


def test_what_is_written_in_points_promises_and_dossiers_can_be_tapped(client: Client) -> None:
    point = make_voice.point(ask=TEXT, why=TEXT)
    make_voice.step(point, text=TEXT)
    dossier = make_voice.dossier(lessons=TEXT)
    for record, number in ((point, 3), (dossier, 1), (make_voice.commitment(TEXT), 1)):
        page = client.get(record.get_absolute_url()).content.decode()
        for link in LINKS:
            assert page.count(link) == number, (record, link)


def test_what_is_written_in_meetings_and_proposals_can_be_tapped(
    client: Client, garden: Organisation
) -> None:
    make.network("De Groene Ring", [garden])
    meeting = make_decisions.meeting(brief=TEXT)
    proposal = make_decisions.proposal(text=TEXT)
    for record in (meeting, proposal):
        page = client.get(record.get_absolute_url()).content.decode()
        assert all(link in page for link in LINKS), record


def test_what_looks_like_a_script_stays_words(client: Client) -> None:
    page = client.get(make_voice.point(ask="<script>x</script> 010 123 45 67").get_absolute_url())
    assert "<script>x" not in page.content.decode()
