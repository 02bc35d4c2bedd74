"""One vote for each organisation: by whoever represents it today, on the site, on paper or in
the room, open or secret.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry
from knooppunt.decisions import describe, results, tasks
from knooppunt.decisions.actions import proposals, votes
from knooppunt.decisions.models import Ballot, Objection, PaperBallot, Proposal, SecretChoice
from knooppunt.decisions.tests import make
from knooppunt.directory.actions import joining
from knooppunt.directory.actions.links import join_network
from knooppunt.directory.models import (
    ContactPoint,
    MembershipRequest,
    Organisation,
    Representation,
)
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def open_one(ring: Organisation, **values: Any) -> Proposal:
    return make.proposal(network=ring, **values)


def test_who_may_vote_is_written_down_on_the_day_it_opens(
    ring: Organisation, garden: Organisation
) -> None:
    one = open_one(ring)
    join_network(SYSTEM, make_register.organisation("Later lid"), ring)
    assert [str(row) for row in one.voters.all()] == ["De Keuken", "De Tuin"]
    everybody = make.proposal("Alle netwerken")
    assert [str(row) for row in everybody.voters.all()] == ["De Keuken", "De Tuin", "Later lid"]


def test_an_organisation_in_two_networks_has_one_vote(
    ring: Organisation, garden: Organisation
) -> None:
    make_register.network("Nog een", [garden])
    assert make.proposal().voters.filter(organisation=garden).count() == 1


def test_a_vote_can_be_changed_until_it_closes(
    ring: Organisation, garden: Organisation, host: User
) -> None:
    one = open_one(ring, method="majority", quorum=0)
    mine = make.voter(one, garden)
    votes.vote(Actor(host), mine, ["for"])
    votes.vote(Actor(host), mine, ["against"], "Toch niet.")
    assert Ballot.objects.get().choice == ["against"]
    closed = proposals.close_proposal(SYSTEM, one)
    assert describe.outcome(closed) == "Verworpen: 0 voor, 1 tegen."
    with pytest.raises(ValidationError, match="niet open"):
        votes.vote(Actor(host), mine, ["for"])
    assert results.agrees(closed)


def test_after_its_time_nobody_votes_even_before_it_is_counted(
    ring: Organisation, garden: Organisation, host: User, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now())
    one = open_one(ring)
    time_machine.shift(timedelta(days=7, minutes=1))
    with pytest.raises(ValidationError, match="niet open"):
        votes.vote(Actor(host), make.voter(one, garden), ["consent"])
    tasks.poll()
    one.refresh_from_db()
    assert (
        one.state == "closed"
        and describe.outcome(one)
        == "De uitslag geldt niet: 0 van de 2 deden mee, en er waren er 1 nodig."
    )


def test_two_people_of_one_organisation_cannot_both_vote(
    ring: Organisation, garden: Organisation, host: User
) -> None:
    other = make.speaks_for(garden)
    one = open_one(ring)
    votes.vote(Actor(host), make.voter(one, garden), ["consent"])
    with pytest.raises(ValidationError, match="Elke organisatie heeft één stem"):
        votes.vote(Actor(other), make.voter(one, garden), ["objection"], "Nee.")
    assert Ballot.objects.get().cast_by == host
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            voter=make.voter(one, garden),
            choice=["consent"],
            cast_by=other,
            cast_on=timezone.localdate(),
        )


def test_who_takes_over_may_change_the_vote(
    ring: Organisation, garden: Organisation, host: User
) -> None:
    one = open_one(ring)
    votes.vote(Actor(host), make.voter(one, garden), ["consent"])
    other = make.speaks_for(garden)
    Representation.objects.filter(user=host).update(
        until=timezone.localdate() - timedelta(days=1), since=None
    )
    votes.vote(Actor(other), make.voter(one, garden), ["abstain"])
    assert Ballot.objects.get().cast_by == other


def test_a_representation_that_ended_yesterday_cannot_vote_today(
    ring: Organisation, garden: Organisation
) -> None:
    today = timezone.localdate()
    gone = make.speaks_for(
        garden, since=today - timedelta(days=30), until=today - timedelta(days=1)
    )
    one = open_one(ring)
    with pytest.raises(ValidationError, match="vandaag niet"):
        votes.vote(Actor(gone), make.voter(one, garden), ["consent"])


@pytest.mark.parametrize(
    ("since", "until", "may"),
    [(-30, -1, False), (1, None, False), (-30, 0, True), (0, None, True), (None, None, True)],
)
def test_the_database_itself_knows_who_may_vote(
    ring: Organisation, garden: Organisation, since: int | None, until: int | None, may: bool
) -> None:
    def day(shift: int | None) -> date | None:
        return None if shift is None else timezone.localdate() + timedelta(days=shift)

    user = make.speaks_for(garden, since=day(since), until=day(until))
    row = Ballot(
        voter=make.voter(open_one(ring), garden),
        choice=["consent"],
        cast_by=user,
        cast_on=timezone.localdate(),
    )
    if may:
        row.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.update(cast_by=User.objects.create_user("nobody@example.org"))
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("choice", [[], ["ja"], ["consent", "objection"], ["1"]])
def test_a_choice_that_is_not_there_is_refused(
    ring: Organisation, garden: Organisation, host: User, choice: list[str]
) -> None:
    with pytest.raises(ValidationError):
        votes.vote(Actor(host), make.voter(open_one(ring), garden), choice)


def test_an_objection_has_a_reason_is_met_and_the_objector_agrees(
    ring: Organisation, garden: Organisation, kitchen: Organisation, host: User, coordinator: User
) -> None:
    one = open_one(ring)
    mine = make.voter(one, garden)
    with pytest.raises(ValidationError):
        votes.vote(Actor(host), mine, ["objection"])
    votes.vote(Actor(host), mine, ["objection"], "Op donderdag is de tuin dicht.")
    votes.vote(Actor(make.speaks_for(kitchen)), make.voter(one, kitchen), ["consent"])
    objection = Objection.objects.get()
    with pytest.raises(ValidationError):
        votes.settle_objection(Actor(host), objection)
    votes.answer_objection(Actor(coordinator), objection, "We doen het op vrijdag.")
    assert proposals.counted(one)["outcome"] == "rejected"
    votes.settle_objection(Actor(host), objection)
    closed = proposals.close_proposal(SYSTEM, one)
    assert describe.outcome(closed) == "Aangenomen. Er was een bezwaar, en dat is opgelost."
    assert results.agrees(closed)


def test_taking_an_objection_back_leaves_no_objection(
    ring: Organisation, garden: Organisation, host: User
) -> None:
    one = open_one(ring, quorum=0)
    mine = make.voter(one, garden)
    votes.vote(Actor(host), mine, ["objection"], "Nee.")
    votes.vote(Actor(host), mine, ["consent"])
    assert not Objection.objects.exists() and proposals.counted(one)["outcome"] == "adopted"


def test_a_secret_vote_leaves_no_way_from_a_person_to_a_choice(
    ring: Organisation, garden: Organisation, kitchen: Organisation, host: User, coordinator: User
) -> None:
    one = open_one(ring, is_secret=True)
    other = make.speaks_for(kitchen)
    votes.vote(Actor(host), make.voter(one, garden), ["objection"], "Geheim bezwaar.")
    votes.vote(Actor(other), make.voter(one, kitchen), ["consent"])
    votes.answer_objection(Actor(coordinator), Objection.objects.get(), "Opgelost.")
    votes.settle_objection(Actor(host), Objection.objects.get())
    votes.read_paper(Actor(coordinator), make.voter(one, kitchen), ["abstain"], "", "paper")
    closed = proposals.close_proposal(SYSTEM, one)
    assert [(row.choice, row.cast_by, row.reason) for row in Ballot.objects.all()] == [
        (None, None, "")
    ] * 2
    assert [(row.choice, row.is_settled) for row in SecretChoice.objects.all()] == [
        (["consent"], False),
        (["objection"], True),
    ]
    assert not Objection.objects.exists() and not PaperBallot.objects.exists()
    told = repr(
        list(
            TrailEntry.objects.filter(target_type="proposal")
            .exclude(verb__in=("create", "close"))
            .values("verb", "changes", "details")
        )
    )
    assert "consent" not in told and "Geheim" not in told and "abstain" not in told
    assert results.agrees(closed) and closed.result["outcome"] == "adopted"
    assert not TrailEntry.objects.filter(verb__contains="objection").exclude(details={}).exists()


def test_the_page_shows_open_votes_after_closing_and_secret_ones_never(
    ring: Organisation,
    garden: Organisation,
    host: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    for is_secret in (False, True):
        one = open_one(
            ring, title=f"Voorstel {is_secret}", is_secret=is_secret, method="majority", quorum=0
        )
        votes.vote(Actor(host), make.voter(one, garden), ["against"], "Te duur voor ons.")
        during = stranger.get(one.get_absolute_url()).content.decode()
        assert "Te duur" not in during and "deed mee" in during
        assert (
            "Te duur"
            in as_user(make.speaks_for(garden, f"h{is_secret}"))
            .get(one.get_absolute_url())
            .content.decode()
        ) is not is_secret
        proposals.close_proposal(SYSTEM, one)
        after = stranger.get(one.get_absolute_url() + "?na").content.decode()
        assert ("Te duur" in after) is not is_secret and "Verworpen: 0 voor, 1 tegen." in after


def test_by_hand_from_draft_to_the_decision_log(
    ring: Organisation,
    garden: Organisation,
    host: User,
    coordinator: User,
    as_user: Callable[[User], Client],
    stranger: Client,
) -> None:
    desk, tuin = as_user(coordinator), as_user(host)
    answer = desk.post(
        "/voorstellen/nieuw/",
        {
            "title": "Waar koken we?",
            "method": "ranked",
            "options": "Tuin\nKeuken\nTuin\n",
            "network": ring.pk,
            "quorum": 50,
            "share": "half",
            "is_public": "on",
        },
    )
    one = Proposal.objects.get()
    page = one.get_absolute_url()
    assert (
        answer.headers["Location"] == page
        and stranger.get(page).status_code == 404
        and tuin.get(page).status_code == 404
    )
    assert desk.post(page + "open/", {"closes_at": "2020-01-01T10:00"}).status_code == 400
    closes_at = timezone.localtime() + timedelta(days=2)
    desk.post(page + "open/", {"closes_at": closes_at.strftime("%Y-%m-%dT%H:%M")})
    mine = make.voter(one, garden)
    first, second = one.options.all()
    form = f"{page}stem/{mine.pk}/"
    assert (
        "eigen plaats"
        in tuin.post(form, {f"place_{first.pk}": "1", f"place_{second.pk}": "1"}).content.decode()
    )
    assert tuin.post(form, {f"place_{first.pk}": "2", f"place_{second.pk}": "1"}).status_code == 302
    assert Ballot.objects.get().choice == [second.key, first.key]
    assert desk.post(form, {}).status_code == 404  # the coordinator represents nobody
    desk.post(page + "sluit/")
    assert "Gekozen: Keuken." in stranger.get(page).content.decode()
    desk.post(
        page + "besluit/",
        {"title": "We koken in de keuken", "decided_on": timezone.localdate().isoformat()},
    )
    assert "We koken in de keuken" in stranger.get("/besluiten/").content.decode()
    assert "ranked" in stranger.get("/besluiten.csv").content.decode()


def test_who_thought_otherwise_is_kept_beside_the_result(
    ring: Organisation,
    garden: Organisation,
    host: User,
    as_user: Callable[[User], Client],
    stranger: Client,
) -> None:
    one = open_one(ring, quorum=0)
    page = one.get_absolute_url()
    assert as_user(host).get(page + "anders/").status_code == 404
    proposals.close_proposal(SYSTEM, one)
    as_user(host).post(
        page + "anders/", {"organisation": garden.pk, "text": "Wij wilden langer <b>praten</b>."}
    )
    assert "Wij wilden langer praten." in stranger.get(page).content.decode()


def test_who_has_not_voted_is_written_to_once(
    ring: Organisation, garden: Organisation, kitchen: Organisation, host: User
) -> None:
    ContactPoint.objects.create(organisation=kitchen, type="email", value="keuken@example.org")
    one = make.proposal(network=ring, is_open=False)
    proposals.open_proposal(SYSTEM, one, timezone.now() + timedelta(days=2))
    votes.vote(Actor(host), make.voter(one, garden), ["consent"])
    mail.outbox.clear()
    assert tasks.remind(timezone.localdate()) == 1 and tasks.remind(timezone.localdate()) == 0
    assert (
        mail.outbox[0].to == ["keuken@example.org"] and "Nog te stemmen" in mail.outbox[0].subject
    )


def test_a_withdrawn_proposal_keeps_no_votes(
    ring: Organisation, garden: Organisation, host: User
) -> None:
    one = open_one(ring)
    votes.vote(Actor(host), make.voter(one, garden), ["consent"])
    proposals.withdraw_proposal(SYSTEM, one)
    assert not Ballot.objects.exists()
    with pytest.raises(ValidationError):
        proposals.open_proposal(SYSTEM, one, timezone.now() + timedelta(days=1))


def test_an_objection_with_another_reason_is_a_new_one(
    ring: Organisation, garden: Organisation, host: User, coordinator: User
) -> None:
    one = open_one(ring, quorum=0)
    mine = make.voter(one, garden)
    votes.vote(Actor(host), mine, ["objection"], "Donderdag is dicht.")
    votes.answer_objection(Actor(coordinator), Objection.objects.get(), "Vrijdag.")
    votes.settle_objection(Actor(host), Objection.objects.get())
    votes.vote(Actor(host), mine, ["objection"], "Te duur.")
    assert proposals.counted(one)["outcome"] == "rejected"


def test_the_trail_of_a_secret_vote_does_not_tell_who_objected(
    ring: Organisation, garden: Organisation, host: User, coordinator: User
) -> None:
    one = open_one(ring, is_secret=True)
    votes.vote(Actor(host), make.voter(one, garden), ["objection"], "Geheim.")
    votes.answer_objection(Actor(coordinator), Objection.objects.get(), "Zo.")
    votes.settle_objection(Actor(host), Objection.objects.get())
    assert TrailEntry.objects.get(verb="settle_objection").actor is None


def test_a_draft_that_is_withdrawn_is_gone(
    ring: Organisation, coordinator: User, as_user: Callable[[User], Client], stranger: Client
) -> None:
    one = make.proposal("Half idee", network=ring, is_open=False)
    as_user(coordinator).post(one.get_absolute_url() + "trek-in/", {"sure": "1"})
    assert (
        not Proposal.objects.exists()
        and "Half idee" not in stranger.get("/voorstellen/").content.decode()
    )


@pytest.mark.parametrize("quorum", ["101", "70000", "-1", "x", "9" * 30])
def test_a_quorum_that_cannot_be_is_said_beside_the_field(
    quorum: str, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    answer = as_user(coordinator).post(
        "/voorstellen/nieuw/",
        {"title": "Iets", "method": "consent", "quorum": quorum, "share": "half"},
    )
    assert answer.status_code == 400 and "id_quorum_error" in answer.content.decode()


def test_while_an_open_vote_runs_nobody_else_sees_who_objected(
    ring: Organisation,
    garden: Organisation,
    host: User,
    coordinator: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    one = open_one(ring)
    votes.vote(Actor(host), make.voter(one, garden), ["objection"], "Donderdag is dicht.")
    page = one.get_absolute_url()
    cook = make.speaks_for(Organisation.objects.get(name="De Keuken"), "cook")
    assert "Donderdag is dicht." not in stranger.get(page).content.decode()
    for reader in (coordinator, cook):
        content = " ".join(as_user(reader).get(page).content.decode().split())
        assert "<strong>Een organisatie:</strong> Donderdag is dicht." in content
        assert "<strong>De Tuin:" not in content and "De Tuin</a>: deed mee" in content
    assert "<strong>De Tuin:</strong>" in as_user(host).get(page).content.decode()
    proposals.close_proposal(SYSTEM, one)
    assert "<strong>De Tuin:</strong>" in stranger.get(page + "?na").content.decode()


def test_while_a_secret_vote_runs_an_objection_is_read_by_who_made_it_alone(
    ring: Organisation,
    garden: Organisation,
    host: User,
    coordinator: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    one = open_one(ring, is_secret=True)
    votes.vote(Actor(host), make.voter(one, garden), ["objection"], "Donderdag is dicht.")
    page, objection = one.get_absolute_url(), Objection.objects.get()
    other = make.speaks_for(garden, "other")
    for client in (stranger, as_user(coordinator), as_user(other)):
        assert "Donderdag" not in client.get(page).content.decode()
    assert as_user(coordinator).get(f"{page}bezwaar/{objection.pk}/").status_code == 404
    assert "Donderdag" in as_user(host).get(page).content.decode()
    for address in ("/besluiten.csv", "/open/register.json", "/beheer/", "/vind/?q=donderdag"):
        assert b"Donderdag is dicht" not in as_user(coordinator).get(address).getvalue()
    proposals.close_proposal(SYSTEM, one)
    after = " ".join(stranger.get(page + "?na").content.decode().split())
    assert "<strong>Een organisatie:</strong> Donderdag is dicht." in after


def test_who_asks_to_join_a_network_has_no_vote_before_its_yes(
    ring: Organisation, garden: Organisation
) -> None:
    newcomer = make_register.organisation("Nieuw")
    asked = joining.join_or_ask(SYSTEM, newcomer, ring)
    assert isinstance(asked, MembershipRequest)
    today = timezone.localdate()
    for one in (open_one(ring), make.proposal("Alle netwerken")):
        assert newcomer not in one.electorate(today) and garden in one.electorate(today)
    joining.accept(SYSTEM, asked)
    assert newcomer in open_one(ring).electorate(today)


def test_a_member_of_what_is_no_network_has_no_vote(garden: Organisation) -> None:
    join_network(SYSTEM, garden, make_register.organisation("Eigen club"))
    draft = make.proposal(is_open=False)
    assert garden not in draft.electorate(timezone.localdate())
