"""Findings: worst first, level in words, one tap to the place, override only where allowed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from needlelog.domain.findings import Level
from needlelog.i18n import Words
from tests.gui.conftest import Show
from ui.toolkit.theme import Theme
from ui.widgets.finding_bar import FindingList, FindingShown

STOP = FindingShown("lot", Level.STOP, "Expired", "Lot 7731", "Label", can_show=True, can_override=True)
NOTE = FindingShown("gap", Level.NOTE, "34 days since the last visit")


@pytest.fixture
def findings(qtbot: QtBot, theme: Theme, words: Words) -> FindingList:
    made = FindingList(theme, words)
    qtbot.addWidget(made)
    made.show_findings([NOTE, STOP])
    return made


def texts(findings: FindingList, key: str) -> list[str]:
    return [label.text() for label in findings.row(key).findChildren(QLabel) if label.text()]


def buttons(findings: FindingList, key: str) -> dict[str, QPushButton]:
    return {made.text(): made for made in findings.row(key).findChildren(QPushButton)}


def test_the_worst_stands_first(findings: FindingList) -> None:
    layout = findings.layout()
    assert layout is not None
    assert layout.itemAt(0).widget() is findings.row("lot")


def test_level_title_detail_and_source_are_read(findings: FindingList) -> None:
    assert texts(findings, "lot") == ["Stop", "Expired", "Lot 7731", "Source: Label"]


def test_buttons_carry_the_key(qtbot: QtBot, findings: FindingList) -> None:
    with qtbot.waitSignal(findings.go_to) as shown:
        qtbot.mouseClick(buttons(findings, "lot")["Show"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(findings.override) as overridden:
        qtbot.mouseClick(buttons(findings, "lot")["Override"], Qt.MouseButton.LeftButton)
    assert shown.args == overridden.args == ["lot"]
    assert buttons(findings, "gap") == {}


def test_an_overridden_finding_says_why_and_cannot_be_overridden_again(findings: FindingList) -> None:
    reason = "Client informed & agrees"
    findings.show_findings([FindingShown("lot", Level.STOP, "Expired", can_override=True, overridden=reason)])
    assert f"Overridden: {reason}" in texts(findings, "lot")
    assert "Override" not in buttons(findings, "lot")


def test_three_buttons_stay_inside_a_narrow_drawer(shown: Show, theme: Theme, words: Words) -> None:
    findings = FindingList(theme, words)
    findings.show_findings([replace(STOP, title="Superficial peel, facial or microdermabrasion", can_read=True)])
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(findings)
    area.resize(430, 500)
    shown(area)
    QApplication.processEvents()
    row = findings.row("lot")
    assert set(buttons(findings, "lot")) == {"Show", "Sources", "Override"}
    assert row.width() <= area.viewport().width()
    for made in buttons(findings, "lot").values():
        assert made.mapTo(row, made.rect().topRight()).x() < row.width()
    read: list[str] = []
    findings.read.connect(read.append)
    buttons(findings, "lot")["Sources"].click()
    assert read == ["lot"]
