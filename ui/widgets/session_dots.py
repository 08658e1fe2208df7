"""The sessions of a series as dots: done, next and planned, told apart by shape and number, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.toolkit.theme import Theme

GAP = 10


class SessionDots(QWidget):
    """Done is a full dot with a tick, next a thick ring with its number, planned a thin one."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._done = self._sessions = 0
        self._next = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def show_sessions(self, done: int, sessions: int, *, running: bool) -> None:
        """Show ``done`` of ``sessions``; the one after them is next while the series runs."""
        self._done, self._sessions = done, max(sessions, done)
        self._next = running and done < sessions
        said = self._words("{done} of {sessions} sessions done", done=done, sessions=sessions)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self._fit()

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        return max(28, QFontMetrics(self._theme.font(12, bold=True)).height() + 10)

    def _per_line(self, width: int) -> int:
        return max(1, (width + GAP) // (self._side() + GAP))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-max(1, self._sessions) // self._per_line(width))
        return lines * (self._side() + GAP) - GAP

    def sizeHint(self) -> QSize:
        return QSize(self._sessions * (self._side() + GAP) - GAP, self._side())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12, bold=True))
        side, per_line = self._side(), self._per_line(self.width())
        for place in range(self._sessions):
            line, column = divmod(place, per_line)
            left = column * (side + GAP)
            if self.isRightToLeft():
                left = self.width() - side - left
            self._paint_dot(painter, QRectF(left, line * (side + GAP), side, side), place)

    def _paint_dot(self, painter: QPainter, box: QRectF, place: int) -> None:
        theme = self._theme
        if place < self._done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(box)
            painter.setPen(QPen(theme.colour("surface"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            at, wide = box.topLeft(), box.width()
            tick = [
                QPointF(at.x() + wide * x, at.y() + wide * y) for x, y in ((0.28, 0.52), (0.44, 0.68), (0.73, 0.35))
            ]
            painter.drawPolyline(QPolygonF(tick))
            return
        is_next = self._next and place == self._done
        wide = 2.6 if is_next else 1.2
        painter.setPen(QPen(theme.colour("accent" if is_next else "edge"), wide))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2))
        painter.setPen(theme.colour("ink" if is_next else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(place + 1))
