"""Programs that benches and tests keep as text, to run in a process of their own, import what is
there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("bench/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("bin/*.py")])


def _programs(path: Path) -> Iterator[ast.Module]:
    """The texts in a file that are programs which use this package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and "from knooppunt" in text:
            try:
                yield ast.parse(text)
            except SyntaxError:
                continue


def _imports(path: Path) -> list[tuple[str, str]]:
    return [
        (node.module, name.name)
        for program in _programs(path)
        for node in ast.walk(program)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("knooppunt")
        for name in node.names
        if name.name != "*"
    ]


def _attributes(path: Path) -> list[tuple[str, str]]:
    """What the programs in a file take from modules that they import, as module and attribute."""
    taken = []
    for program in _programs(path):
        modules = {
            name.asname or name.name: f"{node.module}.{name.name}"
            for node in ast.walk(program)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("knooppunt")
            for name in node.names
            if _is_module(f"{node.module}.{name.name}")
        }
        taken += [
            (modules[node.value.id], node.attr)
            for node in ast.walk(program)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in modules
        ]
    return taken


def _is_module(name: str) -> bool:
    try:
        return bool(import_module(name))
    except ModuleNotFoundError:
        return False


def _is_there(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name) or bool(import_module(f"{module}.{name}"))
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("path", [path for path in FILES if _imports(path)], ids=lambda p: p.stem)
def test_what_a_program_in_a_text_imports_is_there(path: Path) -> None:
    used = [*_imports(path), *_attributes(path)]
    assert [pair for pair in used if not _is_there(*pair)] == []


def test_there_are_such_programs() -> None:
    assert {"large", "find", "matching"} <= {path.stem for path in FILES if _imports(path)}
