"""A person at the window: finds things by the names they bear, clicks, types and waits. Knows no service."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from ui.application import Program

W = TypeVar("W", bound=QWidget)
Condition = Callable[[], Any]
BEAT_MS = 15
PATIENCE_S = 12
MOST_TABS = 200
SHIFT_TAB = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def name_of(widget: QWidget) -> str:
    """What a person, or a screen reader, calls this widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().replace("&&", "&")
    return widget.objectName()


def bears(widget: QWidget, name: str) -> bool:
    """Whether ``widget`` is called ``name``; a name that ends in "…" is only its beginning."""
    own = name_of(widget)
    return own.startswith(name[:-1]) if name.endswith("…") else own == name


def words_of(widget: QWidget) -> list[str]:
    """Everything that can be read or heard of this widget."""
    found = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        found.append(widget.text())
    if isinstance(widget, QPlainTextEdit):
        found.append(widget.toPlainText())
    if isinstance(widget, QComboBox):
        found += [widget.itemText(row) for row in range(widget.count())]
    return [text for text in found if text]


class Person:
    """Hands and eyes at one program's window."""

    def __init__(self, application: QApplication, program: Program) -> None:
        self.application = application
        self.program = program
        self._expected: Callable[[QWidget], None] | None = None
        self._surprised = 0
        # The heart beat wakes a waiting loop; it also sees a box that nobody expects, which would wait for ever.
        self._beat = QTimer()
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._look_for_boxes)
        self._beat.start()

    # waiting

    def until(self, condition: Condition, what: str, seconds: float = PATIENCE_S) -> Any:
        """Let the program live until ``condition`` holds; returns what it returned."""
        deadline = QDeadlineTimer(int(seconds * 1000))
        while not (found := condition()):
            if deadline.hasExpired():
                raise AssertionError(f"waited in vain for {what}; on the screen: {self.names()}")
            self.breathe(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return found

    def breathe(self, flag: QEventLoop.ProcessEventsFlag = QEventLoop.ProcessEventsFlag.AllEvents) -> None:
        """Let whatever is due happen."""
        QCoreApplication.processEvents(flag)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # seeing

    def _ground(self) -> QWidget:
        return QApplication.activeModalWidget() or self.program.window

    def all(self, name: str, kind: type[W] = QWidget) -> list[W]:
        """Every visible widget of this name and kind."""
        return [one for one in self._ground().findChildren(kind) if one.isVisible() and bears(one, name)]

    def sees(self, name: str, kind: type[W] = QWidget) -> W | None:
        """The first visible widget of this name that can be used."""
        return next((one for one in self.all(name, kind) if one.isEnabled()), None)

    def find(self, name: str, kind: type[W] = QWidget) -> W:
        """The widget of this name, as soon as it is there and can be used."""
        found: W = self.until(lambda: self.sees(name, kind), f"“{name}”")
        return found

    def reads(self, part: str) -> bool:
        """Whether some visible text holds ``part``."""
        ground = self._ground()
        return any(part in text for one in ground.findChildren(QWidget) if one.isVisible() for text in words_of(one))

    def read(self, part: str) -> None:
        """Wait until some visible text holds ``part``."""
        self.until(lambda: self.reads(part), f"the words “{part}”")

    def names(self) -> list[str]:
        """What can be seen now, for the report of a failure."""
        ground = self._ground()
        kinds = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QComboBox)
        found = [
            name_of(one) + ("" if one.isEnabled() else " (off)")
            for one in ground.findChildren(QWidget)
            if one.isVisible() and isinstance(one, kinds)
        ]
        return [name for name in dict.fromkeys(found) if name]

    # with the mouse

    def tap(self, name: str, kind: type[QWidget] = QWidget) -> None:
        """Click on it, scrolling there first."""
        self.tap_on(self.find(name, kind))

    def tap_on(self, widget: QWidget) -> None:
        """Click in the middle of ``widget``, scrolling there first."""
        self._bring_up(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_MODIFIER, widget.rect().center())

    def draw(self, widget: QWidget, *points: tuple[float, float]) -> None:
        """One stroke over ``widget`` through these shares of its width and height."""
        self._bring_up(widget)
        path = [QPoint(round(x * widget.width()), round(y * widget.height())) for x, y in points]
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, NO_MODIFIER, path[0])
        for point in path[1:]:
            QTest.mouseMove(widget, point)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NO_MODIFIER, path[-1])

    def fill(self, name: str, text: str) -> None:
        """Click into the entry of this name and type ``text`` in place of what stands there."""
        entry = self.find(name, QLineEdit) if self.sees(name, QLineEdit) else self.find(name, QPlainTextEdit)
        self._bring_up(entry)
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(8, 8))
        entry.setFocus()
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def choose(self, name: str, choice: str) -> None:
        """Take ``choice`` in the list of this name by typing its beginning."""
        combo = self.find(name, QComboBox)
        self._bring_up(combo)
        combo.setFocus()
        row = next(row for row in range(combo.count()) if combo.itemText(row).startswith(choice))
        while combo.currentIndex() != row:
            self.key(Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)

    def open_part(self, title: str) -> None:
        """Click the tab of this title."""

        def place() -> tuple[QTabBar, int] | None:
            bars = [bar for bar in self._ground().findChildren(QTabBar) if bar.isVisible()]
            return next(((b, i) for b in bars for i in range(b.count()) if b.tabText(i) == title), None)

        bar, index = self.until(place, f"the tab “{title}”")
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NO_MODIFIER, bar.tabRect(index).center())

    def _bring_up(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and parent.widget() and parent.widget().isAncestorOf(widget):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()

    # with the keyboard

    @property
    def focus(self) -> QWidget | None:
        """What has the focus."""
        return QApplication.focusWidget()

    def _hearing(self) -> QWidget:
        """What the keys go to. A program whose window lost the keys to something else hears nothing at all."""
        ground = self._ground()
        if not ground.isActiveWindow():
            raise AssertionError(f"the keys go to another window than {name_of(ground)}")
        return self.focus or ground

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press and release one key."""
        QTest.keyClick(self._hearing(), key, modifiers)

    def type(self, text: str) -> None:
        """Type ``text`` in any script, key by key."""
        for character in text:
            if character == "\n":
                self.key(Qt.Key.Key_Return)
                continue
            code = ord(character.upper())
            key = code if code < 128 else Qt.Key.Key_unknown.value
            modifiers = Qt.KeyboardModifier.ShiftModifier if character.isupper() else NO_MODIFIER
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, modifiers, character)
                QApplication.sendEvent(self._hearing(), event)

    def tab_to(self, *names: str, back: bool = False) -> QWidget:
        """Press Tab until the focus is on something that bears one of ``names``."""
        seen = []
        for turn in range(MOST_TABS):
            # Who does not get there with Tab tries Shift+Tab.
            back = back or turn > MOST_TABS // 2
            now = self.focus
            if now is not None and any(bears(now, name) for name in names):
                return now
            seen.append(name_of(now) if now else "-")
            self.key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, SHIFT_TAB if back else NO_MODIFIER)
            self.breathe()
        raise AssertionError(f"no Tab leads to {names}; on the way: {list(dict.fromkeys(seen))}")

    def arrow_to(self, name: str, key: Qt.Key = Qt.Key.Key_Right) -> None:
        """From one chip of a row to the one of this name."""
        for _ in range(60):
            if self.focus is not None and bears(self.focus, name):
                return
            self.key(key)
        raise AssertionError(f"no arrow leads to {name}; on the screen: {self.names()}")

    def press(self, *names: str) -> None:
        """Tab to a button and press Space."""
        self.until(lambda: any(self.sees(name) for name in names), f"one of {names}")
        self.tab_to(*names)
        self.key(Qt.Key.Key_Space)

    def enter(self, name: str, text: str) -> None:
        """Tab to the entry of this name and type ``text`` over what stands there; Tab leaves it."""
        self.find(name)
        self.tab_to(name)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)
        self.key(Qt.Key.Key_Tab)

    def pick(self, row: str, chip: str) -> None:
        """Tab into the row of this name, go to the chip with the arrows and take it with Space."""
        rows = self.until(lambda: self.all(row), f"the row “{row}”")
        self.find(chip)
        seen: list[str] = []
        for _ in range(MOST_TABS):
            if self.focus is not None and any(one.isAncestorOf(self.focus) for one in rows):
                break
            seen.append(name_of(self.focus) if self.focus else "-")
            self.key(Qt.Key.Key_Tab)
            self.breathe()
        else:
            raise AssertionError(f"no Tab leads into the row “{row}”; on the way: {list(dict.fromkeys(seen))}")
        self.arrow_to(chip)
        self.key(Qt.Key.Key_Space)

    def turn_to(self, bar: str, title: str) -> None:
        """Tab to the tabs of this name and go to the one of this title with the arrows."""
        tabs = self.tab_to(bar)
        assert isinstance(tabs, QTabBar)
        for _ in range(tabs.count()):
            if tabs.tabText(tabs.currentIndex()) == title:
                return
            wanted = next(index for index in range(tabs.count()) if tabs.tabText(index) == title)
            self.key(Qt.Key.Key_Right if wanted > tabs.currentIndex() else Qt.Key.Key_Left)
        raise AssertionError(f"no arrow leads to the tab “{title}”")

    # boxes that ask

    @contextmanager
    def answering(self, answer: Callable[[QWidget], None]) -> Iterator[None]:
        """``answer`` is called with the box that comes up inside the block; one must."""
        self._expected = answer
        yield
        self.until(lambda: self._expected is None, "a box that asks")
        # Where there is no window manager nobody gives the keys back to the window below.
        self.program.window.activateWindow()
        self.until(self.program.window.isActiveWindow, "the window to be active again")

    def _look_for_boxes(self) -> None:
        box = QApplication.activeModalWidget()
        if box is None or not box.isVisible():
            self._surprised = 0
            return
        if self._expected is not None:
            if not box.isActiveWindow():
                return
            answer, self._expected = self._expected, None
            try:
                answer(box)
            except BaseException as error:  # noqa: BLE001 - inside Qt's loop nothing else would hear of it
                leave(f"a box could not be answered: {error!r}")
            return
        self._surprised += 1
        if self._surprised > 100:
            noted = self.program.door.folder.logs / "bugs.txt"
            bugs = noted.read_text() if noted.exists() else ""
            leave(f"an unexpected box: {[t for w in box.findChildren(QLabel) for t in words_of(w)]}\n{bugs}")


def leave(why: str) -> None:
    """End this process at once and say why."""
    sys.stderr.write(why + "\n")
    sys.stderr.flush()
    os._exit(4)
