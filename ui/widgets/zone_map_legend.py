"""What the colours, edges and signs of the zone map mean, readable without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.widgets.zone_map_ink import Inks
from ui.widgets.zone_map_marks import BARE, ZoneMark, depth_text

_SWATCH = QRectF(0, 0, 22, 16)
_GAP = 16
_SHORT_GAP = 10
_INSIDE = 6
"""What a depth keeps free on both sides together within its own colour."""

_MOST_ROWS = 2
"""Where there is little height and more rows than these, all but the first are folded away behind a key."""

_KEY = 48
_Sign = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class _Key:
    """``short`` is what is written where there is little height; a depth's then stands in its own colour."""

    text: str
    sign: _Sign
    short: str
    depth: Decimal | None = None


class Legend(QWidget):
    """Swatches with their words, in as many rows as the width needs, or in one that unfolds at a tap."""

    def __init__(self, tr: Words, inks: Inks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._short = False
        self.unfold = QPushButton("\u2026", self)
        self.unfold.setProperty("bare", "true")
        self.unfold.setFixedSize(_KEY, _KEY)
        self.unfold.setCheckable(True)
        self.unfold.setAccessibleName(tr("Legend: show all"))
        self.unfold.setToolTip(tr("Legend: show all"))
        self.unfold.toggled.connect(self._fit)
        self.unfold.hide()
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
        """Explain the same in fewer words and less room, where there is little height."""
        if short is not self._short:
            self._short = short
            self._fit()

    def texts(self) -> list[str]:
        """The words of the legend as they are written, in order; those folded away as well."""
        return [key.short if self._short else key.text for key in self._keys]

    def folded(self) -> bool:
        """Whether all but the first row is folded away now."""
        return self._folds(self.width()) and not self.unfold.isChecked()

    def _folds(self, width: int) -> bool:
        return self._short and self._count_rows(width) > _MOST_ROWS

    def _count_rows(self, width: float) -> int:
        return len({at.center().y() for at, _key in self._rows(width)})

    def _fit(self) -> None:
        self.unfold.setVisible(self._folds(self.width()))
        self.unfold.move(self.width() - _KEY, 0)
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_keys(self) -> list[_Key]:
        tr, edges = self._tr, self._inks.edges_mm
        keys = [
            self._depth(edge, tr("to {depth} mm", depth=depth_text(edge)), f"\u2264{depth_text(edge)}")
            for edge in edges
        ]
        over, most = (
            tr("over {depth} mm", depth=depth_text(edges[-1])),
            tr("> {depth} mm", depth=depth_text(edges[-1])),
        )
        keys.append(self._depth(edges[-1] + edges[-1], over, most))
        ghost = self._shape(ZoneMark(ghost_mm=edges[0]))
        keys.append(_Key(tr("(mm) earlier visit, R: grade of its worst reaction"), ghost, tr("earlier")))
        keys.append(_Key(tr("planned"), self._planned, tr("planned")))
        keys.append(_Key(tr("selected"), self._selected, tr("selected")))
        keys.append(_Key(tr("blocked"), self._blocked, tr("blocked")))
        keys.append(_Key(tr("avoid the tattoo"), self._avoid, tr("avoid tattoo")))
        keys.append(_Key(tr("L, R: client's left, right"), self._side, tr("client's left")))
        return keys

    def _depth(self, depth: Decimal, text: str, short: str) -> _Key:
        return _Key(text, self._shape(ZoneMark(deepest_mm=depth)), short, depth)

    def _shape(self, mark: ZoneMark) -> _Sign:
        def paint(painter: QPainter, box: QRectF) -> None:
            path = QPainterPath()
            path.addRoundedRect(box, 4, 4)
            patterns = self._inks.patterns(self.devicePixelRatioF())
            self._inks.zone_shape(painter, path, mark, hovered=False, patterns=patterns)

        return paint

    def _planned(self, painter: QPainter, box: QRectF) -> None:
        self._shape(ZoneMark(planned=True))(painter, box)
        self._inks.plan_ring(painter, box.center(), 4)

    def _selected(self, painter: QPainter, box: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        self._inks.zone_shape(painter, path, BARE, hovered=False, patterns=self._inks.patterns(1.0))
        self._inks.selection(painter, path)
        self._inks.tick(painter, box.center(), 7)

    def _blocked(self, painter: QPainter, box: QRectF) -> None:
        self._shape(ZoneMark(blocked=True))(painter, box)
        self._inks.stop_sign(painter, box.center(), 6)

    def _avoid(self, painter: QPainter, box: QRectF) -> None:
        self._shape(ZoneMark(avoid=self._tr("avoid the tattoo")))(painter, box)
        self._inks.avoid_sign(painter, box.center(), 7)

    def _side(self, painter: QPainter, box: QRectF) -> None:
        colours, font = self._inks.colours, self._font()
        painter.setPen(QPen(colours.edge, 1.0))
        painter.setBrush(colours.surface)
        painter.drawEllipse(box.center(), 9, 9)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._tr("L"))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.84)
        return font

    def _rows(self, width: float) -> Iterator[tuple[QRectF, _Key]]:
        """Each key with the place of its swatch; the words stand beside it, or in it."""
        metrics, height = QFontMetricsF(self._font()), self._row_height()
        swatch = QSizeF(_SWATCH.width(), max(_SWATCH.height(), metrics.height() if self._short else 0.0))
        x = y = 0.0
        for key, text in zip(self._keys, self.texts(), strict=True):
            said = metrics.horizontalAdvance(text)
            inside = self._inside(key)
            wide = said + _INSIDE if inside else swatch.width() + 6 + said
            if x and x + wide > width:
                x, y = 0.0, y + height
            place = QSizeF(wide if inside else swatch.width(), swatch.height())
            yield QRectF(QPointF(x, y + (height - swatch.height()) / 2), place), key
            x += wide + self._gap_after(key)

    def _inside(self, key: _Key) -> bool:
        return self._short and key.depth is not None

    def _gap_after(self, key: _Key) -> float:
        if not self._short:
            return _GAP
        # The depths stand together as one scale.
        return 2.0 if key.depth in self._inks.edges_mm else _SHORT_GAP

    def _row_height(self) -> float:
        return max(_SWATCH.height(), QFontMetricsF(self._font()).height()) + 6

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        folds = self._folds(width)
        rows = self._count_rows(width - _KEY - _SHORT_GAP if folds else width)
        shown = 1 if folds and not self.unfold.isChecked() else rows
        return max(round(shown * self._row_height()), _KEY if folds else 0)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(self._row_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._inks.colours
        folds, folded = self._folds(self.width()), self.folded()
        rows = self._rows(self.width() - _KEY - _SHORT_GAP if folds else self.width())
        # The first row stands in the middle of the key beside it.
        lower = (_KEY - self._row_height()) / 2 if folded else 0.0
        for (place, key), text in zip(rows, self.texts(), strict=True):
            if folded and place.top() >= self._row_height():
                break
            box = place.translated(0, lower)
            key.sign(painter, box.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setFont(self._font())
            if self._inside(key) and key.depth is not None:
                fill = self._inks.fill_of(ZoneMark(deepest_mm=key.depth), hovered=False)
                painter.setPen(colours.text_on(fill))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                continue
            painter.setPen(colours.muted)
            painter.drawText(
                QRectF(box.right() + 6, box.top(), self.width(), box.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine,
                text,
            )
        painter.end()
