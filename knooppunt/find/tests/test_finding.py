"""What people type leads to what they need, says why, and never breaks the page."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.background import heartbeat
from knooppunt.core.models import SiteFact, TrailEntry
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.find import embedding_model, indexing, process_cache, segments, zero_result_queries
from knooppunt.find.explanations import explain
from knooppunt.find.models import Document, OwnWord, Term, ZeroResultQuery
from knooppunt.find.searching import search
from knooppunt.find.segments import index
from knooppunt.help.actions import notices
from knooppunt.help.tests.make import need
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def described(name: str, text: str, **more: Any) -> Organisation:
    return make.organisation(name, descriptions={"nl": text}, **more)


@pytest.fixture
def neighbourhood(noord: Area, zuid: Area) -> None:
    described(
        "Geldwijzer",
        "Spreekuur voor wie schulden heeft en hulp wil met formulieren.",
        areas=[noord],
    )
    described("Bijles op Zolder", "Huiswerkhulp voor kinderen na school.", areas=[zuid])
    described("Tafel van Zuid", "Samen koken en eten in de buurthuiskamer.", areas=[zuid])
    described("Tafel van Noord", "Samen eten met de buren.", areas=[noord])
    described("De Groene Hoek", "Een tuin met kruiden.", kind="groenplek", areas=[noord])
    indexing.rebuild()


def names(text: str, **more: Any) -> list[str]:
    return [one.document.title for one in search(text, **more).found]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("borçlarım var, yardım lazım", "Geldwijzer"),
        ("kan mn kind ergens huiswerk maken", "Bijles op Zolder"),
        ("geldwijser", "Geldwijzer"),
        ("tuinen", "De Groene Hoek"),
        ("kruidentuin", "De Groene Hoek"),
        ("DÍVIDAS", "Geldwijzer"),
        ("ديون", "Geldwijzer"),
        ("help with debts", "Geldwijzer"),
        ("samen eten zuid", "Tafel van Zuid"),
        ("samen eten noord", "Tafel van Noord"),
    ],
)
def test_the_right_thing_comes_first(neighbourhood: None, question: str, first: str) -> None:
    assert names(question)[0] == first


def test_every_answer_says_why(neighbourhood: None) -> None:
    [one, *_rest] = search("samen eten noord").found
    told = "; ".join(explain(one))
    assert "gaat over samen eten" in told and "in Noord" in told


def test_what_is_not_there_is_not_made_up(neighbourhood: None) -> None:
    assert names("xyzzy") == []
    assert search("paardrijden op maandag").is_weak


def test_a_wijk_in_the_question_is_a_filter_that_can_be_taken_off(
    neighbourhood: None, stranger: Client
) -> None:
    found = search("samen eten zuid").found
    assert [(one.document.title, one.fits) for one in found][:2] == [
        ("Tafel van Zuid", True),
        ("Tafel van Noord", False),
    ]
    page = stranger.get("/vind/", {"q": "samen eten zuid"}).content.decode()
    assert "Past bijna" in page and "zonder=wijk" in page
    page = stranger.get("/vind/", {"q": "samen eten zuid", "zonder": "wijk"}).content.decode()
    assert "Past bijna" not in page and "Tafel van Noord" in page


def test_a_weekday_in_the_question_finds_what_is_on_that_day(
    gardening: Activity, neighbourhood: None
) -> None:
    indexing.catch_up()
    [one, *_rest] = search("tuinochtend dinsdag").found
    assert one.document.title == "Tuinochtend" and one.fits and "op dinsdag" in explain(one)
    [one, *_rest] = search("tuinochtend zondag").found
    assert not one.fits


def test_filters_are_links_with_counts(neighbourhood: None, stranger: Client) -> None:
    page = " ".join(stranger.get("/vind/").content.decode().split())
    assert 'wijk=noord" rel="nofollow">Noord <span class="count">3</span>' in page
    page = stranger.get("/vind/", {"wijk": "noord", "q": "eten"}).content.decode()
    assert "Tafel van Noord" in page and "Tafel van Zuid" not in page


@pytest.mark.parametrize(
    "question",
    [
        "a" * 10_000,
        "!!! ??? ...",
        "'; DROP TABLE find_document; --",
        'NEAR("x" OR *) AND NOT',
        "\u202e\u200fنص",
        "🍕🍕",
        "%00x",
        "%",
        "_",
        "\\",
    ],
)
def test_whatever_is_typed_there_is_an_answer(
    neighbourhood: None, stranger: Client, question: str
) -> None:
    answer = stranger.get(
        "/vind/",
        {
            "q": question,
            "wijk": "nergens",
            "soort": "'",
            "wat": "x",
            "zonder": "alles",
            "pagina": "-3",
            "dag": "9",
        },
    )
    assert answer.status_code == 200
    assert ("eerste 200 tekens" in answer.content.decode()) == (len(question) > 200)


def test_a_change_is_found_after_the_next_round_and_a_draft_never(garden: Organisation) -> None:
    indexing.catch_up()
    assert names("tuin") == ["De Tuin"]
    change(SYSTEM, garden, {"name": "Het Hof"})
    indexing.catch_up()
    assert names("hof") == ["Het Hof"] and names("De Tuin") != ["De Tuin"]
    change(SYSTEM, garden, {"state": "draft"})
    indexing.catch_up()
    assert names("hof") == [] and names("tuin") == []
    indexing.rebuild()
    assert not Document.objects.exists()


def test_a_line_that_arrives_late_is_not_missed(garden: Organisation) -> None:
    indexing.catch_up()
    last = TrailEntry.objects.latest("pk").pk
    trail.record(SYSTEM, "change", garden)
    TrailEntry.objects.filter(pk__gt=last).update(id=last + 2)
    indexing.catch_up()
    Document.objects.all().update(mark="old")
    TrailEntry(
        pk=last + 1,
        verb="change",
        target_type="organisation",
        target_id=garden.pk,
        target_label="De Tuin",
    ).save(force_insert=True)
    assert indexing.catch_up() == 1
    assert Document.objects.get().mark != "old"
    assert SiteFact.objects.get(key=indexing.CURSOR).value["holes"] == {}


def gone(*_given: Any) -> None:
    """Write nothing, for the database went away."""
    raise OperationalError("the database went away")


def test_a_round_that_dies_is_done_again(
    garden: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.catch_up()
    change(SYSTEM, garden, {"name": "Het Hof"})
    with monkeypatch.context() as broken:
        broken.setattr(indexing, "write", gone)
        with pytest.raises(OperationalError):
            indexing.catch_up()
    assert names("hof") == []
    indexing.catch_up()
    assert names("hof") == ["Het Hof"]


def test_rebuilding_twice_changes_nothing(neighbourhood: None) -> None:
    def told() -> list[Any]:
        return [
            *Document.objects.values_list("pk", "terms", "version"),
            *Term.objects.values_list(),
        ]

    before = told()
    indexing.rebuild()
    assert told() == before


@pytest.mark.django_db(transaction=True)
def test_the_index_is_made_anew_while_another_process_writes(
    neighbourhood: None,
) -> None:
    def beat() -> None:
        heartbeat.beat()
        connection.close()

    def write_elsewhere(what: str, done: int) -> None:
        other = threading.Thread(target=beat)
        other.start()
        other.join()

    # More than a database hands over at once, so that a reading which stays open would be noticed.
    many = [(f"Groep {number}", f"groep-{number}") for number in range(1100)]
    Organisation.objects.bulk_create(
        Organisation(name=name, slug=slug, name_key=name.lower()) for name, slug in many
    )
    indexing.rebuild(write_elsewhere)
    assert names("groep 1099") == ["Groep 1099"]


def test_an_activity_that_ended_is_not_found_after_the_night(
    gardening: Activity, time_machine: Any
) -> None:
    indexing.rebuild()
    assert "Tuinochtend" in names("tuinochtend")
    gardening.occurrences.update(day=timezone.localdate() - timedelta(days=1))
    indexing.rebuild()
    assert "Tuinochtend" not in names("tuinochtend")


def test_an_activity_says_when_it_is_next(gardening: Activity, stranger: Client) -> None:
    indexing.rebuild()
    page = stranger.get("/vind/", {"q": "tuinochtend"}).content.decode()
    assert "Eerstvolgende keer: dinsdag" in page and "De Tuin" in page


def test_a_question_in_vain_is_kept_only_when_three_asked(
    neighbourhood: None, stranger: Client
) -> None:
    for number in range(3):
        assert zero_result_queries.asked(timezone.localdate()) == []
        for again in range(2):
            # The spaces make it an address of its own, so that the page is not a remembered one.
            words = f"ijsbaan{' ' * (2 * number + again)}"
            stranger.get("/vind/", {"q": words}, REMOTE_ADDR=f"192.0.2.{number}")
    assert zero_result_queries.asked(timezone.localdate()) == [("ijsbaan", 3, timezone.localdate())]
    stranger.get("/vind/", {"q": "bel 0612345678"})
    assert ZeroResultQuery.objects.count() == 1
    ZeroResultQuery.objects.update(on=timezone.localdate() - timedelta(days=2), times=2)
    assert zero_result_queries.forget_old() == 1


def test_a_coordinator_teaches_a_word(
    neighbourhood: None, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(coordinator)
    assert names("knaken") == []
    answer = client.post("/beheer/woorden/", {"word": "knaken", "concept": "schulden"})
    assert answer.status_code == 302
    indexing.catch_up()
    assert names("knaken")[0] == "Geldwijzer"
    assert (
        client.post("/beheer/woorden/", {"word": "knaken", "concept": "schulden"}).status_code
        == 400
    )
    assert (
        client.post("/beheer/woorden/", {"word": "!!!", "concept": "schulden"}).status_code == 400
    )
    address = f"/beheer/woorden/{OwnWord.objects.get().pk}/weg/"
    assert "Dit woord wissen?" in client.post(address).content.decode()
    assert OwnWord.objects.exists()
    client.post(address, {"sure": "1"})
    indexing.catch_up()
    assert names("knaken") == []


def test_meaning_helps_and_its_failure_breaks_nothing(
    neighbourhood: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEANING = True
    embedding_model.forget()
    indexing.catch_up()
    assert Document.objects.filter(vector__isnull=False).count() == 5
    assert search("een avondje met anderen aan tafel").was_by_meaning
    monkeypatch.setattr(embedding_model, "_model", [object()])
    assert not search("samen eten").was_by_meaning and names("samen eten")


def test_meanings_of_texts_that_stay_are_kept(
    neighbourhood: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEANING = True
    embedding_model.forget()
    indexing.rebuild()
    asked: list[str] = []
    monkeypatch.setattr(embedding_model, "of_texts", lambda texts: asked.extend(texts))
    indexing.rebuild()
    assert asked == []
    change(SYSTEM, Organisation.objects.get(name="Geldwijzer"), {"name": "Geldhulp"})
    indexing.catch_up()
    assert len(asked) == 1 and asked[0].startswith("Geldhulp")


def test_the_index_is_held_until_it_changes(
    neighbourhood: None, django_assert_max_num_queries: Any
) -> None:
    search("samen eten")
    with django_assert_max_num_queries(6):
        search("samen eten")
    before = process_cache.version()
    process_cache.next_version()
    assert process_cache.version() == before + 1


def test_a_question_stays_within_its_queries_whatever_its_length(
    neighbourhood: None, django_assert_max_num_queries: Any
) -> None:
    search("x")
    with django_assert_max_num_queries(8):
        answer = search(
            "samen eten koken buurthuiskamer tuin kruiden schulden formulieren huiswerk kinderen "
            "school buren zuid"
        )
    assert {row.document.title for row in answer.found} == {
        "Bijles op Zolder",
        "Tafel van Zuid",
        "De Groene Hoek",
    }


def test_the_commands_print_names_and_reasons(
    neighbourhood: None, knooppunt: Callable[..., int], capsys: Any, tmp_path: Path
) -> None:
    assert knooppunt("find", "samen eten zuid", "--json", "--limit", "1") == 0
    [told] = json.loads(capsys.readouterr().out)
    assert told["name"] == "Tafel van Zuid" and told["reasons"]
    file = tmp_path / "q.csv"
    file.write_text("query_id,query\na,samen eten zuid\nb,xyzzy\n")
    assert knooppunt("find", "--file", str(file), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["a"][0] == "Tafel van Zuid" and found["b"] == []
    file.write_bytes("query_id;query\na;samen eten zuid, caf\xe9\n".encode("cp1252"))
    assert knooppunt("find", "--file", str(file)) == 0
    assert json.loads(capsys.readouterr().out)["a"][0] == "Tafel van Zuid"
    file.write_text("query_id,query\na,x\na,y\n")
    assert knooppunt("find", "--file", str(file)) == 2
    assert knooppunt("find", "x", "--type", "onzin") == 2
    file.write_text("vraag\nx\n")
    assert knooppunt("find", "--file", str(file)) == 2
    assert knooppunt("find") == 2
    assert knooppunt("reindex", "--words-only") == 0


def test_a_question_narrowed_by_a_condition_gives_only_that(
    neighbourhood: None, gardening: Activity
) -> None:
    indexing.catch_up()
    assert {one.document.type for one in search("tuin", {"wat": ["activity"]}).found} == {
        "activity"
    }


def test_what_changed_is_read_into_a_second_segment_and_much_of_it_anew(
    neighbourhood: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [len(one) for one in index().segments] == [5]
    change(SYSTEM, Organisation.objects.get(name="Geldwijzer"), {"name": "Geldhulp"})
    indexing.catch_up()
    assert [len(one) for one in index().segments] == [5, 1]
    assert names("geldhulp")[0] == "Geldhulp" and "Geldwijzer" not in names("geldwijzer")
    monkeypatch.setattr(segments, "MOST_CHANGED", 0)
    change(SYSTEM, Organisation.objects.get(name="Geldhulp"), {"name": "Geldwijs"})
    indexing.catch_up()
    assert [len(one) for one in index().segments] == [5]


def test_activities_of_a_place_follow_its_name(gardening: Activity) -> None:
    indexing.catch_up()
    one = make_agenda.activity(
        "Zaaidag", organiser=Organisation.objects.get(name="De Tuin"), kind="groen"
    )
    trail.record(SYSTEM, "create", one)
    indexing.catch_up()
    change(SYSTEM, Organisation.objects.get(name="De Tuin"), {"name": "Hortus"})
    indexing.catch_up()
    assert "Zaaidag" in names("hortus")


def test_an_open_need_is_found_and_a_closed_one_is_not(garden: Organisation) -> None:
    one = need(garden, "Een keuken voor de oogst")
    indexing.rebuild()
    assert names("keuken oogst")[0] == "Zoekt: Een keuken voor de oogst"
    notices.close(SYSTEM, one, "fulfilled")
    indexing.catch_up()
    assert "Zoekt: Een keuken voor de oogst" not in names("keuken oogst")


def test_a_changed_index_answers_as_one_that_is_read_anew(neighbourhood: None) -> None:
    before = names("schulden")
    Document.objects.update(mark="other words")
    indexing.rebuild()
    assert len(index().segments) == 2 and names("schulden") == before
    assert index().count("tuin") == 1
    segments.forget()
    assert len(index().segments) == 1 and names("schulden") == before


def test_a_filter_leaves_as_many_as_it_says(
    neighbourhood: None, gardening: Activity, stranger: Client
) -> None:
    indexing.catch_up()
    offered = {"samen eten": 3, "tuin": 5, "noord": 5, "iets met kinderen": 2, "paardrijden": 0}
    for question, count in offered.items():
        page = stranger.get("/vind/", {"q": question}).content.decode()
        counted = r'href="([^"]+)"\s+rel="nofollow">[^<]+\s<span class="count">(\d+)<'
        links = re.findall(counted, page)
        assert len(links) == count, question
        for address, number in links:
            left = stranger.get("/vind/" + address.replace("&amp;", "&")).content.decode()
            assert f"<strong>{number} gevonden" in left, (question, address, number)


def test_nearly_is_said_also_when_nothing_fits_wholly(
    neighbourhood: None, stranger: Client
) -> None:
    page = stranger.get("/vind/", {"q": "samen eten op maandag in zuid"}).content.decode()
    assert "Past bijna" in page and "Tafel van Zuid" in page


def test_a_word_of_a_filter_is_not_taken_for_a_typing_error(neighbourhood: None) -> None:
    described("Mondhygiëne", "Over je mond.")
    indexing.rebuild()
    assert search("food on monday").question.corrected == {}


def test_a_long_question_is_short_in_the_links(neighbourhood: None, stranger: Client) -> None:
    assert len(stranger.get("/vind/", {"q": "tuin " + "x" * 5000}).content) < 40_000


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_slow_to_read_is_read_beside(
    garden: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.rebuild()
    assert names("tuin") == ["De Tuin"]
    monkeypatch.setattr(segments, "SLOW", -1.0)
    change(SYSTEM, garden, {"name": "Het Hof"})
    indexing.catch_up()
    assert names("hof") == [] and names("tuin")
    for _wait in range(100):
        if names("hof"):
            break
        time.sleep(0.02)
    assert names("hof") == ["Het Hof"]


def test_a_count_that_fails_does_not_break_the_answer(
    neighbourhood: None, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(question: str) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(zero_result_queries, "_count", locked)
    assert stranger.get("/vind/", {"q": "ijsbaan"}).status_code == 200


@pytest.mark.parametrize(
    "word",
    ["طعام", "أكل", "makla", "ta3am", "jedzenie", "kuminda", "comida", "kumida", "yemek", "food"],
)
def test_one_word_for_food_in_any_language_finds_a_table(neighbourhood: None, word: str) -> None:
    assert {"Tafel van Zuid", "Tafel van Noord"} <= set(names(word)[:3])
