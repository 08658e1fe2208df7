"""The pause before the needle: each item its own tap, no way to tick them all at once.

What is known to be untrue cannot be ticked: the line says what is known, and leads to where that is put right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import Finding, StepId
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge, TimeOutMatter
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.judgement import merely_undone
from needlelog.rules.time_out import changed_since
from needlelog.rules.time_out_denied import open_denials, reasons_beside
from ui.toolkit.buttons import icon_button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.plain import tooltip
from ui.toolkit.theme import SPACE, TARGET, Theme
from ui.widgets.card import Card


class _Line(QFrame):
    """One item: a box to tick, its words, which can be tapped as well, and why it has to be said again."""

    def __init__(self, theme: Theme, text: str) -> None:
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
        self.way = icon_button(theme, "next", "", "accent")
        self.way.hide()
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
        row.addWidget(self.way)

    def show_state(self, said: bool, again: str, way: str = "") -> None:
        """Ticked or not, with what has changed since it was said.

        With a ``way`` out it cannot be ticked: ``again`` then says what is known.
        """
        self.box.setChecked(said)
        self.box.setEnabled(not way)
        self.box.setAccessibleDescription(again)
        self._again.setText(f"{again}. {way}." if way else again)
        set_tone(self._again, "stop" if way else "hold")
        self._again.setVisible(bool(again))
        self.way.setAccessibleName(f"{way}: {again}" if way else "")
        self.way.setToolTip(tooltip(way))
        self.way.setVisible(bool(way))

    def tell(self, text: str) -> None:
        """What the item is about as it stands now; "" for nothing."""
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            # What cannot be ticked leads to where it is put right, wherever the line is tapped.
            (self.box if self.box.isEnabled() else self.way).click()


class TimeOut(Card):
    """``item_ticked`` carries the id of an item and whether it was said or taken back."""

    item_ticked = Signal(str, bool)
    place_wanted = Signal(object, str)
    """The step and the entry where something known is put right."""

    def __init__(self, kit: Kit, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Time-out, said aloud"), parent=parent)
        self._kit = kit
        self._items = knowledge.time_out
        self._lines: dict[str, _Line] = {}
        self._standing: frozenset[str] = frozenset()
        self._places: dict[str, tuple[StepId, str]] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for item in self._items.values():
            line = _Line(kit.theme, kit.tr(item.text))
            line.box.clicked.connect(partial(self._on_clicked, item.id))
            line.way.clicked.connect(partial(self._on_way, item.id))
            self._lines[item.id] = line
            column.addWidget(line)
        self.add(column)
        self.body.addStretch(1)
        self.make_tight()

    def _on_clicked(self, item: str, *_: object) -> None:
        self.item_ticked.emit(item, self._lines[item].box.isChecked())

    def _on_way(self, item: str, *_: object) -> None:
        if item in self._places:
            self.place_wanted.emit(*self._places[item])

    def show_ticks(self, draft: SessionDraft, around: Circumstances) -> None:
        """Show what was said and still stands, and why the rest has to be said again."""
        tr = self._kit.tr
        standing: set[str] = set()
        self._places = {}
        for item in self._items.values():
            known = open_denials(item, draft, around)
            if known:
                self._places[item.id] = (known[0].step, known[0].field)
                self._lines[item.id].show_state(False, known_in_words(tr, known), way_out(tr, known[0].step))
                continue
            changed = changed_since(item, draft, around)
            if changed == ():
                standing.add(item.id)
            text = matters_in_words(tr, changed or ()) or beside_in_words(tr, reasons_beside(item, draft, around))
            self._lines[item.id].show_state(changed == (), text)
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
        left = [line for item, line in self._lines.items() if item not in self._standing]
        first = next((line.box for line in left if line.box.isEnabled()), None)
        if first or left:
            (first or left[0].way).setFocus()


def way_out(tr: Words, step: StepId) -> str:
    """Where something known is put right."""
    places = {
        StepId.CONSULTATION: tr("To the consultation"),
        StepId.CONSENT: tr("To the consent"),
        StepId.NUMBING: tr("To the numbing"),
        StepId.NEEDLING: tr("To the cartridge"),
    }
    return places[step]


def known_in_words(tr: Words, known: Sequence[Finding]) -> str:
    """``Not done yet: Consent signed``; what the rules judge says by itself what it is."""
    undone = "; ".join(one.title for one in known if merely_undone(one))
    judged = [one.title for one in known if not merely_undone(one)]
    return ". ".join([*judged, *([tr("Not done yet: {what}", what=undone)] if undone else [])])


def beside_in_words(tr: Words, reasons: Sequence[tuple[Finding, str]]) -> str:
    """``With a written reason: SkinPen cartridge is out of date``; nothing for nothing."""
    what = "; ".join(finding.title for finding, _ in reasons)
    return tr("With a written reason: {what}", what=what) if what else ""


def matters_in_words(tr: Words, changed: Sequence[TimeOutMatter]) -> str:
    """``Say it again: the zones have changed.``; nothing for nothing."""
    if "day" in changed:
        return tr("Say it again. It was said on another day.")
    names = {
        "client": tr("the client's name or date of birth"),
        "consent": tr("the consent"),
        "allergies": tr("the allergies"),
        "products": tr("the products"),
        "numbing": tr("the anaesthetic"),
        "zones": tr("the zones"),
        "device": tr("the device"),
        "depths": tr("the depths"),
        "cartridge": tr("the cartridge"),
    }
    what = ", ".join(names[matter] for matter in changed)
    return tr("Say it again. Changed since: {what}.", what=what) if what else ""
