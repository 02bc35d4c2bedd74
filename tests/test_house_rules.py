"""The rules of the house that can be counted: sizes, sentences, documents that tell the truth,
declared personal data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from knooppunt.agenda.importing.codes import CODES as AGENDA_CODES
from knooppunt.agenda.importing.columns import FIELDS as AGENDA_FIELDS
from knooppunt.config import env
from knooppunt.core.registry import modules
from knooppunt.core.web.query_params import QueryParams
from knooppunt.directory.importing.codes import CODES
from knooppunt.directory.importing.columns import FIELDS
from tests.pages import patterns

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for path in (ROOT / "knooppunt").rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "knooppunt").rglob("*.html"))
UNBREAKABLE = re.compile(
    r"<textarea.*?</textarea>|.*</textarea>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|\"[^\"]*\"|'[^']*'"
)
NO_ROOM_YET = {"utils", "helpers", "common", "manager", "misc"}
PERSONAL = re.compile(
    r"mail|phone|address_hash|^person|reply|contact|birth|^user$|actor|started_by|kept|imported"
)


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n
        for path in SOURCES
        if (n := len(path.read_text().splitlines())) > 500
    }
    assert long == {}


def test_no_function_is_longer_than_fifty_lines_and_no_view_than_forty() -> None:
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                limit = 40 if "views" in path.as_posix() else 50
                if (node.end_lineno or 0) - node.lineno + 1 > limit:
                    long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert long == []


def test_no_template_is_longer_than_a_hundred_and_fifty_lines() -> None:
    assert [path.name for path in TEMPLATES if len(path.read_text().splitlines()) > 150] == []


def test_no_line_of_a_template_is_longer_than_a_hundred_signs() -> None:
    """A line may be longer where no whitespace stands at which it could be broken."""
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 100 and re.search(r"\s", UNBREAKABLE.sub("x", line.strip()))
    ]
    assert long == []


def test_no_number_of_a_record_is_written_with_a_point_in_it() -> None:
    """``{{ row.pk }}`` is 2.384 from the thousandth record on, which no address and form knows."""
    grouped = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\{\{ [\w.]*(\.pk|start_index) \}\}", line)
    ]
    assert grouped == []


def test_every_file_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_public_function_says_what_it_does() -> None:
    silent = []
    for path in SOURCES:
        if "tests" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, (ast.FunctionDef, ast.ClassDef))
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_nothing_is_called_by_a_name_without_meaning() -> None:
    assert [path.name for path in SOURCES if path.stem in NO_ROOM_YET] == []


def test_nothing_gets_around_the_contracts_between_the_parts() -> None:
    assert [str(path) for path in SOURCES if "if TYPE_CHECKING" in path.read_text()] == []


def test_every_file_of_every_part_has_a_room() -> None:
    contracts = (ROOT / ".importlinter").read_text()
    # A file that has no room is refused by the contract itself.
    whole = re.findall(r"^containers = knooppunt\.([\w.]+)\nexhaustive = True$", contracts, re.M)
    assert set(whole) >= {module.name for module in modules.every()}


def test_no_sentence_to_translate_hides_in_an_f_string() -> None:
    """What gathers the sentences does not look there, so such a sentence stays Dutch."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "gettext", "gettext_lazy", "ngettext")
    ]
    assert hidden == []


def test_a_test_accepts_one_status_and_not_several() -> None:
    # A page below a record that was struck may be gone, and what is read there is compared.
    exempt = {"test_mistakes_everywhere.py"}
    tests = [*(path for path in SOURCES if "tests" in path.parts), *(ROOT / "tests").rglob("*.py")]
    loose = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in tests
        if path.name not in exempt
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assert) and _accepts_several(node.test)
    ]
    assert loose == []


def _accepts_several(test: ast.expr) -> bool:
    """True for ``status_code in (...)``, ``status_code != ...`` and ``status_code < ...``."""
    return any(
        isinstance(part, ast.Compare)
        and isinstance(part.left, ast.Attribute)
        and part.left.attr == "status_code"
        and isinstance(part.ops[0], (ast.In, ast.NotEq, ast.Lt, ast.LtE, ast.NotIn))
        for part in ast.walk(test)
    )


