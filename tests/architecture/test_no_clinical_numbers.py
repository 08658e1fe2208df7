"""Clinical figures are data: the rules compare with what they are given and hold no number of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "needlelog"
JUDGING = ("rules", "workflow")
"""The packages that decide; anything with a number in it there would be a rule of our own making."""

UNITS = {"MG_PER_G_PER_PERCENT", "CM2_OF_A_LAYER", "HUNDREDTH_OF_A_GRAM"}
"""Named conversions between units: arithmetic, nothing anyone could disagree with."""


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.UnaryOp):
        return _number(node.operand)
    if isinstance(node, ast.Call) and _calls(node, "Decimal") and node.args:
        inner = node.args[0]
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return float(inner.value)
        return _number(inner)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    return None


def _suspects(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and _calls(node, "timedelta"):
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(node, ast.Call) and _calls(node, "Decimal"):
        return [node]
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return [node]
    return []


def _is_unit(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in UNITS


def clinical_numbers(source: str) -> Iterator[tuple[int, float]]:
    """Line and value of each number that is written as a decimal, compared with, or taken as a span of time."""
    tree = ast.parse(source)
    units = {inner for node in ast.walk(tree) if _is_unit(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        for suspect in _suspects(node) if node not in units else ():
            number = _number(suspect)
            if number is not None and number not in (0, 1):
                yield suspect.lineno, number


@pytest.mark.parametrize("package", JUDGING)
def test_no_rule_holds_a_figure_of_its_own(package: str) -> None:
    files = sorted((CORE / package).rglob("*.py"))
    assert len(files) > 1
    found = [
        f"{path.relative_to(CORE)}:{line}: {number}"
        for path in files
        for line, number in clinical_numbers(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["if age < 18: pass", 'limit = Decimal("1.5")', "limit = 0.25", "end = start + timedelta(hours=72)", "Decimal(-2)"],
)
def test_the_search_would_see_one(line: str) -> None:
    assert list(clinical_numbers(line))


@pytest.mark.parametrize(
    "line", ["if days < 0: pass", "end = timedelta(days=rule.days)", "MG_PER_G_PER_PERCENT = Decimal(10)"]
)
def test_the_search_leaves_arithmetic_alone(line: str) -> None:
    assert not list(clinical_numbers(line))
