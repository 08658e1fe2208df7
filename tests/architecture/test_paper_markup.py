"""Text on paper is drawn, never parsed: nothing that reads markup may be reached, and reportlab has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("needlelog/**/*.py"), *ROOT.glob("ui/**/*.py")])
DOORS = {
    f"needlelog/documents/{name}.py" for name in ("fonts", "paper_file", "paths", "pdf_objects", "pictures", "tags")
}
MARKUP = {"Paragraph", "XPreformatted", "ParaFrag", "RLParaParser"}


def imported(tree: ast.AST) -> set[str]:
    """Dotted names of everything a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def called(tree: ast.AST) -> set[str]:
    """The last names of everything a module calls."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {function.id for function in functions if isinstance(function, ast.Name)} | {
        function.attr for function in functions if isinstance(function, ast.Attribute)
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_reportlab_is_reached_through_its_door_and_reads_no_markup(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    reached = {name for name in imported(tree) if name.split(".")[0] == "reportlab"}

    assert not reached or path.relative_to(ROOT).as_posix() in DOORS
    assert not any(name.startswith("reportlab.platypus") for name in reached)
    assert not MARKUP & called(tree)


def test_the_check_sees_a_paragraph() -> None:
    tree = ast.parse("from reportlab.platypus import Paragraph\nParagraph(name)")

    assert "reportlab.platypus" in imported(tree)
    assert "Paragraph" in called(tree)
