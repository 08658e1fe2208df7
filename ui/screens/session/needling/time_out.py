"""The pause before the needle: each item its own tap, no way to tick them all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge, TimeOutMatter
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.time_out import changed_since
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.theme import SPACE, TARGET
from ui.widgets.card import Card


class _Line(QFrame):
    """One item: a box to tick, its words, which can be tapped as well, and why it has to be said again."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.box.setMinimumSize(TARGET, TARGET)
        self._told = label("", "body", muted=True, wrap=True)
        self._told.hide()
        self._again = label("", "caption", wrap=True)
        set_tone(self._again, "hold")
        self._again.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(text, "lead", wrap=True))
        words.addWidget(self._told)
        words.addWidget(self._again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self.box)
        row.addLayout(words, 1)

    def show_state(self, said: bool, again: str) -> None:
        """Ticked or not, with what has changed since it was said."""
        self.box.setChecked(said)
        self.box.setAccessibleDescription(again)
        self._again.setText(again)
        self._again.setVisible(bool(again))

    def tell(self, text: str) -> None:
        """What the item is about as it stands now; "" for nothing."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.box.click()


class TimeOut(Card):
    """``item_ticked`` carries the id of an item and whether it was said or taken back."""

    item_ticked = Signal(str, bool)

    def __init__(self, kit: Kit, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Time-out, said aloud"), parent=parent)
        self._kit = kit
        self._items = knowledge.time_out
        self._lines: dict[str, _Line] = {}
        self._standing: frozenset[str] = frozenset()
        column = QVBoxLayout()
        column.setSpacing(0)
        for item in self._items.values():
            line = _Line(kit.tr(item.text))
            line.box.clicked.connect(partial(self._on_clicked, item.id))
            self._lines[item.id] = line
            column.addWidget(line)
        self.add(column)
        self.body.addStretch(1)

    def _on_clicked(self, item: str, *_: object) -> None:
        self.item_ticked.emit(item, self._lines[item].box.isChecked())

    def show_ticks(self, draft: SessionDraft, around: Circumstances) -> None:
        """Show what was said and still stands, and why the rest has to be said again."""
        standing: set[str] = set()
        for item in self._items.values():
            changed = changed_since(item, draft, around)
            if changed == ():
                standing.add(item.id)
            self._lines[item.id].show_state(changed == (), matters_in_words(self._kit.tr, changed or ()))
        self._standing = frozenset(standing)

    def tell(self, told: Mapping[str, str]) -> None:
        """By item what is to be read out with it."""
        for item, line in self._lines.items():
            line.tell(told.get(item, ""))

    def done(self) -> bool:
        """Whether every item was said and stands."""
        return self._standing >= set(self._lines)

    def focus_first_open(self) -> None:
        """Put the focus on the first item that is to be said."""
        first = next((line.box for item, line in self._lines.items() if item not in self._standing), None)
        if first:
            first.setFocus()


def matters_in_words(tr: Words, changed: Sequence[TimeOutMatter]) -> str:
    """``Say it again: the zones have changed.``; nothing for nothing."""
    names = {
        "client": tr("the client's name or date of birth"),
        "consent": tr("the consent"),
        "allergies": tr("the allergies"),
        "products": tr("the products"),
        "numbing": tr("the anaesthetic"),
        "zones": tr("the zones"),
        "device": tr("the device"),
        "cartridge": tr("the cartridge"),
    }
    what = ", ".join(names[matter] for matter in changed)
    return tr("Say it again. Changed since: {what}.", what=what) if what else ""
