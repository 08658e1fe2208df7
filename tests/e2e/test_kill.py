"""Saved means saved: the plug is pulled at every step, and what was shown as saved is there again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from needlelog.domain.findings import StepId
from tests.desks import START
from tests.e2e.next_start import opened, stored
from tests.e2e.processes import Child

NOW = START.isoformat()
PASSING = {"revision", "saved_at"}


def holds(shown: Any, found: Any) -> bool:
    """Whether everything that was shown is in what was found, though more may have been added since."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(
            holds(one, found.get(key)) for key, one in shown.items() if key not in PASSING
        )
    if isinstance(shown, list):
        return isinstance(found, list) and all(any(holds(one, other) for other in found) for one in shown)
    return shown is None or bool(shown == found)


def saved_lines(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines said while the screen said "Saved"."""
    return [line for line in told if line.get("mark", "").startswith("Saved ")]


def resumed(clinic: Path, draft_id: str) -> dict[str, Any]:
    """The visit as the next start finds it; that the screen shows the same, the second start of each test has seen."""
    with opened(clinic) as desk:
        draft = stored(desk, UUID(draft_id))
    assert draft is not None
    found: dict[str, Any] = json.loads(draft.model_dump_json())
    return found


@pytest.mark.parametrize("step", list(StepId), ids=lambda step: step.value)
def test_the_plug_is_pulled_in_a_step(clinic: Path, step: StepId) -> None:
    with Child("work_in_step", clinic, now=NOW, step=step.value, round=0) as first:
        first.until(at="waiting")
        first.kill()
    shown = saved_lines(first.told)[-1]["draft"]
    with Child("work_in_step", clinic, now=NOW, step=step.value, round=1) as second:
        found = second.until(at="resumed")["draft"]
        assert found == shown
        assert found["step"] == step.value
        second.until(at="act 1")
        second.kill()
    last = saved_lines(second.told)[-1]["draft"]
    found = resumed(clinic, last["id"])
    if found["revision"] == last["revision"]:
        assert found == last
    assert found["revision"] >= last["revision"]
    assert found["step"] == step.value
    assert holds(last, found)


@pytest.mark.parametrize(
    ("point", "ways"),
    [("page 1", {"set-up"}), ("page 4", {"set-up"}), ("asked", {"set-up", "open"}), ("set up", {"open"})],
    ids=["first page", "last page", "while it is made", "just made"],
)
def test_the_plug_is_pulled_in_set_up(tmp_path: Path, point: str, ways: set[str]) -> None:
    with Child("first_run", tmp_path / "clinic", now=NOW) as first:
        first.until(at=point)
        first.kill()
    with Child("way_in", tmp_path / "clinic", now=NOW) as second:
        assert second.finish()[0]["at"] in ways
