"""A print held against the records at the screen: one clear sentence, whatever is typed or chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlelog.services.desk import Desk
from tests.desks import StandingClock
from tests.gui.answers import ScriptedDialogs
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from tests.integration.documents.papers import text_of
from ui.screens.settings.print_check import LINE_MAX, PrintCheck
from ui.toolkit.kit import Kit


@pytest.fixture
def check(kit: Kit, desk: Desk, shown: Show) -> PrintCheck:
    made = PrintCheck(kit, desk)
    shown(made)
    return made


def typed(check: PrintCheck, code: str) -> str:
    check.code.line.setText(code)
    check.check.click()
    assert check.check.isEnabled()
    return check.notice.text()


def test_a_code_tells_its_visit_and_a_file_does(
    check: PrintCheck, desk: Desk, standing: StandingClock, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    visit = treat(desk, standing, add_client(desk, "Łukasz <b>& Søn"), standing.now())
    paper = desk.papers.record(visit).data
    code = text_of(paper).split("under Settings, Records: ")[1].split()[0]
    said = typed(check, f" {code.lower()} ")
    assert said.startswith("It belongs to the visit of C-0001 on 20-Nov-2026, and that record is unchanged")
    assert check.notice.property("surface") == "ok"
    desk.sessions.invalidate(visit.id, "Recorded twice")
    assert "marked as entered in error" in typed(check, code)
    assert check.notice.property("surface") == "hold"
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper)
    dialogs.will_answer(path, None)
    check.choose.click()
    assert "hold its words against a new print" in check.notice.text()
    check.choose.click()
    path.write_bytes(b"torn")
    dialogs.will_answer(path)
    check.choose.click()
    assert check.notice.text() == "paper.pdf is no PDF, or a damaged one. Choose a paper that was saved as PDF."
    assert check.notice.property("surface") == "stop"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "There is no code yet."),
        ("AB", "This is no code of a seal."),
        ("A" * 20, "One of the letters or digits is not right."),
        ("A" * 1_000_000, "This is no code of a seal."),
    ],
)
def test_what_is_no_code_is_said_in_one_sentence(check: PrintCheck, code: str, said: str) -> None:
    assert typed(check, code).startswith(said)
    assert len(check.code.raw_text()) <= LINE_MAX
