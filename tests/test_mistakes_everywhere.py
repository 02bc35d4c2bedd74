"""What is struck as a mistake stands on no page, list, search, sheet or export that strangers read,
and moves no figure.

One record of every kind is written down, each with words of its own; it is named somewhere. All are
struck, and no page names one of them; all are put back, and every page and figure says what it said
before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core import corrections
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.pdf import documents
from knooppunt.core.registry import figure_registry
from knooppunt.decisions.actions import meetings, outcomes
from knooppunt.decisions.models import Term
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.people.models import User
from knooppunt.voice.actions import (
    agreements,
    commitments,
    cuts,
    dossiers,
    points,
    signals,
    support,
)
from knooppunt.voice.models import Cut, Point
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db
TODAY, LONG_AGO = date(2026, 11, 24), date(2024, 3, 1)
SOURCE = "https://raad.example/zonnehoek"
LISTS = (
    "/",
    "/punten/",
    "/punten.csv",
    "/toezeggingen/",
    "/toezeggingen.csv",
    "/akkoorden/",
    "/bezuinigingen/",
    "/dossiers/",
    "/overleg/",
    "/besluiten/",
    "/besluiten.csv",
    "/wie-beslist/",
    "/wijken/noord/",
    "/wijken/noord/blad/",
    "/vind/?q=zonnehoek",
    "/cijfers/",
)


def word(kind: str) -> str:
    """The words by which a record of a kind is known."""
    return f"Zonnehoek {kind}"


class World:
    """What is there already, below which one record of each kind is written down."""

    def __init__(self, garden: Organisation, noord: Area) -> None:
        self.garden, self.noord = garden, noord
        begin = LONG_AGO - timedelta(days=60)
        moment = timezone.make_aware(datetime(2024, 3, 1, 19, 30))
        self.body = make_decisions.body(areas=[noord])
        self.meeting = make_decisions.meeting("Maart", "wijkraad", moment, body=self.body)
        self.point = make_voice.point(areas=[noord], listed_on=begin)
        self.promise = make_voice.commitment(said_on=begin, areas=[noord])
        self.deal = make_voice.agreement(areas=[noord])
        self.clause, self.other_clause = make_voice.clause(self.deal), make_voice.clause(self.deal)
        agreements.save_agreement(SYSTEM, self.deal, {"signed_on": LONG_AGO, "since": LONG_AGO})
        self.draft = make_voice.agreement("Wijkakkoord in de maak")
        self.threat = make_voice.cut(make_voice.point("De subsidie", areas=[noord]))
        self.dossier = make_voice.dossier()
        self.mandate = make_decisions.mandate(make.organisation("De Keuken"))
        # What some records lead to, and stays when these are struck.
        self.brought_in = make_voice.point(word("inbreng"))
        self.threatened = make_voice.point("Het huis")
        self.document = make_voice.document(word("bewijs"))
        self.hit, self.signer, self.giver = (
            make.organisation(word(kind)) for kind in ("geraakt", "handtekening", "mandaat")
        )

    def pages(self) -> list[str]:
        """Every page on which one of them may be named, and every figure with its list."""
        own = [
            self.body,
            self.meeting,
            self.point,
            self.promise,
            self.deal,
            self.clause,
            self.other_clause,
            self.threat,
            self.threat.point,
            self.threatened,
            self.draft,
            self.dossier,
            self.mandate.matter,
            self.mandate.delegate,
            self.garden,
        ]
        addresses = [record.get_absolute_url() for record in own]
        sheets = [
            f"{self.point.get_absolute_url()}spreken/",
            f"{self.meeting.get_absolute_url()}blad/",
            f"{self.dossier.get_absolute_url()[:-1]}.pdf",
            f"{self.threat.get_absolute_url()[:-1]}.csv",
            f"{self.mandate.matter.get_absolute_url()[:-1]}.csv",
            f"/bezuinigingen/{self.threatened.slug}/",
        ]
        figures = [f"/cijfers/{figure.key}/" for figure in figure_registry.published_figures()]
        return [*LISTS, *addresses, *sheets, *figures]


def clause_state(world: World) -> Any:
    """How far the clause is, which carries a point out that landed in it."""
    landed = {"point": world.point, "extent": "whole", "quote": "Een bankje."}
    agreements.land(SYSTEM, world.clause, landed)
    values = {"state": "done", "on": TODAY, "text": word("uitvoering")}
    return agreements.say_state(SYSTEM, world.clause, values)


def landing(world: World) -> Any:
    """That a point landed in a clause, of which the state moves it as well."""
    values = {"state": "partly", "on": LONG_AGO, "text": "Een deel."}
    agreements.say_state(SYSTEM, world.other_clause, values)
    landed = {"point": world.brought_in, "extent": "whole", "quote": word("landing")}
    return agreements.land(SYSTEM, world.other_clause, landed)


def term(world: World) -> Any:
    """Somebody in office."""
    post = {"label": word("functie"), "person": "", "source": ""}
    return meetings.save_term(SYSTEM, world.body, {**post, "since": LONG_AGO, "until": None})


MAKERS: dict[str, Callable[[World], Any]] = {
    "overleg": lambda w: make_decisions.meeting(
        word("overleg"), "sounding", timezone.now() - timedelta(days=9), body=w.body
    ),
    "agendapunt": lambda w: meetings.add_item(
        SYSTEM, w.meeting, {"title": word("agendapunt"), "kind": "discuss"}
    ),
    "besluit": lambda w: outcomes.decide(
        SYSTEM, {"title": word("besluit"), "decided_on": LONG_AGO}, w.meeting
    ),
    "actie": lambda w: outcomes.take_up(
        SYSTEM, {"text": word("actie"), "owner": "regisseur", "listed_on": LONG_AGO}, w.meeting
    ),
    "mandaat": lambda w: make_decisions.mandate(w.giver, since=LONG_AGO),
    "functie": term,
    "punt": lambda w: make_voice.point(word("punt"), areas=[w.noord], body=w.body),
    "stap": lambda w: points.take_step(
        SYSTEM,
        w.point,
        {"stage": "answered", "on": LONG_AGO, "text": word("stap"), "source_url": SOURCE},
    ),
    "bewijs": lambda w: points.add_document(SYSTEM, w.point, w.document),
    "inbreng": lambda w: points.bring_in(
        SYSTEM, w.brought_in, {"meeting": w.meeting, "speaker": None}
    ),
    "papieren-steun": lambda w: support.add_paper(
        SYSTEM, w.point, {"number": 7, "on": LONG_AGO, "source": word("papieren-steun")}
    ),
    "handtekening": lambda w: support.sign_on_paper(SYSTEM, w.point, w.signer, LONG_AGO, "lijst"),
    "dreiging": lambda w: make_voice.cut(w.threatened, [w.garden], source=word("dreiging")),
    "geraakt": lambda w: cuts.add_hits(SYSTEM, w.threat, [w.hit]) and w.threat.hits.get(),
    "bedrag": lambda w: cuts.add_line(
        SYSTEM,
        w.threat,
        {
            "kind": "proposed",
            "what": word("bedrag"),
            "amount": 5000,
            "on": LONG_AGO,
            "source": "nota",
        },
    ),
    "dag": lambda w: cuts.add_moment(SYSTEM, w.threat, {"on": TODAY, "text": word("dag")}),
    "toezegging": lambda w: make_voice.commitment(
        word("toezegging"), said_on=LONG_AGO, point=w.point, areas=[w.noord], body=w.body
    ),
    "stand": lambda w: commitments.say_status(
        SYSTEM,
        w.promise,
        {"status": "kept", "on": LONG_AGO, "text": word("stand"), "source_url": SOURCE},
    ),
    "bepaling": lambda w: make_voice.clause(w.deal, word("bepaling")),
    "uitvoering": clause_state,
    "landing": landing,
    "reactie": lambda w: commitments.respond(
        SYSTEM, w.promise, {"text": word("reactie"), "by": "Wethouder"}
    ),
    "voorgestelde-tekst": lambda w: agreements.propose(
        SYSTEM, w.draft, {"title": word("voorgestelde-tekst"), "text": "Twee bankjes."}
    ),
    "jaarplan": lambda w: agreements.plan(SYSTEM, w.deal, {"year": 2026, "text": word("jaarplan")}),
    "tijdlijn": lambda w: dossiers.add_entry(
        SYSTEM, w.dossier, {"title": word("tijdlijn"), "kind": "event", "on": LONG_AGO}
    ),
}


@pytest.fixture
def world(
    garden: Organisation, garden_place: Place, noord: Area, time_machine: Any, monkeypatch: Any
) -> World:
    """Everything below which records are written down; sheets answer with what they draw."""
    monkeypatch.setattr(documents, "_typeset", lambda template, text, moment: (text.encode(), ""))
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)
    return World(garden, noord)


def naming(world: World) -> set[tuple[str, str]]:
    """Which kinds strangers can read of, and on which pages."""
    indexing.rebuild(with_meaning=False)
    stranger, pairs = Client(), set()
    for page in world.pages():
        answer = stranger.get(page)
        assert answer.status_code in (200, 404), page
        text = answer.content.decode()
        pairs |= {(kind, page) for kind in MAKERS if word(kind) in text}
    return pairs


def figures() -> dict[tuple[str, date], Any]:
    """The values of all figures on two days."""
    days = (LONG_AGO, TODAY)
    return {
        (row.key, day): row.value(day)
        for row in figure_registry.published_figures()
        for day in days
    }


def test_every_kind_is_tried() -> None:
    # What a resident said stands on no page of strangers: see tests/test_corrections.py.
    assert {correction.kind for correction in corrections.every()} == set(MAKERS) | {"signaal"}


def test_what_is_struck_is_nowhere_and_comes_back_as_it_was(
    world: World, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    without = naming(world)
    records = {kind: maker(world) for kind, maker in MAKERS.items()}
    written, counted = naming(world), figures()
    assert {kind for kind, _page in written - without} == set(MAKERS)
    desk = as_user(coordinator)
    for kind, record in records.items():
        answer = desk.post(f"/vergissing/{kind}/{record.pk}/", {"reason": f"Fout {kind}."})
        assert answer.status_code == 302, answer.context["form"].errors
        assert f"Fout {kind}." in desk.get(answer["Location"]).content.decode()
    assert naming(world) == without
    for kind, record in records.items():
        desk.post(f"/vergissing/{kind}/{record.pk}/terug/")
    assert naming(world) == written
    assert figures() == counted


def test_a_struck_threat_is_no_threat_and_can_be_written_down_again(
    world: World, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk, point = as_user(coordinator), world.threat.point
    desk.post(f"/vergissing/dreiging/{world.threat.pk}/", {"reason": "Gaat niet door."})
    assert Client().get(world.threat.get_absolute_url()).status_code == 404
    assert "Wie wordt geraakt" not in Client().get(point.get_absolute_url()).content.decode()
    desk.post(
        f"{point.get_absolute_url()}dreiging/",
        {"kind": "rent", "announced_on": "2026-01-01", "source": "Brief"},
    )
    assert Cut.objects.get(point=point).kind == "rent"


def test_what_leans_on_a_point_is_named_without_the_words_of_a_signal(
    world: World, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    signals.join(SYSTEM, make_voice.signal("Mijn buurman drinkt."), world.point)
    make_voice.commitment("Er komt een bankje.", point=world.point)
    answer = as_user(coordinator).post(f"/vergissing/punt/{world.point.pk}/", {"reason": "Dubbel."})
    page = answer.content.decode()
    assert answer.status_code == 400 and "signaal" in page and "Er komt een bankje." in page
    assert "buurman" not in page


def test_a_struck_point_takes_everything_below_it_along(
    world: World, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    point = make_voice.point("Dubbel")
    threat = make_voice.cut(point, [world.garden])
    cuts.add_line(
        SYSTEM,
        threat,
        {"kind": "proposed", "what": "Subsidie", "amount": 900, "on": TODAY, "source": "nota"},
    )
    support.add_paper(SYSTEM, point, {"number": 7, "on": TODAY, "source": "lijst"})
    support.sign_on_paper(SYSTEM, point, world.garden, TODAY, "lijst")
    support.support(point, support.new_browser())
    keys = ("points", "cut_proposed", "support_paper", "support_site", "cosigners")
    before = [figures()[(key, TODAY)] for key in keys]
    desk = as_user(coordinator)
    assert desk.post(f"/vergissing/punt/{point.pk}/", {"reason": "Staat er al."}).status_code == 302
    after = [figures()[(key, TODAY)] for key in keys]
    assert [old - new for old, new in zip(before, after, strict=True)] == [1, 900, 7, 1, 1]
    stranger = Client()
    pages = (
        point.get_absolute_url(),
        threat.get_absolute_url(),
        f"{point.get_absolute_url()}steun/",
    )
    assert [stranger.get(page).status_code for page in pages] == [404, 404, 404]
    desk.post(f"/vergissing/punt/{point.pk}/terug/")
    assert [figures()[(key, TODAY)] for key in keys] == before
    assert Point.objects.filter(pk=point.pk).exists() and Term.objects.count() == 0
