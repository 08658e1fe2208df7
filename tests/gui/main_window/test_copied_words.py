"""What was copied here does not stay in the clipboard behind the lock; what was copied elsewhere does."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from tests.gui.main_window.open_clinic import Clinic

NAME = "Żaneta Qwzyxvundel"


@pytest.mark.parametrize("ours", [True, False])
def test_only_what_was_copied_here_is_forgotten_at_the_lock(
    clinic: Clinic, ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText(NAME)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: ours)
    assert clinic.frame.window.lock()
    assert clipboard.text() == ("" if ours else NAME)
    clipboard.clear()
