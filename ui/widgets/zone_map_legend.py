"""What the colours, edges and signs of the zone map mean, readable without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import BARE, ZoneMark, depth_text

_SWATCH = QRectF(0, 0, 22, 16)
_GAP = 16
_Sign = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class _Key:
    text: str
    sign: _Sign


class Legend(QWidget):
    """Swatches with their words, in as many rows as the width needs."""

    def __init__(self, tr: Words, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._short = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_inks(inks)

    def set_inks(self, inks: Inks) -> None:
        """Explain these colours."""
        self._inks = inks
        self._keys = self._make_keys()
        self.setAccessibleName(self._tr("Legend"))
        self.setAccessibleDescription("; ".join(key.text for key in self._keys))
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Explain the depths, and what else finds room in their rows, where there is little height."""
        if short is not self._short:
            self._short = short
            self.set_inks(self._inks)

    def texts(self) -> list[str]:
        """The words of the legend, in order."""
        return [key.text for key in self._keys]

    def _make_keys(self) -> list[_Key]:
        tr, edges = self._tr, self._inks.edges_mm
        if self._short:
            return self._short_keys()
        keys = [
            _Key(tr("to {depth} mm", depth=depth_text(edge)), self._shape(ZoneMark(deepest_mm=edge))) for edge in edges
        ]
        deepest = ZoneMark(deepest_mm=edges[-1] + edges[-1])
        keys.append(_Key(tr("over {depth} mm", depth=depth_text(edges[-1])), self._shape(deepest)))
        ghost = self._shape(ZoneMark(ghost_mm=edges[0]))
        keys.append(_Key(tr("(mm) earlier visit, R: grade of its worst reaction"), ghost))
        keys.append(_Key(tr("planned"), self._planned))
        keys.append(_Key(tr("selected"), self._selected))
        keys.append(_Key(tr("blocked"), self._blocked))
        keys.append(_Key(tr("L, R: client's left, right"), self._nothing))
        return keys

    def _short_keys(self) -> list[_Key]:
        tr, edges = self._tr, self._inks.edges_mm
        keys = [_Key(f"\u2264 {depth_text(edge)}", self._shape(ZoneMark(deepest_mm=edge))) for edge in edges]
        over = tr("> {depth} mm", depth=depth_text(edges[-1]))
        keys.append(_Key(over, self._shape(ZoneMark(deepest_mm=edges[-1] + edges[-1]))))
        keys.append(_Key(tr("(mm) earlier"), self._shape(ZoneMark(ghost_mm=edges[0]))))
        keys.append(_Key(tr("planned"), self._planned))
        return keys

    def _shape(self, mark: ZoneMark) -> _Sign:
        def paint(painter: QPainter, box: QRectF) -> None:
            path = QPainterPath()
            path.addRoundedRect(box, 4, 4)
            hatch = self._inks.hatch(self.devicePixelRatioF())
            self._inks.zone_shape(painter, path, mark, hovered=False, hatch=hatch)

        return paint

    def _planned(self, painter: QPainter, box: QRectF) -> None:
        self._shape(ZoneMark(planned=True))(painter, box)
        self._inks.plan_ring(painter, box.center(), 4)

    def _selected(self, painter: QPainter, box: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        self._inks.zone_shape(painter, path, BARE, hovered=False, hatch=self._inks.hatch(1.0))
        self._inks.selection(painter, path)
        self._inks.tick(painter, box.center(), 7)

    def _blocked(self, painter: QPainter, box: QRectF) -> None:
        self._shape(ZoneMark(blocked=True))(painter, box)
        self._inks.stop_sign(painter, box.center(), 6)

    def _nothing(self, painter: QPainter, box: QRectF) -> None:
        colours = self._inks.colours
        painter.setPen(QPen(colours.edge, 1.0))
        painter.setBrush(colours.surface)
        painter.drawEllipse(box.center(), 8, 8)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.84)
        return font

    def _rows(self, width: float) -> Iterator[tuple[QPointF, _Key]]:
        metrics = QFontMetricsF(self._font())
        height = self._row_height()
        x = y = 0.0
        for place, key in enumerate(self._keys):
            wide = _SWATCH.width() + 6 + metrics.horizontalAdvance(key.text)
            if self._short and x + wide > width and place > len(self._inks.edges_mm):
                return  # of the depths none may be missing
            if x and x + wide > width:
                x, y = 0.0, y + height
            yield QPointF(x, y), key
            x += wide + _GAP

    def _row_height(self) -> float:
        return max(_SWATCH.height(), QFontMetricsF(self._font()).height()) + 6

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        last = max((at.y() for at, _key in self._rows(width)), default=0.0)
        return round(last + self._row_height())

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(self._row_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._row_height()
        for at, key in self._rows(self.width()):
            top = at.y() + (height - _SWATCH.height()) / 2
            key.sign(painter, _SWATCH.translated(at.x(), top).adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setFont(self._font())
            painter.setPen(self._inks.colours.muted)
            painter.drawText(
                QRectF(at.x() + _SWATCH.width() + 6, at.y(), self.width(), height),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                key.text,
            )
        painter.end()