def test_no_signals_carry_meaning() -> None:
    assert [str(path) for path in SOURCES if "@receiver" in path.read_text()] == []


def test_the_code_says_nothing_about_the_example() -> None:
    mentions = [
        str(path)
        for path in SOURCES
        if "tests" not in path.parts
        and re.search("delfshaven|rotterdam|middelland", path.read_text(), re.I)
    ]
    assert [path for path in mentions if not path.endswith("config/settings.py")] == []


def test_the_settings_page_tells_every_setting() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == env.as_markdown()


def test_every_module_is_documented() -> None:
    page = (ROOT / "docs" / "house.md").read_text()
    assert [module.name for module in modules.every() if f"`{module.name}`" not in page] == []


def test_every_code_and_field_of_an_import_of_activities_is_documented() -> None:
    page = (ROOT / "docs" / "agenda.md").read_text()
    told = set(re.findall(r"^\| `(\w+)` \|", page, flags=re.M))
    assert sorted((set(AGENDA_CODES) | set(AGENDA_FIELDS)) - told) == []


def test_every_dependency_is_accounted_for() -> None:
    wanted = {
        line.split("[")[0].split(">")[0].strip()
        for line in (ROOT / "requirements.in").read_text().splitlines()
        + (ROOT / "requirements-dev.in").read_text().splitlines()
        if line and not line.startswith(("-", "#"))
    }
    page = (ROOT / "docs" / "dependencies.md").read_text()
    assert [name for name in wanted if f"| {name} |" not in page] == []


def test_the_lock_files_name_no_host_and_pin_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "http" not in text and "--index" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_every_import_code_and_column_is_documented() -> None:
    page = (ROOT / "docs" / "import.md").read_text()
    assert [code for code in CODES if f"| `{code}` |" not in page] == []
    assert [field for field in FIELDS if f"| `{field}` |" not in page] == []


def test_every_personal_field_is_declared_with_purpose_retention_and_eraser() -> None:
    declared = {(item.model.lower(), item.field) for item in modules.gathered("personal")}
    missing = []
    for model in apps.get_models():
        if not model.__module__.startswith("knooppunt"):
            continue
        for field in model._meta.local_fields:
            looks_personal = PERSONAL.search(field.name) or isinstance(field, models.EmailField)
            if looks_personal and (model._meta.label_lower, field.name) not in declared:
                missing.append(f"{model._meta.label}.{field.name}")
    assert sorted(missing) == []


@pytest.mark.parametrize("item", list(modules.gathered("personal")), ids=str)
def test_a_declared_personal_field_exists(item: modules.PersonalData) -> None:
    assert apps.get_model(item.model)._meta.get_field(item.field)
    assert item.purpose and item.retention and item.eraser


def test_every_parameter_that_the_code_reads_is_declared_by_a_page() -> None:
    declared = {name for params in _declared_params() for name in params.names}
    read = {
        name: path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if "tests" not in path.parts
        for name in _read_params(path)
    }
    # Declare it with @query_params on the view (core/web/query_params.py), or it is dropped before
    # the view reads it.
    assert {name: path for name, path in read.items() if name not in declared} == {}


def _declared_params() -> Iterator[QueryParams]:
    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[QueryParams]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield getattr(pattern.callback, "query_params", QueryParams())

    return walk(get_resolver().url_patterns)


def _read_params(path: Path) -> Iterator[str]:
    """The names that a file asks of ``request.GET``, or of a variable that stands for it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    aliases = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_query(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        key: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            is_get = node.func.attr in ("get", "getlist")
            key = node.args[0] if is_get and _is_query(node.func.value, aliases) else None
        elif isinstance(node, ast.Subscript) and _is_query(node.value, aliases):
            key = node.slice
        elif isinstance(node, ast.Compare) and _is_query(node.comparators[0], aliases):
            key = node.left
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def _is_query(node: ast.AST, aliases: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in aliases
    return isinstance(node, ast.Attribute) and node.attr == "GET"


def test_every_address_that_a_template_names_is_there() -> None:
    known = {name for name, _route, _pattern in patterns()}
    named = {
        (name, str(path))
        for path in ROOT.glob("knooppunt/**/templates/**/*.html")
        for name in re.findall(r"\{% url '(\w+:\w+)'", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert sorted((name, path) for name, path in named if name not in known) == []
