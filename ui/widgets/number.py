"""An exact number set by tapping, holding, typing or on a pad; it reads the same in every locale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_decimal
from needlelog.errors import Fault
from needlelog.i18n import Words
from ui.toolkit.buttons import icon_button
from ui.toolkit.labels import label, set_style, set_tone
from ui.toolkit.theme import Theme
from ui.widgets.band_scale import Band, BandScale
from ui.widgets.number_pad import NumberPad

_NOTHING = "\u2013"
"""Stands in the line of an optional value where there is none."""


class NumberStepper(QWidget):
    """A value between limits with big [-] and [+]; Up and Down step, Enter goes on.

    An ``optional`` one can be emptied; any other keeps its value. What was typed and is refused stays in the line with
    its finding below; ``value`` keeps the last good one.
    """

    changed = Signal(object)
    """The new ``Decimal``; None when an ``optional`` one was emptied."""
    refused = Signal(object)
    """The ``Fault`` of what was typed."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        name: str,
        minimum: Decimal,
        maximum: Decimal,
        step: Decimal,
        unit: str = "",
        places: int = 0,
        *,
        start: Decimal | None = None,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._name = name
        self._minimum, self._maximum, self._step = minimum, maximum, step
        self._unit, self._places, self._start = unit, places, start
        self._optional = optional
        self._value: Decimal | None = None
        self._span: tuple[Decimal, Decimal] | None = None
        self._note = ("", "")
        self._has_bands = False
        self._scanned_into = False
        self._make(name)
        self._refresh()

    def _make(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._less = self._stepper("minus", self._words("{name}: less", name=name), -1)
        self._more = self._stepper("plus", self._words("{name}: more", name=name), 1)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_NOTHING if self._optional else "")
        self.line.setProperty("role", "value")
        self.line.setProperty("span", "false")
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setAccessibleName(f"{name} ({self._unit})" if self._unit else name)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_edited)
        self._pad_button = icon_button(self._theme, "keypad", self._words("{name}: number pad", name=name), "muted")
        self._pad_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pad_button.clicked.connect(self.open_pad)
        self._unit_label = label(self._unit, "lead", muted=True)
        if not self._unit:
            self._unit_label.hide()
        row.addWidget(self._less)
        row.addWidget(self.line, 1)
        row.addWidget(self._unit_label)
        row.addWidget(self._pad_button)
        row.addWidget(self._more)
        self._row = row
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(2)
        below.addLayout(told, 1)
        self._below_row = below
        column.addLayout(below)
        self._scale = BandScale(self._theme)
        self._scale.hide()
        told.addWidget(self._scale)
        self._below = label("", "caption", wrap=True)
        self._below.hide()
        told.addWidget(self._below)
        told.addStretch(1)
        self.setFocusProxy(self.line)
        column.addStretch(1)
        self._theme.changed.connect(self._fit)
        self._fit()

    def _stepper(self, icon: str, name: str, direction: int) -> QToolButton:
        made = icon_button(self._theme, icon, name, size=64)
        made.setProperty("kind", "stepper")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(True)
        made.setAutoRepeatDelay(400)
        made.setAutoRepeatInterval(80)
        made.clicked.connect(lambda: self.step_by(direction))
        return made

    def _fit(self) -> None:
        widest = max(self._written(self._minimum), self._written(self._maximum), key=len)
        metrics = QFontMetrics(self._theme.font(28, bold=True))
        self.line.setMinimumWidth(metrics.horizontalAdvance(widest) + 24)

    # the value

    def value(self) -> Decimal | None:
        """The last good value."""
        return self._value

    def raw_text(self) -> str:
        """Exactly what stands in the line."""
        return self.line.text()

    def set_value(self, value: Decimal | None) -> None:
        """Show a value that came from elsewhere; ``changed`` is not said."""
        self._value = None if value is None else self._in_places(value)
        self._span = None
        self.line.setPlaceholderText(_NOTHING if self._optional else "")
        self.line.setText("" if value is None else self._written(value))
        self._dress_span()
        self._refresh()

    def show_span(self, low: Decimal, high: Decimal) -> None:
        """Show that several values hold, from ``low`` to ``high``; [-] makes them all the lowest, [+] the highest."""
        self.set_value(None)
        self._span = (low, high)
        self.line.setPlaceholderText(f"{self._written(low)}\u2013{self._written(high)}")
        self._dress_span()

    def set_limits(self, minimum: Decimal, maximum: Decimal) -> None:
        """Other limits, for another device or zone; the value stays and is checked at the next entry."""
        self._minimum, self._maximum = minimum, maximum
        self._fit()
        self._refresh()

    def set_step(self, step: Decimal) -> None:
        """One tap of [-] or [+] changes the value by this much."""
        self._step = step

    def set_bands(self, bands: Sequence[Band]) -> None:
        """Paint these ranges on a scale under the value; none takes the scale away."""
        self._scale.show_bands(bands, self._minimum, self._maximum)
        self._has_bands = bool(bands)
        self._place_pad()
        self._refresh()

    def set_unit(self, unit: str) -> None:
        """Show the value in another unit; the number stays as it is."""
        self._unit = unit
        self._unit_label.setText(unit)
        self._unit_label.setVisible(bool(unit))
        self.line.setAccessibleName(f"{self._name} ({unit})" if unit else self._name)

    def set_note(self, text: str, tone: str = "muted") -> None:
        """A sentence below the value: what the depth means here, or why a rule objects."""
        if (text, tone) == self._note:
            return  # what is said to be wrong stays
        self._note = (text, tone)
        self._refresh()

    def step_by(self, steps: int) -> None:
        """As many steps up or down as the limits allow; lands on the step's own grid."""
        if not self._finish(quietly=True):
            self.set_value(self._value)
        if self._value is None and self._span is not None:
            self._put(self._clamped(self._span[1] if steps > 0 else self._span[0]))
            return
        if self._value is None:
            self._put(self._clamped(self._start if self._start is not None else self._minimum))
            return
        if steps > 0:
            on_grid = (self._value / self._step).to_integral_value("ROUND_FLOOR")
        else:
            on_grid = (self._value / self._step).to_integral_value("ROUND_CEILING")
        self._put(self._clamped((on_grid + steps) * self._step))

    def commit(self) -> bool:
        """Take what stands in the line; False when it was refused."""
        return self._finish(quietly=False)

    def check(self, text: str) -> Decimal:
        """The value of ``text`` within the limits and places; raises ``Fault``."""
        try:
            return parse_decimal(
                text,
                field=self._name,
                minimum=self._minimum,
                maximum=self._maximum,
                places=self._places,
                unit=self._unit,
            )
        except Fault as fault:
            limit = fault.values.get("limit")
            if isinstance(limit, Decimal):
                raise Fault(fault.code, **(fault.values | {"limit": self._written(limit)})) from fault
            raise

    def open_pad(self, *, seconds: Callable[[], float] = perf_counter) -> None:
        """Show the number pad under the line; ``seconds`` is the time of its keys that bear none of their own."""
        with_mark, with_sign = self._places > 0, self._minimum < 0
        pad = NumberPad(self._theme, self._words, self._name, with_mark, with_sign, self, seconds=seconds)
        pad.key_typed.connect(self._pad_typed)
        pad.erased.connect(self._pad_erased)
        pad.finished.connect(self._pad_closed)
        pad.refused.connect(self._pad_refused)
        self._scanned_into = False
        self.line.setFocus()
        self.line.selectAll()
        pad.open_under(self.line)

    # inside

    def _narrowest(self) -> int:
        """The width of the row without the pad's key."""
        shown = [one for one in (self._less, self.line, self._unit_label, self._more) if not one.isHidden()]
        return sum(one.minimumSizeHint().expandedTo(one.minimumSize()).width() for one in shown) + 8 * (len(shown) - 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pad()

    def _place_pad(self) -> None:
        """The pad's key stands in the row; below it beside a scale, which needs a line anyway, or for want of room."""
        below = self._has_bands or self.width() < self._narrowest() + self._pad_button.width() + 8
        if (self._below_row.indexOf(self._pad_button) >= 0) == below:
            return
        (self._row if below else self._below_row).removeWidget(self._pad_button)
        if below:
            self._below_row.addWidget(self._pad_button, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._row.insertWidget(self._row.indexOf(self._more), self._pad_button)

    def _in_places(self, value: Decimal) -> Decimal:
        """0.5 as 0.50; a number that is finer than the places stays what it is."""
        written = value.quantize(Decimal(1).scaleb(-self._places))
        return written if written == value else value

    def _written(self, value: Decimal) -> str:
        return f"{value:.{self._places}f}"

    def _clamped(self, value: Decimal) -> Decimal:
        return min(max(value, self._minimum), self._maximum)

    def _put(self, value: Decimal) -> None:
        known, self._scanned_into = self._value, self._scanned_into and value == self._value
        self.set_value(value)
        if value != known:
            self.changed.emit(value)

    def _finish(self, *, quietly: bool) -> bool:
        text = self.line.text()
        if self._value is not None and text == self._written(self._value):
            self._refresh()
            return True
        if self._value is None and not text.strip():
            self._refresh()
            return True
        if self._optional and not text.strip():
            self.set_value(None)
            self.changed.emit(None)
            return True
        try:
            value = self.check(text)
        except Fault as fault:
            if not quietly:
                self._say(str(self._words.fault(fault)), "stop", wrong=True)
                self.refused.emit(fault)
            return False
        self._put(value)
        return True

    def _quiet(self) -> None:
        if self._scanned_into:
            said = self._words("A scanner typed here and nothing was taken. Scan again now that the pad is closed.")
            self._say(said, "hold", wrong=False)
            return
        self._say(*self._note, wrong=False)

    def _refresh(self) -> None:
        self._less.setEnabled(self._value is None or self._value > self._minimum)
        self._more.setEnabled(self._value is None or self._value < self._maximum)
        self._point()
        self._quiet()

    def _say(self, text: str, tone: str, *, wrong: bool) -> None:
        self._below.setText(text)
        self._below.setVisible(bool(text))
        set_tone(self._below, tone)
        set_style(self.line, "finding", "true" if wrong else "false")
        self.line.setAccessibleDescription(text)

    def _pad_typed(self, text: str) -> None:
        self.line.insert(text)
        self._on_edited()

    def _pad_erased(self) -> None:
        self.line.backspace()
        self._on_edited()

    def _pad_refused(self) -> None:
        """A scanner typed into the pad: the value stays what it was before."""
        self._scanned_into = True
        span = self._span
        self.set_value(self._value)
        if span is not None:
            self.show_span(*span)

    def _pad_closed(self) -> None:
        self.commit()

    def _on_edited(self, _text: str = "") -> None:
        self._scanned_into = False
        self._dress_span()
        self._quiet()
        self._point()

    def _dress_span(self) -> None:
        # Two numbers do not fit in the size of one; what is typed is one again.
        set_style(self.line, "span", "true" if self._span is not None and not self.line.text() else "false")

    def _point(self) -> None:
        """Point at what stands in the line; where that is no value, at nothing."""
        text = self.line.text()
        if self._value is not None and text == self._written(self._value):
            self._scale.show_value(self._value)
            return
        try:
            self._scale.show_value(self.check(text))
        except Fault:
            self._scale.show_value(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QWheelEvent):
            event.ignore()  # the wheel is for the page: a dose must not change because somebody scrolled
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_by(1 if key == Qt.Key.Key_Up else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_by(5 if key == Qt.Key.Key_PageUp else -5)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.focusNextChild()
        elif key == Qt.Key.Key_Escape and self.line.isModified():
            self.set_value(self._value)
        else:
            return False
        return True
