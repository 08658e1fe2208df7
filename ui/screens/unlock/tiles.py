"""Practitioners as tiles to tap: initials and name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from needlelog.vault.key_file import KeyHolder
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.brand import Initials

_HEIGHT = 64
_DISC = 44


class PractitionerTile(QPushButton):
    """One practitioner; checked while it is they who unlock."""

    def __init__(self, theme: Theme, holder: KeyHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.holder = holder
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(holder.name)
        self.setToolTip(holder.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE + 4, SPACE, SPACE + 4, SPACE)
        row.setSpacing(SPACE + 4)
        self._disc = Initials(theme, holder.name, _DISC)
        self._name = label(holder.name, "strong")
        # The layout must not ask for the whole of a long name: what does not fit is cut, the tooltip has it.
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._disc)
        row.addWidget(self._name, 1)
        for part in (self._disc, self._name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._height = max(_HEIGHT, round(_HEIGHT * theme.scale * 0.75))

    def sizeHint(self) -> QSize:
        return QSize(4 * self._height, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._height, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _DISC - 5 * SPACE
        metrics = QFontMetrics(self._name.font())
        self._name.setText(metrics.elidedText(self.holder.name, Qt.TextElideMode.ElideRight, room))


def chosen(tiles: list[PractitionerTile]) -> KeyHolder | None:
    """Whose tile is checked."""
    return next((tile.holder for tile in tiles if tile.isChecked()), None)
