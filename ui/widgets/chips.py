"""Choices as chips to tap: one or several of a list, and grades by digit, word and shape."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QPushButton, QSizePolicy, QWidget

from ui.toolkit.discard import discard
from ui.toolkit.plain import caption
from ui.toolkit.theme import Theme
from ui.widgets.even_rows import EvenRows
from ui.widgets.flow_layout import FlowLayout

_STEP = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class _Choices(QWidget):
    """Checkable buttons in one Tab stop: arrows move, Space takes, Enter goes on to the next field."""

    changed = Signal(object)

    def __init__(self, name: str, layout: QLayout, *, multiple: bool, clearable: bool) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._multiple = multiple
        self._clearable = clearable
        self._buttons: dict[Hashable, QAbstractButton] = {}
        self._area = layout
        self.setLayout(layout)

    def value(self) -> Hashable | None:
        """The chosen key (a frozenset of keys where several may be chosen), or None for nothing."""
        chosen = [key for key, button in self._buttons.items() if button.isChecked()]
        if self._multiple:
            return frozenset(chosen)
        return chosen[0] if chosen else None

    def set_value(self, value: object) -> None:
        """Choose this key, these keys, or nothing (None); ``changed`` is not said."""
        chosen: frozenset[object] = frozenset()
        if self._multiple:
            chosen = frozenset(cast("frozenset[object]", value or ()))
        elif value is not None:
            chosen = frozenset([value])
        for key, button in self._buttons.items():
            button.setChecked(key in chosen)
        self._rove()

    def button(self, key: Hashable) -> QAbstractButton:
        """The chip of this key."""
        return self._buttons[key]

    def _fill(self, buttons: Sequence[tuple[Hashable, QAbstractButton]]) -> None:
        for old in self._buttons.values():
            discard(old)
        self._buttons = dict(buttons)
        for key, made in buttons:
            made.setCheckable(True)
            made.installEventFilter(self)
            made.clicked.connect(self._taker(key))
            self._area.addWidget(made)
            if self.isVisible():
                # Qt would show it at the next turn of the loop: until then it could take no focus.
                made.show()
        self._rove()

    def _taker(self, key: Hashable) -> Callable[[], None]:
        return lambda: self._take(key)

    def _take(self, key: Hashable) -> None:
        taken = self._buttons[key]
        if not self._multiple:
            if not taken.isChecked() and not self._clearable:
                taken.setChecked(True)
                return
            for other, made in self._buttons.items():
                if other != key:
                    made.setChecked(False)
        self._rove(taken)
        self.changed.emit(self.value())

    def _rove(self, to: QAbstractButton | None = None) -> None:
        made = list(self._buttons.values())
        stop = to or next((b for b in made if b.isChecked()), made[0] if made else None)
        for each in made:
            tab = each is stop
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(cast("QKeyEvent", event).key())
            if key in _STEP:
                made = list(self._buttons.values())
                step = _STEP[key]
                if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                    step = -step
                there = made[(made.index(cast("QAbstractButton", watched)) + step) % len(made)]
                self._rove(there)
                there.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)


ROOMY_PX, TIGHT_PX = 20, 10
"""What a chip keeps free on either side of its words, its edge included."""


class _Chip(QPushButton):
    """A chip that keeps its width when it is taken (bold, with a tick)."""

    def __init__(self, theme: Theme, text: str, *, tight: bool = False, ticked: bool = True) -> None:
        super().__init__(caption(text))
        self._theme = theme
        self._ticked = ticked
        self._beside = 2 * (TIGHT_PX if tight else ROOMY_PX)
        self.setProperty("tight", "true" if tight else "false")
        self._mark = ("", "")
        self.setProperty("kind", "chip")
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setMinimumHeight(48)
        self.toggled.connect(self._dress)
        theme.changed.connect(self._dress)

    def set_mark(self, icon: str, tint: str) -> None:
        """Bear this icon whether it is taken or not; "" bears none but the tick."""
        if (icon, tint) != self._mark:
            self._mark = (icon, tint)
            self._dress()

    def _dress(self) -> None:
        icon, tint = self._mark if self._mark[0] else ("check", "accent")
        if (self.isChecked() and self._ticked) or self._mark[0]:
            px = self._theme.px(20)
            self.setIconSize(QSize(px + 4, px))
            self.setIcon(self._theme.spaced_icon(icon, tint, px, self.isRightToLeft()))
        else:
            self.setIcon(QIcon())

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        bold = self.font()
        bold.setBold(True)
        text = QFontMetrics(bold).size(Qt.TextFlag.TextShowMnemonic, self.text())
        # Qt centres tick and text by the width of the plain font: what bold adds is needed once more.
        wider = text.width() - QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(max(64, text.width() + wider + self._theme.px(20) + 8 + self._beside), max(48, text.height() + 20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ChipRow(_Choices):
    """One or several of ``options`` (key, text) as chips that wrap into lines; ``tight`` ones where width is dear.

    The chosen one bears a tick, unless they are not ``ticked``: where a tick would say that something is done.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        options: Sequence[tuple[Hashable, str]],
        *,
        multiple: bool = False,
        clearable: bool = True,
        tight: bool = False,
        ticked: bool = True,
    ) -> None:
        super().__init__(name, FlowLayout(), multiple=multiple, clearable=clearable)
        self._theme = theme
        self._tight = tight
        self._ticked = ticked
        self.set_options(options)

    def set_mark(self, key: Hashable, icon: str, tint: str) -> None:
        """Mark the chip of ``key`` with an icon, taken or not; "" with none."""
        chip = self._buttons[key]
        if isinstance(chip, _Chip):
            chip.set_mark(icon, tint)

    def set_options(self, options: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these; what was chosen and is still offered stays chosen."""
        held = self.value()
        self._fill([(key, _Chip(self._theme, text, tight=self._tight, ticked=self._ticked)) for key, text in options])
        self.set_value(held)


FEW_GRADES = 6
"""Up to so many grades each chip bears its word; a longer scale shows digits with the words below them."""


class GradeChip(QAbstractButton):
    """One grade: its digit, its word, and a bar that fills with severity."""

    def __init__(self, theme: Theme, digit: int, word: str, rank: int, ranks: int) -> None:
        super().__init__()
        self._theme = theme
        self._digit = str(digit)
        self._word = word
        self._rank = rank
        self._ranks = ranks
        self._bears_word = ranks <= FEW_GRADES
        self.setText(f"{digit} {word}")
        self.setAccessibleName(f"{digit} {word}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        word = QFontMetrics(self._theme.font(12, bold=True))
        digit = QFontMetrics(self._theme.font(21, bold=True))
        if not self._bears_word:
            return QSize(max(48, digit.horizontalAdvance("10") + 12), digit.height() + 36)
        wide = max((word.horizontalAdvance(part) for part in self._word.split()), default=0)
        lines = 1 if word.horizontalAdvance(self._word) <= max(wide, 96) else 2
        wide = word.horizontalAdvance(self._word) if lines == 1 else wide
        return QSize(max(72, wide + 24), digit.height() + word.height() * lines + 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter)
        box = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        painter.setPen(self._theme.colour("ink" if self.isEnabled() else "muted"))
        painter.setFont(self._theme.font(21, bold=True))
        digit_height = QFontMetrics(painter.font()).height()
        painter.drawText(QRectF(box.x(), box.y(), box.width(), digit_height), Qt.AlignmentFlag.AlignCenter, self._digit)
        if self._bears_word:
            self._paint_word(painter, box, digit_height)
        self._paint_bar(painter, QRectF(box.x() + 4, box.bottom() - 6, box.width() - 8, 6))

    def _paint_word(self, painter: QPainter, box: QRectF, digit_height: int) -> None:
        painter.setFont(self._theme.font(12, bold=self.isChecked()))
        words = QRectF(box.x() - 4, box.y() + digit_height, box.width() + 8, box.height() - digit_height - 12)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._word)

    def _paint_body(self, painter: QPainter) -> None:
        checked, focused = self.isChecked(), self.hasFocus()
        width = 3 if focused else 2 if checked else 1
        edge = "ink" if focused and checked else "accent" if focused or checked else "edge"
        painter.setPen(QPen(self._theme.colour(edge), width))
        ground = "accent_soft" if checked else "raised" if self.underMouse() or self.isDown() else "surface"
        painter.setBrush(self._theme.colour(ground))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        if self._ranks < 2:
            return
        if not self._bears_word:
            self._paint_share(painter, box)
            return
        gap, parts = 3.0, self._ranks - 1
        width = (box.width() - gap * (parts - 1)) / parts
        painter.setPen(Qt.PenStyle.NoPen)
        for part in range(parts):
            painter.setBrush(self._theme.colour("ink" if part < self._rank else "hairline"))
            painter.drawRoundedRect(QRectF(box.x() + part * (width + gap), box.y(), width, box.height()), 2, 2)

    def _paint_share(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("hairline"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setBrush(self._theme.colour("ink"))
        share = self._rank / (self._ranks - 1)
        painter.drawRoundedRect(QRectF(box.x(), box.y(), box.width() * share, box.height()), 2, 2)


class LowGradeChip(GradeChip):
    """A grade in a row of 64 px: the word below the digit, or beside it where words are long."""

    HEIGHT = 64
    WIDEST_BELOW = 104

    def __init__(self, theme: Theme, digit: int, word: str, rank: int, ranks: int, *, beside: bool) -> None:
        super().__init__(theme, digit, word, rank, ranks)
        self._beside = beside

    def sizeHint(self) -> QSize:
        word = QFontMetrics(self._theme.font(12, bold=True))
        height = max(self._theme.px(self.HEIGHT), 2 * word.height() + 20)
        if not self._bears_word:
            return QSize(max(48, self._digit_width() + 16), height)
        if self._beside:
            return QSize(self._digit_width() + 6 + two_lines(self._word, word.horizontalAdvance) + 22, height)
        return QSize(max(72, word.horizontalAdvance(self._word) + 11), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter)
        painter.setPen(self._theme.colour("ink" if self.isEnabled() else "muted"))
        whole = QRectF(self.rect())
        if not self._bears_word:
            self._paint_digit(painter, whole.adjusted(0, 6, 0, -16), Qt.AlignmentFlag.AlignCenter)
            self._paint_bar(painter, QRectF(10, whole.bottom() - 13, whole.width() - 20, 5))
        elif self._beside:
            box = whole.adjusted(10, 6, -8, -16)
            digit, word = self._split(box, self._digit_width() + 6)
            self._paint_digit(painter, digit, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
            self._paint_grade_word(painter, word)
            self._paint_bar(painter, QRectF(10, whole.bottom() - 13, whole.width() - 20, 5))
        else:
            box = whole.adjusted(7, 6, -3, -6)
            line = box.adjusted(0, 0, 0, -box.height() / 2)
            digit, bar = self._split(line, self._digit_width() + 10)
            self._paint_digit(painter, digit, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
            self._paint_grade_word(painter, box.adjusted(0, box.height() / 2, 0, 0))
            self._paint_bar(painter, QRectF(bar.x(), bar.center().y() - 2, bar.width() - 2, 5))

    def _split(self, box: QRectF, taken: float) -> tuple[QRectF, QRectF]:
        if self.isRightToLeft():
            return box.adjusted(box.width() - taken, 0, 0, 0), box.adjusted(0, 0, -taken, 0)
        return box.adjusted(0, 0, taken - box.width(), 0), box.adjusted(taken, 0, 0, 0)

    def _paint_digit(self, painter: QPainter, box: QRectF, align: Qt.AlignmentFlag) -> None:
        painter.setFont(self._theme.font(17, bold=True))
        painter.drawText(box, align, self._digit)

    def _paint_grade_word(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self._theme.font(12, bold=self.isChecked()))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap
        painter.drawText(box, align, self._word)

    def _digit_width(self) -> int:
        return QFontMetrics(self._theme.font(17, bold=True)).horizontalAdvance(self._digit)


def two_lines(text: str, width: Callable[[str], int]) -> int:
    """The least width in which ``text`` stands in two lines, broken between words."""
    words = text.split()
    breaks = (max(width(" ".join(words[:at])), width(" ".join(words[at:]))) for at in range(1, len(words)))
    return min(breaks, default=width(text))


class GradeRow(_Choices):
    """One grade of a scale; ``value()`` is its digit. ``low`` rows take less height, for several on one page."""

    def __init__(
        self, theme: Theme, name: str, grades: Sequence[tuple[int, str]], *, clearable: bool = True, low: bool = False
    ) -> None:
        ranks = len(grades)
        spacing = 4 if low or ranks > FEW_GRADES else 8
        super().__init__(name, EvenRows(spacing=spacing), multiple=False, clearable=clearable)
        placed = [(rank, digit, word) for rank, (digit, word) in enumerate(grades)]
        if not low:
            self._fill([(digit, GradeChip(theme, digit, word, rank, ranks)) for rank, digit, word in placed])
            return
        metrics = QFontMetrics(theme.font(12, bold=True))
        beside = any(metrics.horizontalAdvance(word) > theme.px(LowGradeChip.WIDEST_BELOW) for _, _, word in placed)
        chips = [LowGradeChip(theme, digit, word, rank, ranks, beside=beside) for rank, digit, word in placed]
        self._fill([(digit, chip) for (_, digit, _), chip in zip(placed, chips, strict=True)])


def grade_words(grades: Sequence[tuple[int, str]]) -> str:
    """The words of a long scale with their digits: ``0 None  ·  1-3 Mild  ·  4-6 Moderate``."""
    spans: list[tuple[int, int, str]] = []
    for digit, word in grades:
        if spans and spans[-1][2] == word:
            spans[-1] = (spans[-1][0], digit, word)
        else:
            spans.append((digit, digit, word))
    return "  ·  ".join(f"{a} {word}" if a == b else f"{a}-{b} {word}" for a, b, word in spans)
