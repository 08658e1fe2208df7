"""Recorded facts to read: names and values, and rows under headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.toolkit.discard import clear
from ui.toolkit.labels import label
from ui.toolkit.theme import Theme

Facts = Sequence[tuple[str, str]]


class FactsTable(QWidget):
    """Names on the left, values on the right; values can be selected and copied."""

    def __init__(self, facts: Facts = (), columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self.show_facts(facts)

    def show_facts(self, facts: Facts) -> None:
        """Show these (name, value) pairs."""
        clear(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for place, (name, value) in enumerate(facts):
            line, column = divmod(place, self._columns)
            named = label(name, "body", muted=True)
            shown = label(value, "body", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(named, line, 2 * column, top)
            self._grid.addWidget(shown, line, 2 * column + 1, top)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        for column in range(self._columns):
            self._grid.setColumnStretch(2 * column + 1, 1)


class RowsTable(QTableWidget):
    """Read-only rows under headings, as high as its rows; Enter or a double tap opens a row."""

    row_chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(headings), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumHeight(40)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTabKeyNavigation(False)
        self.activated.connect(lambda index: self.row_chosen.emit(index.row()))
        theme.changed.connect(self._fit)

    def set_widths(self, stretches: Sequence[int]) -> None:
        """0 for a column as wide as its content, anything else for one that shares what is left."""
        for column, stretch in enumerate(stretches):
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(column, mode)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, each with a text for every heading."""
        self.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(line, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        return QSize(super().sizeHint().width(), self.horizontalHeader().sizeHint().height() + rows + 8)

    def _fit(self) -> None:
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(48, self.rowHeight(row)))
        height = self.sizeHint().height()
        if self.height() != height:
            self.setFixedHeight(height)
