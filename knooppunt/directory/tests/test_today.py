"""Today on the desk: what waits is ranked by one rule, each thing has one button, and after it
the next thing comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions import care
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make
from knooppunt.directory.tests.test_worklist import press
from knooppunt.directory.today import Task, TaskAction, TaskKind, describe_wait, is_late, rank
from knooppunt.people.models import User

TODAY = date(2026, 11, 27)
KIND = TaskKind("Iets", "house", "place")
LogIn = Callable[[User], Client]


def task(
    label: str, deadline: int | None = None, waits: int | None = None, people: int = 0
) -> Task:
    """A task with its last day, and since when it waits, in days from today."""
    return Task(
        kind=KIND,
        label=label,
        url="/",
        action=TaskAction("Doe het", "/"),
        deadline=None if deadline is None else TODAY + timedelta(deadline),
        waiting_since=None if waits is None else TODAY - timedelta(waits),
        people_waiting=people,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (task("te laat", deadline=-1), task("nieuw", waits=0, people=1)),
        (task("wacht te lang", waits=8, people=1), task("nieuw", waits=0, people=5)),
        (task("morgen", deadline=1), task("nieuw", waits=3, people=2)),
        (task("mens", waits=1, people=1), task("record", waits=300)),
        (task("vijf mensen", waits=1, people=5), task("een mens", waits=6, people=1)),
        (task("te laat, mens", deadline=-1, people=1), task("veel te laat", deadline=-90)),
        (task("eerder klaar", deadline=5), task("later klaar", deadline=9)),
        (task("heeft een dag", deadline=30), task("heeft geen dag")),
        (task("wacht langer", waits=5, people=1), task("wacht kort", waits=2, people=1)),
        (task("ergens sinds", waits=0), task("niet bekend")),
    ],
)
def test_one_comes_before_the_other(before: Task, after: Task) -> None:
    assert rank([before, after], TODAY) == rank([after, before], TODAY) == [before, after]


def test_what_is_equal_stays_in_its_order() -> None:
    tasks = [task(str(number), waits=2, people=1) for number in range(6)]
    assert rank(tasks, TODAY) == tasks
    assert rank(reversed(tasks), TODAY) == tasks[::-1]
    assert rank([], TODAY) == []


def test_a_week_is_not_yet_late_and_a_record_is_never_late_without_a_day() -> None:
    assert not is_late(task("week", waits=7, people=1), TODAY)
    assert is_late(task("langer", waits=8, people=1), TODAY)
    assert not is_late(task("record", waits=900), TODAY)
    assert not is_late(task("vandaag", deadline=0), TODAY)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (task("x", deadline=-25), "25 dagen te laat"),
        (task("x", deadline=-1), "1 dag te laat"),
        (task("x", deadline=-59), "59 dagen te laat"),
        (task("x", deadline=-60), "2 maanden te laat"),
        (task("x", deadline=-714), "23 maanden te laat"),
        (task("x", deadline=-900), "2 jaar te laat"),
        (task("x", deadline=0), "vandaag"),
        (task("x", deadline=1, waits=9), "morgen"),
        (task("x", deadline=4), "nog 4 dagen"),
        (task("x", waits=0), "nieuw"),
        (task("x", waits=1, people=1), "sinds gisteren"),
        (task("x", waits=9, people=1), "9 dagen zonder antwoord"),
        (task("x", waits=9), "wacht 9 dagen"),
        (task("x"), ""),
    ],
)
def test_how_long_it_waits_is_said_in_words(item: Task, words: str) -> None:
    assert describe_wait(item, TODAY) == words


@pytest.mark.django_db
def test_after_the_act_comes_the_next_thing_and_it_can_be_undone(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    shed = make.organisation("De Schuur")
    first = care.report_problem(SYSTEM, garden, "De deur is dicht")
    second = care.report_problem(SYSTEM, shed, "Het nummer is fout")
    client = as_user(coordinator)
    page = client.get("/beheer/").content.decode()
    assert "2 mensen wachten op jou." in page
    assert page.index(f'id="gemeld-{second.pk}"') < page.index(f'id="gemeld-{first.pk}"')
    answer = press(client, "/beheer/", f"/beheer/melding/{second.pk}/", state="solved")
    assert answer["Location"] == f"/beheer/#gemeld-{first.pk}"
    page = client.get("/beheer/").content.decode()
    assert "Gedaan: De Schuur: opgelost" in page and "1 gedaan" in page
    assert f'id="gemeld-{second.pk}"' not in page
    undo = re.search(r'action="(/beheer/ongedaan/\d+/)"', page)
    assert undo is not None and client.post(undo[1])["Location"] == f"/beheer/#gemeld-{second.pk}"
    page = client.get("/beheer/").content.decode()
    assert f'id="gemeld-{second.pk}"' in page and "Gedaan:" not in page and "1 gedaan" not in page
    answer = press(client, "/beheer/", f"/beheer/melding/{first.pk}/", state="solved")
    assert answer["Location"] == "/beheer/#klaar"


@pytest.mark.django_db
def test_at_most_ten_things_and_the_rest_is_counted(coordinator: User, as_user: LogIn) -> None:
    for number in range(13):
        care.report_problem(SYSTEM, make.organisation(f"Huis {number}"), "Klopt niet")
    page = as_user(coordinator).get("/beheer/").content.decode()
    assert page.count("<article") == 10 and "En nog 3 dingen die wachten" in page
    assert 'href="/beheer/alles/"' in page


@pytest.mark.django_db
def test_later_is_gone_today_and_back_tomorrow(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    report = care.report_problem(SYSTEM, garden, "Klopt niet")
    client, anchor = as_user(coordinator), f"gemeld-{report.pk}"
    assert client.post("/beheer/later/", {"row": "geen rij"}).status_code == 404
    assert client.post("/beheer/later/", {"row": anchor, "list": "gemeld"}).status_code == 302
    page = client.get("/beheer/").content.decode()
    assert f'id="{anchor}"' not in page and "Zet 1 ding terug" in page
    session = client.session
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    session["postponed"] = {anchor: yesterday}
    session.save()
    assert f'id="{anchor}"' in client.get("/beheer/").content.decode()
    client.post("/beheer/later/", {"row": anchor})
    client.post("/beheer/later/", {"what": "back"})
    assert f'id="{anchor}"' in client.get("/beheer/").content.decode()


@pytest.mark.django_db
def test_a_new_site_begins_with_its_first_steps(coordinator: User, as_user: LogIn) -> None:
    client = as_user(coordinator)
    page = client.get("/beheer/").content.decode()
    for address in (
        "/beheer/lijsten/",
        "/beheer/nieuw/netwerken/",
        "/beheer/nieuw/initiatieven/",
        "/beheer/nieuw/plekken/",
        "/beheer/mensen/",
    ):
        assert f'href="{address}"' in page
    assert page.count("<article") == 5 and "Begin hier" in page
    make.place("Het Huis")
    make.organisation("De Tuin")
    page = client.get("/beheer/").content.decode()
    assert page.count("<article") == 2 and "Voeg het eerste netwerk toe" in page
    make.network("De Ring", [])
    User.objects.create_user("tweede@example.org", is_coordinator=True)
    page = client.get("/beheer/").content.decode()
    assert "<article" not in page and "Je bent klaar voor vandaag" in page


@pytest.mark.django_db
def test_records_are_gone_through_one_by_one(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    shed = make.organisation("De Schuur")
    client, walk = as_user(coordinator), "/beheer/langs/bevestigen/"
    assert f'href="{walk}"' in client.get("/beheer/").content.decode()
    page = client.get(walk).content.decode()
    first, second = (garden, shed) if f'id="bevestigen-{garden.pk}"' in page else (shed, garden)
    assert f'id="bevestigen-{second.pk}"' not in page
    confirm = f"/beheer/organisaties/{first.slug}/bevestig/"
    assert press(client, walk, confirm, via="phone")["Location"] == f"{walk}#bevestigen-einde"
    page = client.get(walk).content.decode()
    assert f'id="bevestigen-{second.pk}"' in page and "Gedaan:" in page
    answer = press(client, walk, "/beheer/later/")
    assert answer["Location"] == f"{walk}#bevestigen-einde"
    page = client.get(walk).content.decode()
    assert "Dat waren ze allemaal" in page and "Toon 1 die je oversloeg" in page
    answer = client.post("/beheer/later/", {"what": "back", "list": "bevestigen", "page": "walk"})
    assert answer["Location"] == f"{walk}#bevestigen-einde"
    assert f'id="bevestigen-{second.pk}"' in client.get(walk).content.decode()


@pytest.mark.django_db
def test_who_keeps_nothing_has_no_lists(
    garden: Organisation, host: User, coordinator: User, as_user: LogIn
) -> None:
    other = make.organisation("De Schuur")
    report = care.report_problem(SYSTEM, other, "Klopt niet")
    assert f"gemeld-{report.pk}" not in as_user(host).get("/beheer/").content.decode()
    nobody = User.objects.create_user("niemand@example.org")
    assert as_user(nobody).get("/beheer/alles/").status_code == 404
    assert as_user(nobody).get("/beheer/langs/gemeld/").status_code == 404
    assert as_user(nobody).post("/beheer/later/", {"row": "gemeld-1"}).status_code == 404
    assert as_user(coordinator).get("/beheer/langs/bestaat-niet/").status_code == 404
