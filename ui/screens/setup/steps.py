"""The side of the first run: where one is, and what will not happen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style, set_tone
from ui.toolkit.theme import SPACE, Theme
from ui.widgets.brand import BrandMark

_DISC = 32
_WIDTH = 272


class _Disc(QWidget):
    """A step's number: filled when it is the present one, a tick when it is done."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._state = "later"
        self.setFixedSize(QSize(_DISC, _DISC))
        theme.changed.connect(self.update)

    def show_state(self, state: str) -> None:
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        colour = self._theme.colour
        if self._state == "now":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
        else:
            painter.setPen(QPen(colour("accent" if self._state == "done" else "edge"), 1.5))
            painter.setBrush(colour("accent_soft" if self._state == "done" else "surface"))
        painter.drawEllipse(box)
        if self._state == "done":
            self._theme.paint_icon(painter, "check", "accent", box.adjusted(6, 6, -6, -6))
            return
        font = self._theme.font(12, bold=True)
        font.setPixelSize(15)
        painter.setFont(font)
        painter.setPen(colour("on_accent" if self._state == "now" else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepsPanel(QFrame):
    """The pages by name, the present one marked."""

    def __init__(self, kit: Kit, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = kit.tr
        self._names = tuple(names)
        self._discs: list[_Disc] = []
        self._labels: list[QLabel] = []
        self.setProperty("surface", "bar")
        self.setFixedWidth(round(_WIDTH * min(kit.theme.scale, 1.3)))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 4 * SPACE, 3 * SPACE, 4 * SPACE)
        column.setSpacing(0)
        column.addWidget(BrandMark(kit.theme))
        column.addSpacing(6 * SPACE)
        for index, name in enumerate(self._names):
            row = QHBoxLayout()
            row.setSpacing(2 * SPACE)
            disc, text = _Disc(kit.theme, index + 1), label(name, "lead", wrap=True)
            self._discs.append(disc)
            self._labels.append(text)
            row.addWidget(disc)
            row.addWidget(text, 1)
            column.addLayout(row)
            column.addSpacing(3 * SPACE)
        column.addStretch(1)
        promise = QHBoxLayout()
        promise.setSpacing(SPACE + 4)
        promise.addWidget(IconMark(kit.theme, "lock", "muted", 20))
        sentence = kit.tr("Encrypted, and only on this computer. No account, no network.")
        promise.addWidget(label(sentence, "caption", muted=True, wrap=True), 1)
        column.addLayout(promise)

    def show_step(self, present: int) -> None:
        """Mark this page (from 0) as the present one and those before it as done."""
        for index, (disc, text) in enumerate(zip(self._discs, self._labels, strict=True)):
            disc.show_state("done" if index < present else "now" if index == present else "later")
            set_tone(text, "" if index <= present else "muted")
            set_style(text, "weight", "strong" if index == present else "")
        self.setAccessibleName(
            self._tr(
                "Step {number} of {count}: {name}",
                number=present + 1,
                count=len(self._names),
                name=self._names[present],
            )
        )
