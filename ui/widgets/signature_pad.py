"""A signature as strokes: drawn by pen, finger or mouse, kept as points and times, sharp at any size."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.theme import Theme

Point = tuple[float, float, int]
"""x and y from 0 to 1 of the field's width and height, and milliseconds since the first touch."""
Stroke = tuple[Point, ...]

LEAST_PATH = 0.15
"""A signature's ink, all strokes together, is at least this share of the field's width."""


class SignatureCanvas(QWidget):
    """The field that is written on."""

    changed = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._strokes: list[Stroke] = []
        self._drawing: list[Point] = []
        self._aspect = 0.0
        self._clock = QElapsedTimer()
        self._start_ms = 0
        self.read_only = False
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 140)
        self.setAccessibleName(words("Signature field"))
        theme.changed.connect(self.update)

    def strokes(self) -> tuple[Stroke, ...]:
        """All strokes in order."""
        return tuple(self._strokes)

    def aspect_ratio(self) -> float:
        """Width by height of the field the strokes were drawn in; 0 when there are none."""
        return self._aspect if self._strokes else 0.0

    def set_strokes(self, strokes: tuple[Stroke, ...], aspect_ratio: float) -> None:
        """Show strokes drawn in a field of this shape."""
        self._strokes = list(strokes)
        self._drawing = []
        self._aspect = aspect_ratio
        self._start_ms = max((stroke[-1][2] for stroke in strokes if stroke), default=0)
        self._clock.invalidate()
        self.update()

    def is_blank(self) -> bool:
        """True without ink, and for a dot or a slip of the hand."""
        height = 1 / self._aspect if self._aspect else 1.0
        path = sum(hypot(b[0] - a[0], (b[1] - a[1]) * height) for stroke in self._strokes for a, b in pairwise(stroke))
        return path < LEAST_PATH

    def sizeHint(self) -> QSize:
        return QSize(560, 200)

    # writing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.read_only:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._extend(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._drawing:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        if self.read_only:
            event.ignore()
            return
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove and self._drawing:
            self._extend(event.position())
        elif event.type() == QEvent.Type.TabletRelease and self._drawing:
            self._end()
        event.accept()

    def _begin(self, at: QPointF) -> None:
        if not self._strokes:
            self._aspect = self.width() / max(1, self.height())
            self._start_ms = 0
            self._clock.start()
        elif not self._clock.isValid():
            self._clock.start()
        self._drawing = [self._point(at)]
        self.update()

    def _extend(self, at: QPointF) -> None:
        self._drawing.append(self._point(at))
        self.update()

    def _end(self) -> None:
        self._strokes.append(tuple(self._drawing))
        self._drawing = []
        self.update()
        self.changed.emit()

    def _point(self, at: QPointF) -> Point:
        box = self._box()
        x = min(max((at.x() - box.x()) / box.width(), 0.0), 1.0)
        y = min(max((at.y() - box.y()) / box.height(), 0.0), 1.0)
        return round(x, 5), round(y, 5), self._start_ms + int(self._clock.elapsed())

    def _box(self) -> QRectF:
        """Where the field in which the strokes were drawn lies now: as large as fits, in its own shape."""
        width, height = float(max(1, self.width())), float(max(1, self.height()))
        if not self._aspect:
            return QRectF(0, 0, width, height)
        wide = min(width, height * self._aspect)
        tall = wide / self._aspect
        return QRectF((width - wide) / 2, (height - tall) / 2, wide, tall)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.setBrush(self._theme.colour("raised" if self.read_only else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        line = box.bottom() - box.height() * 0.24
        painter.setPen(QPen(self._theme.colour("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.x() + 24, line), QPointF(box.right() - 24, line))
        if not self._strokes and not self._drawing and not self.read_only:
            painter.setPen(self._theme.colour("muted"))
            painter.setFont(self._theme.font(12))
            below = QRectF(box.x() + 24, line + 4, box.width() - 48, box.bottom() - line - 8)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
            painter.drawText(below, flags, self._words("Sign here"))
        self._paint_ink(painter)

    def _paint_ink(self, painter: QPainter) -> None:
        box = self._box()
        width = max(1.6, box.height() / 80)
        pen = QPen(self._theme.colour("ink"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in (*self._strokes, tuple(self._drawing)):
            if stroke:
                painter.drawPath(_smooth(stroke, box))


def _smooth(stroke: Stroke, box: QRectF) -> QPainterPath:
    """The stroke as a curve through the middles of its pieces, so that sparse points make no corners."""
    points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y, _ in stroke]
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0))
    for a, b in pairwise(points[1:]):
        path.quadTo(a, (a + b) / 2)
    path.lineTo(points[-1])
    return path


class SignaturePad(QWidget):
    """The field with its buttons: clear (can be undone), and signing by name for whoever cannot draw."""

    changed = Signal()
    typed_signature_requested = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cleared: tuple[tuple[Stroke, ...], float] | None = None
        self.canvas = SignatureCanvas(theme, words)
        self.canvas.changed.connect(self._drawn)
        self._clear = button(theme, words("Clear"), "quiet", "cross")
        self._undo = button(theme, words("Undo clear"), "quiet", "undo")
        self._type = button(theme, words("Sign by typing full name"), "quiet", "edit")
        self._clear.clicked.connect(self.clear)
        self._undo.clicked.connect(self.undo_clear)
        self._type.clicked.connect(self.typed_signature_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.canvas, 1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._type)
        self._row.addStretch(1)
        self._row.addWidget(self._undo)
        self._row.addWidget(self._clear)
        column.addLayout(self._row)
        self.setFocusProxy(self._type)
        self._refresh()

    def is_blank(self) -> bool:
        """True without ink, and for a dot or a slip of the hand."""
        return self.canvas.is_blank()

    def strokes(self) -> tuple[Stroke, ...]:
        """All strokes in order."""
        return self.canvas.strokes()

    def aspect_ratio(self) -> float:
        """Width by height of the field the strokes were drawn in; 0 when there are none."""
        return self.canvas.aspect_ratio()

    def set_strokes(self, strokes: tuple[Stroke, ...], aspect_ratio: float) -> None:
        """Show strokes that were drawn before; ``changed`` is not said."""
        self.canvas.set_strokes(strokes, aspect_ratio)
        self._cleared = None
        self._refresh()

    def set_read_only(self, read_only: bool) -> None:
        """Only show, nothing can be drawn or cleared."""
        self.canvas.read_only = read_only
        self.canvas.update()
        self._refresh()

    def clear(self) -> None:
        """Take all strokes away; ``undo_clear`` brings them back."""
        self._cleared = (self.canvas.strokes(), self.canvas.aspect_ratio())
        self.canvas.set_strokes((), 0.0)
        self._refresh()
        self.changed.emit()

    def undo_clear(self) -> None:
        """Bring back what was cleared last."""
        if self._cleared is not None:
            self.canvas.set_strokes(*self._cleared)
            self._cleared = None
            self._refresh()
            self.changed.emit()

    def _drawn(self) -> None:
        self._cleared = None
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        writable = not self.canvas.read_only
        self._type.setVisible(writable)
        self._clear.setVisible(writable)
        self._clear.setEnabled(bool(self.canvas.strokes()))
        self._undo.setVisible(writable and self._cleared is not None)
        self.canvas.setAccessibleDescription(self._words("Empty") if self.is_blank() else self._words("Signed"))
