"""What was added to a signed visit, and the box to add more. The visit itself stays as it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.signed import Addendum
from needlelog.domain.value import PARAGRAPHS_LIMIT
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.phrases import moment_text


class AddendaCard(Card):
    """Addenda in the order they were written; ``open_editor`` shows the box."""

    written = Signal(str)

    def __init__(self, kit: Kit, zone: str) -> None:
        super().__init__(kit.tr("Addenda"))
        self._kit = kit
        self._zone = zone
        self._count = 0
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * SPACE)
        self.add(self._list)
        self._editor = self._build_editor()
        self.add(self._editor)
        self._editor.hide()
        self.hide()

    def _build_editor(self) -> QWidget:
        tr, theme = self._kit.tr, self._kit.theme
        what = tr("What has to be added?")
        self.field = ParagraphField[str](
            theme,
            tr,
            what,
            lambda text: parse_paragraphs(text, field=what, limit=PARAGRAPHS_LIMIT, required=True),
            lines=3,
            required=True,
            hint=tr("It is signed with your name and the time, and cannot be taken back."),
        )
        cancel = button(theme, tr("Cancel"), "secondary")
        self.keep = button(theme, tr("Add to the record"), "primary", "check")
        cancel.clicked.connect(self.close_editor)
        self.keep.clicked.connect(self._on_keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.keep)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.field)
        column.addLayout(buttons)
        return editor

    def show_addenda(self, addenda: tuple[Addendum, ...]) -> None:
        """Show these, oldest first."""
        clear(self._list)
        self._count = len(addenda)
        for one in addenda:
            self._list.addWidget(self._shown(one))
        self.setVisible(bool(addenda) or not self._editor.isHidden())

    def open_editor(self) -> None:
        """Show the box and put the focus into it."""
        self._editor.show()
        self.show()
        self.field.setFocus()

    def close_editor(self) -> None:
        """Put the box away, empty."""
        self.field.set_raw_text("")
        self._editor.hide()
        self.setVisible(bool(self._count))

    def unsaved_text(self) -> str:
        """What stands in the box and was not added yet."""
        return "" if self._editor.isHidden() else self.field.raw_text().strip()

    def _shown(self, one: Addendum) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "accent")
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        column.setSpacing(4)
        column.addWidget(label(one.text, "body", wrap=True))
        signed = self._kit.tr("{who}, {when}", who=one.by, when=moment_text(one.at, self._zone))
        column.addWidget(label(signed, "caption", muted=True, wrap=True))
        return frame

    def _on_keep(self) -> None:
        if self.field.check():
            self.written.emit(self.field.value() or "")
