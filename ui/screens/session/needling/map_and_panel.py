"""The map with a panel beside it, or below it where large text leaves too little width for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.screens.session.frames import PageStack
from ui.screens.session.treatment_map import TreatmentMap
from ui.toolkit.theme import SPACE, Theme

WIDTH = 424
ROOMY_WIDTH = 456
ROOMY_FROM = 1000
"""From this width, all in px at text scale 1, the panel beside the map is wider."""
LEGEND_FROM = 660
SAID_WIDTH = 580
SAID_MAP_LEAST = 480
"""While the time-out is said its words need the room more than the drawing does, which keeps at least this."""
PANEL_GROWS = 0.25
PANEL_YIELDS = 32
"""So much narrower it becomes, px at text scale 1, before it goes below the map: no scroll bar must send it there."""


class MapAndPanel(QWidget):
    """Shares the room between the two; ``panel`` holds one part at a time."""

    def __init__(self, theme: Theme, drawn: TreatmentMap, parts: tuple[QWidget, ...], said: QWidget) -> None:
        super().__init__()
        self._said = said
        self._theme = theme
        self._map = drawn
        self.panel = PageStack()
        for part in parts:
            self.panel.addWidget(part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE * 2)
        self._row.addWidget(drawn, 1)
        self._row.addWidget(self.panel)
        theme.changed.connect(self._arrange)
        self._arrange()

    def turn_to(self, part: QWidget) -> None:
        """Show this part in the panel."""
        if self.panel.currentWidget() is not part:
            self.panel.setCurrentWidget(part)
            self._arrange()

    def stacked(self) -> bool:
        """Whether the panel stands below the map."""
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = ROOMY_WIDTH if self.width() >= self._theme.px(ROOMY_FROM) else WIDTH
        # Large text wants a wider panel, but not at the drawing's cost.
        width = round(width * (1 + (self._theme.scale - 1) * PANEL_GROWS))
        least = self._map.least_width()
        if self.panel.currentWidget() is self._said:
            # Never so wide that it would have to stand below the drawing.
            left = self.width() - self._row.spacing() - max(self._theme.px(SAID_MAP_LEAST), least)
            width = max(width, min(self._theme.px(SAID_WIDTH), left))
        # Not as wide as it is with its list: below the panel's place it would open that, and never come back.
        room = self.width() - self._row.spacing() - least
        beside = room >= width - self._theme.px(PANEL_YIELDS)
        self.panel.setFixedWidth(min(width, room) if beside else width)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        # Where there is little height the drawing needs it more than a key to everything on it.
        self._map.legend.set_short(self.height() < self._theme.px(LEGEND_FROM))
