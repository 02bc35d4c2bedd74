"""The cast of the tests of deciding: a kitchen, and a network of the kitchen and the garden."""

from __future__ import annotations

from typing import Any

import pytest

from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make as make_register


@pytest.fixture
def kitchen(noord: Any) -> Organisation:
    return make_register.organisation("De Keuken", areas=[noord])


@pytest.fixture
def ring(garden: Organisation, kitchen: Organisation) -> Organisation:
    """A network of the garden and the kitchen."""
    return make_register.network("De Ring", [garden, kitchen])
