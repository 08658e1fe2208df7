"""What is kept as given is the very paper that went to the client, whatever happened while it was on its way."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import StepId
from tests.builders import a_full_draft
from tests.gui.answers import ScriptedDialogs
from tests.gui.screens.session.room import Room, named, tap, texts, whole
from ui.screens.session.screen import SessionScreen

if TYPE_CHECKING:
    from needlelog.domain.papers import SheetGiven


class SlowDialogs(ScriptedDialogs):
    """While a dialog stands open, ``meanwhile`` goes on behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] = lambda: None

    def save_path(self, parent: QWidget | None, title: str, suggested: str, filter: str) -> Path | None:
        self.meanwhile()
        return super().save_path(parent, title, suggested, filter)

    def printer(self, parent: QWidget | None, title: str, pages: int) -> Any:
        self.meanwhile()
        return super().printer(parent, title, pages)


@pytest.fixture
def dialogs() -> SlowDialogs:
    """Dialogs behind which the visit goes on."""
    return SlowDialogs()


@pytest.fixture
def screen(room: Room, qtbot: QtBot) -> SessionScreen:
    draft_id = room.start(change=whole)
    flow, _ = room.desk.sessions.resume(draft_id)
    flow.edit(lambda x: x.with_(needling=a_full_draft().needling, step=StepId.AFTERCARE))
    screen = room.open(draft_id)
    ready(screen, qtbot)
    return screen


def ready(screen: SessionScreen, qtbot: QtBot) -> None:
    """Wait until a sheet can be handed over."""
    qtbot.waitUntil(lambda: named(screen, QAbstractButton, "Save as PDF").isEnabled(), timeout=5000)


def noted(screen: SessionScreen, words: str) -> None:
    screen.presenter.edit(lambda x: x.with_(aftercare=x.aftercare.with_(note=words)))


def the_one_given(room: Room, screen: SessionScreen) -> SheetGiven:
    (given,) = room.stored(screen.draft_id).aftercare.given
    return given


def test_the_saved_file_is_kept_though_the_sheet_was_made_anew_meanwhile(
    room: Room, screen: SessionScreen, dialogs: SlowDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    def change() -> None:
        noted(screen, "Call me on Monday.")
        ready(screen, qtbot)

    dialogs.meanwhile = change
    dialogs.will_answer(tmp_path / "sheet.pdf")
    tap(screen, "Save as PDF")
    written = (tmp_path / "sheet.pdf").read_bytes()
    given = the_one_given(room, screen)
    assert room.desk.papers.data(given.document_id) == written
    assert given.sha256 == hashlib.sha256(written).hexdigest()
    assert "What it says has changed since: hand it over again." in texts(screen.page)


def test_the_printed_sheet_is_kept_though_the_sheet_was_made_anew_meanwhile(
    room: Room, screen: SessionScreen, dialogs: SlowDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    def change() -> None:
        noted(screen, "Call me on Monday.")
        ready(screen, qtbot)

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialogs.meanwhile = change
    dialogs.will_answer(printer)
    tap(screen, "Print")
    kept = room.desk.papers.data(the_one_given(room, screen).document_id)
    assert "Call me on Monday" not in page_text(kept)
    dialogs.meanwhile = lambda: None
    tap(screen, "Shown on screen")
    second = room.stored(screen.draft_id).aftercare.given[1]
    assert "Call me on Monday" in page_text(room.desk.papers.data(second.document_id))


def page_text(paper: bytes) -> str:
    """All the words of a paper."""
    import io

    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def test_a_note_left_in_haste_leaves_the_sheet_ready_on_the_way_back(
    room: Room, screen: SessionScreen, qtbot: QtBot
) -> None:
    named(screen, QPlainTextEdit, "A note for this client").setPlainText("Call me on Monday.")
    tap(screen, "Back")
    tap(screen, "Next")
    ready(screen, qtbot)
    tap(screen, "Shown on screen")
    kept = room.desk.papers.data(the_one_given(room, screen).document_id)
    assert "Call me on Monday" in page_text(kept)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("read-only", "NeedleLog may not save the file in"),
        ("gone", "The file could not be saved in"),
        ("full", "There is no room for the file in"),
    ],
)
def test_a_place_that_takes_no_file_is_named_and_nothing_counts_as_given(
    room: Room,
    screen: SessionScreen,
    dialogs: SlowDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    says: str,
) -> None:
    target = tmp_path / where
    if where != "gone":
        target.mkdir()
    number = {"read-only": errno.EROFS, "full": errno.ENOSPC}.get(where)
    if number is not None:

        def refuse(*_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("tempfile.mkstemp", refuse)
    dialogs.will_answer(target / "sheet.pdf")
    tap(screen, "Save as PDF")
    (told,) = dialogs.told
    assert str(told).startswith(says)
    assert "Choose another place" in str(told) or "choose another place" in str(told)
    assert "--data-dir" not in str(told)
    assert room.stored(screen.draft_id).aftercare.given == ()
    assert not target.exists() or not list(target.iterdir())
