"""Nothing is mailed twice and nothing is lost: rounds at once, rounds that are killed,
addresses that are refused.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from knooppunt.directory.tests.make import write_csv
from tests.site_process import Site, new_site
from tests.smtp_server import Post, smtp_server

NUMBER = 40
REFUSED = "tuin7@example.org"


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that refuses one address."""
    with smtp_server() as server:
        server.answers[REFUSED] = "550 no such user"
        yield server


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose forty organisations are due for confirmation, each with an address."""
    folder = tmp_path_factory.mktemp("prepared")
    rows = [[f"Tuin {n}", "groenplek", f"tuin{n}@example.org"] for n in range(NUMBER)]
    path = write_csv(folder / "lijst.csv", ["Naam", "Soort", "E-mail"], *rows)
    with new_site(folder / "site") as made:
        made.run("prepare")
        made.run("import", "directory", str(path))
        yield made


@pytest.fixture
def site(prepared: Site, post: Post, tmp_path: Path) -> Iterator[Site]:
    """A copy of that site, with a mail server."""
    with new_site(tmp_path / "site", like=prepared) as copy:
        copy.settings["KNOOPPUNT_MAIL"] = f"smtp+plain://127.0.0.1:{post.port}"
        yield copy


def states(site: Site) -> dict[str, int]:
    """How many mails of the queue are in which state."""
    said = site.python(
        "from collections import Counter\nfrom knooppunt.core.models import OutgoingMail\n"
        "for row in Counter(OutgoingMail.objects.values_list('state', flat=True)).items(): "
        "print(*row)"
    )
    return {line.split()[0]: int(line.split()[1]) for line in said.splitlines()}


def test_two_rounds_at_once_mail_each_address_once(site: Site, post: Post) -> None:
    rounds = [site.command("daily") for _time in range(2)]
    said = [process.communicate(timeout=180)[0] for process in rounds]
    assert [process.returncode for process in rounds] == [0, 0], said
    assert len(post.accepted) == NUMBER - 1 and set(post.accepted.values()) == {1}
    assert REFUSED not in post.accepted
    assert states(site) == {"sent": NUMBER - 1, "refused": 1}
    site.run("daily")
    assert post.accepted.total() == NUMBER - 1


def test_two_workers_mail_each_address_once(site: Site, post: Post) -> None:
    post.pause = 0.02
    workers = [site.start("-m", "knooppunt.config.worker") for _time in range(2)]
    site.python("from knooppunt.directory.tasks import daily\nprint(daily())")
    post.wait_for(NUMBER - 1)
    for worker in workers:
        worker.kill()
        worker.communicate()
    assert len(post.accepted) == NUMBER - 1 and set(post.accepted.values()) == {1}


@pytest.mark.parametrize("moment", [1, 20, 39])
def test_a_round_killed_while_it_mails_sends_nothing_twice_and_loses_nothing(
    moment: int, site: Site, post: Post
) -> None:
    post.pause = 0.05  # the round is killed while the server thinks over the next mail
    killed = site.command("daily")
    post.wait_for(moment)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    post.pause = 0
    site.run("daily")
    assert set(post.accepted.values()) == {1}
    after = states(site)
    uncertain = after.pop("uncertain", 0)
    assert uncertain <= 1 and after["refused"] == 1
    assert after["sent"] + uncertain == NUMBER - 1
    # Of an uncertain mail nobody knows; it may have arrived, and it was not sent again.
    assert NUMBER - 1 - uncertain <= len(post.accepted) <= NUMBER - 1


def test_a_round_killed_while_it_writes_the_queue_goes_on_where_it_was(
    site: Site, post: Post
) -> None:
    killed = site.start(
        "-c",
        "import django, os, signal; django.setup()\n"
        "from knooppunt.core.mail import outbox\nfrom knooppunt.directory import tasks\n"
        "written, plain = [], outbox.enqueue\n"
        "def enqueue(*given, **more):\n"
        "    written.append(plain(*given, **more))\n"
        "    if len(written) == 13: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return written[-1]\n"
        "outbox.enqueue = enqueue\ntasks.daily()",
    )
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL and sum(states(site).values()) == 12
    site.run("daily")
    assert len(post.accepted) == NUMBER - 1 and set(post.accepted.values()) == {1}


def test_a_mail_whose_answer_never_came_is_not_sent_again(site: Site, post: Post) -> None:
    post.vanish_for.add("tuin3@example.org")
    post.answers["tuin5@example.org"] = "451 try again later"
    site.run("daily")
    assert states(site) == {"sent": NUMBER - 3, "refused": 1, "uncertain": 1, "waiting": 1}
    assert set(post.accepted.values()) == {1} and len(post.accepted) == NUMBER - 2


def test_a_server_that_is_away_loses_nothing(site: Site, post: Post) -> None:
    good, site.settings["KNOOPPUNT_MAIL"] = (
        site.settings["KNOOPPUNT_MAIL"],
        "smtp+plain://127.0.0.1:1",
    )
    site.run("daily")
    assert states(site) == {"waiting": NUMBER}
    site.settings["KNOOPPUNT_MAIL"] = good
    site.python(
        "from django.utils import timezone\nfrom knooppunt.core.models import OutgoingMail\n"
        "OutgoingMail.objects.update(next_attempt_at=timezone.now())"
    )
    site.run("daily")
    assert len(post.accepted) == NUMBER - 1 and states(site) == {"sent": NUMBER - 1, "refused": 1}
