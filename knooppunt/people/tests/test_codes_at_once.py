"""However many codes are tried at the same moment, three are judged, and the right one opens
once.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from knooppunt.core.web import rate_limits
from knooppunt.people import codes
from knooppunt.people.models import OneTimeCode, User

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 40


def at_once(try_it: Callable[[], bool]) -> list[bool]:
    """What 40 tries give that all begin at the same moment, each on a connection of its own."""
    begin = Barrier(AT_ONCE)

    def run(_number: int) -> bool:
        begin.wait()
        try:
            return try_it()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.fixture
def asked() -> tuple[OneTimeCode, str]:
    User.objects.create_user("host@example.org")
    code = codes.create(codes.Purpose.LOG_IN, "host@example.org")
    return code, codes.draw(code)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06d}"


def test_of_forty_wrong_codes_three_are_judged(asked: tuple[OneTimeCode, str]) -> None:
    code, digits = asked
    given = at_once(lambda: bool(codes.judge(code.purpose, code.handle, wrong(digits))))
    code.refresh_from_db()
    assert not any(given) and code.tries == 3
    assert codes.judge(code.purpose, code.handle, digits) is None


def test_the_right_code_opens_once(asked: tuple[OneTimeCode, str]) -> None:
    code, digits = asked
    given = at_once(lambda: bool(codes.judge(code.purpose, code.handle, digits)))
    assert given.count(True) == 1 and not OneTimeCode.objects.exists()


def test_tries_at_a_second_key_are_counted_by_the_database() -> None:
    numbers = at_once(lambda: rate_limits.number_of("7", "second_key", 5) <= 3)
    assert numbers.count(True) == 3
