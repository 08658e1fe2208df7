"""A disk that goes away or cannot be read: nothing is lost, nothing new is offered in its place, and it is said."""

from __future__ import annotations

from pathlib import Path

from tests.desks import START
from tests.e2e.processes import Child

NOTE = "Kept without a folder"


def test_a_folder_that_goes_away_while_a_visit_is_open_takes_nothing_with_it(clinic: Path) -> None:
    away = clinic.with_name("away")
    with Child("folder_gone", clinic, now=START.isoformat(), away=str(away)) as child:
        gone = child.until(at="gone")
        back = child.until(at="back")
        locked = child.until(at="locked")
        again = child.until(at="again")
        child.finish()
    assert gone["draft"]["aftercare"]["note"] == NOTE
    assert gone["draft"]["revision"] < back["draft"]["revision"]
    assert locked == {"at": "locked", "set_up": False, "made": False}
    assert again["draft"]["aftercare"]["note"] == NOTE


def test_a_fault_that_nobody_waited_for_is_told_as_what_it_is(clinic: Path) -> None:
    with Child("fault_in_a_slot", clinic, now=START.isoformat()) as child:
        said = child.finish()
    assert {"at": "told", "restore": True, "bug": False} in said
    assert {"at": "noted", "bugs": False} in said
