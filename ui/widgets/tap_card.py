"""A card that is one big button: tapped, or opened by Enter or Space."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.toolkit.theme import RADIUS, Theme

LEAST_HEIGHT = 64


class TapCard(QFrame):
    """Paints its own surface, hover and focus ring; ``body`` holds what it shows."""

    chosen = Signal()

    def __init__(self, theme: Theme, name: str, *, accent: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._accent = accent
        self._over = False
        self._down = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 14, 20, 14)
        self.body.setSpacing(6)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, LEAST_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 3 if self.hasFocus() else 1
        edge = "accent" if self.hasFocus() else "edge" if self._over else "hairline"
        painter.setPen(QPen(self._theme.colour(edge), width))
        painter.setBrush(self._theme.colour("raised" if self._down else "surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        if self._accent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(self._accent))
            left = self.width() - 8 if self.isRightToLeft() else 4
            painter.drawRoundedRect(QRectF(left, 12, 4, self.height() - 24), 2, 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = self._down = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._down = True
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        meant = self._down and self.rect().contains(event.position().toPoint())
        self._down = False
        self.update()
        if meant:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
