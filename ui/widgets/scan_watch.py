"""A barcode scanner that works as a keyboard: told from a person by its speed, wherever the focus is.

What a person types is never held back in an entry. Where the focus is on something that is no entry, a key waits for
a moment before it is let through, so that the first characters of a code do not choose, zoom or press anything.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

GAP_S = 0.06
"""Two keys of one scan are never further apart; two keys of a person hardly ever this close for a whole code."""

LEAST = 4
"""Characters: fewer are no scan, however fast."""

NUMBER = 16
"""Characters of a product number with what announces it: before them no code has a separator, nor a shortcut in it."""

MOST = 4096
"""Characters kept of one scan; whatever is longer is no code of a pack anyway."""

SEPARATOR = "\x1d"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)
_FOREIGN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ScanWatch(QObject):
    """Says ``scanned`` with what a scanner typed into the window while ``over`` shows; an entry is put back.

    ``may_be_scan`` says whether fast text in an entry is a code at all: text that a program types for a person is not.
    ``seconds`` is the time of keys that bear none of their own.
    """

    scanned = Signal(str)

    def __init__(
        self, over: QWidget, may_be_scan: Callable[[str], bool], *, seconds: Callable[[], float] = perf_counter
    ) -> None:
        super().__init__(over)
        self._over = over
        self._may_be_scan = may_be_scan
        self._seconds = seconds
        self._watched: QWidget | None = None
        self._entry: _Entry | None = None
        self._typed = ""
        self._last_s = float("-inf")
        self._held: list[QKeyEvent] = []
        self._replaying = False
        self._over_at = float("-inf")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(round(GAP_S * 1000) + 10)
        self._wait.timeout.connect(self._let_go)
        over.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._over and kind == QEvent.Type.Show:
            self._attend(QApplication.focusWidget())
        elif watched is self._over and kind == QEvent.Type.Hide:
            self._leave()
        if watched is not self._focused() or self._replaying or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._keep_from_shortcuts(event)
        return kind == QEvent.Type.KeyPress and self._on_key(event)

    # whom it listens to

    def _focused(self) -> QWidget | None:
        """Whoever has the focus here; a page may have been taken away under it."""
        return self._watched if self._watched is not None and isValid(self._watched) else None

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isValid(self._over) and self._over.isVisible():
            self._attend(new)

    def _attend(self, widget: QWidget | None) -> None:
        """Listen to ``widget``, or to the window itself while nothing in it has the focus; to no other window.

        A list that hangs open from an entry is a window of its own for Qt, and part of this one for people.
        """
        window = self._over.window()
        here = widget is None or widget.window() is window or self._hangs_open(widget)
        self._listen((widget or window) if here else None)

    def _hangs_open(self, widget: QWidget) -> bool:
        popup = widget.window()
        owner = popup.parentWidget() if popup.windowType() is Qt.WindowType.Popup else None
        return owner is not None and owner.window() is self._over.window()

    def _leave(self) -> None:
        self._listen(None)

    def _listen(self, new: QWidget | None) -> None:
        old = self._focused()
        if new is old:
            return
        self._let_go()
        if old is not None and old is not self._over:
            old.removeEventFilter(self)
        if new is not None and new is not self._over:
            new.installEventFilter(self)
        self._watched = new

    # what it hears

    def _now(self, event: QKeyEvent) -> float:
        # The key's own time, where it has one: a busy window must not make slow typing look fast, nor a scan slow.
        return event.timestamp() / 1000 if event.timestamp() else self._seconds()

    def _running(self, now: float) -> bool:
        return bool(self._typed) and now - self._last_s <= GAP_S

    def _keep_from_shortcuts(self, event: QKeyEvent) -> bool:
        if len(self._typed) < NUMBER or not self._running(self._now(event)):
            return False
        event.accept()
        return True

    def _on_key(self, event: QKeyEvent) -> bool:
        now = self._now(event)
        if event.isAutoRepeat():
            self._let_go()
            return False
        if event.key() in _SILENT:
            return False
        if event.key() in _ENDS:
            return self._on_end(now)
        said = self._said(event, now)
        if not said:
            self._let_go()
            return False
        if not self._running(now):
            self._let_go()
            self._entry = _Entry.of(self._focused())
            self._typed = ""
        self._last_s = now
        self._typed = (self._typed + said)[:MOST]
        if self._entry is not None:
            return said == SEPARATOR
        if event.key() == Qt.Key.Key_Space and len(self._typed) == 1:
            return False
        self._held.append(_again(event))
        self._wait.start()
        return True

    def _said(self, event: QKeyEvent, now: float) -> str:
        """The character, or the separator of fields in one of the ways scanners send it; "" for any other key."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.text() == SEPARATOR or (control and event.key() == Qt.Key.Key_BracketRight):
            return SEPARATOR
        if event.key() == Qt.Key.Key_F8 and len(self._typed) >= NUMBER and self._running(now):
            return SEPARATOR
        # AltGr comes as Control and Alt together and types a character like any other.
        text = event.text()
        foreign = event.modifiers() & _FOREIGN
        alt_gr = foreign == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return text if len(text) == 1 and text.isprintable() and (not foreign or alt_gr) else ""

    def _on_end(self, now: float) -> bool:
        if not self._typed and now - self._over_at <= GAP_S:
            return True  # the second of two ends
        text, entry = self._typed, self._entry
        if not self._running(now) or not self._is_scan(text, entry):
            self._let_go()
            return False
        self._forget()
        self._over_at = now
        if entry is not None:
            entry.put_back()
        self._close_list()
        # What is done with the code may take the very widget away that this key was sent to.
        QTimer.singleShot(0, self, lambda: self.scanned.emit(text))
        return True

    def _close_list(self) -> None:
        """What was scanned takes the place of what was about to be chosen."""
        watched = self._focused()
        if watched is not None and self._hangs_open(watched):
            owner = watched.window().parentWidget()
            if isinstance(owner, QComboBox):
                owner.hidePopup()
            else:
                watched.window().close()

    def _is_scan(self, text: str, entry: _Entry | None) -> bool:
        return self._may_be_scan(text) if entry is not None else len(text) >= LEAST

    def _let_go(self) -> None:
        """A person typed: what was held goes where it was meant to go."""
        held, to = self._held, self._focused()
        self._forget()
        if to is None:
            return
        self._replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(to, event)
        finally:
            self._replaying = False

    def _forget(self) -> None:
        self._wait.stop()
        self._held = []
        self._typed = ""
        self._entry = None


def _again(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())


class _Entry:
    """An entry as it was before a scanner typed into it."""

    def __init__(self, editor: QLineEdit | QPlainTextEdit) -> None:
        self._editor = editor
        if isinstance(editor, QLineEdit):
            self._text = editor.text()
            self._at = editor.cursorPosition()
        else:
            cursor = editor.textCursor()
            self._text = cursor.selectedText().replace("\u2029", "\n")
            self._at = cursor.selectionStart()

    @classmethod
    def of(cls, widget: QWidget | None) -> _Entry | None:
        """What ``widget`` holds, if it is an entry that can be typed into."""
        if isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly():
            return cls(widget)
        return None

    def put_back(self) -> None:
        """Take out what was typed since."""
        editor = self._editor
        if isinstance(editor, QLineEdit):
            editor.setText(self._text)
            editor.setCursorPosition(self._at)
            return
        cursor = editor.textCursor()
        end = cursor.position()
        cursor.setPosition(self._at)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._text)
        editor.setTextCursor(cursor)
