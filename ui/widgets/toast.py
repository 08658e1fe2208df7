"""What was just done, with ten seconds to undo it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from needlelog.i18n import Words
from ui.toolkit.buttons import button
from ui.toolkit.labels import label
from ui.toolkit.plain import caption, tooltip
from ui.toolkit.theme import Theme

LEAST_WORDS = 120
"""Width of the words in px at text scale 1 below which they go into the button."""
WIDEST = 520


class ToastPlace(QWidget):
    """A place that is kept free: what a page of the same screen offers lies here and covers nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for one in self.findChildren(Toast):
            one.place()


class Toast(QFrame):
    """Lies in the screen's ``ToastPlace``, or at the bottom of ``over``; goes by itself, or when ``over`` is left."""

    SHOWN_MS = 10_000

    def __init__(self, theme: Theme, words: Words, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._words = words
        self._over = over
        self._said = ""
        self._undo: Callable[[], None] | None = None
        self.setProperty("surface", "toast")
        self._text = label("", "body")
        self._button = button(theme, words("Undo"))
        self._button.clicked.connect(self._take_back)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(self.SHOWN_MS)
        self._end.timeout.connect(self.hide)
        # A field that is being typed in keeps the key for itself.
        self._key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._take_back)
        over.installEventFilter(self)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say ``text`` and, where it can be taken back, offer to."""
        self._said = text
        self._undo = undo
        home = self._home()
        if self.parentWidget() is not home:
            self.setParent(home)
            self._undo = undo  # being hidden on the way has dropped it
        for other in home.findChildren(Toast):
            if other is not self:
                other.hide()  # one act can be taken back at a time: the last
        self._key.setEnabled(undo is not None)
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.place()
        self.show()
        self.raise_()
        self._end.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._end.stop()
        self._undo = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and not self.isHidden():
            if event.type() == QEvent.Type.Hide:
                self.hide()
            elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
                self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Fit into the room there is."""
        home = self.parentWidget()
        if isinstance(home, ToastPlace):
            self._fill(home.size())
        else:
            self._lie_over(self._over)

    def _take_back(self) -> None:
        undo = self._undo
        self.hide()
        if undo is not None:
            undo()

    def _home(self) -> QWidget:
        """The place kept free on this screen; the page itself where there is none, or where it is too small to read."""
        around: QWidget | None = self._over
        while around is not None:
            found = around.findChild(ToastPlace)
            if found is not None:
                readable = self._undo is not None or self._wraps(found.size() - QSize(40, 16))
                return found if found.isVisible() and readable else self._over
            around = around.parentWidget()
        return self._over

    def _wraps(self, room: QSize) -> bool:
        """Whether the words can be read whole in ``room``."""
        lines = self._text.fontMetrics().boundingRect(
            0, 0, max(1, room.width()), 1 << 20, int(Qt.TextFlag.TextWordWrap), self._said
        )
        return lines.width() <= room.width() and lines.height() <= room.height()

    def _fill(self, room: QSize) -> None:
        """In one line, in several, or as a button that says all of it."""
        undo = self._words("Undo")
        self._say_on_button(undo, "")
        beside = self._button.sizeHint().width() + 16 if self._undo is not None else 0
        words = QSize(min(room.width(), self._theme.px(WIDEST)) - beside - 28, room.height() - 16)
        inside = words.width() >= self._theme.px(LEAST_WORDS) and self._wraps(words)
        self._text.setVisible(inside)
        self._text.setWordWrap(True)
        self._text.setText(self._said)
        natural = self._text.fontMetrics().horizontalAdvance(self._said) + beside + 36
        width = min(room.width(), self._theme.px(WIDEST), max(self._theme.px(240), natural))
        if not inside:
            width = min(room.width(), max(beside, natural, self._theme.px(160)))
            self._say_on_button(undo, self._said, width - 2 * 20 - 16)
        self._row.setContentsMargins(*((20, 8, 8, 8) if inside else (4, 4, 4, 4)))
        height = min(room.height(), max(64, self._row.heightForWidth(width)))
        if not inside:
            height = room.height()
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def _say_on_button(self, undo: str, said: str, room: int = 0) -> None:
        shown = self._button.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
        self._button.setText(caption(f"{undo}\n{shown}" if said else undo))
        self._button.setAccessibleName(f"{undo}: {said}" if said else undo)
        self._button.setToolTip(tooltip(said))
        self._button.setSizePolicy(
            QSizePolicy.Policy.Expanding if said else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Expanding if said else QSizePolicy.Policy.Fixed,
        )

    def _lie_over(self, over: QWidget) -> None:
        self._text.setText(self._said)
        self._text.show()
        self._text.setWordWrap(False)
        room = over.width() - 32
        narrow = self.sizeHint().width() > room
        self._text.setWordWrap(narrow)
        width = room if narrow else min(max(320, self.sizeHint().width()), room)
        self.resize(width, max(64, self.heightForWidth(width) if narrow else self.sizeHint().height()))
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 24)
