"""A scanner that works as a keyboard: types a code into whatever has the focus, and Enter after it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from needlelog.exchange.codes import SEPARATOR


class Stopwatch:
    """Time between keys as a test wants it."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def scan(window: QWidget, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type ``text`` key by key as a scanner does, then let the program act on it."""
    for character in text:
        press(window, character)
    QTest.keyClick(_at(window), end)
    QApplication.processEvents()


def press(window: QWidget, character: str) -> None:
    """One key; the separator of fields is Control and the closing bracket."""
    if character == SEPARATOR:
        QTest.keyClick(_at(window), Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClick(_at(window), character)


def _at(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window
