"""A full disk: the mark says so, what was typed stays, and is saved by itself as soon as there is room."""

from __future__ import annotations

from pathlib import Path

from needlelog.domain.findings import StepId
from tests.desks import START
from tests.e2e.processes import Child


def test_nothing_typed_on_a_full_disk_is_lost(clinic: Path) -> None:
    with Child("full_disk", clinic, now=START.isoformat(), file_bytes=1 << 40) as child:
        full = child.until(at="full")
        assert full["draft"]["aftercare"]["note"] == "Kept through a full disk"
        again = child.until(at="room again")
        child.until(at="waiting")
        child.kill()
    with Child("look_at_step", clinic, now=START.isoformat(), step=StepId.AFTERCARE.value) as after:
        found = next(line for line in after.finish() if line["at"] == "resumed")["draft"]
    assert found == again["draft"]
    assert found["aftercare"]["note"] == "Kept through a full disk"
