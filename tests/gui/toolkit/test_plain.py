"""Client's words are text, never markup and never shortcuts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.toolkit.plain import caption, tooltip
from ui.toolkit.theme import Theme

HOSTILE = ["<b>Ana</b>", '<img src="/etc/passwd">', "Tom & Ana", "&Save", "<a href='x'>y</a>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_label_shows_markup_literally(qtbot: QtBot, theme: Theme, text: str) -> None:
    label = QLabel(text)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("text", HOSTILE)
def test_a_button_shows_its_ampersands_and_makes_no_shortcut(qtbot: QtBot, theme: Theme, text: str) -> None:
    button = QPushButton(caption(text))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.text().replace("&&", "&") == text


def test_a_tooltip_is_no_markup() -> None:
    assert "<img" not in tooltip('<img src="/etc/passwd">')
    assert tooltip("Ana Nowak") == "Ana Nowak"
