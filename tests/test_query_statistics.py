"""SQLite knows how full its tables are, at the first round of the worker and then once an hour."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from knooppunt.core.database import query_statistics
from knooppunt.core.tasks import poll
from knooppunt.directory.models import Organisation


@pytest.fixture
def rows(garden: Organisation, monkeypatch: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own statistics")
    monkeypatch.setattr(query_statistics, "_next_at", [0.0])


def known(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_the_worker_counts_how_full_the_tables_are(rows: None) -> None:
    poll()
    assert known("directory_organisation") != []


@pytest.mark.django_db
def test_it_counts_again_after_an_hour_only(rows: None, monkeypatch: Any) -> None:
    calls: list[int] = []
    monkeypatch.setattr(query_statistics, "refresh", lambda: calls.append(1))
    now = [1000.0]
    monkeypatch.setattr("knooppunt.core.database.query_statistics.time.monotonic", lambda: now[0])
    query_statistics.refresh_when_due()
    query_statistics.refresh_when_due()
    now[0] += query_statistics.EVERY
    query_statistics.refresh_when_due()
    assert len(calls) == 2
