"""How one row of the zone list is painted: swatch, name, marks, tick; text is always plain."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from needlelog.i18n import Words
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import BARE, ZoneMark, mark_in_words, mix

ROW_ROLE = Qt.ItemDataRole.UserRole
_LEAST_ROW = 48


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One row: the zone, what it is called, its mark, whether it is selected, and its view if that is another."""

    zone: str
    name: str
    mark: ZoneMark = BARE
    selected: bool = False
    elsewhere: str = ""


class RowPainter(QStyledItemDelegate):
    """Paints the ``ZoneRow`` that an item carries under ``ROW_ROLE``."""

    def __init__(self, tr: Words, inks: Inks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tr = tr
        self.inks = inks

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: ZoneRow = index.data(ROW_ROLE)
        lines = QFontMetricsF(option.font).height()
        if self._second_line(row):
            lines += QFontMetricsF(_smaller(option.font)).height() + 2
        return QSize(120, max(_LEAST_ROW, round(lines) + 14))

    def _second_line(self, row: ZoneRow) -> str:
        return " \u00b7 ".join(
            [*([row.elsewhere] if row.elsewhere else []), *mark_in_words(self._tr, row.mark, short=True)]
        )

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: ZoneRow = index.data(ROW_ROLE)
        colours = self.inks.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = mix(colours.surface, colours.accent, 0.14 if row.selected else 0.07 if hovered else 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 8, 8)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.ink, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)
        swatch = QRectF(box.left() + 10, box.center().y() - 9, 18, 18)
        self._paint_swatch(painter, swatch, row)
        left = swatch.right() + 10
        self._paint_lines(painter, QRectF(left, box.top(), box.right() - 8 - left, box.height()), option.font, row)
        painter.restore()

    def _paint_swatch(self, painter: QPainter, swatch: QRectF, row: ZoneRow) -> None:
        painter.setPen(QPen(self.inks.colours.edge, 1.0))
        painter.setBrush(self.inks.fill_of(row.mark, hovered=False))
        painter.drawRoundedRect(swatch, 4, 4)
        if row.mark.blocked:
            self.inks.stop_sign(painter, swatch.center(), 7)
        elif row.mark.avoid:
            self.inks.avoid_sign(painter, swatch.center(), 7)
        elif row.mark.planned and not row.mark.passes:
            self.inks.plan_ring(painter, swatch.center(), 4)

    def _paint_lines(self, painter: QPainter, box: QRectF, font: QFont, row: ZoneRow) -> None:
        colours = self.inks.colours
        loud = QFont(font)
        loud.setWeight(QFont.Weight.DemiBold if row.selected else QFont.Weight.Normal)
        small = _smaller(font)
        second = self._second_line(row)
        heights = [QFontMetricsF(loud).height(), QFontMetricsF(small).height() if second else 0.0]
        top = box.center().y() - sum(heights) / 2
        room = box.width() - (26 if row.selected else 0)
        if row.selected:
            self.inks.tick(painter, QPointF(box.right() - 9, top + heights[0] / 2), 9)
        for text, own, colour, height, width in (
            (row.name, loud, colours.ink, heights[0], room),
            (second, small, colours.stop if row.mark.blocked else colours.muted, heights[1], box.width()),
        ):
            painter.setFont(own)
            painter.setPen(colour)
            shown = QFontMetricsF(own).elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(
                QRectF(box.left(), top, width, height),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine,
                shown,
            )
            top += height


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.85)
    return small
