"""The hands of the tour: they find what a person would find, by its name, and click, type and draw as a person does."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from ui.tour.faults import TourStopped

W = TypeVar("W", bound=QWidget)
_LATIN = 128
_MOMENT_MS = 1000
"""What the window puts off for longer is no answer to what was just done (a reminder, say)."""

_PATIENCE_MS = 3000


class Hands:
    """Works on whatever stands in front: the window, or the dialog over it."""

    def __init__(self, window: QWidget, failures: list[BaseException] | None = None) -> None:
        self.window = window
        self._failures = failures if failures is not None else []

    @property
    def front(self) -> QWidget:
        """What a person would see on top."""
        return QApplication.activeModalWidget() or self.window

    def settle(self) -> None:
        """Let the window catch up: until nothing that it put off for a moment is still to come."""
        patience = QDeadlineTimer(_PATIENCE_MS)
        for _ in range(4):
            QApplication.processEvents()
        while self._put_off() and not patience.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, _MOMENT_MS)
        if self._failures:
            raise self._failures.pop()

    def _put_off(self) -> bool:
        timers = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(QTimer)]
        return any(one.isActive() and one.isSingleShot() and one.interval() <= _MOMENT_MS for one in timers)

    # finding

    def all_of(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """Every visible widget of ``kind``, in the order a reader meets them."""
        root = within or self.front
        found = [one for one in root.findChildren(kind) if one.isVisible()]
        return sorted(found, key=lambda one: _place(one, root))

    def find(self, kind: type[W], name: str, within: QWidget | None = None, nth: int = 0) -> W:
        """The ``nth`` visible widget of ``kind`` called ``name``; raises ``TourStopped``."""
        candidates = self.all_of(kind, within)
        found = [one for one in candidates if name in names_of(one)]
        if len(found) <= nth:
            known = sorted({label for one in candidates for label in names_of(one) if label})
            raise TourStopped(f"there is no “{name}” here; there are: {', '.join(known) or 'none'}")
        return found[nth]

    def there_is(self, kind: type[W], name: str, within: QWidget | None = None) -> bool:
        """Whether a visible widget of ``kind`` is called ``name``."""
        return any(name in names_of(one) for one in self.all_of(kind, within))

    def reach(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is in sight."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 40, 90)
            parent = parent.parentWidget()
        self.settle()

    # doing

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """One click with the left button; raises ``TourStopped`` for what cannot be clicked."""
        self.reach(widget)
        if not widget.isEnabled():
            raise TourStopped(f"“{' '.join(names_of(widget))}” cannot be used now")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint())
        self.settle()

    def press(self, name: str, within: QWidget | None = None, nth: int = 0) -> None:
        """Click the button called ``name``."""
        self.click(self.find(QAbstractButton, name, within, nth))

    def press_beginning(self, start: str, within: QWidget | None = None) -> None:
        """Click what begins with ``start``; the rest of its name may be a time or a count."""
        candidates = self.all_of(QWidget, within)
        found = [one for one in candidates if any(name.startswith(start) for name in names_of(one))]
        if not found:
            known = sorted({label for one in self.all_of(QAbstractButton, within) for label in names_of(one)})
            raise TourStopped(f"nothing here begins with “{start}”; there are: {', '.join(known)}")
        self.click(found[0])

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        target = QApplication.focusWidget() or self.front.focusWidget() or self.front
        QTest.keyClick(target, key, modifier)
        self.settle()

    def scan(self, code: str) -> None:
        """Type ``code`` as a scanner does: wherever the focus is, fast, with Enter after it."""
        at_ms = round(perf_counter() * 1000)
        for character in code:
            # A scanner's own pace, however busy this machine is.
            at_ms += 1
            type_text(QApplication.focusWidget() or self.front, character, at_ms)
        _press(QApplication.focusWidget() or self.front, Qt.Key.Key_Return.value, "\r", at_ms + 1)
        self.settle()

    def write(self, name: str, text: str, within: QWidget | None = None, nth: int = 0) -> None:
        """Type ``text`` into the field called ``name`` in place of what stands there."""
        self.write_into(self._field(name, within, nth), text)

    def _field(self, name: str, within: QWidget | None, nth: int) -> QWidget:
        lines: list[QWidget] = [*self.all_of(QLineEdit, within), *self.all_of(QPlainTextEdit, within)]
        found = [one for one in lines if one.accessibleName() == name]
        if len(found) <= nth:
            known = sorted({one.accessibleName() for one in lines})
            raise TourStopped(f"there is no field “{name}” here; there are: {', '.join(known) or 'none'}")
        return found[nth]

    def write_into(self, field: QWidget, text: str) -> None:
        """Type ``text`` into ``field`` in place of what stands there."""
        self.reach(field)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        type_text(field, text)
        self.settle()

    def choose(self, name: str, entry: str, within: QWidget | None = None, nth: int = 0) -> None:
        """Pick the first entry that begins with ``entry`` in the list called ``name``."""
        box = self.find(QComboBox, name, within, nth)
        self.reach(box)
        index = next((row for row in range(box.count()) if box.itemText(row).startswith(entry)), -1)
        if index < 0:
            raise TourStopped(f"“{name}” does not offer “{entry}”")
        box.setFocus()
        while box.currentIndex() != index:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < index else Qt.Key.Key_Up)
        self.settle()

    def turn_to(self, tabs: str, title: str) -> None:
        """Open the tab that begins with ``title`` of the tabs called ``tabs``."""
        self.turn(self.find(QTabBar, tabs), title)

    def turn(self, bar: QTabBar, title: str) -> None:
        """Open the tab of ``bar`` that begins with ``title``."""
        index = next((at for at in range(bar.count()) if bar.tabText(at).startswith(title)), -1)
        if index < 0:
            raise TourStopped(f"there is no tab “{title}”")
        self.click(bar, bar.tabRect(index).center())

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw with the left button held down; points as shares of the width and height of ``widget``."""
        self.reach(widget)

        def spot(point: tuple[float, float]) -> QPoint:
            return QPointF(point[0] * widget.width(), point[1] * widget.height()).toPoint()

        for stroke in strokes:
            QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot(stroke[0]))
            for point in stroke[1:]:
                QTest.mouseMove(widget, spot(point))
                self.settle()
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot(stroke[-1]))
        self.settle()


def type_text(widget: QWidget, text: str, at_ms: int = 0) -> None:
    """A key pressed and released for each character, at its own time where one is given; QTest knows Latin only."""
    for character in text:
        if character == "\n":
            QTest.keyClick(widget, Qt.Key.Key_Return)
            continue
        code = ord(character.upper()[0])
        key = code if code < _LATIN else Qt.Key.Key_unknown.value
        _press(widget, key, character, at_ms)


def _press(widget: QWidget, key: int, text: str, at_ms: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(widget, event)


def names_of(widget: QWidget) -> tuple[str, ...]:
    """What a person may call this widget: its accessible name, or the text on it."""
    text: Any = getattr(widget, "text", None)
    shown = str(text()) if isinstance(widget, QAbstractButton) and callable(text) else ""
    return tuple(dict.fromkeys(name for name in (widget.accessibleName(), shown.replace("&&", "&")) if name))


def _place(widget: QWidget, root: QWidget) -> tuple[int, int]:
    at = widget.mapTo(root, QPoint(0, 0))
    return at.y(), at.x()
