"""Rows of a tree whose words go on to a second line where the column is narrow, so that all of them can be read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

AROUND_PX = 12
"""Above and below the words together, what the style puts there included."""

BESIDE_PX = 20
"""Before and behind the words together."""


class WrappedRows(QStyledItemDelegate):
    """Makes each row of ``view`` as high as its words; a row that spans all columns has the width of the view."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        view.setItemDelegate(self)
        view.setWordWrap(True)
        view.setUniformRowHeights(False)
        view.header().sectionResized.connect(self._on_resized)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text:
            font = index.data(Qt.ItemDataRole.FontRole)
            metrics = QFontMetrics(font if isinstance(font, QFont) else option.font)
            box = QRect(0, 0, max(self._width(index) - BESIDE_PX, 1), 1 << 20)
            needed = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, str(text)).height() + AROUND_PX
            hint = QSize(self._width(index), max(hint.height(), needed))
        return hint

    def _width(self, index: QModelIndex | QPersistentModelIndex) -> int:
        if self._view.isFirstColumnSpanned(index.row(), index.parent()):
            return self._view.viewport().width()
        return self._view.columnWidth(index.column())

    def _on_resized(self, *_: int) -> None:
        self._view.scheduleDelayedItemsLayout()
