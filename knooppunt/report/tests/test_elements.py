"""A kind of element of which the report never heard is told in three files, and reaches every
form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.test import Client

from knooppunt.core.registry import modules
from knooppunt.core.registry.chapters import Block, Element, Table, Text
from knooppunt.core.reporting.facts import Facts
from knooppunt.directory.models import Organisation, Place
from knooppunt.report import drafting, freezing
from knooppunt.report.elements import KINDS
from knooppunt.report.outputs import folder, paper, tables
from knooppunt.report.tests import make

ROOT = Path(__file__).resolve().parents[3]
RECIPE = re.compile(r"^### An element of a chapter\n(.*?)^##", re.MULTILINE | re.DOTALL)
# The template of the recipe's second step.
TEMPLATE = """{% load report_text %}
<dl class="steps">{% for step in element.steps %}<dt>{{ step.name }}</dt>
<dd>{% said readable step.text %}</dd>{% endfor %}</dl>"""


@dataclass(frozen=True)
class Step:
    """One of some steps."""

    name: str
    text: str


@dataclass(frozen=True)
class Steps(Element):
    """The recipe's first step: what it holds, which marks stand in it, what it is on paper."""

    kind: ClassVar[str] = "steps"
    title: str
    steps: tuple[Step, ...]

    def texts(self) -> Iterable[str]:
        return (step.text for step in self.steps)

    def blocks(self) -> Iterable[Block]:
        rows = tuple((step.name, step.text) for step in self.steps)
        return (Text(self.title), Table(("Stap", "Getal"), rows))


def offered(facts: Facts) -> list[Element]:
    """The recipe's third step: a chapter that offers it."""
    mark = f"organisations@{facts.period.before}"
    return [Steps("Stap voor stap", (Step("Eerst", facts.say(mark)), Step("Nu", "veel")))]


@pytest.fixture
def steps(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What an engineer writes who follows the recipe."""
    monkeypatch.setitem(KINDS, "steps", Steps)
    (tmp_path / "report" / "elements").mkdir(parents=True)
    (tmp_path / "report" / "elements" / "steps.html").write_text(TEMPLATE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    gathered = modules.gathered

    def with_steps(slot: str) -> list[Any]:
        rows = list(gathered(slot))
        if slot != "chapters":
            return rows
        return [replace(row, elements=offered) if row.key == "register" else row for row in rows]

    monkeypatch.setattr(drafting.modules, "gathered", with_steps)


@pytest.mark.django_db
def test_a_new_kind_of_element_is_in_every_form_of_a_report(
    steps: None, garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    make.with_a_past()
    edition = make.published()
    readable = freezing.opened(edition)
    mark = f"organisations@{make.last_half().before}"
    register = readable.document.chapters[0]
    assert [element.kind for element in register.elements] == ["figures", "paragraphs", "steps"]
    page = stranger.get(edition.get_absolute_url()).content.decode()
    link = f'<a class="counted" href="{edition.get_absolute_url()}cijfer/{mark}/">1</a>'
    assert '<dl class="steps"><dt>Eerst</dt>' in page and f"<dd>{link}</dd>" in page
    assert '<dl class="steps"><dt>Eerst</dt>' in unescape(folder.standalone(readable))
    data = json.dumps(paper.whole(readable), ensure_ascii=False)
    assert '"w": "Stap voor stap"' in data and '"w": "Eerst"' in data
    assert paper.report_pdf(readable).startswith(b"%PDF-1.7")
    assert mark in [row["mark"] for row in tables.as_json(readable)]
    assert stranger.get(f"{edition.get_absolute_url()}cijfer/{mark}/").status_code == 200
    assert freezing.wrong(edition) == []


def test_the_recipe_names_at_most_three_files() -> None:
    recipe = RECIPE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))[0]
    steps = re.findall(r"^\d\. .*?`(knooppunt/[^`]+)`", recipe, re.MULTILINE)
    assert len(steps) == 3
    for path in steps:
        assert (ROOT / path.replace("PART", "agenda").replace("KIND", "picture")).exists(), path
