"""Habits that hold everywhere, read from the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = sorted([ROOT / "main.py", *(ROOT / "needlelog").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc"}
MOST_LINES = 500
DIALOG_DOOR = ROOT / "ui" / "toolkit" / "dialogs.py"
LABEL_DOOR = ROOT / "ui" / "toolkit" / "labels.py"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", PROGRAM, ids=_name)
def test_module_says_what_belongs_in_it_and_holds_one_idea(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a module opens with a docstring"
    assert path.stem not in VAGUE_NAMES
    assert "migrations" in path.parts or len(source.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", PROGRAM, ids=_name)
def test_public_classes_and_functions_have_docstrings(path: Path) -> None:
    if "migrations" in path.parts:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("path", PROGRAM, ids=_name)
def test_no_network_no_pickle_no_second_door_to_dialogs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = set(_imports(tree))
    forbidden = {"pickle", "shelve", "urllib.request", "http.client", "ftplib", "smtplib", "PySide6.QtNetwork"}
    assert imported.isdisjoint(forbidden)
    if path != DIALOG_DOOR:
        boxes = {"PySide6.QtWidgets.QMessageBox", "PySide6.QtWidgets.QFileDialog", "PySide6.QtWidgets.QInputDialog"}
        assert imported.isdisjoint(boxes)


@pytest.mark.parametrize("path", PROGRAM, ids=_name)
def test_words_on_the_screen_are_made_by_the_one_plain_label(path: Path) -> None:
    """What shows before the filter for all labels is there must be plain by itself."""
    if path == LABEL_DOOR:
        return
    made = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert [node.lineno for node in made if ast.unparse(node.func) == "QLabel" and node.args] == []


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_tests_neither_sleep_nor_skip_nor_wait(path: Path) -> None:
    calls = set(_calls(ast.parse(path.read_text(encoding="utf-8"))))
    assert calls.isdisjoint({"time.sleep", "sleep", "qtbot.wait", "pytest.skip", "pytest.mark.skip", "pytest.xfail"})


def test_the_core_loads_without_qt_and_without_touching_the_disk(tmp_path: Path) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in PROGRAM
        if path.parts[len(ROOT.parts)] == "needlelog" and "migrations" not in path.parts
    ]
    code = (
        "import builtins, importlib, os, sys\n"
        "real = os.open\n"
        "def watched(path, flags, *rest, **options):\n"
        "    assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), path\n"
        "    return real(path, flags, *rest, **options)\n"
        "sys.dont_write_bytecode = True\n"
        "os.open = watched\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "assert not [name for name in sys.modules if name.startswith('PySide6')]\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_void_calls_into_qt_keep_the_references_to_none() -> None:
    """PySide6 6.12.0 loses one reference to None with each void call under Python 3.11, and so ends the program."""
    from PySide6.QtCore import QObject

    target = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        target.setObjectName("x")
    assert sys.getrefcount(None) > before - 500


def test_nothing_in_the_project_names_a_machine_or_a_registry() -> None:
    words = re.compile(r"/wor[k]/|/roo[t]/|p[y]pi\.org|pytho[n]hosted|n[p]mjs")
    texts = [path for path in (*PROGRAM, *TESTS, ROOT / "README.md", ROOT / "pyproject.toml") if path.is_file()]
    assert [_name(path) for path in texts if words.search(path.read_text(encoding="utf-8"))] == []
