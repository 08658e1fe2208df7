"""How the client took in a text that is not in their language, or that they do not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.consent import Understanding
from needlelog.domain.entry import parse_line
from needlelog.domain.value import LINE_LIMIT
from ui.screens.session.holding import show_value
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE
from ui.widgets.chips import ChipRow
from ui.widgets.line_fields import LineField

READ, INTERPRETED = "read", "interpreted"


class Interpreting(QWidget):
    """One quiet line while nobody asks; two answers, and with an interpreter the name and who that is."""

    changed = Signal(object)
    """The ``Understanding`` as it is now, or None."""

    def __init__(self, kit: Kit, now: Callable[[], datetime]) -> None:
        super().__init__()
        tr = kit.tr
        self._kit = kit
        self._now = now
        self._asked = self._wanted = False
        self._choice = ChipRow(
            kit.theme,
            tr("How the client took in the text"),
            [(READ, tr("Read by the client")), (INTERPRETED, tr("With an interpreter"))],
        )
        self._choice.changed.connect(self._on_chosen)
        name, who = tr("Interpreter's name"), tr("Relation or office")
        self._name = self._line(name, required=True)
        self._who = self._line(who)
        self._people = QWidget()
        people = QHBoxLayout(self._people)
        people.setContentsMargins(0, 0, 0, 0)
        people.setSpacing(SPACE)
        people.addWidget(self._name, 1)
        people.addWidget(self._who, 1)
        self._open = button(kit.theme, tr("Client does not read this"), "quiet", "people")
        self._open.clicked.connect(self._on_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self._open, self._choice, self._people):
            column.addWidget(part)
        self._show()

    def _line(self, caption: str, *, required: bool = False) -> LineField[str]:
        made = LineField(
            self._kit.theme,
            self._kit.tr,
            caption,
            lambda text: parse_line(text, field=caption, limit=LINE_LIMIT, required=required),
        )
        made.committed.connect(self._on_typed)
        return made

    def show_understanding(self, said: Understanding | None, *, asked: bool) -> None:
        """Show what is recorded; ``asked``: the text is not in the client's language, so it has to be said."""
        self._asked = asked
        if said is not None:
            self._wanted = True
            self._choice.set_value(INTERPRETED if said.interpreter else READ)
            show_value(self._name, said.interpreter or None)
            show_value(self._who, said.relation or None)
        elif self._choice.value() == READ:
            self._choice.set_value(None)
        self._show()

    def focus_first(self) -> None:
        """Put the focus on what is to be said next."""
        self._wanted = True
        self._show()
        (self._name.editor if self._choice.value() == INTERPRETED else self._choice).setFocus()

    def commit(self) -> None:
        """Take what is half-typed where it is right."""
        self._name.commit()
        self._who.commit()

    def _show(self) -> None:
        shown = self._asked or self._wanted
        self._open.setVisible(not shown)
        self._choice.setVisible(shown)
        self._people.setVisible(shown and self._choice.value() == INTERPRETED)

    def _on_open(self) -> None:
        self._wanted = True
        self._choice.set_value(INTERPRETED)
        self._show()
        self._name.editor.setFocus()

    def _on_chosen(self, chosen: object) -> None:
        self._wanted = chosen is not None
        self._show()
        if chosen == INTERPRETED:
            # Nothing is on record before there is a name.
            self._say(self._name.value() or "", self._who.value() or "")
            self._name.editor.setFocus()
        else:
            self.changed.emit(Understanding(at=self._now()) if chosen == READ else None)

    def _on_typed(self, _text: str | None) -> None:
        if self._choice.value() == INTERPRETED:
            self._say(self._name.value() or "", self._who.value() or "")

    def _say(self, name: str, who: str) -> None:
        self.changed.emit(Understanding(interpreter=name, relation=who, at=self._now()) if name else None)
