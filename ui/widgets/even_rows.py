"""A layout of equal columns: all in one row where they fit, otherwise in as few even rows as it takes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt

from ui.widgets.flow_layout import FlowLayout


class EvenRows(FlowLayout):
    """Every item gets the same width and, in its row, the same height."""

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(width, max((item.minimumSize().height() for item in self._items), default=0))

    def sizeHint(self) -> QSize:
        widest, count = self.minimumSize().width(), len(self._items)
        return QSize(widest * count + self.spacing() * max(0, count - 1), self.minimumSize().height())

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def _columns(self, width: int) -> int:
        count, widest = len(self._items), max(1, self.minimumSize().width())
        most = max(1, min(count, (width + self.spacing()) // (widest + self.spacing())))
        rows = -(-count // most)
        return -(-count // rows)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        if not self._items:
            return 0
        columns, gap = self._columns(rect.width()), self.spacing()
        height = max(item.minimumSize().height() for item in self._items)
        width = (rect.width() - gap * (columns - 1)) / columns
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for place, item in enumerate(self._items):
            row, column = divmod(place, columns)
            column = columns - 1 - column if mirrored else column
            if move:
                left = rect.x() + round(column * (width + gap))
                item.setGeometry(QRect(left, rect.y() + row * (height + gap), round(width), height))
        rows = -(-len(self._items) // columns)
        return rows * height + (rows - 1) * gap
