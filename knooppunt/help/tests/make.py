"""Builders for the tests of needs and offers."""

from __future__ import annotations

from typing import Any

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation
from knooppunt.help.actions.notices import enter
from knooppunt.help.models import Notice


def need(organisation: Organisation, title: str, kind: str = "room", **values: Any) -> Notice:
    """Something that an organisation looks for."""
    return enter(SYSTEM, organisation, {"side": "need", "kind": kind, "title": title, **values})


def offer(organisation: Organisation, title: str, kind: str = "room", **values: Any) -> Notice:
    """Something that an organisation can spare."""
    return enter(SYSTEM, organisation, {"side": "offer", "kind": kind, "title": title, **values})
