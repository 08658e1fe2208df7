"""Looks for words that are cut off and for controls that lie where nobody can reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QWidget,
)

from ui.widgets.elided import ElidedLabel

SLACK = 1
"""px that rounding may take."""


def faults(window: QWidget) -> list[str]:
    """What a person could not read or reach in ``window`` now, one line each."""
    for _ in range(4):
        QApplication.processEvents()
    found = []
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.window() is window and one.width() and one.height():
            found += [f"{_name(one)}: {what}" for what in _cut(one)]
            found += [f"{_name(one)}: {what}" for what in _out_of_reach(one, window)]
            found += [f"{_name(one)}: {what}" for what in _squeezed(one)]
    return found


def _cut(one: QWidget) -> Iterator[str]:
    if isinstance(one, ElidedLabel):
        yield from _cut_elided(one)
    elif isinstance(one, QLabel) and one.text() and one.pixmap().isNull():
        yield from _cut_label(one)
    elif isinstance(one, QPushButton | QToolButton):
        yield from _cut_button(one)
    elif isinstance(one, QTabBar):
        yield from _cut_tabs(one)
    elif isinstance(one, QComboBox):
        room = one.width() - 40 - 2 * 12
        if one.fontMetrics().horizontalAdvance(one.currentText()) > room and not one.toolTip():
            yield f"“{one.currentText()}” has {room} px"
    elif isinstance(one, QLineEdit) and one.fontMetrics().height() > one.contentsRect().height():
        yield f"the line is {one.height()} px high"


def _cut_elided(one: ElidedLabel) -> Iterator[str]:
    if one.is_elided() and one.text() not in (one.toolTip(), one.accessibleName()):
        yield "is shortened and stands nowhere whole"
    if one.fontMetrics().ascent() > one.height():
        yield f"is {one.height()} px high"


def _cut_label(one: QLabel) -> Iterator[str]:
    metrics, room = one.fontMetrics(), one.contentsRect().size()
    if one.wordWrap():
        words = re.split(r"[\s\u200b]|(?<=-)(?!\u2060)", one.text())
        widest = max(metrics.horizontalAdvance(word) for word in words)
        needed = metrics.boundingRect(
            QRect(0, 0, room.width(), 1 << 20), int(Qt.TextFlag.TextWordWrap), one.text()
        ).size()
        needed.setWidth(widest)
    else:
        needed = metrics.size(0, one.text())
    if needed.width() > room.width() + SLACK or needed.height() > room.height() + metrics.descent():
        yield f"needs {_size(needed)}, has {_size(room)}"


def _cut_button(one: QPushButton | QToolButton) -> Iterator[str]:
    if not one.text() or (
        isinstance(one, QToolButton) and one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        if one.icon().isNull() is False and one.iconSize().width() > one.width():
            yield "the icon is cut"
        return
    needed = QFontMetrics(one.font()).size(int(Qt.TextFlag.TextShowMnemonic), one.text())
    if not one.icon().isNull():
        if isinstance(one, QToolButton):
            needed.setHeight(needed.height() + one.iconSize().height())
        else:
            needed.setWidth(needed.width() + one.iconSize().width())
    if needed.width() + 4 > one.width() or needed.height() > one.height() + SLACK:
        yield f"needs {_size(needed)}, has {_size(one.size())}"


def _cut_tabs(one: QTabBar) -> Iterator[str]:
    for place in range(one.count()):
        box, text = one.tabRect(place), one.tabText(place)
        if one.isTabVisible(place) and not one.usesScrollButtons() and not one.rect().contains(box):
            yield f"“{text}” lies outside"
        room = box.width() - 28 - (0 if one.tabIcon(place).isNull() else one.iconSize().width() + 4)
        if one.fontMetrics().horizontalAdvance(text) > room + 8 and text not in one.tabToolTip(place):
            yield f"“{text}” has {room} px"


def _out_of_reach(one: QWidget, window: QWidget) -> Iterator[str]:
    control = isinstance(one, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)
    if not control and not (isinstance(one, QLabel) and one.text()):
        return
    inside = one
    around = one.parentWidget()
    while around is not None and inside is not window:
        box = QRect(one.mapTo(around, QPoint(0, 0)), one.size())
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            if isinstance(area, QScrollArea) and inside.width() > around.width() + SLACK:
                yield f"{inside.width() - around.width()} px to the side of what can be seen"
                return
            return
        if not around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(box):
            yield f"lies at {box.getRect()} in {type(around).__name__} of {_size(around.size())}"
            return
        inside, around = around, around.parentWidget()


def _squeezed(one: QWidget) -> Iterator[str]:
    """Parts lie over one another where a layout has less room than its parts need."""
    layout = one.layout()
    if layout is None or isinstance(one, QScrollArea | QStackedWidget):
        return
    least = layout.minimumSize()
    if least.width() > one.width() + SLACK:
        yield f"holds parts of {least.width()} px in a width of {one.width()}"


def _name(one: QWidget) -> str:
    text = one.text() if isinstance(one, QLabel | QAbstractButton) else ""
    return f"{type(one).__name__} “{(text or one.accessibleName())[:60]}”"


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"
