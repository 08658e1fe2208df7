"""The visit's steps from top to bottom, each with its state; any of them one tap away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from needlelog.i18n import Words
from ui.toolkit.discard import discard
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import TARGET, Theme


class StepState(StrEnum):
    """How a step stands."""

    DONE = "done"
    NOW = "now"
    OPEN = "open"
    ATTENTION = "attention"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One line of the rail; ``timer`` is the text of a running timer."""

    key: str
    number: int
    title: str
    state: StepState
    timer: str = ""


_ICON = {
    StepState.DONE: ("check", "ok"),
    StepState.NOW: ("now", "accent"),
    StepState.OPEN: ("ring", "muted"),
    StepState.ATTENTION: ("warning", "hold"),
    StepState.NOT_APPLICABLE: ("minus", "muted"),
}


class StepRail(QScrollArea):
    """Up and Down move, Enter or Space opens a step; ``current`` is the step whose page shows."""

    step_chosen = Signal(str)
    WIDTH = 272
    NARROW = 72
    """Width in px, at text scale 1, of the rail with icons and numbers only."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._rows: dict[str, _StepRow] = {}
        self._current = ""
        self._gives_room = False
        self.setAccessibleName(words("Steps of the visit"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 8, 4, 8)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._fit)
        self._fit()

    def show_steps(self, steps: Sequence[StepShown], current: str) -> None:
        """Show these steps; rows that stay keep the focus."""
        if [step.key for step in steps] != list(self._rows):
            self._rebuild(steps)
        self._current = current
        for step in steps:
            row = self._rows[step.key]
            row.show_step(step, step.key == current)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if step.key == current else Qt.FocusPolicy.ClickFocus)
        if current in self._rows:
            self.ensureWidgetVisible(self._rows[current])
            self.setFocusProxy(self._rows[current])

    def give_room(self, on: bool) -> None:
        """Show icons and numbers only, for a page that needs the width more than the titles."""
        if on != self._gives_room:
            self._gives_room = on
            self._fit()

    def show_timer(self, key: str, text: str) -> None:
        """Another text for a step's running timer; "" takes it away."""
        self._rows[key].show_timer(text)

    def row(self, key: str) -> QAbstractButton:
        """The button of this step."""
        return self._rows[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = list(self._rows.values())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        focused = next((i for i, row in enumerate(rows) if row.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        there = rows[min(max(focused + step, 0), len(rows) - 1)]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(there)

    def _rebuild(self, steps: Sequence[StepShown]) -> None:
        for row in self._rows.values():
            discard(row)
        self._rows = {}
        for place, step in enumerate(steps):
            row = _StepRow(self._theme, self._words)
            row.clicked.connect(lambda _=False, key=step.key: self.step_chosen.emit(key))
            self._column.insertWidget(place, row)
            self._rows[step.key] = row
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        full = self._theme.px(self.WIDTH)
        # With large text in a small window the page needs the room more than the titles do.
        compact = self._gives_room or (self.isVisible() and (self.window().width() < 4.2 * full or self._is_low()))
        for row in self._rows.values():
            row.set_compact(compact)
        self.setFixedWidth(self._theme.px(self.NARROW) if compact else full)

    def _is_low(self) -> bool:
        """Whether the titles would need more height than there is: the rail never scrolls."""
        margins = self._column.contentsMargins()
        tall = sum(row.full_height() for row in self._rows.values()) + self._column.spacing() * len(self._rows)
        return tall + margins.top() + margins.bottom() > self.height()


class _StepRow(QAbstractButton):
    """State icon, number and title, and below them the state as a word and a running timer."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._step = StepShown("", 0, "", StepState.OPEN)
        self._current = False
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._fit)

    def show_step(self, step: StepShown, current: bool) -> None:
        if (step, current) == (self._step, self._current):
            return
        self._step, self._current = step, current
        self._tell()

    def show_timer(self, text: str) -> None:
        step = self._step
        self._step = StepShown(step.key, step.number, step.title, step.state, text)
        self._tell()

    def set_compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self._tell()

    def _tell(self) -> None:
        step = self._step
        spoken = f"{step.number} {step.title}, {self._word()}"
        self.setText(spoken)
        self.setAccessibleName(f"{spoken}, {step.timer}" if step.timer else spoken)
        self.setToolTip(tooltip(self.accessibleName()) if self._compact else "")
        self.updateGeometry()
        self.update()

    def _word(self) -> str:
        tr = self._words
        return {
            StepState.DONE: tr("Done"),
            StepState.NOW: tr("Now"),
            StepState.OPEN: tr("Open"),
            StepState.ATTENTION: tr("Needs attention"),
            StepState.NOT_APPLICABLE: tr("Not applicable"),
        }[self._step.state]

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the rail moves the focus
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(56, 56) if self._compact else QSize(120, self.full_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(TARGET, TARGET) if self._compact else self.sizeHint()

    def full_height(self) -> int:
        """The height in px with title and state below each other."""
        line = QFontMetrics(self._theme.font(12)).height()
        return max(56, (self._title_lines(compact=False) + 1) * line + 12)

    def _title(self, *, compact: bool) -> str:
        return str(self._step.number) if compact else f"{self._step.number}  {self._step.title}"

    def _title_lines(self, *, compact: bool) -> int:
        if compact:
            return 1
        room = self._theme.px(StepRail.WIDTH) - 12 - self._indent(compact=False) - 6
        wide = QFontMetrics(self._theme.font(12, bold=True)).horizontalAdvance(self._title(compact=False))
        return 1 if wide <= room else 2

    def _indent(self, *, compact: bool) -> int:
        return self._theme.px(24) + (14 if compact else 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        icon, token = _ICON[self._step.state]
        size = self._theme.px(24)
        mirrored = self.isRightToLeft()
        x = box.right() - 12 - size if mirrored else box.x() + 12
        line = QFontMetrics(self._theme.font(12)).height()
        tall = line * self._title_lines(compact=self._compact)
        top = box.center().y() - (tall if self._compact else tall + line) / 2
        self._theme.paint_icon(painter, icon, token, QRectF(x, box.center().y() - size / 2, size, size))
        indent = self._indent(compact=self._compact)
        text = box.adjusted(6, 0, -indent, 0) if mirrored else box.adjusted(indent, 0, -6, 0)
        lead = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._theme.font(12, bold=True))
        faded = self._step.state is StepState.NOT_APPLICABLE
        painter.setPen(self._theme.colour("muted" if faded else "ink"))
        flags = lead | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(text.x(), top, text.width(), tall), int(flags), self._title(compact=self._compact))
        if self._compact:
            return
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.colour(token))
        below = self._word()
        if self._step.timer:
            below = f"{self._step.timer}  {below}"
        below = QFontMetrics(painter.font()).elidedText(below, Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(QRectF(text.x(), top + tall, text.width(), line), lead | Qt.AlignmentFlag.AlignVCenter, below)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self._current:
            painter.setBrush(self._theme.colour("accent_soft"))
            painter.drawRoundedRect(box, 8, 8)
        if self._current and not self.hasFocus():
            painter.setBrush(self._theme.colour("accent"))
            bar = QRectF(box.right() - 4 if self.isRightToLeft() else box.x(), box.y() + 12, 4, box.height() - 24)
            painter.drawRoundedRect(bar, 2, 2)
        if not self._current and (self.underMouse() or self.isDown()):
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)
