"""Votes that arrive at the same moment or on paper count once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry
from knooppunt.decisions.actions import proposals, votes
from knooppunt.decisions.models import Ballot, PaperBallot, Proposal
from knooppunt.decisions.tests import make
from knooppunt.directory.models import Organisation, Representation
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def open_one(ring: Organisation, **values: Any) -> Proposal:
    return make.proposal(network=ring, **values)


def test_a_vote_on_paper_counts_when_two_people_read_the_same(
    ring: Organisation, garden: Organisation, coordinator: User, weaver: User
) -> None:
    one = open_one(ring, method="majority")
    mine = make.voter(one, garden)
    assert votes.read_paper(Actor(weaver), mine, ["for"], "", "paper") is False
    assert (
        votes.read_paper(Actor(weaver), mine, ["for"], "", "paper") is False
        and not Ballot.objects.exists()
    )
    with pytest.raises(ValidationError, match="iets anders"):
        votes.read_paper(Actor(coordinator), mine, ["against"], "", "paper")
    assert votes.read_paper(Actor(coordinator), mine, ["for"], "", "paper") is True
    row = Ballot.objects.get()
    assert (row.channel, row.entered_by, row.confirmed_by, row.cast_by) == (
        "paper",
        weaver,
        coordinator,
        None,
    )
    assert not PaperBallot.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.update(confirmed_by=weaver)


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_moment_are_one_vote(
    ring: Organisation, garden: Organisation, as_user: Callable[[User], Client]
) -> None:
    one = open_one(ring)
    mine = make.voter(one, garden)
    people = [make.speaks_for(garden, f"host{number}") for number in range(6)]
    clients = [as_user(person) for person in people]
    gate, answers = Barrier(len(clients)), []

    def cast(client: Client) -> None:
        try:
            gate.wait()
            answers.append(
                client.post(
                    f"{one.get_absolute_url()}stem/{mine.pk}/", {"choice": "consent"}
                ).status_code
            )
        finally:
            connection.close()

    threads = [Thread(target=cast, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 400, 400, 400, 400, 400]
    assert Ballot.objects.count() == 1 and TrailEntry.objects.filter(verb="vote").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_vote_and_the_end_of_its_representation_at_the_same_moment(
    ring: Organisation, garden: Organisation
) -> None:
    """Whichever is first: there is no vote that was cast after she no longer spoke for the
    organisation.
    """
    for number in range(4):
        user = make.speaks_for(
            garden, f"goes{number}", since=timezone.localdate() - timedelta(days=9)
        )
        one = open_one(ring, title=f"Voorstel {number}")
        gate = Barrier(2)

        def cast(user: User = user, one: Proposal = one, gate: Barrier = gate) -> None:
            gate.wait()
            try:
                votes.vote(Actor(user), make.voter(one, garden), ["consent"])
            except ValidationError:
                pass
            finally:
                connection.close()

        def end(user: User = user, gate: Barrier = gate) -> None:
            gate.wait()
            Representation.objects.filter(user=user).update(
                until=timezone.localdate() - timedelta(days=1)
            )
            TrailEntry.objects.create(
                verb="ended", target_type="user", target_id=user.pk, target_label="x"
            )
            connection.close()

        threads = [Thread(target=cast), Thread(target=end)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with pytest.raises(ValidationError):
            votes.vote(Actor(user), make.voter(one, garden), ["abstain"])
        assert Ballot.objects.filter(voter__proposal=one).count() <= 1


def test_paper_never_replaces_a_vote_that_was_cast_on_the_site(
    ring: Organisation, garden: Organisation, host: User, weaver: User, coordinator: User
) -> None:
    one = open_one(ring, method="majority")
    mine = make.voter(one, garden)
    votes.read_paper(Actor(weaver), mine, ["for"], "", "paper")
    votes.vote(Actor(host), mine, ["against"])
    assert not PaperBallot.objects.exists()
    votes.read_paper(Actor(weaver), mine, ["for"], "", "paper")
    with pytest.raises(ValidationError, match="zelf gestemd"):
        votes.read_paper(Actor(coordinator), mine, ["for"], "", "paper")
    assert Ballot.objects.get().choice == ["against"]
    proposals.withdraw_proposal(SYSTEM, one)
    assert not PaperBallot.objects.exists()
