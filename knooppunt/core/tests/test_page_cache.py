"""What many ask for at once is made once; the others wait for it, or make it themselves when
that fails.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from knooppunt.core.web.page_cache import Recent, SingleFlight


def test_what_many_ask_for_at_once_is_made_once() -> None:
    values, makes, all_are_here = Recent(), [], threading.Barrier(4)

    def make() -> str:
        makes.append(1)
        return "page"

    def ask() -> str:
        all_are_here.wait()
        return str(values.get(("home",), make))

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask) for _turn in range(4)]
    assert [answer.result() for answer in answers] == ["page"] * 4 and len(makes) == 1


def test_the_others_go_on_when_the_first_fails() -> None:
    flight, is_inside, may_fail = SingleFlight(), threading.Event(), threading.Event()

    def fail() -> None:
        with flight.making("home"):
            is_inside.set()
            may_fail.wait()
            raise ValueError

    def follow() -> str:
        may_fail.set()
        with flight.making("home"):
            return "made by the other"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(fail)
        is_inside.wait()
        other = pool.submit(follow)
    assert other.result() == "made by the other"
    with pytest.raises(ValueError):
        first.result()


def test_who_waits_too_long_goes_on_by_herself() -> None:
    flight = SingleFlight(longest=0.01)
    with flight.making("home"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: _enter(flight)).result()


def _enter(flight: SingleFlight) -> bool:
    with flight.making("home"):
        return True
