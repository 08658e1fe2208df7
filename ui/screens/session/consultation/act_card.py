"""One act of a visit that repeats another: what it says, the button that says it, and the way to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_style
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE, TARGET


class ActCard(QFrame):
    """Waits, is open with everything it says in sight, or is done and folded to a line."""

    acted = Signal()
    taken_back = Signal()

    def __init__(self, kit: Kit, title: str, body: QWidget, verb: str) -> None:
        super().__init__()
        tr, theme = kit.tr, kit.theme
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self._body = body
        self._mark = IconMark(theme, "ring", "muted", 24)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumHeight(TARGET)
        self._said = label("", "body", muted=True, wrap=True)
        self._back = button(theme, tr("Take back"), "quiet", "undo")
        self._back.setAccessibleName(tr("Take back: {what}", what=title))
        self._back.clicked.connect(self.taken_back)
        self.act = button(theme, verb, "primary", "check", chair=True)
        self.act.clicked.connect(self.acted)
        self._title = label(title, "heading", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._said)
        head = QHBoxLayout()
        head.setSpacing(SPACE * 2)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        head.addWidget(self._back)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(SPACE)
        self._column.addLayout(head)
        self._column.addWidget(body)
        self._column.addWidget(self.act)

    def show_waiting(self, said: str) -> None:
        """Folded: something else comes first."""
        self._show("ring", "muted", said, is_open=False, back=False)

    def show_open(self, said: str) -> None:
        """Open: this is the act in hand."""
        self._show("question", "accent", said, is_open=True, back=False)

    def show_done(self, said: str, *, back: bool) -> None:
        """Folded: said; ``back`` where it can be taken back in one tap."""
        self._show("check", "ok", said, is_open=False, back=back)

    def name_act(self, text: str) -> None:
        """What the button says."""
        self.act.setText(caption(text))
        self.act.setAccessibleName(text)

    def _show(self, icon: str, tint: str, said: str, *, is_open: bool, back: bool) -> None:
        self._mark.show_icon(icon, tint)
        set_style(self._title, "role", "heading" if is_open else "lead")
        upright = SPACE * 2 if is_open else SPACE // 2
        self._column.setContentsMargins(SPACE * 3, upright, SPACE * 2, upright)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._back.setVisible(back)
        self._body.setVisible(is_open)
        self.act.setVisible(is_open)
