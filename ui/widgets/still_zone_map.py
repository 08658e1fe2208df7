"""One view of the zone map to look at, not to tap: what one visit did, small enough for a card."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge, View
from needlelog.paths import resources
from ui.toolkit.theme import Theme
from ui.widgets.zone_map import view_names
from ui.widgets.zone_map_drawing import read_drawing
from ui.widgets.zone_map_dress import map_colours, ramp_edges_mm
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_lens import Lens
from ui.widgets.zone_map_marks import ZoneMark
from ui.widgets.zone_map_picture import ZonePicture

TEXT_PT = 10
"""The depths in a picture; the same stands in words of full size beside it."""


class StillZoneMap(QWidget):
    """Zones painted by their deepest pass; its accessible description says them in words."""

    def __init__(self, theme: Theme, tr: Words, knowledge: Knowledge, view: View, height: int) -> None:
        """``height`` in pixels at ordinary text; raises ``Fault(RESOURCE_MISSING)`` where there is no drawing."""
        super().__init__()
        self._numbers: Mapping[str, int] | None = None
        self._theme = theme
        self._tr = tr
        self._knowledge = knowledge
        self._height = height
        self._picture = ZonePicture(tr, self._inks())
        self._picture.drawing = read_drawing(resources() / "maps" / f"{view.value}.svg")
        box = self._picture.drawing.view_box
        self._wide = box.width() / box.height()
        self.setAccessibleName(tr("Zones treated, {view}", view=view_names(tr)[view.value]))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # A card that holds it is tapped as a whole.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._dress)

    def show_marks(self, marks: Mapping[str, ZoneMark], numbers: Mapping[str, int] | None = None) -> None:
        """Paint these zones, with their ``numbers`` or else their depths; the others are bare."""
        self._numbers = numbers
        drawn = self._picture.drawing.zones if self._picture.drawing else {}
        self._picture.marks = {zone: mark for zone, mark in marks.items() if zone in drawn}
        zones = self._knowledge.zones
        said = (
            f"{self._number(zone)}{self._tr(zones[zone].name)} {mark.deepest_mm} mm"
            for zone, mark in self._picture.marks.items()
            if zone in zones and mark.deepest_mm is not None
        )
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def _number(self, zone: str) -> str:
        return f"{self._numbers[zone]}  " if self._numbers and zone in self._numbers else ""

    def sizeHint(self) -> QSize:
        height = self._theme.px(self._height)
        return QSize(round(height * self._wide), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.place(Lens(), self.size(), self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._picture.paint(painter, self._font(), plates=False, numbers=self._numbers)

    def _font(self) -> QFont:
        return self._theme.font(TEXT_PT)

    def _inks(self) -> Inks:
        return Inks(map_colours(self._theme.tokens), ramp_edges_mm(self._theme.tokens, self._knowledge))

    def _dress(self) -> None:
        self._picture.inks = self._inks()
        self._picture.forget()
        self.updateGeometry()
        self.update()
